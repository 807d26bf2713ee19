/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicator_report.h"

#include <math.h>
#include <string.h>

#include "report_rows.h"

#define COUNT_MOST 1e9

enum { PROJECT, INDICATOR, PERIOD, SEX, TARGET, REALISED, DAY, BASIS, COLUMNS };

static const char *const columns[COLUMNS] = {"hankekoodi", "indikaattori", "jakso", "sukupuoli",
                                             "tavoite",    "toteuma",      "pvm",   "peruste"};

static const report_word sexes[] = {
    {"", KT_SEX_ALL},    {"kaikki", KT_SEX_ALL}, {"all", KT_SEX_ALL},  {"yht", KT_SEX_ALL},
    {"n", KT_SEX_F},     {"nainen", KT_SEX_F},   {"naiset", KT_SEX_F}, {"f", KT_SEX_F},
    {"m", KT_SEX_M},     {"mies", KT_SEX_M},     {"miehet", KT_SEX_M}, {"muu", KT_SEX_NB},
    {"muut", KT_SEX_NB}, {"nb", KT_SEX_NB}};

static const report_word bases[] = {{"", KT_BASIS_UNSTATED},
                                    {"osallistujatiedot", KT_BASIS_MICRODATA},
                                    {"microdata", KT_BASIS_MICRODATA},
                                    {"kohderyhmä", KT_BASIS_TARGET_GROUP},
                                    {"kohderyhma", KT_BASIS_TARGET_GROUP},
                                    {"target_group", KT_BASIS_TARGET_GROUP},
                                    {"kysely", KT_BASIS_SURVEY},
                                    {"survey", KT_BASIS_SURVEY},
                                    {"rekisteri", KT_BASIS_REGISTER},
                                    {"register", KT_BASIS_REGISTER},
                                    {"arvio", KT_BASIS_ESTIMATE},
                                    {"estimate", KT_BASIS_ESTIMATE}};

static const char *const basis_names[] = {"",       "microdata", "target_group",
                                          "survey", "register",  "estimate"};

const char *kt_indicator_basis_name(kt_indicator_basis basis)
{
    return basis_names[basis];
}

typedef struct reading {
    const kt_indicators *all;
    kt_indicator_row made; /* the row that was read last */
} reading;

/* A count, or a mean of a scale. */
static bool read_figure(const char *word, bool whole, double *out)
{
    return report_number(word, out) &&
           (isnan(*out) || (*out >= 0.0 && *out <= COUNT_MOST && (!whole || *out == floor(*out))));
}

/* What the row is of: why it cannot be taken, or NULL. */
static const char *parse_subject(report *of, const kt_csv_row *row, const kt_indicator **found)
{
    reading *to = of->context;
    const char *code = report_cell(of, row, INDICATOR), *period = report_cell(of, row, PERIOD);
    const char *stranger = report_project(of, row, PROJECT);
    if (stranger != NULL) {
        return stranger;
    }
    const int sex =
        report_meaning(sexes, sizeof sexes / sizeof sexes[0], report_cell(of, row, SEX));
    const int basis =
        report_meaning(bases, sizeof bases / sizeof bases[0], report_cell(of, row, BASIS));
    *found = kt_indicator_find(to->all, code);
    if (*found == NULL) {
        return report_expected(of, row, INDICATOR, "a code of indicators.csv");
    }
    if (!report_is_period(period)) {
        return report_expected(of, row, PERIOD, "2024, 2024-H1 or END");
    }
    if (sex < 0) {
        return report_expected(of, row, SEX, "kaikki, n, m or muu");
    }
    if (basis < 0) {
        return report_expected(of, row, BASIS,
                               "osallistujatiedot, kohderyhmä, kysely, rekisteri or arvio");
    }
    to->made.sex = (kt_indicator_sex)sex;
    to->made.basis = (kt_indicator_basis)basis;
    return NULL;
}

static const char *parse(report *of, const kt_csv_row *row, const char **key)
{
    reading *to = of->context;
    kt_indicator_row *made = &to->made;
    const kt_indicator *indicator = NULL;
    *made = (kt_indicator_row){.line = row->line};
    const char *reason = parse_subject(of, row, &indicator);
    if (reason != NULL) {
        return reason;
    }
    const bool whole = strcmp(indicator->level, "score") != 0;
    if (!read_figure(report_cell(of, row, TARGET), whole, &made->target)) {
        return report_expected(of, row, TARGET, "a count of 0 or more");
    }
    if (!read_figure(report_cell(of, row, REALISED), whole, &made->realised)) {
        return report_expected(of, row, REALISED, "a count of 0 or more");
    }
    if (!report_day(report_cell(of, row, DAY), &made->reported_day)) {
        return report_expected(of, row, DAY, "a day as 31.12.2026");
    }
    if (isnan(made->target) && isnan(made->realised)) {
        return "neither tavoite nor toteuma, expected one of them";
    }
    made->project = kt_arena_copy(of->arena, report_cell(of, row, PROJECT));
    made->indicator = indicator->code;
    made->period = kt_arena_copy(of->arena, report_cell(of, row, PERIOD));
    *key = kt_indicator_key(made, of->arena);
    return NULL;
}

const char *kt_indicator_key(const kt_indicator_row *row, kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s %s %d", row->project, row->indicator, row->period,
                          (int)row->sex);
}

bool kt_indicator_report_is(const kt_project_file *file)
{
    return report_has(file, columns[PROJECT], columns[INDICATOR]);
}

kt_status kt_indicator_report_read(const kt_project_file *file, const kt_indicators *all,
                                   kt_arena *arena, kt_indicator_report *out, kt_error *err)
{
    reading to = {.all = all};
    report of = {.columns = columns,
                 .column_count = COLUMNS,
                 .needed = BASIS,
                 .arena = arena,
                 .context = &to,
                 .parse = parse,
                 .made = &to.made,
                 .made_size = sizeof to.made};
    KT_TRY(report_read(&of, file, err));
    *out = (kt_indicator_report){.rows = of.rows,
                                 .row_count = of.kept,
                                 .rejects = of.rejects,
                                 .reject_count = of.reject_count};
    return KT_OK;
}
