/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "package/parts.h"
#include "package/wide.h"
#include "publish/cell.h"
#include "publish/table.h"

/*
 * qgis/<level>.csv: one row for each region of a level, the newest month, to be joined with a map.
 * GDAL takes a column's type from the .csvt beside it; without one, QGIS makes a number of 091.
 */

/* A part of a wide row: which published rows, and which of their columns under which names. */
typedef struct map_part {
    kt_wide_question question;
    const char *prefix;      /* of the names of the columns */
    const char *columns[12]; /* NULL: every one but those that the row was found by */
} map_part;

/* The first part says which regions there are. */
static const map_part parts[] = {
    {.question = {.table = "observations",
                  .level = "region_level",
                  .code = "region_code",
                  .where = {{"occupation_level", "_T"}, {"occupation_code", "_T"}},
                  .one_of = "source",
                  .monthly = true},
     .prefix = ""},
    {.question = {.table = "mismatch",
                  .code = "scope",
                  .where = {{"market", "isco2"}, {"measure", "mismatch"}, {"alpha", "0.5"}},
                  .monthly = true},
     .prefix = "mismatch_isco2_",
     .columns = {"time_period", "value", "value_low", "value_high", "unemployed_coverage",
                 "vacancies_coverage", "protected_share", "obs_status"}},
};

#define PART_COUNT (sizeof parts / sizeof parts[0])

/* Names of regions: "level code" -> its row of dim_region. */
typedef struct map_names {
    kt_codes *known;
    const char *(*names)[3];
    size_t room;
    size_t columns[5]; /* level, code, name_fi, name_sv, name_en */
    kt_arena *arena;
} map_names;

typedef struct map_making {
    kt_package *package;
    kt_wide_rows found[PART_COUNT];
    map_names names;
    kt_text csv, csvt;
} map_making;

static inline void kt_auto_map_making(map_making *making)
{
    kt_text_free(&making->csv);
    kt_text_free(&making->csvt);
}

static const char *region_key(const char *level, const char *code, kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s", level, code);
}

static kt_status take_name(void *context, size_t number, const char *const *cells,
                           const size_t *lengths, kt_error *err)
{
    (void)number;
    (void)lengths;
    (void)err;
    map_names *names = context;
    const size_t at = kt_codes_intern(
        names->known, region_key(cells[names->columns[0]], cells[names->columns[1]], names->arena));
    names->names =
        kt_arena_grow(names->arena, names->names, at, &names->room, sizeof *names->names);
    for (size_t i = 0; i < 3; i++) {
        names->names[at][i] = kt_arena_copy(names->arena, cells[names->columns[i + 2]]);
    }
    return KT_OK;
}

static kt_status read_names(const kt_package *package, map_names *names, kt_error *err)
{
    static const char *const wanted[] = {"level", "code", "name_fi", "name_sv", "name_en"};
    const kt_package_table *table = kt_package_find(package, "dim_region");
    names->arena = package->arena;
    names->known = kt_codes_new(names->arena);
    if (table == NULL) {
        return KT_OK;
    }
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        names->columns[i] = kt_schema_column(table->schema, wanted[i]);
        if (names->columns[i] == KT_NO_COLUMN) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: lacks the column %s", table->schema->file,
                           wanted[i]);
        }
    }
    const kt_table_events events = {.context = names, .row = take_name};
    const char *path = kt_path_join(names->arena, package->input->dir, table->files[0].path);
    return kt_table_read(path, table->schema, &events, err);
}

static void put_cell(kt_text *out, const char *cell)
{
    if (!kt_cell_look_at(cell, strlen(cell)).quote) {
        kt_text_put(out, cell);
        return;
    }
    kt_text_put_char(out, '"');
    for (const char *at = cell; *at != '\0'; at++) {
        kt_text_put(out, *at == '"' ? "\"" : "");
        kt_text_put_char(out, *at);
    }
    kt_text_put_char(out, '"');
}

static const char *map_type(const kt_column *column)
{
    switch (column->type) {
    case KT_COLUMN_INTEGER:
        return "Integer";
    case KT_COLUMN_NUMBER:
    case KT_COLUMN_SHARE:
        return "Real";
    case KT_COLUMN_DATE:
        return "Date";
    default:
        return "String";
    }
}

/* What maps call it: 091 of KU091, 19 of MK19. A code that is no number behind letters stays. */
static const char *bare_code(const char *code)
{
    const char *digits = code + strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return digits[0] != '\0' && digits[strspn(digits, "0123456789")] == '\0' ? digits : code;
}

static bool is_question_column(const kt_wide_question *question, const char *name)
{
    bool is = strcmp(name, question->code) == 0 ||
              (question->level != NULL && strcmp(name, question->level) == 0);
    for (size_t i = 0; i < KT_WIDE_WHERES && question->where[i].column != NULL; i++) {
        is = is || strcmp(name, question->where[i].column) == 0;
    }
    return is;
}

/* Names in one language stand in three already. */
static bool is_shown(const map_part *part, const kt_column *column)
{
    for (size_t i = 0; part->columns[i] != NULL; i++) {
        if (strcmp(part->columns[i], column->name) == 0) {
            return true;
        }
    }
    return part->columns[0] == NULL && column->type != KT_COLUMN_TEXT &&
           !is_question_column(&part->question, column->name);
}

static void put_titles(map_making *making, size_t part)
{
    const kt_schema *schema = making->found[part].schema;
    for (size_t i = 0; schema != NULL && i < schema->column_count; i++) {
        if (is_shown(&parts[part], &schema->columns[i])) {
            kt_text_print(&making->csv, ",%s%s", parts[part].prefix, schema->columns[i].name);
            kt_text_print(&making->csvt, ",\"%s\"", map_type(&schema->columns[i]));
        }
    }
}

static void put_header(map_making *making)
{
    kt_text_put(&making->csv, "region_code,code,name_fi,name_sv,name_en");
    kt_text_put(&making->csvt, "\"String\",\"String\",\"String\",\"String\",\"String\"");
    for (size_t p = 0; p < PART_COUNT; p++) {
        put_titles(making, p);
    }
    kt_text_put_char(&making->csv, '\n');
    kt_text_put_char(&making->csvt, '\n');
}

static void put_part(map_making *making, size_t part, const kt_wide_row *row)
{
    const kt_schema *schema = making->found[part].schema;
    for (size_t i = 0; schema != NULL && i < schema->column_count; i++) {
        if (is_shown(&parts[part], &schema->columns[i])) {
            kt_text_put_char(&making->csv, ',');
            put_cell(&making->csv, row == NULL ? "" : row->cells[i]);
        }
    }
}

static void put_region(map_making *making, const kt_wide_row *region)
{
    static const char *const nameless[3] = {"", "", ""};
    const map_names *names = &making->names;
    const size_t at =
        kt_codes_find(names->known, region_key(region->level, region->code, names->arena));
    const char *const *words = at == KT_NO_CODE ? nameless : names->names[at];
    put_cell(&making->csv, region->code);
    kt_text_put_char(&making->csv, ',');
    put_cell(&making->csv, bare_code(region->code));
    for (size_t i = 0; i < 3; i++) {
        kt_text_put_char(&making->csv, ',');
        put_cell(&making->csv, words[i]);
    }
    put_part(making, 0, region);
    for (size_t p = 1; p < PART_COUNT; p++) {
        put_part(making, p, kt_wide_find(&making->found[p], region->level, region->code));
    }
    kt_text_put_char(&making->csv, '\n');
}

/* Figures without a place are on no map. */
static bool is_on_map(const kt_wide_row *region, const char *level)
{
    return strcmp(region->level, level) == 0 && region->code[0] != '_';
}

static void make_map(map_making *making, const char *level)
{
    kt_package *package = making->package;
    const kt_wide_rows *regions = &making->found[0];
    size_t count = 0;
    kt_text_clear(&making->csv);
    kt_text_clear(&making->csvt);
    put_header(making);
    for (size_t i = 0; i < regions->count; i++) {
        if (is_on_map(&regions->rows[i], level)) {
            put_region(making, &regions->rows[i]);
            count++;
        }
    }
    if (count > 0) {
        kt_package_add(package, kt_arena_print(package->arena, "qgis/%s.csv", level),
                       making->csv.bytes, making->csv.length);
        kt_package_add(package, kt_arena_print(package->arena, "qgis/%s.csvt", level),
                       making->csvt.bytes, making->csvt.length);
    }
}

kt_status kt_package_maps(kt_package *package, kt_error *err)
{
    KT_AUTO(map_making) map_making making = {.package = package};
    for (size_t p = 0; p < PART_COUNT; p++) {
        KT_TRY(kt_wide_ask(package, &parts[p].question, &making.found[p], err));
    }
    KT_TRY(read_names(package, &making.names, err));
    kt_codes *levels = kt_codes_new(package->arena);
    for (size_t i = 0; i < making.found[0].count; i++) {
        (void)kt_codes_intern(levels, making.found[0].rows[i].level);
    }
    for (size_t i = 0; i < kt_codes_count(levels); i++) {
        make_map(&making, kt_codes_at(levels, i));
    }
    return KT_OK;
}
