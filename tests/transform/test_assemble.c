/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/assemble.h"

#include "core/cleanup.h"
#include "core/file.h"
#include "sample.h"

#define SHAPE "Alue: SSS MK01 | timeperiod_m: 2026M05 2026M06 | contentscode: U V"

static void symbols_become_statuses(void **state)
{
    static const struct {
        const char *cell;
        char letter;
        double value, low, high;
    } cases[] = {
        {"7", 'A', 7, 7, 7},
        {"0", 'A', 0, 0, 0},
        {"...", 'Q', 2.5, 1, 4},
        {"-", 'A', 0, 0, 0},
        {"..", 'O', NAN, 0, 0},
        {"null", 'O', NAN, 0, 0},
        {"5:p", 'P', 5, 5, 5},
        {"p", 'O', NAN, 0, 0},
        {"m", 'M', NAN, 0, 0},
        {"l", 'L', NAN, 0, 0},
        {"6:...", 'Q', 2.5, 1, 4},
        {"6:!", 'A', 6, 6, 6},
        {"9007199254740992", 'A', 9007199254740992.0, 9007199254740992.0, 9007199254740992.0}};
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cells = kt_arena_print(*state, "%s 1 1 1 1 1 1 1", cases[i].cell);
        const kt_cube *cube = sample_cube(source, sample_reply(*state, "a", SHAPE, cells), *state);
        assert_cell(cube, cell_at(cube, "2026M05", "unemployed", "SSS", NULL), cases[i].letter,
                    cases[i].value, cases[i].low, cases[i].high);
    }
}

static void several_flags_in_one_say_together_what_each_says(void **state)
{
    static const struct {
        const char *cell;
        char letter;
        double value;
        const char *strange; /* what is told of it; NULL: nothing */
    } cases[] = {{"5:p", 'P', 5, NULL},
                 {"5:bp", 'B', 5, NULL},
                 {"5:pb", 'B', 5, NULL},
                 {"5:ep", 'P', 5, "\"ep\" at period=2026M05 measure=unemployed"},
                 {"5:bep", 'B', 5, "\"bep\" at period"},
                 {"5:e", 'A', 5, "\"e\" at period"},
                 {"5:pm", 'P', 5, NULL},
                 {"5:pc", 'Q', 2.5, NULL},
                 {"5:ec", 'Q', 2.5, "\"ec\" at period"},
                 {"pc", 'Q', 2.5, NULL},
                 {"pm", 'M', NAN, NULL}};
    static kt_symbol_spec flags[] = {{"p", KT_OBS_PROVISIONAL, false},
                                     {"b", KT_OBS_BREAK, false},
                                     {"m", KT_OBS_IMPOSSIBLE, false},
                                     {"c", KT_OBS_PROTECTED, false}};
    kt_source *source = sample_source(*state, NULL);
    source->symbols = flags;
    source->symbol_count = sizeof flags / sizeof flags[0];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cells = kt_arena_print(*state, "%s 1 1 1 1 1 1 1", cases[i].cell);
        const char *text = sample_reply(*state, "a", SHAPE, cells);
        kt_cube *cube = NULL;
        kt_checks checks = {0};
        kt_error err = {0};
        bool used = false;
        kt_replies replies = sample_replies(1, &text, &used);
        replies.checks = &checks;
        const kt_status status = assemble_texts(source, replies, *state, &cube, &err);
        assert_string_equal(err.message, "");
        assert_int_equal(status, KT_OK);
        const size_t at = cell_at(cube, "2026M05", "unemployed", "SSS", NULL);
        assert_int_equal(kt_obs_letter((kt_obs)cube->status[at]), cases[i].letter);
        assert_true(isnan(cases[i].value) || cube->value[at] == cases[i].value);
        assert_int_equal(checks.count, cases[i].strange == NULL ? 0 : 1);
        assert_true(cases[i].strange == NULL ||
                    kt_text_starts(checks.rows[0].examples, cases[i].strange));
    }
}

static void the_order_of_dimensions_does_not_matter(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *a =
        sample_cube(source, sample_reply(*state, "a", SHAPE, "1 2 3 4 5 6 7 8"), *state);
    const kt_cube *b = sample_cube(
        source,
        sample_reply(*state, "a",
                     "contentscode: V U | timeperiod_m: 2026M06 2026M05 | Alue: MK01 SSS",
                     "8 4 6 2 7 3 5 1"),
        *state);
    static const char *const periods[] = {"2026M05", "2026M06"};
    static const char *const regions[] = {"SSS", "MK01"};
    static const char *const measures[] = {"unemployed", "vacancies"};
    for (size_t i = 0; i < 8; i++) {
        const char *p = periods[i & 1], *r = regions[i >> 1 & 1], *m = measures[i >> 2];
        assert_exact(b, cell_at(b, p, m, r, NULL), a->value[cell_at(a, p, m, r, NULL)]);
    }
    assert_string_equal(kt_codes_at(b->codes[KT_ROLE_PERIOD], 0), "2026M05");
    assert_string_equal(kt_codes_at(b->codes[KT_ROLE_MEASURE], 0), "unemployed");
    assert_string_equal(kt_codes_at(b->codes[KT_ROLE_REGION], 0), "MK01");
}

static void a_document_gives_the_figures_of_the_code_that_a_variable_is_fixed_at(void **state)
{
    static kt_fixed_spec fixed[] = {{"sex", "F"}};
    kt_source *source = sample_source(*state, NULL);
    source->protocol = "file";
    source->fixed = fixed;
    source->fixed_count = 1;
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a",
                     "Alue: SSS | sex: M F | timeperiod_m: 2026M06 | contentscode: U V", "1 2 3 4"),
        *state);
    assert_int_equal(cube->cells, 2);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 3);
    assert_exact(cube, cell_at(cube, "2026M06", "vacancies", "SSS", NULL), 4);
}

static void parts_of_one_edition_make_one_cube(void **state)
{
    const kt_source *source = sample_source(*state, "isco2");
    const char *texts[] = {
        sample_reply(*state, "a",
                     "Alue: SSS MK01 | Ammatti: SSS 11 | timeperiod_m: 2026M06 | contentscode: U V",
                     "1 2 3 4 5 6 7 8"),
        sample_reply(*state, "a",
                     "Alue: SSS MK01 | Ammatti: 12 X11 | timeperiod_m: 2026M06 | contentscode: U V",
                     "11 12 13 14 15 16 17 18")};
    bool used[2];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(2, texts, used), *state, &cube, &err),
                     KT_OK);
    assert_true(used[0] && used[1]);
    assert_int_equal(cube->cells, 16);
    assert_exact(cube, cell_at(cube, NULL, "vacancies", "MK01", "11"), 8);
    assert_exact(cube, cell_at(cube, NULL, "unemployed", "MK01", "X11"), 17);
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_OCCUPATION], 0), "SSS");
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_OCCUPATION], 3), "X11");
}

static void a_later_reply_replaces_what_it_holds_and_older_periods_stay(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *texts[] = {
        sample_reply(*state, "a", SHAPE, "1 2 3 4 5 6 7 8"),
        sample_reply(*state, "b",
                     "Alue: SSS MK01 | timeperiod_m: 2026M06 2026M07 | contentscode: U V",
                     "30 40 50 60 70 80 90 99")};
    bool used[2];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(2, texts, used), *state, &cube, &err),
                     KT_OK);
    assert_true(used[0] && used[1]);
    assert_exact(cube, cell_at(cube, "2026M05", "vacancies", "MK01", NULL), 6);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 30);
    assert_exact(cube, cell_at(cube, "2026M07", "vacancies", "MK01", NULL), 99);
}

static void a_reply_that_is_replaced_whole_is_not_used(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *texts[] = {sample_reply(*state, "a", SHAPE, "1 2 3 4 5 6 7 -8"),
                           sample_reply(*state, "b", SHAPE, "1 2 3 4 5 6 7 9"),
                           sample_reply(*state, "b", SHAPE, "1 2 3 4 5 6 7 10")};
    bool used[3];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(3, texts, used), *state, &cube, &err),
                     KT_OK);
    assert_false(used[0]);
    assert_false(used[1]);
    assert_true(used[2]);
    assert_exact(cube, cell_at(cube, "2026M06", "vacancies", "MK01", NULL), 10);
}

static void a_document_that_tells_no_date_is_an_edition_of_its_own(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    source->protocol = "http";
    const char *texts[] = {
        sample_reply(*state, NULL,
                     "Alue: SSS MK01 MK02 | timeperiod_m: 2026M05 2026M06 | contentscode: U V",
                     "1 2 3 4 5 6 7 8 0 0 0 0"),
        sample_reply(*state, NULL, "Alue: SSS MK02 | timeperiod_m: 2026M06 | contentscode: U V",
                     "30 40 1 1")};
    bool used[2];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(2, texts, used), *state, &cube, &err),
                     KT_OK);
    assert_exact(cube, cell_at(cube, "2026M05", "vacancies", "MK01", NULL), 6);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 30);
    assert_int_equal(cube->status[cell_at(cube, "2026M06", "unemployed", "MK01", NULL)],
                     KT_OBS_NOT_COLLECTED);
}

/* East and West of one month: the later file would hide the other. */
static void two_documents_that_share_out_a_month_are_refused(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    source->protocol = "file";
    const char *texts[] = {
        sample_reply(*state, NULL,
                     "Alue: MK01 MK02 | timeperiod_m: 2026M05 2026M06 | contentscode: U",
                     "1 2 3 4"),
        sample_reply(*state, NULL, "Alue: MK02 MK04 | timeperiod_m: 2026M06 | contentscode: U",
                     "5 6"),
        sample_reply(*state, NULL, "Alue: MK05 | timeperiod_m: 2026M07 | contentscode: U", "5")};
    bool used[3];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(3, texts, used), *state, &cube, &err),
                     KT_ERR_DATA);
    assert_string_equal(err.message,
                        "reply: 2026M06 unemployed: 1 of its 2 regions (MK01) are not in reply, "
                        "which has that period too; expected a whole period in one file");
    assert_int_equal(
        assemble_texts(source, sample_replies(2, texts + 1, used), *state, &cube, &err), KT_OK);
}

/* KU009 was merged between the two; its old row would be counted twice beside the new KU001. */
static void an_area_that_a_newer_edition_no_longer_lists_is_not_collected(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *texts[] = {
        sample_reply(*state, "a",
                     "Alue: SSS KU001 KU009 | timeperiod_m: 2024M11 2024M12 | contentscode: U",
                     "9 9 6 6 3 3"),
        sample_reply(*state, "b",
                     "Alue: SSS KU001 | timeperiod_m: 2024M12 2025M01 | contentscode: U",
                     "9 9 9 9")};
    bool used[2];
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(assemble_texts(source, sample_replies(2, texts, used), *state, &cube, &err),
                     KT_OK);
    assert_exact(cube, cell_at(cube, "2024M11", "unemployed", "KU009", NULL), 3);
    assert_cell(cube, cell_at(cube, "2024M12", "unemployed", "KU009", NULL), 'L', NAN, 0, 0);
    assert_exact(cube, cell_at(cube, "2024M12", "unemployed", "KU001", NULL), 9);
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_REGION], 2), "KU009");
}

static void a_measure_that_no_reply_has_takes_no_cell(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: V", "5"),
        *state);
    assert_int_equal(cube->size[KT_ROLE_MEASURE], 1);
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_MEASURE], 0), "vacancies");
}

static void an_occupation_variable_that_was_eliminated_means_the_total(void **state)
{
    const kt_source *source = sample_source(*state, "isco2");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: U", "5"),
        *state);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", "SSS"), 5);
}

static void periods_are_written_one_way(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026-06 2025-12 | contentscode: U",
                     "6 12"),
        *state);
    assert_exact(cube, cell_at(cube, "2025M12", "unemployed", "SSS", NULL), 12);
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_PERIOD], 0), "2025M12");
}

typedef struct fault {
    const char *shape, *cells;
    kt_status status;
    const char *said;
} fault;

static const fault faults[] = {
    {SHAPE, "1 2 3 4 5 6 7 -8", KT_ERR_DATA,
     "reply: t1 period=2026M06 measure=vacancies region=MK01: -8, expected a whole number"},
    {SHAPE, "1 2 3.5 4 5 6 7 8", KT_ERR_DATA,
     "reply: t1 period=2026M06 measure=unemployed region=SSS: 3.5, expected a whole number"},
    {SHAPE, "1 2 3 4 5 6 7 1e300", KT_ERR_DATA, "expected a whole number"},
    {SHAPE, "1 ? 3 4 5 6 7 8", KT_ERR_FORMAT,
     "reply: t1 period=2026M05 measure=vacancies region=SSS: unknown symbol \"?\""},
    {SHAPE, "1 pq 3 4 5 6 7 8", KT_ERR_FORMAT, "region=SSS: unknown symbol \"pq\""},
    {"Alue: SSS | timeperiod_m: 2026Q2 | contentscode: U", "1", KT_ERR_FORMAT,
     "2026Q2 is no month"},
    {"Alue: SSS | Muu: a b | timeperiod_m: 2026M06 | contentscode: U", "1 2", KT_ERR_FORMAT, "Muu"},
    {"Alue: SSS | timeperiod_m: 2026M06 | contentscode: W", "1", KT_ERR_FORMAT, "t1"},
};

static void each_fault_is_one_line_with_its_place(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const char *text = sample_reply(*state, "a", faults[i].shape, faults[i].cells);
        kt_cube *cube = NULL;
        kt_error err = {0};
        bool used;
        const kt_status status =
            assemble_texts(source, sample_replies(1, &text, &used), *state, &cube, &err);
        if (status != faults[i].status || strstr(err.message, faults[i].said) == NULL) {
            print_error("case %zu gave %d: %s\n", i, status, err.message);
            fail();
        }
        assert_null(strchr(err.message, '\n'));
    }
}

static void a_reply_of_another_table_is_refused(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    source->id = "t2";
    const char *text = sample_reply(*state, "a", SHAPE, "1 2 3 4 5 6 7 8");
    kt_cube *cube = NULL;
    kt_error err = {0};
    bool used;
    assert_int_equal(assemble_texts(source, sample_replies(1, &text, &used), *state, &cube, &err),
                     KT_ERR_FORMAT);
    assert_string_equal(err.message, "reply: table t1, expected t2");
    source->addresses = kt_arena_new(*state, kt_address_spec);
    source->addresses[0].path = "tyonv/t1.px";
    source->address_count = 1;
    assert_int_equal(assemble_texts(source, sample_replies(1, &text, &used), *state, &cube, &err),
                     KT_OK);
}

static void a_table_without_replies_has_no_data(void **state)
{
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(
        assemble_texts(sample_source(*state, NULL), (kt_replies){0}, *state, &cube, &err),
        KT_ERR_NO_DATA);
}

/* A share may have decimals: only persons and posts are counts. */
static void a_share_may_have_a_fraction(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    kt_measure_spec *measures = kt_arena_array(*state, kt_measure_spec, 1);
    measures[0] = (kt_measure_spec){
        .measure = "rate", .group = "_T", .code = "U", .unit = "percent", .scale = 1.0};
    source->measures = measures;
    source->measure_count = 1;
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: U", "-1.25"),
        *state);
    assert_exact(cube, 0, -1.25);
}

#define PX(units)                                                                               \
    "CODEPAGE=\"utf-8\";STUB=\"Alue\";HEADING=\"contentscode\",\"Kuukausi\";"                   \
    "VALUES(\"Alue\")=\"SSS\",\"MK01\";CONTVARIABLE=\"contentscode\";"                          \
    "VALUES(\"contentscode\")=\"Työttömät\",\"Paikat\";CODES(\"contentscode\")=\"U\",\"V\";" \
    "VALUES(\"Kuukausi\")=\"2026M06*\";TIMEVAL(\"Kuukausi\")=TLIST(M1),\"202606\";" units       \
    "DATA=12 2 \"...\" 1;"

static void a_dropped_px_file_becomes_a_cube(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    source->format = "px";
    const kt_cube *cube = sample_cube(source, PX("UNITS=\"lkm\";"), *state);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 12);
    assert_exact(cube, cell_at(cube, "2026M06", "vacancies", "MK01", NULL), 1);
    assert_cell(cube, cell_at(cube, "2026M06", "unemployed", "MK01", NULL), 'Q', 2.5, 1, 4);
}

static void a_unit_that_is_not_the_source_files_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {PX("UNITS(\"Työttömät\")=\"%\";UNITS=\"lkm\";"),
         "reply: unemployed (U: Työttömät): the unit is \"%\", expected persons"},
        {PX("UNITS(\"Paikat\")=\"1 000 kpl\";"),
         "vacancies (V: Paikat): the unit is \"1 000 kpl\", expected a \"scale\" of 1000 in the "
         "source file"},
        {PX("UNITS=\"prosenttia\";"), "the unit is \"prosenttia\", expected persons"},
    };
    kt_source *source = sample_source(*state, NULL);
    source->format = "px";
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *texts[] = {cases[i].text};
        bool used[1];
        kt_cube *cube = NULL;
        kt_error err = {0};
        assert_int_equal(
            assemble_texts(source, sample_replies(1, texts, used), *state, &cube, &err),
            KT_ERR_FORMAT);
        if (strstr(err.message, cases[i].says) == NULL) {
            print_error("%s\n", err.message);
        }
        assert_non_null(strstr(err.message, cases[i].says));
    }
}

/* The source without its variable of contents, of unemployed alone. */
static kt_source *source_of_one_measure(kt_arena *arena, const char *format)
{
    kt_source *source = sample_source(arena, NULL);
    kt_measure_spec *measures = kt_arena_array(arena, kt_measure_spec, 1);
    measures[0] = source->measures[0];
    measures[0].code = NULL;
    source->measures = measures;
    source->measure_count = 1;
    source->variable_count = 2;
    source->format = format;
    return source;
}

#define BARE_PX(units)                                                                         \
    "CODEPAGE=\"utf-8\";STUB=\"Alue\";HEADING=\"Kuukausi\";VALUES(\"Alue\")=\"SSS\",\"MK01\";" \
    "VALUES(\"Kuukausi\")=\"2026M06*\";TIMEVAL(\"Kuukausi\")=TLIST(M1),\"202606\";" units      \
    "DATA=12 \"...\";"

static void a_table_without_contents_counts_the_only_measure_of_its_file(void **state)
{
    static const kt_fixed_spec at_u = {"contentscode", "U"};
    static const struct {
        const char *format, *text;
        const kt_fixed_spec *fixed;
        const char *says; /* NULL: 12 in SSS and a hidden figure in MK01 */
    } cases[] = {
        {"px", BARE_PX("UNITS=\"lkm\";"), NULL, NULL},
        {"px", BARE_PX(""), NULL, NULL},
        {"px", BARE_PX("UNITS=\"prosenttia\";"), NULL,
         "the unit is \"prosenttia\", expected persons"},
        {"json",
         "{\"columns\":[{\"code\":\"Alue\",\"text\":\"Alue\",\"type\":\"d\"},"
         "{\"code\":\"Kuukausi\",\"text\":\"Kuukausi\",\"type\":\"t\"},"
         "{\"code\":\"x\",\"text\":\"x\",\"type\":\"c\"}],\"data\":["
         "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[\"12\"]},"
         "{\"key\":[\"MK01\",\"2026M06\"],\"values\":[\"...\"]}]}",
         NULL, NULL},
        {"px", PX("UNITS=\"lkm\";"), NULL,
         "no role for the variable contentscode (contentscode), and which of its 2 contents is"},
        {"px", PX("UNITS(\"Työttömät\")=\"%\";UNITS=\"lkm\";"), &at_u,
         "the unit is \"%\", expected persons"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_source *source = source_of_one_measure(*state, cases[i].format);
        source->protocol = "file";
        source->fixed = cases[i].fixed;
        source->fixed_count = cases[i].fixed == NULL ? 0 : 1;
        const char *texts[] = {cases[i].text};
        bool used[1];
        kt_cube *cube = NULL;
        kt_error err = {0};
        const kt_status status =
            assemble_texts(source, sample_replies(1, texts, used), *state, &cube, &err);
        if (cases[i].says != NULL) {
            assert_int_equal(status, KT_ERR_FORMAT);
            assert_non_null(strstr(err.message, cases[i].says));
            continue;
        }
        assert_string_equal(err.message, "");
        assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 12);
        assert_cell(cube, cell_at(cube, "2026M06", "unemployed", "MK01", NULL), 'Q', 2.5, 1, 4);
    }
}

static void figures_in_thousands_are_whole_persons(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    kt_measure_spec *measures = kt_arena_array(*state, kt_measure_spec, 1);
    measures[0] =
        (kt_measure_spec){.measure = "employed", .code = "U", .unit = "persons", .scale = 1000.0};
    source->measures = measures;
    source->measure_count = 1;
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS MK01 | timeperiod_m: 2026M06 | contentscode: U",
                     "2743.596 0.3"),
        *state);
    assert_exact(cube, 0, 2743596);
    assert_exact(cube, 1, 300);
}

static void a_code_of_the_source_is_called_as_its_file_says(void **state)
{
    static const kt_code_map map[] = {{"NO03", "MK01"}};
    kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < source->variable_count; i++) {
        if (source->variables[i].role == KT_ROLE_REGION) {
            source->variables[i].map = map;
            source->variables[i].map_count = 1;
        }
    }
    const kt_cube *cube =
        sample_cube(source,
                    sample_reply(*state, "a",
                                 "Alue: SSS NO03 | timeperiod_m: 2026M06 | contentscode: U", "9 4"),
                    *state);
    assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "MK01", NULL), 4);
    assert_int_equal(kt_codes_find(cube->codes[KT_ROLE_REGION], "NO03"), KT_NO_CODE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbols_become_statuses),
        cmocka_unit_test(several_flags_in_one_say_together_what_each_says),
        cmocka_unit_test(the_order_of_dimensions_does_not_matter),
        cmocka_unit_test(a_document_gives_the_figures_of_the_code_that_a_variable_is_fixed_at),
        cmocka_unit_test(a_document_that_tells_no_date_is_an_edition_of_its_own),
        cmocka_unit_test(two_documents_that_share_out_a_month_are_refused),
        cmocka_unit_test(parts_of_one_edition_make_one_cube),
        cmocka_unit_test(a_later_reply_replaces_what_it_holds_and_older_periods_stay),
        cmocka_unit_test(a_reply_that_is_replaced_whole_is_not_used),
        cmocka_unit_test(an_area_that_a_newer_edition_no_longer_lists_is_not_collected),
        cmocka_unit_test(a_measure_that_no_reply_has_takes_no_cell),
        cmocka_unit_test(an_occupation_variable_that_was_eliminated_means_the_total),
        cmocka_unit_test(periods_are_written_one_way),
        cmocka_unit_test(each_fault_is_one_line_with_its_place),
        cmocka_unit_test(a_reply_of_another_table_is_refused),
        cmocka_unit_test(a_table_without_replies_has_no_data),
        cmocka_unit_test(a_share_may_have_a_fraction),
        cmocka_unit_test(figures_in_thousands_are_whole_persons),
        cmocka_unit_test(a_dropped_px_file_becomes_a_cube),
        cmocka_unit_test(a_unit_that_is_not_the_source_files_is_refused),
        cmocka_unit_test(a_code_of_the_source_is_called_as_its_file_says),
        cmocka_unit_test(a_table_without_contents_counts_the_only_measure_of_its_file),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
