/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "check_rows.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "sector_rows.h"

#define TABLE "sectors"

/* The files of all years; each is written by one thread, into its own place. */
typedef struct year_files {
    const kt_analysis_job *job;
    const kt_sector_rows *rows;
    const kt_schema *schema;
    kt_sector_feed *feeds;
    size_t feed_count;
    const kt_period *periods;
    size_t period_count;
    int first;
    size_t count;
    kt_kept_file *files;
} year_files;

static void add_text(kt_hasher *hasher, const char *text)
{
    kt_hash_add(hasher, text, strlen(text) + 1);
}

static void add_codes(kt_hasher *hasher, const kt_codes *codes)
{
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        add_text(hasher, kt_codes_at(codes, i));
    }
    add_text(hasher, "");
}

static void hash_table(const kt_analysis_job *job, kt_hasher *hasher, const kt_sector_table *of)
{
    if (of->cube == NULL) {
        add_text(hasher, "");
        return;
    }
    const kt_table *table =
        &job->night->tables[kt_config_source(job->night->config, of->source->id)];
    add_text(hasher, of->source->id);
    /* A table that is stopped was made under another configuration, which its key knows. */
    add_text(hasher, table->stop.held == NULL || table->key == NULL ? "" : table->key);
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        add_codes(hasher, of->cube->codes[role]);
    }
}

static void hash_common(const year_files *years, kt_hasher *hasher)
{
    add_text(hasher, kt_version());
    add_text(hasher, years->job->night->config->hash);
    for (size_t i = 0; i < years->feed_count; i++) {
        hash_table(years->job, hasher, &years->feeds[i].vacancies);
        hash_table(years->job, hasher, &years->feeds[i].denominator);
    }
}

/* The figures of a measure in a period. */
static void hash_cells(kt_hasher *hasher, const kt_cube *cube, size_t place, const char *measure)
{
    const size_t m = kt_codes_find(cube->codes[KT_ROLE_MEASURE], measure);
    const size_t count = cube->stride[KT_ROLE_MEASURE];
    if (m == KT_NO_CODE) {
        return;
    }
    const size_t first = place * cube->stride[KT_ROLE_PERIOD] + m * count;
    kt_hash_add(hasher, cube->value + first, count * sizeof *cube->value);
    kt_hash_add(hasher, cube->low + first, count * sizeof *cube->low);
    kt_hash_add(hasher, cube->high + first, count * sizeof *cube->high);
    kt_hash_add(hasher, cube->status + first, count * sizeof *cube->status);
}

static void hash_feed(kt_hasher *hasher, const kt_sector_feed *feed, size_t place, kt_period period)
{
    const size_t below = kt_denominator_place(feed, period);
    hash_cells(hasher, feed->vacancies.cube, place, "vacancies");
    hash_cells(hasher, feed->vacancies.cube, place, "vacancy_rate");
    if (below != KT_NO_CODE) {
        const kt_cube *cube = feed->denominator.cube;
        add_text(hasher, kt_codes_at(cube->codes[KT_ROLE_PERIOD], below));
        hash_cells(hasher, cube, below, kt_rate_measure(feed->rate->definition));
    }
}

static void hash_period(const year_files *years, kt_hasher *hasher, size_t period)
{
    char name[KT_PERIOD_SIZE];
    add_text(hasher, kt_period_write(years->periods[period], name));
    for (size_t i = 0; i < years->feed_count; i++) {
        const size_t place = kt_sector_place(years->rows, period, i);
        add_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            hash_feed(hasher, &years->feeds[i], place, years->periods[period]);
        }
    }
}

static void describe_year(const year_files *years, int year, kt_kept_file *out)
{
    kt_hasher *hasher = kt_hash_start();
    hash_common(years, hasher);
    for (size_t i = 0; i < years->period_count; i++) {
        if (kt_period_year(years->periods[i]) == year) {
            hash_period(years, hasher, i);
        }
    }
    kt_hash_finish(hasher, out->key);
    out->name = kt_table_file_name(years->schema, year, years->job->arena);
}

static kt_status write_year(void *context, size_t index, kt_error *err)
{
    const year_files *years = context;
    kt_kept_file *file = &years->files[index];
    const int year = years->first + (int)index;
    if (kt_kept_take(&years->job->earlier, years->job->findings, file)) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(years->schema, kt_path_join(arena, years->job->findings, file->name), &rows,
                        err));
    for (size_t i = 0; i < years->period_count; i++) {
        const bool inside = kt_period_year(years->periods[i]) == year;
        KT_TRY(inside ? kt_sector_rows_add(years->rows, i, rows, err) : KT_OK);
    }
    return kt_rows_count(rows) == 0 ? KT_OK : kt_rows_close(&rows, &file->is, err);
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

static void span_years(year_files *years)
{
    years->period_count = kt_sector_periods(years->rows, &years->periods);
    int last = 0;
    for (size_t i = 0; i < years->period_count; i++) {
        const int year = kt_period_year(years->periods[i]);
        years->first = i == 0 || year < years->first ? year : years->first;
        last = i == 0 || year > last ? year : last;
    }
    years->count = years->period_count == 0 ? 0 : (size_t)(last - years->first) + 1;
    years->files = kt_arena_array(years->job->arena, kt_kept_file, years->count + 1);
    for (size_t i = 0; i < years->count; i++) {
        describe_year(years, years->first + (int)i, &years->files[i]);
    }
}

static kt_sector_job describe_job(const kt_analysis_job *job, const kt_sector_feed *feeds,
                                  size_t count)
{
    const kt_config *config = job->night->config;
    return (kt_sector_job){.contract = config->contract,
                           .classifications = job->classifications,
                           .breaks = config->breaks,
                           .settings = &config->sectors,
                           .feeds = feeds,
                           .feed_count = count};
}

kt_status kt_analyse_sectors(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    year_files years = {.job = job, .schema = kt_contract_find(config->contract, TABLE)};
    years.feed_count = gather_feeds(job, &years.feeds);
    const kt_sector_job shared = describe_job(job, years.feeds, years.feed_count);
    kt_sector_rows *rows = NULL;
    KT_TRY(kt_sector_rows_new(&shared, job->arena, &rows, err));
    years.rows = rows;
    span_years(&years);
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    KT_TRY(kt_parallel(years.count, config->analysis.threads, write_year, &years, err));
    for (size_t i = 0; i < years.count; i++) {
        kt_analysis_note(job, &years.files[i]);
    }
    return KT_OK;
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
    const kt_sector_job shared = describe_job(job, feeds, count);
    kt_sector_rows *all = NULL;
    KT_TRY(kt_sector_rows_new(&shared, job->arena, &all, err));
    for (size_t i = 0; i < count; i++) {
        const kt_conversion *conversion = kt_sector_conversion(all, i);
        KT_TRY(conversion == NULL ? KT_OK : add_check(job, &feeds[i], conversion, rows, err));
    }
    return KT_OK;
}
