/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"
#include "project_lists.h"
#include "projects/wrong_letters.h"

/* A list whose header is ASCII: nothing but its cells says how it is encoded. */
#define HEAD \
    "Operation code;Operation name;Beneficiary;Start date;End date;Total cost;Fund;Location\r\n"
#define ROW(code, name, body) \
    code ";" name ";" body ";2024-01-01;2026-12-31;1000;ESF+;FI1C2 Kanta-Häme\r\n"

static const char right[] = HEAD ROW("A70001", "Hämeen työllisyys", "Päijät-Hämeen liitto")
    ROW("A70002", "Jyväskylän nuoret töihin", "Jyväskylän kaupunki")
        ROW("A70003", "Sysselsättning på ön", "Österbottens förbund");

static const char *const letters[] = {"ä", "ö", "å", "Ä", "Ö", "Å"};

#define LETTERS 6

/*
 * The letters as other programs leave them, by Python:
 *   [c.encode("utf-8").decode("cp1252") for c in "äöåÄÖÅ"], the same with cp850 and mac_roman,
 *   [c.encode("latin-1").decode("mac_roman") for c in "äöåÄÖÅ"], [c.encode("cp850") ...],
 *   [c.encode("mac_roman") ...]
 */
static const struct spoilt {
    const char *of[LETTERS];
    const char *says;
} sets[] = {
    {{"Ã¤", "Ã¶", "Ã¥", "Ã„", "Ã–", "Ã…"}, "\"HÃ¤meen\" is UTF-8 that was read as another set "},
    {{"├ñ", "├Â", "├Ñ", "├ä", "├û", "├à"}, "\"H├ñmeen\" is UTF-8 that was read as another set "},
    {{"√§", "√∂", "√•", "√Ñ", "√ñ", "√Ö"}, "\"H√§meen\" is UTF-8 that was read as another set "},
    {{"?", "?", "?", "?", "?", "?"}, "\"H?meen\" has lost a letter "},
    {{"�", "�", "�", "�", "�", "�"}, "\"H�meen\" has lost a letter "},
    {{"‰", "ˆ", "Â", "ƒ", "÷", "≈"}, "\"H‰meen\" has a letter of Mac OS Roman "},
    {{"\x84", "\x94", "\x86", "\x8e", "\x99", "\x8f"},
     "the byte 0x8f is no letter of such a text, "},
    {{"\x84", "\x94", "\x86", "\x8e", "\x99", "A"}, "\"H„meen\" has a letter of code page 850 "},
    {{"\x8a", "\x9a", "\x8c", "\x80", "\x85", "A"}, "\"HŠmeen\" has a letter of Mac OS Roman "},
};

static const char *spoil(const char *words, const char *const as[LETTERS], kt_arena *arena)
{
    kt_text out = {0};
    while (*words != '\0') {
        size_t at = 0;
        while (at < LETTERS && strncmp(words, letters[at], strlen(letters[at])) != 0) {
            at++;
        }
        if (at < LETTERS) {
            kt_text_put(&out, as[at]);
            words += strlen(letters[at]);
        } else {
            kt_text_put_char(&out, *words++);
        }
    }
    const char *made = kt_arena_copy(arena, out.bytes);
    kt_text_free(&out);
    return made;
}

static void a_list_of_right_letters_is_read(void **state)
{
    const kt_project_list *list = read_good("art49", right, *state);
    assert_int_equal(list->project_count, 3);
    assert_int_equal(list->warned, 0);
}

static void a_list_that_was_read_as_another_set_is_refused(void **state)
{
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        const char *bytes = spoil(i == 6 ? HEAD ROW("A70001", "Åland", "Hämeen liitto") : right,
                                  sets[i].of, *state);
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_bytes("art49", bytes, strlen(bytes), *state, &list, &err),
                         KT_ERR_FORMAT);
        assert_says(&err, i == 6 ? "list: row 2, column 2 (byte 8 of the row): "
                                 : "list: row 2, column 2 (byte 9 of the row): ");
        assert_non_null(strstr(err.message, sets[i].says));
        assert_null(list);
    }
}

/* By hand: an i and an m behind a lost letter, and the letters of Hyvä and Häme. */
static void each_letter_is_counted(void **state)
{
    static const char bytes[] = HEAD ROW("A70001", "T?ill? H?meess?", "Hyvä kunta");
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(read_bytes("art49", bytes, strlen(bytes), *state, &list, &err), KT_ERR_FORMAT);
    assert_string_equal(err.message,
                        "list: row 2, column 2 (byte 9 of the row): \"T?ill?\" has lost a letter "
                        "(wrong letters: 2, right ones: 2), expected utf-8, windows-1252 or "
                        "iso-8859-1");
}

/* A slip of whoever wrote a name is no fault of the file; the row is doubted. */
static void one_odd_letter_refuses_no_list(void **state)
{
    static const struct {
        const char *name;
        size_t warned;
    } cases[] = {
        {"H?meen nuoret", 1},      {"HÃ¤meen nuoret", 1}, {"H„meen nuoret", 1},
        {"H\xef\xbf\xbdmeen", 1},  {"Mitä? Missä?", 0},   {"SÃO PAULO", 0},
        {"Kuka?Missä", 0},         {"„Uusi” työ", 0},     {"Työ – 2024…", 0},
        {"https://x.fi/a?b=c", 0}, {"Škoda ja Žižek", 0}, {"d’Artagnan", 0},
        {"Tomáš Lukášek", 0},      {"100 m², 5 €", 0},    {"÷ ja ‰", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *words =
            kt_arena_print(*state, "%s%s;%s;Kunta;2024-01-01;2026-12-31;1;ESF+;\r\n", right,
                           "A70009", cases[i].name);
        const kt_project_list *list = read_good("art49", words, *state);
        assert_int_equal(list->project_count, 4);
        assert_int_equal(list->warned, cases[i].warned);
    }
}

/* A list in English has no such letter at all: a question is one. */
static void a_question_refuses_no_list(void **state)
{
    const kt_project_list *list = read_good(
        "art49", HEAD "A70001;Work?life;City;2024-01-01;2026-12-31;1000;ESF+;FI193\r\n", *state);
    assert_int_equal(list->project_count, 1);
}

/* Capitals of Mac OS Roman read as Windows-1252 are signs: in a word that is no word. */
static void a_sign_in_a_word_is_a_wrong_letter(void **state)
{
    static const struct {
        const char *text;
        size_t wrong;
    } cases[] = {
        {"H€MEENLINNAN KAUPUNKI", 1}, {"TY…LLISYYS", 1},      {"PÄIJÄT-H€ME", 1},
        {"odota…sitten", 0},          {"5€, 10€ ja €uro", 0}, {"TYÖ… JA ELINKEINO", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        wrong_letters found = {0};
        wrong_word first = {0};
        (void)wrong_letters_add(&found, cases[i].text, strlen(cases[i].text), &first);
        assert_int_equal(found.wrong, cases[i].wrong);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_in_a_word_is_a_wrong_letter),
        ARENA_TEST(a_list_of_right_letters_is_read),
        ARENA_TEST(a_list_that_was_read_as_another_set_is_refused),
        ARENA_TEST(each_letter_is_counted),
        ARENA_TEST(one_odd_letter_refuses_no_list),
        ARENA_TEST(a_question_refuses_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
