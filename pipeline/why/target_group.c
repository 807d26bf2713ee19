/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "target_group_rows.h"
#include "why/why.h"

/* A row of the table, and where its figures stand. */
typedef struct place {
    const kt_why *of;
    const kt_why_month *month;
    const kt_target_group *group;
    size_t region;
} place;

/* The run has every table that was there. */
static const kt_source *giver_of(const kt_why *of)
{
    const size_t sources = of->config->source_count;
    bool *there = kt_arena_array(of->arena, bool, sources + 1);
    for (size_t i = 0; i < of->run.source_count; i++) {
        there[kt_config_source(of->config, of->run.sources[i].id)] = true;
    }
    const size_t at = kt_target_group_giver(of->config, there);
    return at == sources ? NULL : of->config->sources[at];
}

static kt_published_figure figure_of(const place *in, const kt_target_group *group)
{
    const kt_marked_month month = kt_why_marked(in->of, in->month);
    return kt_target_group_figure(group, &month, in->region);
}

/* The parts of a sum, each of which is a group of its own, and how much of it is hidden. */
static void put_parts(const place *in)
{
    const kt_marked_month month = kt_why_marked(in->of, in->month);
    json_t *list = kt_why_section(in->of, "inputs", json_array());
    for (size_t i = 0; kt_target_group_at(i) != NULL; i++) {
        const kt_target_group *part = kt_target_group_at(i);
        const kt_measure_spec *spec = kt_source_measure(in->month->source, part->measure);
        if (spec == NULL || !kt_target_group_has_part(in->group, spec)) {
            continue;
        }
        const kt_published_figure one = figure_of(in, part);
        const char letter[] = {kt_obs_letter(one.obs), '\0'};
        json_t *row = json_object();
        kt_why_put_text(row, "group_code", part->code);
        kt_why_put_number(row, "persons", one.is.value);
        kt_why_put_number(row, "persons_low", one.is.low);
        kt_why_put_number(row, "persons_high", one.is.high);
        kt_why_put_text(row, "persons_status", letter);
        json_array_append_new(list, row);
    }
    if (in->month->known != NULL) {
        kt_why_put_share(in->of, kt_why_section(in->of, "sum", json_object()), "persons",
                         kt_target_group_share(in->group, &month, in->region));
    }
    kt_why_compare(kt_why_recomputed(in->of), "persons", figure_of(in, in->group).is.value,
                   kt_why_cell(in->of, "persons"));
}

static void compare_share(const place *in)
{
    const char *share = kt_why_cell(in->of, "share_of_unemployed");
    json_t *list = json_object_get(in->of->answer, "recomputed");
    if (share[0] != '\0' && list != NULL) {
        const kt_published_figure all = figure_of(in, kt_target_group_find("unemployed"));
        kt_why_compare(list, "share_of_unemployed",
                       figure_of(in, in->group).is.value / all.is.value, share);
    }
}

static void explain(const place *in)
{
    const kt_why_figure figure = {
        .measure = in->group->measure, .column = "persons", .status = "obs_status"};
    if (in->group->is_sum) {
        put_parts(in);
    } else {
        kt_why_members(in->of, in->month, &figure, 1);
    }
    compare_share(in);
}

kt_status kt_why_target_group(const kt_why *of, kt_error *err)
{
    const kt_source *source = giver_of(of);
    const kt_rollup_line *regions = NULL;
    kt_why_month month = {.reason = "no source of today's configuration counts groups"};
    place in = {.of = of, .group = kt_target_group_find(kt_why_cell(of, "group_code"))};
    (void)err;
    if (source != NULL) {
        kt_why_month_open(of, source->id, kt_why_cell(of, "time_period"), NAN, &month);
        (void)kt_why_section(of, "source", json_string(source->id));
    }
    if (month.reason == NULL) {
        const size_t count = kt_rollup_regions(month.rollup, &regions);
        in.region = kt_rollup_line_find(regions, count, kt_why_cell(of, "region_level"),
                                        kt_why_cell(of, "region_code"));
        month.reason = in.group == NULL || in.region == KT_NO_CODE
                           ? "the configuration of today has no such row"
                           : NULL;
    }
    if (month.reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(month.reason));
        return KT_OK;
    }
    in.month = &month;
    explain(&in);
    return KT_OK;
}
