/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/judged.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"

#define MONTHS 12

/* One project, and what is asked of it. */
typedef struct judging {
    const kt_project_settings *settings;
    const kt_project *project;
    const kt_laari *laari; /* NULL: none */
    int64_t as_of_day;
    const char **periods; /* in order of time */
    size_t period_count, period_room;
    kt_required_report *required;
    size_t required_count, required_room;
    kt_indicator_value *values;
    size_t *from; /* of each value: the figure of the reports that it is */
    size_t value_count;
    size_t indicator_count; /* of the values the first, before the scores */
    kt_compliance_rules rules;
    kt_compliance_question question; /* of these rules */
    kt_arena *arena;
} judging;

/* Two months behind 30 June is 30 August, behind 31 December the last of February. */
static int64_t months_later(int64_t day, long months)
{
    int year, month, of_month, y, m, d;
    kt_civil_from_days(day, &year, &month, &of_month);
    const long all = (long)year * MONTHS + month - 1 + months;
    const int to_year = (int)(all / MONTHS), to_month = (int)(all % MONTHS) + 1;
    int64_t found = kt_days_from_civil(to_year, to_month, of_month);
    kt_civil_from_days(found, &y, &m, &d);
    while (m != to_month) {
        found--;
        kt_civil_from_days(found, &y, &m, &d);
    }
    return found;
}

static void add_period(judging *of, const char *name)
{
    for (size_t i = 0; i < of->period_count; i++) {
        if (strcmp(of->periods[i], name) == 0) {
            return;
        }
    }
    of->periods = kt_arena_grow(of->arena, of->periods, of->period_count, &of->period_room,
                                sizeof *of->periods);
    of->periods[of->period_count++] = name;
}

static size_t place_of(const judging *of, const char *name)
{
    size_t at = 0;
    while (strcmp(of->periods[at], name) != 0) {
        at++;
    }
    return at;
}

static int by_end(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const int64_t first = kt_report_period_end(x), second = kt_report_period_end(y);
    return first != second ? (first < second ? -1 : 1) : strcmp(x, y);
}

static int64_t later_of(int64_t a, int64_t b)
{
    return a == KT_NO_DAY || (b != KT_NO_DAY && b > a) ? b : a;
}

static int64_t earlier_of(int64_t a, int64_t b)
{
    return a == KT_NO_DAY || (b != KT_NO_DAY && b < a) ? b : a;
}

/* The periods in which the project runs while its cluster is valid, as far as they have begun. */
static void add_asked_periods(judging *of)
{
    const kt_laarit *all = of->settings->laarit;
    const int64_t from = later_of(of->project->start_day, of->laari->valid_from);
    const int64_t to =
        earlier_of(earlier_of(of->project->end_day, of->laari->valid_to), of->as_of_day);
    if (from == KT_NO_DAY) {
        return;
    }
    int year, month, day;
    kt_civil_from_days(from, &year, &month, &day);
    const int step = all->yearly ? MONTHS : MONTHS / 2;
    int begin = (month - 1) / step * step;
    while (kt_days_from_civil(year, begin + 1, 1) <= to) {
        add_period(of, all->yearly ? kt_arena_print(of->arena, "%04d", year)
                                   : kt_arena_print(of->arena, "%04d-H%d", year, begin / step + 1));
        begin += step;
        year += begin / MONTHS;
        begin %= MONTHS;
    }
}

static void require(judging *of, const char *code, const char *period, int64_t due)
{
    of->required = kt_arena_grow(of->arena, of->required, of->required_count, &of->required_room,
                                 sizeof *of->required);
    of->required[of->required_count++] = (kt_required_report){code, place_of(of, period), due};
}

/* asked: the first so many periods, before those that were only reported were added. */
static void require_all(judging *of, const char *code, kt_laari_due due, const char *const *asked,
                        size_t count)
{
    if (due.at_end) {
        if (of->project->end_day != KT_NO_DAY) {
            require(of, code, "END", months_later(of->project->end_day, due.months));
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        require(of, code, asked[i], months_later(kt_report_period_end(asked[i]), due.months));
    }
}

static void add_requirements(judging *of, const char *const *asked, size_t count)
{
    for (size_t i = 0; of->laari != NULL && i < of->laari->indicator_count; i++) {
        const kt_laari_indicator *one = &of->laari->indicators[i];
        if (one->required) {
            require_all(of, one->code, one->due, asked, count);
        }
    }
    for (size_t i = 0; of->laari != NULL && i < of->laari->score_count; i++) {
        const kt_laari_score *one = &of->laari->scores[i];
        if (one->required) {
            require_all(of, one->scale->code, one->due, asked, count);
        }
    }
}

/* A project's own figures of a list. */
typedef struct reported_part {
    size_t first, count;
} reported_part;

/* Answers on a scale are reported where any stage of the period is. */
static bool is_there(const judging *of, const char *code, size_t period)
{
    for (size_t i = 0; i < of->value_count; i++) {
        if (of->values[i].period == period && strcmp(of->values[i].indicator, code) == 0) {
            return true;
        }
    }
    return false;
}

static void add_values(judging *of, const kt_reported_list *list, reported_part part)
{
    for (size_t i = part.first; i < part.first + part.count; i++) {
        const kt_reported *is = &list->at[i];
        const size_t period = place_of(of, is->period);
        const bool score = !isnan(is->persons);
        if (!is->current || (score && is_there(of, is->code, period))) {
            continue;
        }
        of->from[of->value_count] = i;
        of->values[of->value_count++] =
            (kt_indicator_value){.indicator = is->code,
                                 .period = period,
                                 .sex = is->sex,
                                 .target = is->target,
                                 .value = score ? is->persons : is->value,
                                 .reported_day = is->reported_day};
    }
}

static const char *const *cumulative_codes(const judging *of, size_t *count)
{
    const kt_indicators *all = of->settings->indicators;
    const char **codes = kt_arena_array(of->arena, const char *, all->count + 1);
    *count = of->settings->laarit->cumulative ? all->count : 0;
    for (size_t i = 0; i < *count; i++) {
        codes[i] = all->at[i].code;
    }
    return codes;
}

/* Purchases for others, nothing granted, and work for other projects have no participants. */
static bool is_exempt(const judging *of, kt_project_relation relation)
{
    return of->laari == NULL || relation == KT_RELATION_PARALLEL || relation == KT_RELATION_GHOST ||
           relation == KT_RELATION_COORDINATION;
}

/* The periods that are asked of it, and those that it reported without being asked, in order. */
static void add_periods(judging *of, const kt_project_reports *reports, reported_part indicators,
                        reported_part scores)
{
    add_period(of, "END");
    for (size_t i = 0; i < indicators.count; i++) {
        add_period(of, reports->indicators.at[indicators.first + i].period);
    }
    for (size_t i = 0; i < scores.count; i++) {
        add_period(of, reports->scores.at[scores.first + i].period);
    }
    qsort(of->periods, of->period_count, sizeof *of->periods, by_end);
}

/* Puts the question together. */
static void ask(judging *of, const kt_project_reports *reports, reported_part indicators,
                reported_part scores, kt_project_relation relation)
{
    if (of->laari != NULL) {
        add_asked_periods(of);
    }
    const size_t asked_count = of->period_count, most = indicators.count + scores.count;
    const char **asked = kt_arena_array(of->arena, const char *, asked_count + 1);
    for (size_t i = 0; i < asked_count; i++) {
        asked[i] = of->periods[i];
    }
    add_periods(of, reports, indicators, scores);
    add_requirements(of, asked, asked_count);
    of->values = kt_arena_array(of->arena, kt_indicator_value, most + 1);
    of->from = kt_arena_array(of->arena, size_t, most + 1);
    add_values(of, &reports->indicators, indicators);
    of->indicator_count = of->value_count;
    add_values(of, &reports->scores, scores);
    of->rules = (kt_compliance_rules){.required = of->required,
                                      .required_count = of->required_count,
                                      .period_count = of->period_count,
                                      .checks = of->settings->indicators->checks,
                                      .check_count = of->settings->indicators->check_count,
                                      .far_above = of->settings->laarit->far_above};
    of->rules.cumulative = cumulative_codes(of, &of->rules.cumulative_count);
    of->question = (kt_compliance_question){.rules = &of->rules,
                                            .values = of->values,
                                            .count = of->value_count,
                                            .start_day = of->project->start_day,
                                            .end_day = of->project->end_day,
                                            .as_of_day = of->as_of_day,
                                            .exempt = is_exempt(of, relation)};
}

/* Each report that is asked of the project; its texts outlast the judging. */
static void keep_asked(const judging *of, kt_arena *arena, kt_project_judgement *to)
{
    const size_t most = of->question.exempt ? 0 : of->required_count;
    to->asked = kt_arena_array(arena, kt_asked_report, most + 1);
    for (size_t i = 0; i < most; i++) {
        const kt_required_report *report = &of->required[i];
        const kt_report_finding found = kt_report_of(&of->question, report);
        if (found.state != KT_REPORT_NOT_ASKED) {
            to->asked[to->asked_count++] =
                (kt_asked_report){.indicator = report->indicator,
                                  .period = kt_arena_copy(arena, of->periods[report->period]),
                                  .due_day = report->due_day,
                                  .found = found};
        }
    }
}

static void mark_doubted(const judging *of, const kt_compliance *found, bool *doubted)
{
    for (size_t i = 0; i < of->indicator_count; i++) {
        doubted[of->from[i]] = doubted[of->from[i]] || found->doubted[i];
    }
}

static void judge_project(const kt_reported_projects *from, size_t at, kt_arena *arena,
                          kt_project_judged *out)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("what a project reported", 0);
    const kt_project *project = &from->study->at[at]->is;
    const kt_project_relation relation = from->study->related[at].relation;
    const char *code = project->text[KT_PROJECT_PROJECT_CODE];
    reported_part indicators = {0}, scores = {0};
    judging of = {.settings = from->settings,
                  .project = project,
                  .as_of_day = out->as_of_day,
                  .arena = scratch};
    of.laari = kt_laari_of(from->settings->laarit, project, relation, &from->study->themes[at]);
    indicators.count = kt_reported_of(&from->reports->indicators, code, &indicators.first);
    scores.count = kt_reported_of(&from->reports->scores, code, &scores.first);
    kt_project_judgement *made = &out->of[at];
    made->laari = of.laari;
    made->known = of.laari != NULL || indicators.count + scores.count > 0;
    if (made->known) {
        ask(&of, from->reports, indicators, scores, relation);
        made->is = kt_compliance_of(&of.question, scratch);
        mark_doubted(&of, &made->is, out->doubted);
        made->is.checks_failed = kt_arena_copy(arena, made->is.checks_failed);
        made->is.doubted = NULL;
        keep_asked(&of, arena, made);
    }
}

kt_project_judged kt_project_judged_make(const kt_reported_projects *from, int64_t as_of_day,
                                         kt_arena *arena)
{
    kt_project_judged out = {
        .as_of_day = as_of_day,
        .of = kt_arena_array(arena, kt_project_judgement, from->study->count + 1),
        .doubted = kt_arena_array(arena, bool, from->reports->indicators.count + 1)};
    for (size_t i = 0; i < from->study->count; i++) {
        judge_project(from, i, arena, &out);
    }
    return out;
}
