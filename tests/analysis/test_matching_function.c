/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/timed.h"

/*
 * Five markets in 2020 with months missing, drawn at random once. In R: d has the columns below,
 * y <- log(d$hires); v <- log(d$vacancies); u <- log(d$unemployed); th <- v - u; f <- y - u;
 * g <- factor(d$market); t <- factor(d$month); library(sandwich)
 */
typedef struct observation {
    const char *market;
    int month;
    double hires, vacancies, unemployed, new_vacancies, new_unemployed, lag, noise;
} observation;

#define ROWS 53
static const observation panel[ROWS] = {
    {"A", 3, 83, 273, 562, 143, 209, -0.605, 1.15},
    {"A", 4, 62, 257, 486, 99, 99, -0.722, 1.26},
    {"A", 5, 74, 256, 421, 131, 154, -0.638, 0.7},
    {"A", 6, 85, 312, 471, 156, 162, -0.497, 0.43},
    {"A", 7, 95, 369, 463, 307, 116, -0.411, -0.92},
    {"A", 8, 97, 425, 474, 277, 159, -0.226, -0.62},
    {"A", 9, 117, 552, 658, 303, 219, -0.108, -0.87},
    {"A", 10, 124, 418, 694, 303, 258, -0.175, -1.64},
    {"A", 11, 146, 540, 1044, 266, 390, -0.506, -1.33},
    {"A", 12, 196, 560, 1469, 297, 473, -0.659, -0.89},
    {"B", 1, 154, 298, 716, 235, 188, -0.756, 0.17},
    {"B", 2, 181, 338, 1030, 253, 398, -0.876, 0.21},
    {"B", 4, 183, 419, 1085, 144, 365, -1.119, -0.07},
    {"B", 5, 225, 374, 1090, 331, 462, -0.951, -0.89},
    {"B", 6, 208, 467, 1027, 311, 248, -1.07, 0.49},
    {"B", 7, 173, 344, 912, 182, 320, -0.787, 0.34},
    {"B", 8, 179, 315, 870, 220, 353, -0.976, -1.1},
    {"B", 9, 169, 305, 826, 273, 278, -1.017, -0.36},
    {"B", 10, 162, 339, 789, 220, 332, -0.995, 1.1},
    {"B", 11, 121, 381, 604, 212, 125, -0.846, -0.91},
    {"C", 1, 205, 384, 1077, 205, 365, -1.215, -0.44},
    {"C", 2, 135, 262, 848, 167, 172, -1.031, -0.2},
    {"C", 3, 118, 164, 1013, 76, 445, -1.175, -1.27},
    {"C", 4, 138, 181, 1217, 106, 364, -1.82, 0.95},
    {"C", 6, 158, 177, 1279, 128, 311, -1.67, -0.56},
    {"C", 7, 179, 200, 1297, 216, 323, -1.98, 1.24},
    {"C", 8, 146, 210, 1299, 160, 293, -1.871, -0.02},
    {"C", 9, 173, 243, 1452, 139, 665, -1.821, -0.79},
    {"C", 10, 184, 317, 1698, 213, 470, -1.787, -0.4},
    {"C", 11, 227, 326, 1618, 264, 484, -1.678, -1.9},
    {"C", 12, 179, 290, 1698, 115, 359, -1.601, 0.97},
    {"D", 1, 181, 555, 1420, 324, 435, -1.33, -0.25},
    {"D", 2, 155, 491, 1366, 250, 345, -0.94, -0.92},
    {"D", 3, 156, 483, 1716, 188, 517, -1.023, -2.17},
    {"D", 4, 126, 335, 1376, 196, 462, -1.267, -0.65},
    {"D", 6, 160, 293, 1377, 219, 543, -1.248, -0.28},
    {"D", 7, 120, 162, 1377, 122, 331, -1.547, 0.05},
    {"D", 8, 116, 124, 1290, 117, 625, -2.142, -0.39},
    {"D", 9, 87, 117, 1214, 106, 263, -2.344, -0.42},
    {"D", 10, 96, 109, 1243, 128, 368, -2.337, -1.16},
    {"D", 11, 70, 96, 1074, 75, 185, -2.437, 1.74},
    {"D", 12, 85, 85, 1355, 35, 402, -2.412, -0.25},
    {"E", 1, 259, 714, 2180, 384, 307, -1.402, -0.3},
    {"E", 2, 305, 727, 2523, 445, 687, -1.116, 0.82},
    {"E", 3, 380, 847, 3047, 500, 844, -1.245, -1},
    {"E", 4, 398, 750, 3977, 379, 1303, -1.28, 0.55},
    {"E", 5, 307, 773, 2659, 265, 614, -1.669, 0.28},
    {"E", 6, 348, 687, 2936, 454, 876, -1.236, 0.92},
    {"E", 7, 343, 567, 3504, 273, 1139, -1.453, -1.73},
    {"E", 8, 343, 504, 3717, 243, 1868, -1.822, -1.48},
    {"E", 9, 291, 575, 3110, 261, 1111, -1.998, 2.23},
    {"E", 10, 232, 542, 2948, 164, 502, -1.688, 0.39},
    {"E", 11, 293, 650, 2366, 256, 889, -1.693, 0.66},
};

enum { COLUMNS = 7 };

/* The figures of count rows, column by column; NULL for the columns that are not there. */
static kt_group group_of(const observation *rows, size_t count, kt_arena *arena)
{
    double *column[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        column[i] = kt_arena_array(arena, double, count + 1);
    }
    const char **period = kt_arena_array(arena, const char *, count + 1);
    const char **market = kt_arena_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const observation *at = &rows[i];
        const double figures[COLUMNS] = {at->hires,         at->vacancies,      at->unemployed,
                                         at->new_vacancies, at->new_unemployed, at->lag,
                                         at->noise};
        for (size_t k = 0; k < COLUMNS; k++) {
            column[k][i] = figures[k];
        }
        period[i] =
            kt_arena_print(arena, "%dM%02d", 2020 + (at->month - 1) / 12, (at->month - 1) % 12 + 1);
        market[i] = at->market;
    }
    const double **many = kt_arena_array(arena, const double *, 2);
    const char **names = kt_arena_array(arena, const char *, 2);
    many[0] = column[5];
    many[1] = column[6];
    names[0] = "instrument_lag";
    names[1] = "instrument_noise";
    return (kt_group){
        .row_count = count,
        .key = {period, market},
        .figure = {NULL, NULL, column[0], column[1], column[2], column[3], column[4]},
        .many_count = 2,
        .many_name = names,
        .many = many,
    };
}

static kt_status try_group(const kt_group *group, const char *model, const char *errors,
                           const char *lag, kt_arena *arena, kt_findings **out)
{
    static kt_error err;
    const kt_measure *measure = kt_measure_find("matching_function");
    const char *const given[] = {model, errors, lag, group->row_count < 12 ? "9" : NULL};
    kt_param_value params[KT_MEASURE_PARAMS] = {0};
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        KT_TRY(kt_param_read(&measure->params[i], given[i], &params[i], &err));
    }
    return kt_measure_run(measure, group, params, arena, out, &err);
}

static const kt_findings *run_group(const kt_group *group, const char *model, const char *errors,
                                    const char *lag, kt_arena *arena)
{
    kt_findings *found = NULL;
    if (try_group(group, model, errors, lag, arena, &found) != KT_OK) {
        fail_msg("%s is not fitted", model);
    }
    return found;
}

static const kt_findings *run(const observation *rows, size_t count, const char *model,
                              const char *errors, const char *lag, kt_arena *arena)
{
    const kt_group group = group_of(rows, count, arena);
    return run_group(&group, model, errors, lag, arena);
}

static double number(const kt_findings *found, size_t row, const char *result)
{
    return found_number("matching_function", found, row, result);
}

typedef struct expected {
    const char *model, *errors;
    size_t count;
    const char *term[6];
    double estimate[6], error[6];
} expected;

static void assert_found(const kt_findings *found, const expected *want)
{
    assert_int_equal(found->row_count, want->count);
    for (size_t i = 0; i < want->count; i++) {
        assert_string_equal(found->key[i], want->term[i]);
        assert_null(found->reason[i]);
        assert_string_equal(found_text("matching_function", found, i, "admissible"), "true");
        assert_close(number(found, i, "n"), ROWS, 0.0);
        assert_close(number(found, i, "estimate"), want->estimate[i], 1e-10);
        assert_close(number(found, i, "standard_error"), want->error[i], 1e-10);
    }
}

/*
 * R: s <- function(V, w) sqrt(c(diag(V), t(w) %*% V %*% w)); m <- lm(y ~ v + u); coef(m);
 *    s(vcov(m), c(0, 1, 1)); s(vcovHC(m, "HC1"), c(0, 1, 1));
 *    s(vcovCL(m, cluster = g, type = "HC1"), c(0, 1, 1))
 *    m <- lm(f ~ th); m <- lm(y ~ v + u + log(d$new_vacancies) + log(d$new_unemployed))
 */
static void functions_of_levels_are_those_of_lm(void **state)
{
    static const expected cases[] = {
        {"ols",
         NULL,
         4,
         {"constant", "vacancies", "unemployed", "returns_to_scale"},
         {-0.74798368659724535, 0.38136680926090438, 0.50725502798319544, 0.88862183724409982},
         {0.355240193858453235, 0.049481873799604940, 0.048475049728014447, 0.054280469736953989}},
        {"ols",
         "hc1",
         4,
         {"constant", "vacancies", "unemployed", "returns_to_scale"},
         {-0.74798368659724535, 0.38136680926090438, 0.50725502798319544, 0.88862183724409982},
         {0.295571729002920502, 0.044250485945142318, 0.042193669295941101, 0.043803830096348452}},
        {"ols",
         "cluster",
         4,
         {"constant", "vacancies", "unemployed", "returns_to_scale"},
         {-0.74798368659724535, 0.38136680926090438, 0.50725502798319544, 0.88862183724409982},
         {0.581673457531681648, 0.083772122219548523, 0.113096923406924760, 0.069737564325446769}},
        {"crs",
         "classical",
         3,
         {"constant", "vacancies", "unemployed"},
         {-1.46669773644326451, 0.43892000085548288, 0.56107999914451712},
         {0.061067220442533141, 0.042027683059774938, 0.042027683059774938}},
        {"stockflow",
         "classical",
         6,
         {"constant", "vacancies", "unemployed", "new_vacancies", "new_unemployed",
          "returns_to_scale"},
         {-0.86503355568719908, 0.14691589655397280, 0.35600855582720153, 0.28959400957441800,
          0.17312148384856446, 0.96563994580415680},
         {0.337105621049023974, 0.079002663401943785, 0.089089557813405995, 0.084217280516118986,
          0.081563197137006049, 0.052243676836300483}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_found(run(panel, ROWS, cases[i].model, cases[i].errors, NULL, *state), &cases[i]);
    }
}

/* R: m <- lm(y ~ v + u + g), then + t; V <- vcov(m)[2:3, 2:3] and so on; s(V, c(1, 1)) */
static void effects_are_those_of_dummies(void **state)
{
    static const expected cases[] = {
        {"fe",
         NULL,
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.34967782680895115, 0.55515764351120844, 0.90483547032015954},
         {0.033088246781483401, 0.048624352327189403, 0.034335887454562869}},
        {"fe",
         "classical",
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.34967782680895115, 0.55515764351120844, 0.90483547032015954},
         {0.040610969292568661, 0.066016979684258598, 0.063838775558362273}},
        {"fe",
         "hc1",
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.34967782680895115, 0.55515764351120844, 0.90483547032015954},
         {0.041019500603776085, 0.055372053471435492, 0.059008252549542207}},
        {"twoway",
         NULL,
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.32089589644658384, 0.64816470266535509, 0.96906059911193898},
         {0.039331117095668222, 0.014879524570094685, 0.027610176671678317}},
        {"twoway",
         "classical",
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.32089589644658384, 0.64816470266535509, 0.96906059911193898},
         {0.045862304560226642, 0.078299926090745611, 0.064114165585937896}},
        {"twoway",
         "hc1",
         3,
         {"vacancies", "unemployed", "returns_to_scale"},
         {0.32089589644658384, 0.64816470266535509, 0.96906059911193898},
         {0.039481864555541583, 0.067686871627646000, 0.059437132088311390}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_found(run(panel, ROWS, cases[i].model, cases[i].errors, NULL, *state), &cases[i]);
    }
}

/* R: t <- factor(d$month + 12 * (d$market >= "C")); m <- lm(y ~ v + u + g + t), as above, without
 * the dummy that has no coefficient */
static void years_without_a_common_market_have_a_dummy_less(void **state)
{
    static const expected cases[] = {
        {"twoway",
         "classical",
         2,
         {"vacancies", "unemployed"},
         {0.28306500558105957, 0.69055725679742630},
         {0.059115355002784573, 0.101594455292181043}},
        {"twoway",
         "cluster",
         2,
         {"vacancies", "unemployed"},
         {0.28306500558105957, 0.69055725679742630},
         {0.033870241542625162, 0.024705889423597208}},
    };
    observation rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = panel[i];
        rows[i].month += panel[i].market[0] >= 'C' ? 12 : 0;
    }
    for (size_t i = 0; i < 2; i++) {
        const kt_findings *found = run(rows, ROWS, "twoway", cases[i].errors, NULL, *state);
        for (size_t k = 0; k < cases[i].count; k++) {
            assert_close(number(found, k, "estimate"), cases[i].estimate[k], 1e-10);
            assert_close(number(found, k, "standard_error"), cases[i].error[k], 1e-10);
        }
    }
}

/*
 * R: z <- lm(th ~ d$lag + d$noise); summary(z)$fstatistic[1]; X <- cbind(1, fitted(z));
 *    B <- solve(t(X) %*% X); b <- B %*% t(X) %*% f; r <- f - b[1] - b[2] * th;
 *    s(B * sum(r^2) / (n - 2), c(0, 1)); s(B %*% (t(X) %*% (X * r^2)) %*% B * n / (n - 2), c(0, 1))
 */
static void two_stages_have_the_residuals_of_the_real_tightness(void **state)
{
    static const expected cases[] = {
        {"2sls",
         "classical",
         3,
         {"constant", "vacancies", "unemployed"},
         {-1.46451610458669101, 0.44058224610898056, 0.55941775389101944},
         {0.064829184084099753, 0.045180359072694590, 0.045180359072694590}},
        {"2sls",
         "hc1",
         3,
         {"constant", "vacancies", "unemployed"},
         {-1.46451610458669101, 0.44058224610898056, 0.55941775389101944},
         {0.058800541723499723, 0.036850993171883985, 0.036850993171883985}},
    };
    for (size_t i = 0; i < 2; i++) {
        const kt_findings *found = run(panel, ROWS, cases[i].model, cases[i].errors, NULL, *state);
        assert_found(found, &cases[i]);
        assert_string_equal(found->note[0], "F of the first stage: 160.6");
    }
}

/*
 * R: q <- deriv(~ A + log(a * exp(r * th) + 1 - a) / r, c("A", "a", "r"),
 *               function(A, a, r, th) NULL)
 *    s <- c(-1.56, .26, -.57); for (i in 1:200) { e <- q(s[1], s[2], s[3], th);
 *    J <- attr(e, "gradient"); s <- s + qr.coef(qr(J), f - e) }; res <- as.numeric(f - e)
 *    B <- solve(t(J) %*% J); sqrt(diag(B) * sum(res^2) / (n - 3))
 *    sqrt(diag(B %*% (t(J) %*% (J * res^2)) %*% B * n / (n - 3))); sigma: se(r) / (1 - r)^2
 */
static void ces_is_that_of_newton_steps(void **state)
{
    static const double wide = (1.0 + 0.56875651968804342) * (1.0 + 0.56875651968804342);
    const expected cases[] = {
        {"ces",
         NULL,
         4,
         {"constant", "vacancies", "exponent", "elasticity_of_substitution"},
         {-1.5642478158618991, 0.26397712934332923, -0.56875651968804342, 0.63744754998618658},
         {0.098258688080627835, 0.136858398403652493, 0.490817943588904293,
          0.490817943588904293 / wide}},
        {"ces",
         "hc1",
         4,
         {"constant", "vacancies", "exponent", "elasticity_of_substitution"},
         {-1.5642478158618991, 0.26397712934332923, -0.56875651968804342, 0.63744754998618658},
         {0.055862247610832402, 0.088776422383446518, 0.325568157629368193,
          0.325568157629368193 / wide}},
    };
    for (size_t i = 0; i < 2; i++) {
        assert_found(run(panel, ROWS, "ces", cases[i].errors, NULL, *state), &cases[i]);
    }
}

/* R: m <- lm(f ~ th, subset = g == "C"); coef(m);
 *    sqrt(diag(NeweyWest(m, lag = 3, prewhite = FALSE, adjust = FALSE)))
 * which takes M04 and M06 for neighbours, so here they are */
static void newey_west_is_of_one_series(void **state)
{
    observation rows[11];
    for (size_t i = 0; i < 11; i++) {
        rows[i] = panel[20 + i];
        assert_string_equal(rows[i].market, "C");
        rows[i].month = (int)i + 1;
    }
    const observation swap = rows[2];
    rows[2] = rows[7];
    rows[7] = swap;
    const kt_findings *found = run(rows, 11, "crs", "newey_west", "3", *state);
    assert_close(number(found, 0, "estimate"), -1.22737100668531696, 1e-10);
    assert_close(number(found, 1, "estimate"), 0.49591682923583152, 1e-10);
    assert_close(number(found, 0, "standard_error"), 0.124125602213257399, 1e-10);
    assert_close(number(found, 1, "standard_error"), 0.082295205848674294, 1e-10);
    found = run(rows, 11, "crs", "newey_west", "11", *state);
    assert_close(number(found, 1, "estimate"), 0.49591682923583152, 1e-10);
    assert_true(isnan(number(found, 1, "standard_error")));
    assert_string_equal(found->note[1], "no standard errors: too few observations for lag 11");
    found = run(panel, ROWS, "crs", "newey_west", "3", *state);
    assert_string_equal(found->reason[0],
                        "errors newey_west are of one series, and there are several markets");
}

/* A function without figures has its terms, the number of rows, and one reason. */
static void assert_refused(const kt_findings *found, const char *reason)
{
    for (size_t i = 0; i < found->row_count; i++) {
        assert_true(isnan(number(found, i, "estimate")));
        assert_true(isnan(number(found, i, "standard_error")));
        assert_non_null(found->reason[i]);
        assert_string_equal(found->reason[i], reason);
        assert_string_equal(found_text("matching_function", found, i, "admissible"), "false");
    }
}

/* R: coef(lm(y ~ v + u, subset = g == "B"))[2] is -0.0959 */
static void an_elasticity_outside_0_and_1_is_no_matching_function(void **state)
{
    assert_refused(run(panel + 10, 10, "ols", NULL, NULL, *state),
                   "the elasticity of vacancies is not between 0 and 1: -0.0959");
}

static void what_the_rows_cannot_tell_is_not_estimated(void **state)
{
    observation alike[ROWS], twice[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        alike[i] = panel[i];
        alike[i].vacancies = 100 + panel[i].market[0];
        twice[i] = panel[i];
        twice[i].unemployed = 2 * panel[i].vacancies;
    }
    assert_refused(run(alike, ROWS, "fe", NULL, NULL, *state),
                   "vacancies do not vary beside the effects");
    assert_refused(run(alike, ROWS, "twoway", NULL, NULL, *state),
                   "vacancies do not vary beside the effects");
    assert_refused(run(twice, ROWS, "ols", NULL, NULL, *state),
                   "the regressors have rank 2, not 3");
    assert_refused(run(twice, ROWS, "fe", NULL, NULL, *state), "the regressors have rank 1, not 2");
    assert_refused(run(twice, ROWS, "crs", NULL, NULL, *state),
                   "the regressors have rank 1, not 2");
    assert_refused(run(twice, ROWS, "ces", NULL, NULL, *state),
                   "the regressors have rank 1, not 2");
    for (size_t i = 0; i < ROWS; i++) {
        alike[i].lag = alike[i].noise;
    }
    assert_refused(run(alike, ROWS, "2sls", NULL, NULL, *state),
                   "the instruments: the regressors have rank 2, not 3");
    assert_refused(run(panel, 8, "ols", NULL, NULL, *state),
                   "observations: 8, at least 9 are needed");
    assert_refused(run(panel, 0, "ces", NULL, NULL, *state),
                   "observations: 0, at least 9 are needed");
    assert_refused(run(panel, 10, "fe", NULL, NULL, *state), "one market has no effect of its own");
}

static void rows_with_a_zero_or_a_hole_are_left_out_and_counted(void **state)
{
    observation more[ROWS + 3];
    memcpy(more, panel, sizeof panel);
    more[ROWS] = (observation){"F", 1, 0, 5, 7, 1, 1, 0.1, 0.1};
    more[ROWS + 1] = (observation){"F", 2, 4, NAN, 7, 1, 1, 0.1, 0.1};
    more[ROWS + 2] = (observation){"F", 3, 4, 5, NAN, 0, 1, 0.1, 0.1};
    const kt_findings *found = run(more, ROWS + 3, "crs", NULL, NULL, *state);
    assert_close(number(found, 1, "estimate"), 0.43892000085548288, 1e-10);
    assert_close(number(found, 1, "n"), ROWS, 0.0);
    assert_string_equal(found->note[1], "rows left out: 2 with a missing figure, 1 with a 0");
}

/* h = 2 v^.5 u^.3 exactly, whatever the order of rows. */
static void an_exact_function_is_found(void **state)
{
    observation rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = panel[ROWS - 1 - i];
        rows[i].hires = 2.0 * pow(rows[i].vacancies, 0.5) * pow(rows[i].unemployed, 0.3);
    }
    const kt_findings *found = run(rows, ROWS, "ols", NULL, NULL, *state);
    assert_close(number(found, 0, "estimate"), log(2.0), 1e-11);
    assert_close(number(found, 1, "estimate"), 0.5, 1e-12);
    assert_close(number(found, 2, "estimate"), 0.3, 1e-12);
    found = run(rows, ROWS, "twoway", NULL, NULL, *state);
    assert_close(number(found, 0, "estimate"), 0.5, 1e-11);
    assert_close(number(found, 2, "estimate"), 0.8, 1e-11);
}

/* h/u = (.4 theta^r + .6)^(1/r), which at r = 1 and above is no matching function. */
static void a_ces_of_known_exponent_is_found(void **state)
{
    static const double exponents[] = {-2.0, -0.3, 1e-5, 0.7};
    observation rows[ROWS];
    for (size_t k = 0; k <= 4; k++) {
        const double r = k < 4 ? exponents[k] : 1.5;
        for (size_t i = 0; i < ROWS; i++) {
            rows[i] = panel[i];
            const double theta = rows[i].vacancies / rows[i].unemployed;
            rows[i].hires = rows[i].unemployed * exp(log1p(0.4 * expm1(r * log(theta))) / r);
        }
        const kt_findings *found = run(rows, ROWS, "ces", NULL, NULL, *state);
        if (k == 4) {
            assert_refused(found, "the exponent is not below 1: 1.5");
            return;
        }
        assert_close(number(found, 0, "estimate"), 0.0, 1e-9);
        assert_close(number(found, 1, "estimate"), 0.4, 1e-9);
        assert_close(number(found, 2, "estimate"), r, 1e-9);
    }
}

static void a_model_needs_its_columns(void **state)
{
    const kt_group whole = group_of(panel, ROWS, *state);
    kt_findings *found = NULL;
    kt_group group = whole;
    group.key[1] = NULL;
    group.key[0] = NULL;
    assert_close(number(run_group(&group, "crs", NULL, NULL, *state), 1, "estimate"),
                 0.43892000085548288, 1e-10);
    assert_int_equal(try_group(&group, "fe", NULL, NULL, *state, &found), KT_ERR_DATA);
    assert_int_equal(try_group(&group, "ols", "cluster", NULL, *state, &found), KT_ERR_DATA);
    assert_int_equal(try_group(&group, "ols", "newey_west", NULL, *state, &found), KT_ERR_DATA);
    group.key[1] = whole.key[1];
    assert_int_equal(try_group(&group, "fe", NULL, NULL, *state, &found), KT_OK);
    assert_int_equal(try_group(&group, "twoway", NULL, NULL, *state, &found), KT_ERR_DATA);
    group.many_count = 0;
    assert_int_equal(try_group(&group, "2sls", NULL, NULL, *state, &found), KT_ERR_DATA);
    group.figure[6] = NULL;
    assert_int_equal(try_group(&group, "stockflow", NULL, NULL, *state, &found), KT_ERR_DATA);
    group = whole;
    group.key[1] = NULL; /* the months of five markets are then told five times */
    assert_int_equal(try_group(&group, "ols", NULL, NULL, *state, &found), KT_ERR_DATA);
}

/* The months of one industry, without their names; how many, at most MONTHS. */
#define MONTHS 512
static size_t industry(const kt_csv_table *months, const char *name, observation *out)
{
    size_t count = 0;
    for (size_t i = 0; i < months->row_count; i++) {
        if (strcmp(csv_text(months, i, "short_names"), name) == 0) {
            assert_true(count < MONTHS);
            out[count++] = (observation){.market = "",
                                         .hires = csv_number(months, i, "Hires"),
                                         .vacancies = csv_number(months, i, "Vacancy"),
                                         .unemployed = csv_number(months, i, "Unemployment")};
        }
    }
    return count;
}

/* us_matching_function_by_industry.csv: phi = e^c, eta = 1 - a, of crs with classical errors */
static void the_industries_of_the_united_states_are_found(void **state)
{
    const kt_csv_table *months = shared_csv("methods/us_uvh_by_industry_monthly.csv", *state);
    const kt_csv_table *all = shared_csv("methods/us_matching_function_by_industry.csv", *state);
    assert_int_equal(all->row_count, 13);
    for (size_t k = 0; k < all->row_count; k++) {
        observation rows[MONTHS];
        const size_t count = industry(months, csv_text(all, k, "short_names"), rows);
        kt_group group = group_of(rows, count, *state);
        group.key[0] = NULL;
        const kt_findings *found = run_group(&group, "crs", "classical", NULL, *state);
        assert_close(number(found, 0, "n"), csv_number(all, k, "n"), 0.0);
        assert_close(exp(number(found, 0, "estimate")), csv_number(all, k, "phi"), 1e-11);
        assert_close(number(found, 2, "estimate"), csv_number(all, k, "eta"), 1e-11);
        assert_close(number(found, 2, "standard_error"), csv_number(all, k, "se_eta"), 1e-11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(functions_of_levels_are_those_of_lm),
        ARENA_TEST(effects_are_those_of_dummies),
        ARENA_TEST(years_without_a_common_market_have_a_dummy_less),
        ARENA_TEST(two_stages_have_the_residuals_of_the_real_tightness),
        ARENA_TEST(ces_is_that_of_newton_steps),
        ARENA_TEST(newey_west_is_of_one_series),
        ARENA_TEST(an_elasticity_outside_0_and_1_is_no_matching_function),
        ARENA_TEST(what_the_rows_cannot_tell_is_not_estimated),
        ARENA_TEST(rows_with_a_zero_or_a_hole_are_left_out_and_counted),
        ARENA_TEST(an_exact_function_is_found),
        ARENA_TEST(a_ces_of_known_exponent_is_found),
        ARENA_TEST(a_model_needs_its_columns),
        ARENA_TEST(the_industries_of_the_united_states_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
