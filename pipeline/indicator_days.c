/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/instant.h"
#include "transform/contents.h"

#define DAY_S 86400

/* When one table collects a content. */
typedef struct days {
    bool there;
    const char *from, *to; /* NULL: open */
} days;

static bool has_stopped(const kt_table *table, const char *measure, kt_arena *arena)
{
    const char *subject = kt_arena_print(arena, "%s %s", table->source->id, measure);
    for (size_t i = 0; i < table->check_count; i++) {
        if (strcmp(table->checks[i].name, KT_CHECK_STOPPED) == 0 &&
            strcmp(table->checks[i].subject, subject) == 0) {
            return true;
        }
    }
    return false;
}

static const char *last_day(const kt_cube *cube, const char *measure, kt_arena *arena)
{
    char moment[KT_INSTANT_SIZE];
    kt_period last;
    if (!kt_content_last(cube, measure, &last)) {
        return NULL;
    }
    (void)kt_instant_write((kt_instant)kt_period_last_day(last) * DAY_S, moment);
    return kt_arena_copy_n(arena, moment, strlen("2023-09-30"));
}

/* By its source file, or by what the source no longer fills. */
static days days_in(const kt_analysis_job *job, size_t table, const char *measure)
{
    const kt_table *own = &job->night->tables[table];
    const kt_feed *feed = &job->feeds[table];
    const bool there = feed->observations && feed->cube != NULL;
    for (size_t i = 0; there && i < own->source->measure_count; i++) {
        const kt_measure_spec *spec = &own->source->measures[i];
        if (strcmp(spec->measure, measure) == 0 && strcmp(spec->group, KT_TOTAL) == 0) {
            const char *to = has_stopped(own, measure, job->arena)
                                 ? last_day(feed->cube, measure, job->arena)
                                 : spec->valid_to;
            return (days){true, spec->valid_from, to};
        }
    }
    return (days){0};
}

/* ISO days are ordered as text. What is open in one table is open. */
static const char *earlier(const char *a, const char *b)
{
    return a == NULL || b == NULL ? NULL : (strcmp(a, b) < 0 ? a : b);
}

static const char *later(const char *a, const char *b)
{
    return a == NULL || b == NULL ? NULL : (strcmp(a, b) > 0 ? a : b);
}

kt_indicator_days kt_indicator_days_of(const kt_analysis_job *job, const char *measure)
{
    kt_indicator_days all = {.indicator = measure};
    bool any = false;
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        const days own = days_in(job, i, measure);
        if (own.there) {
            all.from = any ? earlier(all.from, own.from) : own.from;
            all.to = any ? later(all.to, own.to) : own.to;
            any = true;
        }
    }
    return all;
}
