/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/coverage_sheet.h"

#include <string.h>

#include "core/support.h"
#include "support/random.h"

#define CONFIG KT_ROOT "/config/kohtaanto.json"

/* The configuration of the tree, once for all tests. */
static struct {
    kt_arena *arena;
    const kt_config *config;
} tree;

static int open_tree(void **state)
{
    (void)state;
    tree.arena = kt_arena_open("test", 0);
    tree.config = kt_config_load(CONFIG, tree.arena, kt_problems_new(tree.arena));
    return tree.config == NULL ? 1 : 0;
}

static int close_tree(void **state)
{
    (void)state;
    kt_arena_free(tree.arena);
    return 0;
}

static const kt_project_place drawn[] = {
    {"kunta", "KU091", 0, 0, 0},           {"kunta", "KU564", 0, 0, 0},
    {"kunta", "KU051", 0, 0, 0},           {"seutukunta", "SK111", 0, 0, 0},
    {"maakunta", "MK13", 0, 0, 0},         {"maakunta", "MK21", 0, 0, 0},
    {"maakunta", "MK01", 0, 0, 0},         {"tyollisyysalue", "TA18", 0, 0, 0},
    {"elinvoimakeskus", "EVK04", 0, 0, 0}, {"suuralue", "SA3", 0, 0, 0},
    {"coordinator", "CA5", 0, 0, 0},       {"own", "OWN_ITA", 0, 0, 0},
    {"national", "SSS", 0, 0, 0},          {"unknown", "_X", 0, 0, 0},
};

typedef struct drawn_study {
    kt_project_study is;
    kt_project_version versions[30];
    const kt_project_version *at[30];
    kt_project_places places[30];
    kt_project_themes themes[30];
    kt_project_related related[30];
} drawn_study;

static void place(kt_project_places *out, uint64_t *seed, kt_arena *arena)
{
    const unsigned first = random_below(seed, COUNT_OF(drawn)), count = 1 + random_below(seed, 3);
    kt_project_place *places = kt_arena_array(arena, kt_project_place, count + 1);
    for (unsigned i = 0; i < count; i++) {
        places[i] = drawn[(first + i) % COUNT_OF(drawn)];
        places[i].weight = 1.0 / count;
    }
    places[count] = (kt_project_place){"kunta", "KU167", 1.0, KT_PLACE_BENEFICIARY_SEAT,
                                       KT_PLACE_NAME_MATCH}; /* never where it works */
    *out = (kt_project_places){.at = places, .count = count + 1};
}

static const kt_project_theme topics[][5] = {{{"theme", "kohtaanto", 1.0, "keyword", 0.8},
                                              {"target_group", "ltu", 1.0, "keyword", 0.8},
                                              {"sector_tol2008", "TOL-C", 1.0, "keyword", 0.8}},
                                             {{"theme", "unknown", 1.0, "", 0},
                                              {"target_group", "unknown", 1.0, "", 0},
                                              {"sector_tol2008", "unknown", 1.0, "", 0}},
                                             {{"theme", "kohtaanto", 0.5, "keyword", 0.8},
                                              {"theme", "osallisuus", 0.5, "keyword", 0.8},
                                              {"target_group", "young", 1.0, "keyword", 0.8},
                                              {"sector_tol2008", "TOL-A", 0.3, "keyword", 0.8},
                                              {"sector_tol2008", "TOL-Q", 0.7, "keyword", 0.8}}};

static void draw(drawn_study *out, size_t count, uint64_t *seed, kt_arena *arena)
{
    out->is = (kt_project_study){.at = out->at,
                                 .count = count,
                                 .places = out->places,
                                 .themes = out->themes,
                                 .related = out->related};
    for (size_t i = 0; i < count; i++) {
        kt_project *project = &out->versions[i].is;
        const size_t topic = random_below(seed, 3);
        *project = (kt_project){.start_day = 18628 + random_below(seed, 1000)};
        project->end_day = project->start_day + random_below(seed, 900);
        project->sum[KT_PROJECT_GRANTED] = (int64_t)random_below(seed, 50000000);
        project->sum[KT_PROJECT_REALISED] = KT_NO_MONEY;
        out->versions[i].last_snapshot_day = 20000;
        out->at[i] = &out->versions[i];
        out->related[i] = (kt_project_related){KT_RELATION_MAIN, KT_NO_PROJECT};
        out->themes[i] = (kt_project_themes){topics[topic], topic == 2 ? 5 : 3};
        place(&out->places[i], seed, arena);
    }
}

/* The findings have no figures, so no need is known; money has its place all the same. */
static void make(const drawn_study *drawn_of, const char *folder, kt_coverage_study *out)
{
    kt_error err = {0};
    const kt_panel_place from = {.folder = folder, .threads = 1};
    assert_int_equal(
        kt_coverage_study_make(tree.config, &drawn_of->is, &from, tree.arena, out, &err), KT_OK);
}

static kt_coverage_sheet sheet_of(const kt_coverage_study *study, kt_coverage_choice choice)
{
    kt_error err = {0};
    kt_coverage_sheet sheet;
    assert_int_equal(kt_coverage_sheet_make(study, choice, tree.arena, &sheet, &err), KT_OK);
    return sheet;
}

static int64_t all_cells(const kt_coverage_sheet *sheet)
{
    int64_t sum = 0;
    for (size_t i = 0; i < (sheet->level->count + 2) * sheet->sector_count; i++) {
        sum += sheet->money[i].granted;
    }
    return sum;
}

/* The first topic of both needs is all projects; at every level, over all years. */
static void check_level(const kt_coverage_study *study, size_t need, size_t level, int64_t listed)
{
    int64_t sum = 0;
    for (size_t year = 0; year < study->year_count; year++) {
        const kt_coverage_choice choice = {.need = need, .level = level, .year = year};
        const kt_coverage_sheet sheet = sheet_of(study, choice);
        const kt_funding_slice whole = {year, KT_FUNDING_ALL, KT_FUNDING_ALL, KT_FUNDING_ALL};
        assert_string_equal(sheet.topic->code, "_T");
        assert_int_equal(all_cells(&sheet),
                         sheet.located + sheet.national + sheet.shared + sheet.unlocated);
        assert_int_equal(all_cells(&sheet),
                         kt_funding_sum(&study->schemes[0].funding, KT_FUNDING_GRANTED, whole));
        sum += all_cells(&sheet);
    }
    assert_int_equal(sum, listed);
}

static size_t of_sectors(void)
{
    const kt_need_settings *needs = &tree.config->projects.needs;
    size_t at = 0;
    while (at + 1 < needs->need_count && !kt_need_is_of_sectors(&needs->needs[at])) {
        at++;
    }
    assert_true(kt_need_is_of_sectors(&needs->needs[at]));
    return at;
}

static void cells_national_and_unlocated_add_up_at_every_level(void **state)
{
    const bench *made = *state;
    uint64_t seed = 7;
    kt_error err = {0};
    static const char *const tables[] = {"observations", "target_groups", "sectors"};
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        assert_int_equal(kt_folder_make(path_of(*state, tables[i]), &err), KT_OK);
    }
    for (size_t round = 0; round < 12; round++) {
        drawn_study *of = kt_arena_new(tree.arena, drawn_study);
        kt_coverage_study study;
        int64_t listed = 0;
        draw(of, 1 + random_below(&seed, 30), &seed, tree.arena);
        make(of, made->folder, &study);
        for (size_t i = 0; i < of->is.count; i++) {
            listed += of->versions[i].is.sum[KT_PROJECT_GRANTED];
        }
        assert_int_equal(study.places.level_count, 4);
        for (size_t level = 0; level < study.places.level_count; level++) {
            check_level(&study, 0, level, listed);
            check_level(&study, of_sectors(), level, listed);
        }
    }
}

static const kt_coverage_level *level_called(const kt_coverage_places *places, const char *name)
{
    for (size_t i = 0; i < places->level_count; i++) {
        if (strcmp(places->levels[i].name, name) == 0) {
            return &places->levels[i];
        }
    }
    fail();
    return NULL;
}

/* The memberships of config/classifications; "" several share it. */
static const struct {
    const char *level, *code, *at, *cell;
} stands[] = {
    {"kunta", "KU091", "maakunta", "MK01"},      {"kunta", "KU091", "coordinator", "CA1"},
    {"maakunta", "MK13", "maakunta", "MK13"},    {"maakunta", "MK13", "tyollisyysalue", ""},
    {"maakunta", "MK01", "tyollisyysalue", ""},  {"maakunta", "MK01", "elinvoimakeskus", "EVK01"},
    {"seutukunta", "SK111", "maakunta", "MK11"}, {"suuralue", "SA3", "maakunta", ""},
    {"own", "OWN_ITA", "maakunta", ""},
};

static void a_place_stands_where_all_its_municipalities_do(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(stands); i++) {
        const kt_project_place place = {stands[i].level, stands[i].code, 1.0, 0, 0};
        kt_project_places places = {.at = &place, .count = 1};
        const kt_project_study study = {.count = 1, .places = &places};
        kt_coverage_places out;
        kt_coverage_places_make(&study, tree.config, tree.arena, &out);
        const kt_coverage_level *level = level_called(&out, stands[i].at);
        const size_t cell = level->cell_of_place[kt_coverage_place(&out, &place, tree.arena)];
        assert_string_equal(cell < level->count ? level->cells[cell] : "", stands[i].cell);
        assert_true(cell < level->count || cell == kt_coverage_elsewhere(level));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(cells_national_and_unlocated_add_up_at_every_level),
        cmocka_unit_test(a_place_stands_where_all_its_municipalities_do),
    };
    return cmocka_run_group_tests(tests, open_tree, close_tree);
}
