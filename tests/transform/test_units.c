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
        {"1000000 kr", KT_UNIT_MONEY},
        {"tuhat euroa", KT_UNIT_MONEY},
        {"€", KT_UNIT_MONEY},
        {"Million EUR", KT_UNIT_MONEY},
        {"Persons in Europe", KT_UNIT_PERSONS},
        {"Indeksi 2015=100", KT_UNIT_INDEX},
        {"Index, 2015=100", KT_UNIT_INDEX},
        {"prisindeks", KT_UNIT_INDEX},
        {"tuntia", KT_UNIT_HOURS},
        {"1000 työtuntia", KT_UNIT_HOURS},
        {"arbetstimmar", KT_UNIT_HOURS},
        {"timer", KT_UNIT_HOURS},
        {"Number of part-time persons", KT_UNIT_PERSONS},
        {"Thousand hours", KT_UNIT_HOURS},
        {"asiantuntijaa, lkm", KT_UNIT_UNTOLD},
        {"‰", KT_UNIT_PERMILLE},
        {"promillea", KT_UNIT_PERMILLE},
        {"osuus", KT_UNIT_SHARE},
        {"Työllisyysosuus", KT_UNIT_SHARE},
        {"Andel", KT_UNIT_SHARE},
        {"share", KT_UNIT_SHARE},
        {"Rate", KT_UNIT_SHARE},
        {"Corporate persons", KT_UNIT_PERSONS},
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
        {"persons", 1.0, "Indeksi 2015=100", "persons"},
        {"persons", 1000.0, "tuhat euroa", "persons"},
        {"posts", 1.0, "tuntia", "posts"},
        {"posts", 1.0, "‰", "posts"},
        {"posts", 1.0, "osuus", "posts"},
        {"posts", 1.0, "andel", "posts"},
        {"posts", 1.0, "rate", "posts"},
        {"percent", 1.0, "osuus", NULL},
        {"percent", 1.0, "rate", NULL},
        {"percent", 1.0, "index", "percent"},
        {"percent", 1.0, "‰", "a \"scale\" in the source file"},
        {"ratio", 0.001, "‰", NULL},
        {"days", 1.0, "hours", "days"},
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
