/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "transform/reported.h"

/*
 * Reports of projects (KT_FUZZ_FORMAT: "indicators" or "scores") under libFuzzer: whatever the
 * bytes are, each row is a figure that can be or a reject, or one line says what is wrong with the
 * file; it never crashes, leaks or hangs. What was read is kept as two reports of two days, too.
 */

#define DOUBTS 20

static const kt_indicators *indicators;
static const kt_laarit *laarit;

static void demand(int truth)
{
    if (!truth) {
        abort();
    }
}

static void check_line(const char *text)
{
    size_t bad = 0;
    demand(text != NULL && strchr(text, '\n') == NULL && kt_utf8_valid(text, strlen(text), &bad));
}

static void check_rejects(const kt_project_reject *rejects, size_t count, size_t rows)
{
    demand(count * 100 <= rows + count);
    for (size_t i = 0; i < count; i++) {
        check_line(rejects[i].reason);
        demand(rejects[i].line > 1);
    }
}

static void check_indicators(const kt_indicator_report *report, kt_arena *arena)
{
    kt_list_warning doubts[DOUBTS];
    kt_codes *keys = kt_codes_new(arena);
    check_rejects(report->rejects, report->reject_count, report->row_count);
    for (size_t i = 0; i < report->row_count; i++) {
        const kt_indicator_row *row = &report->rows[i];
        demand(kt_indicator_find(indicators, row->indicator) != NULL);
        demand(isnan(row->target) || (isfinite(row->target) && row->target >= 0.0));
        demand(isnan(row->realised) || (isfinite(row->realised) && row->realised >= 0.0));
        demand(row->sex >= KT_SEX_ALL && row->sex < KT_SEXES && row->line > 1);
        demand(kt_report_period_end(row->period) > 0);
        demand(kt_codes_add(keys, kt_indicator_key(row, arena), NULL) != KT_NO_CODE);
    }
    const size_t count =
        kt_indicator_report_doubts(report, indicators, laarit->far_above, DOUBTS, arena, doubts);
    for (size_t i = 0; i < count && i < DOUBTS; i++) {
        check_line(doubts[i].words);
        check_line(doubts[i].shown);
    }
}

static void check_scores(const kt_score_report *report, kt_arena *arena)
{
    kt_codes *keys = kt_codes_new(arena);
    check_rejects(report->rejects, report->reject_count, report->row_count);
    for (size_t i = 0; i < report->row_count; i++) {
        const kt_score_row *row = &report->rows[i];
        demand(row->scale != NULL && row->stage >= KT_SCORE_START && row->stage < KT_SCORE_STAGES);
        demand(isfinite(row->persons) && row->persons >= 0.0);
        demand(isnan(row->mean) ||
               (row->mean >= row->scale->least && row->mean <= row->scale->most));
        demand(isnan(row->sd) || (isfinite(row->sd) && row->sd >= 0.0));
        demand(kt_report_period_end(row->period) > 0);
        demand(kt_codes_add(keys, kt_score_key(row, arena), NULL) != KT_NO_CODE);
    }
}

/* The same report twice says everything once, and nothing anew. */
static void check_versions(kt_reporting *reporting)
{
    const kt_reported_list list = kt_reporting_versions(reporting);
    for (size_t i = 0; i < list.count; i++) {
        demand(list.at[i].current && list.at[i].snapshot_day == 1 &&
               list.at[i].last_snapshot_day == 2);
        demand(i == 0 || kt_reported_compare(&list.at[i - 1], &list.at[i]) != 0);
    }
}

static kt_status read_indicators(const kt_project_file *file, kt_arena *arena, kt_error *err)
{
    kt_indicator_report report = {0};
    KT_TRY(kt_indicator_report_read(file, indicators, arena, &report, err));
    kt_reporting *reporting = kt_reporting_new(arena);
    check_indicators(&report, arena);
    kt_reporting_add_indicators(reporting, &report, (kt_report_origin){"one", 1});
    kt_reporting_add_indicators(reporting, &report, (kt_report_origin){"one", 2});
    check_versions(reporting);
    return KT_OK;
}

static kt_status read_scores(const kt_project_file *file, kt_arena *arena, kt_error *err)
{
    kt_score_report report = {0};
    KT_TRY(kt_score_report_read(file, laarit, arena, &report, err));
    kt_reporting *reporting = kt_reporting_new(arena);
    check_scores(&report, arena);
    kt_reporting_add_scores(reporting, &report, (kt_report_origin){"one", 1});
    kt_reporting_add_scores(reporting, &report, (kt_report_origin){"one", 2});
    check_versions(reporting);
    return KT_OK;
}

static void load_words(void)
{
    kt_arena *arena = kt_arena_open("words", 0);
    kt_problems *problems = kt_problems_new(arena);
    indicators = kt_indicators_load(KT_FUZZ_PROJECTS, arena, problems);
    laarit = kt_laarit_load(KT_FUZZ_PROJECTS, indicators, arena, problems);
    demand(indicators != NULL && laarit != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (indicators == NULL) {
        load_words();
    }
    kt_arena *arena = kt_arena_open("fuzz", 0);
    char *bytes = malloc(size + 1);
    kt_error err = {0};
    demand(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    const kt_project_file file = {.bytes = bytes, .length = size, .name = "report"};
    const bool scores = strcmp(KT_FUZZ_FORMAT, "scores") == 0;
    (void)(scores ? kt_score_report_is(&file) : kt_indicator_report_is(&file));
    const kt_status status =
        scores ? read_scores(&file, arena, &err) : read_indicators(&file, arena, &err);
    if (status != KT_OK) {
        demand(status == KT_ERR_FORMAT || status == KT_ERR_DATA);
        demand(strstr(err.message, "report") == err.message);
        check_line(err.message);
    }
    kt_arena_free(arena);
    free(bytes);
    return 0;
}
