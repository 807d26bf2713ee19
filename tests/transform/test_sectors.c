/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* Sectors of one region and month: their codes and figures, the total SSS among them. */
static kt_cube *cube_of(const kt_source *source, const char *codes, const char *cells,
                        kt_arena *arena)
{
    const char *shape = kt_arena_print(
        arena, "Alue: SSS | Toimiala: %s | timeperiod_m: 2026M06 | contentscode: U", codes);
    return sample_cube(source, sample_reply(arena, "a", shape, cells), arena);
}

static size_t sector(const kt_cube *slab, const char *code)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_SECTOR] = position_of(slab, KT_ROLE_SECTOR, code)};
    return kt_cube_at(slab, at);
}

static kt_cube *rolled(const kt_source *source, const char *codes, const char *cells,
                       kt_arena *arena)
{
    const kt_cube *cube = cube_of(source, codes, cells, arena);
    return sample_slab(sample_rollup(cube, source, sample_classes(arena), arena), cube, 0, arena);
}

static void sections_are_summed_from_all_their_divisions(void **state)
{
    const kt_source *source = sample_sectors(*state, "tol2008");
    const kt_cube *slab =
        rolled(source, "SSS 10 45 47 58 64 95 00", "255 1 2 4 8 16 32 64", *state);
    static const struct {
        const char *code;
        double value;
    } sums[] = {{"_T", 255},   {"TOL-10", 1}, {"TOL-47", 4},   {"TOL-C", 1},   {"TOL-G", 6},
                {"TOL-K", 16}, {"TOL-S", 32}, {"tol1/_X", 64}, {"tol2/_X", 64}};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        assert_exact(slab, sector(slab, sums[i].code), sums[i].value);
    }
    /* 62 is not there: J would be too small, and nobody could tell. */
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_SECTOR], "TOL-J"), KT_NO_CODE);
}

static void the_sources_own_section_comes_before_a_sum(void **state)
{
    const kt_source *source = sample_sectors(*state, "nace21");
    const kt_cube *slab =
        rolled(source, "SSS TOL-C C10 J J58 K62 L T", "90 5 4 7 7 9 10 11", *state);
    assert_exact(slab, sector(slab, "TOL-C"), 5);
    assert_exact(slab, sector(slab, "TOL-10"), 4);
    assert_exact(slab, sector(slab, "TOL-K"), 9);
    assert_exact(slab, sector(slab, "TOL-62"), 9);
}

static void a_missing_total_is_the_sum_of_a_level_that_is_whole(void **state)
{
    const kt_source *source = sample_sectors(*state, "tol2008");
    kt_cube *slab = rolled(source, "C G J K S X", "1 2 4 8 16 32", *state);
    assert_exact(slab, sector(slab, "_T"), 63);
    slab = rolled(source, "C G J K S", "1 2 ... 8 16", *state);
    assert_cell(slab, sector(slab, "_T"), 'E', 29.5, 28, 31);
    slab = rolled(source, "C G J K", "1 2 4 8", *state);
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_SECTOR], "_T"), KT_NO_CODE);
}

/* X is what sections do not know, 00 what divisions do not: they are the same posts. */
static void unknown_sectors_are_counted_once_at_each_level(void **state)
{
    kt_source *source = sample_sectors(*state, "tol2008");
    kt_cube *slab = rolled(source, "SSS C 10 X 00", "9 4 4 5 5", *state);
    assert_exact(slab, sector(slab, "tol1/_X"), 5);
    assert_exact(slab, sector(slab, "tol2/_X"), 5);
    source->variables[source->variable_count - 1].unknown = "X*";
    slab = rolled(source, "SSS C 10 X 00", "9 4 4 5 5", *state);
    assert_exact(slab, sector(slab, "tol2/_X"), 5);
    source->variables[source->variable_count - 1].unknown = "Z*";
    slab = rolled(source, "SSS C 10 Z1 Z2", "9 4 4 2 3", *state);
    assert_exact(slab, sector(slab, "tol1/_X"), 5);
    assert_exact(slab, sector(slab, "tol2/_X"), 5);
}

static void an_aggregate_is_no_section(void **state)
{
    const kt_source *source = sample_sectors(*state, "nace21");
    const kt_cube *cube =
        cube_of(source, "SSS C-T G-J C10-C12 K_L C-T_X_K TOTAL C", "9 8 3 1 2 7 9 1", *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_rollup_line *lines = NULL;
    const char *const *gaps = NULL;
    assert_int_equal(kt_rollup_sectors(rollup, &lines), 2); /* C and the total */
    assert_true(kt_rollup_gaps(rollup, &gaps) >= 6);
    size_t told = 0;
    for (size_t i = 0; i < kt_rollup_gaps(rollup, &gaps); i++) {
        told += strcmp(gaps[i], "C-T: an aggregate of sectors, in no sum") == 0;
    }
    assert_int_equal(told, 1);
    assert_int_equal(kt_rollup_revision(rollup), KT_NACE21);
}

static void a_code_of_another_revision_stops_the_table(void **state)
{
    static const struct {
        const char *revision, *codes, *said;
    } cases[] = {
        {"tol2025", "SSS 10 45",
         "t1: sector 45 is of tol2008, expected a code of tol2025 in sectors.csv"},
        {"nace21", "SSS C10 G45",
         "t1: sector G45 is of tol2008, expected a code of nace21 in sectors.csv"},
        {"tol2008", "SSS C L",
         "t1: sector L is of tol2025, expected a code of tol2008 in "
         "sectors.csv"},
        {"nace21", "SSS J62", "t1: sector J62, expected K62 as in nace21"},
        {"nace2", "SSS K62", "t1: sector K62, expected J62 as in nace2"},
        {"tol2008", "SSS 621", "t1: unknown sector 621, expected a code of tol2008 in sectors.csv"},
        {"tol2008", "SSS B-", "t1: unknown sector B-, expected a code of tol2008 in sectors.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_source *source = sample_sectors(*state, cases[i].revision);
        const bool three = strchr(strchr(cases[i].codes, ' ') + 1, ' ') != NULL;
        const kt_cube *cube = cube_of(source, cases[i].codes, three ? "3 1 2" : "3 1", *state);
        kt_rollup *rollup = NULL;
        kt_error err = {0};
        assert_int_equal(kt_rollup_new(cube, source, sample_classes(*state), *state, &rollup, &err),
                         KT_ERR_FORMAT);
        assert_string_equal(err.message, cases[i].said);
    }
}

/* The letters are the same in both; a label says which sector is meant. */
static void a_label_of_another_sector_stops_the_table(void **state)
{
    static const struct {
        const char *revision, *label;
        kt_status status;
    } cases[] = {
        {"tol2008", "Rahoitus", KT_OK},
        {"tol2008", "K Rahoitus", KT_OK},
        {"tol2008", "Pankit ja vakuutus", KT_OK}, /* a name that nobody knows says nothing */
        {"tol2025", "K - Rahoitus", KT_ERR_FORMAT},
        {"nace21", "Rahoitus", KT_ERR_FORMAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_source *source = sample_sectors(*state, cases[i].revision);
        kt_cube *cube = cube_of(source, "SSS K", "3 1", *state);
        kt_rollup *rollup = NULL;
        kt_error err = {0};
        cube->codes[KT_ROLE_SECTOR] = kt_codes_new(*state);
        (void)kt_codes_add(cube->codes[KT_ROLE_SECTOR], "SSS", "Kaikki");
        (void)kt_codes_add(cube->codes[KT_ROLE_SECTOR], "K", cases[i].label);
        assert_int_equal(kt_rollup_new(cube, source, sample_classes(*state), *state, &rollup, &err),
                         cases[i].status);
        assert_true(cases[i].status == KT_OK ||
                    strstr(err.message, "t1: sector K is \"Rahoitus\", which is L in ") != NULL);
    }
}

/* One more sector with that label, of a table whose codes are in both revisions. */
static kt_status plan_labelled(const kt_classifications *all, const char *revision,
                               const char *code, const char *label, kt_arena *arena, kt_error *err)
{
    const kt_source *source = sample_sectors(arena, revision);
    kt_cube *cube = cube_of(source, kt_arena_print(arena, "SSS %s", code), "3 1", arena);
    kt_rollup *rollup = NULL;
    cube->codes[KT_ROLE_SECTOR] = kt_codes_new(arena);
    (void)kt_codes_add(cube->codes[KT_ROLE_SECTOR], "SSS", "Kaikki");
    (void)kt_codes_add(cube->codes[KT_ROLE_SECTOR], code, label);
    return kt_rollup_new(cube, source, all, arena, &rollup, err);
}

/* Labels as offices write them: other case, endings, cut off, with the code, with a year. */
static void a_label_in_other_words_tells_the_revision_too(void **state)
{
    const kt_classifications *all = shipped(state);
    static const struct {
        const char *code, *label, *old_revision, *new_revision; /* NULL: either may be meant */
        bool is_old;
    } cases[] = {
        {"J", "J Informaatio ja viestintä", "tol2008", "tol2025", true},
        {"J", "INFORMATION AND COMMUNICATION", "nace2", "nace21", true},
        {"J", "Informations- och kommunikationsverksamhet (58-63)", "tol2008", "tol2025", true},
        {"J", "J Kustannustoiminta, lähetystoiminta sekä sisällön tuotanto ja jakelu", "tol2008",
         "tol2025", false},
        {"J", "Publishing, broadcasting and content production", "nace2", "nace21", false},
        {"K", "K Televiestintä, tietokoneohjelmointi", "tol2008", "tol2025", false},
        {"K", "Telecommunications, computer programming, consultancy", "nace2", "nace21", false},
        {"K", "Finance and insurance", "nace2", "nace21", true},
        {"K", "Finansiering och försäkring", "tol2008", "tol2025", true},
        {"L", "L Rahoitus ja vakuutus (2025)", "tol2008", "tol2025", false},
        {"L", "kiinteistöala", "tol2008", "tol2025", true},
        {"M", "Real-estate", "nace2", "nace21", false},
        {"N", "Hallinto- ja tukipalvelut", "tol2008", "tol2025", true},
        {"O", "Public administration, defence, social security", "nace2", "nace21", true},
        {"P", "KOULUTUS.", "tol2008", "tol2025", true},
        {"Q", "Koulutus (85)", "tol2008", "tol2025", false},
        {"R", "Health and social work", "nace2", "nace21", false},
        {"S", "Other service activities", "nace2", "nace21", true},
        {"S", "Taide, urheilu ja virkistys", "tol2008", "tol2025", false},
        {"T", "Muu palvelutoiminta", "tol2008", "tol2025", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_error err = {0};
        const kt_status of_old =
            plan_labelled(all, cases[i].old_revision, cases[i].code, cases[i].label, *state, &err);
        const kt_status of_new =
            plan_labelled(all, cases[i].new_revision, cases[i].code, cases[i].label, *state, &err);
        if ((of_old == KT_OK) != cases[i].is_old || (of_new == KT_OK) == cases[i].is_old) {
            print_error("%s: \"%s\"\n", cases[i].code, cases[i].label);
        }
        assert_int_equal(of_old, cases[i].is_old ? KT_OK : KT_ERR_FORMAT);
        assert_int_equal(of_new, cases[i].is_old ? KT_ERR_FORMAT : KT_OK);
    }
    kt_error err = {0};
    assert_int_equal(plan_labelled(all, "tol2008", "K", "K TELEVIESTINTÄ", *state, &err),
                     KT_ERR_FORMAT);
    assert_string_equal(
        err.message, "t1: sector K is \"TELEVIESTINTÄ\" as in tol2025, expected \"Financial and "
                     "insurance activities\" as in tol2008, the \"revision\" of the source file");
}

static void check_taken(const kt_classifications *all, const char *revision, const char *code,
                        const char *label, void **state)
{
    kt_error err = {0};
    if (plan_labelled(all, revision, code, label, *state, &err) != KT_OK) {
        print_error("%s\n", err.message);
        fail();
    }
}

static void a_label_that_fits_both_revisions_stops_nothing(void **state)
{
    const kt_classifications *all = shipped(state);
    static const struct {
        const char *code, *label;
    } cases[] = {{"C", "Teollisuus"}, {"G", "Kauppa"},          {"G", "Tukku- ja vähittäiskauppa"},
                 {"O", "Hallinto"},   {"K", "Sektor K"},        {"K", ""},
                 {"T", "Palvelut"},   {"46", "46 Tukkukauppa"}, {"H", "Kuljetus ja varastointi"}};
    static const char *const revisions[] = {"tol2008", "tol2025", "nace2", "nace21"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t k = 0; k < sizeof revisions / sizeof revisions[0]; k++) {
            check_taken(all, revisions[k], cases[i].code, cases[i].label, state);
        }
    }
}

static void check_names(const kt_classifications *all, const char *revision,
                        const kt_class_item *item, void **state)
{
    const char *names[] = {item->name_fi, item->name_sv, item->name_en};
    for (size_t i = 0; i < 3 && strcmp(item->level, "tol1") == 0; i++) {
        check_taken(all, revision, item->code + strlen("TOL-"), names[i], state);
    }
}

/* Every name that we know fits its own revision. */
static void the_names_of_a_revision_are_taken_in_it(void **state)
{
    const kt_classifications *all = shipped(state);
    for (int i = 0; i < KT_SECTOR_REVISIONS; i++) {
        const kt_classification *sectors = &all->sectors[i];
        const char *revision = kt_sector_revision_name((kt_sector_revision)i);
        for (size_t k = 0; k < sectors->item_count; k++) {
            check_names(all, revision, &sectors->items[k], state);
        }
    }
}

/* 46 and 47 are all of G in TOL 2025, and two of three divisions in TOL 2008. */
static void divisions_that_are_whole_in_the_other_revision_alone_stop_the_table(void **state)
{
    const kt_classifications *all = shipped(state);
    static const char *some[] = {"SSS", "46", "47"}, *without[] = {"45"};
    static const struct {
        const char *revision, *codes, *said;
        const char **want;
        size_t want_count;
        const char **leave_out;
    } cases[] = {
        {"tol2008", "SSS 46 47 60",
         "t1: sectors 46 and 47 without 45, as in tol2025, expected it beside them as in tol2008, "
         "the \"revision\" of the source file",
         sample_all, 1, NULL},
        {"nace2", "SSS G46 G47 J60",
         "t1: sectors G46 and G47 without 45, as in nace21, expected it beside them as in nace2, "
         "the \"revision\" of the source file",
         sample_all, 1, NULL},
        {"tol2025", "SSS 46 47 60", NULL, sample_all, 1, NULL},
        {"nace2", "SSS G45 G46 J60", NULL, sample_all, 1, NULL},
        {"tol2008", "SSS 47 60 95", NULL, sample_all, 1, NULL}, /* a selection of divisions */
        {"tol2008", "SSS 46 47", NULL, some, 3, NULL},
        {"tol2008", "SSS 46 47 60", NULL, sample_all, 1, without},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_source *source = sample_sectors(*state, cases[i].revision);
        kt_variable_spec *spec = &source->variables[source->variable_count - 1];
        const bool four = strlen(cases[i].codes) > strlen("SSS 46 47");
        spec->want = cases[i].want;
        spec->want_count = cases[i].want_count;
        spec->leave_out = cases[i].leave_out;
        spec->leave_out_count = cases[i].leave_out == NULL ? 0 : 1;
        const kt_cube *cube = cube_of(source, cases[i].codes, four ? "6 1 2 3" : "3 1 2", *state);
        kt_rollup *rollup = NULL;
        kt_error err = {0};
        assert_int_equal(kt_rollup_new(cube, source, all, *state, &rollup, &err),
                         cases[i].said == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_true(cases[i].said == NULL || strcmp(err.message, cases[i].said) == 0);
    }
}

static void a_table_without_sectors_is_summed_as_ever(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: U", "7"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_rollup_line *lines = NULL;
    assert_int_equal(kt_rollup_sectors(rollup, &lines), 1);
    assert_int_equal(kt_rollup_revision(rollup), KT_SECTOR_REVISIONS);
    assert_exact(sample_slab(rollup, cube, 0, *state), 0, 7);
}

static void sectors_of_regions_and_months_are_summed_each_by_itself(void **state)
{
    const kt_source *source = sample_sectors(*state, "tol2008");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a",
                     "timeperiod_m: 2026M05 2026M06 | Alue: SSS MK01 MK02 | Toimiala: SSS 45 47 | "
                     "contentscode: U V",
                     "90 9 40 4 50 5  30 3 10 1 20 2  60 6 30 3 30 3 "
                     "91 9 41 4 50 5  31 3 11 1 20 2  60 6 30 3 30 3"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 1, *state);
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] =
                                     position_of(slab, KT_ROLE_MEASURE, "vacancies"),
                                 [KT_ROLE_REGION] = position_of(slab, KT_ROLE_REGION, "SA1"),
                                 [KT_ROLE_SECTOR] = position_of(slab, KT_ROLE_SECTOR, "TOL-G")};
    assert_exact(slab, kt_cube_at(slab, at), 9);
    const size_t other[KT_ROLES] = {[KT_ROLE_REGION] = position_of(slab, KT_ROLE_REGION, "MK01"),
                                    [KT_ROLE_SECTOR] = position_of(slab, KT_ROLE_SECTOR, "TOL-45")};
    assert_exact(slab, kt_cube_at(slab, other), 11);
}

/* The figures by sector, asked for as if they were by occupation. */
static void a_table_that_is_turned_has_its_sectors_as_occupations(void **state)
{
    const kt_source *source = sample_sectors(*state, "tol2008");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a",
                     "timeperiod_m: 2026M05 2026M06 | Alue: SSS MK01 | Toimiala: SSS 45 47 | "
                     "contentscode: U V",
                     "90 9 40 4 50 5  30 3 10 1 20 2 91 9 41 4 50 5  31 3 11 1 20 2"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_rollup *turned = kt_rollup_turned(rollup, *state);
    const kt_cube *slab = sample_slab(turned, kt_cube_turned(cube, *state), 1, *state);
    assert_exact(slab, cell_at(slab, NULL, "unemployed", "MK01", "TOL-G"), 31);
    assert_exact(slab, cell_at(slab, NULL, "vacancies", "SSS", "TOL-45"), 4);
    const kt_cube *straight = sample_slab(rollup, cube, 1, *state);
    const kt_cube *after = kt_cube_turned(straight, *state);
    assert_exact(after, cell_at(after, NULL, "unemployed", "MK01", "TOL-G"), 31);
    assert_int_equal(after->cells, slab->cells);
    assert_memory_equal(after->value, slab->value, slab->cells * sizeof *slab->value);
}

static const kt_check *check_of(const kt_source *source, const char *codes, const char *cells,
                                const char *name, kt_arena *arena)
{
    kt_cube *cube = cube_of(source, codes, cells, arena);
    const kt_reconcile_table table = sample_table(cube, source, sample_classes(arena), arena);
    kt_checks checks = {0};
    kt_error err = {0};
    assert_int_equal(kt_reconcile_checks(&table, arena, &checks, &err), KT_OK);
    for (size_t i = 0; i < checks.count; i++) {
        if (strcmp(checks.rows[i].name, name) == 0) {
            return &checks.rows[i];
        }
    }
    return NULL;
}

static void parts_are_held_against_their_section_and_their_total(void **state)
{
    static const struct {
        const char *revision, *codes, *cells, *name;
        bool passed;
        size_t checked;
    } cases[] = {
        {"tol2008", "SSS G 45 47", "9 6 2 4", "sectors_sum_to_section", true, 1},
        {"tol2008", "SSS G 45 47", "9 6 2 3", "sectors_sum_to_section", false, 1},
        {"tol2008", "SSS G 45 47", "9 6 2 ...", "sectors_sum_to_section", true, 1},
        {"tol2008", "SSS G 45 47", "9 7 2 ...", "sectors_sum_to_section", false, 1},
        {"tol2008", "SSS J 58", "9 6 2", "sectors_sum_to_section", true, 1}, /* 62 is not there */
        {"tol2008", "SSS J 58", "9 6 7", "sectors_sum_to_section", false, 1},
        {"tol2008", "SSS C G J K S X", "63 1 2 4 8 16 32", "sectors_within_country", true, 1},
        {"tol2008", "SSS C G J K S X", "62 1 2 4 8 16 32", "sectors_within_country", false, 1},
        {"tol2008", "SSS C G J K S X", "64 1 2 4 8 16 32", "sectors_within_country", true, 1},
        {"tol2008", "SSS 10 45", "2 1 2", "sectors_within_country", false, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_check *check = check_of(sample_sectors(*state, cases[i].revision), cases[i].codes,
                                         cases[i].cells, cases[i].name, *state);
        assert_non_null(check);
        assert_int_equal(check->passed, cases[i].passed);
        assert_int_equal(check->cells_checked, cases[i].checked);
        assert_string_equal(check->severity, "hold");
    }
}

/* In a region the sections are all there is; B-S is the sum of those alone. */
static void a_total_that_is_an_aggregate_is_held_against_its_sections(void **state)
{
    static const struct {
        const char *cells;
        bool passed;
    } cases[] = {{"14 1 2 4 8 99", true}, {"15 1 2 4 8 99", false}, {"13 1 2 4 8 99", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_source *source = sample_sectors(*state, "nace2");
        source->variables[source->variable_count - 1].total = "G-K";
        const char *shape = "Alue: MK01 | Toimiala: G-K C G J K S | timeperiod_m: 2026M06 | "
                            "contentscode: U";
        kt_cube *cube =
            sample_cube(source, sample_reply(*state, "a", shape, cases[i].cells), *state);
        const kt_reconcile_table table = sample_table(cube, source, sample_classes(*state), *state);
        kt_checks checks = {0};
        kt_error err = {0};
        assert_int_equal(kt_reconcile_checks(&table, *state, &checks, &err), KT_OK);
        size_t at = 0;
        while (at < checks.count && strcmp(checks.rows[at].name, "sectors_sum_to_total") != 0) {
            at++;
        }
        assert_true(at < checks.count);
        assert_string_equal(checks.rows[at].subject, "t1 unemployed tol1");
        assert_int_equal(checks.rows[at].passed, cases[i].passed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_revision_has_all_its_sections_and_divisions),
        ARENA_TEST(a_code_is_another_sector_in_another_revision),
        ARENA_TEST(revisions_of_one_classification_need_no_conversion),
        ARENA_TEST(the_correspondence_has_every_pair_that_was_collected),
        ARENA_TEST(sections_are_summed_from_all_their_divisions),
        ARENA_TEST(the_sources_own_section_comes_before_a_sum),
        ARENA_TEST(a_missing_total_is_the_sum_of_a_level_that_is_whole),
        ARENA_TEST(unknown_sectors_are_counted_once_at_each_level),
        ARENA_TEST(an_aggregate_is_no_section),
        ARENA_TEST(a_code_of_another_revision_stops_the_table),
        ARENA_TEST(a_label_of_another_sector_stops_the_table),
        ARENA_TEST(a_label_in_other_words_tells_the_revision_too),
        ARENA_TEST(a_label_that_fits_both_revisions_stops_nothing),
        ARENA_TEST(the_names_of_a_revision_are_taken_in_it),
        ARENA_TEST(divisions_that_are_whole_in_the_other_revision_alone_stop_the_table),
        ARENA_TEST(a_table_without_sectors_is_summed_as_ever),
        ARENA_TEST(sectors_of_regions_and_months_are_summed_each_by_itself),
        ARENA_TEST(a_table_that_is_turned_has_its_sectors_as_occupations),
        ARENA_TEST(parts_are_held_against_their_section_and_their_total),
        ARENA_TEST(a_total_that_is_an_aggregate_is_held_against_its_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
