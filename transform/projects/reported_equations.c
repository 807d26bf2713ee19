/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reported_equations.h"

#include <stdlib.h>
#include <string.h>

#include "reported_sums.h"

#define SHOWN_FROM 5 /* persons; of 0 there is nothing to hide */

bool reported_is_small(double value)
{
    return value > 0.0 && value < SHOWN_FROM;
}

static int by_figure(const void *a, const void *b)
{
    const figure *x = a, *y = b;
    return kt_reported_compare(x->is, y->is);
}

const figure *reported_find(const reported_table *of, const char *code, const char *period,
                            kt_indicator_sex sex)
{
    const kt_reported wanted = {.project = of->at[0].project,
                                .code = code,
                                .period = period,
                                .sex = sex,
                                .target = of->target};
    const figure key = {.is = &wanted};
    return of->figure_count == 0
               ? NULL
               : bsearch(&key, of->figures, of->figure_count, sizeof key, by_figure);
}

void reported_table_open(reported_table *of)
{
    of->figures = kt_arena_array(of->arena, figure, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        figure *last = of->figure_count == 0 ? NULL : &of->figures[of->figure_count - 1];
        if (of->at[i].target != of->target) {
            continue;
        }
        if (last != NULL && kt_reported_compare(last->is, &of->at[i]) == 0) {
            last->versions++;
        } else {
            of->figures[of->figure_count++] = (figure){&of->at[i], i, 1};
        }
    }
}

static int by_cell(const void *a, const void *b)
{
    const kt_count_term *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

void reported_add(const reported_tying *of, reported_sums *to, const spelled *sum, bool zero)
{
    if (!sum->simple || sum->count == 0) {
        return;
    }
    kt_count_term *terms = kt_arena_array(of->of->arena, kt_count_term, sum->count);
    memcpy(terms, sum->terms, sum->count * sizeof *terms);
    qsort(terms, sum->count, sizeof *terms, by_cell);
    to->at = kt_arena_grow(of->of->arena, to->at, to->count, &to->room, sizeof *to->at);
    to->at[to->count++] = (kt_count_rule){{terms, sum->count}, zero};
}

/* Zeros before others of the same sum. */
static int by_terms(const void *a, const void *b)
{
    const kt_count_rule *x = a, *y = b;
    if (x->sum.count != y->sum.count) {
        return x->sum.count < y->sum.count ? -1 : 1;
    }
    for (size_t i = 0; i < x->sum.count; i++) {
        const kt_count_term *s = &x->sum.terms[i], *t = &y->sum.terms[i];
        if (s->cell != t->cell) {
            return s->cell < t->cell ? -1 : 1;
        }
        if (s->sign != t->sign) {
            return s->sign < t->sign ? -1 : 1;
        }
    }
    return (int)y->zero - (int)x->zero;
}

static bool same_terms(const kt_count_rule *a, const kt_count_rule *b)
{
    const kt_count_rule x = {a->sum, false}, y = {b->sum, false};
    return by_terms(&x, &y) == 0;
}

/* Each sum once. */
static void settle(reported_sums *of)
{
    size_t kept = 0;
    if (of->count > 0) {
        qsort(of->at, of->count, sizeof *of->at, by_terms);
    }
    for (size_t i = 0; i < of->count; i++) {
        if (kept == 0 || !same_terms(&of->at[i], &of->at[kept - 1])) {
            of->at[kept++] = of->at[i];
        }
    }
    of->count = kept;
}

/* A project reports all of its indicators. */
static bool is_usable(const reported_tying *of, const kt_indicator_family *family,
                      const bool *reported)
{
    bool usable = of->of->figure_count > 0;
    for (size_t i = 0; i < family->whole_count; i++) {
        usable = usable && reported[family->whole[i]];
    }
    for (size_t i = 0; i < family->part_count; i++) {
        usable = usable && reported[family->parts[i]];
    }
    return usable;
}

static void choose_families(reported_tying *of)
{
    const kt_indicators *all = of->of->rules->indicators;
    const kt_indicator_families *families = of->of->families;
    bool *reported = kt_arena_array(of->of->arena, bool, all->count + 1);
    of->usable = kt_arena_array(of->of->arena, bool, families->count + 1);
    of->families = kt_arena_array(of->of->arena, const kt_indicator_family *, families->count + 1);
    for (size_t i = 0; i < of->of->figure_count; i++) {
        const kt_indicator *one = kt_indicator_find(all, of->of->figures[i].is->code);
        if (one != NULL) {
            reported[one - all->at] = true;
        }
    }
    for (size_t i = 0; i < families->count; i++) {
        of->usable[i] = is_usable(of, &families->at[i], reported);
        if (of->usable[i]) {
            of->families[of->family_count++] = &families->at[i];
        }
    }
}

kt_hidden_counts reported_tie(reported_table *table)
{
    reported_tying of = {.of = table, .states = reported_states_of(table)};
    choose_families(&of);
    reported_add_rules(&of);
    reported_add_groups(&of);
    settle(&of.rules);
    settle(&of.groups);
    kt_count_sum *groups = kt_arena_array(table->arena, kt_count_sum, of.groups.count + 1);
    for (size_t i = 0; i < of.groups.count; i++) {
        groups[i] = of.groups.at[i].sum;
    }
    return (kt_hidden_counts){.at = table->cells,
                              .count = table->count,
                              .rules = of.rules.at,
                              .rule_count = of.rules.count,
                              .groups = groups,
                              .group_count = of.groups.count};
}
