/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_group_rows.h"

#include "core/support.h"
#include "support/arena.h"

#define SERVICES 3

static kt_measure_spec services[SERVICES] = {
    {.measure = "in_services_coaching", .base = "in_services", .group = "coaching"},
    {.measure = "in_services_other", .base = "in_services", .group = "other"},
    {.measure = "in_services_trial", .base = "in_services", .group = "trial"},
};
static const kt_source source = {.id = "t1",
                                 .measures = services,
                                 .measure_count = SERVICES,
                                 .protected_low = 1,
                                 .protected_high = 4};

/* Figures by letters, "5B 0A Q": a Q is 2 to 3 with the point 2 and shown as 1 to 4; a W was 4, and
 * is shown alike. */
static void put_cell(kt_cube *cube, size_t cell, const char *signs)
{
    char *letter = NULL;
    const double figure = strtod(signs, &letter);
    kt_obs obs = KT_OBS_WITHDRAWN;
    assert_true(*letter == 'W' || kt_obs_read(*letter, &obs));
    if (obs == KT_OBS_PROTECTED) {
        kt_cube_protect(cube, cell, 2.0, 2.0, 3.0);
    } else if (kt_obs_has_value(obs) || obs == KT_OBS_WITHDRAWN) {
        kt_cube_set(cube, cell, obs == KT_OBS_WITHDRAWN ? 4.0 : figure, obs);
    } else {
        kt_cube_clear(cube, cell, obs);
    }
}

/* The services of one region; of another one all are collected. */
static kt_cube *slab_of(kt_arena *arena, const char *const parts[SERVICES])
{
    kt_codes *codes[KT_ROLES] = {
        [KT_ROLE_MEASURE] = kt_codes_new(arena), [KT_ROLE_REGION] = kt_codes_new(arena)};
    kt_cube *slab = NULL;
    kt_error err = {0};
    (void)kt_codes_add(codes[KT_ROLE_REGION], "MK01", NULL);
    (void)kt_codes_add(codes[KT_ROLE_REGION], "MK02", NULL);
    for (size_t i = 0; i < SERVICES; i++) {
        (void)kt_codes_add(codes[KT_ROLE_MEASURE], services[i].measure, NULL);
    }
    assert_int_equal(kt_cube_new(arena, codes, &slab, &err), KT_OK);
    for (size_t i = 0; i < SERVICES; i++) {
        put_cell(slab, 2 * i, parts[i]);
        kt_cube_set(slab, 2 * i + 1, 7.0, KT_OBS_OBSERVED);
    }
    return slab;
}

static void assert_same(double got, double wanted)
{
    assert_true(isnan(wanted) ? isnan(got) : got == wanted);
}

static void services_have_the_letter_of_their_parts(void **state)
{
    static const struct {
        const char *parts[SERVICES];
        kt_obs obs;
        double value, low, high;
    } cases[] = {
        {{"0A", "0A", "0A"}, KT_OBS_OBSERVED, 0, 0, 0},
        {{"0P", "0P", "0P"}, KT_OBS_PROVISIONAL, 0, 0, 0},
        {{"0B", "0B", "0B"}, KT_OBS_BREAK, 0, 0, 0},
        {{"0A", "0B", "0P"}, KT_OBS_BREAK, 0, 0, 0},
        {{"0B", "5A", "0A"}, KT_OBS_BREAK, 5, 5, 5},
        {{"5A", "0B", "0A"}, KT_OBS_BREAK, 5, 5, 5},
        {{"5A", "0P", "6A"}, KT_OBS_PROVISIONAL, 11, 11, 11},
        {{"5A", "0E", "6P"}, KT_OBS_ESTIMATED, 11, 11, 11},
        {{"M", "M", "M"}, KT_OBS_IMPOSSIBLE, NAN, NAN, NAN},
        {{"M", "5A", "M"}, KT_OBS_OBSERVED, 5, 5, 5},
        {{"M", "0P", "M"}, KT_OBS_PROVISIONAL, 0, 0, 0},
        {{"M", "L", "M"}, KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
        {{"5A", "L", "Q"}, KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
        {{"L", "O", "5B"}, KT_OBS_MISSING, NAN, NAN, NAN},
        {{"O", "0A", "0A"}, KT_OBS_MISSING, NAN, NAN, NAN},
        {{"0A", "Q", "0B"}, KT_OBS_PROTECTED, NAN, 1, 4},
        {{"W", "0A", "M"}, KT_OBS_PROTECTED, NAN, 1, 4},
        {{"50A", "Q", "0A"}, KT_OBS_ESTIMATED, 52, 51, 54},
        {{"50A", "Q", "Q"}, KT_OBS_ESTIMATED, 54, 52, 58},
        {{"50B", "Q", "0A"}, KT_OBS_BREAK, 52, 51, 54},
        {{"50A", "W", "1A"}, KT_OBS_ESTIMATED, 54, 52, 55}, /* 53.5: never 51 + 4 */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_marked_month month = {.source = &source, .slab = slab_of(*state, cases[i].parts)};
        const kt_published_figure sum =
            kt_target_group_figure(kt_target_group_find("in_services"), &month, 0);
        assert_int_equal(sum.obs, cases[i].obs);
        assert_same(sum.is.value, cases[i].value);
        assert_same(sum.is.low, cases[i].low);
        assert_same(sum.is.high, cases[i].high);
    }
}

/* Nobody counts the first service in the period: the others are the sum. */
static void a_service_that_nobody_counts_is_left_out(void **state)
{
    kt_cube *slab = slab_of(*state, (const char *const[]){"L", "5A", "6A"});
    const kt_marked_month month = {.source = &source, .slab = slab};
    const kt_target_group *group = kt_target_group_find("in_services");
    kt_cube_clear(slab, 1, KT_OBS_NOT_COLLECTED);
    assert_true(kt_target_group_figure(group, &month, 0).is.value == 11.0);
    for (size_t i = 0; i < slab->cells; i++) {
        kt_cube_clear(slab, i, KT_OBS_NOT_COLLECTED);
    }
    const kt_published_figure none = kt_target_group_figure(group, &month, 0);
    assert_int_equal(none.obs, KT_OBS_NOT_COLLECTED);
    assert_true(isnan(none.is.value) && isnan(none.is.low) && isnan(none.is.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(services_have_the_letter_of_their_parts),
        ARENA_TEST(a_service_that_nobody_counts_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
