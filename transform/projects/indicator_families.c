/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicator_families.h"

#include <stdlib.h>
#include <string.h>

/* Families while more of them are found. */
typedef struct finding {
    const kt_indicators *indicators;
    kt_indicator_family *at;
    size_t count, room;
    kt_arena *arena;
} finding;

static bool has(const size_t *list, size_t count, size_t what)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == what) {
            return true;
        }
    }
    return false;
}

static bool is_within(const size_t *list, size_t count, const size_t *in, size_t in_count)
{
    for (size_t i = 0; i < count; i++) {
        if (!has(in, in_count, list[i])) {
            return false;
        }
    }
    return true;
}

static bool same_whole(const kt_indicator_family *a, const kt_indicator_family *b)
{
    return a->whole_count == b->whole_count &&
           is_within(a->whole, a->whole_count, b->whole, b->whole_count);
}

static bool is_known(const finding *of, const kt_indicator_family *family)
{
    for (size_t i = 0; i < of->count; i++) {
        const kt_indicator_family *one = &of->at[i];
        if (same_whole(one, family) && one->part_count == family->part_count &&
            is_within(one->parts, one->part_count, family->parts, family->part_count)) {
            return true;
        }
    }
    return false;
}

static int by_position(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static bool is_output(const finding *of, size_t indicator)
{
    return strcmp(of->indicators->at[indicator].kind, "output") == 0;
}

static void add(finding *of, kt_indicator_family family)
{
    qsort(family.whole, family.whole_count, sizeof *family.whole, by_position);
    qsort(family.parts, family.part_count, sizeof *family.parts, by_position);
    if (is_known(of, &family)) {
        return;
    }
    family.counts_on = true;
    for (size_t i = 0; i < family.part_count; i++) {
        family.counts_on = family.counts_on && is_output(of, family.parts[i]);
    }
    of->at = kt_arena_grow(of->arena, of->at, of->count, &of->room, sizeof *of->at);
    of->at[of->count++] = family;
}

/* The positions of codes; false if one is none, or there are too many. */
static bool positions_of(const kt_indicators *all, const char *const *codes, size_t count,
                         size_t most, size_t *out)
{
    for (size_t i = 0; i < count; i++) {
        const kt_indicator *one = kt_indicator_find(all, codes[i]);
        if (one == NULL || i == most) {
            return false;
        }
        out[i] = (size_t)(one - all->at);
    }
    return true;
}

static void add_relation(finding *of, const kt_indicator_check *is)
{
    kt_indicator_family family = {.whole_count = is->right_count,
                                  .part_count = is->left_count,
                                  .equal = is->relation == KT_CHECK_EQUAL};
    if (positions_of(of->indicators, is->right, is->right_count, KT_FAMILY_WHOLES, family.whole) &&
        positions_of(of->indicators, is->left, is->left_count, KT_FAMILY_PARTS, family.parts)) {
        add(of, family);
    }
}

static void add_catalogue(finding *of)
{
    const kt_indicators *all = of->indicators;
    for (size_t i = 0; i < all->check_count; i++) {
        add_relation(of, &all->checks[i]);
    }
    for (size_t i = 0; i < all->count; i++) {
        const kt_indicator *one = &all->at[i];
        const kt_indicator_check within = {.left = &one->code,
                                           .left_count = 1,
                                           .right = one->parents,
                                           .right_count = one->parent_count,
                                           .relation = KT_CHECK_AT_MOST};
        if (one->parent_count > 0) {
            add_relation(of, &within);
        }
    }
}

/* The list without one of it, and all of another one behind it; false if that is too long. */
static bool put_together(const size_t *list, size_t count, const size_t *without,
                         size_t without_count, size_t *out, size_t *out_count)
{
    for (size_t i = 0; i < count; i++) {
        if (has(without, without_count, list[i]) || has(out, *out_count, list[i])) {
            continue;
        }
        if (*out_count == KT_FAMILY_PARTS) {
            return false;
        }
        out[(*out_count)++] = list[i];
    }
    return true;
}

static void note_through(kt_indicator_family *to, const size_t *list, size_t count)
{
    memcpy(to->through, list, count * sizeof *list);
    to->through_count = count;
}

/* A part's own parts in its place. */
static void go_down(finding *of, kt_indicator_family family, const kt_indicator_family *by)
{
    kt_indicator_family made = {.whole_count = family.whole_count};
    memcpy(made.whole, family.whole, sizeof made.whole);
    note_through(&made, by->whole, 1);
    if (by->whole_count == 1 && has(family.parts, family.part_count, by->whole[0]) &&
        put_together(family.parts, family.part_count, by->whole, 1, made.parts, &made.part_count) &&
        put_together(by->parts, by->part_count, NULL, 0, made.parts, &made.part_count)) {
        add(of, made);
    }
}

/* What the whole is part of in its place, with the other parts of that. */
static void go_up(finding *of, kt_indicator_family family, const kt_indicator_family *by)
{
    kt_indicator_family made = {.whole_count = by->whole_count};
    memcpy(made.whole, by->whole, sizeof made.whole);
    note_through(&made, family.whole, family.whole_count);
    if (is_within(family.whole, family.whole_count, by->parts, by->part_count) &&
        put_together(family.parts, family.part_count, NULL, 0, made.parts, &made.part_count) &&
        put_together(by->parts, by->part_count, family.whole, family.whole_count, made.parts,
                     &made.part_count)) {
        add(of, made);
    }
}

static void leave_out_each(finding *of, kt_indicator_family family)
{
    for (size_t i = 0; i < family.part_count; i++) {
        kt_indicator_family made = family;
        made.equal = false;
        made.parts[i] = made.parts[--made.part_count];
        add(of, made);
    }
}

static bool is_wider(const kt_indicator_family *other, const kt_indicator_family *one)
{
    return other->part_count == one->part_count + 1 && same_whole(one, other) &&
           is_within(one->parts, one->part_count, other->parts, other->part_count);
}

static void link_wider(const finding *of, kt_indicator_family *one)
{
    size_t *wider = NULL, room = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (is_wider(&of->at[i], one)) {
            wider = kt_arena_grow(of->arena, wider, one->wider_count, &room, sizeof *wider);
            wider[one->wider_count++] = i;
        }
    }
    one->wider = wider;
}

kt_indicator_families kt_indicator_families_of(const kt_indicators *indicators, kt_arena *arena)
{
    finding of = {.indicators = indicators, .arena = arena};
    add_catalogue(&of);
    const size_t known = of.count;
    for (size_t i = 0; i < of.count; i++) {
        for (size_t j = 0; j < known; j++) {
            const kt_indicator_family by = of.at[j];
            go_down(&of, of.at[i], &by);
            go_up(&of, of.at[i], &by);
        }
        leave_out_each(&of, of.at[i]);
    }
    for (size_t i = 0; i < indicators->count; i++) {
        add(&of, (kt_indicator_family){.whole = {i}, .whole_count = 1});
    }
    for (size_t i = 0; i < of.count; i++) {
        link_wider(&of, &of.at[i]);
    }
    return (kt_indicator_families){of.at, of.count};
}
