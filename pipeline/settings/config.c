/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/config.h"

#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "publish/contract.h"
#include "settings/parts.h"

#define LIST_LIMIT 1000 /* sources, alphas, checks: more is a mistake, not a configuration */

kt_status kt_config_find(const char *asked, const char **path, kt_error *err)
{
    static const char *const places[] = {"config/kohtaanto.json", "/etc/kohtaanto/kohtaanto.json"};
    if (asked != NULL) {
        *path = asked;
        return KT_OK;
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (kt_file_exists(places[i])) {
            *path = places[i];
            return KT_OK;
        }
    }
    return kt_fail(err, KT_ERR_CONFIG,
                   "no configuration: neither %s nor %s exists; name one with --config FILE",
                   places[0], places[1]);
}

size_t kt_config_source(const kt_config *config, const char *id)
{
    size_t at = 0;
    while (at < config->source_count && strcmp(config->sources[at]->id, id) != 0) {
        at++;
    }
    return at;
}

static void read_http(kt_json place, kt_http_settings *out)
{
    static const char *const keys[] = {"connect_timeout_s", "stall_timeout_s", "total_timeout_s",
                                       "reply_limit_bytes", "parallel",        "retry_budget",
                                       "calls_reserve",     "backoff_s",       NULL};
    kt_json_only(place, keys);
    out->connect_timeout_s =
        kt_json_whole_or(kt_json_member(place, "connect_timeout_s"), 1, 600, 20);
    out->stall_timeout_s = kt_json_whole_or(kt_json_member(place, "stall_timeout_s"), 1, 3600, 60);
    out->total_timeout_s =
        kt_json_whole_or(kt_json_member(place, "total_timeout_s"), 1, 86400, 600);
    out->reply_limit_bytes = (size_t)kt_json_whole_or(kt_json_member(place, "reply_limit_bytes"),
                                                      1024, 1L << 30, 64L << 20);
    out->parallel = (unsigned)kt_json_whole_or(kt_json_member(place, "parallel"), 1, 32, 4);
    out->retry_budget =
        (unsigned)kt_json_whole_or(kt_json_member(place, "retry_budget"), 0, 1000, 20);
    out->calls_reserve =
        (unsigned)kt_json_whole_or(kt_json_member(place, "calls_reserve"), 0, 1000, 1);
    out->backoff_s = kt_json_number_or(kt_json_member(place, "backoff_s"), 0.0, 60.0, 2.0);
}

static void check_ascending(kt_json place, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] <= 0.0 || numbers[i] >= 1.0) {
            kt_json_wrong(kt_json_element(place, i),
                          "an exponent lies between 0 and 1, both ends excluded");
        } else if (i > 0 && !(numbers[i] > numbers[i - 1])) {
            kt_json_wrong(kt_json_element(place, i),
                          "exponents stand in ascending order, once each");
        }
    }
}

static size_t read_alphas(kt_json place, double **out)
{
    const size_t count = kt_json_count(place);
    if (count == 0 || count > LIST_LIMIT) {
        if (!kt_json_absent(place)) {
            kt_json_wrong(place, "expected 1 to %d exponents", LIST_LIMIT);
        }
        return 0;
    }
    double *alphas = kt_arena_array(place.arena, double, count);
    for (size_t i = 0; i < count; i++) {
        alphas[i] = kt_json_number(kt_json_element(place, i), 0.0, 1.0);
    }
    check_ascending(place, alphas, count);
    *out = alphas;
    return count;
}

static bool is_among(const double *numbers, size_t count, double wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == wanted) {
            return true;
        }
    }
    return false;
}

static void read_clusters(kt_json place, kt_null_settings *out)
{
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    if (count > LIST_LIMIT) {
        kt_json_wrong(place, "expected at most %d sizes of advertisements", LIST_LIMIT);
        return;
    }
    out->clusters = kt_arena_array(place.arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        out->clusters[i] = kt_json_number(kt_json_element(place, i), 1.0, 1e6);
        if (!(out->clusters[i] > (i == 0 ? 1.0 : out->clusters[i - 1]))) {
            kt_json_wrong(kt_json_element(place, i),
                          "sizes of advertisements are above 1 and stand in ascending order");
        }
    }
    out->cluster_count = count;
}

static void read_null(kt_json place, kt_null_settings *out)
{
    static const char *const keys[] = {"draws", "drawn_cells", "seed", "clusters", NULL};
    kt_json_only(place, keys);
    out->draws = (size_t)kt_json_whole_or(kt_json_member(place, "draws"), 2, 1000000, 199);
    out->drawn_cells =
        (size_t)kt_json_whole_or(kt_json_member(place, "drawn_cells"), 1, 1L << 30, 20000);
    out->seed = (uint64_t)kt_json_whole_or(kt_json_member(place, "seed"), 0, 1L << 53, 1);
    read_clusters(kt_json_member(place, "clusters"), out);
}

static void read_analysis(kt_json place, kt_analysis_settings *out)
{
    static const char *const keys[] = {"alphas",
                                       "range_alphas",
                                       "contributions_alpha",
                                       "contributions_cells",
                                       "contributions_months",
                                       "changes_months",
                                       "changes_levels",
                                       "allocated_step",
                                       "protected_share_limit",
                                       "sensitivity",
                                       "threads",
                                       NULL};
    kt_json_only(place, keys);
    out->alpha_count = read_alphas(kt_json_member(place, "alphas"), &out->alphas);
    const kt_json ranged = kt_json_member(place, "range_alphas");
    out->range_alpha_count = read_alphas(ranged, &out->range_alphas);
    for (size_t i = 0; i < out->range_alpha_count; i++) {
        if (!is_among(out->alphas, out->alpha_count, out->range_alphas[i])) {
            kt_json_wrong(kt_json_element(ranged, i), "is not one of alphas");
        }
    }
    const kt_json alpha = kt_json_member(place, "contributions_alpha");
    out->contributions_alpha = kt_json_number_or(alpha, 0.0, 1.0, 0.5);
    if (out->contributions_alpha == 0.0 || out->contributions_alpha == 1.0) {
        kt_json_wrong(alpha, "an exponent lies between 0 and 1, both ends excluded");
    }
    out->contributions_cells =
        (size_t)kt_json_whole_or(kt_json_member(place, "contributions_cells"), 1, 1L << 20, 1000);
    out->contributions_months =
        (size_t)kt_json_whole_or(kt_json_member(place, "contributions_months"), 1, 12000, 25);
    out->changes_months =
        (size_t)kt_json_whole_or(kt_json_member(place, "changes_months"), 1, 12000, 25);
    out->changes_level_count =
        kt_json_texts(kt_json_member(place, "changes_levels"), &out->changes_levels);
    out->allocated_step =
        kt_json_number_or(kt_json_member(place, "allocated_step"), 0.0, 1.0, 0.05);
    out->protected_share_limit =
        kt_json_number_or(kt_json_member(place, "protected_share_limit"), 0.01, 1.0, 1.0);
    read_null(kt_json_member(place, "sensitivity"), &out->null);
    out->threads = (unsigned)kt_json_whole_or(kt_json_member(place, "threads"), 0, 1024, 0);
}

static void read_publish(kt_json place, kt_publish_settings *out)
{
    static const char *const keys[] = {"fi_months", "public_dir", "disclosure", "workbooks", NULL};
    kt_json_only(place, keys);
    out->fi_months = (size_t)kt_json_whole_or(kt_json_member(place, "fi_months"), 1, 12000, 25);
    out->public_dir = kt_json_text_or(kt_json_member(place, "public_dir"), NULL);
    const kt_json disclosure = kt_json_member(place, "disclosure");
    const char *word = kt_json_text_or(disclosure, "default");
    if (word != NULL && strcmp(word, "default") != 0 && strcmp(word, "strict") != 0) {
        kt_json_wrong(disclosure, "expected default or strict, found \"%s\"", word);
    }
    out->strict_disclosure = kt_text_same(word, "strict");
    out->workbooks = kt_json_bool_or(kt_json_member(place, "workbooks"), true);
}

/* A file that the main file names. */
static const char *path_of(kt_json place, const char *folder, const char *name)
{
    return kt_path_fold(place.arena, kt_path_join(place.arena, folder, name));
}

static void read_sources(kt_json place, const char *folder, kt_config *config)
{
    const char **files = NULL;
    const size_t count = kt_json_texts(place, &files);
    if (count == 0 || count > LIST_LIMIT) {
        kt_json_wrong(place, "expected 1 to %d files", LIST_LIMIT);
        return;
    }
    config->sources = kt_arena_array(place.arena, kt_source *, count);
    for (size_t i = 0; i < count; i++) {
        kt_source *source =
            kt_source_load(path_of(place, folder, files[i]), place.arena, place.problems);
        if (source == NULL) {
            continue;
        }
        if (kt_config_source(config, source->id) < config->source_count) {
            kt_json_wrong(kt_json_element(place, i), "a second source with the id \"%s\"",
                          source->id);
        }
        config->sources[config->source_count++] = source;
    }
}

/* "12ti/occupations_sum_to_total" is demanded while 12ti has data, a bare name always. */
static kt_check_spec check_spec(kt_json place, const char *text, const kt_config *config)
{
    const char *slash = strchr(text, '/');
    if (slash == NULL) {
        return (kt_check_spec){.name = text};
    }
    const char *source = kt_arena_copy_n(place.arena, text, (size_t)(slash - text));
    if (kt_config_source(config, source) == config->source_count) {
        kt_json_wrong(place, "\"%s\" is none of the sources", source);
    }
    return (kt_check_spec){.name = slash + 1, .source = source};
}

static void read_checks(kt_json place, kt_config *config)
{
    const char **texts = NULL;
    const size_t count = kt_json_texts(place, &texts);
    config->checks = kt_arena_array(place.arena, kt_check_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        config->checks[i] = check_spec(kt_json_element(place, i), texts[i], config);
    }
    config->check_count = count;
}

/* A mirror of every source at once; a source file with a wrong address of its own is still told. */
static void override_base_url(kt_json place, kt_config *config)
{
    const char *base_url = kt_json_text_or(place, NULL);
    if (base_url == NULL) {
        return;
    }
    if (!kt_text_starts(base_url, "http://") && !kt_text_starts(base_url, "https://")) {
        kt_json_wrong(place, "expected an address that begins with https:// or http://");
    }
    for (size_t i = 0; i < config->source_count; i++) {
        kt_source *source = config->sources[i];
        source->base_url = source->folder == NULL ? base_url : source->base_url;
    }
}

static void read_breaks(kt_json place, const char *folder, kt_config *config)
{
    const char *name = kt_json_text_or(place, NULL);
    const kt_breaks_known known = {config->sources, config->source_count, config->classifications};
    if (name != NULL) {
        config->breaks =
            kt_breaks_load(path_of(place, folder, name), &known, place.arena, place.problems);
    }
}

/* Files that say how single tables are made, each of which may be left out. Sources, markets and
 * contract are there. */
static void read_tables(kt_json root, const char *folder, kt_config *config)
{
    static const struct {
        const char *key;
        void (*read)(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);
    } files[] = {
        {"two_sources", kt_config_two_sources},
        {"sectors", kt_config_sectors},
        {"series", kt_config_series},
        {"beveridge", kt_config_beveridge},
        {"early_warning", kt_config_early_warning},
        {"occupation_balance", kt_config_balance},
        {"effective_tightness", kt_config_effective_tightness},
        {"matching", kt_config_matching},
        {"projects", kt_config_projects},
        {"pages", kt_config_pages},
        {"notes", kt_config_notes},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *name = kt_json_text_or(kt_json_member(root, files[i].key), NULL);
        if (name != NULL) {
            files[i].read(path_of(root, folder, name), config, root.arena, root.problems);
        }
    }
    const char *barometer = kt_json_text_or(kt_json_member(root, "barometer"), NULL);
    if (barometer != NULL) {
        config->barometer_path = path_of(root, folder, barometer);
    }
}

static const char *const main_keys[] = {"workspace",
                                        "sources",
                                        "classifications",
                                        "markets",
                                        "contract",
                                        "modelled",
                                        "base_url",
                                        "http",
                                        "analysis",
                                        "publish",
                                        "checks",
                                        "breaks",
                                        "corrections",
                                        "two_sources",
                                        "sectors",
                                        "occupation_balance",
                                        "barometer",
                                        "series",
                                        "beveridge",
                                        "effective_tightness",
                                        "matching",
                                        "early_warning",
                                        "projects",
                                        "pages",
                                        "notes",
                                        "own",
                                        NULL};

static void read_own(kt_json place, const char *folder, kt_config *config)
{
    const char *name = kt_json_text_or(place, NULL);
    if (name != NULL) {
        config->own_path = path_of(place, folder, name);
        kt_config_own(config->own_path, config, place.arena, place.problems);
    }
}

static void read_main(kt_json root, kt_config *config)
{
    kt_json_only(root, main_keys);
    const char *folder = kt_path_folder(root.arena, config->path);
    config->workspace = kt_json_text(kt_json_member(root, "workspace"));
    config->modelled = kt_json_bool_or(kt_json_member(root, "modelled"), false);
    read_sources(kt_json_member(root, "sources"), folder, config);
    override_base_url(kt_json_member(root, "base_url"), config);
    read_http(kt_json_member(root, "http"), &config->http);
    read_analysis(kt_json_member(root, "analysis"), &config->analysis);
    read_publish(kt_json_member(root, "publish"), &config->publish);
    read_checks(kt_json_member(root, "checks"), config);

    const char *corrections = kt_json_text_or(kt_json_member(root, "corrections"), NULL);
    if (corrections != NULL) {
        config->corrections_path = path_of(root, folder, corrections);
        kt_config_corrections(config->corrections_path, config, root.arena, root.problems);
    }
    const char *classifications = kt_json_text(kt_json_member(root, "classifications"));
    if (classifications != NULL) {
        config->classifications = kt_classifications_load(path_of(root, folder, classifications),
                                                          root.arena, root.problems);
    }
    read_breaks(kt_json_member(root, "breaks"), folder, config);
    const char *markets = kt_json_text(kt_json_member(root, "markets"));
    if (markets != NULL) {
        kt_config_markets(path_of(root, folder, markets), config, root.arena, root.problems);
    }
    const char *contract = kt_json_text(kt_json_member(root, "contract"));
    if (contract != NULL) {
        config->contract =
            kt_contract_load(path_of(root, folder, contract), root.arena, root.problems);
    }
    read_tables(root, folder, config);
    config->pages.workbooks = config->publish.workbooks;
    kt_config_hash(root, folder, config->hash);
    kt_config_pages_hash(root, folder, config->pages_hash);
    read_own(kt_json_member(root, "own"), folder, config);
    kt_config_x13_hash(&config->series.x13, config->hash);
    kt_config_projects_hash(&config->projects, config->hash);
}

kt_config *kt_config_load(const char *path, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return NULL;
    }
    kt_config *config = kt_arena_new(arena, kt_config);
    config->path = kt_arena_copy(arena, path);
    read_main(root, config);
    return kt_problems_count(problems) == before ? config : NULL;
}

void kt_config_tables_check(const kt_config *config, kt_arena *arena, kt_problems *problems)
{
    const kt_classifications *all = config->classifications;
    for (size_t i = 0; i < all->regions.conflict_count; i++) {
        kt_problems_add_line(problems,
                             kt_path_join(arena, all->folder, all->regions.conflicts[i].line));
    }
    kt_config_corrections_check(config, arena, problems);
    kt_config_own_check(config, arena, problems);
}

const kt_source *kt_config_read_source(kt_json place, const kt_config *config)
{
    const char *id = kt_json_text(place);
    const size_t at = id == NULL ? config->source_count : kt_config_source(config, id);
    if (id != NULL && at == config->source_count) {
        kt_json_wrong(place, "\"%s\" is none of the sources", id);
    }
    return at == config->source_count ? NULL : config->sources[at];
}
