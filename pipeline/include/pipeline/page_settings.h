/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PAGE_SETTINGS_H
#define KT_PIPELINE_PAGE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/csv.h"

struct kt_language;
struct kt_outlines;

/** Pages for people: in which languages, and what people have noted. Nothing of it is a figure. */
typedef struct kt_page_settings {
    const struct kt_language **languages; /* the first is that of whoever names none */
    size_t language_count;
    const char *feedback;           /* where readers write to: https or mailto; NULL: nowhere */
    const kt_csv_table *notes;      /* region_code, period, text; NULL for none */
    const struct kt_outlines *maps; /* where regions lie, of a level each */
    size_t map_count;
    bool workbooks; /* each region that has a page has a workbook too */
} kt_page_settings;

#endif
