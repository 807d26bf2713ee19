/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "all_periods.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "publish/observation_row.h"

#define TABLE "sectors"

enum {
    TIME_PERIOD,
    PERIOD_START,
    SOURCE,
    REGION_LEVEL,
    REGION_CODE,
    SECTOR_LEVEL,
    SECTOR_CODE,
    SECTOR_REVISION,
    SECTOR_NAME,
    VACANCIES,
    VACANCIES_LOW,
    VACANCIES_HIGH,
    EMPLOYED,
    EMPLOYED_YEAR,
    VACANCY_RATE,
    VACANCY_RATE_DEFINITION,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period", "period_start",  "source",        "region_level",
    "region_code", "sector_level",  "sector_code",   "sector_revision",
    "sector_name", "vacancies",     "vacancies_low", "vacancies_high",
    "employed",    "employed_year", "vacancy_rate",  "vacancy_rate_definition",
    "obs_status",
};

/* How much of a table's sectors stands at a level of regions. */
typedef enum detail { DETAIL_TOTAL, DETAIL_SECTIONS, DETAIL_DIVISIONS, DETAIL_COUNTRY } detail;

/* A region of a feed in the order of the rows. */
typedef struct region {
    kt_ready_cell level, code;
    detail detail;
    size_t at, denominator; /* lines of the two roll-ups; KT_NO_CODE: the second has none */
} region;

/* A table's sectors of one revision: its own, or those that it is converted to. */
typedef struct view {
    const kt_conversion *conversion; /* NULL: its own */
    const kt_rollup_line *lines;
    size_t count;
} view;

/* A sector of a feed in one of the two revisions. */
typedef struct sector {
    kt_ready_cell level, code, revision, name, definition;
    detail least; /* the least detail of a region whose rows have it */
    bool converted;
    size_t at;           /* in the view of the vacancies */
    size_t denominator;  /* in that of the denominator; KT_NO_CODE: it has none */
    bool other_revision; /* of the denominator: the converted view */
} sector;

typedef struct feed {
    const kt_sector_feed *from;
    kt_ready_cell source;
    region *regions;
    size_t region_count;
    sector *sectors;
    size_t sector_count;
    view own, converted, below, below_converted; /* below: of the denominator */
    size_t vacancies, rate, denominator;         /* measures; KT_NO_CODE: there is none */
    size_t occupation, group;
    size_t denominator_occupation, denominator_group;
} feed;

struct kt_sector_rows {
    const kt_sector_job *job;
    const kt_schema *schema;
    feed *feeds;   /* in the order of their ids */
    size_t *given; /* of each of them: its place in the job */
    kt_period_list periods;
    kt_arena *arena;
};

static detail detail_of(const char *level)
{
    static const struct {
        const char *level;
        detail detail;
    } levels[] = {{"kunta", DETAIL_TOTAL},
                  {"seutukunta", DETAIL_TOTAL},
                  {"country", DETAIL_COUNTRY},
                  {"maakunta", DETAIL_DIVISIONS}};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i].level) == 0) {
            return levels[i].detail;
        }
    }
    return DETAIL_SECTIONS;
}

static detail least_of(const char *level, bool converted)
{
    if (strcmp(level, "tol2") == 0) {
        return converted ? DETAIL_COUNTRY : DETAIL_DIVISIONS;
    }
    return strcmp(level, KT_TOTAL) == 0 && !converted ? DETAIL_TOTAL : DETAIL_SECTIONS;
}

static kt_ready_cell ready(const kt_sector_rows *all, size_t column, const char *text)
{
    return kt_cell_ready(all->schema, column, text, all->arena);
}

static int by_region(const void *a, const void *b)
{
    const region *left = a, *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    return levels != 0 ? levels : strcmp(left->code.text, right->code.text);
}

static int by_sector(const void *a, const void *b)
{
    const sector *left = a, *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    const int codes = levels != 0 ? levels : strcmp(left->code.text, right->code.text);
    return codes != 0 ? codes : strcmp(left->revision.text, right->revision.text);
}

static void plan_regions(kt_sector_rows *all, feed *of)
{
    const kt_rollup_line *lines = NULL, *below = NULL;
    const kt_rollup *denominator = of->from->denominator.rollup;
    const size_t count = kt_rollup_regions(of->from->vacancies.rollup, &lines);
    const size_t below_count = denominator == NULL ? 0 : kt_rollup_regions(denominator, &below);
    of->regions = kt_arena_array(all->arena, region, count + 1);
    for (size_t i = 0; i < count; i++) {
        /* Nobody is employed in no region: a rate of what is left over says nothing. */
        const bool is_place = strncmp(lines[i].code, "_X", 2) != 0;
        of->regions[of->region_count++] =
            (region){.level = ready(all, REGION_LEVEL, lines[i].level),
                     .code = ready(all, REGION_CODE, lines[i].code),
                     .detail = detail_of(lines[i].level),
                     .at = i,
                     .denominator = is_place ? kt_rollup_line_find(below, below_count,
                                                                   lines[i].level, lines[i].code)
                                             : KT_NO_CODE};
    }
    qsort(of->regions, count, sizeof *of->regions, by_region);
}

/* The first revision of the settings that the table is not in. */
static view converted_view(const kt_sector_rows *all, const kt_rollup *rollup)
{
    const kt_sector_settings *settings = all->job->settings;
    const kt_sector_revision own = kt_rollup_revision(rollup);
    const bool nace = own == KT_NACE2 || own == KT_NACE21;
    view made = {0};
    for (size_t i = 0; i < settings->convert_count && made.conversion == NULL; i++) {
        const kt_sector_revision to = settings->convert[i];
        kt_conversion *conversion = NULL;
        if (nace == (to == KT_NACE2 || to == KT_NACE21)) {
            kt_conversion_new(rollup, to, all->arena, &conversion);
            made.conversion = conversion;
        }
    }
    if (made.conversion != NULL) {
        made.count = kt_conversion_sectors(made.conversion, &made.lines);
    }
    return made;
}

static view own_view(const kt_rollup *rollup)
{
    view made = {0};
    made.count = rollup == NULL ? 0 : kt_rollup_sectors(rollup, &made.lines);
    return made;
}

/* The denominator's sectors as those of the other classification. */
static view other_view(const kt_sector_rows *all, const kt_rollup *rollup)
{
    view made = {0};
    if (rollup == NULL) {
        return made;
    }
    kt_conversion *conversion = NULL;
    const kt_sector_revision own = kt_rollup_revision(rollup);
    kt_conversion_new(rollup, kt_sector_revisions_same(own, KT_TOL2008) ? KT_TOL2025 : KT_TOL2008,
                      all->arena, &conversion);
    made.conversion = conversion;
    made.count = conversion == NULL ? 0 : kt_conversion_sectors(conversion, &made.lines);
    return made;
}

static bool is_exact(const view *of, size_t line)
{
    return of->conversion == NULL || strcmp(of->lines[line].made_of, "exact") == 0;
}

static const char *definition_of(const kt_sector_rows *all, const feed *of, bool converted)
{
    const kt_sector_rate *rate = of->from->rate;
    return rate == NULL ? "_Z"
                        : kt_arena_print(all->arena, "%s%s", kt_rate_name(rate->definition),
                                         converted ? "_converted" : "");
}

/* A table without sectors has a denominator for all of them. */
static void find_denominator(const feed *of, const kt_rollup_line *line,
                             kt_sector_revision revision, sector *out)
{
    const kt_rollup *rollup = of->from->denominator.rollup;
    out->denominator = KT_NO_CODE;
    if (rollup == NULL) {
        return;
    }
    const kt_sector_revision own = kt_rollup_revision(rollup);
    out->other_revision = own != KT_SECTOR_REVISIONS && !kt_sector_revisions_same(own, revision);
    const view *below = out->other_revision ? &of->below_converted : &of->below;
    out->denominator = kt_rollup_line_find(below->lines, below->count, line->level, line->code);
}

static kt_status add_sectors(kt_sector_rows *all, feed *of, const view *from, kt_error *err)
{
    const kt_sector_revision revision = from->conversion == NULL
                                            ? kt_rollup_revision(of->from->vacancies.rollup)
                                            : kt_conversion_revision(from->conversion);
    const kt_classification *items = &all->job->classifications->sectors[revision];
    for (size_t i = 0; i < from->count; i++) {
        const kt_rollup_line *line = &from->lines[i];
        const kt_class_item *item = kt_class_find(items, line->code);
        if (item == NULL) {
            return kt_fail(err, KT_ERR_BUG, "%s: %s %s has no name in the classification", TABLE,
                           line->level, line->code);
        }
        sector *added = &of->sectors[of->sector_count++];
        *added =
            (sector){.level = ready(all, SECTOR_LEVEL, line->level),
                     .code = ready(all, SECTOR_CODE, line->code),
                     .revision = ready(all, SECTOR_REVISION, kt_sector_revision_name(revision)),
                     .name = ready(all, SECTOR_NAME, item->name_fi),
                     .least = least_of(line->level, from->conversion != NULL),
                     .converted = from->conversion != NULL,
                     .at = i};
        find_denominator(of, line, revision, added);
        const view *below = added->other_revision ? &of->below_converted : &of->below;
        const bool exact = is_exact(from, i) && (added->denominator == KT_NO_CODE ||
                                                 is_exact(below, added->denominator));
        added->definition = ready(all, VACANCY_RATE_DEFINITION, definition_of(all, of, !exact));
    }
    return KT_OK;
}

static kt_status plan_sectors(kt_sector_rows *all, feed *of, kt_error *err)
{
    of->own = own_view(of->from->vacancies.rollup);
    of->converted = converted_view(all, of->from->vacancies.rollup);
    of->below = own_view(of->from->denominator.rollup);
    of->below_converted = other_view(all, of->from->denominator.rollup);
    of->sectors = kt_arena_array(all->arena, sector, of->own.count + of->converted.count + 1);
    KT_TRY(add_sectors(all, of, &of->own, err));
    KT_TRY(add_sectors(all, of, &of->converted, err));
    qsort(of->sectors, of->sector_count, sizeof *of->sectors, by_sector);
    return KT_OK;
}

static size_t total_occupation(const kt_rollup *rollup)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_occupations(rollup, &lines);
    return kt_rollup_line_find(lines, count, KT_TOTAL, KT_TOTAL);
}

static void find_measures(feed *of)
{
    const kt_sector_table *vacancies = &of->from->vacancies;
    const kt_sector_table *denominator = &of->from->denominator;
    const kt_sector_rate *rate = of->from->rate;
    const kt_codes *measures = vacancies->cube->codes[KT_ROLE_MEASURE];
    of->vacancies = kt_codes_find(measures, "vacancies");
    of->occupation = total_occupation(vacancies->rollup);
    of->group = kt_place_of_all(vacancies->cube, vacancies->source, KT_ROLE_GROUP);
    of->rate = of->denominator = KT_NO_CODE;
    if (rate == NULL) {
        return;
    }
    if (denominator->cube != NULL) {
        of->denominator = kt_codes_find(denominator->cube->codes[KT_ROLE_MEASURE],
                                        kt_rate_measure(rate->definition));
        of->denominator_occupation = total_occupation(denominator->rollup);
        of->denominator_group =
            kt_place_of_all(denominator->cube, denominator->source, KT_ROLE_GROUP);
    }
    if (rate->definition == KT_RATE_OCCUPIED && of->denominator == KT_NO_CODE) {
        of->rate = kt_codes_find(measures, "vacancy_rate");
    }
}

static kt_status plan_feed(kt_sector_rows *all, const kt_sector_feed *from, feed *of, kt_error *err)
{
    *of = (feed){.from = from, .source = ready(all, SOURCE, from->vacancies.source->id)};
    plan_regions(all, of);
    KT_TRY(plan_sectors(all, of, err));
    find_measures(of);
    return KT_OK;
}

/* Insertion: there are a handful of sources. */
static void order_feeds(kt_sector_rows *all)
{
    const kt_sector_job *job = all->job;
    for (size_t i = 0; i < job->feed_count; i++) {
        size_t at = i;
        for (; at > 0 && strcmp(job->feeds[all->given[at - 1]].vacancies.source->id,
                                job->feeds[i].vacancies.source->id) > 0;
             at--) {
            all->given[at] = all->given[at - 1];
        }
        all->given[at] = i;
    }
}

static kt_status gather_periods(kt_sector_rows *all, kt_error *err)
{
    const kt_cube **cubes = kt_arena_array(all->arena, const kt_cube *, all->job->feed_count + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        cubes[i] = all->job->feeds[i].vacancies.cube;
    }
    return kt_all_periods(cubes, all->job->feed_count, all->arena, &all->periods, err);
}

kt_status kt_sector_rows_new(const kt_sector_job *job, kt_arena *arena, kt_sector_rows **out,
                             kt_error *err)
{
    kt_sector_rows *all = kt_arena_new(arena, kt_sector_rows);
    *all = (kt_sector_rows){
        .job = job, .arena = arena, .schema = kt_contract_find(job->contract, TABLE)};
    if (all->schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", TABLE);
    }
    KT_TRY(kt_schema_expect(all->schema, names, COLUMNS, err));
    all->feeds = kt_arena_array(arena, feed, job->feed_count + 1);
    all->given = kt_arena_array(arena, size_t, job->feed_count + 1);
    order_feeds(all);
    for (size_t i = 0; i < job->feed_count; i++) {
        KT_TRY(plan_feed(all, &job->feeds[all->given[i]], &all->feeds[i], err));
    }
    KT_TRY(gather_periods(all, err));
    *out = all;
    return KT_OK;
}

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

const kt_conversion *kt_sector_conversion(const kt_sector_rows *all, size_t at)
{
    for (size_t i = 0; i < all->job->feed_count; i++) {
        if (all->given[i] == at) {
            return all->feeds[i].converted.conversion;
        }
    }
    return NULL;
}

double kt_sector_rate_of(kt_rate_definition definition, double vacancies, double denominator)
{
    const double all = definition == KT_RATE_LABOUR_FORCE ? denominator : vacancies + denominator;
    return all > 0.0 ? vacancies / all : NAN;
}

/* One feed's rows of one period. */
typedef struct month {
    const feed *of;
    kt_cube *own, *converted, *below, *below_converted; /* NULL where there is none */
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

static kt_published_figure vacancies_of(const month *in, const region *r, const sector *s,
                                        size_t measure)
{
    const place is = {.slab = s->converted ? in->converted : in->own,
                      .source = in->of->from->vacancies.source,
                      .measure = measure,
                      .region = r->at,
                      .occupation = in->of->occupation,
                      .sector = s->at,
                      .group = in->of->group};
    return figure_at(&is);
}

static double denominator_of(const month *in, const region *r, const sector *s)
{
    const place is = {.slab = s->other_revision ? in->below_converted : in->below,
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
static kt_published_figure stated_rate(const month *in, const region *r, const sector *s)
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

static kt_status add_row(const month *in, const region *r, const sector *s, kt_error *err)
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
    kt_rows_ready(rows, TIME_PERIOD, &in->period);
    kt_rows_ready(rows, PERIOD_START, &in->start);
    kt_rows_ready(rows, SOURCE, &in->of->source);
    kt_rows_ready(rows, REGION_LEVEL, &r->level);
    kt_rows_ready(rows, REGION_CODE, &r->code);
    kt_rows_ready(rows, SECTOR_LEVEL, &s->level);
    kt_rows_ready(rows, SECTOR_CODE, &s->code);
    kt_rows_ready(rows, SECTOR_REVISION, &s->revision);
    kt_rows_ready(rows, SECTOR_NAME, &s->name);
    kt_rows_number(rows, VACANCIES, vacancies.is.value);
    kt_rows_number(rows, VACANCIES_LOW, vacancies.is.low);
    kt_rows_number(rows, VACANCIES_HIGH, vacancies.is.high);
    kt_rows_number(rows, EMPLOYED, persons ? below : NAN);
    kt_rows_number(rows, EMPLOYED_YEAR, persons ? (double)in->denominator_year : NAN);
    kt_rows_number(rows, VACANCY_RATE, share);
    kt_rows_ready(rows, VACANCY_RATE_DEFINITION, &s->definition);
    kt_rows_status(rows, OBS_STATUS, in->of->vacancies == KT_NO_CODE ? stated.obs : vacancies.obs);
    return kt_rows_end(rows, err);
}

static kt_status roll(const kt_sector_rows *all, const kt_sector_table *of, size_t place_at,
                      kt_arena *arena, kt_cube **out, kt_error *err)
{
    KT_TRY(kt_rollup_period(of->rollup, of->cube, place_at, arena, out, err));
    kt_breaks_mark(all->job->breaks, of->source, of->rollup, *out);
    return KT_OK;
}

static kt_status convert(const view *by, const kt_cube *slab, kt_arena *arena, kt_cube **out,
                         kt_error *err)
{
    return by->conversion == NULL || slab == NULL
               ? KT_OK
               : kt_conversion_period(by->conversion, slab, arena, out, err);
}

static kt_status open_denominator(const kt_sector_rows *all, kt_period period, kt_arena *arena,
                                  month *in, kt_error *err)
{
    const feed *of = in->of;
    const size_t at = kt_denominator_place(of->from, period);
    kt_period own;
    if (at == KT_NO_CODE || of->denominator == KT_NO_CODE) {
        return KT_OK;
    }
    const kt_sector_table *table = &of->from->denominator;
    KT_TRY(roll(all, table, at, arena, &in->below, err));
    KT_TRY(convert(&of->below_converted, in->below, arena, &in->below_converted, err));
    if (kt_period_read(kt_codes_at(table->cube->codes[KT_ROLE_PERIOD], at), &own)) {
        in->denominator_year = kt_period_year(own);
    }
    return KT_OK;
}

static kt_status add_region(const month *in, const region *r, kt_error *err)
{
    for (size_t i = 0; i < in->of->sector_count; i++) {
        const sector *s = &in->of->sectors[i];
        KT_TRY(s->least <= r->detail ? add_row(in, r, s, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_feed(const kt_sector_rows *all, kt_period period, size_t place_at, month *in,
                          kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("sectors of a period", 0);
    KT_TRY(roll(all, &in->of->from->vacancies, place_at, arena, &in->own, err));
    KT_TRY(convert(&in->of->converted, in->own, arena, &in->converted, err));
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
        kt_cell_ready(all->schema, TIME_PERIOD, kt_period_write(is, name), arena);
    const kt_ready_cell first =
        kt_cell_ready(all->schema, PERIOD_START, kt_period_start(is, start), arena);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        const size_t at = kt_sector_place(all, period, all->given[i]);
        month in = {.of = &all->feeds[i], .period = cell, .start = first, .rows = rows};
        KT_TRY(at == KT_NO_CODE ? KT_OK : add_feed(all, is, at, &in, err));
    }
    return KT_OK;
}
