/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_STATUS_H
#define KT_CORE_STATUS_H

#include <stdbool.h>

/**
 * What is known of a figure, as SDMX letters (CONTRACT section 3). The order of the enumeration is
 * the contract's, worst last, so that the worse of two is the larger. A cell of a fresh cube is
 * KT_OBS_NOT_COLLECTED: what nobody fetched is never zero.
 *
 * There are several Q, one for each way in which a hidden figure may be counted and shown; outside
 * the program they are one letter.
 */
typedef enum kt_obs {
    KT_OBS_OBSERVED,      /* A: as the source says, an observed zero too */
    KT_OBS_PROVISIONAL,   /* P */
    KT_OBS_ESTIMATED,     /* E: from protected cells, inside its range */
    KT_OBS_IMPOSSIBLE,    /* M: cannot exist */
    KT_OBS_NOT_COLLECTED, /* L: not asked for, or the fetch failed */
    KT_OBS_MISSING,       /* O: the source has no figure */
    KT_OBS_PROTECTED,     /* Q: the source hides it; shown as the source's own limits */
    KT_OBS_WITHDRAWN,  /* Q: known at the time, hidden by the source since; counted, shown alike */
    KT_OBS_WIDENED,    /* Q: the source hides it and parts of it; shown as what these leave it */
    KT_OBS_COVERED,    /* Q: we hide it for what it would tell; shown as its own interval */
    KT_OBS_UNASSESSED, /* Q: too much of it is hidden figures; counted, shown as its own interval */
    KT_OBS_BREAK,      /* B: not comparable with the period before */
} kt_obs;

/** A, P, E, M, L, O, Q, B. */
char kt_obs_letter(kt_obs obs);

/** False if letter is none of them; Q is KT_OBS_PROTECTED. */
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

/** True for every Q: there is a figure, and it is not shown. */
static inline bool kt_obs_is_hidden(kt_obs obs)
{
    return obs >= KT_OBS_PROTECTED && obs <= KT_OBS_UNASSESSED;
}

/** True if it is the source that hides it. */
static inline bool kt_obs_is_protected(kt_obs obs)
{
    return obs >= KT_OBS_PROTECTED && obs <= KT_OBS_WIDENED;
}

/** True if the source's own limits are all that may be shown of it, whatever is known. */
static inline bool kt_obs_shows_limits(kt_obs obs)
{
    return obs == KT_OBS_PROTECTED || obs == KT_OBS_WITHDRAWN;
}

/** True if there is a figure to count with, be it shown or not. */
static inline bool kt_obs_is_known(kt_obs obs)
{
    return kt_obs_has_value(obs) || obs == KT_OBS_WITHDRAWN;
}

/** True if low and high are numbers. */
static inline bool kt_obs_has_interval(kt_obs obs)
{
    return kt_obs_has_value(obs) || kt_obs_is_hidden(obs);
}

#endif
