/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "flows.h"
#include "why/why.h"

/* What is behind the measure's name is a code of the group dimension. */
static const char *group_of(const kt_measure_spec *spec, const char *flow)
{
    const size_t length = strlen(spec->measure);
    return flow[length] == '\0' ? NULL : flow + length + 1;
}

/* A source's flow of a longer name, or a group that its table does not have, is another flow. */
static bool has_group(const kt_why_month *month, const kt_why_figure *figure)
{
    return figure->group == NULL ||
           (month->reason == NULL &&
            kt_codes_find(month->cube->codes[KT_ROLE_GROUP], figure->group) != KT_NO_CODE);
}

/* Whether the month has a figure of the row in that source; of several the first one gives it. */
static bool is_collected(const kt_why *of, const kt_why_month *month, const kt_why_figure *figure)
{
    const kt_rollup_line *regions = NULL;
    const kt_rollup_line *occupations = NULL;
    const size_t region_count = kt_rollup_regions(month->rollup, &regions);
    const size_t occupation_count = kt_rollup_occupations(month->rollup, &occupations);
    const size_t region = kt_rollup_line_find(
        regions, region_count, kt_why_cell(of, "region_level"), kt_why_cell(of, "region_code"));
    const size_t occupation =
        kt_rollup_line_find(occupations, occupation_count, kt_why_cell(of, "occupation_level"),
                            kt_why_cell(of, "occupation_code"));
    const size_t measure = kt_codes_find(month->slab->codes[KT_ROLE_MEASURE], figure->measure);
    if (region == KT_NO_CODE || occupation == KT_NO_CODE || measure == KT_NO_CODE) {
        return false;
    }
    const kt_cube *slab = month->slab;
    const size_t first = measure * slab->stride[KT_ROLE_MEASURE] +
                         region * slab->stride[KT_ROLE_REGION] +
                         occupation * slab->stride[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < slab->stride[KT_ROLE_OCCUPATION]; i++) {
        if (slab->status[first + i] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

kt_status kt_why_flow(const kt_why *of, kt_error *err)
{
    const char *flow = kt_why_cell(of, "flow");
    kt_why_month giver = {.reason = "no source of today's configuration has such a flow"};
    kt_why_figure figure = {.column = "value", .status = "obs_status"};
    bool collected = false;
    (void)err;
    for (size_t i = 0; i < of->config->source_count && !collected; i++) {
        const kt_measure_spec *spec = kt_flow_measure(of->config->sources[i], flow);
        if (spec == NULL) {
            continue;
        }
        kt_why_month month;
        kt_why_month_open(of, of->config->sources[i]->id, kt_why_cell(of, "time_period"), NAN,
                          &month);
        const kt_why_figure one = {.measure = spec->measure,
                                   .group = group_of(spec, flow),
                                   .column = figure.column,
                                   .status = figure.status};
        if (!has_group(&month, &one)) {
            continue;
        }
        collected = month.reason == NULL && is_collected(of, &month, &one);
        if (collected || figure.measure == NULL) {
            giver = month;
            figure = one;
        }
    }
    if (giver.source != NULL) {
        (void)kt_why_section(of, "source", json_string(giver.source->id));
    }
    kt_why_members(of, &giver, &figure, 1);
    return KT_OK;
}
