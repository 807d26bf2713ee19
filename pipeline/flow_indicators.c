/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/codes.h"
#include "flows.h"

/* Indicators, each once. */
typedef struct list {
    kt_indicator_words *at;
    size_t count, room;
    kt_codes *seen;
    kt_arena *arena;
} list;

static const char *with_group(const char *name, const char *group, kt_arena *arena)
{
    return group == NULL ? name : kt_arena_print(arena, "%s: %s", name, group);
}

static void add(list *to, const char *id, const kt_flow *flow, const char *group,
                const kt_words *definition)
{
    if (kt_codes_add(to->seen, id, NULL) == KT_NO_CODE) {
        return;
    }
    to->at = kt_arena_grow(to->arena, to->at, to->count, &to->room, sizeof *to->at);
    to->at[to->count++] = (kt_indicator_words){
        .id = id,
        .level = "flow",
        .name = {.fi = with_group(flow->name.fi, group, to->arena),
                 .sv = with_group(flow->name.sv, group, to->arena),
                 .en = with_group(flow->name.en, group, to->arena)},
        .definition = *definition,
        .unit = flow->unit,
    };
}

/* "long_term" of the group long_term, of the variable's code EMP "EMP", of both "long_term, EMP".
 */
static const char *group_of(const kt_measure_spec *spec, const char *code, kt_arena *arena)
{
    const char *content = strcmp(spec->group, KT_TOTAL) == 0 ? NULL : spec->group;
    const char *variable = strcmp(code, KT_TOTAL) == 0 ? NULL : code;
    if (content == NULL || variable == NULL) {
        return content == NULL ? variable : content;
    }
    return kt_arena_print(arena, "%s, %s", content, variable);
}

static void add_measure(list *to, const kt_source *source, const kt_measure_spec *spec,
                        const kt_codes *groups)
{
    const kt_flow *flow = kt_flow_find(spec->base);
    for (size_t i = 0; flow != NULL && i < kt_codes_count(groups); i++) {
        const char *code = kt_flow_group(source, kt_codes_at(groups, i));
        add(to, kt_flow_name(spec, code, to->arena), flow, group_of(spec, code, to->arena),
            kt_flow_definition(spec));
    }
}

size_t kt_flow_indicators(const kt_analysis_job *job, const kt_indicator_words **out)
{
    list found = {.arena = job->arena, .seen = kt_codes_new(job->arena)};
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        const kt_source *source = job->night->config->sources[i];
        for (size_t m = 0; job->cubes[i] != NULL && m < source->measure_count; m++) {
            add_measure(&found, source, &source->measures[m], job->cubes[i]->codes[KT_ROLE_GROUP]);
        }
    }
    *out = found.at;
    return found.count;
}
