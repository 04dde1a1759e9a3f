/* How large a figure is at a height, and where the body lies in it. */
#include "engine.h"

#define BODY_TOP 0
#define BODY_BOTTOM 10023   /* tenths: the sole of the front view */
#define HAND_REACH 2456     /* tenths from the midline to the finger tips, front and back */
#define HALF_SPAN 5054      /* tenths a half shows at least */

static int odd_at_least(int n)
{
    return n | 1;
}

int chart_port_columns(km_view drawn, km_zoom zoom, int rows)
{
    bool half = zoom == KM_ZOOM_UPPER || zoom == KM_ZOOM_LOWER;

    switch (drawn) {
    case KM_VIEW_SOLE:
        return odd_at_least(rows * 182 / 100);
    case KM_VIEW_LEFT:
    case KM_VIEW_RIGHT:
        /* 262 + 76 units across against 1002 of height */
        return odd_at_least((rows * (half ? 1340 : 675) + 900) / 1000);
    default:
        /* 39 columns for 20 and 21 rows of a half: front and back just fill 80 */
        return half ? odd_at_least(rows * 195 / 100) - (rows * 195 / 100 % 2 == 0 ? 2 : 0)
                    : odd_at_least((rows * 9656 + 9999) / 10000);
    }
}

static int32_t even_up(int64_t n, int64_t d)
{
    int64_t q = (n + d - 1) / d;
    return (int32_t)(q + (q & 1));
}

void chart_port_place(port *out, const sheet *s, km_zoom zoom, int rows, int scale, int shift_x,
                int shift_y)
{
    bool half = zoom == KM_ZOOM_UPPER || zoom == KM_ZOOM_LOWER;
    bool sole = s->view == KM_VIEW_SOLE;
    int w = chart_port_columns(s->view, zoom, rows);
    int64_t top = sole ? s->top : BODY_TOP * FINE;
    int64_t bottom = sole ? s->bottom : BODY_BOTTOM * FINE;
    int64_t left = s->left, right = s->right;
    int64_t span = half && !sole ? HALF_SPAN * FINE : bottom - top;
    int32_t ux = even_up(span, 2 * (int64_t)rows);

    /* the arms must fit as well as the height, and front and back share one scale */
    if (s->mirrored && !sole)
        left = -(right = HAND_REACH * FINE);
    if (even_up(right - left, w) > ux)
        ux = even_up(right - left, w);
    if (half && s->view == KM_VIEW_RIGHT) {
        int32_t front = even_up(2 * HAND_REACH * FINE, chart_port_columns(KM_VIEW_FRONT, zoom, rows));
        ux = front > ux ? front : ux;
    }
    ux = even_up((int64_t)ux * (1000 + scale), 1000);
    out->view = s->view;
    out->w = w;
    out->h = rows;
    out->ux = ux;
    out->uy = 2 * ux;
    if (s->mirrored) {
        out->x0 = -(w * ux) / 2;
    } else {
        int64_t slack = (int64_t)w * ux - (right - left);
        out->x0 = (int32_t)(left - slack * shift_x / 8);
    }
    int64_t shown = (int64_t)rows * out->uy;
    if (!half || sole) {
        out->y0 = (int32_t)(top - (shown - (bottom - top)) * shift_y / 8);
    } else {
        /* within a row: a little air above the crown and below the sole */
        int64_t slack = 2 * shown - (bottom - top);
        slack = slack < 0 ? 0 : slack > out->uy ? out->uy : slack;
        out->y0 = (int32_t)(zoom == KM_ZOOM_UPPER ? top - slack * shift_y / 8
                                                  : bottom - shown + slack * shift_y / 8);
    }
}
