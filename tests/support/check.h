/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_CHECK_H
#define KT_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/** Fails unless got is within tolerance of want. cmocka 1.1.5 compares floating point as float. */
#define assert_close(got, want, tolerance) \
    check_close((got), (want), (tolerance), __FILE__, __LINE__)

static inline void check_close(double got, double want, double tolerance, const char *file,
                               int line)
{
    if (!(fabs(got - want) <= tolerance)) {
        print_error("%.17g is not within %g of %.17g\n", got, tolerance, want);
        _fail(file, line);
    }
}

/** For a main whose tests all read the shared folder: where it is absent they are skipped as one.
 */
#define RETURN_SKIPPED_WITHOUT(path)                      \
    do {                                                  \
        if (access((path), R_OK) != 0) {                  \
            print_message("%s: absent, skipped\n", path); \
            return 77;                                    \
        }                                                 \
    } while (0)

#endif
