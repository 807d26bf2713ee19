/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/codes.h"

#include "core/support.h"

static void codes_keep_the_order_of_adding(void **state)
{
    const bench *made = *state;
    kt_codes *codes = kt_codes_new(made->arena);
    char code[16];
    for (size_t i = 0; i < 2000; i++) {
        snprintf(code, sizeof code, "KU%zu", (i * 7919) % 2000);
        assert_int_equal(kt_codes_add(codes, code, NULL), i);
    }
    assert_int_equal(kt_codes_count(codes), 2000);
    for (size_t i = 0; i < 2000; i++) {
        snprintf(code, sizeof code, "KU%zu", (i * 7919) % 2000);
        assert_string_equal(kt_codes_at(codes, i), code);
        assert_int_equal(kt_codes_find(codes, code), i);
    }
    assert_int_equal(kt_codes_find(codes, "KU2000"), KT_NO_CODE);
}

static void a_code_is_there_only_once(void **state)
{
    const bench *made = *state;
    kt_codes *codes = kt_codes_new(made->arena);
    assert_int_equal(kt_codes_find(codes, "SSS"), KT_NO_CODE);
    assert_int_equal(kt_codes_add(codes, "SSS", "Koko maa"), 0);
    assert_int_equal(kt_codes_add(codes, "SSS", "again"), KT_NO_CODE);
    assert_int_equal(kt_codes_intern(codes, "SSS"), 0);
    assert_int_equal(kt_codes_intern(codes, "MK01"), 1);
    assert_int_equal(kt_codes_count(codes), 2);
    assert_string_equal(kt_codes_label(codes, 0), "Koko maa");
    assert_string_equal(kt_codes_label(codes, 1), "MK01");
}

/* A service wrote it: a line end, U+202E, U+0085. */
static void a_label_is_one_line_of_what_is_seen(void **state)
{
    const bench *made = *state;
    kt_codes *codes = kt_codes_new(made->arena);
    (void)kt_codes_add(codes, "MK19", "Lap\u202epi\nNord\xc2\x85.");
    assert_string_equal(kt_codes_label(codes, 0), "Lap pi Nord .");
}

static kt_codes *list(kt_arena *arena, const char *a, const char *b)
{
    kt_codes *codes = kt_codes_new(arena);
    (void)kt_codes_add(codes, a, NULL);
    (void)kt_codes_add(codes, b, "a label");
    return codes;
}

static void lists_are_equal_by_codes_and_order_not_by_labels(void **state)
{
    const bench *made = *state;
    const kt_codes *ab = list(made->arena, "a", "b");
    kt_codes *more = list(made->arena, "a", "b");
    assert_true(kt_codes_equal(ab, more));
    assert_false(kt_codes_equal(ab, list(made->arena, "b", "a")));
    (void)kt_codes_add(more, "c", NULL);
    assert_false(kt_codes_equal(ab, more));
}

static void the_nearest_code_is_offered_and_only_a_near_one(void **state)
{
    const bench *made = *state;
    kt_codes *codes = list(made->arena, "TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA");
    assert_string_equal(kt_codes_nearest(codes, "TYOTTOMATLOPUSA"), "TYOTTOMATLOPUSSA");
    assert_null(kt_codes_nearest(codes, "KU091"));
    assert_null(kt_codes_nearest(kt_codes_new(made->arena), "KU091"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_keep_the_order_of_adding),
        cmocka_unit_test(a_code_is_there_only_once),
        cmocka_unit_test(a_label_is_one_line_of_what_is_seen),
        cmocka_unit_test(lists_are_equal_by_codes_and_order_not_by_labels),
        cmocka_unit_test(the_nearest_code_is_offered_and_only_a_near_one),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
