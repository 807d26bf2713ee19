/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slice.h"

#include <math.h>
#include <string.h>

/* A slice in the making. */
typedef struct builder {
    const kt_plane *plane;
    const kt_sums *sums;
    size_t *open_of; /* of each place: which open cell, + 1 */
    bool *lacks;     /* of each occupation: a figure of some region that should be there */
    kt_slice *slice;
    double *low, *high;
    kt_margin *margins;
    kt_arena *arena;
} builder;

/* The parts of a sum. */
typedef struct reading {
    double known;
    size_t open;
    double high;  /* of the open ones */
    bool unknown; /* a part that nobody knows */
} reading;

static kt_obs status_at(const builder *of, size_t place)
{
    return (kt_obs)of->plane->cube->status[kt_plane_cell(of->plane, place)];
}

static bool is_unknown(const builder *of, size_t place, kt_obs obs)
{
    const size_t region = place / of->plane->cube->size[KT_ROLE_OCCUPATION];
    return obs == KT_OBS_MISSING || (obs == KT_OBS_NOT_COLLECTED && !of->sums->may_lack[region]);
}

/* What margins can say something of. A withdrawn figure is known: they held on the day of it. */
static bool is_open(kt_obs obs)
{
    return kt_obs_is_hidden(obs) && !kt_obs_is_known(obs);
}

static void look_at_places(builder *of, size_t places)
{
    const size_t occupations = of->plane->cube->size[KT_ROLE_OCCUPATION];
    size_t *open = kt_arena_array(of->arena, size_t, places + 1);
    for (size_t place = 0; place < places; place++) {
        const kt_obs obs = status_at(of, place);
        if (is_open(obs)) {
            open[of->slice->open_count++] = place;
            of->open_of[place] = of->slice->open_count;
        } else if (is_unknown(of, place, obs)) {
            of->lacks[place % occupations] = true;
        }
    }
    of->slice->open = open;
}

/* Where a month lacks figures, sums are held in the finest regions: coarser ones may not stand for
 * them then. */
static kt_sum in_regions_of(const builder *of, const kt_sum *sum)
{
    kt_sum made = *sum;
    if (of->lacks[sum->total % of->plane->cube->size[KT_ROLE_OCCUPATION]]) {
        made.parts = sum->finer;
        made.count = sum->finer_count;
    }
    return made;
}

static reading read_parts(const builder *of, const kt_sum *sum)
{
    reading found = {0};
    for (size_t i = 0; i < sum->count; i++) {
        const kt_obs obs = status_at(of, sum->parts[i]);
        if (kt_obs_is_known(obs)) {
            found.known += of->plane->cube->value[kt_plane_cell(of->plane, sum->parts[i])];
        } else if (is_open(obs)) {
            found.open++;
            found.high += of->plane->cube->high[kt_plane_cell(of->plane, sum->parts[i])];
        } else {
            found.unknown = found.unknown || is_unknown(of, sum->parts[i], obs);
        }
    }
    return found;
}

static size_t add_known(builder *of, double figure)
{
    const size_t cell = of->slice->table.cell_count++;
    of->low[cell] = of->high[cell] = figure;
    return cell;
}

static void add_margin(builder *of, const kt_sum *sum, const reading *found, kt_margin margin)
{
    size_t *parts = kt_arena_array(of->arena, size_t, found->open + 1);
    for (size_t i = 0; i < sum->count; i++) {
        if (of->open_of[sum->parts[i]] > 0) {
            parts[margin.part_count++] = of->open_of[sum->parts[i]] - 1;
        }
    }
    if (margin.total < of->slice->open_count && found->known > 0.0) {
        parts[margin.part_count++] = add_known(of, found->known);
    }
    margin.parts = parts;
    of->slice->total[of->slice->table.margin_count] = sum->total;
    of->margins[of->slice->table.margin_count++] = margin;
}

static void add_miss(builder *of, size_t total, double excess)
{
    of->slice->misses[of->slice->miss_count++] = (kt_miss){total, excess};
}

/* The known part of a sum with a known total is taken off it. */
static void add_to_known(builder *of, const kt_sum *sum, const reading *found, kt_margin_kind kind)
{
    const double total = of->plane->cube->value[kt_plane_cell(of->plane, sum->total)];
    const double left = total - found->known;
    const bool binds = kind == KT_PARTS_MAKE_TOTAL || left < found->high;
    if (left < 0.0 || (found->open == 0 && kind == KT_PARTS_MAKE_TOTAL && left > 0.0)) {
        add_miss(of, sum->total, fabs(left));
    } else if (found->open > 0 && binds) {
        add_margin(of, sum, found, (kt_margin){.kind = kind, .total = add_known(of, left)});
    }
}

static void add_sum(builder *of, const kt_sum *planned)
{
    const kt_obs obs = status_at(of, planned->total);
    if (!kt_obs_has_interval(obs)) {
        return;
    }
    const kt_sum resolved = in_regions_of(of, planned), *sum = &resolved;
    const reading found = read_parts(of, sum);
    const kt_margin_kind kind = found.unknown ? KT_PARTS_WITHIN_TOTAL : sum->kind;
    of->slice->sums_held++;
    if (kt_obs_is_known(obs)) {
        add_to_known(of, sum, &found, kind);
    } else if (kind == KT_PARTS_MAKE_TOTAL || found.open > 0 || found.known > 0.0) {
        add_margin(of, sum, &found,
                   (kt_margin){.kind = kind, .total = of->open_of[sum->total] - 1});
    }
}

/* Each clash is told by its first sum. */
static void add_clashes(builder *of)
{
    const kt_bounds *bounds = &of->slice->bounds;
    for (size_t i = 0; i < bounds->clash_count; i++) {
        add_miss(of, of->slice->total[bounds->clashes[i].margins[0]], bounds->clashes[i].excess);
    }
}

kt_status kt_slice_read(const kt_plane *plane, const kt_sums *sums, kt_arena *arena, kt_slice *out,
                        kt_error *err)
{
    const kt_cube *cube = plane->cube;
    const size_t places = cube->size[KT_ROLE_REGION] * cube->size[KT_ROLE_OCCUPATION];
    builder of = {.plane = plane, .sums = sums, .slice = out, .arena = arena};
    *out = (kt_slice){0};
    of.open_of = kt_arena_array(arena, size_t, places + 1);
    out->total = kt_arena_array(arena, size_t, sums->count + 1);
    out->misses = kt_arena_array(arena, kt_miss, 2 * sums->count + 1);
    of.lacks = kt_arena_array(arena, bool, cube->size[KT_ROLE_OCCUPATION]);
    look_at_places(&of, places);
    of.low = kt_arena_array(arena, double, out->open_count + sums->count + 1);
    of.high = kt_arena_array(arena, double, out->open_count + sums->count + 1);
    of.margins = kt_arena_array(arena, kt_margin, sums->count + 1);
    out->table = (kt_margin_table){
        .cell_count = out->open_count, .low = of.low, .high = of.high, .margins = of.margins};
    for (size_t i = 0; i < out->open_count; i++) {
        const size_t cell = kt_plane_cell(plane, out->open[i]);
        of.low[i] = cube->low[cell];
        of.high[i] = cube->high[cell];
    }
    for (size_t i = 0; i < sums->count; i++) {
        add_sum(&of, &sums->at[i]);
    }
    KT_TRY(kt_margins_tighten(&out->table, arena, &out->bounds, err));
    add_clashes(&of);
    return KT_OK;
}

static void hash_numbers(kt_hasher *hasher, const double *numbers, size_t count)
{
    kt_hash_add(hasher, numbers, count * sizeof *numbers);
}

void kt_slice_key(const kt_slice *slice, const double *pattern, char key[KT_HASH_SIZE])
{
    const kt_margin_table *table = &slice->table;
    const size_t sizes[] = {slice->open_count, table->cell_count, table->margin_count};
    kt_hasher *hasher = kt_hash_start();
    kt_hash_add(hasher, KT_FILLING_METHOD, sizeof KT_FILLING_METHOD);
    kt_hash_add(hasher, sizes, sizeof sizes);
    hash_numbers(hasher, table->low, table->cell_count);
    hash_numbers(hasher, table->high, table->cell_count);
    hash_numbers(hasher, slice->bounds.low, slice->open_count);
    hash_numbers(hasher, slice->bounds.high, slice->open_count);
    hash_numbers(hasher, pattern, slice->open_count);
    for (size_t m = 0; m < table->margin_count; m++) {
        const kt_margin *margin = &table->margins[m];
        const size_t head[] = {(size_t)margin->kind, margin->total, margin->part_count,
                               slice->bounds.margin_set_aside[m]};
        kt_hash_add(hasher, head, sizeof head);
        kt_hash_add(hasher, margin->parts, margin->part_count * sizeof *margin->parts);
    }
    kt_hash_finish(hasher, key);
}

kt_status kt_slice_fill(const kt_slice *slice, const double *pattern, kt_arena *arena,
                        const double **out, kt_error *err)
{
    double *all = kt_arena_array(arena, double, slice->table.cell_count + 1);
    memcpy(all, pattern, slice->open_count * sizeof *all);
    for (size_t c = slice->open_count; c < slice->table.cell_count; c++) {
        all[c] = NAN;
    }
    kt_filling filling = {0};
    KT_TRY(kt_margins_fill(&slice->table, &slice->bounds, all, arena, &filling, err));
    *out = filling.value;
    return KT_OK;
}
