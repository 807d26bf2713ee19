/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MARKETS_H
#define KT_PIPELINE_MARKETS_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/market.h"
#include "core/arena.h"
#include "crossed_markets.h"
#include "market_margins.h"
#include "pipeline/config.h"
#include "transform/rollup.h"

/**
 * The markets of the configuration as index vectors into the rolled-up tables: every definition in
 * every scope that the tables give, sorted as their rows are published; and, in words, those that
 * they do not give.
 */

/** What the cells of a source can be made of. */
typedef struct kt_market_table {
    const kt_source *source;
    const kt_rollup *rollup; /* NULL if the table is not there */
    bool by_sector;          /* its sectors stand as occupations: slabs have to be turned too */
    size_t finest_first;     /* its finest regions with figures of their own */
    size_t finest_count;     /* 0 if it has none */
    size_t allocated;        /* the region that is their sum (allocated.h) */
    size_t country;          /* the region that is the country's own row, or KT_NO_CODE */
} kt_market_table;

/** One market inside one scope. */
typedef struct kt_placed_market {
    kt_market market;
    size_t table;             /* which of the tables */
    const char *scope_level;  /* country, maakunta, elinvoimakeskus */
    bool has_regions;         /* cells differ by region; else the region is the scope */
    bool has_occupations;     /* cells differ by occupation or sector; else it is all of them */
    bool has_sectors;         /* what stands as occupations are sectors */
    const char *const *names; /* of each cell, all different */
    const kt_market_margins *margins;
    const kt_crossed_markets *crossed; /* NULL where it is not crossed, or not the country's */
} kt_placed_market;

/** A market, or a scope of it, that the fetched tables cannot give. */
typedef struct kt_market_gap {
    const char *market, *scope;
    const char *reason;
} kt_market_gap;

typedef struct kt_markets {
    kt_placed_market *at; /* by name, then scope, bytewise */
    size_t count;
    kt_market_gap *gaps;
    size_t gap_count;
} kt_markets;

/** tables: one for each source of the configuration. */
void kt_markets_place(const kt_config *config, const kt_market_table *tables, kt_arena *arena,
                      kt_markets *out);

/**
 * Fills finest_* and allocated of a table with a roll-up. The roll-up of a table with sectors, and
 * without occupations, is turned: what follows takes the sectors for occupations.
 */
void kt_market_table_describe(kt_market_table *table, kt_arena *arena);

/** A slab of the table's own roll-up, as its markets see it. */
const kt_cube *kt_market_table_see(const kt_market_table *table, const kt_cube *slab,
                                   kt_arena *arena);

#endif
