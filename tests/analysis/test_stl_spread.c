/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stl_spread.h"

#include "support/check.h"

static void the_middle_of_an_odd_count_counts_twice(void **state)
{
    (void)state;
    double three[] = {5, 1, 9};
    double one[] = {4};
    double many[] = {12, 3, 7, 1, 15, 9, 2, 14, 5, 11, 6, 8, 4, 13, 10};
    assert_close(kt_stl_two_middles(three, 3), 10.0, 0.0);
    assert_close(kt_stl_two_middles(one, 1), 8.0, 0.0);
    assert_close(kt_stl_two_middles(many, 15), 16.0, 0.0);
}

/* 1 2 4 6 3 5 is split by 4, the median of its ends and third place, into 1 2 3 and 6 4 5. The
 * third place is in the left part, so only that is sorted on, and the fourth keeps the 6. */
static void an_even_count_can_have_a_middle_that_is_none(void **state)
{
    (void)state;
    double split[] = {1, 2, 4, 6, 3, 5};
    double sorted[] = {1, 2, 3, 4, 5, 6};
    double same[] = {3, 3, 3, 3, 3, 3};
    assert_close(kt_stl_two_middles(split, 6), 3.0 + 6.0, 0.0);
    assert_close(kt_stl_two_middles(sorted, 6), 3.0 + 4.0, 0.0);
    assert_close(kt_stl_two_middles(same, 6), 6.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_middle_of_an_odd_count_counts_twice),
        cmocka_unit_test(an_even_count_can_have_a_middle_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
