/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/file.h"
#include "curve_lines.h"
#include "why/why.h"

static bool is_asked(const kt_why *of, const kt_curve_line *line, kt_period period)
{
    bool same = line->first.frequency == period.frequency;
    for (int i = 0; same && i < KT_SERIES_OCCUPATION_LEVEL; i++) {
        same = strcmp(line->word[i], kt_why_cell(of, kt_series_words[i])) == 0;
    }
    return same;
}

static void compare(const kt_why *of, const kt_curve_line *line, size_t at)
{
    const kt_curve_point *made = &line->made[at];
    const struct {
        const char *column;
        double number;
        bool level; /* only where rates are comparable as levels */
    } told[] = {{"unemployment_rate", line->unemployment[at].is.value, false},
                {"vacancy_rate", line->vacancy[at].is.value, false},
                {"efficient_unemployment_rate", made->efficient, true},
                {"efficient_low", made->efficient_low, true},
                {"efficient_high", made->efficient_high, true},
                {"efficient_rate_index", made->index, false},
                {"unemployment_gap", made->gap, true},
                {"outward_shift", made->shift, false}};
    json_t *list = kt_why_recomputed(of);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (line->ask->level || !told[i].level) {
            kt_why_compare(list, told[i].column, told[i].number, kt_why_cell(of, told[i].column));
        }
    }
}

static kt_status explain(const kt_why *of, kt_curve_line *line, kt_period period, kt_error *err)
{
    const kt_curve_ask *ask = line->ask;
    KT_TRY(kt_curve_line_make(of->config, line, of->arena, err));
    (void)kt_why_section(
        of, "made_from",
        json_string(kt_arena_print(of->arena,
                                   "%s, %s and %s of the table %s, in the row's period and, for "
                                   "segments and index, in all others",
                                   ask->of[KT_CURVE_UNEMPLOYED], ask->of[KT_CURVE_VACANCIES],
                                   ask->of[KT_CURVE_LABOUR_FORCE], ask->table)));
    if (line->reason != NULL) {
        (void)kt_why_section(of, "without_shift", json_string(line->reason));
    }
    compare(of, line, (size_t)(period.index - line->first.index));
    return KT_OK;
}

kt_status kt_why_beveridge(const kt_why *of, kt_error *err)
{
    kt_period period;
    kt_curve_lines lines;
    const kt_panel_place place = {.folder = kt_path_join(of->arena, of->run.folder, "csv"),
                                  .parts = kt_path_join(of->arena, of->workspace, "store/months"),
                                  .threads = of->config->analysis.threads};
    if (!kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    KT_TRY(kt_curve_lines_read(of->config, &place, of->arena, &lines, err));
    for (size_t i = 0; i < lines.count; i++) {
        kt_curve_line *line = &lines.at[i];
        const int at = period.index - line->first.index;
        if (is_asked(of, line, period) && at >= 0 && (size_t)at < line->count) {
            return explain(of, line, period, err);
        }
    }
    (void)kt_why_section(of, "inputs",
                         json_string("the configuration of today draws no such curve"));
    return KT_OK;
}
