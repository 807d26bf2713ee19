/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/number.h"
#include "core/text.h"
#include "month_slab.h"
#include "pipeline/marked.h"
#include "table_store.h"
#include "why/why.h"

#define MOST_ROWS    40 /* that are listed without being asked for */
#define LARGEST_ROWS 10 /* of more than those */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool same_replies(const kt_table *table, const kt_why_source *source, kt_arena *arena)
{
    const size_t count = source->reply_count;
    if (!table->there || table->reply_count != count) {
        return false;
    }
    const char **left = kt_arena_array(arena, const char *, count + 1);
    const char **right = kt_arena_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        left[i] = table->replies[i];
        right[i] = source->replies[i];
    }
    qsort(left, count, sizeof *left, by_text);
    qsort(right, count, sizeof *right, by_text);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(left[i], right[i]) != 0) {
            return false;
        }
    }
    return true;
}

static const kt_why_source *published_source(const kt_why *of, const char *id)
{
    for (size_t i = 0; i < of->run.source_count; i++) {
        if (strcmp(of->run.sources[i].id, id) == 0) {
            return &of->run.sources[i];
        }
    }
    return NULL;
}

/* The table as the store has it; *reason says why it cannot tell what the row was made from. */
static kt_table stored_table(const kt_why *of, const char *id, const char **reason)
{
    const size_t at = kt_config_source(of->config, id);
    const kt_why_source *source = published_source(of, id);
    if (at == of->config->source_count || source == NULL) {
        *reason =
            kt_arena_print(of->arena, "the source \"%s\" is not in the configuration of today", id);
        return (kt_table){0};
    }
    const kt_table table = kt_table_load(of->config->sources[at], of->store, of->arena);
    *reason = NULL;
    if (!table.there) {
        *reason = "the store has no such table: `kohtaanto transform` makes it again from the "
                  "archive";
    } else if (!same_replies(&table, source, of->arena)) {
        *reason = "the store is of other replies than the published run: a run that publishes "
                  "brings them together";
    }
    return table;
}

/* A table that the configuration stops is summed as it was when it was last good. */
static kt_status roll_up(const kt_why *of, const kt_table *table, const kt_cube *cube,
                         kt_why_month *out, kt_error *err)
{
    const kt_classifications *classes = table->stop.held == NULL
                                            ? of->config->classifications
                                            : kt_table_classes(of->store, table->source, of->arena);
    kt_rollup *rollup = NULL;
    if (classes == NULL) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: the classifications of its last good version",
                       table->source->id);
    }
    KT_TRY(
        kt_rollup_new(cube, kt_table_source(table, of->arena), classes, of->arena, &rollup, err));
    const kt_marked_table marked = {.source = table->source,
                                    .cube = cube,
                                    .rollup = rollup,
                                    .breaks = of->config->breaks,
                                    .protected_share_limit =
                                        of->config->analysis.protected_share_limit};
    kt_marked_month month;
    KT_TRY(kt_marked_month_open(&marked, 0, of->arena, &month, err));
    out->slab = month.slab;
    out->known = month.known;
    out->rollup = rollup;
    return KT_OK;
}

void kt_why_month_open(const kt_why *of, const char *source, const char *period, double rule,
                       kt_why_month *out)
{
    *out = (kt_why_month){0};
    const kt_table table = stored_table(of, source, &out->reason);
    if (out->reason != NULL || table.source == NULL) {
        return;
    }
    out->source = table.source;
    kt_cube *cube = NULL;
    kt_error fault = {0};
    const char *path = kt_table_cube_path(of->store, out->source, of->arena);
    kt_status status = kt_cube_load_period(path, period, of->arena, &cube, &fault);
    if (status == KT_OK) {
        out->cube = cube;
        if (!isnan(rule)) {
            kt_month_set_protected(cube, rule);
        }
        status = roll_up(of, &table, cube, out, &fault);
    }
    out->reason = status == KT_OK ? NULL : kt_arena_copy(of->arena, fault.message);
}

kt_marked_month kt_why_marked(const kt_why *of, const kt_why_month *month)
{
    return (kt_marked_month){.source = month->source,
                             .rollup = month->rollup,
                             .slab = month->slab,
                             .known = month->known,
                             .protected_share_limit = of->config->analysis.protected_share_limit};
}

void kt_why_put_figure(json_t *object, const char *name, const kt_cube *cube, size_t cell,
                       const kt_source *source)
{
    const kt_obs obs = (kt_obs)cube->status[cell];
    const bool known = kt_obs_has_value(obs);
    char part[64];
    const char letter[] = {kt_obs_letter(obs), '\0'};
    const double value = known ? cube->value[cell] : NAN;
    const size_t measure = cell / cube->stride[KT_ROLE_MEASURE] % cube->size[KT_ROLE_MEASURE];
    const bool counts =
        kt_source_counts(source, kt_codes_at(cube->codes[KT_ROLE_MEASURE], measure));
    const bool limits = kt_obs_shows_limits(obs);
    const double low = counts ? source->protected_low : NAN; /* the limits are of counts */
    const double high = counts ? source->protected_high : NAN;
    kt_why_put_number(object, name, counts ? round(value) : value);
    (void)snprintf(part, sizeof part, "%s_low", name);
    kt_why_put_number(object, part, limits ? low : cube->low[cell]);
    (void)snprintf(part, sizeof part, "%s_high", name);
    kt_why_put_number(object, part, limits ? high : cube->high[cell]);
    (void)snprintf(part, sizeof part, "%s_status", name);
    kt_why_put_text(object, part, letter);
}

#define SHARE "%s_protected_share"
#define LIMIT "protected_share_limit"

void kt_why_put_share(const kt_why *of, json_t *object, const char *column, double share)
{
    kt_why_put_number(object, kt_arena_print(of->arena, SHARE, column), share);
    kt_why_put_number(object, LIMIT, of->config->analysis.protected_share_limit);
}

bool kt_why_is_unassessed(const kt_why *of, const char *column)
{
    const char *name = kt_arena_print(of->arena, SHARE, column);
    const char *title = NULL;
    json_t *section = NULL;
    bool found = false;
    json_object_foreach(of->answer, title, section)
    {
        const json_t *share = json_object_get(section, name);
        found =
            found || json_number_value(share) > json_number_value(json_object_get(section, LIMIT));
    }
    return found;
}

kt_why_rows kt_why_rows_new(size_t room, kt_arena *arena)
{
    return (kt_why_rows){.at = kt_arena_array(arena, json_t *, room + 1),
                         .rank = kt_arena_array(arena, double, room + 1)};
}

void kt_why_rows_add(kt_why_rows *rows, json_t *row, double rank)
{
    rows->at[rows->count] = row;
    rows->rank[rows->count++] = rank;
}

/* The place of the largest rank that is not taken yet; rows->count if none is left. */
static size_t largest(const kt_why_rows *rows, const bool *taken)
{
    size_t best = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const bool better = best == rows->count || rows->rank[i] > rows->rank[best];
        best = !taken[i] && !isnan(rows->rank[i]) && better ? i : best;
    }
    return best;
}

void kt_why_list(const kt_why *of, const char *name, const kt_why_rows *rows)
{
    json_t *list = json_array();
    bool *taken = kt_arena_array(of->arena, bool, rows->count + 1);
    const bool whole = of->all || rows->count <= MOST_ROWS;
    const size_t wanted = whole ? rows->count : LARGEST_ROWS;
    for (size_t i = 0; i < wanted; i++) {
        const size_t at = whole ? i : largest(rows, taken);
        if (at < rows->count) {
            taken[at] = true;
            json_array_append(list, rows->at[at]);
        }
    }
    for (size_t i = 0; i < rows->count; i++) {
        json_decref(rows->at[i]);
    }
    if (!whole) {
        (void)kt_why_section(
            of, kt_arena_print(of->arena, "%s_shown", name),
            json_string(kt_arena_print(of->arena, "the %zu largest of %zu; --all shows every one",
                                       json_array_size(list), rows->count)));
    }
    (void)kt_why_section(of, name, list);
}

void kt_why_put_statuses(json_t *object, const char *name, const kt_why_statuses *statuses)
{
    KT_AUTO(text) kt_text words = {0};
    size_t count = 0; /* of statuses with the same letter, which stand together */
    for (int obs = 0; obs <= KT_OBS_BREAK; obs++) {
        const char letter = kt_obs_letter((kt_obs)obs);
        count += statuses->count[obs];
        if (obs < KT_OBS_BREAK && kt_obs_letter((kt_obs)(obs + 1)) == letter) {
            continue;
        }
        if (count > 0) {
            kt_text_print(&words, "%s%zu %c", words.length == 0 ? "" : ", ", count, letter);
        }
        count = 0;
    }
    kt_why_put_text(object, name, words.length == 0 ? "none" : words.bytes);
}

json_t *kt_why_recomputed(const kt_why *of)
{
    return kt_why_section(of, "recomputed", json_array());
}

void kt_why_compare(json_t *list, const char *figure, double recomputed, const char *published)
{
    double number = NAN;
    const bool is_number = kt_number_read(published, strlen(published), &number);
    const double most = fmax(fabs(recomputed), fabs(number));
    const bool same = is_number ? fabs(recomputed - number) <= 1e-12 * most : isnan(recomputed);
    json_t *row = json_object();
    kt_why_put_text(row, "figure", figure);
    kt_why_put_number(row, "from_inputs", recomputed);
    kt_why_put_number(row, "published", is_number ? number : NAN);
    kt_why_put_text(row, "verdict", same ? "equal" : "NOT EQUAL");
    json_array_append_new(list, row);
}

/* A table of codes: the row is what the classification files say, and so are its parents. */
static void put_memberships(const kt_why *of, const kt_classification *classification,
                            const kt_class_item *item)
{
    const size_t position = (size_t)(item - classification->items);
    json_t *list = kt_why_section(of, "inputs", json_array());
    for (size_t i = classification->first[position]; i < classification->first[position + 1]; i++) {
        const kt_membership *one = &classification->memberships[i];
        json_t *row = json_object();
        kt_why_put_text(row, "belongs_to", one->parent);
        kt_why_put_text(row, "level", one->parent_level);
        kt_why_put_text(row, "from", one->valid_from[0] == '\0' ? "always" : one->valid_from);
        kt_why_put_text(row, "to", one->valid_to[0] == '\0' ? "today" : one->valid_to);
        json_array_append_new(list, row);
    }
    json_t *merged = json_array();
    for (size_t i = 0; i < classification->succession_count; i++) {
        const kt_succession *one = &classification->successions[i];
        if (strcmp(one->successor, item->code) == 0 || strcmp(one->abolished, item->code) == 0) {
            json_t *row = json_object();
            kt_why_put_text(row, "abolished", one->abolished);
            kt_why_put_text(row, "counted_in", one->successor);
            kt_why_put_text(row, "since", one->day);
            json_array_append_new(merged, row);
        }
    }
    (void)kt_why_section(of, "mergers", merged);
}

static kt_status explain_class(const kt_why *of, kt_error *err)
{
    const kt_classifications *all = of->config->classifications;
    const kt_sector_revision revision = kt_sector_revision_find(kt_why_cell(of, "revision"));
    const struct {
        const char *table, *file;
        const kt_classification *classification;
    } kinds[] = {
        {"dim_region", "classifications/regions.csv, memberships.csv, municipality_changes.csv",
         &all->regions},
        {"dim_occupation", "classifications/occupations.csv", &all->occupations},
        {"dim_sector", "classifications/sectors.csv",
         &all->sectors[revision == KT_SECTOR_REVISIONS ? KT_TOL2008 : revision]},
    };
    (void)err;
    size_t kind = 0;
    while (kind < 2 && strcmp(kinds[kind].table, of->schema->table) != 0) {
        kind++;
    }
    const kt_class_item *item = kt_class_find(kinds[kind].classification, kt_why_cell(of, "code"));
    (void)kt_why_section(of, "made_from", json_string(kinds[kind].file));
    if (item != NULL) {
        put_memberships(of, kinds[kind].classification, item);
    }
    return KT_OK;
}

/* Tables that no reply is behind. */
static const struct {
    const char *table, *words;
} made_from[] = {
    {"dim_indicator", "the program's own registry of measures"},
    {"dim_theme", "projects/themes.json, classifications/sectors.csv"},
    {"indicators", "projects/indicators.csv"},
    {"laari_indicators", "projects/laari.json, indicators.csv"},
    {"own_counts", "own/: what people of the region count; no official statistics"},
};

static kt_status explain_words(const kt_why *of, kt_error *err)
{
    const char *words = "the replies below and what was checked of them";
    for (size_t i = 0; i < sizeof made_from / sizeof made_from[0]; i++) {
        words = strcmp(made_from[i].table, of->schema->table) == 0 ? made_from[i].words : words;
    }
    (void)err;
    (void)kt_why_section(of, "made_from", json_string(words));
    return KT_OK;
}

/* Every table of the contract has a line here: a table that cannot be asked why is not published.
 */
static const struct {
    const char *table;
    kt_status (*explain)(const kt_why *of, kt_error *err);
    bool of_replies; /* its rows are made from replies */
} explanations[] = {
    {"beveridge", kt_why_beveridge, true},
    {"breaks", kt_why_series_break, true},
    {"changes", kt_why_change, true},
    {"checks", explain_words, true},
    {"code_changes", explain_words, true},
    {"contributions", kt_why_contribution, true},
    {"coverage", explain_words, true},
    {"coverage_summary", explain_words, true},
    {"flows", kt_why_flow, true},
    {"target_groups", kt_why_target_group, true},
    {"two_sources", kt_why_two_sources, true},
    {"sectors", kt_why_sector, true},
    {"decomposition", kt_why_decomposition, true},
    {"dim_indicator", explain_words, false},
    {"dim_occupation", explain_class, false},
    {"dim_region", explain_class, false},
    {"dim_sector", explain_class, false},
    {"dim_theme", explain_words, false},
    {"early_warning", kt_why_early_warning, true},
    {"effective_tightness", kt_why_reach, true},
    {"counterfactual", kt_why_counterfactual, true},
    {"matching_function", kt_why_matching_function, true},
    {"indicator_compliance", explain_words, true},
    {"indicator_progress", explain_words, true},
    {"indicator_scores", explain_words, true},
    {"indicator_values", explain_words, true},
    {"indicators", explain_words, false},
    {"laari", explain_words, true},
    {"laari_indicators", explain_words, false},
    {"laari_results", explain_words, true},
    {"mismatch", kt_why_index, true},
    {"model_use", explain_words, true},
    {"models", explain_words, true},
    {"observations", kt_why_observation, true},
    {"occupation_balance", kt_why_occupation_balance, true},
    {"ongoing_projects", explain_words, true},
    {"organisations", explain_words, true},
    {"own_counts", explain_words, false},
    {"project_overlaps", explain_words, true},
    {"project_regions", explain_words, true},
    {"project_themes", explain_words, true},
    {"projects", explain_words, true},
    {"rejects", explain_words, true},
    {"required_reports", explain_words, true},
    {"revisions", kt_why_revision, true},
    {"sensitivity", kt_why_sensitivity, true},
    {"series", kt_why_series, true},
    {"sources", explain_words, true},
    {"white_spots", explain_words, true},
};

#define EXPLANATIONS (sizeof explanations / sizeof explanations[0])

static size_t explanation_of(const char *table)
{
    size_t at = 0;
    while (at < EXPLANATIONS && strcmp(explanations[at].table, table) != 0) {
        at++;
    }
    return at;
}

bool kt_why_explains(const char *table)
{
    return explanation_of(table) < EXPLANATIONS;
}

kt_status kt_why_add_inputs(const kt_why *of, kt_error *err)
{
    const size_t at = explanation_of(of->schema->table);
    if (at == EXPLANATIONS) {
        return kt_fail(err, KT_ERR_BUG, "why: nothing explains the table %s", of->schema->table);
    }
    KT_TRY(explanations[at].explain(of, err));
    if (explanations[at].of_replies) {
        kt_why_add_breaks(of);
        KT_TRY(kt_why_add_replies(of, err));
        KT_TRY(kt_why_add_checks(of, err));
    }
    return KT_OK;
}
