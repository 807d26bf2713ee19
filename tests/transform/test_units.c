/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"

#include "support/arena.h"

static void units_are_read_in_the_languages_of_the_sources(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        kt_unit_kind kind;
    } cases[] = {
        {"%", KT_UNIT_PERCENT},
        {"Per cent", KT_UNIT_PERCENT},
        {"prosenttia", KT_UNIT_PERCENT},
        {"procent", KT_UNIT_PERCENT},
        {"Percentage of population in the labour force", KT_UNIT_PERCENT},
        {"1000 henkilöä", KT_UNIT_THOUSANDS},
        {"1 000 persons", KT_UNIT_THOUSANDS},
        {"tusental", KT_UNIT_THOUSANDS},
        {"Thousand persons", KT_UNIT_THOUSANDS},
        {"1000000 kr", KT_UNIT_MILLIONS},
        {"henkilöä", KT_UNIT_PERSONS},
        {"Personer", KT_UNIT_PERSONS},
        {"people", KT_UNIT_PERSONS},
        {"lkm", KT_UNIT_COUNT},
        {"antal", KT_UNIT_COUNT},
        {"Number", KT_UNIT_COUNT},
        {"päivää", KT_UNIT_DAYS},
        {"days", KT_UNIT_DAYS},
        {"Index point, %", KT_UNIT_UNTOLD},
        {"%, lkm", KT_UNIT_UNTOLD},
        {"lkm, kpl", KT_UNIT_COUNT},
        {"km²", KT_UNIT_UNTOLD},
        {"", KT_UNIT_UNTOLD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (kt_unit_read(cases[i].words) != cases[i].kind) {
            print_error("\"%s\"\n", cases[i].words);
        }
        assert_int_equal(kt_unit_read(cases[i].words), cases[i].kind);
    }
}

static void a_unit_that_contradicts_the_source_file_does_not_fit(void **state)
{
    (void)state;
    static const struct {
        const char *unit;
        double scale;
        const char *words;
        const char *expected; /* NULL: it fits */
    } cases[] = {
        {"persons", 1.0, "henkilöä", NULL},
        {"persons", 1.0, "antal", NULL},
        {"persons", 1.0, NULL, NULL},
        {"persons", 1.0, "km²", NULL},
        {"persons", 1.0, "%", "persons"},
        {"posts", 1.0, "prosentti", "posts"},
        {"persons", 1.0, "päivää", "persons"},
        {"persons", 1.0, "1000 persons", "a \"scale\" of 1000 in the source file"},
        {"persons", 1000.0, "1000 persons", NULL},
        {"persons", 1000.0, "antal", NULL},
        {"persons", 1000.0, "persons", "no \"scale\" in the source file"},
        {"persons", 1000.0, "%", "persons"},
        {"persons", 1000.0, "millions", "a \"scale\" of 1000000 in the source file"},
        {"percent", 1.0, "%", NULL},
        {"percent", 1.0, "lkm", "percent"},
        {"ratio", 0.01, "per cent", NULL},
        {"days", 1.0, "päivää", NULL},
        {"days", 1.0, "%", "days"},
        {"days", 1.0, "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_measure_spec measure = {.unit = cases[i].unit, .scale = cases[i].scale};
        const char *expected = NULL;
        assert_int_equal(kt_unit_fits(&measure, cases[i].words, &expected),
                         cases[i].expected == NULL);
        if (cases[i].expected != NULL) {
            assert_string_equal(expected, cases[i].expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_read_in_the_languages_of_the_sources),
        cmocka_unit_test(a_unit_that_contradicts_the_source_file_does_not_fit),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
