/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/dice.h"

#include <math.h>

static uint64_t roll(kt_dice *dice)
{
    dice->state += 0x9E3779B97F4A7C15U;
    uint64_t z = dice->state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

kt_dice kt_dice_for(uint64_t seed, uint64_t topic, uint64_t number)
{
    kt_dice dice = {.state = seed};
    dice.state = roll(&dice) ^ topic;
    dice.state = roll(&dice) ^ number;
    return dice;
}

double kt_dice_around_one(kt_dice *dice, double spread)
{
    const double uniform = (double)(roll(dice) >> 11) * 0x1p-53;
    return 1.0 + spread * (2.0 * uniform - 1.0);
}

/* The largest fraction that has not got its one more yet. */
static size_t next_in_line(int64_t total, const double *weights, size_t count, double sum,
                           const int64_t *parts)
{
    size_t best = 0;
    double most = -1.0;
    for (size_t i = 0; i < count; i++) {
        const double left = (double)total * weights[i] / sum - (double)parts[i];
        if (left > most) {
            most = left;
            best = i;
        }
    }
    return best;
}

void kt_apportion(int64_t total, const double *weights, size_t count, int64_t *parts)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
        parts[i] = 0;
    }
    if (!(sum > 0)) {
        parts[0] = total;
        return;
    }
    int64_t left = total;
    for (size_t i = 0; i < count; i++) {
        parts[i] = (int64_t)floor((double)total * weights[i] / sum);
        left -= parts[i];
    }
    for (; left > 0; left--) {
        parts[next_in_line(total, weights, count, sum, parts)]++;
    }
}
