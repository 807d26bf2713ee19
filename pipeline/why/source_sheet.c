/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/file.h"
#include "source_sheet.h"
#include "why/why.h"

static bool is_the_row(const kt_why *of, const kt_source_mismatch *made)
{
    char headline[80], period[KT_PERIOD_SIZE];
    (void)snprintf(headline, sizeof headline, "mismatch %s 0.5", made->level);
    return strcmp(headline, kt_why_cell(of, "headline")) == 0 &&
           strcmp(kt_period_write(made->period, period), kt_why_cell(of, "time_period")) == 0;
}

kt_status kt_why_source_sheet(const kt_why *of, kt_error *err)
{
    const kt_panel_place place = {.folder = kt_path_join(of->arena, of->run.folder, "csv"),
                                  .threads = of->config->analysis.threads};
    const bool counted = strcmp(kt_why_cell(of, "setting"), "register") == 0;
    kt_source_sheet sheet;
    KT_TRY(kt_source_sheet_make(of->config->contract, &place, of->arena, &sheet, err));
    (void)kt_why_section(of, "made_from",
                         json_string("the rows of two_sources of that period and level, of regions "
                                     "that have all four figures: why two_sources explains each"));
    json_t *list = kt_why_recomputed(of);
    for (size_t i = 0; i < sheet.count; i++) {
        if (is_the_row(of, &sheet.at[i])) {
            kt_why_compare(list, "value", counted ? sheet.at[i].counted : sheet.at[i].asked,
                           kt_why_cell(of, "value"));
        }
    }
    return KT_OK;
}
