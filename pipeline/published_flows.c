/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "published_flows.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const char *const all_occupations[] = {"_T"};
static const char *const value[] = {"value"};

kt_status kt_flow_panels_read(const kt_contract *contract, const kt_flow_question *question,
                              const kt_panel_place *place, kt_arena *arena, kt_flow_panels *out,
                              kt_error *err)
{
    const char **source = kt_arena_array(arena, const char *, 1);
    source[0] = question->source;
    const kt_panel_filter of_stocks[] = {{"source", (const char *const *)source, 1},
                                         {"region_level", question->levels, question->level_count},
                                         {"occupation_level", all_occupations, 1}};
    const kt_panel_filter of_flows[] = {{"flow", question->flows, question->flow_count},
                                        {"region_level", question->levels, question->level_count},
                                        {"occupation_level", all_occupations, 1}};
    const kt_panel_ask stocks = {.schema = kt_contract_find(contract, "observations"),
                                 .figures = question->stocks,
                                 .figure_count = question->stock_count,
                                 .filters = of_stocks,
                                 .filter_count = sizeof of_stocks / sizeof of_stocks[0]};
    const kt_panel_ask flows = {.schema = kt_contract_find(contract, "flows"),
                                .figures = value,
                                .figure_count = 1,
                                .filters = of_flows,
                                .filter_count = sizeof of_flows / sizeof of_flows[0]};
    kt_panel *read_stocks = NULL, *read_flows = NULL;
    if (stocks.schema == NULL || flows.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table observations, or none flows");
    }
    KT_TRY(kt_panel_read(&stocks, place, arena, &read_stocks, err));
    KT_TRY(kt_panel_read(&flows, place, arena, &read_flows, err));
    *out = (kt_flow_panels){read_stocks, read_flows, question->source};
    return KT_OK;
}

static kt_month_line find(const kt_panel *panel, const char *const *key, size_t figure)
{
    return (kt_month_line){kt_panel_find(panel, key, KT_MONTHLY), figure};
}

kt_month_line kt_stock_line(const kt_flow_panels *of, const char *level, const char *code,
                            size_t at)
{
    const char *const key[] = {of->source, level, code, "_T", "_T"};
    return find(of->stocks, key, at);
}

kt_month_line kt_flow_line(const kt_flow_panels *of, const char *level, const char *code,
                           const char *flow)
{
    const char *const key[] = {level, code, "_T", "_T", flow};
    return find(of->flows, key, 0);
}

kt_published_figure kt_month_figure(kt_month_line line, int month)
{
    return kt_panel_figure(line.line, line.figure, (kt_period){KT_MONTHLY, month});
}

double kt_month_number(kt_month_line line, int month)
{
    const kt_published_figure figure = kt_month_figure(line, month);
    return kt_obs_has_value(figure.obs) ? figure.is.value : NAN;
}

int kt_month_break(kt_month_line line)
{
    int newest = INT_MIN;
    for (size_t i = 0; line.line != NULL && i < line.line->count; i++) {
        if (line.line->of[line.figure][i].obs == KT_OBS_BREAK) {
            newest = line.line->first.index + (int)i;
        }
    }
    return newest;
}
