/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_params.h"

#include <string.h>

#include "core/csv.h"
#include "core/number.h"

#define VALUE_LIMIT       1000
#define COMBINATION_LIMIT 100000

static size_t position_of(const kt_measure *measure, const char *name)
{
    const size_t count = kt_measure_param_count(measure);
    size_t at = 0;
    while (at < count && strcmp(measure->params[at].name, name) != 0) {
        at++;
    }
    return at;
}

static kt_status unknown_param(const kt_measure *measure, const char *name, kt_arena *arena,
                               kt_error *err)
{
    const char *known = "";
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        known = kt_arena_print(arena, "%s%s%s", known, i == 0 ? "" : ", ", measure->params[i].name);
    }
    return kt_fail(err, KT_ERR_USAGE, "%s has no parameter \"%s\"; it has %s", measure->id, name,
                   known[0] == '\0' ? "none" : known);
}

static kt_status add_value(kt_param_grid *grid, size_t at, const char *text, kt_arena *arena,
                           kt_error *err)
{
    if (grid->counts[at] == VALUE_LIMIT) {
        return kt_fail(err, KT_ERR_USAGE, "more than %d values for %s", VALUE_LIMIT,
                       grid->measure->params[at].name);
    }
    if (grid->values[at] == NULL) {
        grid->values[at] = kt_arena_array(arena, kt_param_value, VALUE_LIMIT);
    }
    KT_TRY(
        kt_param_read(&grid->measure->params[at], text, &grid->values[at][grid->counts[at]], err));
    grid->counts[at]++;
    return KT_OK;
}

static kt_status add_values(kt_param_grid *grid, size_t at, const char *text, kt_arena *arena,
                            kt_error *err)
{
    for (const char *comma = strchr(text, ','); comma != NULL; comma = strchr(text, ',')) {
        KT_TRY(
            add_value(grid, at, kt_arena_copy_n(arena, text, (size_t)(comma - text)), arena, err));
        text = comma + 1;
    }
    return add_value(grid, at, text, arena, err);
}

static kt_status read_word(kt_param_grid *grid, const char *word, kt_arena *arena, kt_error *err)
{
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        return kt_fail(err, KT_ERR_USAGE, "--param: expected NAME=VALUE, found \"%s\"", word);
    }
    const char *name = kt_arena_copy_n(arena, word, (size_t)(equals - word));
    const size_t at = position_of(grid->measure, name);
    if (at == grid->param_count) {
        return unknown_param(grid->measure, name, arena, err);
    }
    return add_values(grid, at, equals + 1, arena, err);
}

kt_status kt_param_grid_read(const kt_measure *measure, const char *const *words, size_t count,
                             kt_arena *arena, kt_param_grid *out, kt_error *err)
{
    *out = (kt_param_grid){
        .measure = measure, .param_count = kt_measure_param_count(measure), .combinations = 1};
    for (size_t i = 0; i < count; i++) {
        KT_TRY(read_word(out, words[i], arena, err));
    }
    for (size_t i = 0; i < out->param_count; i++) {
        const bool given = out->counts[i] > 0;
        KT_TRY(given ? KT_OK : add_value(out, i, NULL, arena, err));
        out->combinations *= out->counts[i];
        if (out->combinations > COMBINATION_LIMIT) {
            return kt_fail(err, KT_ERR_USAGE, "more than %d combinations of parameters",
                           COMBINATION_LIMIT);
        }
    }
    return KT_OK;
}

void kt_param_grid_at(const kt_param_grid *grid, size_t at, kt_param_value *values)
{
    for (size_t i = grid->param_count; i-- > 0;) {
        values[i] = grid->values[i][at % grid->counts[i]];
        at /= grid->counts[i];
    }
}

void kt_param_put(kt_text *line, kt_param_value value)
{
    char number[KT_NUMBER_SIZE];
    if (value.text == NULL) {
        (void)kt_number_write(value.number, number);
    }
    kt_csv_put(line, value.text == NULL ? number : value.text, ',', false);
}
