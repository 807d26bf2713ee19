/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_list.h"

#include <string.h>

#include "analysis/measure.h"
#include "core/cleanup.h"
#include "core/json.h"
#include "core/number.h"

#define LINE   98
#define INDENT 14 /* of text beside its label */

static const char *kind_of(const kt_input *input)
{
    static const char *const kinds[] = {[KT_INPUT_KEY] = "key",
                                        [KT_INPUT_PERIOD] = "period",
                                        [KT_INPUT_COUNT] = "count",
                                        [KT_INPUT_NUMBER] = "number"};
    return kinds[input->kind];
}

static const char *kind_of_param(const kt_param *param)
{
    static const char *const kinds[] = {[KT_PARAM_NUMBER] = "number",
                                        [KT_PARAM_INTEGER] = "integer",
                                        [KT_PARAM_CHOICE] = "choice",
                                        [KT_PARAM_PERIODS] = "periods"};
    return kinds[param->kind];
}

/* Characters of UTF-8 text. */
static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length; i++) {
        width += ((unsigned char)text[i] & 0xC0U) != 0x80U;
    }
    return width;
}

/* Words in lines of at most LINE characters, each under the first. text NULL: none, as in a
 * kt_text that nothing was put into. */
static void put_lines(kt_text *out, const char *label, const char *text)
{
    kt_text_print(out, "  %-11s", label);
    size_t at = INDENT - 1;
    for (const char *word = text != NULL ? text : ""; *word != '\0';) {
        const size_t length = strcspn(word, " ");
        const size_t width = width_of(word, length);
        if (at + 1 + width > LINE && at >= INDENT) {
            kt_text_print(out, "\n%*s", INDENT - 1, "");
            at = INDENT - 1;
        }
        kt_text_print(out, " %.*s", (int)length, word);
        at += 1 + width;
        word += length + strspn(word + length, " ");
    }
    kt_text_put_char(out, '\n');
}

static void put_inputs(kt_text *out, const kt_measure *measure)
{
    KT_AUTO(text) kt_text line = {0};
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        const kt_input *input = &measure->inputs[i];
        kt_text_print(&line, "%s%s%s%s%s", i == 0 ? "" : ", ", input->name,
                      input->many ? "[_*]" : "", input->ranged ? " (and _low, _high)" : "",
                      input->optional ? " (optional)" : "");
    }
    put_lines(out, "inputs", line.bytes);
}

static void put_params(kt_text *out, const kt_measure *measure)
{
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        const kt_param *param = &measure->params[i];
        KT_AUTO(text) kt_text line = {0};
        kt_text_print(&line, "%s: %s", param->name, param->meaning);
        if (param->choices != NULL) {
            kt_text_print(&line, " (%s)", param->choices);
        }
        if (param->fallback != NULL && *param->fallback != '\0') {
            kt_text_print(&line, "; default %s", param->fallback);
        }
        put_lines(out, "parameter", line.bytes);
    }
}

static void put_results(kt_text *out, const kt_measure *measure)
{
    KT_AUTO(text) kt_text line = {0};
    if (measure->key_name != NULL) {
        kt_text_print(&line, "per %s: ", measure->key_name);
    }
    for (size_t i = 0; i < kt_measure_result_count(measure); i++) {
        const kt_result *result = &measure->results[i];
        kt_text_print(&line, "%s%s", i == 0 ? "" : ", ", result->name);
        if (result->unit != NULL && result->unit[0] != '\0') {
            kt_text_print(&line, " (%s)", result->unit);
        }
    }
    put_lines(out, "results", line.bytes);
}

static void put_measure(kt_text *out, const kt_measure *measure)
{
    kt_text_print(out, "%s  %s\n", measure->id, measure->name_en);
    put_lines(out, "definition", measure->definition_en);
    put_inputs(out, measure);
    put_params(out, measure);
    put_results(out, measure);
    put_lines(out, "formula", measure->formula);
    put_lines(out, "reference", measure->reference);
}

static void put_words(kt_text *out, const char *name, const char *fi, const char *sv,
                      const char *en)
{
    kt_text_print(out, "\"%s\":{", name);
    kt_json_put_member(out, "fi", fi);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "sv", sv);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "en", en);
    kt_text_put_char(out, '}');
}

static void put_json_inputs(kt_text *out, const kt_measure *measure)
{
    kt_text_put(out, "\"inputs\":[");
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        const kt_input *input = &measure->inputs[i];
        kt_text_put(out, i == 0 ? "{" : ",{");
        kt_json_put_member(out, "name", input->name);
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "kind", kind_of(input));
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "unit", input->unit);
        kt_text_print(out, ",\"optional\":%s,\"ranged\":%s,\"many\":%s}",
                      input->optional ? "true" : "false", input->ranged ? "true" : "false",
                      input->many ? "true" : "false");
    }
    kt_text_put(out, "],");
}

static void put_limits(kt_text *out, const kt_param *param)
{
    char least[KT_NUMBER_SIZE];
    char most[KT_NUMBER_SIZE];
    const bool limited = param->least != 0.0 || param->most != 0.0;
    if (limited && kt_number_write(param->least, least) > 0) {
        kt_text_print(out, ",\"least\":%s", least);
    }
    if (limited && kt_number_write(param->most, most) > 0) {
        kt_text_print(out, ",\"most\":%s", most);
    }
    kt_text_print(out, ",\"open\":%s", param->open ? "true" : "false");
}

static void put_json_params(kt_text *out, const kt_measure *measure)
{
    kt_text_put(out, "\"parameters\":[");
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        const kt_param *param = &measure->params[i];
        kt_text_put(out, i == 0 ? "{" : ",{");
        kt_json_put_member(out, "name", param->name);
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "kind", kind_of_param(param));
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "choices", param->choices);
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "default", param->fallback);
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "meaning", param->meaning);
        put_limits(out, param);
        kt_text_put_char(out, '}');
    }
    kt_text_put(out, "],");
}

static void put_json_results(kt_text *out, const kt_measure *measure)
{
    kt_text_put(out, "\"results\":[");
    for (size_t i = 0; i < kt_measure_result_count(measure); i++) {
        kt_text_put(out, i == 0 ? "{" : ",{");
        kt_json_put_member(out, "name", measure->results[i].name);
        kt_text_put_char(out, ',');
        kt_json_put_member(out, "unit", measure->results[i].unit);
        kt_text_put_char(out, '}');
    }
    kt_text_put(out, "],");
}

static void put_json_measure(kt_text *out, const kt_measure *measure)
{
    kt_text_put_char(out, '{');
    kt_json_put_member(out, "id", measure->id);
    kt_text_print(out, ",\"version\":%d,", measure->version);
    put_words(out, "name", measure->name_fi, measure->name_sv, measure->name_en);
    kt_text_put_char(out, ',');
    put_words(out, "definition", measure->definition_fi, measure->definition_sv,
              measure->definition_en);
    kt_text_put_char(out, ',');
    put_json_inputs(out, measure);
    put_json_params(out, measure);
    kt_json_put_member(out, "key", measure->key_name);
    kt_text_put_char(out, ',');
    put_json_results(out, measure);
    kt_json_put_member(out, "formula", measure->formula);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "reference", measure->reference);
    kt_text_put_char(out, '}');
}

void kt_measure_list(kt_text *out, bool json)
{
    const kt_measure *measure = NULL;
    kt_text_put(out, json ? "[" : "");
    for (size_t i = 0; (measure = kt_measure_at(i)) != NULL; i++) {
        kt_text_put(out, i == 0 ? "" : (json ? ",\n" : "\n"));
        if (json) {
            put_json_measure(out, measure);
        } else {
            put_measure(out, measure);
        }
    }
    kt_text_put(out, json ? "]\n" : "");
}
