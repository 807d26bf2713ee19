/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "allocated.h"

#include <string.h>

#include "core/cells.h"
#include "core/codes.h"

static void copy_cells(const kt_cube *from, size_t at, kt_cube *to, size_t place, size_t count)
{
    memcpy(to->value + place, from->value + at, count * sizeof(double));
    memcpy(to->low + place, from->low + at, count * sizeof(double));
    memcpy(to->high + place, from->high + at, count * sizeof(double));
    memcpy(to->status + place, from->status + at, count);
}

static bool is_missing(uint8_t status)
{
    return status == KT_OBS_MISSING || status == KT_OBS_NOT_COLLECTED;
}

static bool is_collected(uint8_t status)
{
    return status != KT_OBS_NOT_COLLECTED && status != KT_OBS_IMPOSSIBLE;
}

/* A missing member and a protected one: the worst is the protected one, but there is no sum. Nor is
 * there one of what nobody collects, and then it is not missing but not collected either. */
static void add_rows(const kt_cube *from, size_t at, kt_cube *to, size_t place, size_t count)
{
    const kt_cell_row sum = kt_cell_row_at(to, place), row = kt_cell_row_at(from, at);
    for (size_t i = 0; i < count; i++) {
        const uint8_t own = row.status[i], before = sum.status[i];
        kt_cell_add(sum, i, row, i);
        if (is_missing(own) || is_missing(before)) {
            kt_cube_clear(to, place + i,
                          is_collected(own) || is_collected(before) ? KT_OBS_MISSING
                                                                    : KT_OBS_NOT_COLLECTED);
        }
    }
}

/* Of what the source hides of the country, what is in a region is hidden too, and shown as the
 * country is: its own ends can be as good as the figure. */
static void hide_rows(const kt_cube *from, size_t at, kt_cube *to, size_t place, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kt_obs_is_protected((kt_obs)from->status[at + i]) &&
            kt_obs_has_value((kt_obs)to->status[place + i])) {
            to->status[place + i] = from->status[at + i];
        }
    }
}

static void fill_measure(const kt_cube *slab, size_t measure, const kt_market_table *table,
                         kt_cube *out)
{
    const size_t row = slab->stride[KT_ROLE_REGION];
    const size_t from = measure * slab->stride[KT_ROLE_MEASURE];
    const size_t to = measure * out->stride[KT_ROLE_MEASURE];
    const size_t sum = to + slab->size[KT_ROLE_REGION] * row;
    const bool counts =
        kt_source_counts(table->source, kt_codes_at(slab->codes[KT_ROLE_MEASURE], measure));
    copy_cells(slab, from, out, to, slab->size[KT_ROLE_REGION] * row);
    for (size_t i = 0; i < row; i++) {
        kt_cube_clear(out, sum + i, counts ? KT_OBS_IMPOSSIBLE : KT_OBS_NOT_COLLECTED);
    }
    for (size_t i = 0; counts && i < table->finest_count; i++) {
        add_rows(slab, from + (table->finest_first + i) * row, out, sum, row);
    }
    if (table->country != KT_NO_CODE) {
        hide_rows(slab, from + table->country * row, out, sum, row);
    }
}

kt_status kt_allocated_add(const kt_cube *slab, const kt_market_table *table, kt_arena *arena,
                           kt_cube **out, kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    memcpy(codes, slab->codes, sizeof codes);
    codes[KT_ROLE_REGION] = kt_codes_new(arena);
    for (size_t i = 0; i < slab->size[KT_ROLE_REGION]; i++) {
        (void)kt_codes_add(codes[KT_ROLE_REGION], kt_codes_at(slab->codes[KT_ROLE_REGION], i),
                           NULL);
    }
    (void)kt_codes_add(codes[KT_ROLE_REGION], KT_ALLOCATED, NULL);
    KT_TRY(kt_cube_new(arena, codes, out, err));
    for (size_t measure = 0; measure < slab->size[KT_ROLE_MEASURE]; measure++) {
        fill_measure(slab, measure, table, *out);
    }
    return KT_OK;
}
