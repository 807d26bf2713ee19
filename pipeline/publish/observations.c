/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/observations.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "core/text.h"
#include "pipeline/marked.h"
#include "publish/layout.h"
#include "publish/observation_row.h"
#include "transform/disclose.h"

#define TABLE "observations"

/* CONTRACT section 5: what is left out is one `measure` or `snapshot` away. */
typedef enum detail {
    DETAIL_TOTAL,  /* every region level */
    DETAIL_COARSE, /* isco1, isco2: country, maakunta, employment areas, centres, coordinators */
    DETAIL_FINE    /* isco3, isco4: country, maakunta */
} detail;

/* A line of a rollup in the order of the published rows. */
typedef struct sorted_line {
    kt_ready_cell level, code, name;
    size_t position;            /* in the slab's dimension */
    const kt_rollup_line *line; /* of the rollup */
} sorted_line;

static detail detail_of(const char *level)
{
    static const struct {
        const char *level;
        detail detail;
    } levels[] = {
        {"country", DETAIL_FINE},
        {"maakunta", DETAIL_FINE},
        {"elinvoimakeskus", DETAIL_COARSE},
        {"tyollisyysalue", DETAIL_COARSE},
        {"coordinator", DETAIL_COARSE},
        {"isco1", DETAIL_COARSE},
        {"isco2", DETAIL_COARSE},
        {"isco3", DETAIL_FINE},
        {"isco4", DETAIL_FINE},
    };
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i].level) == 0) {
            return levels[i].detail;
        }
    }
    return DETAIL_TOTAL;
}

/* Where a line's words come from and which columns they stand in. */
typedef struct line_kind {
    const kt_classification *classification;
    kt_observation_word level, code, name;
} line_kind;

/* One source's rows of any period. */
typedef struct source_rows {
    const kt_observation_source *from;
    kt_ready_cell id;
    sorted_line *regions, *occupations;
    size_t region_count, occupation_count;
} source_rows;

/* One period and where each source has it. */
typedef struct period_places {
    kt_period period;
    char text[KT_PERIOD_SIZE];
    size_t *position; /* of each source, KT_NO_CODE if it does not have the period */
} period_places;

struct kt_observations {
    const kt_schema *schema;
    source_rows *sources; /* in the order of their ids */
    size_t source_count;
    const size_t *given;    /* of each of them: its place among the sources that were given */
    period_places *periods; /* in the order of their texts */
    size_t period_count;
};

static int compare_lines(const void *a, const void *b)
{
    const sorted_line *left = a;
    const sorted_line *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    return levels != 0 ? levels : strcmp(left->code.text, right->code.text);
}

/* What making the order needs at every step. */
typedef struct order_maker {
    const kt_schema *schema;
    const kt_classifications *classifications;
    kt_arena *arena;
} order_maker;

static kt_ready_cell ready(const order_maker *maker, size_t column, const char *text)
{
    return kt_cell_ready(maker->schema, column, text, maker->arena);
}

static kt_status sort_lines(const order_maker *maker, const line_kind *kind,
                            const kt_rollup_line *lines, size_t count, sorted_line *out,
                            kt_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const kt_class_item *item = kt_class_find(kind->classification, lines[i].code);
        if (item == NULL) {
            return kt_fail(err, KT_ERR_BUG, "%s: %s %s has no name in the classification", TABLE,
                           lines[i].level, lines[i].code);
        }
        out[i] = (sorted_line){.level = ready(maker, kind->level, lines[i].level),
                               .code = ready(maker, kind->code, lines[i].code),
                               .name = ready(maker, kind->name, item->name_fi),
                               .position = i,
                               .line = &lines[i]};
    }
    qsort(out, count, sizeof *out, compare_lines);
    return KT_OK;
}

static kt_status read_source(const order_maker *maker, const kt_observation_source *from,
                             source_rows *out, kt_error *err)
{
    *out = (source_rows){.from = from, .id = ready(maker, KT_WORD_SOURCE, from->source->id)};
    const line_kind regions = {&maker->classifications->regions, KT_WORD_REGION_LEVEL,
                               KT_WORD_REGION_CODE, KT_WORD_REGION_NAME};
    const line_kind occupations = {&maker->classifications->occupations, KT_WORD_OCCUPATION_LEVEL,
                                   KT_WORD_OCCUPATION_CODE, KT_WORD_OCCUPATION_NAME};
    const kt_rollup_line *lines = NULL;
    out->region_count = kt_rollup_regions(from->rollup, &lines);
    out->regions = kt_arena_array(maker->arena, sorted_line, out->region_count + 1);
    KT_TRY(sort_lines(maker, &regions, lines, out->region_count, out->regions, err));
    out->occupation_count = kt_rollup_occupations(from->rollup, &lines);
    out->occupations = kt_arena_array(maker->arena, sorted_line, out->occupation_count + 1);
    return sort_lines(maker, &occupations, lines, out->occupation_count, out->occupations, err);
}

/* Insertion: there are a handful of sources. */
static size_t *order_of_sources(const kt_observation_job *job, kt_arena *arena)
{
    size_t *order = kt_arena_array(arena, size_t, job->source_count + 1);
    for (size_t i = 0; i < job->source_count; i++) {
        size_t at = i;
        for (; at > 0 &&
               strcmp(job->sources[order[at - 1]].source->id, job->sources[i].source->id) > 0;
             at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    return order;
}

static int compare_periods(const void *a, const void *b)
{
    return strcmp(((const period_places *)a)->text, ((const period_places *)b)->text);
}

static period_places *find_period(kt_observations *all, kt_period period, kt_arena *arena)
{
    for (size_t i = 0; i < all->period_count; i++) {
        if (kt_period_compare(all->periods[i].period, period) == 0) {
            return &all->periods[i];
        }
    }
    period_places *added = &all->periods[all->period_count++];
    added->period = period;
    kt_period_write(period, added->text);
    added->position = kt_arena_array(arena, size_t, all->source_count + 1);
    for (size_t i = 0; i < all->source_count; i++) {
        added->position[i] = KT_NO_CODE;
    }
    return added;
}

static kt_status read_periods(kt_observations *all, kt_arena *arena, kt_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < all->source_count; i++) {
        most += all->sources[i].from->cube->size[KT_ROLE_PERIOD];
    }
    all->periods = kt_arena_array(arena, period_places, most + 1);
    for (size_t i = 0; i < all->source_count; i++) {
        const kt_cube *cube = all->sources[i].from->cube;
        kt_period *periods = NULL;
        KT_TRY(kt_cube_periods(cube, arena, &periods, err));
        for (size_t p = 0; p < cube->size[KT_ROLE_PERIOD]; p++) {
            find_period(all, periods[p], arena)->position[i] = p;
        }
    }
    qsort(all->periods, all->period_count, sizeof *all->periods, compare_periods);
    return KT_OK;
}

kt_status kt_observations_new(const kt_observation_job *job, kt_arena *arena, kt_observations **out,
                              kt_error *err)
{
    kt_observations *all = kt_arena_new(arena, kt_observations);
    all->schema = kt_contract_find(job->contract, TABLE);
    if (all->schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", TABLE);
    }
    KT_TRY(kt_observation_expect(all->schema, err));
    all->source_count = job->source_count;
    all->given = order_of_sources(job, arena);
    all->sources = kt_arena_array(arena, source_rows, job->source_count + 1);
    const order_maker maker = {all->schema, job->classifications, arena};
    for (size_t i = 0; i < job->source_count; i++) {
        KT_TRY(read_source(&maker, &job->sources[all->given[i]], &all->sources[i], err));
    }
    KT_TRY(read_periods(all, arena, err));
    *out = all;
    return KT_OK;
}

static bool names_level(const kt_source *source, const char *level)
{
    bool named = source->publish_level_count == 0;
    for (size_t i = 0; i < source->publish_level_count; i++) {
        named = named || strcmp(source->publish_levels[i], level) == 0;
    }
    return named;
}

bool kt_observation_has(const kt_observation_source *from, const kt_rollup_line *region,
                        const kt_rollup_line *occupation)
{
    const detail of = detail_of(occupation->level);
    if (!names_level(from->source, region->level)) {
        return false;
    }
    return of == DETAIL_TOTAL
               ? from->source->publishes_total
               : of <= detail_of(region->level) && !(from->strict && kt_disclose_is_fine(region));
}

static bool is_published(const source_rows *rows, const sorted_line *region,
                         const sorted_line *occupation)
{
    return kt_observation_has(rows->from, region->line, occupation->line);
}

kt_status kt_observation_slab_make(const kt_observation_source *from, size_t period,
                                   kt_arena *arena, kt_cube **out, kt_error *err)
{
    const kt_marked_table table = {.source = from->source,
                                   .cube = from->cube,
                                   .rollup = from->rollup,
                                   .breaks = from->breaks,
                                   .protected_share_limit = from->protected_share_limit};
    return kt_marked_period(&table, period, arena, out, err);
}

static kt_status add_region(const source_rows *source, const sorted_line *region,
                            const kt_observation_slab *slab, kt_observation_words words,
                            kt_rows *rows, kt_error *err)
{
    words.word[KT_WORD_REGION_LEVEL] = &region->level;
    words.word[KT_WORD_REGION_CODE] = &region->code;
    words.word[KT_WORD_REGION_NAME] = &region->name;
    for (size_t o = 0; o < source->occupation_count; o++) {
        const sorted_line *occupation = &source->occupations[o];
        if (!is_published(source, region, occupation)) {
            continue;
        }
        words.word[KT_WORD_OCCUPATION_LEVEL] = &occupation->level;
        words.word[KT_WORD_OCCUPATION_CODE] = &occupation->code;
        words.word[KT_WORD_OCCUPATION_NAME] = &occupation->name;
        KT_TRY(
            kt_observation_write(slab, region->position, occupation->position, &words, rows, err));
    }
    return KT_OK;
}

static kt_status add_source(const source_rows *source, const kt_cube *cube,
                            const kt_observation_words *words, kt_rows *rows, kt_error *err)
{
    const kt_observation_slab slab = kt_observation_slab_of(cube, source->from->source);
    for (size_t r = 0; r < source->region_count; r++) {
        KT_TRY(add_region(source, &source->regions[r], &slab, *words, rows, err));
    }
    return KT_OK;
}

kt_status kt_observations_period(const kt_observations *observations, kt_period period,
                                 const kt_cube *const *slabs, kt_rows *rows, kt_error *err)
{
    char time_period[KT_PERIOD_SIZE], period_start[KT_PERIOD_SIZE];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    const kt_ready_cell month = kt_cell_ready(observations->schema, KT_WORD_TIME_PERIOD,
                                              kt_period_write(period, time_period), arena);
    const kt_ready_cell start = kt_cell_ready(observations->schema, KT_WORD_PERIOD_START,
                                              kt_period_start(period, period_start), arena);
    kt_observation_words words = {
        .word = {[KT_WORD_TIME_PERIOD] = &month, [KT_WORD_PERIOD_START] = &start}};
    for (size_t i = 0; i < observations->source_count; i++) {
        const kt_cube *slab = slabs[observations->given[i]];
        words.word[KT_WORD_SOURCE] = &observations->sources[i].id;
        KT_TRY(slab == NULL ? KT_OK
                            : add_source(&observations->sources[i], slab, &words, rows, err));
    }
    return KT_OK;
}

static size_t count_marked(const source_rows *source, const kt_cube *cube)
{
    const kt_observation_slab slab = kt_observation_slab_of(cube, source->from->source);
    size_t count = 0;
    for (size_t r = 0; r < source->region_count; r++) {
        for (size_t o = 0; o < source->occupation_count; o++) {
            const kt_published_row row = kt_observation_figures(&slab, source->regions[r].position,
                                                                source->occupations[o].position);
            const bool marked = kt_observation_status(&row) == KT_OBS_BREAK &&
                                is_published(source, &source->regions[r], &source->occupations[o]);
            count += marked ? 1 : 0;
        }
    }
    return count;
}

/* The break alone marks the one period that it begins in. */
static kt_status count_period(const source_rows *source, size_t position, const kt_break *one,
                              size_t *rows, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    kt_break alone = *one;
    const kt_breaks breaks = {&alone, 1};
    kt_cube *slab = NULL;
    KT_TRY(kt_rollup_period(source->from->rollup, source->from->cube, position, arena, &slab, err));
    kt_breaks_mark(&breaks, source->from->source, source->from->rollup, slab);
    *rows += count_marked(source, slab);
    return KT_OK;
}

kt_status kt_observations_marked(const kt_observations *observations, const char *source,
                                 const kt_break *one, size_t *rows, kt_error *err)
{
    size_t at = 0;
    *rows = 0;
    while (at < observations->source_count &&
           strcmp(observations->sources[at].from->source->id, source) != 0) {
        at++;
    }
    for (size_t i = 0; at < observations->source_count && i < observations->period_count; i++) {
        const period_places *places = &observations->periods[i];
        const bool begins =
            places->position[at] != KT_NO_CODE && kt_break_begins(one, source, places->period);
        KT_TRY(begins
                   ? count_period(&observations->sources[at], places->position[at], one, rows, err)
                   : KT_OK);
    }
    return KT_OK;
}

/* The files of all years are written side by side: each is one job. */
typedef struct write_job {
    const kt_observations *observations;
    const kt_observation_years *known;
    const char *folder;
    int *years;
    size_t year_count;
} write_job;

static kt_status write_period(const kt_observations *all, const period_places *places,
                              kt_rows *rows, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(places->text, 0);
    const kt_cube **slabs = kt_arena_array(arena, const kt_cube *, all->source_count + 1);
    for (size_t i = 0; i < all->source_count; i++) {
        const kt_observation_source *from = all->sources[i].from;
        if (places->position[i] == KT_NO_CODE) {
            continue;
        }
        kt_cube *slab = NULL;
        KT_TRY(kt_observation_slab_make(from, places->position[i], arena, &slab, err));
        slabs[all->given[i]] = slab;
    }
    return kt_observations_period(all, places->period, slabs, rows, err);
}

static kt_status write_year(void *context, size_t index, kt_error *err)
{
    const write_job *job = context;
    const kt_observations *all = job->observations;
    const int year = job->years[index];
    if (job->known != NULL && job->known->is_there(job->known->context, year)) {
        return KT_OK;
    }
    KT_AUTO(text) kt_text path = {0};
    kt_text_print(&path, "%s/" TABLE "_%04d.csv", job->folder, year);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(all->schema, path.bytes, &rows, err));
    for (size_t i = 0; i < all->period_count; i++) {
        const bool inside = kt_period_year(all->periods[i].period) == year;
        KT_TRY(inside ? write_period(all, &all->periods[i], rows, err) : KT_OK);
    }
    kt_table_file file = {0};
    KT_TRY(kt_rows_close(&rows, &file, err));
    if (job->known != NULL) {
        job->known->written(job->known->context, year, &file);
    }
    return KT_OK;
}

static bool has_year(const write_job *job, int year)
{
    for (size_t i = 0; i < job->year_count; i++) {
        if (job->years[i] == year) {
            return true;
        }
    }
    return false;
}

static kt_status remove_other_years(const write_job *job, kt_arena *arena, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(job->folder, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        int year = 0;
        const char *path = kt_path_join(arena, job->folder, names[i]);
        if (kt_layout_file(job->observations->schema, names[i], &year) && !has_year(job, year) &&
            unlink(path) != 0) {
            return kt_fail_errno(err, path, "cannot remove");
        }
    }
    return KT_OK;
}

kt_status kt_observations_write(const kt_observations *observations, const char *findings,
                                const kt_observation_years *years, unsigned threads, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    write_job job = {.observations = observations,
                     .known = years,
                     .folder = kt_path_join(arena, findings, TABLE),
                     .years = kt_arena_array(arena, int, observations->period_count + 1)};
    for (size_t i = 0; i < observations->period_count; i++) {
        const int year = kt_period_year(observations->periods[i].period);
        if (!has_year(&job, year)) {
            job.years[job.year_count++] = year;
        }
    }
    KT_TRY(kt_folder_make(job.folder, err));
    KT_TRY(remove_other_years(&job, arena, err));
    return kt_parallel(job.year_count, threads, write_year, &job, err);
}
