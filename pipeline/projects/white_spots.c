/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/white_spots.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cube.h"

bool kt_white_spots_shown(const kt_coverage_study *study, kt_coverage_choice choice)
{
    kt_period period;
    size_t year = study->year_count;
    while (year > 0 && !kt_coverage_period(study->figures, choice.need, choice.level,
                                           study->first_year + (int)year - 1, &period)) {
        year--;
    }
    return year > 0 && choice.year == year - 1;
}

/* How near a place is to the cell; 0 where nobody knows it. */
static double nearness(const kt_coverage_study *study, const kt_coverage_sheet *sheet,
                       const kt_project_place *place, size_t cell, kt_arena *arena)
{
    const kt_coverage_level *level = sheet->level;
    const size_t at = kt_coverage_place(&study->places, place, arena);
    if (place->role != KT_PLACE_IMPLEMENTATION || at == KT_PLACE_UNLOCATED) {
        return 0.0;
    }
    if (at == KT_PLACE_NATIONAL || level->touched[at * level->count + cell]) {
        return KT_NEAR_SHARED;
    }
    const size_t own = level->cell_of_place[at];
    const bool same = own < level->count && strcmp(level->areas[own], level->areas[cell]) == 0;
    return same ? KT_NEAR_AREA : KT_NEAR_OTHER;
}

static double topic_weight(const kt_need_topic *topic, const kt_project_themes *themes)
{
    double weight = strcmp(topic->code, KT_TOTAL) == 0 ? 1.0 : 0.0;
    for (size_t i = 0; i < themes->count; i++) {
        const kt_project_theme *theme = &themes->at[i];
        weight = strcmp(theme->scheme, topic->scheme) == 0 && strcmp(theme->code, topic->code) == 0
                     ? theme->weight
                     : weight;
    }
    return weight;
}

static bool is_at_work(const kt_coverage_study *study, size_t project, size_t year)
{
    const kt_project *is = &study->projects->at[project]->is;
    return study->projects->related[project].relation != KT_RELATION_GHOST &&
           is->start_day != KT_NO_DAY && is->end_day != KT_NO_DAY &&
           is->start_day <= study->years[year].last_day &&
           is->end_day >= study->years[year].first_day;
}

static double likeness(const kt_coverage_study *study, const kt_coverage_sheet *sheet,
                       size_t project, const kt_white_spot *spot, kt_arena *arena)
{
    const kt_project_places *places = &study->projects->places[project];
    double nearest = 0.0;
    if (!is_at_work(study, project, sheet->choice.year)) {
        return 0.0;
    }
    for (size_t i = 0; i < places->count; i++) {
        nearest = fmax(nearest, nearness(study, sheet, &places->at[i], spot->region, arena));
    }
    const kt_project_themes *themes = &study->projects->themes[project];
    const kt_need_topic sector = {KT_COVERAGE_SECTORS, sheet->sectors[spot->sector]};
    return nearest * topic_weight(sheet->topic, themes) * topic_weight(&sector, themes);
}

/* The one most alike; of equal ones the first by its code, as the study is ordered. */
static void find_nearest(const kt_coverage_study *study, const kt_coverage_sheet *sheet,
                         kt_arena *arena, kt_white_spot *out)
{
    for (size_t i = 0; i < study->projects->count; i++) {
        const double one = likeness(study, sheet, i, out, arena);
        if (one > out->similarity) {
            out->similarity = one;
            out->nearest = study->projects->at[i]->is.text[KT_PROJECT_PROJECT_CODE];
        }
    }
}

typedef struct ranked {
    double need;
    size_t cell;
} ranked;

static int by_need(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->need != y->need) {
        return x->need > y->need ? -1 : 1;
    }
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static const char *reason_of(const kt_coverage_sheet *sheet, size_t cell, kt_arena *arena)
{
    const double apart = isnan(sheet->unlocated_share) ? 0.0 : sheet->unlocated_share;
    return kt_arena_print(arena,
                          "need in the highest quarter (%.1f %% of it), no project at work; %.0f "
                          "%% of the money is in no single region",
                          100.0 * sheet->found.cells[cell].need_share, 100.0 * apart);
}

size_t kt_white_spots_find(const kt_coverage_study *study, const kt_coverage_sheet *sheet,
                           kt_arena *arena, kt_white_spot **out)
{
    ranked *list = kt_arena_array(arena, ranked, sheet->level->count * sheet->cell_sectors + 1);
    size_t count = 0;
    for (size_t i = 0; i < sheet->level->count * sheet->cell_sectors; i++) {
        if (sheet->found.cells[i].class == KT_COVERAGE_WHITE) {
            list[count++] = (ranked){sheet->needs[i].is.value, i};
        }
    }
    qsort(list, count, sizeof *list, by_need);
    *out = kt_arena_array(arena, kt_white_spot, count + 1);
    for (size_t i = 0; i < count; i++) {
        kt_white_spot *spot = &(*out)[i];
        *spot = (kt_white_spot){.region = list[i].cell / sheet->cell_sectors,
                                .sector = list[i].cell % sheet->cell_sectors,
                                .cell = list[i].cell,
                                .rank = i + 1,
                                .reason = reason_of(sheet, list[i].cell, arena)};
        find_nearest(study, sheet, arena, spot);
    }
    return count;
}
