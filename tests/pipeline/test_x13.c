/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "x13.h"

#include <math.h>

#include "core/support.h"

/* Against tests/pipeline/x13/stand_in.sh, whose trend is the figure and whose remainder is 2; the
 * name it is called by says what it does wrong. */

#define MONTHS 40

static kt_x13_settings called(void *state, const char *fault)
{
    const bench *made = state;
    const char *path =
        kt_path_join(made->arena, made->folder, kt_arena_print(made->arena, "x13as-%s", fault));
    assert_int_equal(symlink(KT_ROOT "/tests/pipeline/x13/stand_in.sh", path), 0);
    return (kt_x13_settings){.program = "x13as", .path = path, .hash = "0", .time_limit_s = 60};
}

/* Figures with all their digits, from the November of a year. */
static kt_x13_parts split(void *state, const kt_x13_settings *settings, kt_x13_stretch stretch)
{
    const bench *made = state;
    kt_x13_parts parts;
    kt_error err = {0};
    double value[MONTHS];
    for (int i = 0; i < MONTHS; i++) {
        value[i] = 1000.0 / 3.0 + i;
    }
    stretch.value = value;
    assert_int_equal(kt_x13_split(settings, &stretch, made->arena, &parts, &err), KT_OK);
    return parts;
}

static kt_x13_stretch months(size_t count)
{
    return (kt_x13_stretch){
        .first = {KT_MONTHLY, 2020 * 12 + 10}, .count = count, .logarithms = true};
}

static void what_the_program_saves_is_read(void **state)
{
    const kt_x13_settings settings = called(*state, "well");
    const kt_x13_parts parts = split(*state, &settings, months(MONTHS));
    assert_null(parts.reason);
    assert_false(parts.failed);
    assert_string_equal(parts.version, "1.1 Build 59");
    for (int i = 0; i < MONTHS; i++) {
        assert_true(fabs(parts.trend[i] - (1000.0 / 3.0 + i)) < 1e-9);
        assert_true(fabs(parts.adjusted[i] - 2.0 * (1000.0 / 3.0 + i)) < 1e-9);
        assert_true(fabs(parts.remainder[i] - 2.0) < 1e-12);
    }
}

static void quarters_and_levels_by_seats_have_tables_of_their_own(void **state)
{
    kt_x13_settings settings = called(*state, "well");
    settings.seats = true;
    const kt_x13_stretch stretch = {.first = {KT_QUARTERLY, 2020 * 4 + 3}, .count = 12};
    const kt_x13_parts parts = split(*state, &settings, stretch);
    assert_null(parts.reason);
    assert_true(fabs(parts.adjusted[11] - (1000.0 / 3.0 + 13.0)) < 1e-9);
    assert_true(fabs(parts.remainder[11] - 2.0) < 1e-9);
}

static void what_the_program_does_wrong_is_a_reason(void **state)
{
    static const struct {
        const char *fault, *reason;
    } cases[] = {
        {"error", "x13as: ERROR: Differencing has annihilated the series."},
        {"html", "x13as: ERROR: &nbsp; Differencing has annihilated it."},
        {"exit", "x13as ended with exit code 3"},
        {"crash", "x13as was ended by signal 11"},
        {"hang", "x13as took more than 1 s"},
        {"huge", "x13as wrote a file of more than 16777216 bytes"},
        {"lacking", "x13as left no table d12"},
        {"short", "x13as: table d11 has no figure where 2024M02 is expected"},
        {"long", "x13as: table d11 has more than the 40 periods expected"},
        {"later", "x13as: table d11 has no figure where 2020M11 is expected"},
        {"nan", "x13as: table d11 has no figure where 2021M06 is expected"},
        {"stars", "x13as: table d11 has no figure where 2021M06 is expected"},
        {"zero", "x13as: parts that multiply are not all above zero"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_x13_settings settings = called(*state, cases[i].fault);
        settings.time_limit_s = strcmp(cases[i].fault, "hang") == 0 ? 1 : 60;
        const kt_x13_parts parts = split(*state, &settings, months(MONTHS));
        assert_non_null(parts.reason);
        assert_string_equal(parts.reason, cases[i].reason);
        assert_true(parts.failed);
    }
}

static void a_program_that_cannot_be_run_is_a_reason(void **state)
{
    kt_x13_settings settings = called(*state, "well");
    settings.path = write_bytes(*state, "x13as", "no program", 10);
    assert_string_equal(split(*state, &settings, months(MONTHS)).reason,
                        "x13as cannot be run: Permission denied");
    settings.path = NULL;
    const kt_x13_parts parts = split(*state, &settings, months(MONTHS));
    assert_string_equal(parts.reason, "there is no program x13as");
    assert_true(parts.failed);
}

/* "ERROR: Series to be modelled and/or seasonally adjusted must have at least 3 complete years of
 * data." (1.1 Build 59) */
static void less_than_three_years_are_not_tried(void **state)
{
    const kt_x13_settings settings = called(*state, "exit");
    const kt_x13_parts parts = split(*state, &settings, months(35));
    assert_string_equal(parts.reason, "x13as needs 36 figures, there are 35");
    assert_false(parts.failed);
    const kt_x13_stretch years = {.first = {KT_YEARLY, 1980}, .count = MONTHS};
    assert_string_equal(split(*state, &settings, years).reason, "years have no season");
}

static void nothing_is_left_behind(void **state)
{
    const bench *made = *state;
    char **names = NULL;
    size_t count = 0;
    kt_error err = {0};
    assert_int_equal(setenv("TMPDIR", made->folder, 1), 0);
    const kt_x13_settings settings = called(*state, "huge");
    (void)split(*state, &settings, months(MONTHS));
    assert_int_equal(unsetenv("TMPDIR"), 0);
    assert_int_equal(kt_folder_list(made->folder, made->arena, &names, &count, &err), KT_OK);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "x13as-huge");
}

static void the_method_names_the_program_to_the_bit(void **state)
{
    const bench *made = *state;
    kt_x13_settings settings = {.program = "x13as", .path = "/x13as", .hash = "0123456789abcdefg"};
    assert_string_equal(kt_x13_method(&settings, "1.1 Build 59", made->arena),
                        "x13as 1.1 Build 59 x11 model=automatic sha256=0123456789abcdef");
    settings.seats = settings.airline = true;
    settings.path = NULL;
    assert_string_equal(kt_x13_method(&settings, NULL, made->arena),
                        "x13as seats model=airline sha256=none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(what_the_program_saves_is_read),
        in_bench(quarters_and_levels_by_seats_have_tables_of_their_own),
        in_bench(what_the_program_does_wrong_is_a_reason),
        in_bench(a_program_that_cannot_be_run_is_a_reason),
        in_bench(less_than_three_years_are_not_tried),
        in_bench(nothing_is_left_behind),
        in_bench(the_method_names_the_program_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
