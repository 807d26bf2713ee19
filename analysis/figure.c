/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include <math.h>

#include "cells.h"

/* What is wrong with a number on its own, or NULL. Messages continue "row 3, column unemployed". */
static const char *fault_of(const kt_input *input, double number)
{
    if (isinf(number)) {
        return "is not a finite number";
    }
    if (input->kind == KT_INPUT_COUNT && number < 0.0) {
        return "is below zero";
    }
    if (input->kind == KT_INPUT_COUNT && number > KT_COUNT_MOST) {
        return "is larger than any count";
    }
    return NULL;
}

static kt_status check_number(const kt_input *input, size_t row_number, const char *ending,
                              double number, kt_error *err)
{
    const char *fault = fault_of(input, number);
    if (fault == NULL) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA, "row %zu, column %s%s: %.17g %s", row_number, input->name,
                   ending, number, fault);
}

kt_status kt_figure_settle(const kt_input *input, size_t row_number, kt_figure *figure,
                           kt_error *err)
{
    KT_TRY(check_number(input, row_number, "", figure->value, err));
    KT_TRY(check_number(input, row_number, "_low", figure->low, err));
    KT_TRY(check_number(input, row_number, "_high", figure->high, err));
    if (isnan(figure->low) != isnan(figure->high)) {
        return kt_fail(err, KT_ERR_DATA, "row %zu, column %s%s: empty, but its other end is %.17g",
                       row_number, input->name, isnan(figure->low) ? "_low" : "_high",
                       isnan(figure->low) ? figure->high : figure->low);
    }
    if (isnan(figure->low)) {
        figure->low = figure->value;
        figure->high = figure->value;
        return KT_OK;
    }
    if (figure->low > figure->high) {
        return kt_fail(err, KT_ERR_DATA, "row %zu, column %s_low: %.17g is above %s_high, %.17g",
                       row_number, input->name, figure->low, input->name, figure->high);
    }
    if (isnan(figure->value)) {
        figure->value = figure->low + (figure->high - figure->low) / 2.0;
    }
    if (figure->value < figure->low || figure->value > figure->high) {
        return kt_fail(err, KT_ERR_DATA, "row %zu, column %s: %.17g is not between %.17g and %.17g",
                       row_number, input->name, figure->value, figure->low, figure->high);
    }
    return KT_OK;
}
