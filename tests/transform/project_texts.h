/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TRANSFORM_PROJECT_TEXTS_H
#define KT_TESTS_TRANSFORM_PROJECT_TEXTS_H

#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "core/problems.h"
#include "core/project.h"
#include "support/check.h"
#include "transform/classification.h"
#include "transform/finnish.h"
#include "transform/placement.h"
#include "transform/project_words.h"

/* The real list of 2007-2013: 2,775 projects. */
#define PROJECT_LIST KT_SHARED "/data/projects/eura2007_esr_reference.csv"

/* The dictionary and the tree's own configuration, for a group of tests. */
typedef struct project_texts {
    kt_arena *arena;
    kt_finnish *finnish;
    const kt_classifications *all;
    const kt_wording *wording;
    const kt_placement *placement;
} project_texts;

static project_texts texts;

static inline int open_texts(void **state)
{
    kt_error err = {0};
    texts.arena = kt_arena_open("test", 0);
    kt_problems *problems = kt_problems_new(texts.arena);
    texts.all = kt_classifications_load(KT_ROOT "/config/classifications", texts.arena, problems);
    if (texts.all != NULL) {
        texts.wording =
            kt_wording_load(KT_ROOT "/config/projects", &texts.all->regions, texts.arena, problems);
    }
    if (texts.wording != NULL) {
        texts.placement = kt_placement_load(KT_ROOT "/config/projects", texts.all, texts.wording,
                                            texts.arena, problems);
    }
    if (kt_problems_count(problems) > 0) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    *state = texts.arena;
    return kt_finnish_open("fi", &texts.finnish, &err) != KT_OK || texts.placement == NULL;
}

static inline int close_texts(void **state)
{
    (void)state;
    kt_finnish_close(texts.finnish);
    kt_arena_free(texts.arena);
    return 0;
}

/* A project of which nothing is known. */
static inline kt_project nothing_known(void)
{
    kt_project project = {.start_day = KT_NO_DAY, .end_day = KT_NO_DAY};
    for (size_t i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        project.sum[i] = KT_NO_MONEY;
    }
    return project;
}

static inline kt_project project_named(const char *name)
{
    kt_project project = nothing_known();
    project.text[KT_PROJECT_NAME] = name;
    return project;
}

static inline const char *list_cell(const kt_csv_table *list, size_t row, const char *column)
{
    kt_error err = {0};
    size_t at = 0;
    assert_int_equal(kt_csv_column(list, column, &at, &err), KT_OK);
    return kt_csv_cell(list, row, at);
}

static inline int64_t days_of(const char *iso)
{
    const long year = strtol(iso, NULL, 10), month = strtol(iso + 5, NULL, 10);
    const long day = strtol(iso + 8, NULL, 10);
    const long from_march = (month + 9) % 12, y = year - (month < 3 ? 1 : 0);
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 719469;
}

/* The projects of the real list. */
static inline kt_project *read_list(kt_arena *arena, size_t *count)
{
    kt_csv_table *list = NULL;
    kt_error err = {0};
    assert_int_equal(kt_csv_load(PROJECT_LIST, (size_t)8 << 20, arena, &list, &err), KT_OK);
    kt_project *projects = kt_arena_array(arena, kt_project, list->row_count);
    for (size_t i = 0; i < list->row_count; i++) {
        projects[i] = project_named(list_cell(list, i, "project_name"));
        projects[i].text[KT_PROJECT_PROJECT_CODE] = list_cell(list, i, "project_code");
        projects[i].text[KT_PROJECT_SECTION] = list_cell(list, i, "programme_section");
        projects[i].text[KT_PROJECT_AUTHORITY] = list_cell(list, i, "funding_authority");
        projects[i].text[KT_PROJECT_BENEFICIARY] = list_cell(list, i, "beneficiary");
        projects[i].sum[KT_PROJECT_GRANTED] =
            (int64_t)(strtod(list_cell(list, i, "granted_eu_state_eur"), NULL) * 100.0);
        projects[i].start_day = days_of(list_cell(list, i, "start_date"));
        projects[i].end_day = days_of(list_cell(list, i, "end_date"));
        projects[i].period = "2007-2013";
    }
    *count = list->row_count;
    return projects;
}

#endif
