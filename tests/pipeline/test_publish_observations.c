/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/observations.h"

#include "analysis/measure.h"
#include "core/csv.h"
#include "pipeline/publish_support.h"
#include "publish/dims.h"
#include "publish/observation_row.h"
#include "transform/sample.h"

/* One cell of a hand-made slab: a letter, the point, and its limits. */
typedef struct hand_figure {
    char letter;
    double value, low, high;
} hand_figure;

#define NONE(letter)          \
    {                         \
        letter, NAN, NAN, NAN \
    }
#define EXACT(number)               \
    {                               \
        'A', number, number, number \
    }

static void set_figure(kt_cube *cube, size_t cell, const hand_figure *figure)
{
    kt_obs obs = KT_OBS_OBSERVED;
    assert_true(kt_obs_read(figure->letter, &obs));
    cube->value[cell] = figure->value;
    cube->low[cell] = figure->low;
    cube->high[cell] = figure->high;
    cube->status[cell] = (uint8_t)obs;
}

/* A slab of one region and one occupation. */
static kt_cube *slab_of(kt_arena *arena, const hand_figure *figures, const char *const *measures,
                        size_t count)
{
    kt_codes *codes[KT_ROLES] = {0};
    codes[KT_ROLE_MEASURE] = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        kt_codes_add(codes[KT_ROLE_MEASURE], measures[i], NULL);
    }
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < count; i++) {
        set_figure(cube, i * cube->stride[KT_ROLE_MEASURE], &figures[i]);
    }
    return cube;
}

/* The cells of figures of the one row that a slab gives. */
static const char *row_of(void *state, const kt_cube *slab)
{
    static const char *const texts[KT_OBSERVATION_WORDS] = {
        "2023M01", "2023-01-01", "12r5", "maakunta", "MK01", "_T", "_T", "Uusimaa", "Kaikki"};
    bench *made = state;
    kt_error err = {0};
    const kt_schema *schema = kt_contract_find(tree_contract(state), "observations");
    kt_ready_cell ready[KT_OBSERVATION_WORDS];
    kt_observation_words words;
    for (size_t i = 0; i < KT_OBSERVATION_WORDS; i++) {
        ready[i] = kt_cell_ready(schema, i, texts[i], made->arena);
        words.word[i] = &ready[i];
    }
    const kt_source source = {.protected_low = 1, .protected_high = 4};
    const kt_observation_slab places = kt_observation_slab_of(slab, &source);
    KT_AUTO(rows) kt_rows *rows = NULL;
    char *path = path_of(state, "row.csv");
    assert_int_equal(kt_rows_open(schema, path, &rows, &err), KT_OK);
    if (kt_observation_write(&places, 0, 0, &words, rows, &err) != KT_OK) {
        print_error("%s\n", err.message);
        fail();
    }
    assert_int_equal(kt_rows_close(&rows, NULL, &err), KT_OK);
    char *row = strstr(read_words(state, path), "Kaikki,") + strlen("Kaikki,");
    row[strlen(row) - 1] = '\0';
    return row;
}

typedef struct figures_case {
    hand_figure unemployed, vacancies, labour_force;
    const char *row;
} figures_case;

/* Worked out by hand from the rules of the contract. */
static void each_status_is_published_as_the_contract_says(void **state)
{
    static const char *const measures[] = {"unemployed", "vacancies", "labour_force"};
    static const figures_case cases[] = {
        {EXACT(400), EXACT(100), EXACT(3000),
         "400,400,400,A,100,100,100,A,3000,A,0.25,0.25,0.25,A,A"},
        /* an observed zero is a figure */
        {EXACT(400), EXACT(0), EXACT(3000), "400,400,400,A,0,0,0,A,3000,A,0,0,0,A,A"},
        /* protected: empty, with the source's limits; the point is never published */
        {EXACT(100), {'Q', 2.5, 1, 4}, EXACT(900), "100,100,100,A,,1,4,Q,900,A,,0.01,0.04,Q,Q"},
        {{'Q', 2, 1, 4}, EXACT(8), EXACT(900), ",1,4,Q,8,8,8,A,900,A,,2,8,Q,Q"},
        {{'Q', 2, 1, 4}, EXACT(0), EXACT(900), ",1,4,Q,0,0,0,A,900,A,0,0,0,E,Q"},
        {EXACT(5), EXACT(5), {'Q', 2, 1, 4}, "5,5,5,A,5,5,5,A,,Q,1,1,1,A,Q"},
        /* a sum that holds a protected one: whole, and the ratio is that of the row */
        {EXACT(8), {'E', 10.6, 9, 12}, EXACT(90), "8,8,8,A,11,9,12,E,90,A,1.375,1.125,1.5,E,E"},
        {{'E', 2.5, 0, 5}, EXACT(5), EXACT(90), "3,0,5,E,5,5,5,A,90,A,1.6666666666666667,1,,E,E"},
        /* nobody unemployed: no ratio can exist */
        {EXACT(0), EXACT(7), EXACT(90), "0,0,0,A,7,7,7,A,90,A,,,,M,M"},
        {EXACT(0), {'Q', 2, 1, 4}, EXACT(90), "0,0,0,A,,1,4,Q,90,A,,,,M,Q"},
        /* absent at the source, not collected, cannot exist */
        {EXACT(9), NONE('O'), EXACT(90), "9,9,9,A,,,,O,90,A,,,,O,O"},
        {EXACT(9), NONE('L'), EXACT(90), "9,9,9,A,,,,L,90,A,,,,L,L"},
        {NONE('M'), NONE('M'), NONE('M'), ",,,M,,,,M,,M,,,,M,M"},
        {{'Q', 2, 1, 4}, NONE('L'), EXACT(90), ",1,4,Q,,,,L,90,A,,,,L,Q"},
        /* notes */
        {{'P', 10, 10, 10}, EXACT(5), EXACT(90), "10,10,10,P,5,5,5,A,90,A,0.5,0.5,0.5,P,P"},
        {{'P', 10, 10, 10}, {'B', 5, 5, 5}, EXACT(90), "10,10,10,P,5,5,5,B,90,A,0.5,0.5,0.5,B,B"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const hand_figure figures[] = {cases[i].unemployed, cases[i].vacancies,
                                       cases[i].labour_force};
        assert_string_equal(row_of(made, slab_of(made->arena, figures, measures, 3)), cases[i].row);
    }
}

/* What is known of it is not what decides, and neither is how high an interval reaches. */
static void each_hidden_figure_is_shown_by_its_own_rule(void **state)
{
    static const char *const measures[] = {"unemployed", "vacancies", "labour_force"};
    static const struct {
        kt_obs obs;
        hand_figure is;
        const char *row;
    } cases[] = {
        {KT_OBS_PROTECTED, {'Q', 3, 3, 3}, "100,100,100,A,,1,4,Q,900,A,,0.01,0.04,Q,Q"},
        {KT_OBS_WITHDRAWN, {'Q', 7, 7, 7}, "100,100,100,A,,1,4,Q,900,A,,0.01,0.04,Q,Q"},
        {KT_OBS_WITHDRAWN, {'Q', 0, 0, 0}, "100,100,100,A,,1,4,Q,900,A,,0.01,0.04,Q,Q"},
        {KT_OBS_WIDENED, {'Q', 5, 2, 8}, "100,100,100,A,,2,8,Q,900,A,,0.02,0.08,Q,Q"},
        {KT_OBS_COVERED, {'Q', 9, 6, 12}, "100,100,100,A,,6,12,Q,900,A,,0.06,0.12,Q,Q"},
        {KT_OBS_COVERED, {'Q', 1, 0, 3}, "100,100,100,A,,0,3,Q,900,A,,0,0.03,Q,Q"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const hand_figure figures[] = {EXACT(100), cases[i].is, EXACT(900)};
        kt_cube *slab = slab_of(made->arena, figures, measures, 3);
        slab->status[slab->stride[KT_ROLE_MEASURE]] = (uint8_t)cases[i].obs;
        assert_string_equal(row_of(made, slab), cases[i].row);
    }
}

static void a_figure_that_a_table_does_not_carry_is_not_collected(void **state)
{
    static const char *const measures[] = {"unemployed"};
    static const hand_figure figures[] = {EXACT(400)};
    bench *made = *state;
    assert_string_equal(row_of(made, slab_of(made->arena, figures, measures, 1)),
                        "400,400,400,A,,,,L,,L,,,,L,L");
}

/* A cube of the small country, with its rollup. */
static kt_observation_source small_source(kt_arena *arena, const char *id, bool total,
                                          const char *shape, const char *cells)
{
    const bool occupations = strstr(shape, "Ammatti") != NULL;
    kt_source *source = sample_source(arena, occupations ? "isco4" : NULL);
    source->publishes_total = total;
    kt_observation_source made = {.source = source};
    made.cube = sample_cube(source, sample_reply(arena, "a", shape, cells), arena);
    made.rollup = sample_rollup(made.cube, source, sample_classes(arena), arena);
    source->id = id; /* the reply is that of table t1 */
    return made;
}

static const char *write_small(void *state, const kt_observation_source *sources, size_t count,
                               unsigned threads)
{
    bench *made = state;
    kt_error err = {0};
    const kt_observation_job job = {.contract = tree_contract(state),
                                    .classifications = sample_classes(made->arena),
                                    .sources = sources,
                                    .source_count = count};
    kt_observations *observations = NULL;
    assert_int_equal(kt_observations_new(&job, made->arena, &observations, &err), KT_OK);
    if (kt_observations_write(observations, made->folder, NULL, threads, &err) != KT_OK) {
        print_error("%s\n", err.message);
        fail();
    }
    return path_of(state, "observations");
}

#define KUNNAT    "Alue: SSS KU001 KU002 KU003 KU004 KU005 KU006 | "
#define MAAKUNNAT "Alue: SSS MK01 MK02 | Ammatti: SSS 1111 1112 1211 2111 X11 | "

static kt_observation_source two_measures(kt_arena *arena, const char *id, const char *months)
{
    return small_source(
        arena, id, true,
        kt_arena_print(arena, KUNNAT "timeperiod_m: %s | contentscode: U V", months),
        "700 70 10 1 20 2 40 4 80 8 160 ... 320 32");
}

/* Country 700, municipalities 630; the country's row, and the two regions by hand. */
static void rows_come_by_level_and_code(void **state)
{
    bench *made = *state;
    const kt_observation_source source = two_measures(made->arena, "t1", "2026M05");
    write_small(made, &source, 1, 1);
    const char *text = read_words(made, path_of(made, "observations/observations_2026.csv"));
    const char *country = strstr(text, "2026M05,2026-05-01,t1,country,SSS,_T,_T,Maa,Kaikki,700,700,"
                                       "700,A,70,70,70,A,,L,0.1,0.1,0.1,A,L\n");
    const char *hidden = strstr(text, "kunta,KU005,_T,_T,Viisi,Kaikki,160,160,160,A,,1,4,Q,,L,,"
                                      "0.00625,0.025,Q,Q\n");
    const char *sum = strstr(text, "maakunta,MK01,_T,_T,Ala,Kaikki,70,70,70,A,7,7,7,A,,L,0.1,0.1,"
                                   "0.1,A,L\n");
    const char *estimated = strstr(text, "maakunta,MK02,_T,_T,Ylä,Kaikki,560,560,560,A,");
    const char *rest = strstr(text, "maakunta,_X,_T,_T,Kohdentamatta,Kaikki,70,70,70,A,");
    assert_non_null(strstr(estimated, ",41,44,E,,L,"));
    assert_true(text < country && country < hidden && hidden < sum && sum < estimated);
    assert_true(estimated < rest);
}

static void sources_come_in_the_order_of_their_names(void **state)
{
    bench *made = *state;
    const kt_observation_source sources[] = {two_measures(made->arena, "t2", "2026M05"),
                                             two_measures(made->arena, "t1", "2026M05")};
    write_small(made, sources, 2, 1);
    const char *text = read_words(made, path_of(made, "observations/observations_2026.csv"));
    const char *last_of_t1 = strstr(text, "2026M05,2026-05-01,t1,tyollisyysalue,_X");
    assert_true(last_of_t1 < strstr(text, "2026M05,2026-05-01,t2,country,SSS"));
}

/* CONTRACT section 5. */
static void small_occupations_are_published_of_large_regions_only(void **state)
{
    bench *made = *state;
    const kt_observation_source source = small_source(
        made->arena, "t3", false, MAAKUNNAT "timeperiod_m: 2026M05 | contentscode: U V",
        "100 10 40 4 20 2 20 2 10 1 10 1 60 6 30 3 10 1 10 1 5 1 5 0 "
        "40 4 10 1 10 1 10 1 5 0 5 1");
    write_small(made, &source, 1, 1);
    const char *text = read_words(made, path_of(made, "observations/observations_2026.csv"));
    assert_non_null(strstr(text, ",country,SSS,isco4,ISCO-1111,"));
    assert_non_null(strstr(text, ",maakunta,MK01,isco3,ISCO-111,"));
    assert_non_null(strstr(text, ",maakunta,MK01,isco4,_X,"));
    assert_non_null(strstr(text, ",elinvoimakeskus,EVK01,isco2,ISCO-11,"));
    assert_non_null(strstr(text, ",coordinator,CA1,isco1,ISCO-1,"));
    assert_null(strstr(text, ",elinvoimakeskus,EVK01,isco3,"));
    assert_null(strstr(text, ",coordinator,CA1,isco4,"));
    assert_null(strstr(text, ",suuralue,SA1,isco1,"));
    assert_null(strstr(text, ",_T,_T,")); /* this source's totals are not published */
}

static void each_year_has_its_file_and_old_ones_go(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    char *folder = path_of(made, "observations");
    assert_int_equal(kt_folder_make(folder, &err), KT_OK);
    write_words(made, "observations/observations_1999.csv", "old");
    write_words(made, "observations/notes.txt", "not ours");
    const kt_observation_source source = small_source(
        made->arena, "t1", true, KUNNAT "timeperiod_m: 2025M12 2026M01 | contentscode: U V",
        "70 7 71 7  1 1 1 1  2 1 2 1  4 1 4 1  8 1 8 1  16 1 16 1  32 1 32 1");
    write_small(made, &source, 1, 2);
    char **names = NULL;
    size_t count = 0;
    assert_int_equal(kt_folder_list(folder, made->arena, &names, &count, &err), KT_OK);
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "notes.txt");
    assert_string_equal(names[1], "observations_2025.csv");
    assert_string_equal(names[2], "observations_2026.csv");
}

static void the_bytes_do_not_depend_on_threads(void **state)
{
    bench *made = *state;
    const kt_observation_source source = two_measures(made->arena, "t1", "2026M05");
    write_small(made, &source, 1, 1);
    const char *one = read_words(made, path_of(made, "observations/observations_2026.csv"));
    write_small(made, &source, 1, 4);
    assert_string_equal(one, read_words(made, path_of(made, "observations/observations_2026.csv")));
}

/* The dimension tables of the tree's own classifications. */
static const char *dim(void *state, const char *name)
{
    bench *made = state;
    return read_words(state, path_of(state, kt_arena_print(made->arena, "%s/%s.csv", name, name)));
}

static void every_code_stands_in_its_dimension(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    const kt_classifications *classes =
        load_classes(KT_ROOT "/config/classifications", made->arena);
    const kt_indicator_days ended = {.indicator = "labour_force", .to = "2025-12-31"};
    const kt_dims dims = {.contract = tree_contract(made),
                          .classifications = classes,
                          .days = &ended,
                          .day_count = 1};
    if (kt_dims_write(&dims, made->folder, made->arena, &err) != KT_OK) {
        print_error("%s\n", err.message);
        fail();
    }
    const char *regions = dim(made, "dim_region");
    assert_non_null(strstr(regions, "\nSSS,country,,Koko maa,Hela landet,Whole country,,,A\n"));
    assert_non_null(strstr(regions, "\nKU091,kunta,seutukunta=SK011;maakunta=MK01;ely=ELY01;"
                                    "suuralue=SA1;"));
    assert_non_null(strstr(regions, "\n_X3,tyollisyysalue,,Ei missään lähteen alueessa,"));
    assert_null(strstr(regions, "\n_X,country,"));
    const char *occupations = dim(made, "dim_occupation");
    assert_non_null(strstr(occupations, "\nISCO-2512,isco4,isco1=ISCO-2;isco2=ISCO-25;"
                                        "isco3=ISCO-251,"));
    assert_non_null(strstr(occupations, "\n_X,isco2,,Ammatti tuntematon,"));
    assert_non_null(strstr(occupations, "\nX211,unknown,unknown=X2;_X=_X,Ei ammattia,"));
    assert_non_null(strstr(occupations, "\n_T,_T,,Kaikki ammatit,"));
    assert_non_null(strstr(dim(made, "dim_sector"), "\nTOL-62,tol2,tol1=TOL-J,"));
    const char *indicators = dim(made, "dim_indicator");
    assert_non_null(strstr(indicators, "\nmismatch,measure,,"));
    assert_non_null(strstr(indicators, "\nunemployed,observation,,Työttömät työnhakijat,"));
    assert_non_null(strstr(indicators, "Unemployed job seekers,,,persons,"));
    assert_non_null(strstr(indicators, "Labour force,,2025-12-31,persons,"));
}

static void assert_column(const kt_csv_table *table, size_t row, const char *column,
                          const char *want)
{
    size_t at = 0;
    kt_error err = {0};
    assert_int_equal(kt_csv_column(table, column, &at, &err), KT_OK);
    assert_string_equal(kt_csv_cell(table, row, at), want);
}

static void assert_words(const kt_csv_table *table, size_t row, const kt_measure *measure)
{
    assert_column(table, row, "code", measure->id);
    assert_column(table, row, "level", "measure");
    assert_column(table, row, "name_fi", measure->name_fi);
    assert_column(table, row, "name_sv", measure->name_sv);
    assert_column(table, row, "name_en", measure->name_en);
    assert_column(table, row, "formula", measure->formula);
    assert_column(table, row, "reference", measure->reference);
    assert_column(table, row, "definition_fi", measure->definition_fi);
    assert_column(table, row, "definition_sv", measure->definition_sv);
    assert_column(table, row, "definition_en", measure->definition_en);
}

static size_t place_of(const char *id)
{
    size_t place = 0;
    while (kt_measure_at(place) != NULL && strcmp(kt_measure_at(place)->id, id) != 0) {
        place++;
    }
    return place;
}

static void every_measure_has_its_words_in_dim_indicator_and_nothing_else_is_a_measure(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    const kt_dims dims = {.contract = tree_contract(made),
                          .classifications =
                              load_classes(KT_ROOT "/config/classifications", made->arena)};
    assert_int_equal(kt_dims_write(&dims, made->folder, made->arena, &err), KT_OK);
    kt_csv_table *table = NULL;
    assert_int_equal(kt_csv_load(path_of(made, "dim_indicator/dim_indicator.csv"), (size_t)1 << 20,
                                 made->arena, &table, &err),
                     KT_OK);
    size_t measures = 0, found = 0;
    while (kt_measure_at(measures) != NULL) {
        measures++;
    }
    for (size_t row = 0; row < table->row_count; row++) {
        if (strcmp(kt_csv_cell(table, row, 1), "measure") == 0) {
            const size_t place = place_of(kt_csv_cell(table, row, 0));
            assert_true(place < measures);
            assert_words(table, row, kt_measure_at(place));
            found++;
        }
    }
    assert_int_equal(found, measures); /* the key forbids a code twice */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(each_status_is_published_as_the_contract_says),
        in_bench(each_hidden_figure_is_shown_by_its_own_rule),
        in_bench(a_figure_that_a_table_does_not_carry_is_not_collected),
        in_bench(rows_come_by_level_and_code),
        in_bench(sources_come_in_the_order_of_their_names),
        in_bench(small_occupations_are_published_of_large_regions_only),
        in_bench(each_year_has_its_file_and_old_ones_go),
        in_bench(the_bytes_do_not_depend_on_threads),
        in_bench(every_code_stands_in_its_dimension),
        in_bench(every_measure_has_its_words_in_dim_indicator_and_nothing_else_is_a_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
