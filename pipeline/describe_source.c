/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "core/cleanup.h"
#include "describe.h"
#include "pipeline/command_line.h"

/* The file as a document of jansson, which keeps members in the order of adding. */

static const char not_stated[] = "not stated: write it";

static void put(json_t *object, const char *key, const char *text)
{
    if (text != NULL) {
        (void)json_object_set_new(object, key, json_string(text));
    }
}

static json_t *texts(const char *const *list, size_t count)
{
    json_t *made = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(made, json_string(list[i]));
    }
    return made;
}

/* One language is all that a reply is in; the others are for a person to write. */
static json_t *words(const char *text)
{
    return json_pack("{s:s,s:s,s:s}", "fi", text, "sv", text, "en", text);
}

static const char *title_of(const kt_described *of)
{
    const char *label = of->table->label;
    return label == NULL || label[0] == '\0' ? of->id : label;
}

static json_t *names_of(const kt_dimension *dimension)
{
    const char *list[] = {dimension->id, dimension->label};
    const bool has_label = dimension->label != NULL && dimension->label[0] != '\0' &&
                           strcmp(dimension->id, dimension->label) != 0;
    return texts(list, has_label ? 2 : 1);
}

/* Codes such as OC25 are ours without the letters. */
static json_t *map_of(const kt_dimension *dimension, const kt_variable_guess *variable)
{
    json_t *map = json_object();
    const size_t letters = strlen(variable->mapped);
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        const char *code = kt_codes_at(dimension->codes, i);
        const char *rest = code + letters;
        if (kt_text_starts(code, variable->mapped) && rest[0] != '\0' &&
            strspn(rest, "0123456789") == strlen(rest)) {
            put(map, code, rest);
        }
    }
    return map;
}

static json_t *variable_of(const kt_dimension *dimension, const kt_variable_guess *variable)
{
    json_t *made = json_object();
    put(made, "role", kt_role_name(variable->role));
    if (variable->role == KT_ROLE_PERIOD) {
        (void)json_object_set_new(made, "time", json_true());
    }
    (void)json_object_set_new(made, "names", names_of(dimension));
    if (variable->marker_count > 0) {
        (void)json_object_set_new(made, "markers",
                                  texts(variable->markers, variable->marker_count));
    }
    if (variable->want_count > 0) {
        (void)json_object_set_new(made, "want", texts(variable->want, variable->want_count));
    }
    const bool has_total = variable->role != KT_ROLE_PERIOD && variable->role != KT_ROLE_MEASURE;
    put(made, "total", has_total ? variable->total : NULL);
    put(made, "unknown", variable->unknown);
    put(made, "level", variable->level);
    put(made, "revision", variable->revision);
    if (variable->mapped != NULL) {
        (void)json_object_set_new(made, "map", map_of(dimension, variable));
    }
    return made;
}

static json_t *variables_of(const kt_described *of, const kt_guess *guess)
{
    json_t *list = json_array();
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        if (guess->variables[i].role != KT_ROLES) {
            (void)json_array_append_new(
                list, variable_of(&of->table->dimensions[i], &guess->variables[i]));
        }
    }
    return list;
}

/* Variables without a role that cannot be left out stand at a code of their own. */
static json_t *fixed_of(const kt_described *of, const kt_guess *guess)
{
    json_t *made = json_object();
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        const kt_dimension *dimension = &of->table->dimensions[i];
        const kt_variable_guess *variable = &guess->variables[i];
        if (variable->role == KT_ROLES && !dimension->can_be_left_out) {
            put(made, dimension->id, variable->total);
        }
    }
    return made;
}

static json_t *measure_of(const kt_measure_guess *measure)
{
    json_t *made = json_object();
    put(made, "comment", measure->label);
    put(made, "measure", measure->measure);
    put(made, "group", measure->group);
    put(made, "code", measure->code);
    put(made, "unit", measure->unit);
    if (measure->scale != 1.0) {
        (void)json_object_set_new(made, "scale", json_integer((json_int_t)measure->scale));
    }
    return made;
}

static json_t *measures_of(const kt_guess *guess)
{
    json_t *list = json_array();
    for (size_t i = 0; i < guess->measure_count; i++) {
        (void)json_array_append_new(list, measure_of(&guess->measures[i]));
    }
    return list;
}

/* Statistics Finland, or figures by its codes of areas: then its symbols are meant, too. */
static bool is_finnish(const kt_described *of, const kt_guess *guess)
{
    bool has_areas = false;
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        const kt_variable_guess *variable = &guess->variables[i];
        has_areas = has_areas ||
                    (variable->role == KT_ROLE_REGION &&
                     kt_codes_like_regions(of->table->dimensions[i].codes, variable->total) > 0.5);
    }
    return has_areas || strstr(of->base_url, ".stat.fi/") != NULL;
}

static bool is_eurostat(const kt_described *of)
{
    return strcmp(of->protocol, "eurostat") == 0;
}

static void add_symbol(json_t *list, const char *symbol, const char *means)
{
    (void)json_array_append_new(list, json_pack("{s:s,s:s}", "symbol", symbol, "means", means));
}

/* What else a CSV has: letters as Eurostat uses them, and nothing is known of the others. */
static void add_own_symbols(const kt_described *of, json_t *list)
{
    static const char dots[] = ".-";
    for (size_t i = 0; of->csv != NULL && i < kt_codes_count(of->csv->symbols); i++) {
        const char *symbol = kt_codes_at(of->csv->symbols, i);
        const char *means = strcmp(symbol, "b") == 0 ? "break" : "missing";
        if (symbol[0] != '\0' && strspn(symbol, dots) != strlen(symbol)) {
            add_symbol(list, symbol, strcmp(symbol, "p") == 0 ? "provisional" : means);
        }
    }
}

/* What PxWeb writes by default; "..." is secrecy at Statistics Finland. Eurostat's are flags. */
static json_t *symbols_of(const kt_described *of, const kt_guess *guess)
{
    json_t *list = json_array();
    if (is_eurostat(of)) {
        static const char *const breaks[] = {"b", "bp", "be", "bd", "bu"};
        static const char *const nothing[] = {"c", "n", "u", "m", ":"};
        add_symbol(list, "p", "provisional");
        for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
            add_symbol(list, breaks[i], "break");
        }
        for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
            add_symbol(list, nothing[i], "missing");
        }
        add_symbol(list, "z", "impossible");
        return list;
    }
    add_symbol(list, "-", "zero");
    add_symbol(list, ".", "missing");
    add_symbol(list, "..", "missing");
    add_symbol(list, "...", is_finnish(of, guess) ? "protected" : "missing");
    add_symbol(list, "....", "missing");
    add_symbol(list, ".....", "not_collected");
    add_symbol(list, "......", "missing");
    add_own_symbols(of, list);
    return list;
}

/* Figures without an area, as Statistics Finland codes them since 2026. */
static json_t *unallocated_of(const kt_dimension *dimension)
{
    static const char *const abroad[] = {"KU199", "SK902", "MK91", "ELY80", NULL};
    json_t *list = json_array();
    for (size_t i = 0; i < kt_codes_count(dimension->codes); i++) {
        const char *code = kt_codes_at(dimension->codes, i);
        const char *level = kt_region_code_level(code);
        bool is_abroad = false;
        for (size_t j = 0; abroad[j] != NULL; j++) {
            is_abroad = is_abroad || strcmp(abroad[j], code) == 0;
        }
        const bool is_nowhere =
            level != NULL && (kt_text_ends(code, "JO") || kt_text_ends(code, "JOU"));
        if (is_abroad || is_nowhere) {
            (void)json_array_append_new(list, json_pack("{s:s,s:s,s:s}", "cause",
                                                        is_abroad ? "_X2" : "_X1", "level", level,
                                                        "code", code));
        }
    }
    return list;
}

static void put_unallocated(json_t *root, const kt_described *of, const kt_guess *guess)
{
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        if (guess->variables[i].role != KT_ROLE_REGION) {
            continue;
        }
        json_t *list = unallocated_of(&of->table->dimensions[i]);
        if (json_array_size(list) > 0) {
            (void)json_object_set_new(root, "unallocated", list);
        } else {
            json_decref(list);
        }
    }
}

static void put_time(json_t *root, kt_frequency frequency)
{
    const char *name = frequency == KT_MONTHLY     ? "month"
                       : frequency == KT_QUARTERLY ? "quarter"
                                                   : "year";
    put(root, "frequency", name);
    (void)json_object_set_new(root, "refetch_periods", json_integer(3));
    (void)json_object_set_new(root, "whole_every_days", json_integer(7));
}

/* Published about three weeks after a month, two months after a quarter, a year after a year. */
static json_t *ages_of(kt_frequency frequency)
{
    const int warn = frequency == KT_MONTHLY ? 60 : frequency == KT_QUARTERLY ? 180 : 800;
    const int error = frequency == KT_MONTHLY ? 100 : frequency == KT_QUARTERLY ? 270 : 1200;
    return json_pack("{s:i,s:i}", "warn_days", warn, "error_days", error);
}

/* Two sources may not claim one cell of the observations. */
static bool publishes_total(const kt_described *of, const kt_guess *guess)
{
    bool has_region = false;
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        has_region = has_region || guess->variables[i].role == KT_ROLE_REGION;
    }
    for (size_t i = 0; i < of->known_count; i++) {
        has_region = has_region && !of->known[i]->publishes_total;
    }
    return has_region;
}

/* Of a content that no source knows. */
static const char *doubt_of(const kt_measure_guess *measure, kt_arena *arena)
{
    const char *unit = "the unit follows from its words";
    if (!measure->is_unit_told) {
        unit = measure->told == NULL
                   ? kt_arena_print(arena, "its unit is not told: %s is a guess", measure->unit)
                   : kt_arena_print(arena, "its unit is %s at the source, %s is a guess",
                                    measure->told, measure->unit);
    }
    const char *why = measure->code == NULL
                          ? "no variable has contents, so the whole table is one measure"
                          : kt_arena_print(arena, "no source has the code %s", measure->code);
    return kt_arena_print(arena, "measure %s: %s, whose name says nothing; %s", measure->measure,
                          why, unit);
}

/* "????M??" of 2026M05: the months that come will be called so, too. */
static const char *pattern_of(const char *name, kt_arena *arena)
{
    char *pattern = kt_arena_copy(arena, name);
    for (char *at = pattern; *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9') {
            *at = '?';
        }
    }
    return pattern;
}

static json_t *column_of(const kt_csv_place *column, const kt_guess *guess, kt_arena *arena)
{
    json_t *made = json_object();
    put(made, "column", column->is_across ? pattern_of(column->name, arena) : column->name);
    if (column->dimension != KT_NO_CODE) {
        const kt_role role = guess->variables[column->dimension].role;
        put(made, "holds", role == KT_ROLES ? "nothing" : kt_role_name(role));
        return made;
    }
    const char *other = column->is_symbol ? "symbol" : "nothing";
    put(made, "holds", column->is_figure ? "figure" : other);
    put(made, "content", column->content);
    put(made, "across", column->is_across ? "period" : NULL);
    return made;
}

/* Columns across periods are one pattern, and those without a name one entry. */
static bool is_told(const json_t *columns, const json_t *column)
{
    size_t i = 0;
    while (i < json_array_size(columns) && !json_equal(json_array_get(columns, i), column)) {
        i++;
    }
    return i < json_array_size(columns);
}

static json_t *layout_of(const kt_csv_shape *csv, const kt_guess *guess, kt_arena *arena)
{
    const char delimiter[] = {csv->delimiter, '\0'};
    const char decimal[] = {csv->decimal, '\0'};
    json_t *columns = json_array();
    for (size_t i = 0; i < csv->count; i++) {
        json_auto_t *column = column_of(&csv->columns[i], guess, arena);
        if (!is_told(columns, column)) {
            (void)json_array_append(columns, column);
        }
    }
    return json_pack("{s:s,s:s,s:s,s:i,s:o}", "encoding", csv->charset, "delimiter", delimiter,
                     "decimal", decimal, "skip_rows", (int)csv->skipped, "columns", columns);
}

/* What becomes of variables without a role; a CSV's columns are passed over. */
static void put_others(json_t *root, const kt_described *of, const kt_guess *guess, kt_arena *arena)
{
    if (of->csv != NULL) {
        (void)json_object_set_new(root, "layout", layout_of(of->csv, guess, arena));
        return;
    }
    put(root, "others", "total");
    json_auto_t *fixed = fixed_of(of, guess);
    if (json_object_size(fixed) > 0) {
        (void)json_object_set(root, "fixed", fixed);
    }
}

static json_t *comments_of(const kt_described *of, const kt_guess *guess, kt_arena *arena)
{
    json_t *list = json_array();
    (void)json_array_append_new(
        list, json_string("Guessed from the metadata: read it, mend it, then take this away."));
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        const kt_variable_guess *variable = &guess->variables[i];
        const char *id = of->table->dimensions[i].id;
        const char *role = variable->role == KT_ROLES
                               ? ""
                               : kt_arena_print(arena, "%s, ", kt_role_name(variable->role));
        const char *line = kt_arena_print(arena, "%s: %s%s%s%s", id, role, variable->why,
                                          variable->doubt == NULL ? "" : "; look at it: ",
                                          variable->doubt == NULL ? "" : variable->doubt);
        (void)json_array_append_new(list, json_string(line));
    }
    for (size_t i = 0; i < guess->measure_count; i++) {
        if (guess->measures[i].known_from == NULL) {
            const char *line = doubt_of(&guess->measures[i], arena);
            (void)json_array_append_new(list, json_string(line));
        }
    }
    return list;
}

static json_t *document_of(const kt_described *of, const kt_guess *guess, kt_arena *arena)
{
    json_t *root = json_object();
    put(root, "$schema", "../schema/source.json");
    (void)json_object_set_new(root, "comment", comments_of(of, guess, arena));
    put(root, "id", of->id);
    (void)json_object_set_new(root, "title", words(title_of(of)));
    put(root, "protocol", of->protocol);
    put(root, "format", of->format);
    put(root, "base_url", of->base_url);
    (void)json_object_set_new(root, "addresses", json_pack("[{s:s}]", "path", of->path));
    const bool is_usual = kt_text_same(of->language, "fi") && !kt_text_same(of->protocol, "pxweb2");
    put(root, "language", is_usual ? NULL : of->language);
    put(root, "dataset", of->dataset);
    put_time(root, guess->frequency);
    put_others(root, of, guess, arena);
    (void)json_object_set_new(root, "variables", variables_of(of, guess));
    (void)json_object_set_new(root, "measures", measures_of(guess));
    (void)json_object_set_new(root, "symbols", symbols_of(of, guess));
    if (is_finnish(of, guess)) {
        (void)json_object_set_new(root, "protected", json_pack("{s:i,s:i}", "low", 1, "high", 4));
    }
    put_unallocated(root, of, guess);
    (void)json_object_set_new(root, "observations",
                              json_pack("{s:b}", "total", publishes_total(of, guess)));
    (void)json_object_set_new(root, "ages", ages_of(guess->frequency));
    (void)json_object_set_new(root, "hold_share", json_real(0.1));
    put(root, "verified",
        "its address and codes were read by kohtaanto describe; roles, measures, "
        "units and symbols are guessed");
    put(root, "licence", of->licence == NULL ? not_stated : of->licence);
    (void)json_object_set_new(root, "citation", words(of->cited == NULL ? not_stated : of->cited));
    return root;
}

void kt_guess_put_source(const kt_described *of, const kt_guess *guess, kt_arena *arena,
                         kt_text *out)
{
    json_auto_t *root = document_of(of, guess, arena);
    KT_AUTO(free) char *bytes = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    kt_text_put(out, bytes == NULL ? "" : bytes);
    kt_text_put_char(out, '\n');
}
