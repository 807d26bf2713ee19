/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reported.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/instant.h"

struct kt_reporting {
    kt_arena *arena;
    kt_reported *at; /* in the order in which they were added */
    size_t count, room;
};

/* A figure on its way into order; of equal ones the later one is the newer. */
typedef struct placed {
    kt_reported is;
    size_t added;
} placed;

kt_reporting *kt_reporting_new(kt_arena *arena)
{
    kt_reporting *made = kt_arena_new(arena, kt_reporting);
    made->arena = arena;
    return made;
}

static void add(kt_reporting *to, kt_reported figure, kt_report_origin origin)
{
    figure.snapshot_day = figure.last_snapshot_day = origin.snapshot_day;
    figure.source = origin.source;
    to->at = kt_arena_grow(to->arena, to->at, to->count, &to->room, sizeof *to->at);
    to->at[to->count++] = figure;
}

void kt_reporting_add_indicators(kt_reporting *reporting, const kt_indicator_report *report,
                                 kt_report_origin origin)
{
    for (size_t i = 0; i < report->row_count; i++) {
        const kt_indicator_row *row = &report->rows[i];
        kt_reported figure = {.project = row->project,
                              .code = row->indicator,
                              .period = row->period,
                              .sex = row->sex,
                              .value = row->realised,
                              .persons = NAN,
                              .sd = NAN,
                              .basis = row->basis,
                              .reported_day = row->reported_day};
        if (!isnan(row->realised)) {
            add(reporting, figure, origin);
        }
        figure.target = true;
        figure.value = row->target;
        if (!isnan(row->target)) {
            add(reporting, figure, origin);
        }
    }
}

void kt_reporting_add_scores(kt_reporting *reporting, const kt_score_report *report,
                             kt_report_origin origin)
{
    for (size_t i = 0; i < report->row_count; i++) {
        const kt_score_row *row = &report->rows[i];
        add(reporting,
            (kt_reported){.project = row->project,
                          .code = row->scale->code,
                          .period = row->period,
                          .stage = row->stage,
                          .value = row->mean,
                          .persons = row->persons,
                          .sd = row->sd,
                          .reported_day = row->reported_day},
            origin);
    }
}

int kt_reported_compare(const kt_reported *x, const kt_reported *y)
{
    const int texts[] = {strcmp(x->project, y->project), strcmp(x->code, y->code),
                         strcmp(x->period, y->period)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i] != 0) {
            return texts[i];
        }
    }
    if (x->sex != y->sex) {
        return x->sex < y->sex ? -1 : 1;
    }
    if (x->stage != y->stage) {
        return x->stage < y->stage ? -1 : 1;
    }
    return (int)x->target - (int)y->target;
}

static int by_figure_and_day(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    const int order = kt_reported_compare(&x->is, &y->is);
    if (order != 0) {
        return order;
    }
    if (x->is.snapshot_day != y->is.snapshot_day) {
        return x->is.snapshot_day < y->is.snapshot_day ? -1 : 1;
    }
    return x->added < y->added ? -1 : 1;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool says_the_same(const kt_reported *a, const kt_reported *b)
{
    return same_number(a->value, b->value) && same_number(a->persons, b->persons) &&
           same_number(a->sd, b->sd) && a->basis == b->basis && a->reported_day == b->reported_day;
}

/* The last two versions are one again if a day's later word takes its earlier one back. */
static size_t join_last(kt_reported *out, size_t count)
{
    if (count < 2) {
        return count;
    }
    kt_reported *before = &out[count - 2];
    const kt_reported *last = &out[count - 1];
    if (kt_reported_compare(before, last) != 0 || !says_the_same(before, last)) {
        return count;
    }
    before->last_snapshot_day = last->snapshot_day;
    before->current = true;
    return count - 1;
}

/* Takes the next figure in order: a newer version, a repetition, or another word of the same day.
 */
static size_t settle(kt_reported *out, size_t count, const kt_reported *next)
{
    kt_reported *last = count == 0 ? NULL : &out[count - 1];
    const bool again = last != NULL && kt_reported_compare(last, next) == 0;
    if (again && last->last_snapshot_day == next->snapshot_day &&
        last->snapshot_day == next->snapshot_day) {
        *last = *next;
        return join_last(out, count);
    }
    if (again && says_the_same(last, next)) {
        last->last_snapshot_day = next->snapshot_day;
        return count;
    }
    if (again) {
        last->current = false;
    }
    out[count] = *next;
    return count + 1;
}

kt_reported_list kt_reporting_versions(kt_reporting *reporting)
{
    const size_t count = reporting->count;
    placed *list = kt_arena_array(reporting->arena, placed, count + 1);
    kt_reported *out = kt_arena_array(reporting->arena, kt_reported, count + 1);
    size_t settled = 0;
    for (size_t i = 0; i < count; i++) {
        list[i] = (placed){reporting->at[i], i};
    }
    qsort(list, count, sizeof *list, by_figure_and_day);
    for (size_t i = 0; i < count; i++) {
        list[i].is.current = true;
        settled = settle(out, settled, &list[i].is);
    }
    return (kt_reported_list){out, settled};
}

const char *kt_report_period_code(const char *period, char out[KT_REPORT_PERIOD_SIZE])
{
    const bool year = strspn(period, "0123456789") == strlen(period);
    (void)snprintf(out, KT_REPORT_PERIOD_SIZE, "%s%.*s", year ? "Y" : "", KT_REPORT_PERIOD_SIZE - 2,
                   period);
    return out;
}

int64_t kt_report_period_end(const char *period)
{
    if (strcmp(period, "END") == 0) {
        return KT_END_DAY;
    }
    const int year = (int)strtol(period, NULL, 10);
    return strcmp(period + strlen("2024"), "-H1") == 0 ? kt_days_from_civil(year, 6, 30)
                                                       : kt_days_from_civil(year, 12, 31);
}
