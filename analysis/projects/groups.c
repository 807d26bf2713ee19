/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_groups.h"

static bool is_link(const kt_group_question *of, const kt_similar_pair *pair)
{
    const kt_related_project *a = &of->projects[pair->a], *b = &of->projects[pair->b];
    if (of->taken[pair->a] || of->taken[pair->b] || kt_project_same_beneficiary(a, b) ||
        !kt_project_works_elsewhere(a, b)) {
        return false;
    }
    const kt_project_tie tie = kt_project_tie_of(of->projects, of->related, pair->a, pair->b);
    return tie == KT_TIE_REPLICATION || tie == KT_TIE_CANDIDATE;
}

/* The first project that this one is joined to; on the way each points further up. */
static size_t first_of(size_t *up, size_t at)
{
    while (up[at] != at) {
        up[at] = up[up[at]];
        at = up[at];
    }
    return at;
}

static void join(size_t *up, size_t a, size_t b)
{
    const size_t x = first_of(up, a), y = first_of(up, b);
    if (x < y) {
        up[y] = x;
    } else {
        up[x] = y;
    }
}

kt_project_groups kt_project_groups_find(const kt_group_question *question, kt_arena *arena)
{
    const size_t count = question->count;
    size_t *up = kt_arena_array(arena, size_t, count + 1);
    size_t *size = kt_arena_array(arena, size_t, count + 1);
    size_t *out = kt_arena_array(arena, size_t, count + 1);
    size_t groups = 0;
    for (size_t i = 0; i < count; i++) {
        up[i] = i;
    }
    for (size_t i = 0; i < question->pair_count; i++) {
        if (is_link(question, &question->pairs[i])) {
            join(up, question->pairs[i].a, question->pairs[i].b);
        }
    }
    for (size_t i = 0; i < count; i++) {
        size[first_of(up, i)]++;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t first = first_of(up, i);
        const bool is_group = size[first] >= question->least_projects;
        out[i] = !is_group ? KT_NO_PROJECT : first == i ? groups++ : out[first];
    }
    return (kt_project_groups){out, groups};
}
