/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TRANSFORM_SAMPLE_H
#define KT_TESTS_TRANSFORM_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/source.h"
#include "core/text.h"
#include "support/arena.h"
#include "transform/assemble.h"
#include "transform/classification.h"
#include "transform/reconcile.h"
#include "transform/rollup.h"

/** A small country, a source of it and replies, written in the test that needs them. */

/** The classifications of tests/fixtures, or of config. */
static inline const kt_classifications *load_classes(const char *folder, kt_arena *arena)
{
    kt_problems *problems = kt_problems_new(arena);
    const kt_classifications *all = kt_classifications_load(folder, arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(all);
    return all;
}

static inline const kt_classifications *sample_classes(kt_arena *arena)
{
    return load_classes(KT_ROOT "/tests/fixtures/classifications", arena);
}

static const char *sample_all[] = {"*"};
static const char *sample_area[] = {"Alue"};
static const char *sample_occupation[] = {"Ammatti"};
static const char *sample_contents[] = {"contentscode"};
static const char *sample_sector[] = {"Toimiala"};

/** A monthly table t1 of unemployed (U) and vacancies (V); with occupations if level is not NULL.
 */
static inline kt_source *sample_source(kt_arena *arena, const char *level)
{
    static kt_measure_spec measures[] = {
        {.measure = "unemployed", .group = "_T", .code = "U", .unit = "persons", .scale = 1.0},
        {.measure = "vacancies",
         .group = "_T",
         .code = "V",
         .unit = "posts",
         .scale = 1.0,
         .optional = true}};
    static kt_symbol_spec symbols[] = {
        {"...", KT_OBS_PROTECTED, false}, {"-", KT_OBS_OBSERVED, true},
        {"..", KT_OBS_MISSING, false},    {"p", KT_OBS_PROVISIONAL, false},
        {"m", KT_OBS_IMPOSSIBLE, false},  {"l", KT_OBS_NOT_COLLECTED, false},
        {"b", KT_OBS_BREAK, false}};
    static kt_unallocated_spec unallocated[] = {
        {"_X1", "kunta", "KUJOU"}, {"_X1", "maakunta", "MKJO"}, {"_X2", "maakunta", "MK91"}};
    kt_source *source = kt_arena_new(arena, kt_source);
    kt_variable_spec *variables = kt_arena_array(arena, kt_variable_spec, 4);
    variables[0] = (kt_variable_spec){.role = KT_ROLE_REGION,
                                      .names = sample_area,
                                      .name_count = 1,
                                      .want = sample_all,
                                      .want_count = 1,
                                      .total = "SSS"};
    variables[1] = (kt_variable_spec){
        .role = KT_ROLE_PERIOD, .is_time = true, .want = sample_all, .want_count = 1};
    variables[2] =
        (kt_variable_spec){.role = KT_ROLE_MEASURE, .names = sample_contents, .name_count = 1};
    variables[3] = (kt_variable_spec){.role = KT_ROLE_OCCUPATION,
                                      .names = sample_occupation,
                                      .name_count = 1,
                                      .want = sample_all,
                                      .want_count = 1,
                                      .total = "SSS",
                                      .unknown = "X*"};
    *source = (kt_source){.id = "t1",
                          .file = "t1.json",
                          .format = "json-stat2",
                          .frequency = KT_MONTHLY,
                          .variables = variables,
                          .variable_count = level == NULL ? 3 : 4,
                          .measures = measures,
                          .measure_count = 2,
                          .symbols = symbols,
                          .symbol_count = sizeof symbols / sizeof symbols[0],
                          .protected_low = 1,
                          .protected_high = 4,
                          .unallocated = unallocated,
                          .unallocated_count = 3,
                          .occupation_level = level};
    return source;
}

/** The same without occupations, with sectors of that revision. */
static inline kt_source *sample_sectors(kt_arena *arena, const char *revision)
{
    kt_source *source = sample_source(arena, NULL);
    source->variables[source->variable_count++] = (kt_variable_spec){.role = KT_ROLE_SECTOR,
                                                                     .names = sample_sector,
                                                                     .name_count = 1,
                                                                     .want = sample_all,
                                                                     .want_count = 1,
                                                                     .total = "SSS"};
    source->sector_revision = revision;
    return source;
}

/* Words of a text in a loop: each is copied, the text is left alone. */
static inline char *next_word(kt_arena *arena, const char **text)
{
    *text += strspn(*text, " ");
    const size_t length = strcspn(*text, " ");
    char *word = length == 0 ? NULL : kt_arena_copy_n(arena, *text, length);
    *text += length;
    return word;
}

/* One dimension, "Alue: SSS MK01", and how many codes it has. */
static inline size_t put_dimension(kt_text *text, const char *words, kt_arena *arena, kt_text *ids)
{
    size_t count = 0;
    const char *id = kt_arena_copy_n(arena, words, strcspn(words, ":"));
    kt_text_print(ids, "%s\"%s\"", ids->length > 0 ? "," : "", id);
    kt_text_print(text, "\"%s\":{\"category\":{\"index\":[", id);
    words += strlen(id) + 1;
    for (char *code = next_word(arena, &words); code != NULL; code = next_word(arena, &words)) {
        kt_text_print(text, "%s\"%s\"", count++ > 0 ? "," : "", code);
    }
    kt_text_put(text, "]}}");
    return count;
}

/* Figures, null, and anything else as a symbol; "5:p" is a figure with a symbol. */
static inline void put_cells(kt_text *text, const char *cells, kt_arena *arena)
{
    KT_AUTO(text) kt_text status = {0};
    kt_text_put(&status, "");
    size_t count = 0;
    for (char *word = next_word(arena, &cells); word != NULL; word = next_word(arena, &cells)) {
        char *symbol = strchr(word, ':');
        const bool number = word[strcspn(word, "0123456789")] != '\0' || strcmp(word, "null") == 0;
        if (symbol != NULL) {
            *symbol++ = '\0';
        } else if (!number) {
            symbol = word;
        }
        kt_text_print(text, "%s%s", count > 0 ? "," : "", number ? word : "null");
        if (symbol != NULL) {
            kt_text_print(&status, "%s\"%zu\":\"%s\"", status.length > 0 ? "," : "", count, symbol);
        }
        count++;
    }
    kt_text_print(text, "],\"status\":{%s}}", status.bytes);
}

/** "Alue: SSS MK01 | timeperiod_m: 2026M05 | contentscode: U V" and its cells, as JSON-stat. */
static inline const char *sample_reply(kt_arena *arena, const char *updated, const char *shape,
                                       const char *cells)
{
    KT_AUTO(text) kt_text text = {0};
    KT_AUTO(text) kt_text ids = {0};
    KT_AUTO(text) kt_text sizes = {0};
    kt_text_print(&text, "{\"version\":\"2.0\",\"class\":\"dataset\",\"dimension\":{");
    while (*shape != '\0') {
        const size_t length = strcspn(shape, "|");
        const char *words = kt_arena_copy_n(arena, shape, length);
        kt_text_put(&text, ids.length > 0 ? "," : "");
        const size_t count = put_dimension(&text, words + strspn(words, " "), arena, &ids);
        kt_text_print(&sizes, "%s%zu", sizes.length > 0 ? "," : "", count);
        shape += length + (shape[length] == '|');
    }
    kt_text_print(&text, "},\"id\":[%s],\"size\":[%s],", ids.bytes, sizes.bytes);
    if (updated != NULL) {
        kt_text_print(&text, "\"updated\":\"%s\",", updated);
    }
    kt_text_print(&text, "\"extension\":{\"px\":{\"tableid\":\"t1\"}},\"value\":[");
    put_cells(&text, cells, arena);
    return kt_arena_copy(arena, text.bytes);
}

static inline kt_status load_sample(void *context, size_t index, kt_arena *arena, kt_reply *out,
                                    kt_error *err)
{
    (void)err;
    const char *const *texts = context;
    const char *copy = kt_arena_copy(arena, texts[index]);
    *out = (kt_reply){"reply", copy, strlen(copy)};
    return KT_OK;
}

/** texts: of one reply its text's address. */
static inline kt_replies sample_replies(size_t count, const char **texts, bool *used)
{
    return (kt_replies){.count = count, .context = texts, .used = used};
}

static inline kt_status assemble_texts(const kt_source *source, kt_replies replies, kt_arena *arena,
                                       kt_cube **out, kt_error *err)
{
    replies.load = load_sample;
    return kt_assemble(source, &replies, arena, out, err);
}

/** The cube of one reply. */
static inline kt_cube *sample_cube(const kt_source *source, const char *text, kt_arena *arena)
{
    kt_cube *cube = NULL;
    kt_error err = {0};
    bool used = false;
    if (assemble_texts(source, (kt_replies){.count = 1, .context = &text, .used = &used}, arena,
                       &cube, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(cube);
    return cube;
}

static inline kt_rollup *sample_rollup(const kt_cube *cube, const kt_source *source,
                                       const kt_classifications *classes, kt_arena *arena)
{
    kt_rollup *rollup = NULL;
    kt_error err = {0};
    if (kt_rollup_new(cube, source, classes, arena, &rollup, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(rollup);
    return rollup;
}

static inline kt_reconcile_table sample_table(kt_cube *cube, const kt_source *source,
                                              const kt_classifications *classes, kt_arena *arena)
{
    return (kt_reconcile_table){.cube = cube,
                                .source = source,
                                .rollup = sample_rollup(cube, source, classes, arena),
                                .regions = &classes->regions};
}

/** Intervals and points of today's division; the checks of margins. */
static inline kt_checks sample_reconcile(kt_cube *cube, const kt_source *source,
                                         const kt_classifications *classes, kt_arena *arena)
{
    const kt_reconcile_table table = sample_table(cube, source, classes, arena);
    kt_reconciled made = {0};
    kt_error err = {0};
    if (kt_reconcile_intervals(&table, NULL, 0, arena, &made, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return made.checks;
}

static inline kt_cube *sample_slab(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                                   kt_arena *arena)
{
    kt_cube *slab = NULL;
    kt_error err = {0};
    assert_int_equal(kt_rollup_period(rollup, cube, period, arena, &slab, &err), KT_OK);
    return slab;
}

static inline size_t position_of(const kt_cube *cube, kt_role role, const char *code)
{
    const size_t position = code == NULL ? 0 : kt_codes_find(cube->codes[role], code);
    if (position == KT_NO_CODE) {
        print_error("no %s %s\n", kt_role_name(role), code);
        fail();
    }
    return position;
}

/** The cell of these codes; NULL is the first of a dimension. */
static inline size_t cell_at(const kt_cube *cube, const char *period, const char *measure,
                             const char *region, const char *occupation)
{
    const size_t at[KT_ROLES] = {position_of(cube, KT_ROLE_PERIOD, period),
                                 position_of(cube, KT_ROLE_MEASURE, measure),
                                 position_of(cube, KT_ROLE_REGION, region),
                                 position_of(cube, KT_ROLE_OCCUPATION, occupation)};
    return kt_cube_at(cube, at);
}

/** NAN: there is none. */
static inline bool is_near(double is, double expected)
{
    return isnan(expected) ? isnan(is) : fabs(is - expected) < 1e-9;
}

/** Fails unless the cell is that letter with that value and interval; of a cell without a value the
 * interval is not looked at. */
static inline void assert_cell(const kt_cube *cube, size_t cell, char letter, double value,
                               double low, double high)
{
    const bool same =
        kt_obs_letter((kt_obs)cube->status[cell]) == letter && is_near(cube->value[cell], value) &&
        (isnan(value) || (is_near(cube->low[cell], low) && is_near(cube->high[cell], high)));
    if (!same) {
        kt_arena *arena = kt_arena_open("message", 0);
        print_error("%s is %c %g [%g, %g], expected %c %g [%g, %g]\n",
                    kt_cube_coordinates(cube, cell, arena),
                    kt_obs_letter((kt_obs)cube->status[cell]), cube->value[cell], cube->low[cell],
                    cube->high[cell], letter, value, low, high);
        kt_arena_free(arena);
        fail();
    }
}

static inline void assert_exact(const kt_cube *cube, size_t cell, double value)
{
    assert_cell(cube, cell, 'A', value, value, value);
}

#endif
