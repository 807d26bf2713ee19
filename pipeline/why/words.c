/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "publish/lines.h"
#include "transform/margins.h"
#include "why/why.h"

const char *kt_why_status_words(kt_obs obs)
{
    static const char *const words[] = {
        [KT_OBS_OBSERVED] = "observed, or computed from observed figures alone",
        [KT_OBS_PROVISIONAL] = "provisional: at the source, or corrected by us",
        [KT_OBS_ESTIMATED] = "made with figures that the source hides; the truth is in its range",
        [KT_OBS_IMPOSSIBLE] = "cannot exist",
        [KT_OBS_NOT_COLLECTED] = "not collected: the table does not carry it",
        [KT_OBS_MISSING] = "missing at the source",
        [KT_OBS_PROTECTED] = "hidden: the source hides it, or it would tell what the source hides",
        [KT_OBS_BREAK] = "a break: not comparable with the period before",
    };
    return words[obs];
}

/* What a part of a method text says; one that begins so where it ends in "=" or "/". */
static const struct {
    const char *part, *words;
} method_parts[] = {
    {"points=" KT_FILLING_METHOD,
     "hidden figures are whole numbers that keep every margin, closest to the pattern of the "
     "neighbouring months (least squares)"},
    {"range=box",
     "the range holds every cell at its own ends: never too narrow, not the narrowest"},
    {"range=dual",
     "the range is certified: no filling of the hidden cells that keeps all margins lies outside "
     "it (Lagrangian bound)"},
    {"range=none", "nothing is hidden in the market: the range is the value"},
    {"unallocated=up_to",
     "the second range: any number of the vacancies without a region placed anywhere in the scope, "
     "their occupation kept, for they may lie outside it too"},
    {"unallocated=all",
     "the second range: vacancies without a region placed anywhere, their occupation kept, hidden "
     "figures at their points"},
    {"error=limit", "the closed form of the model error is infinite here: what a bootstrap of "
                    "these counts tends to"},
    {"alpha=", "the exponent of vacancies"},
    {"modelled", "the figures are modelled, not official"},
};

static const char *words_of_part(const char *part)
{
    for (size_t i = 0; i < sizeof method_parts / sizeof method_parts[0]; i++) {
        if (kt_text_starts(part, method_parts[i].part)) {
            return method_parts[i].words;
        }
    }
    return NULL;
}

json_t *kt_why_method_words(const char *method, kt_arena *arena)
{
    json_t *lines = json_array();
    while (*method != '\0') {
        const size_t length = strcspn(method, " ");
        const char *part = kt_arena_copy_n(arena, method, length);
        const char *words = words_of_part(part);
        method += length + (method[length] == ' ' ? 1 : 0);
        if (words != NULL) {
            json_array_append_new(lines, json_string(kt_arena_print(arena, "%s: %s", part, words)));
        }
    }
    return lines;
}

void kt_why_put_cell(json_t *row, const kt_column *column, const char *cell)
{
    double number = 0.0;
    if (kt_column_is_number(column) && kt_number_read(cell, strlen(cell), &number)) {
        kt_why_put_number(row, column->name, number);
    } else {
        kt_why_put_text(row, column->name, cell[0] == '\0' ? NULL : cell);
    }
}

void kt_why_add_row(const kt_why *of)
{
    json_t *row = kt_why_section(of, "row", json_object());
    for (size_t i = 0; i < of->schema->column_count; i++) {
        kt_why_put_cell(row, &of->schema->columns[i], of->cells[i]);
    }
    const char *method = kt_why_cell(of, "method");
    json_t *lines = kt_why_method_words(method, of->arena);
    if (json_array_size(lines) > 0) {
        (void)kt_why_section(of, "method", lines);
    } else {
        json_decref(lines);
    }
}

/* The rows of `dim_indicator` while they are read. */
typedef struct indicators {
    const kt_why *of;
    const kt_schema *schema;
    json_t *section;
} indicators;

/* "stl/1 s_window=13" is the method of stl. */
static bool is_method_of(const kt_why *of, const char *code)
{
    const char *method = kt_why_cell(of, "method");
    const size_t length = strlen(code);
    return strncmp(method, code, length) == 0 && method[length] == '/';
}

/* An indicator speaks of the row if the row, its table, its method or one of its columns has that
 * name. */
static bool is_spoken_of(const kt_why *of, const char *code)
{
    const bool column = kt_schema_column(of->schema, code) != KT_NO_COLUMN &&
                        strcmp(of->schema->table, "mismatch") != 0;
    const char *measure = kt_why_cell(of, "measure");
    return column || is_method_of(of, code) || strcmp(kt_why_cell(of, "indicator"), code) == 0 ||
           strcmp(measure[0] == '\0' ? of->schema->table : measure, code) == 0 ||
           (strcmp(of->schema->table, "dim_indicator") == 0 &&
            strcmp(kt_why_cell(of, "code"), code) == 0);
}

static kt_status take_indicator(void *context, size_t number, const char *const *cells,
                                const size_t *lengths, kt_error *err)
{
    static const char *const shown[] = {"name_en", "unit", "formula", "definition_en", "reference"};
    static const char *const names[] = {"name", "unit", "formula", "definition", "reference"};
    (void)number;
    (void)lengths;
    (void)err;
    const indicators *in = context;
    const size_t code = kt_schema_column(in->schema, "code");
    if (code == KT_NO_COLUMN || !is_spoken_of(in->of, cells[code])) {
        return KT_OK;
    }
    json_t *one = json_object();
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const size_t column = kt_schema_column(in->schema, shown[i]);
        if (column != KT_NO_COLUMN && cells[column][0] != '\0') {
            kt_why_put_text(one, names[i], cells[column]);
        }
    }
    json_object_set_new(in->section, cells[code], one);
    return KT_OK;
}

kt_status kt_why_add_formula(const kt_why *of, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(of->config->contract, "dim_indicator");
    if (schema == NULL) {
        return KT_OK;
    }
    indicators in = {.of = of, .schema = schema, .section = json_object()};
    const kt_table_events events = {.context = &in, .row = take_indicator};
    const char *path =
        kt_arena_print(of->arena, "%s/csv/dim_indicator/dim_indicator.csv", of->run.folder);
    const kt_status status = kt_lines_read(path, kt_canonical_lines, schema, &events, err);
    if (status == KT_OK && json_object_size(in.section) > 0) {
        (void)kt_why_section(of, "formula", in.section);
    } else {
        json_decref(in.section);
    }
    return status;
}
