/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FLOWS_H
#define KT_PIPELINE_FLOWS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/source.h"
#include "publish/dims.h"

/**
 * The flows that the table `flows` can have: what happened during a period, as registers count it.
 * A source feeds the table by a measure of one of these names. A flow of a group (spells that ended
 * in employment) has its group behind its name, be the group a content or a code of a variable.
 */
typedef struct kt_flow {
    const char *measure;
    kt_words name;
    kt_words definition; /* one sentence: what it counts and does not; a source's own comes first */
    const char *unit;    /* posts, days, spells, persons */
} kt_flow;

/** The flow of that measure (without its group), or NULL. */
const kt_flow *kt_flow_find(const char *measure);

/** A code of the source's group dimension, KT_TOTAL where it stands for all groups. */
const char *kt_flow_group(const kt_source *source, const char *code);

/** The name in column `flow` of a measure and of such a code. */
const char *kt_flow_name(const kt_measure_spec *spec, const char *group, kt_arena *arena);

/** The spec of the source's measure whose name in column `flow` begins so, or NULL. */
const kt_measure_spec *kt_flow_measure(const kt_source *source, const char *flow);

/** True if some measure of the source is a flow. */
bool kt_feeds_flows(const kt_source *source);

/** What it counts, in three languages: as its source says, else as the flow is defined. */
const kt_words *kt_flow_definition(const kt_measure_spec *spec);

#endif
