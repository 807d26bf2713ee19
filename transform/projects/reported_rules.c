/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "reported_sums.h"

static bool is_told(const reported_state *at, size_t indicator, unsigned set)
{
    return !isnan(reported_state_value(at, indicator, set));
}

static bool is_told_then(reported_span is, size_t indicator, unsigned set)
{
    return is_told(is.to, indicator, set) && (is.from == NULL || is_told(is.from, indicator, set));
}

/* Not below zero, as it is. */
static bool holds(reported_span is, const reported_left *left)
{
    return reported_growth(is, left) >= 0.0;
}

/* Of some sexes of the whole alone. */
static reported_left half_of(const reported_left *left, unsigned set)
{
    reported_left half = *left;
    half.set = set;
    for (size_t i = 0; i < left->family->part_count; i++) {
        half.cuts[i] &= set;
    }
    return half;
}

/* Whether the same of two halves of the set says it as well. */
static bool halves_hold(reported_span is, const reported_left *left)
{
    for (unsigned set = (left->set - 1) & left->set; set > left->set / 2;
         set = (set - 1) & left->set) {
        const reported_left half = half_of(left, set), other = half_of(left, left->set & ~set);
        if (holds(is, &half) && holds(is, &other)) {
            return true;
        }
    }
    return false;
}

static bool is_through(reported_span is, const reported_left *left)
{
    const kt_indicator_family *family = left->family;
    bool told = family->through_count > 0;
    for (size_t i = 0; i < family->through_count; i++) {
        told = told && is_told_then(is, family->through[i], left->set);
    }
    return told;
}

/* Whether other rules say it as well; not of a zero that a family with more parts is not. */
static bool is_said(const reported_tying *of, reported_span is, const reported_left *left)
{
    const kt_indicator_family *family = left->family;
    const bool same_end = is.from != NULL && is.from->end == is.to->end;
    for (size_t i = 0; i < family->wider_count && !same_end; i++) {
        const kt_indicator_family *wider = &of->of->families->at[family->wider[i]];
        const reported_left more = reported_left_of(wider, left->set);
        const bool counts = is.from == NULL || wider->counts_on;
        if (of->usable[family->wider[i]] && counts && holds(is, &more)) {
            return true;
        }
    }
    return is_through(is, left) || halves_hold(is, left);
}

static void add_rule(reported_tying *of, reported_span is, const reported_left *left)
{
    const double value = reported_growth(is, left);
    const bool same_end = is.from != NULL && is.from->end == is.to->end;
    const bool zero = value == 0.0 && (is.from == NULL ? left->family->equal : same_end);
    if (!(value >= 0.0) || (same_end && !zero) || is_said(of, is, left)) {
        return;
    }
    const spelled sum = reported_growth_spell(is, left, 1);
    if (zero || sum.count > 1) {
        reported_add(of, &of->rules, &sum, zero);
    }
}

/* The part of these sexes is told, and of no more of the whole's. */
static bool is_widest(reported_span is, size_t indicator, unsigned cut, unsigned set)
{
    if (!is_told_then(is, indicator, cut)) {
        return false;
    }
    for (unsigned other = set; other > cut; other = (other - 1) & set) {
        if ((other & cut) == cut && is_told_then(is, indicator, other)) {
            return false;
        }
    }
    return true;
}

/* Of each part as many sexes of the whole as are told: if not all, at least some. */
static void add_cut_rules(reported_tying *of, reported_span is, const kt_indicator_family *family,
                          unsigned set)
{
    reported_left left = reported_left_of(family, set);
    const bool whole = is_told_then(is, family->whole[0], set);
    while (whole && reported_left_next(&left)) {
        bool widest = true;
        for (size_t i = 0; i < family->part_count && widest; i++) {
            widest = is_widest(is, family->parts[i], left.cuts[i], set);
        }
        if (widest) {
            add_rule(of, is, &left);
        }
    }
}

static void add_rules_of(reported_tying *of, reported_span is, const kt_indicator_family *family)
{
    for (unsigned set = 1; set < SEX_SETS; set++) {
        const reported_left left = reported_left_of(family, set);
        add_rule(of, is, &left);
        add_cut_rules(of, is, family, set);
    }
}

/* The total is its sexes, where it is. */
static void add_total(reported_tying *of, const reported_state *at, size_t indicator)
{
    spelled sum = {.simple = true};
    if (reported_sexes_add_up(at, indicator)) {
        reported_spell(at, indicator, SEX_SET_ALL, 1, &sum);
        for (unsigned sex = 1; sex < SEX_SET_SAID; sex *= 2) {
            reported_spell(at, indicator, sex, -1, &sum); /* of none that is not reported */
        }
        reported_add(of, &of->rules, &sum, true);
    }
}

static void add_static_rules(reported_tying *of, const reported_state *at)
{
    for (size_t i = 0; i < of->family_count; i++) {
        const kt_indicator_family *family = of->families[i];
        add_rules_of(of, (reported_span){NULL, at}, family);
        if (family->part_count == 0 && family->whole_count == 1) {
            add_total(of, at, family->whole[0]);
        }
    }
}

/* The states that stand on a day. */
static size_t standing_on(const reported_tying *of, int64_t day, const reported_state **out)
{
    size_t count = 0;
    for (size_t i = 0; i < of->states.count; i++) {
        const reported_state *one = &of->states.at[i];
        if (one->day <= day && day < one->until) {
            out[count++] = one;
        }
    }
    return count;
}

/* From a period to the next one that tells the same, none falls. */
static void add_growth_rules(reported_tying *of, const reported_state *const *standing,
                             size_t count, const reported_left *left)
{
    const reported_state *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (isnan(reported_growth((reported_span){NULL, standing[i]}, left))) {
            continue;
        }
        if (before != NULL) {
            add_rule(of, (reported_span){before, standing[i]}, left);
        }
        before = standing[i];
    }
}

static void add_growth_of(reported_tying *of, const reported_state *const *standing, size_t count,
                          const kt_indicator_family *family)
{
    for (unsigned set = 1; set < SEX_SETS && family->counts_on; set++) {
        const reported_left left = reported_left_of(family, set);
        add_growth_rules(of, standing, count, &left);
    }
}

void reported_add_rules(reported_tying *of)
{
    const reported_state **standing =
        kt_arena_array(of->of->arena, const reported_state *, of->states.count + 1);
    const bool counts_on = of->of->rules->cumulative && !of->of->target;
    for (size_t i = 0; i < of->states.count; i++) {
        add_static_rules(of, &of->states.at[i]);
        const size_t count = standing_on(of, of->states.at[i].day, standing);
        for (size_t j = 0; j < of->family_count && counts_on; j++) {
            add_growth_of(of, standing, count, of->families[j]);
        }
    }
}
