/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/parallel.h"
#include "interval_checks.h"
#include "slice.h"

/*
 * Two passes over the periods. The first tightens the protected cells of each by its own margins;
 * the second points them, by what the periods beside it say of them. A period's intervals follow
 * from its own figures, its points from its own and those beside it: neither from the order of
 * work, nor from what any earlier run has left.
 */

typedef struct period_work {
    kt_arena *arena;
    kt_slice *slices; /* of each measure, sector and group */
    kt_filled *filled;
} period_work;

typedef struct reconciling {
    const kt_reconcile_table *table;
    kt_codes *keys;          /* of before, each once: two months may ask the very same */
    const kt_filled **known; /* of each of them */
    kt_sum_book book;
    const kt_period *periods;
    size_t planes; /* in a period */
    period_work *work;
} reconciling;

static kt_plane plane_at(const reconciling *job, size_t period, size_t n)
{
    const kt_cube *cube = job->table->cube;
    const size_t groups = cube->size[KT_ROLE_GROUP], sectors = cube->size[KT_ROLE_SECTOR];
    const size_t first = period * cube->stride[KT_ROLE_PERIOD] +
                         n / groups / sectors * cube->stride[KT_ROLE_MEASURE] +
                         n / groups % sectors * cube->stride[KT_ROLE_SECTOR] +
                         n % groups * cube->stride[KT_ROLE_GROUP];
    return (kt_plane){.cube = cube,
                      .first = first,
                      .low = job->table->source->protected_low,
                      .high = job->table->source->protected_high};
}

static size_t measure_of(const reconciling *job, size_t n)
{
    const size_t *size = job->table->cube->size;
    return n / size[KT_ROLE_GROUP] / size[KT_ROLE_SECTOR];
}

static bool adds_exactly(const reconciling *job, size_t n)
{
    const kt_codes *measures = job->table->cube->codes[KT_ROLE_MEASURE];
    return kt_adds_exactly(job->table->source, kt_codes_at(measures, measure_of(job, n)));
}

static void write_bounds(const reconciling *job, const kt_plane *plane, const kt_slice *slice)
{
    for (size_t i = 0; i < slice->open_count; i++) {
        const double low = slice->bounds.low[i], high = slice->bounds.high[i];
        kt_cube_bound(job->table->cube, kt_plane_cell(plane, slice->open[i]), low, high);
    }
}

static kt_status tighten_period(void *context, size_t period, kt_error *err)
{
    const reconciling *job = context;
    period_work *work = &job->work[period];
    work->arena = kt_arena_open("hidden cells of a period", 0);
    work->slices = kt_arena_array(work->arena, kt_slice, job->planes);
    work->filled = kt_arena_array(work->arena, kt_filled, job->planes);
    for (size_t n = 0; n < job->planes; n++) {
        if (!adds_exactly(job, n)) {
            continue;
        }
        const kt_cube *cube = job->table->cube;
        const kt_plane plane = plane_at(job, period, n);
        const kt_sums *sums =
            kt_sums_of(&job->book, cube, period, measure_of(job, n), n % cube->size[KT_ROLE_GROUP]);
        KT_TRY(kt_slice_read(&plane, sums, work->arena, &work->slices[n], err));
        write_bounds(job, &plane, &work->slices[n]);
    }
    return KT_OK;
}

/* What a period says of a cell: its figure, or the middle of what it may be. */
static double said(const kt_cube *cube, size_t cell)
{
    const kt_obs obs = (kt_obs)cube->status[cell];
    return kt_obs_is_known(obs)    ? cube->value[cell]
           : kt_obs_is_hidden(obs) ? (cube->low[cell] + cube->high[cell]) / 2.0
                                   : NAN;
}

static bool follows(const reconciling *job, size_t period)
{
    return period > 0 && period < job->table->cube->size[KT_ROLE_PERIOD] &&
           job->periods[period].index == job->periods[period - 1].index + 1;
}

static double mean_of(double before, double after)
{
    return isnan(before) ? after : isnan(after) ? before : (before + after) / 2.0;
}

static double *pattern_of(const reconciling *job, size_t period, const kt_plane *plane,
                          const kt_slice *slice, kt_arena *arena)
{
    const kt_cube *cube = job->table->cube;
    const size_t step = cube->stride[KT_ROLE_PERIOD];
    const bool has_before = follows(job, period), has_after = follows(job, period + 1);
    double *pattern = kt_arena_array(arena, double, slice->open_count + 1);
    for (size_t i = 0; i < slice->open_count; i++) {
        const size_t cell = kt_plane_cell(plane, slice->open[i]);
        pattern[i] = mean_of(has_before ? said(cube, cell - step) : NAN,
                             has_after ? said(cube, cell + step) : NAN);
    }
    return pattern;
}

/* Points of an earlier run, if the very same was asked then. */
static const double *known_filling(const reconciling *job, const char *key, size_t count)
{
    const size_t at = kt_codes_find(job->keys, key);
    return at == KT_NO_CODE || job->known[at]->count != count ? NULL : job->known[at]->value;
}

static kt_status point_plane(const reconciling *job, size_t period, size_t n, kt_error *err)
{
    period_work *work = &job->work[period];
    const kt_slice *slice = &work->slices[n];
    kt_filled *filled = &work->filled[n];
    if (slice->open_count == 0) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("points of a period", 0);
    const kt_plane plane = plane_at(job, period, n);
    const double *pattern = pattern_of(job, period, &plane, slice, scratch);
    kt_slice_key(slice, pattern, filled->key);
    const double *point = known_filling(job, filled->key, slice->open_count);
    if (point == NULL) {
        KT_TRY(kt_slice_fill(slice, pattern, scratch, &point, err));
    }
    double *kept = kt_arena_array(work->arena, double, slice->open_count);
    memcpy(kept, point, slice->open_count * sizeof *kept);
    filled->count = slice->open_count;
    filled->value = kept;
    for (size_t i = 0; i < slice->open_count; i++) {
        job->table->cube->value[kt_plane_cell(&plane, slice->open[i])] = kept[i];
    }
    return KT_OK;
}

static kt_status point_period(void *context, size_t period, kt_error *err)
{
    const reconciling *job = context;
    for (size_t n = 0; n < job->planes; n++) {
        KT_TRY(point_plane(job, period, n, err));
    }
    return KT_OK;
}

static void keep_filling(const kt_filled *one, kt_arena *arena, kt_filled *at, size_t *count)
{
    if (one->count == 0) {
        return;
    }
    kt_filled *out = &at[(*count)++];
    double *value = kt_arena_array(arena, double, one->count);
    memcpy(value, one->value, one->count * sizeof *value);
    *out = *one;
    out->value = value;
}

static kt_fillings keep_fillings(const reconciling *job, kt_arena *arena)
{
    const size_t periods = job->table->cube->size[KT_ROLE_PERIOD];
    kt_filled *at = kt_arena_array(arena, kt_filled, periods * job->planes + 1);
    kt_fillings kept = {.at = at};
    for (size_t p = 0; p < periods; p++) {
        for (size_t n = 0; n < job->planes; n++) {
            keep_filling(&job->work[p].filled[n], arena, at, &kept.count);
        }
    }
    return kept;
}

static void note_slices(const reconciling *job, size_t measure, kt_interval_check *check)
{
    const size_t periods = job->table->cube->size[KT_ROLE_PERIOD];
    const size_t each = job->planes / job->table->cube->size[KT_ROLE_MEASURE];
    for (size_t p = 0; p < periods; p++) {
        for (size_t n = measure * each; n < (measure + 1) * each; n++) {
            const kt_plane plane = plane_at(job, p, n);
            kt_interval_check_note(check, &plane, &job->work[p].slices[n], p + 1 == periods);
        }
    }
}

static kt_checks check_intervals(const reconciling *job, kt_arena *arena)
{
    const size_t measures = job->table->cube->size[KT_ROLE_MEASURE];
    kt_check *rows = kt_arena_array(arena, kt_check, measures * KT_INTERVAL_CHECKS + 1);
    kt_checks made = {.rows = rows};
    for (size_t m = 0; m < measures; m++) {
        kt_interval_check *check = kt_interval_check_new(job->table, m, arena);
        note_slices(job, m, check);
        made.count += kt_interval_check_end(check, rows + made.count);
    }
    return made;
}

static kt_status reconcile(reconciling *job, unsigned threads, kt_arena *arena, kt_reconciled *out,
                           kt_error *err)
{
    const size_t periods = job->table->cube->size[KT_ROLE_PERIOD];
    KT_TRY(kt_parallel(periods, threads, tighten_period, job, err));
    KT_TRY(kt_parallel(periods, threads, point_period, job, err));
    out->checks = check_intervals(job, arena);
    out->fillings = keep_fillings(job, arena);
    return KT_OK;
}

static kt_status check_limits(const kt_source *source, kt_error *err)
{
    const double low = source->protected_low, high = source->protected_high;
    if (!(low <= high)) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: protected: low %g is above high %g", source->file,
                       low, high);
    }
    if (!(low >= 0.0) || floor(low) != low || floor(high) != high || isinf(high)) {
        return kt_fail(err, KT_ERR_CONFIG,
                       "%s: protected: %g to %g, expected whole numbers not below zero",
                       source->file, low, high);
    }
    return KT_OK;
}

kt_status kt_reconcile_intervals(const kt_reconcile_table *table, const kt_fillings *before,
                                 unsigned threads, kt_arena *arena, kt_reconciled *out,
                                 kt_error *err)
{
    KT_AUTO(arena) kt_arena *notes = kt_arena_open("intervals of hidden cells", 0);
    const size_t *size = table->cube->size;
    reconciling job = {.table = table, .keys = kt_codes_new(notes)};
    kt_period *periods = NULL;
    KT_TRY(check_limits(table->source, err));
    KT_TRY(kt_cube_periods(table->cube, notes, &periods, err));
    job.periods = periods;
    job.book = kt_sums_plan(table, notes);
    job.planes = size[KT_ROLE_MEASURE] * size[KT_ROLE_SECTOR] * size[KT_ROLE_GROUP];
    job.work = kt_arena_array(notes, period_work, size[KT_ROLE_PERIOD] + 1);
    job.known = kt_arena_array(notes, const kt_filled *, before == NULL ? 1 : before->count + 1);
    for (size_t i = 0; before != NULL && i < before->count; i++) {
        job.known[kt_codes_intern(job.keys, before->at[i].key)] = &before->at[i];
    }
    const kt_status status = reconcile(&job, threads, arena, out, err);
    for (size_t p = 0; p < size[KT_ROLE_PERIOD]; p++) {
        kt_arena_free(job.work[p].arena);
    }
    return status;
}
