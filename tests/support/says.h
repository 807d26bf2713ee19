/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_SAYS_H
#define KT_TESTS_SAYS_H

#include <string.h>

#include "core/error.h"
#include "support/check.h"

/** Fails unless the message has the part, and is one line. */
#define assert_says(error, part) check_says((error), (part), __FILE__, __LINE__)

static inline void check_says(const kt_error *error, const char *part, const char *file, int line)
{
    if (strstr(error->message, part) == NULL || strpbrk(error->message, "\r\n") != NULL) {
        print_error("\"%s\" does not say \"%s\" in one line\n", error->message, part);
        _fail(file, line);
    }
}

#endif
