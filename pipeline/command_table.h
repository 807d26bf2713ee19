/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_COMMAND_TABLE_H
#define KT_PIPELINE_COMMAND_TABLE_H

#include "pipeline/command_line.h"

/** One line of the option table. */
typedef struct kt_option_row {
    const char *name;     /* without its dashes */
    const char *argument; /* NULL for an option without a value */
    const char *meaning;
} kt_option_row;

const kt_option_row *kt_option_row_of(kt_option option);

#endif
