/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/contents.h"

#include <math.h>
#include <string.h>

#define DAY_S           86400
#define STOPPED_PERIODS 2 /* one month of zeros can be a slip */

/* What a content says of one period. */
typedef enum filling { EMPTY, ALL_ZERO, FILLED } filling;

/* One content of a table, all its periods and places. */
typedef struct content {
    kt_cube *cube;
    const kt_source *source;
    const kt_measure_spec *spec;
    size_t measure, group;
} content;

/* How long it has been zero at the end of the table. */
typedef struct ending {
    size_t first;   /* period */
    size_t periods; /* of zeros alone */
    bool was_filled;
} ending;

static size_t places_of(const kt_cube *cube)
{
    return cube->size[KT_ROLE_REGION] * cube->size[KT_ROLE_OCCUPATION] * cube->size[KT_ROLE_SECTOR];
}

/* Regions, occupations and sectors lie one after another, groups between them. */
static size_t cell_at(const content *of, size_t period, size_t place)
{
    const kt_cube *cube = of->cube;
    return period * cube->stride[KT_ROLE_PERIOD] + of->measure * cube->stride[KT_ROLE_MEASURE] +
           place * cube->stride[KT_ROLE_SECTOR] + of->group;
}

static filling filling_of(const content *of, size_t period)
{
    const kt_cube *cube = of->cube;
    filling found = EMPTY;
    for (size_t i = 0; i < places_of(cube); i++) {
        const size_t cell = cell_at(of, period, i);
        const kt_obs obs = (kt_obs)cube->status[cell];
        if (obs == KT_OBS_PROTECTED || (kt_obs_has_value(obs) && cube->value[cell] != 0.0)) {
            return FILLED;
        }
        found = kt_obs_has_value(obs) ? ALL_ZERO : found;
    }
    return found;
}

static ending ending_of(const content *of)
{
    ending end = {0};
    for (size_t p = of->cube->size[KT_ROLE_PERIOD]; p-- > 0 && !end.was_filled;) {
        const filling is = filling_of(of, p);
        end.was_filled = is == FILLED;
        if (is == ALL_ZERO) {
            end.first = p;
            end.periods++;
        }
    }
    return end;
}

static size_t clear_period(const content *of, size_t period)
{
    const size_t places = places_of(of->cube);
    for (size_t i = 0; i < places; i++) {
        kt_cube_clear(of->cube, cell_at(of, period, i), KT_OBS_NOT_COLLECTED);
    }
    return places;
}

/* The day, or what stands for an open end. */
static int64_t day_or(const char *text, int64_t open)
{
    kt_instant instant = 0;
    return text != NULL && kt_instant_read(text, false, &instant) ? instant / DAY_S : open;
}

/* A stock is of the last day of its period. */
static void hold_to_validity(const content *of, const kt_period *periods)
{
    const int64_t from = day_or(of->spec->valid_from, INT64_MIN);
    const int64_t to = day_or(of->spec->valid_to, INT64_MAX);
    for (size_t p = 0; p < of->cube->size[KT_ROLE_PERIOD]; p++) {
        const int64_t day = kt_period_last_day(periods[p]);
        if (day < from || day > to) {
            (void)clear_period(of, p);
        }
    }
}

static kt_check begin_check(const content *of, const char *name, const char *severity,
                            kt_arena *arena)
{
    return (kt_check){
        .name = name,
        .subject = kt_arena_print(arena, "%s %s", of->source->id, of->spec->measure),
        .severity = severity,
        .measured = NAN,
        .threshold = NAN,
    };
}

static kt_check stop(const content *of, const ending *end, kt_arena *arena)
{
    kt_check check = begin_check(of, KT_CHECK_STOPPED, "note", arena);
    for (size_t p = end->first; p < of->cube->size[KT_ROLE_PERIOD]; p++) {
        check.cells_failed += clear_period(of, p);
    }
    check.cells_checked = check.cells_failed;
    check.measured = (double)end->periods;
    check.examples =
        kt_arena_print(arena, "not collected from %s on: zero everywhere since, and not before",
                       kt_codes_at(of->cube->codes[KT_ROLE_PERIOD], end->first));
    return check;
}

static kt_check refuse(const content *of, const ending *end, kt_arena *arena)
{
    kt_check check = begin_check(of, "content_filled", "hold", arena);
    check.cells_checked = check.cells_failed = places_of(of->cube);
    check.examples = kt_arena_print(arena, "period=%s: zero everywhere, and not before",
                                    kt_codes_at(of->cube->codes[KT_ROLE_PERIOD], end->first));
    return check;
}

static void check_ending(const content *of, kt_check *rows, size_t *count, kt_arena *arena)
{
    const ending end = ending_of(of);
    if (!end.was_filled) {
        return;
    }
    if (end.periods >= STOPPED_PERIODS) {
        rows[(*count)++] = stop(of, &end, arena);
    } else if (end.periods > 0 && strcmp(of->spec->group, KT_TOTAL) == 0) {
        rows[(*count)++] = refuse(of, &end, arena);
    }
}

kt_status kt_contents_end(kt_cube *cube, const kt_source *source, kt_arena *arena, kt_checks *out,
                          kt_error *err)
{
    kt_period *periods = NULL;
    kt_check *rows = kt_arena_array(arena, kt_check, source->measure_count + 1);
    size_t count = 0;
    KT_TRY(kt_cube_periods(cube, arena, &periods, err));
    for (size_t i = 0; i < source->measure_count; i++) {
        const kt_measure_spec *spec = &source->measures[i];
        const content of = {.cube = cube,
                            .source = source,
                            .spec = spec,
                            .measure = kt_codes_find(cube->codes[KT_ROLE_MEASURE], spec->measure),
                            .group = kt_codes_find(cube->codes[KT_ROLE_GROUP], KT_TOTAL)};
        if (of.measure != KT_NO_CODE && of.group != KT_NO_CODE) {
            hold_to_validity(&of, periods);
            check_ending(&of, rows, &count, arena);
        }
    }
    *out = (kt_checks){rows, count};
    return KT_OK;
}

static bool is_collected(const kt_cube *cube, size_t first)
{
    const size_t end = first + cube->stride[KT_ROLE_MEASURE]; /* a whole number of strides on */
    for (size_t cell = first; cell < end; cell += cube->stride[KT_ROLE_SECTOR]) {
        if (cube->status[cell] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

bool kt_content_last(const kt_cube *cube, const char *measure, kt_period *out)
{
    const size_t at = kt_codes_find(cube->codes[KT_ROLE_MEASURE], measure);
    const size_t group = kt_codes_find(cube->codes[KT_ROLE_GROUP], KT_TOTAL);
    if (at == KT_NO_CODE || group == KT_NO_CODE) {
        return false;
    }
    for (size_t p = cube->size[KT_ROLE_PERIOD]; p-- > 0;) {
        const size_t first = p * cube->stride[KT_ROLE_PERIOD] + at * cube->stride[KT_ROLE_MEASURE];
        if (is_collected(cube, first + group)) {
            return kt_period_read(kt_codes_at(cube->codes[KT_ROLE_PERIOD], p), out);
        }
    }
    return false;
}
