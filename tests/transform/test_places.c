/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/classification.h"

#include <string.h>

#include "core/csv.h"
#include "core/file.h"
#include "sample.h"
#include "support/table.h"

#define FOLDER     KT_SHARED "/data/classifications"
#define FILE_LIMIT ((size_t)16 << 20)

static const kt_classification *shipped(kt_arena *arena)
{
    return &load_classes(KT_ROOT "/config/classifications", arena)->regions;
}

static kt_csv_table *open_csv(const char *name, kt_arena *arena)
{
    kt_csv_table *table = NULL;
    kt_error err = {0};
    if (kt_csv_load(kt_path_join(arena, FOLDER, name), FILE_LIMIT, arena, &table, &err) != KT_OK) {
        print_error("%s\n", err.message);
        fail();
    }
    return table;
}

/* The parent at a level on a day, by direct membership alone; NULL if the files say none. */
static const char *parent_on(const kt_classification *regions, const char *code, const char *level,
                             const char *day)
{
    const size_t at = kt_codes_find(regions->index, code);
    const char *parent = NULL;
    for (size_t i = regions->first[at]; i < regions->first[at + 1]; i++) {
        const kt_membership *one = &regions->memberships[i];
        if (strcmp(one->parent_level, level) == 0 && strcmp(one->valid_from, day) <= 0 &&
            (one->valid_to[0] == '\0' || strcmp(day, one->valid_to) <= 0)) {
            assert_null(parent);
            parent = one->parent;
        }
    }
    return parent;
}

/* Every municipality that there was since 2006 is counted in the right one of 2026. */
static void every_municipality_is_counted_in_the_one_of_the_2026_key(void **state)
{
    const kt_classification *regions = shipped(*state);
    const kt_csv_table *key = open_csv("municipality_to_2026.csv", *state);
    assert_int_equal(key->row_count, 441);
    for (size_t i = 0; i < key->row_count; i++) {
        const char *code = kt_arena_print(*state, "KU%s", table_cell(key, i, "code"));
        const char *today = kt_arena_print(*state, "KU%s", table_cell(key, i, "code_2026"));
        assert_non_null(kt_class_find(regions, code));
        assert_string_equal(kt_class_today(regions, code), today);
    }
}

/* Levels that municipalities are members of themselves, and the file's columns of them. */
static const struct {
    const char *column, *level, *prefix;
} levels[] = {
    {"seutukunta", "seutukunta", "SK"},
    {"maakunta", "maakunta", "MK"},
    {"ely", "ely", "ELY"},
    {"tyollisyysalue", "tyollisyysalue", "TA"},
};

static void check_year(const kt_classification *regions, const kt_csv_table *years, size_t row,
                       kt_arena *arena)
{
    const char *day = kt_arena_print(arena, "%s-07-01", table_cell(years, row, "year"));
    const char *code = kt_arena_print(arena, "KU%s", table_cell(years, row, "kunta"));
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const char *said = table_cell(years, row, levels[i].column);
        const char *prefix = kt_text_starts(said, levels[i].prefix) ? "" : levels[i].prefix;
        const char *want = said[0] == '\0' ? NULL : kt_arena_print(arena, "%s%s", prefix, said);
        assert_true(kt_text_same(parent_on(regions, code, levels[i].level, day), want));
    }
}

/* Every municipality of every year since 2013 lies, at every level of its own, where it lay then.
 */
static void every_municipality_lies_where_it_lay_in_every_year(void **state)
{
    const kt_classification *regions = shipped(*state);
    const kt_csv_table *years = open_csv("municipality_region_by_year.csv", *state);
    assert_int_equal(years->row_count, 4365);
    for (size_t i = 0; i < years->row_count; i++) {
        check_year(regions, years, i, *state);
    }
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(FOLDER);
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_municipality_is_counted_in_the_one_of_the_2026_key),
        ARENA_TEST(every_municipality_lies_where_it_lay_in_every_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
