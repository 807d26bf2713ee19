/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/charset.h"

#include "core/support.h"

typedef struct charset_case {
    const char *charset, *bytes;
    const char *utf8; /* NULL: refused */
    const char *says;
} charset_case;

/* The bytes by the tables of unicode.org. */
static void letters_of_every_set_become_utf8(void **state)
{
    static const charset_case cases[] = {
        {"iso-8859-1", "Ty\xf6tt\xf6m\xe4t", "Työttömät", NULL},
        {"ISO-8859-15", "\xa4 ja \xa6\xa8", "€ ja Šš", NULL},
        {"Windows-1252", "\x80 \xe5\xc5", "€ åÅ", NULL},
        {"ANSI", "\x80", "€", NULL},
        {"cp850", "Ty\x94tt\x94m\x84t \x8f", "Työttömät Å", NULL},
        {"windows-1257", "\xd0\xf0", "Šš", NULL},
        {"utf-8", "\xc3\xb6", "ö", NULL},
        {"UTF8", "\xef\xbb\xbfoma", "oma", NULL},
        {"iso-8859-1", "\xef\xbb\xbfoma \xc3\xb6", "oma ö", NULL},
        {"iso-8859-1", "v\xc3\xa4xthusgas", "växthusgas",
         NULL}, /* saved anew, declared as before */
        {"us-ascii", "plain", "plain", NULL},
        {"iso-8859-1", "", "", NULL},
        {"utf-8", "Ty\xf6", NULL, "t: byte 2: not UTF-8"},
        {"utf-8", "\xef\xbb\xbfTy\xf6", NULL, "t: byte 5: not UTF-8"},
        {"windows-1252", "a\x81", NULL, "t: byte 1 (0x81) is no letter of windows-1252"},
        {"klingon", "a", NULL, "t: the character set \"klingon\", expected utf-8, iso-8859-1"},
        {"a name that is far too long for any set", "a", NULL, "t: the character set"},
        {"", "a", NULL, "t: the character set \"\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const bench *made = *state;
        const charset_case *of = &cases[i];
        const kt_charset_text text = {of->bytes, strlen(of->bytes), of->charset, "t"};
        char *out = NULL;
        size_t length = 0;
        kt_error err = {0};
        const kt_status status = kt_charset_decode(text, made->arena, &out, &length, &err);
        assert_says(&err, of->says == NULL ? "" : of->says);
        assert_int_equal(status, of->utf8 == NULL ? KT_ERR_FORMAT : KT_OK);
        if (of->utf8 != NULL) {
            assert_string_equal(out, of->utf8);
            assert_int_equal(length, strlen(of->utf8));
        }
    }
}

static void a_nul_byte_is_no_text(void **state)
{
    const bench *made = *state;
    const kt_charset_text text = {"A\0l", 3, "utf-8", "t"};
    char *out = NULL;
    size_t length = 0;
    kt_error err = {0};
    assert_int_equal(kt_charset_decode(text, made->arena, &out, &length, &err), KT_ERR_FORMAT);
    assert_says(&err, "t: byte 1: a NUL byte");
}

static void sets_are_known_by_their_usual_names(void **state)
{
    (void)state;
    assert_true(kt_charset_known("ISO_8859-1"));
    assert_true(kt_charset_known("Windows-1252"));
    assert_false(kt_charset_known("utf-16"));
    assert_false(kt_charset_known("ISO-2022-CN-EXT"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_every_set_become_utf8),
        cmocka_unit_test(a_nul_byte_is_no_text),
        cmocka_unit_test(sets_are_known_by_their_usual_names),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
