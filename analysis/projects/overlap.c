/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_overlap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

#define UNKNOWN "unknown"

static bool is_placed(const kt_overlap_project *of, const char *level)
{
    for (size_t i = 0; i < of->places->count; i++) {
        const kt_project_place *place = &of->places->at[i];
        if (place->role == KT_PLACE_IMPLEMENTATION && strcmp(place->level, level) == 0) {
            return true;
        }
    }
    return false;
}

/* How many maakunnat two lists in bytewise order have in common. */
static size_t common_of(const kt_related_project *a, const kt_related_project *b)
{
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a->region_count && j < b->region_count;) {
        const int order = strcmp(a->regions[i], b->regions[j]);
        common += order == 0 ? 1 : 0;
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    return common;
}

/* sum_r min(w_a, w_b) of equal weights: each is in all of its maakunnat alike. */
static double region_overlap(const kt_overlap_question *of, size_t a, size_t b)
{
    const kt_related_project *one = &of->texts_of[a], *other = &of->texts_of[b];
    const bool one_all = is_placed(&of->projects[a], KT_LEVEL_NATIONAL);
    const bool other_all = is_placed(&of->projects[b], KT_LEVEL_NATIONAL);
    const size_t in_one = one_all ? of->maakunnat : one->region_count;
    const size_t in_other = other_all ? of->maakunnat : other->region_count;
    if (in_one == 0 || in_other == 0) {
        return NAN;
    }
    const size_t common = one_all ? in_other : other_all ? in_one : common_of(one, other);
    return (double)common / (double)(in_one > in_other ? in_one : in_other);
}

static double time_overlap(const kt_project *a, const kt_project *b)
{
    if (a->start_day == KT_NO_DAY || a->end_day == KT_NO_DAY || b->start_day == KT_NO_DAY ||
        b->end_day == KT_NO_DAY || a->end_day < a->start_day || b->end_day < b->start_day) {
        return NAN;
    }
    const int64_t first = a->start_day > b->start_day ? a->start_day : b->start_day;
    const int64_t last = a->end_day < b->end_day ? a->end_day : b->end_day;
    const int64_t one = a->end_day - a->start_day + 1, other = b->end_day - b->start_day + 1;
    const double shared = last >= first ? (double)(last - first + 1) : 0.0;
    return shared / (double)(one < other ? one : other);
}

static bool names(const kt_project_themes *themes, const char *code)
{
    for (size_t i = 0; i < themes->count; i++) {
        const kt_project_theme *theme = &themes->at[i];
        if (strcmp(theme->scheme, "target_group") == 0 && strcmp(theme->code, code) == 0) {
            return true;
        }
    }
    return false;
}

static size_t groups_of(const kt_project_themes *themes, const kt_project_themes *among)
{
    size_t count = 0;
    for (size_t i = 0; i < themes->count; i++) {
        const kt_project_theme *theme = &themes->at[i];
        count += strcmp(theme->scheme, "target_group") == 0 && strcmp(theme->code, UNKNOWN) != 0 &&
                         names(among, theme->code)
                     ? 1
                     : 0;
    }
    return count;
}

static double target_jaccard(const kt_project_themes *a, const kt_project_themes *b)
{
    const size_t common = groups_of(a, b);
    const size_t all = groups_of(a, a) + groups_of(b, b) - common;
    return all == 0 ? NAN : (double)common / (double)all;
}

static double or_zero(double value)
{
    return isnan(value) ? 0.0 : value;
}

static kt_project_overlap overlap_of(const kt_overlap_question *of, const kt_similar_pair *pair)
{
    kt_project_overlap made = {
        .a = pair->a,
        .b = pair->b,
        .cosine = pair->cosine,
        .region_overlap = region_overlap(of, pair->a, pair->b),
        .time_overlap = time_overlap(of->texts_of[pair->a].project, of->texts_of[pair->b].project),
        .target_jaccard =
            target_jaccard(of->projects[pair->a].themes, of->projects[pair->b].themes),
        .tie = kt_project_tie_of(of->texts_of, of->related, pair->a, pair->b)};
    made.score =
        made.cosine * (0.5 + 0.5 * or_zero(made.region_overlap)) * or_zero(made.time_overlap);
    return made;
}

static int by_score(const void *a, const void *b)
{
    const kt_project_overlap *x = a, *y = b;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return (x->b > y->b) - (x->b < y->b);
}

/* Pairs that people should look at. */
static bool is_listed(const kt_overlap_question *of, const kt_project_overlap *pair)
{
    const bool is_kind = pair->tie == KT_TIE_CANDIDATE || pair->tie == KT_TIE_REPLICATION;
    return is_kind && pair->score > 0.0 && !of->projects[pair->a].left_out &&
           !of->projects[pair->b].left_out &&
           !kt_project_same_beneficiary(&of->texts_of[pair->a], &of->texts_of[pair->b]);
}

/* How many pairs each area has so far. */
typedef struct quotas {
    kt_codes *areas;
    size_t *taken;
} quotas;

/* The place of the next pair of the area; the number it has now is one less. */
static size_t *taken_of(const quotas *of, const char *area)
{
    return &of->taken[kt_codes_intern(of->areas, area)];
}

static void keep_best(const kt_overlap_question *of, kt_project_overlaps *list, kt_arena *arena)
{
    const quotas counts = {kt_codes_new(arena), kt_arena_array(arena, size_t, 2 * of->count + 1)};
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        kt_project_overlap pair = list->at[i];
        size_t *first = taken_of(&counts, of->projects[pair.a].area);
        size_t *second = taken_of(&counts, of->projects[pair.b].area);
        const size_t least = *first < *second ? *first : *second;
        if (least >= of->settings.per_area) {
            continue;
        }
        pair.rank = least + 1;
        ++*first;
        *second += first == second ? 0 : 1;
        list->at[kept++] = pair;
    }
    list->count = kept;
}

kt_status kt_project_overlaps_find(const kt_overlap_question *question, kt_arena *arena,
                                   kt_project_overlaps *out, kt_error *err)
{
    kt_similar_pairs pairs = {0};
    *out = (kt_project_overlaps){0};
    KT_TRY(kt_similarity_pairs(question->texts, question->settings.at_least, arena, &pairs, err));
    out->pairs = pairs.count;
    out->at = kt_arena_array(arena, kt_project_overlap, pairs.count + 1);
    for (size_t i = 0; i < pairs.count; i++) {
        const kt_project_overlap pair = overlap_of(question, &pairs.at[i]);
        out->ties[pair.tie]++;
        if (is_listed(question, &pair)) {
            out->at[out->count++] = pair;
        }
    }
    if (out->count > 0) {
        qsort(out->at, out->count, sizeof *out->at, by_score);
    }
    keep_best(question, out, arena);
    return KT_OK;
}
