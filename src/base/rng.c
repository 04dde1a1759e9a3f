#include "knotmap/rng.h"

#include <math.h>

uint32_t km_rng_u32(km_rng *r)
{
    uint64_t old = r->state;
    r->state = old * 6364136223846793005u + r->inc;
    uint32_t x = (uint32_t)((old >> 18 ^ old) >> 27);
    uint32_t rot = (uint32_t)(old >> 59);
    return x >> rot | x << (-rot & 31);
}

km_rng km_rng_seed(uint64_t seed)
{
    km_rng r = { .state = 0, .inc = 2891336453u << 1 | 1 };
    km_rng_u32(&r);
    r.state += seed;
    km_rng_u32(&r);
    return r;
}

uint32_t km_rng_below(km_rng *r, uint32_t n)
{
    uint32_t x = km_rng_u32(r);
    while (x < n && x < -n % n) /* below 2^32 mod n the draw would be uneven */
        x = km_rng_u32(r);
    return x % n;
}

double km_rng_unit(km_rng *r)
{
    uint64_t hi = km_rng_u32(r) >> 5, lo = km_rng_u32(r) >> 6;
    return (double)(hi << 26 | lo) / 9007199254740992.0;
}

double km_rng_normal(km_rng *r)
{
    const double tau = 6.283185307179586;
    double u = 1.0 - km_rng_unit(r);
    double v = km_rng_unit(r);
    return sqrt(-2.0 * log(u)) * cos(tau * v);
}
