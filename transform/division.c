/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "division.h"

#include <stdio.h>
#include <string.h>

#include "core/instant.h"

/* Statistics move to the division of a new year with its January, published by the end of February;
 * until then an edition may be on either. */
#define SETTLING_DAYS 60

/* "2021-01-12" is "2020-11-13"; what is no day is kept. */
static const char *days_before(const char *day, int days, kt_arena *arena)
{
    int year, month, of_month;
    if (day == NULL || sscanf(day, "%d-%d-%d", &year, &month, &of_month) != 3) {
        return day;
    }
    kt_civil_from_days(kt_days_from_civil(year, month, of_month) - days, &year, &month, &of_month);
    return kt_arena_print(arena, "%04d-%02d-%02d", year, month, of_month);
}

const char *kt_division_settled(const char *day, kt_arena *arena)
{
    return days_before(day, SETTLING_DAYS, arena);
}

/* A municipality that an edition has or lacks bounds the days that its division can be of. */
typedef struct division {
    const char *from, *until; /* "" and NULL: open */
    bool whole;               /* all that there still are */
} division;

static bool edition_has(const kt_cube *cube, size_t row, size_t slot)
{
    const size_t groups = cube->size[KT_ROLE_GROUP], measures = cube->size[KT_ROLE_MEASURE];
    const size_t at[KT_ROLES] = {[KT_ROLE_PERIOD] = slot / groups / measures,
                                 [KT_ROLE_MEASURE] = slot / groups % measures,
                                 [KT_ROLE_REGION] = row,
                                 [KT_ROLE_GROUP] = slot % groups};
    return cube->status[kt_cube_at(cube, at)] != KT_OBS_NOT_COLLECTED;
}

static division division_of(const kt_reconcile_table *table, size_t slot)
{
    const kt_cube *cube = table->cube;
    division made = {.from = "", .whole = true};
    for (size_t i = 0; i < table->regions->item_count; i++) {
        const kt_class_item *item = &table->regions->items[i];
        if (strcmp(item->level, "kunta") != 0) {
            continue;
        }
        const size_t row = kt_codes_find(cube->codes[KT_ROLE_REGION], item->code);
        const bool has = row != KT_NO_CODE && edition_has(cube, row, slot);
        const char *last = item->valid_to;
        made.whole = made.whole && (has || last[0] != '\0' || item->valid_from[0] != '\0');
        if (has && last[0] != '\0' && (made.until == NULL || strcmp(last, made.until) < 0)) {
            made.until = last;
        } else if (!has && strcmp(last, made.from) > 0) {
            made.from = last;
        }
    }
    return made;
}

const char *kt_division_day(const kt_reconcile_table *table, const char *day, size_t slot,
                            kt_arena *arena)
{
    const division of = division_of(table, slot);
    if (day == NULL || !of.whole || (of.until != NULL && strcmp(of.from, of.until) >= 0)) {
        return day;
    }
    if (of.until != NULL && strcmp(day, of.until) > 0) {
        return of.until;
    }
    return strcmp(day, of.from) > 0 ? day : days_before(of.from, -SETTLING_DAYS - 1, arena);
}
