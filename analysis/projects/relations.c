/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_relations.h"

#include <stdlib.h>
#include <string.h>

/* The projects in an order of their own, so that the order they came in does not show. */
typedef struct ordered {
    const kt_related_project *project;
    size_t at; /* in the caller's list */
} ordered;

static const char *code_of(const kt_related_project *one)
{
    const char *code = one->project->text[KT_PROJECT_PROJECT_CODE];
    return code != NULL ? code : "";
}

static const char *group_of(const kt_related_project *one)
{
    const char *group = one->project->text[KT_PROJECT_GROUP_CODE];
    return group != NULL ? group : "";
}

static bool is_ghost(const kt_related_project *one)
{
    return one->project->sum[KT_PROJECT_GRANTED] == 0;
}

/* By start, those without one last, then by code. */
static int by_start(const kt_related_project *a, const kt_related_project *b)
{
    const int64_t x = a->project->start_day, y = b->project->start_day;
    if (x != y) {
        return y == KT_NO_DAY || (x != KT_NO_DAY && x < y) ? -1 : 1;
    }
    return strcmp(code_of(a), code_of(b));
}

static int by_stem(const void *a, const void *b)
{
    const kt_related_project *x = ((const ordered *)a)->project;
    const kt_related_project *y = ((const ordered *)b)->project;
    const int order = strcmp(x->words.stem, y->words.stem);
    return order != 0 ? order : by_start(x, y);
}

static int by_group(const void *a, const void *b)
{
    const kt_related_project *x = ((const ordered *)a)->project;
    const kt_related_project *y = ((const ordered *)b)->project;
    const int order = strcmp(group_of(x), group_of(y));
    return order != 0 ? order : strcmp(code_of(x), code_of(y));
}

static bool began_before(const kt_related_project *a, const kt_related_project *b)
{
    return a->project->start_day != KT_NO_DAY && b->project->start_day != KT_NO_DAY &&
           a->project->start_day < b->project->start_day;
}

/* Days that are not known part nobody. */
static bool ran_together(const kt_related_project *a, const kt_related_project *b)
{
    const kt_project *x = a->project, *y = b->project;
    const bool x_over =
        x->end_day != KT_NO_DAY && y->start_day != KT_NO_DAY && x->end_day < y->start_day;
    const bool y_over =
        y->end_day != KT_NO_DAY && x->start_day != KT_NO_DAY && y->end_day < x->start_day;
    return !x_over && !y_over;
}

static bool works_in(const kt_related_project *one, const char *region)
{
    for (size_t i = 0; i < one->region_count; i++) {
        if (strcmp(one->regions[i], region) == 0) {
            return true;
        }
    }
    return false;
}

static bool share_region(const kt_related_project *a, const kt_related_project *b)
{
    for (size_t i = 0; i < a->region_count; i++) {
        if (works_in(b, a->regions[i])) {
            return true;
        }
    }
    return false;
}

bool kt_project_works_elsewhere(const kt_related_project *a, const kt_related_project *b)
{
    return a->region_count > 0 && b->region_count > 0 && !share_region(a, b);
}

bool kt_project_same_beneficiary(const kt_related_project *a, const kt_related_project *b)
{
    const char *x = a->project->text[KT_PROJECT_BUSINESS_ID];
    const char *y = b->project->text[KT_PROJECT_BUSINESS_ID];
    if (x != NULL && y != NULL) {
        return strcmp(x, y) == 0;
    }
    return a->words.beneficiary[0] != '\0' &&
           strcmp(a->words.beneficiary, b->words.beneficiary) == 0;
}

static bool buys_for_others(const kt_related_project *one)
{
    return one->words.parallel || one->words.state_office;
}

/* True if one can be the purchases of other: what two offices of the state run is not, unless the
 * name says so. */
static bool can_be_sister(const kt_related_project *one, const kt_related_project *other)
{
    return one != other && !other->words.parallel && !is_ghost(other) &&
           (one->words.parallel || !other->words.state_office) && ran_together(one, other) &&
           !kt_project_works_elsewhere(one, other);
}

/* The sister whose purchases these are: one in the same region rather than the first that began. */
static size_t find_sister(const ordered *group, size_t count, size_t own)
{
    const kt_related_project *one = group[own].project;
    size_t found = KT_NO_PROJECT;
    bool near = false;
    for (size_t i = 0; i < count; i++) {
        const kt_related_project *other = group[i].project;
        const bool nearer = share_region(one, other);
        if (can_be_sister(one, other) && (found == KT_NO_PROJECT || (nearer && !near))) {
            found = i;
            near = nearer;
        }
    }
    return found;
}

/* The last one that the same beneficiary began before. */
static size_t find_earlier(const ordered *group, size_t own)
{
    for (size_t i = own; i-- > 0;) {
        const kt_related_project *other = group[i].project;
        if (began_before(other, group[own].project) && !is_ghost(other) &&
            kt_project_same_beneficiary(other, group[own].project)) {
            return i;
        }
    }
    return KT_NO_PROJECT;
}

/* The first of its kind: by somebody else, elsewhere. */
static size_t find_model(const ordered *group, size_t own)
{
    const kt_related_project *one = group[own].project;
    for (size_t i = 0; i < own; i++) {
        const kt_related_project *other = group[i].project;
        if (!is_ghost(other) && !buys_for_others(other) && kt_project_works_elsewhere(one, other) &&
            !kt_project_same_beneficiary(one, other)) {
            return i;
        }
    }
    return KT_NO_PROJECT;
}

/* The project that was granted what a ghost was not. */
static size_t find_granted(const ordered *group, size_t count, size_t own)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_ghost(group[i].project) &&
            kt_project_same_beneficiary(group[i].project, group[own].project)) {
            return i;
        }
    }
    return KT_NO_PROJECT;
}

static kt_project_related found(kt_project_relation relation, const ordered *group, size_t parent)
{
    return (kt_project_related){relation,
                                parent == KT_NO_PROJECT ? KT_NO_PROJECT : group[parent].at};
}

/* The relation of one project within those of its stem; joint ones are decided already. */
static kt_project_related decide(const ordered *group, size_t count, size_t own)
{
    const kt_related_project *one = group[own].project;
    if (is_ghost(one)) {
        return found(KT_RELATION_GHOST, group, find_granted(group, count, own));
    }
    const size_t sister = buys_for_others(one) ? find_sister(group, count, own) : KT_NO_PROJECT;
    if (one->words.parallel || sister != KT_NO_PROJECT) {
        return found(KT_RELATION_PARALLEL, group, sister);
    }
    const size_t earlier = find_earlier(group, own);
    if (earlier != KT_NO_PROJECT) {
        return found(KT_RELATION_CONTINUATION, group, earlier);
    }
    if (one->words.coordination) {
        return found(KT_RELATION_COORDINATION, group, KT_NO_PROJECT);
    }
    const size_t model = find_model(group, own);
    return found(model != KT_NO_PROJECT ? KT_RELATION_REPLICATION : KT_RELATION_MAIN, group, model);
}

/* How many from here on have the stem of the first; an empty stem is shared with nobody. */
static size_t stem_count(const ordered *all, size_t left)
{
    const char *stem = all[0].project->words.stem;
    size_t count = 1;
    while (stem[0] != '\0' && count < left && strcmp(all[count].project->words.stem, stem) == 0) {
        count++;
    }
    return count;
}

static void decide_by_stem(ordered *all, size_t count, kt_project_related *out)
{
    qsort(all, count, sizeof *all, by_stem);
    for (size_t at = 0, size; at < count; at += size) {
        size = stem_count(all + at, count - at);
        for (size_t i = 0; i < size; i++) {
            out[all[at + i].at] = decide(all + at, size, i);
        }
    }
}

static size_t group_count(const ordered *all, size_t left)
{
    const char *group = group_of(all[0].project);
    size_t count = 1;
    while (group[0] != '\0' && count < left && strcmp(group_of(all[count].project), group) == 0) {
        count++;
    }
    return count;
}

/* The member that the group is called after leads it. */
static size_t find_leader(const ordered *group, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(code_of(group[i].project), group_of(group[i].project)) == 0) {
            return group[i].at;
        }
    }
    return KT_NO_PROJECT;
}

static void mark_group(const ordered *group, size_t count, kt_project_related *out)
{
    const size_t leader = find_leader(group, count);
    for (size_t i = 0; i < count; i++) {
        if (!is_ghost(group[i].project)) {
            const size_t parent = group[i].at == leader ? KT_NO_PROJECT : leader;
            out[group[i].at] = (kt_project_related){KT_RELATION_JOINT, parent};
        }
    }
}

static void mark_joint(ordered *all, size_t count, kt_project_related *out)
{
    qsort(all, count, sizeof *all, by_group);
    for (size_t at = 0, size; at < count; at += size) {
        size = group_count(all + at, count - at);
        mark_group(all + at, size > 1 ? size : 0, out);
    }
}

const kt_project_related *kt_project_relations(const kt_related_project *projects, size_t count,
                                               kt_arena *arena)
{
    kt_project_related *out = kt_arena_array(arena, kt_project_related, count);
    ordered *all = kt_arena_array(arena, ordered, count);
    for (size_t i = 0; i < count; i++) {
        all[i] = (ordered){&projects[i], i};
    }
    decide_by_stem(all, count, out);
    mark_joint(all, count, out);
    return out;
}

static const char *const ties[] = {
    "ghost",        "joint",       "parallel",         "coordination",
    "continuation", "replication", "candidate_overlap"};

const char *kt_project_tie_name(kt_project_tie tie)
{
    return ties[tie];
}

static bool same_stem(const kt_related_project *a, const kt_related_project *b)
{
    return a->words.stem[0] != '\0' && strcmp(a->words.stem, b->words.stem) == 0;
}

kt_project_tie kt_project_tie_of(const kt_related_project *projects,
                                 const kt_project_related *related, size_t a, size_t b)
{
    const kt_related_project *x = &projects[a], *y = &projects[b];
    const kt_project_relation p = related[a].relation, q = related[b].relation;
    if (p == KT_RELATION_GHOST || q == KT_RELATION_GHOST) {
        return KT_TIE_GHOST;
    }
    if (group_of(x)[0] != '\0' && strcmp(group_of(x), group_of(y)) == 0) {
        return KT_TIE_JOINT;
    }
    if (p == KT_RELATION_PARALLEL || q == KT_RELATION_PARALLEL) {
        return KT_TIE_PARALLEL;
    }
    const bool coordinates = x->words.coordination || y->words.coordination;
    if (kt_project_same_beneficiary(x, y) && (began_before(x, y) || began_before(y, x)) &&
        (!coordinates || same_stem(x, y))) {
        return KT_TIE_CONTINUATION;
    }
    if (coordinates) {
        return KT_TIE_COORDINATION;
    }
    return same_stem(x, y) && kt_project_works_elsewhere(x, y) && !kt_project_same_beneficiary(x, y)
               ? KT_TIE_REPLICATION
               : KT_TIE_CANDIDATE;
}
