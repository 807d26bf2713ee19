/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/hide_counts.h"

#include <string.h>

#include "core/codes.h"
#include "other_counts.h"

/* Counts on their way, and of each secret a table that a reader could take for the true one. */
typedef struct hiding {
    kt_hidden_counts *of;
    other_counts *others;
    other_table *witness; /* of each count; none: it is no secret */
    bool *thorough;       /* of each count: its tables are hard to find */
    kt_arena *arena;
} hiding;

static bool is_open(const kt_hidden_counts *of, size_t cell)
{
    return of->at[cell].hidden || of->at[cell].sum;
}

/* Who may be hidden beside one count: those of the nearest ring of margins that has any, and of the
 * ring around that. */
typedef struct ring {
    const hiding *with;
    size_t *queue;
    bool *seen;
    size_t tail;
    size_t *found;
    size_t found_count;
} ring;

static void look_at(ring *of, size_t cell)
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

static void look_around(ring *of, size_t cell)
{
    const kt_margin_index *index = other_counts_index(of->with->others);
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

/* KT_NO_CODE: none. */
static size_t first_of(const ring *of)
{
    size_t first = KT_NO_CODE;
    for (size_t i = 0; i < of->found_count; i++) {
        const size_t cell = of->found[i];
        first = first == KT_NO_CODE || goes_first(of->with->of, cell, first) ? cell : first;
    }
    return first;
}

static ring look_for(const hiding *with, size_t secret)
{
    const size_t count = with->of->count;
    ring of = {.with = with,
               .queue = kt_arena_array(with->arena, size_t, count + 1),
               .seen = kt_arena_array(with->arena, bool, count + 1),
               .found = kt_arena_array(with->arena, size_t, count + 1)};
    look_at(&of, secret);
    for (size_t head = 0, found = 0; head < of.tail && found == 0;) {
        const size_t end = of.tail;
        found = of.found_count;
        while (head < end) {
            look_around(&of, of.queue[head++]);
        }
    }
    return of;
}

static void hide(hiding *with, size_t cell, bool hidden)
{
    with->of->at[cell].hidden = hidden;
    other_counts_show(with->others, cell, !hidden);
}

static bool find(hiding *with, size_t secret)
{
    with->witness[secret] = other_counts_find(with->others, secret, with->thorough[secret]);
    return with->witness[secret].count > 0;
}

/* Everything around the secret is hidden or zero: all of it may be twice as much. */
static void find_the_last(hiding *with, size_t secret)
{
    with->thorough[secret] = true;
    if (!find(with, secret)) {
        with->witness[secret] = other_counts_double(with->others, secret);
    }
}

/* Hides until the secret may be something else. What is hidden already stays so, and so the tables
 * of other secrets stay possible. */
static void protect(hiding *with, size_t secret)
{
    while (!find(with, secret)) {
        const ring around = look_for(with, secret);
        const size_t first = first_of(&around);
        if (first == KT_NO_CODE) {
            find_the_last(with, secret);
            return;
        }
        hide(with, first, true);
    }
}

static bool moves(const other_table *of, size_t cell)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->at[i].cell == cell) {
            return true;
        }
    }
    return false;
}

/* A table for the secret in which the count, shown by now, is what it is; false if it has none. */
static bool renew(hiding *with, size_t secret, size_t shown)
{
    const other_table before = with->witness[secret];
    if (!moves(&before, shown) || find(with, secret)) {
        return true;
    }
    with->witness[secret] = before;
    return false;
}

/* Secrets that could not be renewed last are the likeliest not to be now. */
static bool renew_all(hiding *with, size_t shown, size_t *first)
{
    const size_t count = with->of->count;
    for (size_t i = 0; i < count; i++) {
        const size_t secret = (*first + i) % count;
        if (!renew(with, secret, shown)) {
            *first = secret;
            return false;
        }
    }
    return true;
}

/* The next count to show again: the last one in order of hiding that is not settled. */
static size_t last_beside(const kt_hidden_counts *of, const bool *settled)
{
    size_t last = of->count;
    for (size_t i = 0; i < of->count; i++) {
        if (of->at[i].hidden && !settled[i]) {
            last = last == of->count || goes_first(of, last, i) ? i : last;
        }
    }
    return last;
}

/* What need not be hidden after all, as others are by now. */
static void show_again(hiding *with, bool *settled)
{
    const kt_hidden_counts *of = with->of;
    size_t first = 0;
    for (size_t at = last_beside(of, settled); at < of->count; at = last_beside(of, settled)) {
        hide(with, at, false);
        if (!renew_all(with, at, &first)) {
            hide(with, at, true);
        }
        settled[at] = true;
    }
}

kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err)
{
    hiding with = {.of = counts,
                   .thorough = kt_arena_array(arena, bool, counts->count + 1),
                   .witness = kt_arena_array(arena, other_table, counts->count + 1),
                   .arena = arena};
    bool *own = kt_arena_array(arena, bool, counts->count + 1);
    double *truth = kt_arena_array(arena, double, counts->count + 1);
    for (size_t i = 0; i < counts->count; i++) {
        own[i] = counts->at[i].hidden;
        truth[i] = counts->at[i].value;
    }
    KT_TRY(other_counts_open(truth, counts, arena, &with.others, err));
    for (size_t i = 0; i < counts->count; i++) {
        if (own[i] && (truth[i] > 0.0 || counts->at[i].secret_zero)) {
            protect(&with, i);
        }
    }
    show_again(&with, own);
    return KT_OK;
}
