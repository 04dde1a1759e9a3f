/* The signs of a chart, as its legends show them. */
#include "knotmap/chart.h"
#include "knotmap/text.h"

uint32_t km_chart_zone_rune(km_zone_paint p)
{
    static const char rune[] = " .:#!-!:#";
    return (uint32_t)(unsigned char)rune[p];
}

uint32_t km_chart_heat_rune(int level, km_chart_style style)
{
    static const char ascii[] = " .:+&@";
    static const uint32_t shade[] = { ' ', 0xB7, 0x2591, 0x2592, 0x2593, 0x2588 };

    if (level < 0 || level > 5)
        return ' ';
    return style == KM_STYLE_ASCII ? (uint32_t)(unsigned char)ascii[level] : shade[level];
}

void km_chart_heat_legend(km_buf *out, int strongest, km_chart_style style)
{
    char utf8[4];

    if (strongest <= 0)
        km_buf_puts(out, "nothing was marked");
    for (int level = 1; level <= 5; level++) {
        int low = (level - 1) * strongest / 5 + 1, high = level * strongest / 5;
        if (strongest <= 0 || high < low)
            continue;
        km_buf_puts(out, level > 1 && out->len > 0 ? "  " : "");
        km_buf_add(out, utf8, km_utf8_encode(utf8, km_chart_heat_rune(level, style)));
        km_buf_printf(out, low == high ? " %d" : " %d-%d", low, high);
    }
}
