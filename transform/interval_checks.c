/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interval_checks.h"

#include <math.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "rollup_plan.h"

#define EXAMPLES 3

/* The country's own cells are left out: they are margins, and few. */
typedef struct tally {
    size_t hidden, fixed;
    double width;
} tally;

struct kt_interval_check {
    const kt_reconcile_table *table;
    const char *measure;
    size_t country; /* row; KT_NO_CODE if there is none */
    tally newest, all;
    size_t held, missed;
    double excess;
    kt_text examples;
    kt_arena *arena;
};

kt_interval_check *kt_interval_check_new(const kt_reconcile_table *table, size_t measure,
                                         kt_arena *arena)
{
    const kt_rollup *rollup = table->rollup;
    kt_interval_check *made = kt_arena_new(arena, kt_interval_check);
    *made = (kt_interval_check){
        .table = table,
        .measure = kt_codes_at(table->cube->codes[KT_ROLE_MEASURE], measure),
        .country = rollup->country == KT_NO_CODE
                       ? KT_NO_CODE
                       : rollup->regions.recipe[rollup->country].member[0],
        .arena = arena,
    };
    return made;
}

static void count_cells(const kt_interval_check *check, const kt_slice *slice, tally *sum)
{
    const size_t occupations = check->table->cube->size[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < slice->open_count; i++) {
        if (slice->open[i] / occupations != check->country) {
            const double width = slice->bounds.high[i] - slice->bounds.low[i];
            sum->hidden++;
            sum->fixed += width == 0.0;
            sum->width += width;
        }
    }
}

static void tell_miss(kt_interval_check *check, const kt_plane *plane, const kt_miss *miss)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("an example", 0);
    kt_text_print(
        &check->examples, "%s%s misses its parts by %.15g", check->examples.length > 0 ? "; " : "",
        kt_cube_coordinates(plane->cube, kt_plane_cell(plane, miss->total), scratch), miss->excess);
}

void kt_interval_check_note(kt_interval_check *check, const kt_plane *plane, const kt_slice *slice,
                            bool newest)
{
    count_cells(check, slice, &check->all);
    if (newest) {
        count_cells(check, slice, &check->newest);
    }
    check->held += slice->sums_held;
    for (size_t i = 0; i < slice->miss_count; i++) {
        check->excess = fmax(check->excess, slice->misses[i].excess);
        if (check->missed++ < EXAMPLES) {
            tell_miss(check, plane, &slice->misses[i]);
        }
    }
}

static kt_check row_of(const kt_interval_check *check, const char *name, const char *period)
{
    return (kt_check){
        .name = name,
        .subject =
            kt_arena_print(check->arena, "%s %s%s%s", check->table->source->id, check->measure,
                           period == NULL ? "" : " ", period == NULL ? "" : period),
        .severity = "note",
        .passed = true,
        .measured = NAN,
        .threshold = NAN,
        .examples = "",
    };
}

static void put_tally(const kt_interval_check *check, const tally *sum, const char *period,
                      kt_check rows[3])
{
    const kt_source *source = check->table->source;
    rows[0] = row_of(check, KT_CHECK_PROTECTED, period);
    rows[0].measured = (double)sum->hidden;
    rows[1] = row_of(check, KT_CHECK_FIXED, period);
    rows[1].measured = (double)sum->fixed;
    rows[2] = row_of(check, KT_CHECK_WIDTH, period);
    rows[2].measured = sum->hidden == 0 ? NAN : sum->width / (double)sum->hidden;
    rows[2].threshold = source->protected_high - source->protected_low;
    for (size_t i = 0; i < 3; i++) {
        rows[i].cells_checked = sum->hidden;
    }
}

size_t kt_interval_check_end(kt_interval_check *check, kt_check *rows)
{
    const kt_codes *periods = check->table->cube->codes[KT_ROLE_PERIOD];
    rows[0] = row_of(check, "margins_agree", NULL);
    rows[0].passed = check->missed == 0;
    rows[0].measured = check->held == 0 ? NAN : check->excess;
    rows[0].threshold = 0.0;
    rows[0].cells_checked = check->held;
    rows[0].cells_failed = check->missed;
    if (check->examples.length > 0) {
        rows[0].examples =
            kt_arena_copy_n(check->arena, check->examples.bytes, check->examples.length);
    }
    kt_text_free(&check->examples);
    put_tally(check, &check->newest, kt_codes_at(periods, kt_codes_count(periods) - 1), &rows[1]);
    put_tally(check, &check->all, NULL, &rows[4]);
    return KT_INTERVAL_CHECKS;
}
