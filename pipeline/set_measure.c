/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/set_measure.h"

#include <string.h>

#include "core/number.h"
#include "core/text.h"

/* A parameter as a command line would give it; NULL for what is no parameter's value. */
static const char *text_of(kt_json place)
{
    char number[KT_NUMBER_SIZE];
    if (json_is_boolean(place.value)) {
        return json_is_true(place.value) ? "true" : "false";
    }
    if (json_is_number(place.value)) {
        (void)kt_number_write(json_number_value(place.value), number);
        return kt_arena_copy(place.arena, number);
    }
    return kt_json_text(place);
}

static void read_param(kt_json place, const kt_param *param, kt_param_value *out, kt_text *method)
{
    kt_error fault = {0};
    const bool given = !kt_json_absent(place);
    const char *text = given ? text_of(place) : NULL;
    if (given && text == NULL) {
        return;
    }
    if (kt_param_read(param, text, out, &fault) != KT_OK) {
        kt_json_wrong(place, "%s", fault.message);
    } else if (given) {
        kt_text_print(method, " %s=%s", param->name, text);
    }
}

void kt_set_measure_read(kt_json place, const kt_measure *measure, kt_set_measure *out)
{
    const char *keys[KT_MEASURE_PARAMS + 1] = {0};
    const size_t count = kt_measure_param_count(measure);
    *out = (kt_set_measure){.measure = measure};
    for (size_t i = 0; i < count; i++) {
        keys[i] = measure->params[i].name;
    }
    if (!kt_json_absent(place) && kt_json_object(place)) {
        kt_json_only(place, keys);
    }
    kt_text method = {0};
    kt_text_print(&method, "%s/%d", measure->id, measure->version);
    for (size_t i = 0; i < count; i++) {
        read_param(kt_json_member(place, keys[i]), &measure->params[i], &out->params[i], &method);
    }
    out->method = kt_arena_copy(place.arena, method.bytes);
    kt_text_free(&method);
}

kt_status kt_set_measure_run(const kt_set_measure *set, const kt_group *group, kt_arena *arena,
                             kt_findings **out, kt_error *err)
{
    return kt_measure_run(set->measure, group, set->params, arena, out, err);
}

size_t kt_measure_input_at(const kt_measure *measure, const char *name)
{
    size_t at = 0;
    while (at < KT_MEASURE_COLUMNS &&
           (measure->inputs[at].name == NULL || strcmp(measure->inputs[at].name, name) != 0)) {
        at++;
    }
    return at;
}

size_t kt_measure_result_at(const kt_measure *measure, const char *name)
{
    size_t at = 0;
    while (at < KT_MEASURE_COLUMNS &&
           (measure->results[at].name == NULL || strcmp(measure->results[at].name, name) != 0)) {
        at++;
    }
    return at;
}
