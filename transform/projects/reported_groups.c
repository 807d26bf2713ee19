/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "reported_sums.h"

static void add_small(reported_tying *of, reported_when when, const reported_left *left)
{
    if (reported_is_small(reported_left_value(when, left))) {
        spelled sum = {.simple = true};
        reported_left_spell(when, left, 1, &sum);
        reported_add(of, &of->groups, &sum, false);
    }
}

/* What parts of any sexes leave of a whole of any sexes. */
static void add_left(reported_tying *of, const reported_state *at,
                     const kt_indicator_family *family, unsigned set)
{
    reported_left left = reported_left_of(family, set);
    if (!isnan(reported_state_value(at, family->whole[0], set))) {
        do {
            add_small(of, (reported_when){at, at}, &left);
        } while (reported_left_next(&left));
    }
}

/* Who is neither woman nor man. */
static void add_others(reported_tying *of, const reported_state *at,
                       const kt_indicator_family *family)
{
    const reported_left others = reported_left_of(family, SEX_SET_NB | SEX_UNSAID);
    const reported_span now = {NULL, at};
    if (family->part_count == 0 && family->whole_count == 1 &&
        reported_others_never_show(at, family->whole[0]) && reported_growth(now, &others) > 0.0) {
        const spelled sum = reported_growth_spell(now, &others, 1);
        reported_add(of, &of->groups, &sum, false);
    }
}

static void add_groups_of(reported_tying *of, const reported_state *at)
{
    for (size_t i = 0; i < of->family_count; i++) {
        for (unsigned set = 1; set < SEX_SETS; set++) {
            add_left(of, at, of->families[i], set);
        }
        add_others(of, at, of->families[i]);
    }
}

/* By how much what parts leave of a whole is more or less than another time. */
static void add_growth(reported_tying *of, reported_span is, const reported_left *left)
{
    const double by = reported_growth(is, left);
    if (reported_is_small(fabs(by))) {
        const spelled sum = reported_growth_spell(is, left, by < 0.0 ? -1 : 1);
        reported_add(of, &of->groups, &sum, false);
    }
}

/* The parts of the same sexes, as many as the whole or fewer. */
static void add_growth_of(reported_tying *of, reported_span is, const kt_indicator_family *family,
                          unsigned set)
{
    for (unsigned cut = set; cut != 0; cut = (cut - 1) & set) {
        reported_left left = reported_left_of(family, cut);
        left.set = set;
        add_growth(of, is, &left);
        if (family->part_count == 0) {
            return;
        }
    }
}

static void add_all_growth(reported_tying *of, reported_span is, const kt_indicator_family *family)
{
    for (unsigned set = 1; set < SEX_SETS; set++) {
        if (!isnan(reported_state_value(is.to, family->whole[0], set))) {
            add_growth_of(of, is, family, set);
        }
    }
}

/* A whole without what was a part of it before, or itself, of some sexes. */
static void add_earlier_part(reported_tying *of, reported_span is,
                             const kt_indicator_family *family)
{
    kt_indicator_family own = *family;
    if (family->part_count == 0) {
        own.parts[own.part_count++] = family->whole[0];
    }
    for (unsigned set = 1; set < SEX_SETS; set++) {
        reported_left left = reported_left_of(&own, set);
        do {
            add_small(of, (reported_when){is.to, is.from}, &left);
        } while (reported_left_next(&left));
    }
}

static bool stand_together(reported_span is)
{
    return is.from->day < is.to->until && is.to->day < is.from->until;
}

static void add_growths(reported_tying *of, reported_span is)
{
    const bool same_period = strcmp(is.from->period, is.to->period) == 0;
    const bool together = stand_together(is);
    const kt_reported_rules *rules = of->of->rules;
    if (!same_period && (!rules->cumulative || of->of->target)) {
        return;
    }
    for (size_t i = 0; i < of->family_count; i++) {
        const kt_indicator_family *family = of->families[i];
        if (family->part_count == 0 || together || same_period) {
            add_all_growth(of, is, family);
        }
        if (family->part_count + family->whole_count <= 2 && together) {
            add_earlier_part(of, is, family);
        }
    }
}

void reported_add_groups(reported_tying *of)
{
    for (size_t i = 0; i < of->states.count; i++) {
        const reported_state *one = &of->states.at[i];
        add_groups_of(of, one);
        for (size_t j = 0; j < i; j++) {
            add_growths(of, (reported_span){&of->states.at[j], one});
        }
    }
}
