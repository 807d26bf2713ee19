/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/classification.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/file.h"
#include "support/check.h"

#define ITEMS   "code,level,name_fi,name_sv,name_en,valid_from,valid_to\n"
#define MEMBERS "member,parent,parent_level,valid_from,valid_to\n"
#define CHANGES "abolished,successor,date,kind\n"
#define SECTORS "code,level,revision,name_fi,name_sv,name_en,parent,verified\n"
#define FLOWS   "from_revision,from_code,to_revision,to_code,share,certainty,note\n"

/* The files of one folder; NULL means a small right one. */
typedef struct files {
    const char *regions, *memberships, *changes, *coordinators, *occupations, *sectors, *flows;
} files;

static const files right = {
    .regions = ITEMS "SSS,country,Koko maa,Hela landet,Whole country,,\n"
                     "KU001,kunta,Yksi,,,,\nKU002,kunta,Kaksi,Två,Two,,2019-12-31\n"
                     "KU003,kunta,Kolme,,,,2009-12-31\n"
                     "MK01,maakunta,Maa,Land,Land,,\nMK02,maakunta,Muu,Annan,Other,,\n"
                     "SA1,suuralue,Suuri,Stor,Large,,\nCA1,coordinator,Alue,Område,Area,,\n",
    .memberships = MEMBERS "KU001,MK01,maakunta,,2015-12-31\nKU001,MK02,maakunta,2016-01-01,\n"
                           "MK02,SA1,suuralue,,\nMK01,SA1,suuralue,,\n",
    .changes = CHANGES "KU002,KU001,2020-01-01,whole\nKU003,KU002,2010-01-01,main\n"
                       "KU003,KU001,2010-01-01,part\n",
    .coordinators = "member,parent,verified,note\nMK02,CA1,no,doubtful\n",
    .occupations = "code,level,name_fi,name_sv,name_en,parent,in_use\n"
                   "ISCO-2,isco1,Asiantuntijat,Specialister,Professionals,,yes\n"
                   "ISCO-25,isco2,,,ICT professionals,ISCO-2,no\n",
    .sectors = SECTORS "TOL-A,tol1,tol2008,Maatalous,Jordbruk,Agriculture,,yes\n"
                       "TOL-01,tol2,tol2008,Kasvinviljely,,Crops,TOL-A,yes\n"
                       "TOL-A,tol1,tol2025,Maatilat,,,,no\n"
                       "TOL-01,tol2,tol2025,Kasvinviljely,,Crops,TOL-A,yes\n",
    .flows = FLOWS "tol2008,TOL-A,tol2025,TOL-A,1,main,\ntol2025,TOL-A,tol2008,TOL-A,1,main,\n"
                   "tol2008,TOL-01,tol2025,TOL-01,1,main,\ntol2025,TOL-01,tol2008,TOL-01,1,main,\n",
};

typedef struct fixture {
    kt_arena *arena;
    char folder[64];
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = kt_arena_open("test", 0);
    strcpy(f->folder, "classification_XXXXXX");
    *state = f;
    return mkdtemp(f->folder) == NULL;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    kt_error err = {0};
    const kt_status removed = kt_folder_remove(f->folder, &err);
    kt_arena_free(f->arena);
    free(f);
    return removed != KT_OK;
}

static void put(const fixture *f, const char *name, const char *text, const char *otherwise)
{
    kt_error err = {0};
    const char *bytes = text != NULL ? text : otherwise;
    assert_int_equal(
        kt_file_write(kt_path_join(f->arena, f->folder, name), bytes, strlen(bytes), &err), KT_OK);
}

static kt_classifications *load(const fixture *f, files with, kt_problems **problems)
{
    put(f, "regions.csv", with.regions, right.regions);
    put(f, "memberships.csv", with.memberships, right.memberships);
    put(f, "municipality_changes.csv", with.changes, right.changes);
    put(f, "coordinators.csv", with.coordinators, right.coordinators);
    put(f, "occupations.csv", with.occupations, right.occupations);
    put(f, "sectors.csv", with.sectors, right.sectors);
    put(f, "sector_correspondences.csv", with.flows, right.flows);
    *problems = kt_problems_new(f->arena);
    return kt_classifications_load(f->folder, f->arena, *problems);
}

static void a_right_folder_has_no_problems(void **state)
{
    kt_problems *problems;
    assert_non_null(load(*state, (files){0}, &problems));
    assert_int_equal(kt_problems_count(problems), 0);
}

static void items_are_sorted_by_level_and_code(void **state)
{
    static const char *const order[] = {"SSS",  "KU001", "KU002", "KU003",
                                        "MK01", "MK02",  "SA1",   "CA1"};
    kt_problems *problems;
    const kt_classifications *all = load(*state, (files){0}, &problems);
    assert_int_equal(all->regions.item_count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_string_equal(all->regions.items[i].code, order[i]);
        assert_ptr_equal(kt_class_find(&all->regions, order[i]), &all->regions.items[i]);
    }
    assert_null(kt_class_find(&all->regions, "KU999"));
}

static void a_missing_name_is_the_next_languages(void **state)
{
    kt_problems *problems;
    const kt_classifications *all = load(*state, (files){0}, &problems);
    assert_string_equal(kt_class_find(&all->regions, "KU001")->name_en, "Yksi");
    assert_string_equal(kt_class_find(&all->occupations, "ISCO-25")->name_fi, "ICT professionals");
    assert_false(kt_class_find(&all->occupations, "ISCO-25")->in_use);
    assert_string_equal(kt_class_find(&all->sectors[KT_TOL2008], "TOL-A")->name_fi, "Maatalous");
}

static void the_newest_parent_counts_also_through_other_parents(void **state)
{
    kt_problems *problems;
    const kt_classifications *all = load(*state, (files){0}, &problems);
    assert_string_equal(kt_class_parent(&all->regions, "KU001", "maakunta"), "MK02");
    assert_string_equal(kt_class_parent(&all->regions, "KU001", "suuralue"), "SA1");
    assert_string_equal(kt_class_parent(&all->regions, "KU001", "coordinator"), "CA1");
    assert_null(kt_class_parent(&all->regions, "MK01", "coordinator"));
    assert_null(kt_class_parent(&all->regions, "KU999", "maakunta"));
    assert_string_equal(kt_class_parent(&all->sectors[KT_NACE2], "TOL-01", "tol1"), "TOL-A");
}

static void a_merged_municipality_is_followed_to_the_end(void **state)
{
    kt_problems *problems;
    const kt_classifications *all = load(*state, (files){0}, &problems);
    assert_string_equal(kt_class_today(&all->regions, "KU003"), "KU001");
    assert_string_equal(kt_class_today(&all->regions, "MK01"), "MK01");
}

typedef struct fault {
    files with;
    const char *said; /* what the one problem ends in */
} fault;

static const fault faults[] = {
    {{.memberships = MEMBERS "KU001,MK09,maakunta,,\n"},
     "memberships.csv: row 2, parent: unknown parent \"MK09\" of KU001"},
    {{.memberships = MEMBERS "KU009,MK01,maakunta,,\n"},
     "memberships.csv: row 2, member: unknown code \"KU009\""},
    {{.memberships = MEMBERS "KU001,MK01,suuralue,,\n"},
     "memberships.csv: row 2, parent_level: MK01 is of level maakunta, expected suuralue"},
    {{.memberships = MEMBERS "KU001,MK01,maakunta,2016-02-30,\n"},
     "memberships.csv: row 2, valid_from: \"2016-02-30\" is no day, expected YYYY-MM-DD"},
    {{.memberships = MEMBERS "KU001,MK01,maakunta,2016-01-01,2015-01-01\n"},
     "memberships.csv: row 2, valid_to: 2015-01-01 is before valid_from 2016-01-01"},
    {{.coordinators = "member,parent,verified\nMK01,MK02,no\n"},
     "coordinators.csv: row 2, parent_level: MK02 is of level maakunta, expected coordinator"},
    {{.coordinators = "member,parent,verified\nMK01,CA1,perhaps\n"},
     "coordinators.csv: row 2, verified: \"perhaps\", expected yes or no"},
    {{.changes = CHANGES "KU002,KU001,,whole\n"},
     "municipality_changes.csv: row 2, date: no day, expected YYYY-MM-DD"},
    {{.changes = CHANGES "KU002,KU009,2020-01-01,whole\n"},
     "municipality_changes.csv: row 2, successor: \"KU009\", expected another known region"},
    {{.changes = CHANGES "KU002,KU001,2020-01-01,gone\n"},
     "municipality_changes.csv: row 2, kind: \"gone\", expected whole, main or part"},
    {{.changes = CHANGES "KU002,KU001,2020-01-01,whole\nKU002,KU003,2020-01-01,main\n"},
     "municipality_changes.csv: row 3, abolished: KU002 has two successors, expected kind part"},
    {{.occupations = "code,level,name_fi,name_sv,name_en,parent,in_use\nISCO-2,isco9,A,,,,yes\n"},
     "occupations.csv: row 2, level: \"isco9\" is no level, expected one of _T, isco1, isco2, "
     "isco3, isco4, _X, unknown"},
    {{.occupations = "code,level,name_fi,name_sv,name_en,parent,in_use\nISCO-2,isco1,,,,,yes\n"},
     "occupations.csv: row 2, name_fi: ISCO-2 has no name in any language"},
    {{.occupations = "code,level,name_fi,name_sv,name_en,parent,in_use\n"
                     "ISCO-2,isco1,A,,,,yes\nISCO-2,isco1,B,,,,yes\n"},
     "occupations.csv: row 3, code: \"ISCO-2\", expected a code that no other row has"},
    {{.occupations = "code,level,name_fi,name_sv,name_en,parent,in_use\nISCO-2,isco1,A,,,,\n"},
     "occupations.csv: row 2, in_use: \"\", expected yes or no"},
    {{.sectors = SECTORS "TOL-A,tol1,2008,A,,,,yes\n", .flows = FLOWS},
     "sectors.csv: row 2, revision: \"2008\", expected tol2008 or tol2025"},
    {{.sectors = SECTORS "TOL-A,tol1,tol2008,A,,,,\nTOL-A,tol1,tol2025,A,,,,yes\n",
      .flows = FLOWS "tol2008,TOL-A,tol2025,TOL-A,1,main,\ntol2025,TOL-A,tol2008,TOL-A,1,main,\n"},
     "sectors.csv: row 2, verified: \"\", expected yes or no"},
    {{.flows = FLOWS "tol2008,TOL-Z,tol2025,TOL-A,1,main,\n"},
     "sector_correspondences.csv: row 2, from_code: unknown sector \"TOL-Z\" of tol2008"},
    {{.flows = FLOWS "tol2008,TOL-A,nace2,TOL-A,1,main,\n"},
     "sector_correspondences.csv: row 2, from_revision: from \"tol2008\" to \"nace2\", expected "
     "tol2008 and tol2025"},
    {{.flows = FLOWS "tol2008,TOL-A,tol2025,TOL-01,1,main,\n"},
     "sector_correspondences.csv: row 2, to_code: TOL-01 is of level tol2, expected tol1"},
    {{.flows = FLOWS "tol2008,TOL-A,tol2025,TOL-A,1.5,main,\n"},
     "sector_correspondences.csv: row 2, share: \"1.5\", expected a share above 0 and at most 1"},
    {{.flows = FLOWS "tol2008,TOL-A,tol2025,TOL-A,1,sure,\n"},
     "sector_correspondences.csv: row 2, certainty: \"sure\", expected exact, main or unverified"},
    {{.flows = FLOWS "tol2008,TOL-A,tol2025,TOL-A,0.5,main,\n"},
     "sector_correspondences.csv: row 2, certainty: a share of 0.5 is main, expected unverified"},
    {{.flows =
          FLOWS "tol2008,TOL-A,tol2025,TOL-A,0.5,unverified,\n"
                "tol2008,TOL-01,tol2025,TOL-01,1,main,\n"
                "tol2025,TOL-A,tol2008,TOL-A,1,main,\ntol2025,TOL-01,tol2008,TOL-01,1,main,\n"},
     "sector_correspondences.csv: the shares of TOL-A of tol2008 sum to 0.5, expected 1"},
};

static void each_mistake_is_one_line_with_its_row(void **state)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        kt_problems *problems;
        assert_null(load(*state, faults[i].with, &problems));
        assert_int_equal(kt_problems_count(problems), 1);
        const char *line = kt_problems_at(problems, 0);
        assert_non_null(strstr(line, faults[i].said));
        assert_string_equal(strstr(line, faults[i].said), faults[i].said);
    }
}

static const struct {
    files with;
    const char *said;
} conflicts[] = {
    {{.memberships = MEMBERS "KU001,MK02,maakunta,2016-01-01,\nKU001,MK01,maakunta,,2016-01-01\n"},
     "memberships.csv: row 2, parent: KU001 is in MK01 (until 2016-01-01) and in MK02 (from "
     "2016-01-01) of level maakunta, expected one parent on each day"},
    {{.memberships = MEMBERS "KU001,MK02,maakunta,,\nKU001,MK01,maakunta,2010-01-01,2016-01-01\n"},
     "memberships.csv: row 3, parent: KU001 is in MK02 (always) and in MK01 (from 2010-01-01 until "
     "2016-01-01) of level maakunta, expected one parent on each day"},
    {{.coordinators = "member,parent,verified\nMK01,CA1,no\nMK01,CA2,no\n",
      .regions = ITEMS "KU001,kunta,Yksi,,,,\nKU002,kunta,Kaksi,,,,\nKU003,kunta,Kolme,,,,\n"
                       "MK01,maakunta,Maa,,,,\nMK02,maakunta,Muu,,,,\nSA1,suuralue,Suuri,,,,\n"
                       "CA1,coordinator,Alue,,,,\nCA2,coordinator,Toinen,,,,\n"},
     "coordinators.csv: row 3, parent: MK01 is in CA1 (always) and in CA2 (always) of level "
     "coordinator, expected one parent on each day"},
};

static void two_parents_on_one_day_are_a_conflict_with_both_and_their_days(void **state)
{
    for (size_t i = 0; i < sizeof conflicts / sizeof conflicts[0]; i++) {
        kt_problems *problems;
        const kt_classifications *all = load(*state, conflicts[i].with, &problems);
        assert_non_null(all);
        assert_int_equal(all->regions.conflict_count, 1);
        const char *line = all->regions.conflicts[0].line;
        assert_non_null(strstr(line, conflicts[i].said));
    }
}

/* KU002 and KU003 were merged into KU001, MK02 has nothing to do with it. */
static void a_conflict_concerns_who_has_the_region_or_lies_in_it(void **state)
{
    static const struct {
        const char *memberships, *code;
        bool certain;
    } cases[] = {
        {MEMBERS "KU001,MK01,maakunta,,\nKU001,MK02,maakunta,,\n", "KU001", false},
        {MEMBERS "KU001,MK01,maakunta,,\nKU001,MK02,maakunta,,\n", "KU003", false},
        {MEMBERS "KU001,MK01,maakunta,,\nKU001,MK02,maakunta,,\n", "MK02", true},
        {MEMBERS "KU001,MK01,maakunta,,\nMK01,SA1,suuralue,,\nMK01,SA1,suuralue,,\n", "KU001",
         false},
        {MEMBERS "KU001,MK01,maakunta,,\nMK01,SA1,suuralue,,\nMK01,SA1,suuralue,,\n", "MK02", true},
        {MEMBERS "KU001,MK01,maakunta,,\nMK01,SA1,suuralue,,\nMK01,SA1,suuralue,,\n", "SSS", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const fixture *f = *state;
        kt_problems *problems;
        kt_error err = {0};
        const kt_classifications *all =
            load(f, (files){.memberships = cases[i].memberships}, &problems);
        kt_codes *codes = kt_codes_new(f->arena);
        (void)kt_codes_add(codes, cases[i].code, NULL);
        assert_int_equal(kt_class_certain(&all->regions, codes, &err),
                         cases[i].certain ? KT_OK : KT_ERR_CONFIG);
    }
}

static void successors_that_lead_round_in_a_circle_are_told(void **state)
{
    kt_problems *problems;
    const files circle = {.changes = CHANGES
                          "KU002,KU003,2020-01-01,whole\nKU003,KU002,2020-01-01,whole\n"};
    assert_null(load(*state, circle, &problems));
    assert_non_null(strstr(kt_problems_at(problems, 0), "lead round in a circle"));
}

static void all_mistakes_are_told_at_once(void **state)
{
    kt_problems *problems;
    const files wrong = {.memberships = MEMBERS "KU009,MK01,maakunta,,\nKU001,MK09,maakunta,,\n",
                         .sectors = "code,level\nTOL-A,tol1\n"};
    assert_null(load(*state, wrong, &problems));
    assert_true(kt_problems_count(problems) >= 8); /* two memberships, six columns */
}

static void a_folder_that_is_not_there_names_every_file(void **state)
{
    const fixture *f = *state;
    kt_problems *problems = kt_problems_new(f->arena);
    assert_null(kt_classifications_load("no/such/folder", f->arena, problems));
    assert_int_equal(kt_problems_count(problems), 7);
    assert_non_null(strstr(kt_problems_at(problems, 0), "no/such/folder/regions.csv"));
}

static const kt_classifications *shipped(const fixture *f)
{
    kt_problems *problems = kt_problems_new(f->arena);
    const kt_classifications *all =
        kt_classifications_load(KT_ROOT "/config/classifications", f->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(all);
    return all;
}

static size_t count_today(const kt_classification *classification, const char *level)
{
    size_t count = 0;
    for (size_t i = 0; i < classification->item_count; i++) {
        const kt_class_item *item = &classification->items[i];
        count += strcmp(item->level, level) == 0 &&
                 (item->valid_to[0] == '\0' || strcmp(item->valid_to, "2025-12-31") >= 0);
    }
    return count;
}

/* Numbers of regions of the division of 2026: Statistics Finland; ELY areas are those of 2025. Six
 * countries beside our own. */
static void the_shipped_files_hold_the_division_of_2026(void **state)
{
    static const struct {
        const char *level;
        size_t count;
    } levels[] = {
        {"country", 1 + 6}, {"kunta", 308},  {"seutukunta", 69},     {"maakunta", 19},
        {"ely", 16},        {"suuralue", 5}, {"tyollisyysalue", 46}, {"elinvoimakeskus", 10},
        {"coordinator", 5}};
    const kt_classifications *all = shipped(*state);
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        assert_int_equal(count_today(&all->regions, levels[i].level), levels[i].count);
    }
}

static void every_municipality_of_today_has_its_parents(void **state)
{
    static const char *const levels[] = {"seutukunta", "maakunta",       "suuralue",
                                         "ely",        "tyollisyysalue", "elinvoimakeskus"};
    const kt_classifications *all = shipped(*state);
    for (size_t i = 0; i < all->regions.item_count; i++) {
        const kt_class_item *item = &all->regions.items[i];
        for (size_t l = 0; strcmp(item->level, "kunta") == 0 && l < 6; l++) {
            const char *today = kt_class_today(&all->regions, item->code);
            assert_non_null(kt_class_parent(&all->regions, today, levels[l]));
        }
    }
}

/* Membership of single places as the regional keys of Statistics Finland have it. */
static void known_places_are_where_they_belong(void **state)
{
    static const struct {
        const char *code, *level, *parent;
    } places[] = {
        {"KU091", "seutukunta", "SK011"},
        {"KU091", "tyollisyysalue", "TA08"},
        {"KU508", "tyollisyysalue", "TA06"},
        {"KU508", "maakunta", "MK06"},
        {"KU785", "maakunta", "MK17"},
        {"KU142", "elinvoimakeskus", "EVK03"},
        {"MK04", "elinvoimakeskus", "EVK02"},
        {"MK21", "elinvoimakeskus", "EVK02"},
        {"MK07", "elinvoimakeskus", "EVK03"},
        {"MK18", "suuralue", "SA4"},
        {"MK16", "ely", "ELY12"},
        {"KU593", "tyollisyysalue", "TA13"},
    };
    const kt_classifications *all = shipped(*state);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *parent = kt_class_parent(&all->regions, places[i].code, places[i].level);
        assert_non_null(parent);
        assert_string_equal(parent, places[i].parent);
    }
    assert_null(kt_class_parent(&all->regions, "MK21", "coordinator"));
    assert_string_equal(kt_class_today(&all->regions, "KU588"), "KU507");
    assert_string_equal(kt_class_today(&all->regions, "KU479"), "KU946");
    assert_string_equal(kt_class_today(&all->regions, "KU443"), "KU562");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_right_folder_has_no_problems, set_up, tear_down),
        cmocka_unit_test_setup_teardown(items_are_sorted_by_level_and_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_name_is_the_next_languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_newest_parent_counts_also_through_other_parents, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_merged_municipality_is_followed_to_the_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(each_mistake_is_one_line_with_its_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            two_parents_on_one_day_are_a_conflict_with_both_and_their_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_conflict_concerns_who_has_the_region_or_lies_in_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(successors_that_lead_round_in_a_circle_are_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(all_mistakes_are_told_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_names_every_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_shipped_files_hold_the_division_of_2026, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_municipality_of_today_has_its_parents, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(known_places_are_where_they_belong, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
