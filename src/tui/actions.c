/** The action table as data. */
#include "actions.h"

const tui_action_row tui_action_table[ACT_COUNT] = {
#define X(ctx, id, name, keys, writes, hint, help)                                            \
    [ACT_##id] = { CTX_##ctx, name, keys, writes, hint, help },
    TUI_ACTIONS(X)
#undef X
};

const char *const tui_ctx_name[CTX_COUNT] = {
#define X(id, name) [CTX_##id] = name,
    TUI_CONTEXTS(X)
#undef X
};

static const km_action_info info[ACT_COUNT] = {
#define X(ctx, id, name, keys, writes, hint, help) [ACT_##id] = { name, #ctx, keys, help },
    TUI_ACTIONS(X)
#undef X
};

const km_action_info *km_tui_actions(int *n)
{
    *n = ACT_COUNT;
    return info;
}
