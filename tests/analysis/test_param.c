/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include "analysis/support.h"

static const kt_param alpha = {.name = "alpha",
                               .kind = KT_PARAM_NUMBER,
                               .least = 0.0,
                               .most = 1.0,
                               .open = true,
                               .fallback = "0.5",
                               .meaning = "exponent of vacancies"};
static const kt_param window = {.name = "s_window",
                                .kind = KT_PARAM_INTEGER,
                                .least = 7.0,
                                .most = 999.0,
                                .choices = "periodic",
                                .meaning = "span of the seasonal smoother"};
static const kt_param form = {.name = "form",
                              .kind = KT_PARAM_CHOICE,
                              .choices = "sqrt sufficient",
                              .fallback = "sqrt",
                              .meaning = "the formula"};
static const kt_param breaks = {.name = "breaks",
                                .kind = KT_PARAM_PERIODS,
                                .fallback = "",
                                .meaning = "last period of each segment"};
static const kt_param lambda = {.name = "lambda", .kind = KT_PARAM_NUMBER, .meaning = "smoothness"};

typedef struct param_case {
    const kt_param *param;
    const char *text;
    double number; /* NAN: a word */
} param_case;

static void assert_value(const kt_param_value *got, const param_case *want)
{
    if (isnan(want->number)) {
        assert_true(isnan(got->number));
        assert_string_equal(got->text, want->text);
        return;
    }
    assert_close(got->number, want->number, 0.0);
    assert_null(got->text);
}

static void good_texts_are_read(void **state)
{
    (void)state;
    const param_case cases[] = {
        {&alpha, "0.3", 0.3},          {&alpha, "1e-3", 0.001},
        {&window, "7", 7.0},           {&window, "periodic", NAN},
        {&form, "sufficient", NAN},    {&breaks, "", NAN},
        {&breaks, "2008M09", NAN},     {&breaks, "2008M09;2013M01", NAN},
        {&lambda, "-14400", -14400.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_param_value value = {0};
        kt_error err = {0};
        assert_int_equal(kt_param_read(cases[i].param, cases[i].text, &value, &err), KT_OK);
        assert_value(&value, &cases[i]);
    }
}

static void bad_texts_say_what_is_expected(void **state)
{
    (void)state;
    const struct {
        const kt_param *param;
        const char *text, *message;
    } cases[] = {
        {&alpha, "0", "parameter alpha: \"0\" is not a number above 0 and below 1"},
        {&alpha, "1", "parameter alpha: \"1\" is not a number above 0 and below 1"},
        {&alpha, "0,5", "parameter alpha: \"0,5\" is not a number above 0 and below 1"},
        {&alpha, "", "parameter alpha: \"\" is not a number above 0 and below 1"},
        {&alpha, "nan", "parameter alpha: \"nan\" is not a number above 0 and below 1"},
        {&window, "7.5",
         "parameter s_window: \"7.5\" is not a whole number from 7 to 999 or one of: periodic"},
        {&window, "period",
         "parameter s_window: \"period\" is not a whole number from 7 to 999 or one of: periodic"},
        {&form, "sqr", "parameter form: \"sqr\" is not one of: sqrt sufficient"},
        {&form, "sqrt sufficient",
         "parameter form: \"sqrt sufficient\" is not one of: sqrt sufficient"},
        {&form, "", "parameter form: \"\" is not one of: sqrt sufficient"},
        {&lambda, "x", "parameter lambda: \"x\" is not a number"},
        {&lambda, NULL, "parameter lambda is missing: smoothness"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_param_value value = {.number = 42.0};
        kt_error err = {0};
        assert_int_equal(kt_param_read(cases[i].param, cases[i].text, &value, &err), KT_ERR_USAGE);
        assert_string_equal(err.message, cases[i].message);
        assert_close(value.number, 42.0, 0.0);
    }
}

static void break_periods_must_rise_and_be_of_one_kind(void **state)
{
    (void)state;
    const char *const bad[] = {"2013M01;2008M09", "2013M01;2013M01", "2013M01;2014Q1",  "2013M01;",
                               ";2013M01",        "2013M13",         "2013M01 ;2014M01"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        kt_param_value value;
        kt_error err = {0};
        assert_int_equal(kt_param_read(&breaks, bad[i], &value, &err), KT_ERR_USAGE);
        assert_non_null(strstr(err.message, "rising order"));
    }
}

static void a_parameter_not_given_has_its_fallback(void **state)
{
    (void)state;
    kt_param_value value;
    assert_int_equal(kt_param_read(&alpha, NULL, &value, NULL), KT_OK);
    assert_close(value.number, 0.5, 0.0);
    assert_int_equal(kt_param_read(&form, NULL, &value, NULL), KT_OK);
    assert_string_equal(value.text, "sqrt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_texts_are_read),
        cmocka_unit_test(bad_texts_say_what_is_expected),
        cmocka_unit_test(break_periods_must_rise_and_be_of_one_kind),
        cmocka_unit_test(a_parameter_not_given_has_its_fallback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
