/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "warning_rows.h"
#include "why/why.h"

/* The position of the row's series; the count of series if the run has none. */
static size_t find_series(const kt_why *of, const kt_warnings *all)
{
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_warning_series *series = &all->series[i];
        bool same = strcmp(series->name, kt_why_cell(of, "signal")) == 0;
        for (int word = KT_SERIES_REGION_LEVEL; same && word < KT_SERIES_INDICATOR; word++) {
            same = strcmp(series->is->word[word], kt_why_cell(of, kt_series_words[word])) == 0;
        }
        if (same) {
            return i;
        }
    }
    return all->series_count;
}

static void put_month(json_t *list, const kt_figure_series *is, int at)
{
    char name[KT_PERIOD_SIZE];
    const bool inside = at >= 0 && (size_t)at < is->count;
    const kt_obs obs = inside ? is->at[at].obs : KT_OBS_NOT_COLLECTED;
    const char letter[] = {kt_obs_letter(obs), '\0'};
    const kt_period period = {is->first.frequency, is->first.index + at};
    json_t *row = json_object();
    kt_why_put_text(row, "time_period", kt_period_write(period, name));
    kt_why_put_number(row, "value", inside ? is->at[at].is.value : NAN);
    kt_why_put_text(row, "status", letter);
    json_array_append_new(list, row);
}

/* The months of the four years, the oldest first. */
static void put_inputs(const kt_why *of, const kt_figure_series *is, kt_period period)
{
    json_t *list = kt_why_section(of, "inputs", json_array());
    const int at = period.index - is->first.index;
    const int months = (int)of->config->early_warning.months;
    for (int year = KT_WARNING_YEARS; year >= 0; year--) {
        for (int month = months - 1; month >= 0; month--) {
            put_month(list, is, at - year * (int)is->first.frequency - month);
        }
    }
}

static void compare(const kt_why *of, const kt_warnings *all, size_t series, kt_period period)
{
    const kt_warning_series *one = &all->series[series];
    const kt_warning_row *row = kt_warning_find(one, period);
    kt_warning *found = kt_arena_array(of->arena, kt_warning, all->series_count + 1);
    kt_warnings_weigh(all, period, of->arena, found);
    json_t *list = kt_why_recomputed(of);
    kt_why_compare(list, "value", kt_warning_shown(all, one, row->now), kt_why_cell(of, "value"));
    if (row->reason != KT_WARNING_WEIGHED) {
        (void)kt_why_section(of, "not_weighed", json_string(kt_warning_reason_word(row->reason)));
        return;
    }
    kt_why_compare(list, "usual_low", kt_warning_shown(all, one, found[series].low),
                   kt_why_cell(of, "usual_low"));
    kt_why_compare(list, "usual_high", kt_warning_shown(all, one, found[series].high),
                   kt_why_cell(of, "usual_high"));
    kt_why_compare(list, "q_value", found[series].q_value, kt_why_cell(of, "q_value"));
}

static size_t weighed_beside(const kt_warnings *all, size_t series, kt_period period)
{
    size_t count = 0;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_warning_row *row = all->series[i].signal == all->series[series].signal
                                        ? kt_warning_find(&all->series[i], period)
                                        : NULL;
        count += row != NULL && row->reason == KT_WARNING_WEIGHED ? 1 : 0;
    }
    return count;
}

kt_status kt_why_early_warning(const kt_why *of, kt_error *err)
{
    const kt_panel_place place = {.folder = kt_path_join(of->arena, of->run.folder, "csv"),
                                  .parts = kt_path_join(of->arena, of->workspace, "store/months"),
                                  .threads = of->config->analysis.threads};
    kt_period period;
    kt_warnings all;
    if (!kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    KT_TRY(kt_warnings_make(of->config->contract, &of->config->early_warning, &place, of->arena,
                            &all, err));
    const size_t at = find_series(of, &all);
    if (at == all.series_count || kt_warning_find(&all.series[at], period) == NULL) {
        (void)kt_why_section(of, "inputs",
                             json_string("the configuration of today asks for no such signal"));
        return KT_OK;
    }
    (void)kt_why_section(
        of, "made_from",
        json_string(kt_arena_print(of->arena,
                                   "%zu months of the row and the same of %d years before, against "
                                   "the spread of %zu cells of the signal",
                                   of->config->early_warning.months, KT_WARNING_YEARS,
                                   weighed_beside(&all, at, period))));
    put_inputs(of, all.series[at].is, period);
    compare(of, &all, at, period);
    return KT_OK;
}
