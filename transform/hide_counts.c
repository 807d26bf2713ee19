/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/hide_counts.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "transform/margins.h"

#define NOUGHT 1e-9

/* What a reader has: everything that is shown, and all margins. */
typedef struct attack {
    const kt_hidden_counts *of;
    kt_margin_index index;
    kt_bounds bounds;
    bool *told; /* of each count: one figure alone is left of it */
    kt_arena *arena;
} attack;

static bool is_open(const kt_hidden_counts *of, size_t cell)
{
    return of->at[cell].hidden || of->at[cell].sum;
}

/* Rows of the matrix: sums with open counts in them; columns: counts that the bounds leave open. */
typedef struct matrix {
    double *at;
    size_t rows, columns;
    size_t *cell_of;   /* of each column */
    size_t *column_of; /* of each cell; SIZE_MAX */
} matrix;

static void find_columns(const attack *with, matrix *out)
{
    const kt_hidden_counts *of = with->of;
    out->cell_of = kt_arena_array(with->arena, size_t, of->count + 1);
    out->column_of = kt_arena_array(with->arena, size_t, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        const bool open = is_open(of, i) && with->bounds.low[i] < with->bounds.high[i];
        out->column_of[i] = open ? out->columns : SIZE_MAX;
        if (open) {
            out->cell_of[out->columns++] = i;
        }
    }
}

static bool fill_row(const matrix *of, const kt_margin *margin, double *row)
{
    bool any = false;
    for (size_t i = 0; i <= margin->part_count; i++) {
        const size_t cell = i == margin->part_count ? margin->total : margin->parts[i];
        const size_t column = of->column_of[cell];
        if (column != SIZE_MAX) {
            row[column] = i == margin->part_count ? -1.0 : 1.0;
            any = true;
        }
    }
    return any;
}

static void find_rows(const attack *with, matrix *out)
{
    const kt_hidden_counts *of = with->of;
    out->at = kt_arena_array(with->arena, double, (of->margin_count + 1) * (out->columns + 1));
    for (size_t i = 0; i < of->margin_count; i++) {
        const kt_margin *margin = &of->margins[i];
        double *row = &out->at[out->rows * out->columns];
        if (margin->kind == KT_PARTS_MAKE_TOTAL && !with->bounds.margin_set_aside[i] &&
            fill_row(out, margin, row)) {
            out->rows++;
        }
    }
}

static void swap_rows(const matrix *of, size_t a, size_t b)
{
    for (size_t i = 0; i < of->columns && a != b; i++) {
        const double kept = of->at[a * of->columns + i];
        of->at[a * of->columns + i] = of->at[b * of->columns + i];
        of->at[b * of->columns + i] = kept;
    }
}

static void clear_column(const matrix *of, size_t pivot, size_t column)
{
    double *own = &of->at[pivot * of->columns];
    const double lead = own[column];
    for (size_t i = 0; i < of->columns; i++) {
        own[i] /= lead;
    }
    for (size_t row = 0; row < of->rows; row++) {
        double *other = &of->at[row * of->columns];
        const double times = row == pivot ? 0.0 : other[column];
        for (size_t i = 0; i < of->columns && times != 0.0; i++) {
            other[i] -= times * own[i];
        }
    }
}

/* Gauss and Jordan; the number of rows that are left. */
static size_t eliminate(const matrix *of)
{
    size_t pivot = 0;
    for (size_t column = 0; column < of->columns && pivot < of->rows; column++) {
        size_t best = pivot;
        for (size_t row = pivot; row < of->rows; row++) {
            const double own = fabs(of->at[row * of->columns + column]);
            best = own > fabs(of->at[best * of->columns + column]) ? row : best;
        }
        if (fabs(of->at[best * of->columns + column]) < NOUGHT) {
            continue;
        }
        swap_rows(of, pivot, best);
        clear_column(of, pivot++, column);
    }
    return pivot;
}

/* The only column of a row; SIZE_MAX if there are more. */
static size_t only_column(const matrix *of, size_t row)
{
    size_t found = SIZE_MAX, count = 0;
    for (size_t i = 0; i < of->columns; i++) {
        if (fabs(of->at[row * of->columns + i]) >= NOUGHT) {
            found = i;
            count++;
        }
    }
    return count == 1 ? found : SIZE_MAX;
}

static void tell_by_sums(const attack *with)
{
    matrix of = {0};
    find_columns(with, &of);
    find_rows(with, &of);
    const size_t rows = eliminate(&of);
    for (size_t row = 0; row < rows; row++) {
        const size_t column = only_column(&of, row);
        if (column != SIZE_MAX) {
            with->told[of.cell_of[column]] = true;
        }
    }
}

static kt_status attack_counts(const kt_hidden_counts *of, kt_arena *arena, attack *out,
                               kt_error *err)
{
    double *low = kt_arena_array(arena, double, of->count + 1);
    double *high = kt_arena_array(arena, double, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        low[i] = is_open(of, i) ? 0.0 : of->at[i].value;
        high[i] = is_open(of, i) ? INFINITY : of->at[i].value;
    }
    const kt_margin_table table = {.cell_count = of->count,
                                   .low = low,
                                   .high = high,
                                   .margin_count = of->margin_count,
                                   .margins = of->margins};
    *out = (attack){.of = of, .arena = arena, .told = kt_arena_array(arena, bool, of->count + 1)};
    KT_TRY(kt_margins_tighten(&table, arena, &out->bounds, err));
    out->index = kt_margins_index(&table, arena);
    for (size_t i = 0; i < of->count; i++) {
        out->told[i] = is_open(of, i) && out->bounds.low[i] == out->bounds.high[i];
    }
    tell_by_sums(out);
    return KT_OK;
}

/* Who may be hidden beside one count: those of the nearest ring of margins that has any. */
typedef struct search {
    const attack *with;
    size_t *queue;
    bool *seen;
    size_t tail;
    size_t *found;
    size_t found_count;
} search;

static void look_at(search *of, size_t cell)
{
    const kt_hidden_counts *counts = of->with->of;
    if (of->seen[cell]) {
        return;
    }
    of->seen[cell] = true;
    if (is_open(counts, cell)) {
        of->queue[of->tail++] = cell;
    } else if (counts->at[cell].value > 0.0) {
        of->found[of->found_count++] = cell;
    }
}

static void look_around(search *of, size_t cell)
{
    const kt_margin_index *index = &of->with->index;
    for (size_t i = index->start[cell]; i < index->start[cell + 1]; i++) {
        const kt_margin *margin = &of->with->of->margins[index->margins[i]];
        look_at(of, margin->total);
        for (size_t j = 0; j < margin->part_count; j++) {
            look_at(of, margin->parts[j]);
        }
    }
}

static bool goes_first(const kt_hidden_counts *of, size_t a, size_t b)
{
    const kt_hidden_count *x = &of->at[a], *y = &of->at[b];
    if (x->rank != y->rank) {
        return x->rank < y->rank;
    }
    return x->value != y->value ? x->value < y->value : a < b;
}

static void sort_found(search *of)
{
    for (size_t i = 1; i < of->found_count; i++) {
        const size_t cell = of->found[i];
        size_t at = i;
        for (; at > 0 && goes_first(of->with->of, cell, of->found[at - 1]); at--) {
            of->found[at] = of->found[at - 1];
        }
        of->found[at] = cell;
    }
}

static search look_for(const attack *with, size_t told)
{
    const size_t count = with->of->count;
    search of = {.with = with,
                 .queue = kt_arena_array(with->arena, size_t, count + 1),
                 .seen = kt_arena_array(with->arena, bool, count + 1),
                 .found = kt_arena_array(with->arena, size_t, count + 1)};
    look_at(&of, told);
    for (size_t head = 0; head < of.tail && of.found_count == 0;) {
        const size_t ring = of.tail;
        while (head < ring) {
            look_around(&of, of.queue[head++]);
        }
    }
    sort_found(&of);
    return of;
}

static kt_status is_told(kt_hidden_counts *counts, size_t cell, bool *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("an attack on hidden counts", 0);
    attack with;
    KT_TRY(attack_counts(counts, scratch, &with, err));
    *out = with.told[cell];
    return KT_OK;
}

/* The first one alone that is enough; where none is, the first one, and more have to follow. */
static kt_status hide_beside(kt_hidden_counts *counts, const search *of, size_t told, kt_error *err)
{
    for (size_t i = 0; i < of->found_count; i++) {
        bool still = false;
        counts->at[of->found[i]].hidden = true;
        KT_TRY(is_told(counts, told, &still, err));
        if (!still) {
            return KT_OK;
        }
        counts->at[of->found[i]].hidden = false;
    }
    if (of->found_count > 0) {
        counts->at[of->found[0]].hidden = true;
    }
    return KT_OK;
}

/* The first secret that a reader can compute; count if there is none. */
static size_t first_told(const attack *with, const bool *secret)
{
    size_t at = 0;
    while (at < with->of->count && !(secret[at] && with->told[at])) {
        at++;
    }
    return at;
}

static kt_status any_told(kt_hidden_counts *counts, const bool *secret, bool *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("an attack on hidden counts", 0);
    attack with;
    KT_TRY(attack_counts(counts, scratch, &with, err));
    *out = first_told(&with, secret) < counts->count;
    return KT_OK;
}

/* The next count to show again: the last one in order of hiding that is not settled. */
static size_t last_beside(const kt_hidden_counts *counts, const bool *settled)
{
    size_t last = counts->count;
    for (size_t i = 0; i < counts->count; i++) {
        if (counts->at[i].hidden && !settled[i]) {
            last = last == counts->count || goes_first(counts, last, i) ? i : last;
        }
    }
    return last;
}

/* What need not be hidden after all, as others are by now, or can be computed anyway. */
static kt_status show_again(kt_hidden_counts *counts, const bool *secret, bool *settled,
                            kt_error *err)
{
    for (size_t at = last_beside(counts, settled); at < counts->count;
         at = last_beside(counts, settled)) {
        bool told = false;
        counts->at[at].hidden = false;
        KT_TRY(any_told(counts, secret, &told, err));
        counts->at[at].hidden = told;
        settled[at] = true;
    }
    return KT_OK;
}

kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err)
{
    bool *own = kt_arena_array(arena, bool, counts->count + 1);
    bool *secret = kt_arena_array(arena, bool, counts->count + 1);
    for (size_t i = 0; i < counts->count; i++) {
        own[i] = counts->at[i].hidden;
        secret[i] = own[i] && (counts->at[i].value > 0.0 || counts->at[i].secret_zero);
    }
    for (;;) {
        KT_AUTO(arena) kt_arena *scratch = kt_arena_open("an attack on hidden counts", 0);
        attack with;
        KT_TRY(attack_counts(counts, scratch, &with, err));
        const size_t told = first_told(&with, secret);
        if (told == counts->count) {
            return show_again(counts, secret, own, err);
        }
        const search around = look_for(&with, told);
        secret[told] = around.found_count > 0; /* else everything around it is hidden or zero */
        KT_TRY(hide_beside(counts, &around, told, err));
    }
}
