/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/file.h"
#include "core/period.h"
#include "core/text.h"
#include "publish/layout.h"
#include "publish/lines.h"
#include "why/keys.h"

#define MOST_VALUES 20000 /* of a column that are kept for messages */

/* What is meant by a key column that nobody named, where rows of that kind are left. */
static const struct {
    const char *column, *value;
} usual[] = {
    {"scope", "SSS"},           {"measure", "mismatch"},   {"alpha", "0.5"},
    {"occupation_level", "_T"}, {"occupation_code", "_T"}, {"sector_level", "_T"},
    {"sector_code", "_T"},
};

/* A file while it is looked through. */
typedef struct search {
    const kt_why_keys *keys;
    kt_arena *arena;
    kt_codes **all;     /* of each key given: every value of its column */
    kt_codes **fitting; /* of them, those of rows that meet all the other keys */
    size_t open_count;
    size_t *open;           /* key columns that were not given */
    kt_codes **open_values; /* their values in the rows that match */
    size_t *matches;        /* of each such row: positions in open_values */
    size_t match_count, match_room;
    const char **first; /* the cells of the first row that matches */
    size_t rows;        /* of the file */
    bool diagnosing;    /* values are gathered: nothing matched */
} search;

static bool is_given(const kt_why_keys *keys, size_t column)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->at[i].column == column) {
            return true;
        }
    }
    return false;
}

static kt_codes **code_lists(size_t count, kt_arena *arena)
{
    kt_codes **lists = kt_arena_array(arena, kt_codes *, count + 1);
    for (size_t i = 0; i < count; i++) {
        lists[i] = kt_codes_new(arena);
    }
    return lists;
}

static search search_new(const kt_why_keys *keys, kt_arena *arena)
{
    const kt_schema *schema = keys->schema;
    search of = {.keys = keys,
                 .arena = arena,
                 .all = code_lists(keys->count, arena),
                 .fitting = code_lists(keys->count, arena),
                 .open = kt_arena_array(arena, size_t, schema->key_count + 1)};
    for (size_t i = 0; i < schema->key_count; i++) {
        if (!is_given(keys, schema->key[i])) {
            of.open[of.open_count++] = schema->key[i];
        }
    }
    of.open_values = code_lists(of.open_count, arena);
    return of;
}

static void note(kt_codes *values, const char *value)
{
    if (kt_codes_count(values) < MOST_VALUES) {
        (void)kt_codes_intern(values, value);
    }
}

static size_t *room_for_match(search *of)
{
    if (of->match_count == of->match_room) {
        of->match_room = of->match_room == 0 ? 64 : 2 * of->match_room;
        size_t *grown = kt_arena_array(of->arena, size_t, of->match_room * (of->open_count + 1));
        if (of->match_count > 0) {
            memcpy(grown, of->matches, of->match_count * of->open_count * sizeof *grown);
        }
        of->matches = grown;
    }
    return of->matches + of->match_count++ * of->open_count;
}

static void add_match(search *of, const char *const *cells)
{
    const size_t columns = of->keys->schema->column_count;
    if (of->first == NULL) {
        of->first = kt_arena_array(of->arena, const char *, columns);
        for (size_t i = 0; i < columns; i++) {
            of->first[i] = kt_arena_copy(of->arena, cells[i]);
        }
    }
    size_t *match = room_for_match(of);
    for (size_t i = 0; i < of->open_count; i++) {
        match[i] = kt_codes_intern(of->open_values[i], cells[of->open[i]]);
    }
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    (void)number;
    (void)lengths;
    (void)err;
    search *of = context;
    of->rows++;
    size_t failed = 0;
    size_t last = 0;
    for (size_t i = 0; i < of->keys->count; i++) {
        const kt_why_key *key = &of->keys->at[i];
        if (of->diagnosing) {
            note(of->all[i], cells[key->column]);
        }
        if (strcmp(cells[key->column], key->value) != 0) {
            failed++;
            last = i;
        }
    }
    if (failed == 0) {
        add_match(of, cells);
    } else if (failed == 1 && of->diagnosing) {
        note(of->fitting[last], cells[of->keys->at[last].column]);
    }
    return KT_OK;
}

/* A few values of a list, and how many there are. */
static const char *some_of(const kt_codes *values, kt_arena *arena)
{
    const size_t shown_first = 5;
    const size_t shown_last = 3;
    const size_t count = kt_codes_count(values);
    const char *words = "";
    for (size_t i = 0; i < count; i++) {
        if (count > shown_first + shown_last && i == shown_first) {
            words = kt_arena_print(arena, "%s ...", words);
            i = count - shown_last;
        }
        words =
            kt_arena_print(arena, "%s%s%.60s", words, i == 0 ? "" : " ", kt_codes_at(values, i));
    }
    return words;
}

/* The key to blame: one that the table has nowhere, else one that the other keys leave a choice of.
 */
static size_t wrong_key(const search *of)
{
    for (size_t i = 0; i < of->keys->count; i++) {
        if (kt_codes_find(of->all[i], of->keys->at[i].value) == KT_NO_CODE) {
            return i;
        }
    }
    for (size_t i = of->keys->count; i > 0; i--) {
        if (kt_codes_count(of->fitting[i - 1]) > 0) {
            return i - 1;
        }
    }
    return of->keys->count;
}

static kt_status no_row(const search *of, kt_error *err)
{
    const kt_why_keys *keys = of->keys;
    const size_t wrong = of->rows == 0 ? keys->count : wrong_key(of);
    if (wrong == keys->count) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "why %s: %s", keys->schema->table,
                       of->rows == 0 ? "the table has no rows" : "no row has all of these keys");
    }
    const kt_why_key *key = &keys->at[wrong];
    const bool alone = kt_codes_count(of->fitting[wrong]) > 0;
    const kt_codes *there = alone ? of->fitting[wrong] : of->all[wrong];
    const char *nearest = kt_codes_find(of->all[wrong], key->value) == KT_NO_CODE
                              ? kt_codes_nearest(there, key->value)
                              : NULL;
    return kt_fail(err, KT_ERR_NOT_FOUND, "why %s: no row has %s=%.80s%s%s%s; there are %s",
                   keys->schema->table, keys->schema->columns[key->column].name, key->value,
                   alone && keys->count > 1 ? " with the other keys" : "",
                   nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest,
                   some_of(there, of->arena));
}

/* Drops the matches that do not have the value of one open column. */
static void keep_only(search *of, size_t open, size_t value)
{
    size_t kept = 0;
    for (size_t i = 0; i < of->match_count; i++) {
        const size_t *match = of->matches + i * of->open_count;
        if (match[open] == value) {
            memmove(of->matches + kept++ * of->open_count, match, of->open_count * sizeof *match);
        }
    }
    of->match_count = kept;
}

static bool has_match(const search *of, size_t open, size_t value)
{
    for (size_t i = 0; i < of->match_count; i++) {
        if (of->matches[i * of->open_count + open] == value) {
            return true;
        }
    }
    return false;
}

/* Keeps the matches of the usual value of an open column, if it is that column's and there are any.
 */
static void narrow_to(search *of, size_t open, const char *column, const char *value)
{
    const bool own = strcmp(of->keys->schema->columns[of->open[open]].name, column) == 0;
    const size_t at = own ? kt_codes_find(of->open_values[open], value) : KT_NO_CODE;
    if (at != KT_NO_CODE && has_match(of, open, at)) {
        keep_only(of, open, at);
    }
}

static void narrow(search *of)
{
    for (size_t open = 0; open < of->open_count; open++) {
        for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
            narrow_to(of, open, usual[i].column, usual[i].value);
        }
    }
}

/* The values that an open column has in the rows that are left. */
static const kt_codes *values_left(const search *of, size_t open)
{
    kt_codes *values = kt_codes_new(of->arena);
    for (size_t i = 0; i < of->match_count; i++) {
        note(values, kt_codes_at(of->open_values[open], of->matches[i * of->open_count + open]));
    }
    return values;
}

static kt_status several_rows(const search *of, kt_error *err)
{
    const char *words = "";
    for (size_t i = 0; i < of->open_count; i++) {
        const kt_codes *values = values_left(of, i);
        if (kt_codes_count(values) > 1) {
            words = kt_arena_print(of->arena, "%s%s %s=(%s)", words, words[0] == '\0' ? "" : ",",
                                   of->keys->schema->columns[of->open[i]].name,
                                   some_of(values, of->arena));
        }
    }
    return kt_fail(err, KT_ERR_USAGE, "why %s: %zu rows match; say also%s", of->keys->schema->table,
                   of->match_count, words);
}

/* The keys given and, of the one match, all others. */
static kt_why_keys whole_key(const search *of)
{
    const kt_why_keys *given = of->keys;
    kt_why_keys whole = {
        .schema = given->schema,
        .at = kt_arena_array(of->arena, kt_why_key, given->count + of->open_count + 1),
        .count = given->count};
    if (given->count > 0) {
        memcpy(whole.at, given->at, given->count * sizeof *given->at);
    }
    for (size_t i = 0; i < of->open_count; i++) {
        whole.at[whole.count++] = (kt_why_key){
            .column = of->open[i], .value = kt_codes_at(of->open_values[i], of->matches[i])};
    }
    return whole;
}

static kt_status look_through(const char *path, const kt_why_keys *keys, search *of, kt_error *err)
{
    const kt_table_events events = {.context = of, .row = take_row};
    return kt_lines_read(path, kt_canonical_lines, keys->schema, &events, err);
}

/* A second look says what the matter is. */
static kt_status nothing_found(const char *path, const kt_why_keys *keys, kt_arena *arena,
                               kt_error *err)
{
    search of = search_new(keys, arena);
    of.diagnosing = true;
    KT_TRY(look_through(path, keys, &of, err));
    return no_row(&of, err);
}

static kt_status find_in(const char *path, const kt_why_keys *keys, kt_arena *arena,
                         const char *const **cells, kt_error *err)
{
    search of = search_new(keys, arena);
    KT_TRY(look_through(path, keys, &of, err));
    if (of.match_count == 0) {
        return nothing_found(path, keys, arena, err);
    }
    if (of.match_count == 1) {
        *cells = of.first;
        return KT_OK;
    }
    narrow(&of);
    if (of.match_count > 1) {
        return several_rows(&of, err);
    }
    const kt_why_keys whole = whole_key(&of);
    search again = search_new(&whole, arena);
    KT_TRY(look_through(path, &whole, &again, err));
    *cells = again.first;
    return again.match_count == 1
               ? KT_OK
               : kt_fail(err, KT_ERR_DATA, "%s: %zu rows of one key", path, again.match_count);
}

/* The years of the table's files: the first, the last, and whether that one is among them. */
typedef struct years {
    int first, last;
    bool asked;
} years;

static kt_status find_years(const char *folder, const kt_schema *schema, int asked, kt_arena *arena,
                            years *out, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    *out = (years){0};
    KT_TRY(kt_folder_list(kt_path_join(arena, folder, schema->table), arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        int year = 0;
        if (kt_layout_file(schema, names[i], &year)) {
            out->first = out->first == 0 ? year : out->first;
            out->last = year;
            out->asked = out->asked || year == asked;
        }
    }
    return out->last > 0
               ? KT_OK
               : kt_fail(err, KT_ERR_NOT_FOUND, "why %s: the table has no rows", schema->table);
}

static const char *value_of(const kt_why_keys *keys, size_t column)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->at[i].column == column) {
            return keys->at[i].value;
        }
    }
    return NULL;
}

/* The newest year is looked through for what could have been asked. */
static kt_status without_period(const char *folder, const kt_why_keys *keys, years there,
                                kt_arena *arena, kt_error *err)
{
    const char *path =
        kt_path_join(arena, folder, kt_table_file_name(keys->schema, there.last, arena));
    search of = search_new(keys, arena);
    KT_TRY(look_through(path, keys, &of, err));
    const kt_codes *values = kt_codes_new(arena);
    for (size_t i = 0; i < of.open_count; i++) {
        values = of.open[i] == keys->schema->time_period ? of.open_values[i] : values;
    }
    return kt_fail(err, KT_ERR_USAGE, "why %s: say also time_period; there are %d to %d%s%s",
                   keys->schema->table, there.first, there.last,
                   kt_codes_count(values) > 0 ? ": " : "", some_of(values, arena));
}

kt_status kt_why_find(const char *folder, const kt_why_keys *keys, kt_arena *arena,
                      const char *const **cells, kt_error *err)
{
    const kt_schema *schema = keys->schema;
    int year = 0;
    if (schema->split == KT_SPLIT_YEAR) {
        kt_period period;
        const char *asked = value_of(keys, schema->time_period);
        year = asked != NULL && kt_period_read(asked, &period) ? kt_period_year(period) : 0;
        years there;
        KT_TRY(find_years(folder, schema, year, arena, &there, err));
        if (asked == NULL) {
            return without_period(folder, keys, there, arena, err);
        }
        if (!there.asked) {
            return kt_fail(err, KT_ERR_NOT_FOUND,
                           "why %s: no row has time_period=%s; there are %d to %d", schema->table,
                           asked, there.first, there.last);
        }
    }
    const char *path = kt_path_join(arena, folder, kt_table_file_name(schema, year, arena));
    return find_in(path, keys, arena, cells, err);
}
