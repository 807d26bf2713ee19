/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrections.h"

#include <math.h>

#include "core/text.h"
#include "support/check.h"

static kt_instant day_of(const char *text)
{
    kt_instant instant = KT_NO_INSTANT;
    assert_true(kt_instant_read(text, false, &instant));
    return instant;
}

static kt_correction correction(const char *date, const char *source, const char *region)
{
    return (kt_correction){.place = "corrections.json: corrections[0]",
                           .date = date,
                           .from = day_of(date),
                           .source = source,
                           .period = "2026M06",
                           .region = region,
                           .occupation = "_T",
                           .measure = "vacancies",
                           .group = "_T",
                           .value = 5.0,
                           .obs = KT_OBS_PROVISIONAL,
                           .was = NAN,
                           .reason = "counted again"};
}

/* How many of two corrections of one cell and one of another hold, and from which day. */
static void from_its_day_on_the_latest_correction_of_a_cell_holds(void **state)
{
    static const struct {
        const char *as_of;
        size_t count;
        const char *date; /* of the first that holds */
    } cases[] = {
        {"2026-07-31T23:59:59Z", 0, NULL},
        {"2026-08-01T00:00:00Z", 1, "2026-08-01"},
        {"2026-09-01T00:00:00Z", 2, "2026-09-01"},
    };
    kt_arena *arena = kt_arena_open("test", 0);
    kt_correction list[] = {
        correction("2026-08-01", "12r5", "KU091"), correction("2026-09-01", "12r5", "KU091"),
        correction("2026-09-01", "12r5", "KU092"), correction("2020-01-01", "12ti", "KU091")};
    const kt_config config = {.corrections = list, .correction_count = 4};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_correction_choice choice =
            kt_corrections_choose(&config, "12r5", day_of(cases[i].as_of), arena);
        assert_int_equal(choice.count, cases[i].count);
        assert_true(choice.count == 0 || kt_text_same(choice.at[0]->date, cases[i].date));
    }
    assert_int_equal(kt_corrections_choose(&config, "12r5", KT_NO_INSTANT, arena).count, 0);
    kt_arena_free(arena);
    (void)state;
}

static void two_moments_know_the_same_unless_a_day_lies_between(void **state)
{
    kt_correction list[] = {correction("2026-08-01", "12r5", "KU091")};
    const kt_config config = {.corrections = list, .correction_count = 1};
    assert_true(kt_corrections_same(&config, KT_NO_INSTANT, day_of("2026-07-31")));
    assert_false(kt_corrections_same(&config, KT_NO_INSTANT, day_of("2026-08-01")));
    assert_true(kt_corrections_same(&config, day_of("2026-08-01"), day_of("2030-01-01")));
    (void)state;
}

/* CONTRACT section 6: what is protected in the end is named nowhere, whenever it was corrected. */
static void what_is_protected_in_the_end_is_not_named(void **state)
{
    kt_arena *arena = kt_arena_open("test", 0);
    const kt_correction one = correction("2026-08-01", "12r5", "KU091");
    const kt_corrected is = {
        .correction = &one, .state = KT_CORRECTION_APPLIED, .missing = KT_ROLES, .found = 3.0};
    for (kt_obs hidden = KT_OBS_PROTECTED; hidden <= KT_OBS_COVERED; hidden++) {
        const kt_correction told = kt_correction_applied(&is, hidden, arena);
        assert_true(isnan(told.value) && isnan(told.was));
        assert_int_equal(told.obs, KT_OBS_PROTECTED);
        const kt_check check = kt_correction_check(&is, hidden, arena);
        assert_true(isnan(check.measured));
        assert_string_equal(check.examples, "protected: counted again");
        kt_corrected late = is;
        late.state = KT_CORRECTION_OUTDATED;
        assert_string_equal(
            kt_correction_check(&late, hidden, arena).examples,
            hidden == KT_OBS_COVERED
                ? "not applied: the source has another figure by now, which is covered"
                : "not applied: the source protects the figure by now");
    }
    kt_arena_free(arena);
    (void)state;
}

static void what_is_packed_is_unpacked_again(void **state)
{
    kt_arena *arena = kt_arena_open("test", 0);
    kt_correction list[] = {correction("2026-08-01", "12r5", "KU091"),
                            correction("2026-09-01", "12r5", "KU092")};
    list[1].value = NAN;
    list[1].obs = KT_OBS_MISSING;
    list[1].was = 17.0;
    json_auto_t *packed = kt_corrections_pack(list, 2);
    kt_correction *again = NULL;
    size_t count = 0;
    assert_true(kt_corrections_unpack(packed, arena, &again, &count));
    assert_int_equal(count, 2);
    assert_true(kt_correction_same_cell(&again[0], &list[0]));
    assert_true(again[0].value == 5.0 && isnan(again[0].was) && again[0].from == list[0].from);
    assert_true(isnan(again[1].value) && again[1].was == 17.0);
    assert_int_equal(again[1].obs, KT_OBS_MISSING);
    assert_false(kt_corrections_unpack(NULL, arena, &again, &count));
    kt_arena_free(arena);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_its_day_on_the_latest_correction_of_a_cell_holds),
        cmocka_unit_test(two_moments_know_the_same_unless_a_day_lies_between),
        cmocka_unit_test(what_is_protected_in_the_end_is_not_named),
        cmocka_unit_test(what_is_packed_is_unpacked_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
