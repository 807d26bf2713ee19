/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_STATUS_H
#define KT_CORE_STATUS_H

#include <stdbool.h>

/**
 * What is known of a figure, as SDMX letters (CONTRACT section 3). The order of the enumeration is
 * the contract's, worst last, so that the worse of two is the larger. A cell of a fresh cube is
 * KT_OBS_NOT_COLLECTED: what nobody fetched is never zero.
 */
typedef enum kt_obs {
    KT_OBS_OBSERVED,      /* A: as the source says, an observed zero too */
    KT_OBS_PROVISIONAL,   /* P */
    KT_OBS_ESTIMATED,     /* E: from protected cells, inside its range */
    KT_OBS_IMPOSSIBLE,    /* M: cannot exist */
    KT_OBS_NOT_COLLECTED, /* L: not asked for, or the fetch failed */
    KT_OBS_MISSING,       /* O: the source has no figure */
    KT_OBS_PROTECTED,     /* Q: the source hides it */
    KT_OBS_BREAK,         /* B: not comparable with the period before */
} kt_obs;

/** A, P, E, M, L, O, Q, B. */
char kt_obs_letter(kt_obs obs);

/** False if letter is none of them. */
bool kt_obs_read(char letter, kt_obs *out);

static inline kt_obs kt_obs_worse(kt_obs a, kt_obs b)
{
    return a > b ? a : b;
}

/** True if a figure of this status has a value to show or to add. */
static inline bool kt_obs_has_value(kt_obs obs)
{
    return obs <= KT_OBS_ESTIMATED || obs == KT_OBS_BREAK;
}

#endif
