/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_DICE_H
#define KT_SERVER_SAMPLE_DICE_H

#include <stddef.h>
#include <stdint.h>

/**
 * Chance that is the same everywhere: splitmix64 (Steele, Lea and Flood 2014), whole numbers and
 * exact halvings only.
 */
typedef struct kt_dice {
    uint64_t state;
} kt_dice;

/** Dice of their own for each topic and number: what one draws does not move another. */
kt_dice kt_dice_for(uint64_t seed, uint64_t topic, uint64_t number);

/** Uniform between 1 - spread and 1 + spread. */
double kt_dice_around_one(kt_dice *dice, double spread);

/**
 * Shares a whole number out by weights: each gets its part rounded down, and what is left goes to
 * the largest fractions, of equal ones to the first. The parts sum to the total exactly. Without
 * any weight the first gets all.
 */
void kt_apportion(int64_t total, const double *weights, size_t count, int64_t *parts);

#endif
