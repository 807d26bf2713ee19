/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/breaks.h"

#include <string.h>

/* The month in the frequency of a table: its quarter, its year. */
static kt_period first_period(kt_period month, kt_frequency frequency)
{
    return (kt_period){frequency, month.index / (KT_MONTHLY / (int)frequency)};
}

/* NULL: the name is not known, and may be any. */
static bool is_named(const kt_names *names, const char *name)
{
    for (size_t i = 0; name != NULL && i < names->count; i++) {
        if (strcmp(names->at[i], name) == 0) {
            return true;
        }
    }
    return names->count == 0 || name == NULL;
}

bool kt_break_begins(const kt_break *one, const char *source, kt_period period)
{
    return one->active && is_named(&one->sources, source) &&
           kt_period_compare(first_period(one->month, period.frequency), period) == 0;
}

bool kt_break_is_within(const kt_break *one, const char *source, const char *first,
                        const char *last)
{
    kt_period from, to;
    if (!one->active || !is_named(&one->sources, source) || !kt_period_read(first, &from) ||
        !kt_period_read(last, &to)) {
        return false;
    }
    const kt_period begins = first_period(one->month, to.frequency);
    return kt_period_compare(from, begins) <= 0 && kt_period_compare(begins, to) <= 0;
}

static bool is_region_meant(const kt_break *one, const kt_rollup_line *region)
{
    return is_named(&one->region_levels, region->level) &&
           is_named(&one->region_codes, region->code);
}

static bool is_occupation_meant(const kt_break *one, const kt_rollup_line *occupation)
{
    return is_named(&one->occupation_levels, occupation->level) &&
           is_named(&one->occupation_codes, occupation->code);
}

bool kt_break_means(const kt_break *one, const kt_break_place *place)
{
    return is_named(&one->sources, place->source) && is_named(&one->measures, place->measure) &&
           is_region_meant(one, &place->region) && is_occupation_meant(one, &place->occupation);
}

bool kt_breaks_begin(const kt_breaks *breaks, const kt_break_place *place, kt_period period)
{
    for (size_t i = 0; breaks != NULL && i < breaks->count; i++) {
        const kt_break *one = &breaks->at[i];
        if (kt_break_begins(one, place->source, period) && kt_break_means(one, place)) {
            return true;
        }
    }
    return false;
}

static void mark_cells(kt_cube *slab, size_t first, size_t count)
{
    for (size_t cell = first; cell < first + count; cell++) {
        if (kt_obs_has_value((kt_obs)slab->status[cell])) {
            slab->status[cell] = KT_OBS_BREAK;
        }
    }
}

/* The occupations of one region and measure. */
static void mark_row(const kt_break *one, const kt_rollup *rollup, kt_cube *slab, size_t first)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_occupations(rollup, &lines);
    const size_t inner = slab->stride[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < count; i++) {
        if (is_occupation_meant(one, &lines[i])) {
            mark_cells(slab, first + i * inner, inner);
        }
    }
}

static void mark_measure(const kt_break *one, const kt_rollup *rollup, kt_cube *slab, size_t first)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(rollup, &lines);
    for (size_t i = 0; i < count; i++) {
        if (is_region_meant(one, &lines[i])) {
            mark_row(one, rollup, slab, first + i * slab->stride[KT_ROLE_REGION]);
        }
    }
}

static void mark_break(const kt_break *one, const kt_rollup *rollup, kt_cube *slab)
{
    for (size_t m = 0; m < slab->size[KT_ROLE_MEASURE]; m++) {
        if (is_named(&one->measures, kt_codes_at(slab->codes[KT_ROLE_MEASURE], m))) {
            mark_measure(one, rollup, slab, m * slab->stride[KT_ROLE_MEASURE]);
        }
    }
}

void kt_breaks_mark(const kt_breaks *breaks, const kt_source *source, const kt_rollup *rollup,
                    kt_cube *slab)
{
    kt_period period;
    if (!kt_period_read(kt_codes_at(slab->codes[KT_ROLE_PERIOD], 0), &period)) {
        return;
    }
    for (size_t i = 0; breaks != NULL && i < breaks->count; i++) {
        if (kt_break_begins(&breaks->at[i], source->id, period)) {
            mark_break(&breaks->at[i], rollup, slab);
        }
    }
}
