#include "own_app.h"

#include <stdlib.h>

#include "km_cmocka.h"
#include "store_help.h"

static temp own;

km_app *open_app(const char *path)
{
    km_app *app = NULL;
    km_error err = { 0 };
    const km_app_options opt = { .db = path, .who = "test" };

    if (km_app_open(&app, &opt, &err) != KM_OK)
        fail_msg("%s", err.text);
    return app;
}

int app_begin(void **state)
{
    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
    setenv("TZ", "UTC", 1);
    own = temp_new();
    *state = open_app(own.path); /* without a name: the client "me" */
    return 0;
}

int app_end(void **state)
{
    km_app_close(*state);
    temp_end(&own);
    return 0;
}

void mark_for(km_app *app, int64_t client, const char *place, km_kind kind, int intensity,
              km_instant when)
{
    km_mark m = km_mark_blank();
    km_ref ref;

    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(app), place, 0, NULL), KM_OK);
    m.client_id = client;
    m.kind = kind;
    m.intensity = intensity;
    m.at = when;
    assert_int_equal(km_app_mark_place(&m, app, &ref, false, NULL), KM_OK);
    assert_int_equal(km_app_mark_add(&m, app, NULL), KM_OK);
}
