/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TABLE_H
#define KT_TESTS_TABLE_H

#include "core/csv.h"
#include "support/check.h"

/** The cell of a column that the table has to have. */
static inline const char *table_cell(const kt_csv_table *table, size_t row, const char *column)
{
    size_t at = 0;
    kt_error err = {0};
    assert_int_equal(kt_csv_column(table, column, &at, &err), KT_OK);
    return kt_csv_cell(table, row, at);
}

#endif
