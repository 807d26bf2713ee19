/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/convert.h"

#include "sample.h"
#include "support/random.h"

#define MOST_SECTORS 256

/* One region's sectors of a month, and their conversion. */
typedef struct converted {
    const kt_rollup *rollup;
    kt_conversion *conversion;
    kt_cube *slab, *made;
} converted;

static converted convert_with(const kt_source *source, const kt_classifications *classes,
                              const char *codes, const char *cells, kt_arena *arena)
{
    const char *shape = kt_arena_print(
        arena, "Alue: SSS | Toimiala: %s | timeperiod_m: 2026M06 | contentscode: U", codes);
    const kt_cube *cube = sample_cube(source, sample_reply(arena, "a", shape, cells), arena);
    converted of = {.rollup = sample_rollup(cube, source, classes, arena)};
    const kt_sector_revision own = kt_rollup_revision(of.rollup);
    const kt_sector_revision to = own == KT_TOL2025 || own == KT_NACE21 ? KT_TOL2008 : KT_TOL2025;
    kt_error err = {0};
    of.slab = sample_slab(of.rollup, cube, 0, arena);
    kt_conversion_new(of.rollup, to, arena, &of.conversion);
    assert_non_null(of.conversion);
    assert_int_equal(kt_conversion_period(of.conversion, of.slab, arena, &of.made, &err), KT_OK);
    return of;
}

static converted convert(const char *revision, const char *codes, const char *cells,
                         kt_arena *arena)
{
    return convert_with(sample_sectors(arena, revision), sample_classes(arena), codes, cells,
                        arena);
}

static size_t sector(const kt_cube *slab, const char *code)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_SECTOR] = position_of(slab, KT_ROLE_SECTOR, code)};
    return kt_cube_at(slab, at);
}

/* 45 is 0.6 to 47 and 0.4 to 95 in the fixture. Of 10: 4 to 95, and the larger takes the 6. */
static void a_division_that_is_split_goes_by_its_shares_and_has_no_ends(void **state)
{
    const converted of =
        convert("tol2008", "SSS 10 45 47 58 62 64 95", "127 1 10 20 30 40 5 21", *state);
    const kt_cube *made = of.made;
    assert_exact(made, sector(made, "_T"), 127);
    assert_cell(made, sector(made, "TOL-10"), 'E', 1, NAN, NAN);
    assert_cell(made, sector(made, "TOL-47"), 'E', 26, NAN, NAN);
    assert_cell(made, sector(made, "TOL-95"), 'E', 25, NAN, NAN);
    assert_cell(made, sector(made, "TOL-62"), 'E', 40, NAN, NAN);
}

/* G is 45 and 47: of these 47 stays, 45 goes to G and to T. J is 58, K is 62. */
static void a_section_that_is_split_is_made_of_divisions_where_they_are_there(void **state)
{
    const converted of =
        convert("tol2008", "SSS 10 45 47 58 62 64 95", "127 1 10 20 30 40 5 21", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-C"), 'E', 1, NAN, NAN);
    assert_cell(made, sector(made, "TOL-G"), 'E', 26, NAN, NAN);
    assert_cell(made, sector(made, "TOL-T"), 'E', 25, NAN, NAN);
    assert_cell(made, sector(made, "TOL-J"), 'E', 30, NAN, NAN);
    assert_cell(made, sector(made, "TOL-K"), 'E', 40, NAN, NAN);
    assert_cell(made, sector(made, "TOL-L"), 'E', 5, NAN, NAN);
}

/* G is 0.75 to G and 0.25 to T, J is half to J and half to K, of 7: 4 and 3. */
static void sections_alone_are_split_by_their_own_shares(void **state)
{
    const converted of = convert("nace2", "SSS C G J K S X", "83 1 30 7 5 30 10", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-G"), 'E', 23, NAN, NAN);
    assert_cell(made, sector(made, "TOL-T"), 'E', 37, NAN, NAN);
    assert_cell(made, sector(made, "TOL-J"), 'E', 4, NAN, NAN);
    assert_cell(made, sector(made, "TOL-K"), 'E', 3, NAN, NAN);
    assert_cell(made, sector(made, "TOL-L"), 'E', 5, NAN, NAN);
    assert_exact(made, sector(made, "tol1/_X"), 10);
    assert_int_equal(kt_codes_find(made->codes[KT_ROLE_SECTOR], "TOL-47"), KT_NO_CODE);
}

/* 47 is not there: G goes to G and T by its shares, though all divisions of T are there. What is
 * given is what comes out: 50. */
static void sections_that_share_a_split_one_are_made_at_one_level(void **state)
{
    const converted of = convert("tol2008", "SSS G 45 S 95", "50 30 10 20 20", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-G"), 'E', 23, NAN, NAN);
    assert_cell(made, sector(made, "TOL-T"), 'E', 27, NAN, NAN);
    const converted back = convert("tol2025", "SSS G T 95", "50 20 30 30", *state);
    assert_cell(back.made, sector(back.made, "TOL-G"), 'E', 35, NAN, NAN);
    assert_cell(back.made, sector(back.made, "TOL-S"), 'E', 15, NAN, NAN);
    const converted part = convert("tol2008", "SSS G 45 95", "50 30 10 20", *state);
    assert_int_equal(kt_codes_find(part.made->codes[KT_ROLE_SECTOR], "TOL-K"), KT_NO_CODE);
    assert_cell(part.made, sector(part.made, "TOL-T"), 'E', 27, NAN, NAN);
}

/* Back: 47 is 0.2 to 45, 95 half to 45. Of 26 and 25: 5 and, of equal shares the first, 13. */
static void it_goes_back_too(void **state)
{
    const converted of = convert("tol2025", "SSS 10 47 95", "60 9 26 25", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-47"), 'E', 21, NAN, NAN);
    assert_cell(made, sector(made, "TOL-95"), 'E', 12, NAN, NAN);
    assert_cell(made, sector(made, "TOL-45"), 'E', 18, NAN, NAN);
    assert_int_equal(kt_conversion_revision(of.conversion), KT_TOL2008);
}

/* 47 leads to 45 and 47, which are both in G: it arrives there whole. Of 95 a part does. */
static void what_leads_to_a_section_by_two_ways_is_counted_once(void **state)
{
    const converted of =
        convert("tol2025", "SSS 10 47 58 62 64 95", "150 9 26 30 40 20 25", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-G"), 'E', 39, NAN, NAN);
    assert_cell(made, sector(made, "TOL-J"), 'E', 70, NAN, NAN);
    assert_cell(made, sector(made, "TOL-S"), 'E', 12, NAN, NAN);
}

/* The limits of a protected 45 are not those of what it goes to; alone it stays hidden. */
static void a_hidden_figure_stays_hidden_where_it_goes(void **state)
{
    const converted of = convert("tol2008", "SSS 10 45 47 95", "90 ... ... 20 0", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-10"), 'Q', 2.5, NAN, NAN);
    assert_int_equal(made->status[sector(made, "TOL-10")], KT_OBS_COVERED);
    assert_cell(made, sector(made, "TOL-95"), 'Q', 1, NAN, NAN);
    assert_int_equal(made->status[sector(made, "TOL-95")], KT_OBS_COVERED);
    assert_cell(made, sector(made, "TOL-47"), 'E', 21.5, NAN, NAN);
}

static void what_the_source_lacks_the_new_sector_lacks_too(void **state)
{
    const converted of = convert("tol2008", "SSS 10 45 47 95", "90 .. 3 .. 5", *state);
    const kt_cube *made = of.made;
    assert_cell(made, sector(made, "TOL-10"), 'O', NAN, NAN, NAN);
    assert_cell(made, sector(made, "TOL-47"), 'O', NAN, NAN, NAN);
    assert_cell(made, sector(made, "TOL-95"), 'E', 6, NAN, NAN);
    const converted fewer = convert("tol2008", "SSS 10 47", "90 1 3", *state);
    assert_int_equal(kt_codes_find(fewer.made->codes[KT_ROLE_SECTOR], "TOL-47"), KT_NO_CODE);
}

static void a_break_is_a_break_in_the_new_sector(void **state)
{
    const converted of = convert("tol2008", "SSS 10 45 47 95", "90 7:b 10:b 20 0", *state);
    assert_cell(of.made, sector(of.made, "TOL-10"), 'B', 7, NAN, NAN);
    assert_cell(of.made, sector(of.made, "TOL-47"), 'B', 26, NAN, NAN);
}

static void a_line_says_how_sure_it_is_and_what_it_is_made_of(void **state)
{
    static const struct {
        const char *level, *code, *certainty;
        size_t parts;
    } cases[] = {{"_T", "_T", "exact", 1},
                 {"tol2", "TOL-10", "main", 1},
                 {"tol2", "TOL-47", "unverified", 2},
                 {"tol1", "TOL-T", "unverified", 2},
                 {"tol1", "TOL-J", "main", 1}};
    const converted of =
        convert("tol2008", "SSS 10 45 47 58 62 64 95", "127 1 10 20 30 40 5 21", *state);
    const kt_rollup_line *lines = NULL;
    const kt_conversion_part *parts = NULL;
    const size_t count = kt_conversion_sectors(of.conversion, &lines);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t at = kt_rollup_line_find(lines, count, cases[i].level, cases[i].code);
        assert_true(at != KT_NO_CODE);
        assert_string_equal(lines[at].made_of, cases[i].certainty);
        assert_int_equal(kt_conversion_parts(of.conversion, at, &parts), cases[i].parts);
    }
}

static void revisions_that_are_the_same_need_none(void **state)
{
    const kt_source *source = sample_sectors(*state, "nace2");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a",
                     "Alue: SSS | Toimiala: SSS C | timeperiod_m: 2026M06 | contentscode: U",
                     "2 1"),
        *state);
    kt_conversion *conversion = NULL;
    kt_conversion_new(sample_rollup(cube, source, sample_classes(*state), *state), KT_TOL2008,
                      *state, &conversion);
    assert_null(conversion);
    const kt_source *none = sample_source(*state, NULL);
    cube = sample_cube(
        none, sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: U", "2"),
        *state);
    kt_conversion_new(sample_rollup(cube, none, sample_classes(*state), *state), KT_TOL2025, *state,
                      &conversion);
    assert_null(conversion);
}

/* All divisions of a revision with chance figures, unknown ones, and their total. */
static converted convert_chance(const kt_classifications *classes, kt_sector_revision revision,
                                uint64_t *chance, kt_arena *arena)
{
    KT_AUTO(text) kt_text codes = {0};
    KT_AUTO(text) kt_text cells = {0};
    const kt_classification *all = &classes->sectors[revision];
    size_t total = 7;
    for (size_t i = 0; i < all->item_count; i++) {
        if (strcmp(all->items[i].level, "tol2") == 0) {
            const size_t figure = random_below(chance, 1000);
            kt_text_print(&codes, " %s", all->items[i].code + strlen("TOL-"));
            kt_text_print(&cells, " %zu", figure);
            total += figure;
        }
    }
    return convert_with(sample_sectors(arena, kt_sector_revision_name(revision)), classes,
                        kt_arena_print(arena, "SSS X%s", codes.bytes),
                        kt_arena_print(arena, "%zu 7%s", total, cells.bytes), arena);
}

static void assert_level_sums(const converted *of, const char *level)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_conversion_sectors(of->conversion, &lines);
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += strcmp(lines[i].level, level) == 0 ? of->made->value[i] : 0.0;
    }
    assert_true(sum == of->slab->value[sector(of->slab, "_T")]);
}

static void converted_figures_sum_to_the_total(void **state)
{
    const kt_classifications *classes = load_classes(KT_ROOT "/config/classifications", *state);
    uint64_t chance = 20250101;
    for (int i = 0; i < 60; i++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a draw", 0);
        const converted of =
            convert_chance(classes, i % 2 == 0 ? KT_TOL2008 : KT_NACE21, &chance, arena);
        assert_level_sums(&of, "tol1");
        assert_level_sums(&of, "tol2");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_division_that_is_split_goes_by_its_shares_and_has_no_ends),
        ARENA_TEST(a_section_that_is_split_is_made_of_divisions_where_they_are_there),
        ARENA_TEST(sections_alone_are_split_by_their_own_shares),
        ARENA_TEST(sections_that_share_a_split_one_are_made_at_one_level),
        ARENA_TEST(it_goes_back_too),
        ARENA_TEST(what_leads_to_a_section_by_two_ways_is_counted_once),
        ARENA_TEST(a_hidden_figure_stays_hidden_where_it_goes),
        ARENA_TEST(what_the_source_lacks_the_new_sector_lacks_too),
        ARENA_TEST(a_break_is_a_break_in_the_new_sector),
        ARENA_TEST(a_line_says_how_sure_it_is_and_what_it_is_made_of),
        ARENA_TEST(revisions_that_are_the_same_need_none),
        ARENA_TEST(converted_figures_sum_to_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
