/** The action table, the keymaps and the settings file. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "places.h"
#include "scenes.h"
#include "screen.h"
#include "view.h"

static void no_key_is_bound_twice_in_a_context(void **state)
{
    (void)state;
    tui_keymap m = { 0 };
    tui_keymap_defaults(&m);
    int wanted = 0;
    for (int a = 0; a < ACT_COUNT; a++) { /* a stolen key would be missing here */
        km_buf keys = { 0 };
        tui_keymap_print(&keys, &m, (tui_action)a);
        assert_string_equal(km_buf_str(&keys), tui_action_table[a].keys);
        wanted += keys.len > 0;
        km_buf_clear(&keys);
    }
    assert_true(wanted > 80);
    tui_keymap_clear(&m);
}

static void contexts_offered_together_share_no_key(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    for (int p = 0; p < n_places; p++) {
        places_go(&s, p);
        tui_ctx ctx[VIEW_CTX_MAX + 2];
        int n = tui_contexts(s.tui->top, ctx), arg;
        for (int i = 0; i < s.tui->keymap.n; i++) {
            const tui_binding *b = &s.tui->keymap.bind[i];
            bool offered = false;
            for (int c = 0; c < n; c++)
                offered = offered || ctx[c] == b->ctx;
            bool mode = ctx[0] == CTX_ROUND || ctx[0] == CTX_BRUSH; /* these lie over the body */
            if (!offered || mode)
                continue;
            tui_action found = tui_keymap_find(&s.tui->keymap, ctx, n, b->key, &arg);
            if (found != b->action)
                fail_msg("%s: %s and %s share a key", places[p].name,
                         tui_action_table[found].name, tui_action_table[b->action].name);
        }
    }
    screen_close(&s);
}

static void every_action_is_offered_somewhere(void **state)
{
    (void)state;
    bool seen[ACT_COUNT] = { false };
    screen s;
    screen_open(&s, 80, 24, false);
    for (int p = 0; p < n_places; p++) {
        places_go(&s, p);
        tui_ctx ctx[VIEW_CTX_MAX + 2];
        int n = tui_contexts(s.tui->top, ctx);
        for (int a = 0; a < ACT_COUNT; a++) {
            for (int c = 0; c < n; c++)
                seen[a] = seen[a] || tui_action_table[a].ctx == ctx[c];
        }
    }
    for (int a = 0; a < ACT_COUNT; a++) {
        if (!seen[a])
            fail_msg("%s is offered by no view", tui_action_table[a].name);
    }
    screen_close(&s);
}

static void the_public_list_of_actions_is_the_table(void **state)
{
    (void)state;
    int n;
    const km_action_info *info = km_tui_actions(&n);
    assert_int_equal(n, ACT_COUNT);
    for (int i = 0; i < n; i++) {
        assert_string_equal(info[i].name, tui_action_table[i].name);
        assert_true(strlen(info[i].help) > 2);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(info[i].name, info[k].name);
    }
}

/** What an action may change that is seen: picture, cursor, and the flags term reads. */
static void every_action_does_something_or_says_why_not(void **state)
{
    (void)state;
    screen s;
    km_buf before = { 0 }, after = { 0 }, silent = { 0 };
    screen_open(&s, 80, 24, false);
    for (int p = 0; p < n_places; p++) {
        for (int a = 0; a < ACT_COUNT; a++) {
            places_go(&s, p);
            tui_ctx ctx[VIEW_CTX_MAX + 2];
            int n = tui_contexts(s.tui->top, ctx);
            bool offered = false;
            for (int c = 0; c < n; c++)
                offered = offered || tui_action_table[a].ctx == ctx[c];
            if (!offered || !s.tui->top->ops->contexts)
                continue;
            s.tui->n_message = 0;
            snapshot(&before, &s);
            tui_run(s.tui, (tui_action)a, a == ACT_RATE ? 3
                                          : tui_takes_digit(s.tui, (tui_action)a));
            snapshot(&after, &s);
            if (strcmp(km_buf_str(&before), km_buf_str(&after)) == 0 && !places_quiet(p, a))
                km_buf_printf(&silent, "%s: %s\n", places[p].name, tui_action_table[a].name);
            s.tui->done = s.tui->redraw = false;
        }
    }
    assert_string_equal(km_buf_str(&silent), "");
    km_buf_clear(&before);
    km_buf_clear(&after);
    screen_close(&s);
}

static void settings(screen *s, const char *text)
{
    screen_leave(s);
    FILE *f = fopen(s->config, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    screen_enter(s, false);
}

static void a_bad_line_of_the_settings_is_named_and_the_others_hold(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    settings(&s, "# mine\nkey turn F5\nkey nonsense x\ncolor pain blue\nset mouse off\n");
    assert_string_equal(screen_last(&s), " config:3: nonsense: no such action");
    assert_false(km_tui_wants_mouse(s.tui));
    assert_int_equal(km_tui_look(s.tui, KM_ROLE_PAIN, true).fg, 4);
    assert_int_equal(km_tui_look(s.tui, KM_ROLE_PAIN, false).fg, -1);
    screen_keys(&s, "<F5>");
    assert_non_null(strstr(screen_line(&s, 0), "LEFT"));
    screen_keys(&s, "v"); /* no longer bound */
    assert_string_equal(screen_last(&s), " v does nothing here: ? shows the keys");
    screen_close(&s);
}

static void each_bad_line_is_its_own_message(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    settings(&s, "key turn Hyper-x\ncolor pain mauve\nset ink oil\nwhat\nkey undo\n");
    assert_string_equal(screen_last(&s), " config:1: Hyper-x: no such key");
    screen_keys(&s, "<Esc>");
    assert_string_equal(screen_last(&s), " config:2: mauve: no such colour");
    screen_keys(&s, "<Esc><Esc>");
    assert_string_equal(screen_last(&s), " config:4: what: a line begins with key, color or set");
    screen_close(&s);
}

static void a_rebound_key_shows_in_hint_help_and_message(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    settings(&s, "key undo U\nkey why F5\n");
    assert_non_null(strstr(screen_last(&s), "F5 why"));
    assert_true(screen_has(&s, "Press F5 to see why."));
    screen_keys(&s, "7");
    assert_non_null(strstr(screen_last(&s), "U undoes."));
    screen_close(&s);
}

static void a_prompt_keeps_enter_and_esc_whatever_is_bound(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    settings(&s, "key open y\nkey back x\nkey list-open k\n");
    screen_keys(&s, "/xyk");
    assert_true(screen_has(&s, "find: xyk"));
    screen_keys(&s, "<Esc>");
    assert_false(screen_has(&s, "find: "));
    screen_close(&s);
}

static void no_look_names_black_or_white(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    for (int r = 0; r < KM_ROLE_COUNT; r++) {
        km_look color = km_tui_look(s.tui, (km_role)r, true);
        km_look mono = km_tui_look(s.tui, (km_role)r, false);
        assert_true(color.fg != 0 && color.fg != 7 && color.fg != 15);
        assert_int_equal(color.bg, -1);
        assert_int_equal(mono.fg, -1);
        assert_int_equal(mono.bg, -1);
    }
    assert_true(km_tui_look(s.tui, KM_ROLE_SELECTED, false).reverse);
    assert_true(km_tui_look(s.tui, KM_ROLE_CURSOR, false).reverse);
    assert_true(km_tui_look(s.tui, KM_ROLE_KNOT, false).bold);
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_is_bound_twice_in_a_context),
        cmocka_unit_test(contexts_offered_together_share_no_key),
        cmocka_unit_test(every_action_is_offered_somewhere),
        cmocka_unit_test(the_public_list_of_actions_is_the_table),
        cmocka_unit_test(every_action_does_something_or_says_why_not),
        cmocka_unit_test(a_bad_line_of_the_settings_is_named_and_the_others_hold),
        cmocka_unit_test(each_bad_line_is_its_own_message),
        cmocka_unit_test(a_rebound_key_shows_in_hint_help_and_message),
        cmocka_unit_test(a_prompt_keeps_enter_and_esc_whatever_is_bound),
        cmocka_unit_test(no_look_names_black_or_white),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
