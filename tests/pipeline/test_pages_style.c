/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/style.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/support.h"

/* WCAG 2.1, relative luminance and contrast ratio. */
static double linear(unsigned channel)
{
    const double share = channel / 255.0;
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static double luminance(unsigned rgb)
{
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear((rgb >> 8) & 0xffu) +
           0.0722 * linear(rgb & 0xffu);
}

static double contrast(unsigned a, unsigned b)
{
    const double one = luminance(a), other = luminance(b);
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

/* The colour that a theme's block gives a name: "--ink:#1b1f24". */
static unsigned colour(const char *theme, const char *name)
{
    char wanted[32];
    (void)snprintf(wanted, sizeof wanted, "--%s:#", name);
    const char *at = strstr(theme, wanted);
    assert_non_null(at);
    at += strlen(wanted);
    const size_t digits = strspn(at, "0123456789abcdef");
    const unsigned long value = strtoul(at, NULL, 16);
    if (digits == 3) { /* #fff is #ffffff */
        return (unsigned)(((value >> 8) & 0xfu) * 0x110000u + ((value >> 4) & 0xfu) * 0x1100u +
                          (value & 0xfu) * 0x11u);
    }
    assert_int_equal(digits, 6);
    return (unsigned)value;
}

/* What stands on what, and the least contrast. */
static const struct {
    const char *ink, *ground;
    double least;
} pairs[] = {
    {"ink", "paper", 4.5},   {"soft", "paper", 4.5},    {"ink", "field", 4.5},
    {"soft", "field", 4.5},  {"own", "paper", 4.5},     {"own", "field", 3.0},
    {"other", "paper", 3.0}, {"warn-ink", "warn", 4.5}, {"ink", "more", 4.5},
    {"ink", "less", 4.5},    {"ink", "s0", 4.5},        {"ink", "s1", 4.5},
    {"ink", "s2", 4.5},      {"ink", "s3", 4.5},        {"ink", "s4", 4.5},
};

static void hold(const char *theme, const char *name, size_t pair)
{
    const double found =
        contrast(colour(theme, pairs[pair].ink), colour(theme, pairs[pair].ground));
    if (found < pairs[pair].least) {
        fail_msg("%s on %s in %s: %.2f to 1", pairs[pair].ink, pairs[pair].ground, name, found);
    }
}

static void every_word_and_mark_stands_out_in_light_and_dark(void **state)
{
    (void)state;
    const char *dark = strstr(kt_palette, "prefers-color-scheme:dark");
    assert_non_null(dark);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        hold(kt_palette, "light", i);
        hold(dark, "dark", i);
    }
}

static void the_measure_of_contrast_is_that_of_the_guidelines(void **state)
{
    (void)state;
    assert_close(contrast(0x000000u, 0xffffffu), 21.0, 1e-9);
    assert_close(contrast(0x777777u, 0xffffffu), 4.48, 0.005); /* the well-known grey that fails */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_and_mark_stands_out_in_light_and_dark),
        cmocka_unit_test(the_measure_of_contrast_is_that_of_the_guidelines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
