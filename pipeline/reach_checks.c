/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis/measure.h"
#include "check_rows.h"
#include "index_reach.h"
#include "panel.h"

#define TABLE "effective_tightness"

/* More than roundings make of sums of some hundred terms. */
#define MOST_OFF 1e-9

enum { UNEMPLOYED, VACANCIES, EFFECTIVE, FIGURES };

/* The published rows of one set of weights. */
typedef struct published {
    const kt_reach *reach;
    const kt_panel *panel;
    kt_arena *arena;
} published;

/* What was found of them. */
typedef struct found {
    double most_off; /* of all periods, as a share of the posts */
    size_t periods, without;
    bool impossible;  /* a period without a figure though its regions have all */
    const char *said; /* of the newest period without a figure */
} found;

static double figure_of(const kt_panel_line *line, size_t figure, kt_period period)
{
    return kt_panel_figure(line, figure, period).is.value;
}

static bool has_row(const kt_panel_line *line, kt_period period)
{
    return kt_panel_figure(line, EFFECTIVE, period).obs != KT_OBS_NOT_COLLECTED ||
           !isnan(figure_of(line, UNEMPLOYED, period));
}

/* The regions of a period, and what is published of them: sum u theta = V. */
typedef struct month {
    kt_reach_regions regions;
    double reached, posts;
} month;

static month read_month(const published *of, kt_period period)
{
    const size_t room = of->panel->line_count;
    const char **codes = kt_arena_array(of->arena, const char *, room + 1);
    double *u = kt_arena_array(of->arena, double, room + 1);
    double *v = kt_arena_array(of->arena, double, room + 1);
    month made = {.regions = {.code = codes, .unemployed = u, .vacancies = v}};
    for (size_t i = 0; i < room; i++) {
        const kt_panel_line *line = &of->panel->lines[i];
        if (!has_row(line, period)) {
            continue;
        }
        const size_t at = made.regions.count++;
        codes[at] = kt_panel_cell(of->panel, line, "region_code");
        u[at] = figure_of(line, UNEMPLOYED, period);
        v[at] = figure_of(line, VACANCIES, period);
        made.reached += u[at] * figure_of(line, EFFECTIVE, period);
        made.posts += v[at];
    }
    return made;
}

static kt_status look_at(const published *of, kt_period period, found *out, kt_error *err)
{
    const month has = read_month(of, period);
    char name[KT_PERIOD_SIZE];
    const char *reason = NULL;
    if (has.regions.count == 0) {
        return KT_OK;
    }
    out->periods++;
    if (!isnan(has.reached)) {
        const double off = fabs(has.reached - has.posts) / fmax(has.posts, 1.0);
        out->most_off = isnan(out->most_off) ? off : fmax(out->most_off, off);
        return KT_OK;
    }
    double *again = kt_arena_array(of->arena, double, has.regions.count);
    KT_TRY(kt_reach_compute(of->reach, &has.regions, of->arena, again, &reason, err));
    out->without++;
    out->impossible = out->impossible || !isnan(has.posts);
    out->said = kt_arena_print(of->arena, "%s: %s", kt_period_write(period, name),
                               reason == NULL ? "no figure" : reason);
    return KT_OK;
}

static kt_status look(const published *of, found *out, kt_error *err)
{
    *out = (found){.most_off = NAN};
    kt_period first = {0}, last = {0};
    for (size_t i = 0; i < of->panel->line_count; i++) {
        const kt_panel_line *line = &of->panel->lines[i];
        const int end = line->first.index + (int)line->count;
        first = i == 0 || line->first.index < first.index ? line->first : first;
        last = (kt_period){line->first.frequency, i == 0 || end > last.index ? end : last.index};
    }
    for (kt_period at = first; of->panel->line_count > 0 && at.index < last.index; at.index++) {
        KT_TRY(look_at(of, at, out, err));
    }
    return KT_OK;
}

static kt_status add_row(const published *of, const found *what, kt_rows *rows, kt_error *err)
{
    const kt_reach *reach = of->reach;
    const bool wrong = what->impossible || what->most_off > MOST_OFF;
    return kt_check_row_add(
        rows,
        (kt_check_row){
            .check = KT_CHECK_REACH,
            .subject = kt_arena_print(of->arena, "%s %s", reach->region_level, reach->name),
            .severity = "note",
            .result = what->periods == 0 ? "absent"
                      : wrong            ? "failed"
                                         : "passed",
            .measured = what->most_off,
            .threshold = MOST_OFF,
            .cells_failed = what->without,
            .examples = what->said != NULL
                            ? what->said
                            : kt_arena_print(of->arena, "%s: %s", reach->title.en, reach->source)},
        err);
}

kt_status kt_reach_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    static const char *const figures[FIGURES] = {"unemployed", "vacancies", "effective_tightness"};
    const kt_reaches *reaches = &job->plan.reaches;
    const kt_panel_place place = kt_analysis_panels(job);
    for (size_t i = 0; i < reaches->count; i++) {
        const kt_reach *reach = &reaches->at[i];
        const kt_panel_filter filters[] = {{"weights", &reach->name, 1},
                                           {"region_level", &reach->region_level, 1}};
        const kt_panel_ask ask = {.schema = job->plan.schemas[KT_INDEX_REACH],
                                  .figures = figures,
                                  .figure_count = FIGURES,
                                  .filters = filters,
                                  .filter_count = 2};
        published of = {.reach = reach, .arena = job->arena};
        kt_panel *panel = NULL;
        found what;
        KT_TRY(kt_panel_read(&ask, &place, job->arena, &panel, err));
        of.panel = panel;
        KT_TRY(look(&of, &what, err));
        KT_TRY(add_row(&of, &what, rows, err));
    }
    return KT_OK;
}
