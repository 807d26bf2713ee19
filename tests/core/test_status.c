/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/status.h"

#include "core/support.h"

/* CONTRACT section 3: the worst of a row in the order B Q O L M E P A. */
static const char worst_last[] = "APEMLOQB";

static void the_worse_of_two_follows_the_contract(void **state)
{
    (void)state;
    for (size_t i = 0; worst_last[i] != '\0'; i++) {
        for (size_t j = 0; worst_last[j] != '\0'; j++) {
            kt_obs a = KT_OBS_OBSERVED;
            kt_obs b = KT_OBS_OBSERVED;
            assert_true(kt_obs_read(worst_last[i], &a) && kt_obs_read(worst_last[j], &b));
            assert_int_equal(kt_obs_letter(kt_obs_worse(a, b)), worst_last[i > j ? i : j]);
        }
    }
}

static void only_letters_of_the_contract_are_read(void **state)
{
    (void)state;
    for (int letter = 0; letter < 256; letter++) {
        kt_obs obs = KT_OBS_OBSERVED;
        const bool known = letter != 0 && strchr(worst_last, letter) != NULL;
        assert_int_equal(kt_obs_read((char)letter, &obs), known);
    }
}

static void a_protected_figure_has_no_value_to_show(void **state)
{
    (void)state;
    static const struct {
        char letter;
        bool has_value;
    } cases[] = {{'A', true},  {'P', true},  {'E', true},  {'B', true},
                 {'M', false}, {'L', false}, {'O', false}, {'Q', false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_obs obs = KT_OBS_OBSERVED;
        assert_true(kt_obs_read(cases[i].letter, &obs));
        assert_int_equal(kt_obs_has_value(obs), cases[i].has_value);
    }
}

/* How a hidden figure may be counted and shown is nothing that a letter tells. */
static void all_hidden_figures_have_one_letter(void **state)
{
    (void)state;
    static const struct {
        kt_obs obs;
        bool by_source, shows_limits, is_known;
    } cases[] = {{KT_OBS_PROTECTED, true, true, false},
                 {KT_OBS_WITHDRAWN, true, true, true},
                 {KT_OBS_WIDENED, true, false, false},
                 {KT_OBS_COVERED, false, false, false},
                 {KT_OBS_UNASSESSED, false, false, false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_obs obs = cases[i].obs;
        assert_int_equal(kt_obs_letter(obs), 'Q');
        assert_true(kt_obs_is_hidden(obs) && kt_obs_has_interval(obs));
        assert_false(kt_obs_has_value(obs));
        assert_int_equal(kt_obs_is_protected(obs), cases[i].by_source);
        assert_int_equal(kt_obs_shows_limits(obs), cases[i].shows_limits);
        assert_int_equal(kt_obs_is_known(obs), cases[i].is_known);
        assert_int_equal(kt_obs_worse(obs, KT_OBS_BREAK), KT_OBS_BREAK);
        assert_int_equal(kt_obs_worse(KT_OBS_MISSING, obs), obs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worse_of_two_follows_the_contract),
        cmocka_unit_test(only_letters_of_the_contract_are_read),
        cmocka_unit_test(a_protected_figure_has_no_value_to_show),
        cmocka_unit_test(all_hidden_figures_have_one_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
