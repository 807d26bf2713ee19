/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/language.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "support/arena.h"

#define FOLDER KT_ROOT "/config/i18n/"

static kt_language *language(const char *name, kt_arena *arena)
{
    kt_problems *problems = kt_problems_new(arena);
    kt_language *made =
        kt_language_load(kt_arena_print(arena, FOLDER "%s.json", name), arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(made);
    return made;
}

static void numbers_are_written_as_readers_write_them(void **state)
{
    static const struct {
        const char *cell;
        int decimals;
        const char *fi, *en;
    } cases[] = {
        {"0", 0, "0", "0"},
        {"999", 0, "999", "999"},
        {"1000", 0, "1\u00a0000", "1,000"},
        {"1234567.891", 1, "1\u00a0234\u00a0567,9", "1,234,567.9"},
        {"1000", 2, "1\u00a0000", "1,000"},
        {"-1234.5", 2, "\u22121\u00a0234,50", "\u22121,234.50"},
        {"-0.001", 2, "0,00", "0.00"},
        {"0.38012282240882317", 2, "0,38", "0.38"},
        {"ei luku", 2, "ei luku", "ei luku"},
        {"", 0, "", ""},
    };
    const kt_language *fi = language("fi", *state), *en = language("en", *state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(kt_say_number(fi, cases[i].cell, cases[i].decimals, *state),
                            cases[i].fi);
        assert_string_equal(kt_say_number(en, cases[i].cell, cases[i].decimals, *state),
                            cases[i].en);
    }
    assert_string_equal(kt_say_share(fi, "0.41383", *state), "41,4\u00a0%");
}

static void periods_are_written_in_words(void **state)
{
    const kt_language *fi = language("fi", *state), *sv = language("sv", *state);
    assert_string_equal(kt_say_period(fi, "2026M06", *state), "kesäkuu 2026");
    assert_string_equal(kt_say_period(sv, "2026M12", *state), "december 2026");
    assert_string_equal(kt_say_period(fi, "2026Q2", *state), "2/2026");
    assert_string_equal(kt_say_period(fi, "Y2026", *state), "2026");
    assert_string_equal(kt_say_period(fi, "joskus", *state), "joskus");
    assert_string_equal(kt_say_day(fi, "2026-06-01", *state), "1.6.2026");
    assert_string_equal(kt_say_day(language("en", *state), "2026-12-31", *state), "31/12/2026");
    assert_string_equal(kt_say_day(fi, "2026-02-30", *state), "2026-02-30");
}

static void what_is_filled_in_stands_where_the_language_has_it(void **state)
{
    const char *const filled[] = {"1", "2026-11-22", "0.2.0"};
    assert_string_equal(kt_say(language("fi", *state), KT_WORD_run_line, filled, *state),
                        "Ajo 1, tiedot 2026-11-22 mukaan, kohtaanto 0.2.0.");
    assert_string_equal(kt_say(language("en", *state), KT_WORD_run_line, filled, *state),
                        "Run 1, what was known on 2026-11-22, kohtaanto 0.2.0.");
}

/* What a copy of the Finnish words says with one word of it changed; NULL takes it away. */
static const char *complaint(const char *word, const char *text, kt_arena *arena)
{
    json_auto_t *document = json_load_file(FOLDER "fi.json", 0, NULL);
    json_t *words = json_object_get(document, "words");
    if (text == NULL) {
        assert_int_equal(json_object_del(words, word), 0);
    } else {
        assert_int_equal(json_object_set_new(words, word, json_string(text)), 0);
    }
    char path[] = "/tmp/kohtaanto-language.XXXXXX";
    const int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(json_dumpfd(document, file, 0), 0);
    (void)close(file);
    kt_problems *problems = kt_problems_new(arena);
    assert_null(kt_language_load(path, arena, problems));
    (void)unlink(path);
    assert_int_equal(kt_problems_count(problems), 1);
    return strchr(kt_problems_at(problems, 0), ':') + 2;
}

static void a_language_says_all_words_and_no_other(void **state)
{
    static const struct {
        const char *word, *text, *says;
    } cases[] = {
        {"skip", NULL, "words.skip"},
        {"unheard_of", "x", "unheard_of"},
        {"skip", " ", "words.skip: expected some words"},
        {"skip", "Siirry\u202e", "words.skip: a text may hold neither control characters nor"},
        {"year_ago", "Vuosi sitten", "expected {value} somewhere"},
        {"year_ago", "{value} {values}", "nothing is filled in at \"{values}\"; there is: value"},
        {"year_ago", "{value} {}", "nothing is filled in at \"{}\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *said = complaint(cases[i].word, cases[i].text, *state);
        if (strstr(said, cases[i].says) == NULL) {
            print_error("%s\n", said);
        }
        assert_non_null(strstr(said, cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(numbers_are_written_as_readers_write_them),
        ARENA_TEST(periods_are_written_in_words),
        ARENA_TEST(what_is_filled_in_stands_where_the_language_has_it),
        ARENA_TEST(a_language_says_all_words_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
