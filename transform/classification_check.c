/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classification_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/instant.h"
#include "core/text.h"

#define FILE_LIMIT ((size_t)16 << 20)
#define FIRST_ROW  2 /* of a file whose header is row 1 */
#define DAY_LENGTH 10

/* Messages of the CSV reader begin with the path, which the problem names anyway. */
static const char *without_path(const char *message, const char *path)
{
    const size_t length = strlen(path);
    if (strncmp(message, path, length) == 0 && strncmp(message + length, ": ", 2) == 0) {
        return message + length + 2;
    }
    return message;
}

kt_sheet kt_sheet_open(const char *folder, const char *name, const char *const *columns,
                       kt_arena *arena, kt_problems *problems)
{
    kt_sheet sheet = {
        .path = kt_path_join(arena, folder, name), .name = name, .problems = problems};
    kt_csv_table *table = NULL;
    kt_error err = {0};
    if (kt_csv_load(sheet.path, FILE_LIMIT, arena, &table, &err) != KT_OK) {
        kt_problems_add(problems, sheet.path, "", "%s", without_path(err.message, sheet.path));
        return sheet;
    }
    bool complete = true;
    for (size_t i = 0; columns[i] != NULL && i < KT_SHEET_COLUMNS; i++) {
        if (kt_csv_column(table, columns[i], &sheet.column[i], &err) != KT_OK) {
            kt_problems_add(problems, sheet.path, "", "%s", without_path(err.message, sheet.path));
            complete = false;
        }
    }
    sheet.table = complete ? table : NULL;
    return sheet;
}

size_t kt_sheet_rows(const kt_sheet *sheet)
{
    return sheet->table == NULL ? 0 : sheet->table->row_count;
}

const char *kt_sheet_field(const kt_sheet *sheet, size_t row, size_t place)
{
    return kt_csv_cell(sheet->table, row, sheet->column[place]);
}

void kt_sheet_wrong(const kt_sheet *sheet, size_t row, const char *column, const char *format, ...)
{
    char words[512], place[64];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    snprintf(place, sizeof place, "row %zu, %s", row + FIRST_ROW, column);
    kt_problems_add(sheet->problems, sheet->path, place, "%s", words);
}

static bool is_day(const char *text)
{
    int year, month, day;
    char again[16];
    if (strlen(text) != DAY_LENGTH) {
        return false;
    }
    kt_instant instant;
    if (!kt_instant_read(text, false, &instant)) {
        return false;
    }
    kt_civil_from_days(instant / 86400, &year, &month, &day);
    snprintf(again, sizeof again, "%04d-%02d-%02d", year, month, day);
    return strcmp(text, again) == 0;
}

bool kt_sheet_days(const kt_sheet *sheet, size_t row, const char *from, const char *to)
{
    if (from[0] != '\0' && !is_day(from)) {
        kt_sheet_wrong(sheet, row, "valid_from", "\"%s\" is no day, expected YYYY-MM-DD", from);
        return false;
    }
    if (to[0] != '\0' && !is_day(to)) {
        kt_sheet_wrong(sheet, row, "valid_to", "\"%s\" is no day, expected YYYY-MM-DD", to);
        return false;
    }
    if (to[0] != '\0' && strcmp(from, to) > 0) {
        kt_sheet_wrong(sheet, row, "valid_to", "%s is before valid_from %s", to, from);
        return false;
    }
    return true;
}

size_t kt_level_rank(const char *const *levels, const char *level)
{
    size_t rank = 0;
    while (levels[rank] != NULL && strcmp(levels[rank], level) != 0) {
        rank++;
    }
    return rank;
}

/* qsort has no context, so what orders a thing travels with it. */
typedef struct sort_key {
    size_t first;
    const char *second, *third;
    size_t position;
} sort_key;

static int compare_keys(const void *left, const void *right)
{
    const sort_key *a = left, *b = right;
    if (a->first != b->first) {
        return a->first < b->first ? -1 : 1;
    }
    const int second = strcmp(a->second, b->second);
    const int third = second != 0 ? second : strcmp(a->third, b->third);
    return third != 0 ? third : a->position < b->position ? -1 : 1;
}

void kt_class_arrange(kt_classification *classification, const kt_class_item *items,
                      const char *const *levels, kt_arena *arena)
{
    const size_t count = classification->item_count;
    sort_key *keys = kt_arena_array(arena, sort_key, count + 1);
    kt_class_item *sorted = kt_arena_array(arena, kt_class_item, count + 1);
    kt_codes *index = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        keys[i] = (sort_key){kt_level_rank(levels, items[i].level), items[i].code, "", i};
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = items[keys[i].position];
        (void)kt_codes_add(index, sorted[i].code, sorted[i].name_fi);
    }
    classification->items = sorted;
    classification->index = index;
}

/* ISO days compare as texts; "" is before every first day and after every last day. */
static bool overlap(const kt_membership *earlier, const kt_membership *later)
{
    return earlier->valid_to[0] == '\0' || strcmp(later->valid_from, earlier->valid_to) <= 0;
}

/* "MK01 (until 2015-12-31)" */
static const char *claim_words(const kt_membership *one, kt_arena *arena)
{
    const bool from = one->valid_from[0] != '\0', to = one->valid_to[0] != '\0';
    return kt_arena_print(arena, "%s (%s%s%s%s%s)", one->parent, from ? "from " : "",
                          one->valid_from, from && to ? " " : "", to ? "until " : "",
                          from || to ? one->valid_to : "always");
}

static void note_overlap(kt_classification *classification, kt_class_conflict *conflicts,
                         const kt_claim *earlier, const kt_claim *later, kt_arena *arena)
{
    const kt_membership *one = &later->membership;
    conflicts[classification->conflict_count++] = (kt_class_conflict){
        .member = one->member,
        .line = kt_arena_print(arena,
                               "%s: row %zu, parent: %s is in %s and in %s of level %s, "
                               "expected one parent on each day",
                               later->sheet->name, later->row + FIRST_ROW, one->member,
                               claim_words(&earlier->membership, arena), claim_words(one, arena),
                               one->parent_level)};
}

static void note_overlaps(kt_classification *classification, const kt_claim *claims,
                          const sort_key *keys, size_t count, kt_arena *arena)
{
    kt_class_conflict *conflicts = kt_arena_array(arena, kt_class_conflict, count + 1);
    for (size_t i = 1; i < count; i++) {
        const kt_claim *earlier = &claims[keys[i - 1].position], *later = &claims[keys[i].position];
        const kt_membership *a = &earlier->membership, *b = &later->membership;
        if (strcmp(a->member, b->member) == 0 && strcmp(a->parent_level, b->parent_level) == 0 &&
            overlap(a, b)) {
            note_overlap(classification, conflicts, earlier, later, arena);
        }
    }
    classification->conflicts = conflicts;
}

void kt_class_join(kt_classification *classification, const kt_claim *claims, size_t count,
                   kt_arena *arena)
{
    sort_key *keys = kt_arena_array(arena, sort_key, count + 1);
    kt_membership *sorted = kt_arena_array(arena, kt_membership, count + 1);
    size_t *first = kt_arena_array(arena, size_t, classification->item_count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_membership *one = &claims[i].membership;
        const size_t member = kt_codes_find(classification->index, one->member);
        keys[i] = (sort_key){member, one->parent_level, one->valid_from, i};
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0, item = 0; item <= classification->item_count; item++) {
        first[item] = i;
        for (; i < count && keys[i].first == item; i++) {
            sorted[i] = claims[keys[i].position].membership;
        }
    }
    note_overlaps(classification, claims, keys, count, arena);
    classification->memberships = sorted;
    classification->membership_count = count;
    classification->first = first;
}
