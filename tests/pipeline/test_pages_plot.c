/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plot.h"

#include "core/cleanup.h"
#include "core/support.h"
#include "support/arena.h"

static void an_axis_ends_at_round_numbers_around_the_figures(void **state)
{
    static const struct {
        double low, high;
        unsigned steps;
        double from, to, step;
        int decimals;
    } cases[] = {
        {0.0, 1.78, 5, 0.0, 2.0, 0.5, 1},         {0.0, 103098.0, 5, 0.0, 150000.0, 50000.0, 0},
        {0.0938, 0.1361, 5, 0.09, 0.14, 0.01, 2}, {0.0, 1.0, 5, 0.0, 1.0, 0.2, 1},
        {0.0, 0.043, 5, 0.0, 0.05, 0.01, 2},      {7.0, 7.0, 5, 7.0, 8.0, 1.0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_axis axis = kt_axis_around(cases[i].low, cases[i].high, cases[i].steps);
        assert_close(axis.low, cases[i].from, 1e-12);
        assert_close(axis.high, cases[i].to, 1e-9);
        assert_close(axis.step, cases[i].step, 1e-12);
        assert_int_equal(axis.decimals, cases[i].decimals);
    }
}

static void figures_stand_between_the_margins(void **state)
{
    (void)state;
    const kt_plot plot = {.width = 120.0,
                          .height = 60.0,
                          .left = 10.0,
                          .right = 10.0,
                          .top = 5.0,
                          .bottom = 15.0,
                          .x = {.low = 2.0, .high = 4.0, .step = 1.0},
                          .y = {.low = 0.0, .high = 8.0, .step = 2.0}};
    assert_close(kt_plot_x(&plot, 2.0), 10.0, 1e-12);
    assert_close(kt_plot_x(&plot, 3.0), 60.0, 1e-12);
    assert_close(kt_plot_x(&plot, 4.0), 110.0, 1e-12);
    assert_close(kt_plot_y(&plot, 0.0), 45.0, 1e-12);
    assert_close(kt_plot_y(&plot, 2.0), 35.0, 1e-12);
    assert_close(kt_plot_y(&plot, 8.0), 5.0, 1e-12);
}

/* The lines that a name of at most ten letters a line takes. */
static void a_long_name_takes_two_lines(void **state)
{
    static const struct {
        const char *name;
        bool is_long;
        const char *lines[2];
    } cases[] = {
        {"Kainuu", false, {"Kainuu", NULL}},
        {"Päijännetä", false, {"Päijännetä", NULL}},
        {"Varsinais-Suomi", true, {"Varsinais-", "Suomi"}},
        {"Södra Karelen", true, {"Södra", "Karelen"}},
        {"Egentliga Finland", true, {"Egentliga", "Finland"}},
        {"Prosessi- ja kuljetustyöntekijät", true, {"Prosessi-", "ja kuljetu…"}},
        {"Kuljetustyöntekijät", true, {"Kuljetusty", "öntekijät"}},
    };
    kt_arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(text) kt_text drawn = {0}, wanted = {0};
        kt_page page = {.html = {.out = &drawn}, .arena = arena};
        const kt_plot plot = {.page = &page};
        kt_plot_name(&plot, (kt_spot){5.0, 8.0}, "end", NULL, cases[i].name, 10);
        kt_text_put(&wanted, "<text y=\"8.0\" text-anchor=\"end\">");
        for (size_t line = 0; line < 2 && cases[i].lines[line] != NULL; line++) {
            kt_text_print(&wanted, "<tspan x=\"5.0\" dy=\"%s\">%s</tspan>\n",
                          !cases[i].is_long ? ".35em"
                          : line == 0       ? "-.2em"
                                            : "1.1em",
                          cases[i].lines[line]);
        }
        kt_text_put(&wanted, "</text>\n");
        assert_string_equal(drawn.bytes, wanted.bytes);
        assert_int_equal(kt_plot_is_long(cases[i].name, 10), cases[i].is_long);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_axis_ends_at_round_numbers_around_the_figures),
        ARENA_TEST(a_long_name_takes_two_lines),
        cmocka_unit_test(figures_stand_between_the_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
