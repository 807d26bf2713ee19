/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "check_rows.h"
#include "hash_parts.h"
#include "sector_rows.h"
#include "year_files.h"

#define TABLE "sectors"

/* What the files of all years are made from. */
typedef struct making {
    const kt_analysis_job *job;
    const kt_sector_rows *rows;
    kt_sector_feed *feeds;
    size_t feed_count;
} making;

static void hash_table(const making *of, kt_hasher *hasher, const kt_sector_table *table)
{
    const kt_night *night = of->job->night;
    if (table->cube == NULL) {
        kt_hash_text(hasher, "");
        return;
    }
    kt_hash_table(hasher, night, kt_config_source(night->config, table->source->id), table->cube);
}

static void hash_common(const void *context, kt_hasher *hasher)
{
    const making *of = context;
    for (size_t i = 0; i < of->feed_count; i++) {
        hash_table(of, hasher, &of->feeds[i].vacancies);
        hash_table(of, hasher, &of->feeds[i].denominator);
    }
}

/* The figures of a measure in a period, where the table has it. */
static void hash_figures(kt_hasher *hasher, const kt_cube *cube, size_t place, const char *measure)
{
    const size_t m = kt_codes_find(cube->codes[KT_ROLE_MEASURE], measure);
    if (m != KT_NO_CODE) {
        kt_hash_measure(hasher, cube, place, m);
    }
}

static void hash_feed(kt_hasher *hasher, const kt_sector_feed *feed, size_t place, kt_period period)
{
    const size_t below = kt_denominator_place(feed, period);
    hash_figures(hasher, feed->vacancies.cube, place, "vacancies");
    hash_figures(hasher, feed->vacancies.cube, place, "vacancy_rate");
    if (below != KT_NO_CODE) {
        const kt_cube *cube = feed->denominator.cube;
        kt_hash_text(hasher, kt_codes_at(cube->codes[KT_ROLE_PERIOD], below));
        hash_figures(hasher, cube, below, kt_rate_measure(feed->rate->definition));
    }
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const making *of = context;
    const kt_period *periods = NULL;
    (void)kt_sector_periods(of->rows, &periods);
    for (size_t i = 0; i < of->feed_count; i++) {
        const size_t place = kt_sector_place(of->rows, period, i);
        kt_hash_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            hash_feed(hasher, &of->feeds[i], place, periods[period]);
        }
    }
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const making *of = context;
    return kt_sector_rows_add(of->rows, period, rows, err);
}

static const kt_sector_rate *rate_of(const kt_config *config, const char *source)
{
    for (size_t i = 0; i < config->sectors.rate_count; i++) {
        if (strcmp(config->sectors.rates[i].source, source) == 0) {
            return &config->sectors.rates[i];
        }
    }
    return NULL;
}

static kt_sector_table table_of(const kt_analysis_job *job, size_t at)
{
    return (kt_sector_table){job->night->config->sources[at], job->cubes[at], job->rollups[at]};
}

/* A source whose table has a sector variable, and its total alone, has no sectors. */
static size_t gather_feeds(const kt_analysis_job *job, kt_sector_feed **out)
{
    const kt_config *config = job->night->config;
    kt_sector_feed *feeds = kt_arena_array(job->arena, kt_sector_feed, config->source_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < config->source_count; i++) {
        const kt_source *source = config->sources[i];
        if (job->cubes[i] == NULL || !kt_feeds_sectors(source)) {
            continue;
        }
        const kt_sector_rate *rate = rate_of(config, source->id);
        const size_t below =
            rate == NULL ? config->source_count : kt_config_source(config, rate->denominator);
        feeds[count++] =
            (kt_sector_feed){.vacancies = table_of(job, i),
                             .denominator = below == config->source_count ? (kt_sector_table){0}
                                                                          : table_of(job, below),
                             .rate = rate};
    }
    *out = feeds;
    return count;
}

kt_status kt_analyse_sectors(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    making of = {.job = job};
    of.feed_count = gather_feeds(job, &of.feeds);
    const kt_sector_job shared = {.contract = config->contract,
                                  .classifications = job->classifications,
                                  .breaks = config->breaks,
                                  .protected_share_limit = config->analysis.protected_share_limit,
                                  .settings = &config->sectors,
                                  .feeds = of.feeds,
                                  .feed_count = of.feed_count};
    kt_sector_rows *rows = NULL;
    KT_TRY(kt_sector_rows_new(&shared, job->arena, &rows, err));
    of.rows = rows;
    kt_year_table table = {.schema = kt_contract_find(config->contract, TABLE),
                           .context = &of,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    table.period_count = kt_sector_periods(rows, &table.periods);
    return kt_year_files(job, &table, err);
}

/* Notes the sectors of which the line has a part alone. */
static void note_split(const kt_conversion *conversion, size_t line, const kt_rollup_line *from,
                       kt_codes *seen)
{
    const kt_conversion_part *parts = NULL;
    const size_t count = kt_conversion_parts(conversion, line, &parts);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].share < 1.0) {
            (void)kt_codes_intern(seen, from[parts[i].line].code);
        }
    }
}

/* Which sectors are split, by shares that nobody knows. */
static const char *split_sectors(const kt_sector_feed *feed, const kt_conversion *conversion,
                                 kt_arena *arena)
{
    const kt_rollup_line *from = NULL, *to = NULL;
    const size_t count = kt_conversion_sectors(conversion, &to);
    (void)kt_rollup_sectors(feed->vacancies.rollup, &from);
    kt_codes *seen = kt_codes_new(arena);
    const char *words = "";
    for (size_t i = 0; i < count; i++) {
        note_split(conversion, i, from, seen);
    }
    for (size_t i = 0; i < kt_codes_count(seen); i++) {
        words = kt_arena_print(arena, "%s%s%s", words, i == 0 ? "" : ", ", kt_codes_at(seen, i));
    }
    return words;
}

/* How sure the correspondence is, of how many sectors: "2 exact, 99 main, 8 unverified". */
static const char *sureness(const kt_conversion *conversion, kt_arena *arena)
{
    static const char *const words[] = {"exact", "main", "unverified"};
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_conversion_sectors(conversion, &lines);
    const char *told = "";
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t such = 0;
        for (size_t i = 0; i < count; i++) {
            such += strcmp(lines[i].made_of, words[w]) == 0;
        }
        told = kt_arena_print(arena, "%s%s%zu %s", told, w == 0 ? "" : ", ", such, words[w]);
    }
    return told;
}

static kt_status add_check(const kt_analysis_job *job, const kt_sector_feed *feed,
                           const kt_conversion *conversion, kt_rows *rows, kt_error *err)
{
    const char *own = kt_sector_revision_name(kt_rollup_revision(feed->vacancies.rollup));
    const char *to = kt_sector_revision_name(kt_conversion_revision(conversion));
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = KT_CHECK_CONVERTED,
                       .subject = kt_arena_print(job->arena, "%s %s to %s",
                                                 feed->vacancies.source->id, own, to),
                       .severity = "note",
                       .result = "passed",
                       .measured = NAN,
                       .threshold = NAN,
                       .examples = kt_arena_print(job->arena, "%s; split by assumed shares: %s",
                                                  sureness(conversion, job->arena),
                                                  split_sectors(feed, conversion, job->arena))},
        err);
}

kt_status kt_sector_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    kt_sector_feed *feeds = NULL;
    const size_t count = gather_feeds(job, &feeds);
    for (size_t i = 0; i < count; i++) {
        const kt_conversion *conversion = kt_sector_conversion(
            &job->night->config->sectors, feeds[i].vacancies.rollup, job->arena);
        KT_TRY(conversion == NULL ? KT_OK : add_check(job, &feeds[i], conversion, rows, err));
    }
    return KT_OK;
}
