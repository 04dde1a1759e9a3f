/** A small repeatable random generator for made-up data, simulations and permutation tests. */
#ifndef KNOTMAP_RNG_H
#define KNOTMAP_RNG_H

#include <stdint.h>

/** State; any seed is good. PCG-XSH-RR 64/32 (O'Neill 2014). */
typedef struct km_rng {
    uint64_t state;
    uint64_t inc;
} km_rng;

km_rng km_rng_seed(uint64_t seed);
/** Uniform over 32 bits. */
uint32_t km_rng_u32(km_rng *r);
/** Uniform in [0, n), without bias; n > 0. */
uint32_t km_rng_below(km_rng *r, uint32_t n);
/** Uniform in [0, 1). */
double km_rng_unit(km_rng *r);
/** Standard normal (Box-Muller). */
double km_rng_normal(km_rng *r);

#endif
