/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_NUMBER_H
#define KT_CORE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Numbers as text, without any locale: a point, no thousands separator, no exponent on output.
 */

#define KT_NUMBER_SIZE 352 /* room for any double without an exponent, with its terminator */

/**
 * Writes the shortest decimal that reads back the same double, without an exponent: 0.5, 42, -1.25.
 * Negative zero is written as 0. NAN and infinities write nothing and return 0.
 * Returns the length; out has room for KT_NUMBER_SIZE bytes and is terminated.
 */
size_t kt_number_write(double number, char *out);

/**
 * Reads a whole text as a decimal number: optional '-', digits, optional point and digits, optional
 * exponent. No blanks, no '+', no hexadecimal, no "nan". False if it is anything else or overflows.
 */
bool kt_number_read(const char *text, size_t length, double *out);

/** The same of a text with that decimal sign, '.' or ','; the other one is none. */
bool kt_decimal_read(const char *text, char sign, double *out);

/** Reads a whole text as a count: digits alone, at most 2^53. */
bool kt_count_read(const char *text, size_t length, double *out);

#endif
