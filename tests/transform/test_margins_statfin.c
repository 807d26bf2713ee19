/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv.h"
#include "support/statfin.h"
#include "transform/tighten.h"

/* What became of the hidden cells of regions, unknown occupations among them. */
typedef struct outcome {
    size_t hidden, fixed;
    double mean_width;
} outcome;

static outcome outcome_of(const statfin_month *month, int side, kt_arena *arena)
{
    const kt_bounds found = tighten(month->table[side], arena);
    assert_int_equal(found.clash_count, 0);
    outcome sum = {0};
    for (size_t c = month->columns; c < month->rows * month->columns; c++) {
        if (isnan(month->value[side][c])) {
            assert_true(found.low[c] >= 1.0 && found.high[c] <= 4.0);
            sum.hidden++;
            sum.fixed += found.low[c] == found.high[c];
            sum.mean_width += found.high[c] - found.low[c];
        }
    }
    sum.mean_width /= (double)sum.hidden;
    return sum;
}

/* The figures are those that an independent propagation gave for this month: 40 of 2,530 hidden
 * cells of job seekers, mean width 2.83; 25 of 1,735 of vacancies, 2.74. */
static void margins_of_occupations_and_regions_fix_a_few_cells(void **state)
{
    const statfin_month month = read_12ti("2023-10-01", *state);
    const outcome seekers = outcome_of(&month, STATFIN_UNEMPLOYED, *state);
    assert_int_equal(seekers.hidden, 2530);
    assert_int_equal(seekers.fixed, 40);
    assert_close(seekers.mean_width, 2.83, 0.005);
    const outcome posts = outcome_of(&month, STATFIN_VACANCIES, *state);
    assert_int_equal(posts.hidden, 1735);
    assert_int_equal(posts.fixed, 25);
    assert_close(posts.mean_width, 2.74, 0.005);
    print_message("12ti 2023M10: fixed %zu of %zu and %zu of %zu, mean width %.3f and %.3f\n",
                  seekers.fixed, seekers.hidden, posts.fixed, posts.hidden, seekers.mean_width,
                  posts.mean_width);
}

static void the_points_of_a_month_are_whole_and_meet_every_margin(void **state)
{
    const statfin_month month = read_12ti("2023-10-01", *state);
    for (int side = 0; side < STATFIN_SIDES; side++) {
        const kt_bounds bounds = tighten(month.table[side], *state);
        kt_filling made;
        assert_int_equal(kt_margins_fill(month.table[side], &bounds, NULL, *state, &made, NULL),
                         KT_OK);
        assert_true(made.whole);
        assert_close(largest_miss(month.table[side], made.value), 0.0, 0.0);
        for (size_t c = 0; c < month.rows * month.columns; c++) {
            assert_true(bounds.low[c] <= made.value[c] && made.value[c] <= bounds.high[c]);
            assert_close(made.value[c], round(made.value[c]), 0.0);
        }
    }
}

/* The areas of 12r5 and what lies in what, in the borders of the file: those of 2023. */
#define AREAS   420
#define PERIODS 214

typedef struct area_tree {
    kt_codes *areas;
    size_t parent[AREAS]; /* KT_NO_CODE for the country */
    kt_margin margins[AREAS];
    size_t margin_count;
} area_tree;

static void put_under(area_tree *of, const char *part, const char *whole)
{
    const size_t area = kt_codes_intern(of->areas, part);
    assert_true(area < AREAS);
    of->parent[area] = kt_codes_intern(of->areas, whole);
}

static void read_memberships(area_tree *of, kt_arena *arena)
{
    kt_csv_table *table = NULL;
    kt_error error = {0};
    const char *path = KT_SHARED "/data/classifications/municipality_region_by_year.csv";
    assert_int_equal(kt_csv_load(path, (size_t)1 << 20, arena, &table, &error), KT_OK);
    size_t year = 0, kunta = 0, seutukunta = 0, maakunta = 0;
    assert_int_equal(kt_csv_column(table, "year", &year, &error), KT_OK);
    assert_int_equal(kt_csv_column(table, "kunta", &kunta, &error), KT_OK);
    assert_int_equal(kt_csv_column(table, "seutukunta", &seutukunta, &error), KT_OK);
    assert_int_equal(kt_csv_column(table, "maakunta", &maakunta, &error), KT_OK);
    for (size_t row = 0; row < table->row_count; row++) {
        if (strcmp(kt_csv_cell(table, row, year), "2023") == 0) {
            const char *within = kt_csv_cell(table, row, seutukunta);
            put_under(of, kt_arena_print(arena, "KU%s", kt_csv_cell(table, row, kunta)), within);
            put_under(of, within, kt_csv_cell(table, row, maakunta));
            put_under(of, kt_csv_cell(table, row, maakunta), "SSS");
        }
    }
}

static kt_margin margin_of(const area_tree *of, size_t whole, kt_arena *arena)
{
    const size_t count = kt_codes_count(of->areas);
    size_t *parts = kt_arena_array(arena, size_t, count), part_count = 0;
    for (size_t area = 1; area < count; area++) {
        if (of->parent[area] == whole) {
            parts[part_count++] = area;
        }
    }
    return (kt_margin){.kind = whole == 0 ? KT_PARTS_WITHIN_TOTAL : KT_PARTS_MAKE_TOTAL,
                       .total = whole,
                       .part_count = part_count,
                       .parts = parts};
}

static area_tree read_tree(kt_arena *arena)
{
    area_tree made = {.areas = kt_codes_new(arena)};
    made.parent[kt_codes_intern(made.areas, "SSS")] = KT_NO_CODE;
    read_memberships(&made, arena);
    for (size_t whole = 0; whole < kt_codes_count(made.areas); whole++) {
        made.margins[made.margin_count] = margin_of(&made, whole, arena);
        made.margin_count += made.margins[made.margin_count].part_count > 0;
    }
    return made;
}

/* Open posts at month's end by area and month. */
typedef struct posts {
    kt_codes *periods;
    double low[PERIODS][AREAS], high[PERIODS][AREAS];
} posts;

static posts *read_posts(const area_tree *tree, kt_arena *arena)
{
    posts *made = kt_arena_new(arena, posts);
    made->periods = kt_codes_new(arena);
    FILE *lines = statfin_lines("tyonv_12r5_2006M01_2023M10.csv.gz", "AVPAIKATLOPUSSA", arena);
    char line[STATFIN_LINE], *field[4] = {line, line, line, line};
    while (fgets(line, sizeof line, lines) != NULL) {
        assert_int_equal(statfin_fields(line, field, 4), 4);
        const size_t area = kt_codes_find(tree->areas, field[0]);
        const size_t period = kt_codes_intern(made->periods, field[3]);
        assert_true(period < PERIODS);
        if (area != KT_NO_CODE) {
            const double value = statfin_figure(field[2]);
            made->low[period][area] = isnan(value) ? 1.0 : value;
            made->high[period][area] = isnan(value) ? 4.0 : value;
        }
    }
    assert_int_equal(pclose(lines), 0);
    assert_int_equal(kt_codes_count(made->periods), PERIODS);
    return made;
}

/* What the tree gives back of the hidden figures of all months. */
typedef struct recovered {
    size_t single_municipalities, of_single; /* alone hidden in a known seutukunta */
    size_t seutukunnat, of_seutukunnat;
} recovered;

static bool is_level(const area_tree *tree, size_t area, const char *prefix)
{
    return strncmp(kt_codes_at(tree->areas, area), prefix, 2) == 0;
}

static size_t hidden_part(const kt_margin *margin, const double *low, const double *high,
                          size_t *count)
{
    size_t last = KT_NO_CODE;
    for (size_t i = 0; i < margin->part_count; i++) {
        if (low[margin->parts[i]] < high[margin->parts[i]]) {
            last = margin->parts[i];
            (*count)++;
        }
    }
    return last;
}

static void count_recovered(const area_tree *tree, const double *low, const double *high,
                            const kt_bounds *found, recovered *sum)
{
    for (size_t m = 0; m < tree->margin_count; m++) {
        const kt_margin *margin = &tree->margins[m];
        const size_t total = margin->total;
        if (!is_level(tree, total, "SK")) {
            continue;
        }
        size_t hidden = 0;
        const size_t last = hidden_part(margin, low, high, &hidden);
        if (low[total] < high[total]) {
            sum->of_seutukunnat++;
            sum->seutukunnat += found->low[total] == found->high[total];
        } else if (hidden == 1) {
            sum->of_single++;
            sum->single_municipalities += found->low[last] == found->high[last];
        }
    }
}

/* Counted in the file itself: 3,519 of the seutukunta-months with a known total hide one
 * municipality alone, and 38 seutukunta totals are hidden. */
static void a_municipality_alone_in_hiding_is_recovered_always(void **state)
{
    const area_tree tree = read_tree(*state);
    const posts *all = read_posts(&tree, *state);
    recovered sum = {0};
    for (size_t period = 0; period < PERIODS; period++) {
        kt_arena *arena = kt_arena_open("month", 0);
        const kt_margin_table table = {kt_codes_count(tree.areas), all->low[period],
                                       all->high[period], tree.margin_count, tree.margins};
        const kt_bounds found = tighten(&table, arena);
        assert_int_equal(found.clash_count, 0);
        count_recovered(&tree, table.low, table.high, &found, &sum);
        kt_arena_free(arena);
    }
    assert_int_equal(sum.of_single, 3519);
    assert_int_equal(sum.single_municipalities, 3519);
    assert_int_equal(sum.of_seutukunnat, 38);
    assert_int_equal(sum.seutukunnat, 38);
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(KT_SHARED "/data/statfin");
    const struct CMUnitTest tests[] = {
        ARENA_TEST(margins_of_occupations_and_regions_fix_a_few_cells),
        ARENA_TEST(the_points_of_a_month_are_whole_and_meet_every_margin),
        ARENA_TEST(a_municipality_alone_in_hiding_is_recovered_always),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
