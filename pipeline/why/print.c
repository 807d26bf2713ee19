/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/number.h"
#include "core/text.h"
#include "why/why.h"

#define LINE_WIDTH 100 /* longer words go on below */
#define CELL_WIDTH 64  /* of a table; --all shows the rest */

/* Letters on the screen: UTF-8 without its continuation bytes. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xC0U) != 0x80U ? 1 : 0;
    }
    return width;
}

static void put_padded(kt_text *out, const char *text, size_t width, bool right)
{
    const size_t own = width_of(text);
    const int blanks = own < width ? (int)(width - own) : 0;
    if (right) {
        kt_text_print(out, "%*s%s", blanks, "", text);
    } else {
        kt_text_print(out, "%s%*s", text, blanks, "");
    }
}

/* Words from column `indent` on, broken at blanks. */
static void put_wrapped(kt_text *out, const char *words, size_t indent)
{
    size_t column = indent;
    while (*words != '\0') {
        const size_t length = strcspn(words, " ");
        const char *word = words;
        words += length + (words[length] == ' ' ? 1 : 0);
        if (column > indent && column + length > LINE_WIDTH) {
            kt_text_print(out, "\n%*s", (int)indent, "");
            column = indent;
        }
        (void)kt_text_add(out, word, length);
        kt_text_put(out, *words == '\0' ? "" : " ");
        column += length + 1;
    }
    kt_text_put_char(out, '\n');
}

static const char *words_of(const json_t *value, kt_arena *arena)
{
    char number[KT_NUMBER_SIZE];
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (json_is_number(value) && kt_number_write(json_number_value(value), number) > 0) {
        return kt_arena_copy(arena, number);
    }
    return "-";
}

/* name_low, name_high and name_status stand with the figure itself. */
static bool belongs_to_figure(json_t *row, const char *name)
{
    static const char *const endings[] = {"_low", "_high", "_status"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char figure[64];
        const size_t length = strlen(name);
        const size_t ending = strlen(endings[i]);
        if (kt_text_ends(name, endings[i]) && length - ending < sizeof figure) {
            memcpy(figure, name, length - ending);
            figure[length - ending] = '\0';
            return json_object_get(row, figure) != NULL;
        }
    }
    return false;
}

static const json_t *part_of(json_t *row, const char *name, const char *ending, kt_arena *arena)
{
    return json_object_get(row, kt_arena_print(arena, "%s%s", name, ending));
}

/* "1234", "1234 [1230, 1241] E", "hidden [1, 4] Q", "- O". */
static const char *figure_words(json_t *row, const char *name, const json_t *value, kt_arena *arena)
{
    const char *status = json_string_value(part_of(row, name, "_status", arena));
    const json_t *low = part_of(row, name, "_low", arena);
    const json_t *high = part_of(row, name, "_high", arena);
    const char *words =
        status != NULL && strcmp(status, "Q") == 0 ? "hidden" : words_of(value, arena);
    if (low != NULL && high != NULL && !json_equal(low, high)) {
        words = kt_arena_print(arena, "%s [%s, %s]", words, words_of(low, arena),
                               json_is_null(high) ? "no end" : words_of(high, arena));
    }
    return status == NULL || strcmp(status, "A") == 0
               ? words
               : kt_arena_print(arena, "%s %s", words, status);
}

/* A list of objects of the same members, as a table. */
typedef struct layout {
    json_t *list;
    const char **names;
    size_t *widths;
    bool *numbers; /* set right */
    size_t count;
    bool clipped; /* long words, and digits that nobody reads */
    kt_arena *arena;
} layout;

/* Six digits of a fraction. */
static const char *short_words(const json_t *value, kt_arena *arena)
{
    const double number = json_is_real(value) ? json_real_value(value) : NAN;
    if (isnan(number) || fabs(number) >= 1e6 || fabs(number) < 1e-9) {
        return words_of(value, arena);
    }
    char digits[KT_NUMBER_SIZE];
    const int decimals = 5 - (int)floor(log10(fabs(number)));
    (void)snprintf(digits, sizeof digits, "%.*f", decimals, number);
    return kt_arena_copy(arena, digits);
}

static const char *cell_words(const layout *of, json_t *row, size_t column)
{
    const char *name = of->names[column];
    const json_t *value = json_object_get(row, name);
    const bool shortened = of->clipped && json_is_real(value);
    const char *words =
        shortened ? short_words(value, of->arena) : figure_words(row, name, value, of->arena);
    return of->clipped && strlen(words) > CELL_WIDTH
               ? kt_arena_print(of->arena, "%.*s...", CELL_WIDTH - 3, words)
               : words;
}

static void measure_columns(layout *of)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_t *first = json_array_get(of->list, 0);
    of->names = kt_arena_array(of->arena, const char *, json_object_size(first) + 1);
    of->widths = kt_arena_array(of->arena, size_t, json_object_size(first) + 1);
    of->numbers = kt_arena_array(of->arena, bool, json_object_size(first) + 1);
    json_object_foreach(first, name, value)
    {
        if (!belongs_to_figure(first, name)) {
            of->widths[of->count] = width_of(name);
            of->names[of->count++] = name;
        }
    }
    for (size_t column = 0; column < of->count; column++) {
        for (size_t i = 0; i < json_array_size(of->list); i++) {
            json_t *row = json_array_get(of->list, i);
            const size_t width = width_of(cell_words(of, row, column));
            of->widths[column] = width > of->widths[column] ? width : of->widths[column];
            of->numbers[column] =
                of->numbers[column] || json_is_number(json_object_get(row, of->names[column]));
        }
    }
}

static void put_row(const layout *of, json_t *row, kt_text *out)
{
    kt_text_put(out, "  ");
    for (size_t column = 0; column < of->count; column++) {
        const bool last = column + 1 == of->count;
        const char *words = row == NULL ? of->names[column] : cell_words(of, row, column);
        put_padded(out, words, last && !of->numbers[column] ? 0 : of->widths[column],
                   of->numbers[column]);
        kt_text_put(out, last ? "\n" : "  ");
    }
}

static void put_table(json_t *list, bool clipped, kt_text *out)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a table of why", 0);
    layout table = {.list = list, .clipped = clipped, .arena = arena};
    measure_columns(&table);
    put_row(&table, NULL, out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        put_row(&table, json_array_get(list, i), out);
    }
}

static void put_list(json_t *list, bool clipped, kt_text *out)
{
    if (json_array_size(list) == 0) {
        kt_text_put(out, "  none\n");
    } else if (json_is_object(json_array_get(list, 0))) {
        put_table(list, clipped, out);
    } else {
        for (size_t i = 0; i < json_array_size(list); i++) {
            kt_text_put(out, "  ");
            put_wrapped(out, json_string_value(json_array_get(list, i)), 2);
        }
    }
}

/* The members of an object that are no objects: words beside their names, then lists. */
static void put_members(const kt_why *of, json_t *object, kt_text *out)
{
    const char *name = NULL;
    json_t *value = NULL;
    size_t width = 0;
    json_object_foreach(object, name, value)
    {
        width = !belongs_to_figure(object, name) && !json_is_array(value) && strlen(name) > width
                    ? strlen(name)
                    : width;
    }
    json_object_foreach(object, name, value)
    {
        if (!json_is_object(value) && !json_is_array(value) && !belongs_to_figure(object, name)) {
            kt_text_print(out, "  %-*s  ", (int)width, name);
            put_wrapped(out, figure_words(object, name, value, of->arena), width + 4);
        }
    }
    json_object_foreach(object, name, value)
    {
        if (json_is_array(value)) {
            kt_text_print(out, "  %s\n", name);
            put_list(value, !of->all, out);
        }
    }
}

/* True if a figure is covered, as exact it would tell what the source hides: its ends are not those
 * of a figure that the source itself hides. */
static bool is_covered(const kt_why *of, const char *low, const char *high)
{
    const size_t *sources = NULL;
    const size_t count = kt_why_sources(of, &sources);
    const size_t at = count == 0 ? 0 : kt_config_source(of->config, of->run.sources[sources[0]].id);
    double ends[2] = {NAN, NAN};
    if (count == 0 || at == of->config->source_count ||
        !kt_number_read(low, strlen(low), &ends[0]) ||
        !kt_number_read(high, strlen(high), &ends[1])) {
        return false;
    }
    const kt_source *source = of->config->sources[at];
    return ends[0] != source->protected_low || ends[1] != source->protected_high;
}

/* A ratio is made of what may be hidden; a count is hidden itself, without ends where it is
 * converted. Nothing is covered in the default mode, and in the strict one where nothing is left of
 * the inputs nobody can tell. */
static const char *letter_words(const kt_why *of, const kt_column *figure, const char *low,
                                const char *high, kt_obs obs)
{
    const bool counted = strcmp(figure->unit, "persons") == 0 || strcmp(figure->unit, "posts") == 0;
    if (obs == KT_OBS_PROTECTED && kt_why_is_unassessed(of, figure->name)) {
        return "not assessable: most of it is what the source hides";
    }
    if (obs != KT_OBS_PROTECTED || !counted || low[0] == '\0') {
        return kt_why_status_words(obs);
    }
    if (!is_covered(of, low, high)) {
        return "hidden by the source";
    }
    if (json_is_string(json_object_get(of->answer, "inputs"))) {
        return of->config->publish.strict_disclosure
                   ? "covered by us, or not assessable: the inputs would tell"
                   : "not assessable: most of it is what the source hides";
    }
    return of->config->publish.strict_disclosure
               ? "covered by us: it would tell what the source hides"
               : "hidden by the source, and parts of it";
}

/* The figure, its unit, its interval, and what the letter means. */
static void put_figure(const kt_why *of, size_t column, kt_text *out)
{
    const kt_column *figure = &of->schema->columns[column];
    const char *low = figure->low == KT_NO_COLUMN ? "" : of->cells[figure->low];
    const char *high = figure->high == KT_NO_COLUMN ? "" : of->cells[figure->high];
    const char *letter = figure->status == KT_NO_COLUMN ? "" : of->cells[figure->status];
    const bool has_unit = of->cells[column][0] != '\0' && figure->unit[0] != '\0' &&
                          strcmp(figure->unit, "count") != 0;
    kt_obs obs = KT_OBS_OBSERVED;
    kt_text_print(out, "%s%s%s", of->cells[column][0] == '\0' ? "-" : of->cells[column],
                  has_unit ? " " : "", has_unit ? figure->unit : "");
    if (low[0] != '\0' && strcmp(low, high) != 0) {
        kt_text_print(out, ", between %s and %s", low, high[0] == '\0' ? "any number" : high);
    }
    if (letter[0] != '\0' && kt_obs_read(letter[0], &obs)) {
        kt_text_print(out, "  (%s: %s)", letter, letter_words(of, figure, low, high, obs));
    }
}

static bool stands_with_another(const kt_schema *schema, size_t column)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        const kt_column *figure = &schema->columns[i];
        if (figure->low == column || figure->high == column || figure->status == column) {
            return true;
        }
    }
    return false;
}

/* The row by the schema: each figure with its unit, its interval and its status in words. */
static void put_published(const kt_why *of, kt_text *out)
{
    size_t width = 0;
    for (size_t i = 0; i < of->schema->column_count; i++) {
        const size_t own = strlen(of->schema->columns[i].name);
        width = own > width && !stands_with_another(of->schema, i) ? own : width;
    }
    kt_text_print(out, "%s\n", of->schema->table);
    for (size_t i = 0; i < of->schema->column_count; i++) {
        if (stands_with_another(of->schema, i) && i != of->schema->obs_status) {
            continue;
        }
        KT_AUTO(text) kt_text words = {0};
        put_figure(of, i, &words);
        kt_text_print(out, "  %-*s  ", (int)width, of->schema->columns[i].name);
        put_wrapped(out, words.bytes, width + 4);
    }
}

static void put_section(const kt_why *of, const char *name, json_t *section, kt_text *out)
{
    const char *part = NULL;
    json_t *value = NULL;
    if (strcmp(name, "row") == 0) {
        put_published(of, out);
        return;
    }
    kt_text_print(out, "\n%s\n", name);
    if (json_is_array(section)) {
        /* Equal or not is seen in the last digit. */
        put_list(section, !of->all && strcmp(name, "recomputed") != 0, out);
        return;
    }
    if (!json_is_object(section)) {
        kt_text_put(out, "  ");
        put_wrapped(out, words_of(section, of->arena), 2);
        return;
    }
    put_members(of, section, out);
    json_object_foreach(section, part, value)
    {
        if (json_is_object(value)) {
            kt_text_print(out, "%s\n", part);
            put_members(of, value, out);
        }
    }
}

void kt_why_print(const kt_why *of, kt_text *out)
{
    const char *name = NULL;
    json_t *section = NULL;
    json_object_foreach(of->answer, name, section)
    {
        put_section(of, name, section, out);
    }
}
