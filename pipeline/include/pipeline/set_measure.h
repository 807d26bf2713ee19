/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SET_MEASURE_H
#define KT_PIPELINE_SET_MEASURE_H

#include "analysis/measure.h"
#include "core/json.h"

/**
 * A measure of the registry with the parameters that a configuration gives it: what `kohtaanto
 * measure` computes from the same figures is what is published.
 */
typedef struct kt_set_measure {
    const kt_measure *measure;
    kt_param_value params[KT_MEASURE_PARAMS];
    const char *method; /* "stl/1 robust=true s_window=13": the parameters given, in its order */
} kt_set_measure;

/**
 * Reads an object of parameters, texts, numbers or booleans; absent: every one as the measure has
 * it. What the measure does not take goes to problems.
 */
void kt_set_measure_read(kt_json place, const kt_measure *measure, kt_set_measure *out);

/** Computes one group; as kt_measure_run. */
kt_status kt_set_measure_run(const kt_set_measure *set, const kt_group *group, kt_arena *arena,
                             kt_findings **out, kt_error *err) KT_MUST_CHECK;

/** The position of an input, result or parameter of that name; KT_MEASURE_COLUMNS or more if the
 * measure has none. */
size_t kt_measure_input_at(const kt_measure *measure, const char *name);
size_t kt_measure_result_at(const kt_measure *measure, const char *name);

#endif
