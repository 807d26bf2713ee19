/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_INDICATOR_FAMILIES_H
#define KT_TRANSFORM_INDICATOR_FAMILIES_H

#include "transform/indicators.h"

/**
 * Which indicators count persons of which others, and nobody twice: "of all participants the
 * unemployed, the inactive and the employed". What follows from the checks of the catalogue and
 * from what an indicator cannot exceed is a family as well: the long-term unemployed stand in place
 * of the unemployed, and who is employed upon leaving in place of the unemployed and inactive. So
 * it matters not which of them a project reports.
 */

#define KT_FAMILY_WHOLES 3
#define KT_FAMILY_PARTS  4

/** Indicators by their positions in the catalogue. */
typedef struct kt_indicator_family {
    size_t whole[KT_FAMILY_WHOLES], parts[KT_FAMILY_PARTS]; /* each in order */
    size_t whole_count, part_count;
    bool equal;     /* the parts are the whole */
    bool counts_on; /* what is left of the whole counts who came, and never falls */
    size_t through[KT_FAMILY_WHOLES]; /* where these are known too, other families say it already */
    size_t through_count;
    const size_t *wider; /* families of the same whole with one part more */
    size_t wider_count;
} kt_indicator_family;

typedef struct kt_indicator_families {
    kt_indicator_family *at;
    size_t count;
} kt_indicator_families;

/** Each indicator alone is a family without parts. */
kt_indicator_families kt_indicator_families_of(const kt_indicators *indicators, kt_arena *arena);

#endif
