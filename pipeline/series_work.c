/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series_work.h"

#include "core/parallel.h"

#define BLOCK 16 /* series that one thread splits in an arena of its own */

typedef struct splitting {
    const kt_series_settings *settings;
    const kt_series_work *work;
} splitting;

static kt_status split_block(void *context, size_t index, kt_error *err)
{
    const splitting *of = context;
    const kt_series_work *work = of->work;
    work->arenas[index] = kt_arena_open("series", 0);
    for (size_t i = index * BLOCK; i < (index + 1) * BLOCK && i < work->list.count; i++) {
        KT_TRY(kt_adjust(of->settings, &work->list.at[i], work->arenas[index], &work->adjusted[i],
                         err));
        KT_TRY(kt_found_breaks_of(of->settings, &work->list.at[i], &work->adjusted[i],
                                  work->arenas[index], &work->found[i], err));
    }
    return KT_OK;
}

/* The first in the order of the list, whichever thread came first. */
static void count_x13(kt_series_work *work)
{
    for (size_t i = 0; i < work->list.count; i++) {
        const kt_x13_counts *one = &work->adjusted[i].x13;
        const char *const *word = work->list.at[i].word;
        if (work->x13.reason == NULL && one->reason != NULL) {
            work->x13.reason =
                kt_arena_print(work->arena, "%s %s %s %s: %s", word[KT_SERIES_REGION_CODE],
                               word[KT_SERIES_SECTOR_CODE], word[KT_SERIES_OCCUPATION_CODE],
                               word[KT_SERIES_INDICATOR], one->reason);
        }
        work->x13.version = work->x13.version == NULL ? one->version : work->x13.version;
        work->x13.split += one->split;
        work->x13.failed += one->failed;
    }
}

kt_status kt_series_work_make(const kt_analysis_job *job, kt_series_work *out, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_panel_place place = kt_analysis_panels(job);
    *out = (kt_series_work){.arena = kt_arena_open("series", 0)};
    KT_TRY(kt_figure_series_read(config->contract, &config->series, &place, out->arena, &out->list,
                                 err));
    out->arena_count = (out->list.count + BLOCK - 1) / BLOCK;
    out->arenas = kt_arena_array(out->arena, kt_arena *, out->arena_count + 1);
    out->adjusted = kt_arena_array(out->arena, kt_adjusted, out->list.count + 1);
    out->found = kt_arena_array(out->arena, kt_found_breaks, out->list.count + 1);
    splitting of = {.settings = &config->series, .work = out};
    KT_TRY(kt_parallel(out->arena_count, config->analysis.threads, split_block, &of, err));
    count_x13(out);
    out->method = kt_adjust_method(&config->series, out->x13.version, out->arena);
    return KT_OK;
}

void kt_series_work_free(const kt_series_work *work)
{
    for (size_t i = 0; i < work->arena_count; i++) {
        kt_arena_free(work->arenas[i]);
    }
    kt_arena_free(work->arena);
}
