/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/hide_counts.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "other_counts.h"

/* A table that a reader could take for the true one, and how many of the counts that are something
 * else in it are shown: it proves nothing while there is any. */
typedef struct proof {
    other_table is;
    size_t shown;
    bool free; /* some count is not what a reader knows of it */
} proof;

/* Something that may not be told: a count, or a group. */
typedef struct secret {
    other_goal is;
    size_t proof; /* KT_NO_CODE: none, nor can there be any */
    bool last;    /* everything around it is hidden */
    bool free;    /* there was none without a free proof */
} secret;

#define PATIENCE 100 /* thorough searches of one table of counts */

/* Counts on their way. */
typedef struct hiding {
    kt_hidden_counts *of;
    other_counts *others;
    secret *secrets;
    size_t secret_count;
    proof *proofs;
    size_t proof_count, proof_room;
    int *sign; /* of each count: in the secret that is looked at */
    int patience;
    kt_arena *arena;
} hiding;

/* Who may be hidden beside a secret: those of the nearest ring of rules that has any, and of the
 * ring around that; zeros only where there is nobody else. */
typedef struct ring {
    const hiding *with;
    size_t *queue;
    bool *seen;
    size_t tail;
    bool zeros; /* they are looked for */
    size_t *found;
    size_t found_count;
} ring;

static void look_at(ring *of, const kt_count_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        const size_t cell = sum->terms[i].cell;
        const kt_hidden_count *is = &of->with->of->at[cell];
        if (of->seen[cell]) {
            continue;
        }
        of->seen[cell] = true;
        if (is->hidden) {
            of->queue[of->tail++] = cell;
        } else if ((is->value == 0.0) == of->zeros) {
            of->found[of->found_count++] = cell;
        }
    }
}

static void look_around(ring *of, size_t cell)
{
    const other_index *index = other_counts_index(of->with->others);
    for (size_t i = index->start[cell]; i < index->start[cell + 1]; i++) {
        look_at(of, &of->with->of->rules[index->places[i].rule].sum);
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

/* KT_NO_CODE: nobody. */
static size_t look_for(const hiding *with, const kt_count_sum *around, bool zeros)
{
    const size_t count = with->of->count;
    ring of = {.with = with,
               .zeros = zeros,
               .queue = kt_arena_array(with->arena, size_t, count + 1),
               .seen = kt_arena_array(with->arena, bool, count + 1),
               .found = kt_arena_array(with->arena, size_t, count + 1)};
    look_at(&of, around);
    for (size_t head = 0, found = 0; head < of.tail && found == 0;) {
        const size_t end = of.tail;
        found = of.found_count;
        while (head < end) {
            look_around(&of, of.queue[head++]);
        }
    }
    return first_of(&of);
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

static void hide(hiding *with, size_t cell, bool hidden)
{
    with->of->at[cell].hidden = hidden;
    for (size_t i = 0; i < with->proof_count; i++) {
        proof *one = &with->proofs[i];
        if (moves(&one->is, cell)) {
            one->shown += hidden ? (size_t)-1 : 1;
        }
    }
}

static void sign(const hiding *with, const other_goal *goal, int times)
{
    for (size_t i = 0; i < goal->count; i++) {
        with->sign[goal->terms[i].cell] = times * goal->terms[i].sign;
    }
}

/* Whether what has signs comes to something else in the table. */
static bool differs(const hiding *with, const other_table *table)
{
    double by = 0.0;
    for (size_t i = 0; i < table->count; i++) {
        const other_count *one = &table->at[i];
        by += with->sign[one->cell] * (one->value - with->of->at[one->cell].value);
    }
    return by != 0.0;
}

/* A table of another secret that does for this one as well; KT_NO_CODE. */
static size_t proof_at_hand(const hiding *with, const secret *one)
{
    size_t found = KT_NO_CODE;
    sign(with, &one->is, 1);
    for (size_t i = with->proof_count; i-- > 0 && found == KT_NO_CODE;) {
        const proof *at = &with->proofs[i];
        const bool may_be = at->shown == 0 && (one->free || !at->free);
        found = may_be && differs(with, &at->is) ? i : KT_NO_CODE;
    }
    sign(with, &one->is, 0);
    return found;
}

static size_t add_proof(hiding *with, other_table table, bool free)
{
    with->proofs = kt_arena_grow(with->arena, with->proofs, with->proof_count, &with->proof_room,
                                 sizeof *with->proofs);
    with->proofs[with->proof_count] = (proof){.is = table, .free = free};
    return with->proof_count++;
}

static bool search(hiding *with, secret *one, bool thorough)
{
    const other_effort effort = {.thorough = thorough, .free = one->free};
    const other_table found = other_counts_find(with->others, one->is, effort);
    if (found.count > 0) {
        one->proof = add_proof(with, found, one->free);
    }
    return found.count > 0;
}

static bool find(hiding *with, secret *one)
{
    const size_t at_hand = proof_at_hand(with, one);
    if (at_hand != KT_NO_CODE) {
        one->proof = at_hand;
        return true;
    }
    return search(with, one, false);
}

/* Longer, while there is patience: nothing more can be hidden, so it matters little. */
static bool find_patiently(hiding *with, secret *one)
{
    if (find(with, one)) {
        return true;
    }
    if (!one->last || with->patience == 0) {
        return false;
    }
    with->patience--;
    return search(with, one, true);
}

/* Everything around the secret is hidden: all of it may be twice as much. */
static void find_the_last(hiding *with, secret *one)
{
    one->last = true;
    if (find_patiently(with, one)) {
        return;
    }
    one->free = true;
    if (!find_patiently(with, one)) {
        const other_table twice = other_counts_double(with->others, one->is);
        sign(with, &one->is, 1);
        one->proof = differs(with, &twice) ? add_proof(with, twice, true) : KT_NO_CODE;
        sign(with, &one->is, 0);
    }
}

/* Hides until the secret may be something else. What is hidden already stays so, and so the tables
 * of other secrets stay possible. */
static void protect(hiding *with, secret *one)
{
    while (!find(with, one)) {
        size_t first = look_for(with, &one->is, false);
        first = first == KT_NO_CODE ? look_for(with, &one->is, true) : first;
        if (first == KT_NO_CODE) {
            find_the_last(with, one);
            return;
        }
        hide(with, first, true);
    }
}

/* A proof of the secret that has what is shown by now; false if there is none. */
static bool renew(hiding *with, secret *one)
{
    if (one->proof == KT_NO_CODE || with->proofs[one->proof].shown == 0) {
        return true;
    }
    return find_patiently(with, one);
}

/* Secrets that could not be renewed last are the likeliest not to be now. */
static bool renew_all(hiding *with, size_t *first)
{
    for (size_t i = 0; i < with->secret_count; i++) {
        const size_t at = (*first + i) % with->secret_count;
        if (!renew(with, &with->secrets[at])) {
            *first = at;
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

/* Shows again what need not be hidden after all, as others are by now. True if any is. */
static bool show_again(hiding *with, const bool *own)
{
    const kt_hidden_counts *of = with->of;
    bool *settled = kt_arena_array(with->arena, bool, of->count + 1);
    size_t first = 0;
    bool shown = false;
    memcpy(settled, own, of->count * sizeof *own);
    for (size_t at = last_beside(of, settled); at < of->count; at = last_beside(of, settled)) {
        hide(with, at, false);
        settled[at] = true;
        if (renew_all(with, &first)) {
            shown = true;
        } else {
            hide(with, at, true);
        }
    }
    return shown;
}

/* Hidden counts above zero, secret zeros, groups. */
static void list_secrets(hiding *with, bool *own)
{
    const kt_hidden_counts *of = with->of;
    with->secrets = kt_arena_array(with->arena, secret, of->count + of->group_count + 1);
    kt_count_term *terms = kt_arena_array(with->arena, kt_count_term, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        const kt_hidden_count *is = &of->at[i];
        own[i] = is->hidden;
        terms[i] = (kt_count_term){i, 1};
        if (is->hidden && (is->value > 0.0 || is->secret_zero)) {
            with->secrets[with->secret_count++] =
                (secret){.is = {&terms[i], 1}, .proof = KT_NO_CODE};
        }
    }
    for (size_t i = 0; i < of->group_count; i++) {
        with->secrets[with->secret_count++] = (secret){.is = of->groups[i], .proof = KT_NO_CODE};
    }
}

static kt_status check(const kt_hidden_counts *of, kt_error *err)
{
    for (size_t i = 0; i < of->count; i++) {
        const double value = of->at[i].value;
        if (!(value >= 0.0) || value != floor(value)) {
            return kt_fail(err, KT_ERR_DATA, "count %zu: %g is no count", i, value);
        }
    }
    return KT_OK;
}

kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err)
{
    KT_TRY(check(counts, err));
    hiding with = {.of = counts,
                   .others = other_counts_open(counts, arena),
                   .sign = kt_arena_array(arena, int, counts->count + 1),
                   .patience = PATIENCE,
                   .arena = arena};
    bool *own = kt_arena_array(arena, bool, counts->count + 1);
    list_secrets(&with, own);
    for (size_t i = 0; i < with.secret_count; i++) {
        protect(&with, &with.secrets[i]);
    }
    for (bool shown = true; shown;) {
        shown = show_again(&with, own); /* who is shown last may tell who was not shown before */
    }
    return KT_OK;
}
