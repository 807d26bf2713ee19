/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feeds.h"

#include <string.h>

#include "core/codes.h"

/* What the columns of `observations` and the indices are made of. */
static const char *const used[] = {"unemployed", "vacancies", "labour_force"};

enum { USED = sizeof used / sizeof used[0], STOCKS = 2 /* the first of them, that meet */ };

static bool has_measure(const kt_source *source, const char *measure)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (strcmp(source->measures[i].measure, measure) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_stock(const kt_source *source)
{
    bool has = false;
    for (size_t i = 0; i < STOCKS; i++) {
        has = has || has_measure(source, used[i]);
    }
    return has;
}

bool kt_feeds_observations(const kt_source *source)
{
    return source->frequency == KT_MONTHLY && has_stock(source) &&
           kt_source_variable(source, KT_ROLE_SECTOR) == NULL &&
           kt_source_variable(source, KT_ROLE_GROUP) == NULL &&
           (source->publishes_total || source->occupation_level != NULL);
}

bool kt_feeds_markets(const kt_config *config, const kt_source *source)
{
    if (!has_measure(source, used[0]) || !has_measure(source, used[1])) {
        return false;
    }
    for (size_t i = 0; i < config->market_count; i++) {
        if (strcmp(config->markets[i].source, source->id) == 0) {
            return true;
        }
    }
    return false;
}

static void copy_measure(const kt_cube *from, size_t at, kt_cube *to, size_t place)
{
    const size_t count = from->stride[KT_ROLE_MEASURE];
    for (size_t period = 0; period < from->size[KT_ROLE_PERIOD]; period++) {
        const size_t f = period * from->stride[KT_ROLE_PERIOD] + at * count;
        const size_t t = period * to->stride[KT_ROLE_PERIOD] + place * count;
        memcpy(to->value + t, from->value + f, count * sizeof(double));
        memcpy(to->low + t, from->low + f, count * sizeof(double));
        memcpy(to->high + t, from->high + f, count * sizeof(double));
        memcpy(to->status + t, from->status + f, count);
    }
}

static kt_status take_used(kt_cube *cube, kt_arena *arena, kt_cube **out, kt_error *err)
{
    const kt_codes *given = cube->codes[KT_ROLE_MEASURE];
    kt_codes *codes[KT_ROLES];
    memcpy(codes, cube->codes, sizeof codes);
    codes[KT_ROLE_MEASURE] = kt_codes_new(arena);
    for (size_t i = 0; i < USED; i++) {
        if (kt_codes_find(given, used[i]) != KT_NO_CODE) {
            (void)kt_codes_add(codes[KT_ROLE_MEASURE], used[i], NULL);
        }
    }
    const size_t count = kt_codes_count(codes[KT_ROLE_MEASURE]);
    if (count == 0 || count == cube->size[KT_ROLE_MEASURE]) {
        *out = count == 0 ? NULL : cube;
        return KT_OK;
    }
    KT_TRY(kt_cube_new(arena, codes, out, err));
    for (size_t i = 0; i < count; i++) {
        const char *measure = kt_codes_at(codes[KT_ROLE_MEASURE], i);
        copy_measure(cube, kt_codes_find(given, measure), *out, i);
    }
    return KT_OK;
}

kt_status kt_feed_make(const kt_config *config, const kt_source *source, kt_cube *cube,
                       kt_arena *arena, kt_feed *out, kt_error *err)
{
    *out = (kt_feed){.observations = kt_feeds_observations(source),
                     .markets = kt_feeds_markets(config, source)};
    return cube != NULL && (out->observations || out->markets)
               ? take_used(cube, arena, &out->cube, err)
               : KT_OK;
}
