/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/score_report.h"

#include <math.h>
#include <string.h>

#include "report_rows.h"

#define COUNT_MOST 1e9
#define ROUNDING   0.05 /* means and deviations are written with so much */

enum { PROJECT, SCALE, PERIOD, STAGE, PERSONS, MEAN, DEVIATION, DAY, COLUMNS };

static const char *const columns[COLUMNS] = {"hankekoodi", "mittari",   "jakso",        "vaihe",
                                             "n",          "keskiarvo", "keskihajonta", "pvm"};

static const report_word stages[] = {
    {"alku", KT_SCORE_START}, {"start", KT_SCORE_START},        {"loppu", KT_SCORE_END},
    {"end", KT_SCORE_END},    {"seuranta", KT_SCORE_FOLLOW_UP}, {"follow_up", KT_SCORE_FOLLOW_UP}};

static const char *const stage_names[KT_SCORE_STAGES] = {"start", "end", "follow_up"};

const char *kt_score_stage_name(kt_score_stage stage)
{
    return stage_names[stage];
}

typedef struct reading {
    const kt_laarit *all;
    kt_score_row made; /* the row that was read last */
} reading;

static bool read_persons(const char *word, double *out)
{
    return report_number(word, out) && *out >= 0.0 && *out <= COUNT_MOST && *out == floor(*out);
}

/* A mean inside the scale; none of nobody. */
static bool read_mean(const char *word, kt_score_row *made)
{
    if (!report_number(word, &made->mean)) {
        return false;
    }
    return made->persons == 0.0
               ? isnan(made->mean)
               : made->mean >= made->scale->least && made->mean <= made->scale->most;
}

/*
 * With a mean m on a scale from a to b the answers scatter most if all of them are a or b:
 * s^2 <= (m - a) (b - m) n / (n - 1) (Bhatia and Davis 2000). One answer has no deviation.
 */
static bool read_deviation(const char *word, kt_score_row *made)
{
    const double n = made->persons;
    if (!report_number(word, &made->sd) || isnan(made->sd)) {
        return isnan(made->sd);
    }
    if (n < 2.0) {
        return made->sd == 0.0 && n == 1.0;
    }
    const double widest = (made->mean - made->scale->least) * (made->scale->most - made->mean);
    return made->sd >= 0.0 && made->sd <= sqrt(widest * n / (n - 1.0)) + ROUNDING;
}

/* What the row is of: why it cannot be taken, or NULL. */
static const char *parse_subject(report *of, const kt_csv_row *row, kt_score_row *made)
{
    const reading *to = of->context;
    const char *stranger = report_project(of, row, PROJECT);
    if (stranger != NULL) {
        return stranger;
    }
    const int stage =
        report_meaning(stages, sizeof stages / sizeof stages[0], report_cell(of, row, STAGE));
    made->scale = kt_scale_find(to->all, report_cell(of, row, SCALE));
    if (made->scale == NULL) {
        return report_expected(of, row, SCALE, "a scale of laari.json");
    }
    if (!report_is_period(report_cell(of, row, PERIOD))) {
        return report_expected(of, row, PERIOD, "2024, 2024-H1 or END");
    }
    if (stage < 0) {
        return report_expected(of, row, STAGE, "alku, loppu or seuranta");
    }
    made->stage = (kt_score_stage)stage;
    return NULL;
}

static const char *parse(report *of, const kt_csv_row *row, const char **key)
{
    reading *to = of->context;
    kt_score_row *made = &to->made;
    *made = (kt_score_row){.line = row->line};
    const char *reason = parse_subject(of, row, made);
    if (reason != NULL) {
        return reason;
    }
    if (!read_persons(report_cell(of, row, PERSONS), &made->persons)) {
        return report_expected(of, row, PERSONS, "how many persons answered");
    }
    if (!read_mean(report_cell(of, row, MEAN), made)) {
        return report_expected(of, row, MEAN,
                               kt_arena_print(of->arena, "a mean from %g to %g, none of nobody",
                                              made->scale->least, made->scale->most));
    }
    if (!read_deviation(report_cell(of, row, DEVIATION), made)) {
        return report_expected(of, row, DEVIATION,
                               "a deviation that answers with this mean can have");
    }
    if (!report_day(report_cell(of, row, DAY), &made->reported_day)) {
        return report_expected(of, row, DAY, "a day as 31.12.2026");
    }
    made->project = kt_arena_copy(of->arena, report_cell(of, row, PROJECT));
    made->period = kt_arena_copy(of->arena, report_cell(of, row, PERIOD));
    *key = kt_score_key(made, of->arena);
    return NULL;
}

const char *kt_score_key(const kt_score_row *row, kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s %s %d", row->project, row->scale->code, row->period,
                          (int)row->stage);
}

bool kt_score_report_is(const kt_project_file *file)
{
    return report_has(file, columns[PROJECT], columns[SCALE]);
}

kt_status kt_score_report_read(const kt_project_file *file, const kt_laarit *all, kt_arena *arena,
                               kt_score_report *out, kt_error *err)
{
    reading to = {.all = all};
    report of = {.columns = columns,
                 .column_count = COLUMNS,
                 .needed = COLUMNS,
                 .arena = arena,
                 .context = &to,
                 .parse = parse,
                 .made = &to.made,
                 .made_size = sizeof to.made};
    KT_TRY(report_read(&of, file, err));
    *out = (kt_score_report){of.rows, of.kept, of.rejects, of.reject_count};
    return KT_OK;
}
