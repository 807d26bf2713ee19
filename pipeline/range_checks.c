/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "range_checks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "index_range.h"
#include "known_ranges.h"
#include "month_slab.h"

/* Cells of all markets looked at, the largest ones that fit first: the finest market of the real
 * tables has 8,000, all together 33,000. */
#define MOST_CELLS 12000

/* Less than this is the room that bounds leave for rounding. */
#define EXACT 1e-9

/* Newest period of the table in the order of names, or period_count. */
static size_t newest_of(const kt_analysis_job *job, size_t table)
{
    const size_t sources = job->night->config->source_count;
    for (size_t i = job->period_count; i > 0; i--) {
        if (job->places[(i - 1) * sources + table] != KT_NO_CODE) {
            return i - 1;
        }
    }
    return job->period_count;
}

typedef struct candidate {
    const kt_placed_market *market;
    size_t cells, place;
} candidate;

static int by_cells(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    if (left->cells != right->cells) {
        return left->cells > right->cells ? -1 : 1;
    }
    return left->place < right->place ? -1 : left->place > right->place;
}

/* The country's markets of one table, those with most cells first. */
static size_t candidates_of(const kt_analysis_job *job, size_t table, candidate *out)
{
    size_t count = 0;
    for (size_t i = 0; i < job->markets.count; i++) {
        const kt_placed_market *market = &job->markets.at[i];
        if (market->table == table &&
            strcmp(market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) == 0) {
            out[count] = (candidate){market, market->market.cell_count, count};
            count++;
        }
    }
    qsort(out, count, sizeof *out, by_cells);
    return count;
}

/* The checks of a night while they are made. */
typedef struct checking {
    const kt_analysis_job *job;
    kt_known_ranges *ranges;
    size_t cells_left;
    kt_range_check *made;
    size_t count;
} checking;

/* NAN where nothing is open, or no way to a filling is known. */
static kt_status measure(const checking *of, const kt_placed_market *placed,
                         const kt_market_slab *slab, double *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a range that is checked", 0);
    kt_market_month month;
    *out = NAN;
    KT_TRY(kt_market_gather(&placed->market, slab, arena, &month, err));
    if (!(month.protected_share > 0.0)) {
        return KT_OK;
    }
    const kt_range_market market = kt_index_range_market(placed, slab, &month, arena);
    char hash[KT_HASH_SIZE];
    kt_known_ranges_market(&market, hash);
    kt_range_question question = {
        .market = &market, .hash = hash, .alpha = 0.5, .effort = kt_range_usual};
    question.effort.attain = true; /* the range as it is published, and what is reached of it */
    kt_range range;
    KT_TRY(kt_known_ranges_compute(of->ranges, &question, arena, &range, err));
    if (range.reason == NULL && range.open_cells > 0) {
        const double spare = fmax(range.attained_low - range.low, range.high - range.attained_high);
        *out = round(fmax(spare, 0.0) / EXACT) * EXACT;
    }
    return KT_OK;
}

static kt_status check_table(checking *of, kt_month_at at, kt_error *err)
{
    const kt_analysis_job *job = of->job;
    kt_market_slab slab;
    KT_TRY(kt_month_slab_open(job, at, job->arena, &slab, err));
    candidate *each = kt_arena_array(job->arena, candidate, job->markets.count + 1);
    const size_t each_count = slab.cube == NULL ? 0 : candidates_of(job, at.table, each);
    for (size_t i = 0; i < each_count; i++) {
        double spare = NAN;
        KT_TRY(each[i].cells <= of->cells_left ? measure(of, each[i].market, &slab, &spare, err)
                                               : KT_OK);
        if (!isnan(spare)) {
            of->cells_left -= each[i].cells;
            of->made[of->count++] = (kt_range_check){each[i].market->market.name, spare};
        }
    }
    return KT_OK;
}

kt_status kt_range_checks_make(const kt_analysis_job *job, kt_range_check **out, size_t *count,
                               kt_error *err)
{
    static const char name[] = "checks.ranges";
    checking of = {
        .job = job,
        .ranges = kt_known_ranges_load(kt_path_join(job->arena, job->months, name), job->arena),
        .cells_left = MOST_CELLS,
        .made = kt_arena_array(job->arena, kt_range_check, job->markets.count + 1)};
    (void)kt_codes_intern(job->used_parts, name);
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        const kt_month_at at = {newest_of(job, i), i};
        KT_TRY(at.period == job->period_count ? KT_OK : check_table(&of, at, err));
    }
    *out = of.made;
    *count = of.count;
    return job->night->out != NULL ? KT_OK : kt_known_ranges_save(of.ranges, err);
}
