/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/theme_gaps.h"

#include <string.h>

#include "core/cube.h"
#include "projects/white_spots.h"

#define LEVEL "maakunta"

typedef struct finding {
    const kt_coverage_study *study;
    kt_arena *arena;
    kt_theme_gaps *out;
    size_t room;
} finding;

static void add_gap(finding *f, const char *theme, const char *maakunta, const char *need)
{
    f->out->at = kt_arena_grow(f->arena, f->out->at, f->out->count, &f->room, sizeof *f->out->at);
    f->out->at[f->out->count++] = (kt_theme_gap){theme, maakunta, need};
}

static kt_status add_sheet(finding *f, kt_coverage_choice choice, kt_error *err)
{
    const kt_need *need = &f->study->config->projects.needs.needs[choice.need];
    const kt_need_topic *topic = &need->topics[choice.topic];
    kt_coverage_sheet sheet;
    if (strcmp(topic->scheme, "theme") != 0 || strcmp(topic->code, KT_TOTAL) == 0 ||
        kt_need_is_of_sectors(need) || !kt_white_spots_shown(f->study, choice)) {
        return KT_OK;
    }
    KT_TRY(kt_coverage_sheet_make(f->study, choice, f->arena, &sheet, err));
    for (size_t i = 0; i < sheet.level->count; i++) {
        if (sheet.found.cells[i].high_need) {
            add_gap(f, topic->code, sheet.level->cells[i], need->id);
        }
    }
    return KT_OK;
}

static kt_status add_need(finding *f, size_t need, size_t level, kt_error *err)
{
    const size_t topics = f->study->config->projects.needs.needs[need].topic_count;
    const size_t years = f->study->year_count;
    for (size_t i = 0; i < topics * years; i++) {
        KT_TRY(add_sheet(f, (kt_coverage_choice){need, i / years, level, i % years}, err));
    }
    return KT_OK;
}

kt_status kt_theme_gaps_find(const kt_coverage_study *study, kt_arena *arena, kt_theme_gaps *out,
                             kt_error *err)
{
    const kt_need_settings *needs = &study->config->projects.needs;
    finding f = {.study = study, .arena = arena, .out = out};
    size_t level = 0;
    *out = (kt_theme_gaps){NULL, 0};
    while (level < needs->level_count && strcmp(needs->levels[level], LEVEL) != 0) {
        level++;
    }
    for (size_t i = 0; level < needs->level_count && i < needs->need_count; i++) {
        KT_TRY(add_need(&f, i, level, err));
    }
    return KT_OK;
}
