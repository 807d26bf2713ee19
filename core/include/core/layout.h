/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_LAYOUT_H
#define KT_CORE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"

/**
 * How somebody else's CSV is laid out: `layout` of a source file. A row names what its figures are
 * of in columns of codes; figures stand in one column (long), in one for each content, or in one
 * for each code of a role, which is then the column's name (wide).
 */
typedef enum kt_csv_layout_holds {
    KT_HOLDS_CODES,
    KT_HOLDS_FIGURES,
    KT_HOLDS_SYMBOLS, /* what stands beside a figure */
    KT_HOLDS_NOTHING  /* it is there, and not read */
} kt_csv_layout_holds;

typedef struct kt_csv_layout_column {
    const char *name; /* of the column; a pattern where several may hold nothing or figures; "" of
                         all that have none, which hold nothing */
    kt_csv_layout_holds holds;
    kt_role role; /* of codes; of figures, the role whose codes are the columns' names; KT_ROLES */
    const char *content; /* of figures and symbols: the source's code of the content; NULL */
} kt_csv_layout_column;

typedef struct kt_csv_layout {
    const char *charset;
    char delimiter;
    char decimal;         /* '.' or ',' */
    size_t skipped;       /* lines before the one with the columns' names */
    const char **missing; /* what stands for no figure beside nothing at all */
    size_t missing_count;
    kt_csv_layout_column *columns;
    size_t column_count;
} kt_csv_layout;

#endif
