#include "knotmap/text.h"

#include <stdlib.h>
#include <string.h>

static unsigned char norm(char c)
{
    unsigned char u = (unsigned char)c;
    if (u >= 'A' && u <= 'Z')
        return (unsigned char)(u + 32);
    return u == '_' || u == '-' ? ' ' : u;
}

#define FUZZY_MAX 128

int km_text_fuzzy(const char *needle, const char *hay)
{
    size_t n = strlen(needle), h = strlen(hay);
    if (n == 0 || n > h || h > FUZZY_MAX)
        return 0;
    size_t same = 0;
    while (same < n && norm(needle[same]) == norm(hay[same]))
        same++;
    int brevity = FUZZY_MAX - (int)h;
    if (same == n)
        return (n == h ? 40000 : 30000) + brevity;

    /*
     * Best alignment of the subsequence: best[i] is the score with the needle's first j bytes
     * matched and the last of them at hay[i]. A match at a word start counts 8, right behind
     * the match before 6, elsewhere 1.
     */
    int best[FUZZY_MAX], next[FUZZY_MAX];
    for (size_t j = 0; j < n; j++) {
        int reach = 0; /* best score of a match ending anywhere before hay[i - 1] */
        bool any = false;
        for (size_t i = 0; i < h; i++) {
            int before = j == 0 ? 1 : i > 0 ? best[i - 1] : 0;
            next[i] = 0;
            if (norm(needle[j]) == norm(hay[i]) && (before > 0 || reach > 0)) {
                bool start = i == 0 || norm(hay[i - 1]) == ' ';
                int loose = (j == 0 ? 1 : reach) + (start ? 8 : 1);
                int tight = j > 0 && before > 0 ? before + (start ? 8 : 6) : 0;
                next[i] = reach > 0 || j == 0 ? (loose > tight ? loose : tight) : tight;
                any = any || next[i] > 0;
            }
            if (before > reach)
                reach = before;
        }
        if (!any)
            return 0;
        memcpy(best, next, h * sizeof best[0]);
    }
    int score = 0;
    for (size_t i = 0; i < h; i++)
        if (best[i] > score)
            score = best[i];
    return 100 * score + brevity;
}

static int min3(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

int km_text_distance(const char *a, const char *b, int max)
{
    size_t na = strlen(a), nb = strlen(b);
    if (na > FUZZY_MAX || nb > FUZZY_MAX)
        return max + 1;
    if (abs((int)na - (int)nb) > max)
        return max + 1;
    int row[3][FUZZY_MAX + 1];
    for (size_t k = 0; k <= nb; k++)
        row[0][k] = (int)k;
    for (size_t i = 1; i <= na; i++) {
        int *now = row[i % 3], *up = row[(i - 1) % 3], *upup = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t k = 1; k <= nb; k++) {
            int differ = norm(a[i - 1]) != norm(b[k - 1]);
            now[k] = min3(up[k] + 1, now[k - 1] + 1, up[k - 1] + differ);
            if (i > 1 && k > 1 && norm(a[i - 1]) == norm(b[k - 2]) &&
                norm(a[i - 2]) == norm(b[k - 1]) && upup[k - 2] + 1 < now[k])
                now[k] = upup[k - 2] + 1;
        }
    }
    int d = row[na % 3][nb];
    return d > max ? max + 1 : d;
}
