/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cells.h"

#include "core/support.h"

/* A cell in a few signs: "5B" is a figure; "Q" is hidden, 1 to 4 with the point 2, and so is "W",
 * which was withdrawn; "E" is an estimate of the same; "M", "L", "O" have no figure. */
typedef struct one_cell {
    double value, low, high;
    uint8_t status;
} one_cell;

static kt_cell_row row_of(one_cell *cell)
{
    return (kt_cell_row){&cell->value, &cell->low, &cell->high, &cell->status};
}

static one_cell cell_of(const char *signs)
{
    char *letter = NULL;
    const double figure = strtod(signs, &letter);
    kt_obs obs = KT_OBS_WITHDRAWN;
    assert_true(*letter == 'W' || kt_obs_read(*letter, &obs));
    if (letter > signs) {
        return (one_cell){figure, figure, figure, (uint8_t)obs};
    }
    return kt_obs_has_interval(obs) ? (one_cell){2.0, 1.0, 4.0, (uint8_t)obs}
                                    : (one_cell){NAN, NAN, NAN, (uint8_t)obs};
}

static void assert_same(double got, double wanted)
{
    assert_true(isnan(wanted) ? isnan(got) : got == wanted);
}

static const struct {
    const char *a, *b;
    kt_obs obs;
    double value, low, high;
} cases[] = {
    {"5A", "5A", KT_OBS_OBSERVED, 10, 10, 10},
    {"5A", "5P", KT_OBS_PROVISIONAL, 10, 10, 10},
    {"5A", "E", KT_OBS_ESTIMATED, 7, 6, 9},
    {"5A", "5B", KT_OBS_BREAK, 10, 10, 10},
    {"5A", "Q", KT_OBS_ESTIMATED, 7, 6, 9},
    {"5A", "W", KT_OBS_ESTIMATED, 7, 6, 9},
    {"5A", "M", KT_OBS_OBSERVED, 5, 5, 5},
    {"5A", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"5A", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"5P", "5P", KT_OBS_PROVISIONAL, 10, 10, 10},
    {"5P", "E", KT_OBS_ESTIMATED, 7, 6, 9},
    {"5P", "5B", KT_OBS_BREAK, 10, 10, 10},
    {"5P", "Q", KT_OBS_ESTIMATED, 7, 6, 9},
    {"5P", "M", KT_OBS_PROVISIONAL, 5, 5, 5},
    {"5P", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"5P", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"E", "E", KT_OBS_ESTIMATED, 4, 2, 8},
    {"E", "5B", KT_OBS_BREAK, 7, 6, 9},
    {"E", "Q", KT_OBS_ESTIMATED, 4, 2, 8},
    {"E", "M", KT_OBS_ESTIMATED, 2, 1, 4},
    {"E", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"E", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"5B", "5B", KT_OBS_BREAK, 10, 10, 10},
    {"5B", "Q", KT_OBS_BREAK, 7, 6, 9},
    {"5B", "M", KT_OBS_BREAK, 5, 5, 5},
    {"5B", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"5B", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"Q", "Q", KT_OBS_ESTIMATED, 4, 2, 8},
    {"Q", "W", KT_OBS_ESTIMATED, 4, 2, 8},
    {"Q", "M", KT_OBS_PROTECTED, 2, 1, 4},
    {"W", "M", KT_OBS_WITHDRAWN, 2, 1, 4},
    {"Q", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"Q", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"M", "M", KT_OBS_IMPOSSIBLE, NAN, NAN, NAN},
    {"M", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"M", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"L", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"L", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"O", "O", KT_OBS_MISSING, NAN, NAN, NAN},
    {"0A", "0A", KT_OBS_OBSERVED, 0, 0, 0},
    {"0A", "0P", KT_OBS_PROVISIONAL, 0, 0, 0},
    {"0A", "0E", KT_OBS_ESTIMATED, 0, 0, 0},
    {"0A", "0B", KT_OBS_BREAK, 0, 0, 0},
    {"0P", "0B", KT_OBS_BREAK, 0, 0, 0},
    {"0A", "5P", KT_OBS_PROVISIONAL, 5, 5, 5},
    {"0P", "5A", KT_OBS_PROVISIONAL, 5, 5, 5},
    {"0E", "5A", KT_OBS_ESTIMATED, 5, 5, 5},
    {"0B", "5A", KT_OBS_BREAK, 5, 5, 5},
    {"0B", "E", KT_OBS_BREAK, 2, 1, 4},
    {"0A", "Q", KT_OBS_PROTECTED, 2, 1, 4},
    {"0P", "Q", KT_OBS_PROTECTED, 2, 1, 4},
    {"0B", "Q", KT_OBS_PROTECTED, 2, 1, 4},
    {"0B", "W", KT_OBS_WITHDRAWN, 2, 1, 4},
    {"0B", "M", KT_OBS_BREAK, 0, 0, 0},
    {"0A", "L", KT_OBS_NOT_COLLECTED, NAN, NAN, NAN},
    {"0A", "O", KT_OBS_MISSING, NAN, NAN, NAN},
};

/* Both ways round, and after a cell that cannot exist, as every sum begins. */
static void a_sum_has_the_worst_letter_and_zeros_keep_theirs(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * COUNT_OF(cases); i++) {
        const bool turned = i % 2 == 1;
        one_cell first = cell_of(turned ? cases[i / 2].b : cases[i / 2].a);
        one_cell second = cell_of(turned ? cases[i / 2].a : cases[i / 2].b);
        one_cell sum;
        kt_cell_row_begin(row_of(&sum), 1);
        kt_cell_add(row_of(&sum), 0, row_of(&first), 0);
        kt_cell_add(row_of(&sum), 0, row_of(&second), 0);
        assert_int_equal(sum.status, cases[i / 2].obs);
        assert_same(sum.value, cases[i / 2].value);
        assert_same(sum.low, cases[i / 2].low);
        assert_same(sum.high, cases[i / 2].high);
    }
}

static void nothing_added_is_no_zero(void **state)
{
    (void)state;
    one_cell sum;
    kt_cell_row_begin(row_of(&sum), 1);
    assert_int_equal(sum.status, KT_OBS_IMPOSSIBLE);
    assert_true(isnan(sum.value) && isnan(sum.low) && isnan(sum.high));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_has_the_worst_letter_and_zeros_keep_theirs),
        cmocka_unit_test(nothing_added_is_no_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
