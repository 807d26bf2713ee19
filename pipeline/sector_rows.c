/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_rows.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "publish/observation_row.h"
#include "sector_plan.h"
#include "transform/assess.h"

size_t kt_sector_periods(const kt_sector_rows *all, const kt_period **out)
{
    *out = all->periods.at;
    return all->periods.count;
}

static size_t place_of(const kt_cube *cube, kt_period period)
{
    char name[KT_PERIOD_SIZE];
    return kt_codes_find(cube->codes[KT_ROLE_PERIOD], kt_period_write(period, name));
}

size_t kt_sector_place(const kt_sector_rows *all, size_t period, size_t at)
{
    return place_of(all->job->feeds[at].vacancies.cube, all->periods.at[period]);
}

static long first_day(kt_period period)
{
    return kt_period_last_day((kt_period){period.frequency, period.index - 1}) + 1;
}

size_t kt_denominator_place(const kt_sector_feed *of, kt_period period)
{
    const kt_cube *cube = of->denominator.cube;
    size_t newest = KT_NO_CODE;
    long best = 0;
    if (cube == NULL || of->denominator.source == of->vacancies.source) {
        return cube == NULL ? KT_NO_CODE : place_of(cube, period);
    }
    for (size_t i = 0; i < cube->size[KT_ROLE_PERIOD]; i++) {
        kt_period one;
        if (kt_period_read(kt_codes_at(cube->codes[KT_ROLE_PERIOD], i), &one) &&
            first_day(one) <= kt_period_last_day(period) &&
            (newest == KT_NO_CODE || first_day(one) > best)) {
            newest = i;
            best = first_day(one);
        }
    }
    return newest;
}

double kt_sector_rate_of(kt_rate_definition definition, double vacancies, double denominator)
{
    const double all = definition == KT_RATE_LABOUR_FORCE ? denominator : vacancies + denominator;
    return all > 0.0 ? vacancies / all : NAN;
}

/* One feed's rows of one period. */
typedef struct month {
    const kt_sector_plan *of;
    kt_marked_month own, below; /* slabs are NULL where there is none */
    kt_cube *converted, *below_converted;
    kt_ready_cell period, start;
    int denominator_year;
    kt_rows *rows;
} month;

static const kt_published_figure nothing = {{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};

/* A figure of a slab, as it may be shown. */
typedef struct place {
    const kt_cube *slab;
    const kt_source *source;
    size_t measure, region, occupation, sector, group;
} place;

static kt_published_figure figure_at(const place *is)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = is->measure,
                                 [KT_ROLE_REGION] = is->region,
                                 [KT_ROLE_OCCUPATION] = is->occupation,
                                 [KT_ROLE_SECTOR] = is->sector,
                                 [KT_ROLE_GROUP] = is->group};
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        if (is->slab == NULL || at[role] == KT_NO_CODE) {
            return nothing;
        }
    }
    const char *measure = kt_codes_at(is->slab->codes[KT_ROLE_MEASURE], is->measure);
    return kt_figure_published(is->slab, kt_cube_at(is->slab, at), is->source,
                               kt_source_counts(is->source, measure));
}

static kt_published_figure vacancies_of(const month *in, const kt_sector_region *r,
                                        const kt_sector_line *s, size_t measure)
{
    const place is = {.slab = s->converted ? in->converted : in->own.slab,
                      .source = in->of->from->vacancies.source,
                      .measure = measure,
                      .region = r->at,
                      .occupation = in->of->occupation,
                      .sector = s->at,
                      .group = in->of->group};
    return figure_at(&is);
}

static double denominator_of(const month *in, const kt_sector_region *r, const kt_sector_line *s)
{
    const place is = {.slab = s->other_revision ? in->below_converted : in->below.slab,
                      .source = in->of->from->denominator.source,
                      .measure = in->of->denominator,
                      .region = r->denominator,
                      .occupation = in->of->denominator_occupation,
                      .sector = s->denominator,
                      .group = in->of->denominator_group};
    return figure_at(&is).is.value;
}

/* 1.4 per cent are 0.014 and not the double below it: whole numbers are divided, as long as the
 * figure has no more than ten decimals. */
static double share_of_percent(double percent)
{
    return round(percent * 1e10) / 1e12;
}

/* The rate that the survey states itself: percentages are shares here. */
static kt_published_figure stated_rate(const month *in, const kt_sector_region *r,
                                       const kt_sector_line *s)
{
    const kt_source *source = in->of->from->vacancies.source;
    if (in->of->rate == KT_NO_CODE) {
        return nothing;
    }
    kt_published_figure rate = vacancies_of(in, r, s, in->of->rate);
    const bool percent = strcmp(kt_source_measure(source, "vacancy_rate")->unit, "percent") == 0;
    rate.is.value = percent ? share_of_percent(rate.is.value) : rate.is.value;
    return rate;
}

static kt_status add_row(const month *in, const kt_sector_region *r, const kt_sector_line *s,
                         kt_error *err)
{
    const kt_sector_rate *rate = in->of->from->rate;
    kt_rows *rows = in->rows;
    const kt_published_figure vacancies = vacancies_of(in, r, s, in->of->vacancies);
    const double below = rate == NULL ? NAN : denominator_of(in, r, s);
    const bool persons = rate != NULL && rate->definition == KT_RATE_EMPLOYED && !isnan(below);
    double share =
        rate == NULL ? NAN : kt_sector_rate_of(rate->definition, vacancies.is.value, below);
    const kt_published_figure stated = stated_rate(in, r, s);
    share = isnan(share) ? stated.is.value : share;
    kt_rows_ready(rows, KT_SECTORS_TIME_PERIOD, &in->period);
    kt_rows_ready(rows, KT_SECTORS_PERIOD_START, &in->start);
    kt_rows_ready(rows, KT_SECTORS_SOURCE, &in->of->source);
    kt_rows_ready(rows, KT_SECTORS_REGION_LEVEL, &r->level);
    kt_rows_ready(rows, KT_SECTORS_REGION_CODE, &r->code);
    kt_rows_ready(rows, KT_SECTORS_SECTOR_LEVEL, &s->level);
    kt_rows_ready(rows, KT_SECTORS_SECTOR_CODE, &s->code);
    kt_rows_ready(rows, KT_SECTORS_SECTOR_REVISION, &s->revision);
    kt_rows_ready(rows, KT_SECTORS_SECTOR_NAME, &s->name);
    kt_rows_number(rows, KT_SECTORS_VACANCIES, vacancies.is.value);
    kt_rows_number(rows, KT_SECTORS_VACANCIES_LOW, vacancies.is.low);
    kt_rows_number(rows, KT_SECTORS_VACANCIES_HIGH, vacancies.is.high);
    kt_rows_number(rows, KT_SECTORS_EMPLOYED, persons ? below : NAN);
    kt_rows_number(rows, KT_SECTORS_EMPLOYED_YEAR, persons ? (double)in->denominator_year : NAN);
    kt_rows_number(rows, KT_SECTORS_VACANCY_RATE, share);
    kt_rows_ready(rows, KT_SECTORS_VACANCY_RATE_DEFINITION, &s->definition);
    kt_rows_status(rows, KT_SECTORS_OBS_STATUS,
                   in->of->vacancies == KT_NO_CODE ? stated.obs : vacancies.obs);
    return kt_rows_end(rows, err);
}

static kt_status roll(const kt_sector_rows *all, const kt_sector_table *of, size_t place_at,
                      kt_arena *arena, kt_marked_month *out, kt_error *err)
{
    const kt_marked_table table = {.source = of->source,
                                   .cube = of->cube,
                                   .rollup = of->rollup,
                                   .breaks = all->job->breaks,
                                   .protected_share_limit = all->job->protected_share_limit};
    return kt_marked_month_open(&table, place_at, arena, out, err);
}

kt_status kt_sector_convert(const kt_conversion *conversion, const kt_marked_month *from,
                            kt_arena *arena, kt_cube **out, kt_error *err)
{
    KT_TRY(kt_conversion_period(conversion, from->slab, arena, out, err));
    if (from->known != NULL) {
        kt_cube *known = NULL;
        KT_TRY(kt_conversion_period(conversion, from->known, arena, &known, err));
        kt_assess_mark_sums(from->rollup, known, from->protected_share_limit, *out);
    }
    return KT_OK;
}

static kt_status convert(const kt_sector_view *by, const kt_marked_month *from, kt_arena *arena,
                         kt_cube **out, kt_error *err)
{
    return by->conversion == NULL || from->slab == NULL
               ? KT_OK
               : kt_sector_convert(by->conversion, from, arena, out, err);
}

static kt_status open_denominator(const kt_sector_rows *all, kt_period period, kt_arena *arena,
                                  month *in, kt_error *err)
{
    const kt_sector_plan *of = in->of;
    const size_t at = kt_denominator_place(of->from, period);
    kt_period own;
    if (at == KT_NO_CODE || of->denominator == KT_NO_CODE) {
        return KT_OK;
    }
    const kt_sector_table *table = &of->from->denominator;
    KT_TRY(roll(all, table, at, arena, &in->below, err));
    KT_TRY(convert(&of->below_converted, &in->below, arena, &in->below_converted, err));
    if (kt_period_read(kt_codes_at(table->cube->codes[KT_ROLE_PERIOD], at), &own)) {
        in->denominator_year = kt_period_year(own);
    }
    return KT_OK;
}

static kt_status add_region(const month *in, const kt_sector_region *r, kt_error *err)
{
    for (size_t i = 0; i < in->of->sector_count; i++) {
        const kt_sector_line *s = &in->of->sectors[i];
        KT_TRY(s->least <= r->detail ? add_row(in, r, s, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_feed(const kt_sector_rows *all, kt_period period, size_t place_at, month *in,
                          kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("sectors of a period", 0);
    KT_TRY(roll(all, &in->of->from->vacancies, place_at, arena, &in->own, err));
    KT_TRY(convert(&in->of->converted, &in->own, arena, &in->converted, err));
    KT_TRY(open_denominator(all, period, arena, in, err));
    for (size_t i = 0; i < in->of->region_count; i++) {
        KT_TRY(add_region(in, &in->of->regions[i], err));
    }
    return KT_OK;
}

kt_status kt_sector_rows_add(const kt_sector_rows *all, size_t period, kt_rows *rows, kt_error *err)
{
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("the name of a period", 0);
    const kt_period is = all->periods.at[period];
    const kt_ready_cell cell =
        kt_cell_ready(all->schema, KT_SECTORS_TIME_PERIOD, kt_period_write(is, name), arena);
    const kt_ready_cell first =
        kt_cell_ready(all->schema, KT_SECTORS_PERIOD_START, kt_period_start(is, start), arena);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        const size_t at = kt_sector_place(all, period, all->given[i]);
        month in = {.of = &all->feeds[i], .period = cell, .start = first, .rows = rows};
        KT_TRY(at == KT_NO_CODE ? KT_OK : add_feed(all, is, at, &in, err));
    }
    return KT_OK;
}
