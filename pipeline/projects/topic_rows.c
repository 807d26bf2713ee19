/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "projects/rows.h"

enum column { SCHEME, CODE, NAME_FI, NAME_SV, NAME_EN, OBS_STATUS, COLUMNS };

static const char *const names[COLUMNS] = {"scheme",  "code",    "name_fi",
                                           "name_sv", "name_en", "obs_status"};

kt_status kt_project_topics_write(const kt_analysis_job *job, kt_error *err)
{
    const kt_theming *theming = job->night->config->projects.theming;
    const kt_topic *topics = NULL;
    const size_t count = theming == NULL ? 0 : kt_topics(theming, &topics);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "dim_theme", names, COLUMNS, &rows, err));
    for (size_t i = 0; i < count; i++) {
        kt_rows_text(rows, SCHEME, topics[i].scheme);
        kt_rows_text(rows, CODE, topics[i].code);
        kt_rows_text(rows, NAME_FI, topics[i].name.fi);
        kt_rows_text(rows, NAME_SV, topics[i].name.sv);
        kt_rows_text(rows, NAME_EN, topics[i].name.en);
        kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
        KT_TRY(kt_rows_end(rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
