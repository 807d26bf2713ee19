/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/finnish.h"

#include <string.h>

#include "core/support.h"
#include "support/arena.h"

static kt_finnish *finnish;

static int open_finnish(void **state)
{
    (void)state;
    kt_error err = {0};
    return kt_finnish_open("fi", &finnish, &err) != KT_OK;
}

static int close_finnish(void **state)
{
    (void)state;
    kt_finnish_close(finnish);
    return 0;
}

/* The base form of the reading of that kind, or NULL. */
static const char *base_of(const char *word, bool place)
{
    const kt_finnish_readings all = kt_finnish_read(finnish, word);
    for (size_t i = 0; i < all.count; i++) {
        if (all.at[i].place == place) {
            return all.at[i].base_form;
        }
    }
    return NULL;
}

static void a_name_of_a_place_is_found_in_any_case(void **state)
{
    (void)state;
    static const struct {
        const char *word, *place;
    } cases[] = {
        {"Pietarsaaressa", "Pietarsaari"},
        {"Keski-Suomen", "Keski-Suomi"},
        {"OULUSSA", "Oulu"},
        {"Uudenmaan", "Uusimaa"},
        {"Lapin", "Lappi"},
        {"Päijät-Hämeessä", "Päijät-Häme"},
        {"Vantaalla", "Vantaa"},
        {"Lahdessa", "Lahti"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(base_of(cases[i].word, true), cases[i].place);
    }
}

static void a_common_word_is_told_beside_the_place_that_it_may_be(void **state)
{
    (void)state;
    assert_string_equal(base_of("Lahdessa", false), "lahti");
    assert_null(base_of("Vantaalla", false));
    assert_null(base_of("työttömien", true));
}

static void a_compound_has_its_parts(void **state)
{
    (void)state;
    const kt_finnish_readings all = kt_finnish_read(finnish, "kehittämishankkeen");
    assert_int_equal(all.count, 1);
    assert_int_equal(all.at[0].part_count, 2);
    assert_string_equal(all.at[0].parts[0].words, "kehittämis");
    assert_string_equal(all.at[0].parts[0].base, "kehittää");
    assert_string_equal(all.at[0].parts[1].words, "hanke");
    assert_string_equal(all.at[0].parts[1].base, "hanke");
}

static void a_word_that_nobody_knows_has_no_reading(void **state)
{
    (void)state;
    static char endless[2000];
    memset(endless, 'a', sizeof endless - 1);
    static const char *const words[] = {"maahamuutajista", "", "Q7", "\xff\xfe", endless};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        assert_int_equal(kt_finnish_read(finnish, words[i]).count, 0);
    }
}

static void the_version_names_library_and_dictionary(void **state)
{
    (void)state;
    const char *version = kt_finnish_version(finnish);
    assert_memory_equal(version, "libvoikko 4.", strlen("libvoikko 4."));
    assert_non_null(strstr(version, ", fi standard"));
}

static void a_dictionary_that_is_absent_is_a_fault_that_names_the_package(void **state)
{
    (void)state;
    kt_finnish *none = NULL;
    kt_error err = {0};
    assert_int_equal(kt_finnish_open("xx", &none, &err), KT_ERR_CONFIG);
    assert_null(none);
    assert_non_null(strstr(err.message, "\"xx\""));
    assert_non_null(strstr(err.message, "voikko-fi"));
}

static void plain_words_are_small_letters_and_blanks(void **state)
{
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"Työ ja TEKIJÄT -hanke", "työ ja tekijät hanke"},
        {"  Återväxt: ÖSTERBOTTEN!", "återväxt österbotten"},
        {"Pk-yritysten 2014-2020, vaihe 2b", "pk yritysten vaihe 2b"},
        {"TYO\xcc\x88 (A\xcc\x8a)", "ty\xc3\xb6 \xc3\xa5"}, /* composed */
        {"2014", ""},
        {"", ""},
        {"\xff", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_plain_words(cases[i].text, *state), cases[i].plain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_of_a_place_is_found_in_any_case),
        cmocka_unit_test(a_common_word_is_told_beside_the_place_that_it_may_be),
        cmocka_unit_test(a_compound_has_its_parts),
        cmocka_unit_test(a_word_that_nobody_knows_has_no_reading),
        cmocka_unit_test(the_version_names_library_and_dictionary),
        cmocka_unit_test(a_dictionary_that_is_absent_is_a_fault_that_names_the_package),
        ARENA_TEST(plain_words_are_small_letters_and_blanks),
    };
    return cmocka_run_group_tests(tests, open_finnish, close_finnish);
}
