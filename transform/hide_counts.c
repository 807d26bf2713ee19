/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/hide_counts.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "other_counts.h"

/* Counts on their way, and of each secret a table that a reader could take for the true one. */
typedef struct hiding {
    kt_hidden_counts *of;
    other_counts others;
    double **witness; /* of each count; NULL: it is no secret */
    kt_arena *arena;
} hiding;

static bool is_open(const kt_hidden_counts *of, size_t cell)
{
    return of->at[cell].hidden || of->at[cell].sum;
}

/* Who may be hidden beside one count: those of the nearest ring of margins that has any. */
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
    const kt_margin_index *index = &of->with->others.index;
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

static void sort_found(ring *of)
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

static ring look_for(const hiding *with, size_t secret)
{
    const size_t count = with->of->count;
    ring of = {.with = with,
               .queue = kt_arena_array(with->arena, size_t, count + 1),
               .seen = kt_arena_array(with->arena, bool, count + 1),
               .found = kt_arena_array(with->arena, size_t, count + 1)};
    look_at(&of, secret);
    for (size_t head = 0; head < of.tail && of.found_count == 0;) {
        const size_t end = of.tail;
        while (head < end) {
            look_around(&of, of.queue[head++]);
        }
    }
    sort_found(&of);
    return of;
}

static void hide(hiding *with, size_t cell, bool hidden)
{
    with->of->at[cell].hidden = hidden;
    other_counts_show(&with->others, cell, !hidden);
}

/* The first one alone that is enough; where none is, the first one, and more have to follow. */
static bool hide_beside(hiding *with, const ring *of, size_t secret)
{
    for (size_t i = 0; i < of->found_count; i++) {
        hide(with, of->found[i], true);
        if (other_counts_find(&with->others, secret, with->witness[secret])) {
            return true;
        }
        hide(with, of->found[i], false);
    }
    hide(with, of->found[0], true);
    return false;
}

/* Hides until the secret may be something else. What is hidden already stays so, and so the tables
 * of other secrets stay possible. */
static void protect(hiding *with, size_t secret)
{
    with->witness[secret] = kt_arena_array(with->arena, double, with->of->count + 1);
    bool safe = other_counts_find(&with->others, secret, with->witness[secret]);
    while (!safe) {
        const ring around = look_for(with, secret);
        if (around.found_count == 0) {
            with->witness[secret] = NULL; /* everything around it is hidden or zero */
            return;
        }
        safe = hide_beside(with, &around, secret);
    }
}

/* Tables for all secrets in which the count, shown by now, is what it is; false if one has none. */
static bool renew(hiding *with, size_t shown, double **renewed)
{
    const kt_hidden_counts *of = with->of;
    for (size_t i = 0; i < of->count; i++) {
        renewed[i] = with->witness[i];
        if (renewed[i] == NULL || renewed[i][shown] == of->at[shown].value) {
            continue;
        }
        renewed[i] = kt_arena_array(with->arena, double, of->count + 1);
        if (!other_counts_find(&with->others, i, renewed[i])) {
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
    double **renewed = kt_arena_array(with->arena, double *, of->count + 1);
    for (size_t at = last_beside(of, settled); at < of->count; at = last_beside(of, settled)) {
        hide(with, at, false);
        if (renew(with, at, renewed)) {
            memcpy(with->witness, renewed, of->count * sizeof *renewed);
        } else {
            hide(with, at, true);
        }
        settled[at] = true;
    }
}

kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err)
{
    hiding with = {.of = counts,
                   .witness = kt_arena_array(arena, double *, counts->count + 1),
                   .arena = arena};
    bool *own = kt_arena_array(arena, bool, counts->count + 1);
    double *truth = kt_arena_array(arena, double, counts->count + 1);
    for (size_t i = 0; i < counts->count; i++) {
        own[i] = counts->at[i].hidden;
        truth[i] = counts->at[i].value;
    }
    KT_TRY(other_counts_open(&with.others, truth, counts, arena, err));
    for (size_t i = 0; i < counts->count; i++) {
        if (own[i] && (truth[i] > 0.0 || counts->at[i].secret_zero)) {
            protect(&with, i);
        }
    }
    show_again(&with, own);
    return KT_OK;
}
