/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/money.h"

#include <stdlib.h>
#include <string.h>

#define UNKNOWN_PERIOD "unknown"

static const struct {
    kt_funding_kind kind;
    kt_project_sum sum;
    const char *name;
} kinds[] = {{KT_FUNDING_GRANTED, KT_PROJECT_GRANTED, "granted_eu_state_eur"},
             {KT_FUNDING_REALISED, KT_PROJECT_REALISED, "realised_eu_state_eur"}};

#define KINDS (sizeof kinds / sizeof kinds[0])

static const char *period_of(const kt_coverage_study *study, size_t project)
{
    const char *period = study->projects->at[project]->is.period;
    return period == NULL ? UNKNOWN_PERIOD : period;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each period that a project is of, and behind them all periods. */
static const char **periods_in(const kt_coverage_study *study, kt_arena *arena, size_t *count)
{
    const size_t projects = study->projects->count;
    const char **all = kt_arena_array(arena, const char *, projects + 1);
    for (size_t i = 0; i < projects; i++) {
        all[i] = period_of(study, i);
    }
    qsort(all, projects, sizeof *all, by_name);
    *count = 0;
    for (size_t i = 0; i < projects; i++) {
        if (*count == 0 || strcmp(all[*count - 1], all[i]) != 0) {
            all[(*count)++] = all[i];
        }
    }
    all[(*count)++] = KT_ALL_PERIODS;
    return all;
}

static bool is_of(const kt_coverage_study *study, size_t project, const char *period)
{
    return strcmp(period, KT_ALL_PERIODS) == 0 || strcmp(period, period_of(study, project)) == 0;
}

static int64_t listed(const kt_coverage_study *study, const char *period, kt_project_sum sum)
{
    int64_t cents = 0;
    for (size_t i = 0; i < study->projects->count; i++) {
        const int64_t own = study->projects->at[i]->is.sum[sum];
        cents += own != KT_NO_MONEY && is_of(study, i, period) ? own : 0;
    }
    return cents;
}

/* The money of one period by the way that the study split all of it. */
static kt_funding funding_of(const kt_coverage_study *study, const char *period,
                             kt_funding_question *question, kt_arena *arena)
{
    const kt_coverage_scheme *scheme = &study->schemes[0];
    if (strcmp(period, KT_ALL_PERIODS) == 0) {
        return scheme->funding;
    }
    kt_funded_project *projects =
        kt_arena_array(arena, kt_funded_project, scheme->question.count + 1);
    *question = scheme->question;
    question->projects = projects;
    question->count = 0;
    for (size_t i = 0; i < scheme->question.count; i++) {
        if (is_of(study, i, period)) {
            projects[question->count++] = scheme->question.projects[i];
        }
    }
    return kt_funding_make(question, arena);
}

static void add_place(const kt_coverage_level *level, size_t place, int64_t cents,
                      kt_project_money *to)
{
    const size_t cell = level->cell_of_place[place];
    if (place == KT_PLACE_UNLOCATED) {
        to->unlocated += cents;
    } else if (cell == kt_coverage_national(level)) {
        to->national += cents;
    } else if (cell < level->count) {
        to->located += cents;
    } else {
        to->shared += cents;
    }
}

static kt_project_money money_at(const kt_coverage_study *study, const kt_coverage_level *level,
                                 const char *period, const kt_funding *funding, size_t kind)
{
    kt_project_money made = {.level = level->name,
                             .period = period,
                             .kind = kinds[kind].name,
                             .listed = listed(study, period, kinds[kind].sum)};
    for (size_t place = 0; place < study->places.place_count; place++) {
        const kt_funding_slice all = {KT_FUNDING_ALL, place, KT_FUNDING_ALL, KT_FUNDING_ALL};
        add_place(level, place, kt_funding_sum(funding, kinds[kind].kind, all), &made);
    }
    return made;
}

kt_project_moneys kt_project_moneys_of(const kt_coverage_study *study, kt_arena *arena)
{
    kt_project_moneys out = {0};
    if (study->projects->count == 0) {
        return out;
    }
    size_t period_count = 0;
    const char **periods = periods_in(study, arena, &period_count);
    const size_t levels = study->places.level_count;
    out.at = kt_arena_array(arena, kt_project_money, levels * period_count * KINDS + 1);
    for (size_t p = 0; p < period_count; p++) {
        kt_funding_question question;
        const kt_funding funding = funding_of(study, periods[p], &question, arena);
        for (size_t i = 0; i < levels * KINDS; i++) {
            out.at[out.count++] =
                money_at(study, &study->places.levels[i / KINDS], periods[p], &funding, i % KINDS);
        }
    }
    return out;
}
