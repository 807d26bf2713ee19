/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/csv.h"
#include "sample.h"

#define SHARED KT_ROOT "/../shared/data/classifications/"

static const kt_classifications *shipped(void **state)
{
    return load_classes(KT_ROOT "/config/classifications", *state);
}

static size_t count_level(const kt_classification *sectors, const char *level)
{
    size_t count = 0;
    for (size_t i = 0; i < sectors->item_count; i++) {
        count += strcmp(sectors->items[i].level, level) == 0;
    }
    return count;
}

/* NACE Rev. 2: 21 sections, 88 divisions; NACE Rev. 2.1: 22 and 87. */
static void every_revision_has_all_its_sections_and_divisions(void **state)
{
    static const size_t sections[] = {21, 22, 21, 22}, divisions[] = {88, 87, 88, 87};
    const kt_classifications *all = shipped(state);
    for (int revision = 0; revision < KT_SECTOR_REVISIONS; revision++) {
        const kt_classification *sectors = &all->sectors[revision];
        assert_int_equal(count_level(sectors, "tol1"), sections[revision]);
        assert_int_equal(count_level(sectors, "tol2"), divisions[revision]);
        assert_string_equal(sectors->items[0].revision,
                            kt_sector_revision_name((kt_sector_revision)revision));
    }
}

static void a_code_is_another_sector_in_another_revision(void **state)
{
    const kt_classifications *all = shipped(state);
    assert_string_equal(kt_class_find(&all->sectors[KT_TOL2008], "TOL-K")->name_en,
                        "Financial and insurance activities");
    assert_string_equal(kt_class_find(&all->sectors[KT_NACE21], "TOL-L")->name_en,
                        "Financial and insurance activities");
    assert_string_equal(kt_class_parent(&all->sectors[KT_TOL2008], "TOL-62", "tol1"), "TOL-J");
    assert_string_equal(kt_class_parent(&all->sectors[KT_TOL2025], "TOL-62", "tol1"), "TOL-K");
    assert_null(kt_class_find(&all->sectors[KT_TOL2025], "TOL-45"));
    assert_null(kt_class_find(&all->sectors[KT_TOL2008], "TOL-V"));
}

static void revisions_of_one_classification_need_no_conversion(void **state)
{
    const kt_classifications *all = shipped(state);
    assert_int_equal(kt_sector_flows_between(all, KT_TOL2008, KT_NACE2).count, 0);
    assert_true(kt_sector_flows_between(all, KT_NACE2, KT_TOL2025).count > 0);
    assert_int_equal(kt_sector_revision_find("nace21"), KT_NACE21);
    assert_int_equal(kt_sector_revision_find("tol1995"), KT_SECTOR_REVISIONS);
    assert_int_equal(kt_sector_revision_find(NULL), KT_SECTOR_REVISIONS);
}

/* True if the flows from TOL 2008 lead from one code to the other. */
static bool leads(const kt_classifications *all, const char *from, const char *to)
{
    const kt_sector_flows flows = kt_sector_flows_between(all, KT_TOL2008, KT_TOL2025);
    for (size_t i = 0; i < flows.count; i++) {
        if (strcmp(all->sectors[KT_TOL2008].items[flows.at[i].from].code, from) == 0 &&
            strcmp(all->sectors[KT_TOL2025].items[flows.at[i].to].code, to) == 0) {
            return true;
        }
    }
    return false;
}

/* Every row of a file of pairs of codes, in the columns of these names. */
static void assert_led(const kt_classifications *all, const char *file, const char *from_column,
                       const char *to_column, kt_arena *arena)
{
    kt_csv_table *table = NULL;
    kt_error err = {0};
    size_t from = 0, to = 0;
    assert_int_equal(
        kt_csv_load(kt_arena_print(arena, SHARED "%s", file), 1 << 20, arena, &table, &err), KT_OK);
    assert_int_equal(kt_csv_column(table, from_column, &from, &err), KT_OK);
    assert_int_equal(kt_csv_column(table, to_column, &to, &err), KT_OK);
    assert_true(table->row_count > 20);
    for (size_t i = 0; i < table->row_count; i++) {
        const char *left = kt_arena_print(arena, "TOL-%s", kt_csv_cell(table, i, from));
        const char *right = kt_arena_print(arena, "TOL-%s", kt_csv_cell(table, i, to));
        if (!leads(all, left, right)) {
            print_error("%s does not lead to %s\n", left, right);
            fail();
        }
    }
}

/* Sections that only a division between them connects are told by section as well. */
static void the_correspondence_has_every_pair_that_was_collected(void **state)
{
    if (access(SHARED "tol2008_to_nace21_division.csv", R_OK) != 0) {
        skip();
    }
    const kt_classifications *all = shipped(state);
    assert_led(all, "tol2008_to_nace21_division.csv", "tol2008_division", "nace21_division",
               *state);
    assert_led(all, "tol2008_to_nace21_section.csv", "tol2008_section", "nace21_section", *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_revision_has_all_its_sections_and_divisions),
        ARENA_TEST(a_code_is_another_sector_in_another_revision),
        ARENA_TEST(revisions_of_one_classification_need_no_conversion),
        ARENA_TEST(the_correspondence_has_every_pair_that_was_collected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
