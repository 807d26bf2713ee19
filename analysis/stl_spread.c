/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stl_spread.h"

#include <stdbool.h>

/*
 * Partial sorting by Chambers (1971), CACM algorithm 410: split by the median of three, keep the
 * part with the places that are asked for, sort it by insertion once it is short. It wants places
 * in rising order; netlib's stl asks for the upper middle before the lower one. So where a split
 * falls just between the two, only one of them is settled, and at the other place stands whatever
 * the split left there. R's robustness weights of an even count of figures follow from that sum.
 */

/* Places first to last, both included. */
typedef struct part {
    size_t first, last;
} part;

static void swap(double *a, double *b)
{
    const double held = *a;
    *a = *b;
    *b = held;
}

/* Orders the sizes at both ends and in the middle of the part; the middle one of them. */
static double order_three(double *size, part of)
{
    double *low = &size[of.first], *high = &size[of.last];
    double *middle = &size[(of.first + of.last) / 2];
    if (*low > *middle) {
        swap(low, middle);
    }
    if (*high < *middle) {
        swap(high, middle);
        if (*low > *middle) {
            swap(low, middle);
        }
    }
    return *middle;
}

/* Splits the part into sizes up to the pivot, which end at *left, and from it, which begin at
 * *right. */
static void split(double *size, part of, size_t *left, size_t *right)
{
    const double pivot = order_three(size, of);
    size_t low = of.first, high = of.last;
    for (;;) {
        do {
            high--;
        } while (size[high] > pivot);
        do {
            low++;
        } while (size[low] < pivot);
        if (low > high) {
            break;
        }
        swap(&size[low], &size[high]);
    }
    *left = high;
    *right = low;
}

static void sort_by_insertion(double *size, part of)
{
    for (size_t at = of.first + 1; at <= of.last; at++) {
        for (size_t to = at; to > of.first && size[to] < size[to - 1]; to--) {
            swap(&size[to], &size[to - 1]);
        }
    }
}

/* A part at the very start is split to the end, for want of a smaller size in front of it. */
static bool is_short(part of)
{
    return of.first == 0 ? of.last == 0 : of.last - of.first <= 10;
}

double kt_stl_two_middles(double *size, size_t count)
{
    const size_t upper = count / 2, lower = (count - 1) / 2;
    part of = {0, count - 1};
    while (!is_short(of)) {
        size_t left, right;
        split(size, of, &left, &right);
        const bool left_is_smaller = left - of.first <= of.last - right;
        const bool go_left = left_is_smaller ? lower <= left : upper < right;
        of = go_left ? (part){of.first, left} : (part){right, of.last};
    }
    sort_by_insertion(size, of);
    return size[upper] + size[lower];
}
