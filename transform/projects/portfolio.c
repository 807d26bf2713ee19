/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/portfolio.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/text.h"

/* The snapshots of one format, in the order of their days. */
typedef struct chain {
    const char *format;
    int64_t day, day_before; /* of the newest snapshots; KT_NO_DAY */
    kt_codes *codes;         /* of all projects ever seen */
    size_t *newest;          /* of each code: its newest version */
    size_t newest_room;
    kt_project_version *versions;
    size_t *before; /* of each version: the one before of the same project; KT_NO_CODE */
    size_t count, room, before_room;
} chain;

struct kt_portfolio {
    const char *const *order;
    size_t order_count;
    chain *chains;
    size_t count, room;
    kt_arena *arena;
};

kt_portfolio *kt_portfolio_new(const char *const *order, size_t count, kt_arena *arena)
{
    kt_portfolio *made = kt_arena_new(arena, kt_portfolio);
    *made = (kt_portfolio){.order = order, .order_count = count, .arena = arena};
    return made;
}

static chain *chain_of(kt_portfolio *of, const char *format)
{
    for (size_t i = 0; i < of->count; i++) {
        if (strcmp(of->chains[i].format, format) == 0) {
            return &of->chains[i];
        }
    }
    of->chains = kt_arena_grow(of->arena, of->chains, of->count, &of->room, sizeof(chain));
    of->chains[of->count] = (chain){.format = kt_arena_copy(of->arena, format),
                                    .day = KT_NO_DAY,
                                    .day_before = KT_NO_DAY,
                                    .codes = kt_codes_new(of->arena),
                                    .newest = kt_arena_array(of->arena, size_t, 1),
                                    .newest_room = 1,
                                    .versions = kt_arena_array(of->arena, kt_project_version, 1),
                                    .room = 1,
                                    .before = kt_arena_array(of->arena, size_t, 1),
                                    .before_room = 1};
    return &of->chains[of->count++];
}

static void put(kt_text *list, const char *name)
{
    if (list->length > 0) {
        kt_text_put_char(list, '|');
    }
    kt_text_put(list, name);
}

static bool is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The names of all fields in which two versions differ. */
static void put_differences(const kt_project *a, const kt_project *b, kt_text *out)
{
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        if (!is_same_text(a->text[i], b->text[i])) {
            put(out, kt_project_text_name((kt_project_text)i));
        }
    }
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        if (a->sum[i] != b->sum[i]) {
            put(out, kt_project_sum_name((kt_project_sum)i));
        }
    }
    const struct {
        bool differs;
        const char *name;
    } others[] = {{a->start_day != b->start_day, "start_date"},
                  {a->end_day != b->end_day, "end_date"},
                  {a->status != b->status, "status"},
                  {!is_same_text(a->period, b->period), "period"}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].differs) {
            put(out, others[i].name);
        }
    }
}

bool kt_project_same(const kt_project *a, const kt_project *b)
{
    kt_text differences = {0};
    put_differences(a, b, &differences);
    const bool same = differences.length == 0;
    kt_text_free(&differences);
    return same;
}

/* In the snapshot before, or in place of its row there. */
static bool stood_before(const chain *of, const kt_project_version *version)
{
    return version->last_snapshot_day == of->day_before || version->rejected_day == of->day_before;
}

/* What a version says otherwise than the one before it. */
static const char *changed_since(const chain *of, size_t before, const kt_project *now,
                                 kt_arena *arena)
{
    if (before == KT_NO_CODE) {
        return "new";
    }
    const kt_project_version *old = &of->versions[before];
    kt_text list = {0};
    if (!stood_before(of, old) && old->last_snapshot_day != of->day) {
        put(&list, "returned");
    }
    put_differences(&old->is, now, &list);
    const char *words = kt_arena_copy(arena, list.bytes == NULL ? "" : list.bytes);
    kt_text_free(&list);
    return words;
}

/* Lists go, versions stay. */
static kt_project copy_of(const kt_project *project, kt_arena *arena)
{
    kt_project copy = *project;
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        copy.text[i] = project->text[i] == NULL ? NULL : kt_arena_copy(arena, project->text[i]);
    }
    copy.period = project->period == NULL ? NULL : kt_arena_copy(arena, project->period);
    copy.format = kt_arena_copy(arena, project->format);
    return copy;
}

static void add_version(kt_portfolio *all, chain *of, size_t code, const kt_project *project)
{
    const size_t before = of->newest[code];
    const char *changed = changed_since(of, before, project, all->arena);
    of->versions =
        kt_arena_grow(all->arena, of->versions, of->count, &of->room, sizeof *of->versions);
    of->before =
        kt_arena_grow(all->arena, of->before, of->count, &of->before_room, sizeof *of->before);
    of->versions[of->count] = (kt_project_version){.is = copy_of(project, all->arena),
                                                   .last_snapshot_day = of->day,
                                                   .rejected_day = KT_NO_DAY,
                                                   .changed = changed};
    of->before[of->count] = before;
    of->newest[code] = of->count++;
}

static size_t code_place(kt_portfolio *all, chain *of, const char *code)
{
    const size_t known = kt_codes_count(of->codes);
    const size_t at = kt_codes_intern(of->codes, code);
    if (at == known) {
        of->newest =
            kt_arena_grow(all->arena, of->newest, known, &of->newest_room, sizeof *of->newest);
        of->newest[at] = KT_NO_CODE;
    }
    return at;
}

/* Another file of the same day says otherwise: the later one counts. */
static void replace(kt_portfolio *all, chain *of, size_t code, const kt_project *project)
{
    const size_t at = of->newest[code];
    kt_project_version *version = &of->versions[at];
    if (version->is.snapshot_day == of->day) {
        of->newest[code] = of->before[at];
        version->changed = changed_since(of, of->before[at], project, all->arena);
        version->is = copy_of(project, all->arena);
        of->newest[code] = at;
    } else { /* it stood from an earlier day on */
        version->last_snapshot_day = of->day_before;
        add_version(all, of, code, project);
    }
}

static void add_project(kt_portfolio *all, chain *of, const kt_project *project)
{
    const size_t code = code_place(all, of, project->text[KT_PROJECT_PROJECT_CODE]);
    const size_t newest = of->newest[code];
    const bool seen = newest != KT_NO_CODE;
    const bool stands = seen && kt_project_same(&of->versions[newest].is, project);
    const int64_t last = seen ? of->versions[newest].last_snapshot_day : KT_NO_DAY;
    if (seen && last == of->day) {
        if (!stands) {
            replace(all, of, code, project);
        }
    } else if (stands && stood_before(of, &of->versions[newest])) {
        of->versions[newest].last_snapshot_day = of->day;
    } else {
        add_version(all, of, code, project);
    }
}

void kt_portfolio_add(kt_portfolio *portfolio, const kt_project *projects, size_t count)
{
    if (count == 0) {
        return;
    }
    chain *of = chain_of(portfolio, projects[0].format);
    if (projects[0].snapshot_day != of->day) {
        of->day_before = of->day;
        of->day = projects[0].snapshot_day;
    }
    for (size_t i = 0; i < count; i++) {
        add_project(portfolio, of, &projects[i]);
    }
}

kt_project_stand kt_portfolio_reject(kt_portfolio *portfolio, const char *format, int64_t day,
                                     const char *code)
{
    chain *of = chain_of(portfolio, format);
    const size_t at = of->day != day ? KT_NO_CODE : kt_codes_find(of->codes, code);
    if (at == KT_NO_CODE) {
        return KT_STANDS_NOWHERE;
    }
    kt_project_version *newest = &of->versions[of->newest[at]];
    if (newest->last_snapshot_day == day) {
        return KT_STANDS_BY_ANOTHER_ROW;
    }
    newest->rejected_day = day;
    return KT_STANDS_AS_BEFORE;
}

bool kt_project_version_is_kept(const kt_project_version *version)
{
    return version->current && version->rejected_day > version->last_snapshot_day;
}

static size_t rank_of(const kt_portfolio *of, const char *format)
{
    size_t rank = 0;
    while (rank < of->order_count && strcmp(of->order[rank], format) != 0) {
        rank++;
    }
    return rank;
}

typedef struct ranked {
    kt_project_version version;
    size_t rank;
} ranked;

static int by_code_day_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    const int codes = strcmp(x->version.is.text[KT_PROJECT_PROJECT_CODE],
                             y->version.is.text[KT_PROJECT_PROJECT_CODE]);
    const int64_t day_x = x->version.is.snapshot_day, day_y = y->version.is.snapshot_day;
    if (codes != 0 || day_x != day_y) {
        return codes != 0 ? codes : day_x < day_y ? -1 : 1;
    }
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static size_t gather(const kt_portfolio *of, ranked *out)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        const chain *one = &of->chains[i];
        const size_t rank = rank_of(of, one->format);
        for (size_t j = 0; j < one->count; j++) {
            const kt_project_version *is = &one->versions[j];
            out[count] = (ranked){*is, rank};
            out[count++].version.current =
                is->last_snapshot_day == one->day || is->rejected_day == one->day;
        }
    }
    return count;
}

/* Of the current versions of one project, in different formats, that of the first format stays. */
static void keep_one_current(ranked *first, size_t count)
{
    ranked *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (first[i].version.current && (best == NULL || first[i].rank < best->rank)) {
            best = &first[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        first[i].version.current = &first[i] == best;
    }
}

static bool is_same_code(const ranked *a, const ranked *b)
{
    return strcmp(a->version.is.text[KT_PROJECT_PROJECT_CODE],
                  b->version.is.text[KT_PROJECT_PROJECT_CODE]) == 0;
}

/* The versions of one project; of those of one day the first. */
static void take(ranked *first, size_t count, kt_project_versions *out)
{
    keep_one_current(first, count);
    for (size_t i = 0; i < count; i++) {
        const kt_project_version *version = &first[i].version;
        if (i == 0 || version->is.snapshot_day != first[i - 1].version.is.snapshot_day) {
            out->at[out->count++] = *version;
        }
    }
}

kt_project_versions kt_portfolio_versions(const kt_portfolio *portfolio, kt_arena *arena)
{
    size_t room = 0;
    for (size_t i = 0; i < portfolio->count; i++) {
        room += portfolio->chains[i].count;
    }
    ranked *all = kt_arena_array(arena, ranked, room + 1);
    const size_t count = gather(portfolio, all);
    kt_project_versions out = {.at = kt_arena_array(arena, kt_project_version, count + 1)};
    if (count > 0) {
        qsort(all, count, sizeof *all, by_code_day_rank);
    }
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && is_same_code(&all[first], &all[end]); end++) {
        }
        take(all + first, end - first, &out);
    }
    return out;
}
