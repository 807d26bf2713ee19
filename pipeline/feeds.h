/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FEEDS_H
#define KT_PIPELINE_FEEDS_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "pipeline/config.h"

/**
 * Which sources feed `observations` and which the markets, and with which figures. The periods of
 * a night and the keys of months know these alone: what other tables say is read by those who write
 * the tables made of it, and computes no index again.
 */
typedef struct kt_feed {
    bool observations; /* its rows stand in `observations`, and what is made of that */
    bool markets;      /* a market names it */
    kt_cube *cube;     /* the figures that they use; NULL if it feeds neither, or is not there */
} kt_feed;

/**
 * True of a monthly source of unemployed or vacancies by region and occupation alone, without a
 * variable of sectors or groups, that publishes its totals or its occupations.
 */
bool kt_feeds_observations(const kt_source *source);

/** True if a market is made of it: one names it, and it has both sides. */
bool kt_feeds_markets(const kt_config *config, const kt_source *source);

/**
 * What the source feeds. The feed's cube is cube itself where it has no other figures than those
 * that are used, else a copy of these in the arena: groups and flows that a table carries beside
 * them change no month.
 */
kt_status kt_feed_make(const kt_config *config, const kt_source *source, kt_cube *cube,
                       kt_arena *arena, kt_feed *out, kt_error *err) KT_MUST_CHECK;

#endif
