/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/number.h"
#include "core/text.h"
#include "history.h"
#include "pipeline/signals.h"
#include "transform/assemble.h"
#include "transform/contents.h"
#include "transform/rollup.h"

typedef struct loader {
    const kt_archive *archive;
    const kt_source *source;
    const kt_receipt *const *replies;
    bool *damaged;
} loader;

/* What a person finds a reply by: "file:a.px", "tyonv/12r5.px". */
static const char *place_of(const kt_source *source, const kt_receipt *receipt, kt_arena *arena)
{
    const char *place = kt_source_place(source, receipt->url, arena);
    const size_t length = strlen(source->base_url);
    const bool is_below = kt_text_starts(place, source->base_url) && place[length] == '/';
    return is_below ? place + length + 1 : place;
}

static kt_status load_reply(void *context, size_t index, kt_arena *arena, kt_reply *out,
                            kt_error *err)
{
    const loader *from = context;
    const kt_receipt *receipt = from->replies[index];
    char *bytes = NULL;
    KT_TRY(kt_signals_check(err));
    const kt_status status =
        kt_archive_load(from->archive, receipt->sha256, arena, &bytes, &out->length, err);
    if (status != KT_OK) {
        *from->damaged = true;
        return status;
    }
    out->bytes = bytes;
    out->name = place_of(from->source, receipt, arena);
    return KT_OK;
}

static kt_status assemble(loader *from, const kt_workshop *shop, size_t count, kt_assembled *out,
                          kt_arena *arena, kt_error *err)
{
    kt_checks checks = {0};
    const kt_replies all = {.count = count,
                            .load = load_reply,
                            .context = from,
                            .used = out->used,
                            .editions = &out->editions,
                            .checks = &checks};
    KT_TRY(kt_assemble(shop->source, &all, arena, &out->cube, err));
    out->checks = checks.rows;
    out->check_count = checks.count;
    return KT_OK;
}

kt_status kt_assemble_raw(const kt_workshop *shop, const kt_receipt *const *replies, size_t count,
                          kt_arena *arena, kt_cube **out, kt_error *err)
{
    kt_assembled made = {.used = kt_arena_array(arena, bool, count + 1)};
    loader from = {.archive = shop->archive,
                   .source = shop->source,
                   .replies = replies,
                   .damaged = &made.damaged};
    KT_TRY(assemble(&from, shop, count, &made, arena, err));
    *out = made.cube;
    return KT_OK;
}

static void *copy_of(const void *bytes, size_t count, size_t size, kt_arena *arena)
{
    void *copy = kt_arena_take(arena, count, size);
    memcpy(copy, bytes, count * size);
    return copy;
}

static const kt_cube *copy_figures(const kt_cube *cube, kt_arena *arena)
{
    kt_cube *copy = kt_arena_new(arena, kt_cube);
    *copy = *cube;
    copy->value = copy_of(cube->value, cube->cells, sizeof *cube->value, arena);
    copy->low = copy_of(cube->low, cube->cells, sizeof *cube->low, arena);
    copy->high = copy_of(cube->high, cube->cells, sizeof *cube->high, arena);
    copy->status = copy_of(cube->status, cube->cells, sizeof *cube->status, arena);
    return copy;
}

kt_reconcile_table kt_assembled_table(const kt_workshop *shop, const kt_assembled *assembled)
{
    return (kt_reconcile_table){.cube = assembled->cube,
                                .source = shop->source,
                                .rollup = assembled->rollup,
                                .regions = &shop->config->classifications->regions,
                                .editions = &assembled->editions};
}

static void add_checks(kt_assembled *out, kt_checks more, kt_arena *arena)
{
    kt_check *rows = kt_arena_array(arena, kt_check, out->check_count + more.count + 1);
    for (size_t i = 0; i < out->check_count; i++) {
        rows[i] = out->checks[i];
    }
    for (size_t i = 0; i < more.count; i++) {
        rows[out->check_count + i] = more.rows[i];
    }
    out->checks = rows;
    out->check_count += more.count;
}

kt_status kt_assemble_replies(const kt_workshop *shop, const kt_receipt *const *replies,
                              size_t count, kt_arena *arena, kt_assembled *out, kt_error *err)
{
    loader from = {.archive = shop->archive,
                   .source = shop->source,
                   .replies = replies,
                   .damaged = &out->damaged};
    out->used = kt_arena_array(arena, bool, count + 1);
    KT_TRY(assemble(&from, shop, count, out, arena, err));
    out->raw = out->keep_raw ? copy_figures(out->cube, arena) : NULL;
    out->corrected = kt_arena_array(arena, kt_corrected, shop->corrections.count + 1);
    kt_correct(out->cube, shop->source, shop->corrections.at, shop->corrections.count,
               out->corrected);
    kt_checks endings = {0};
    KT_TRY(kt_contents_end(out->cube, shop->source, arena, &endings, err));
    add_checks(out, endings, arena);
    out->own_checks = out->check_count;
    KT_TRY(kt_rollup_new(out->cube, shop->source, shop->config->classifications, arena,
                         &out->rollup, err));
    const kt_reconcile_table table = kt_assembled_table(shop, out);
    kt_checks checks = {0};
    KT_TRY(kt_reconcile_checks(&table, arena, &checks, err));
    add_checks(out, checks, arena);
    return KT_OK;
}

const char *kt_failed_gate(const kt_assembled *assembled, kt_arena *arena)
{
    for (size_t i = 0; i < assembled->check_count; i++) {
        const kt_check *check = &assembled->checks[i];
        if (!check->passed && strcmp(check->severity, "hold") == 0) {
            return kt_arena_print(arena, "%s: %s: %zu of %zu cells: %s", check->name,
                                  check->subject, check->cells_failed, check->cells_checked,
                                  check->examples);
        }
    }
    return NULL;
}

kt_status kt_blame_corrections(const kt_workshop *shop, const kt_receipt *const *replies,
                               size_t count, const char *held, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("replies as they came", 0);
    kt_workshop plain = *shop;
    kt_assembled assembled = {0};
    kt_error reason = {0};
    plain.corrections = (kt_correction_choice){0};
    if (shop->corrections.count == 0 ||
        kt_assemble_replies(&plain, replies, count, scratch, &assembled, &reason) != KT_OK ||
        kt_failed_gate(&assembled, scratch) != NULL) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_CONFIG, "%s: with the corrections of %s: %s",
                   shop->corrections.at[0]->place, shop->source->id, held);
}

/* The national figures of the good campaigns so far. */
typedef struct national {
    kt_codes *names;
    double *values;
    size_t room;
    kt_arena *arena;
} national;

static void national_set(national *figures, const char *name, double value)
{
    const size_t at = kt_codes_intern(figures->names, name);
    if (at >= figures->room) {
        const size_t room = 2 * at + 256;
        double *values = kt_arena_array(figures->arena, double, room);
        if (figures->room > 0) {
            memcpy(values, figures->values, figures->room * sizeof *values);
        }
        figures->values = values;
        figures->room = room;
    }
    figures->values[at] = value;
}

static double national_get(const national *figures, const char *name)
{
    const size_t at = kt_codes_find(figures->names, name);
    return at < figures->room ? figures->values[at] : NAN;
}

/* The position of the code that stands for all in a dimension; KT_NO_CODE if there is none. */
static size_t position_of_all(const kt_cube *cube, const kt_source *source, kt_role role)
{
    const kt_variable_spec *spec = kt_source_variable(source, role);
    const char *code = spec == NULL || spec->total == NULL ? KT_TOTAL : spec->total;
    const size_t at = kt_codes_find(cube->codes[role], code);
    return at == KT_NO_CODE && cube->size[role] == 1 ? 0 : at;
}

typedef struct national_walk {
    const kt_cube *cube;
    size_t at[KT_ROLES];
    bool possible; /* the table has a row of the whole country */
} national_walk;

static national_walk walk_national(const kt_cube *cube, const kt_source *source)
{
    national_walk walk = {.cube = cube, .possible = true};
    for (kt_role role = KT_ROLE_REGION; role < KT_ROLES; role++) {
        walk.at[role] = position_of_all(cube, source, role);
        walk.possible = walk.possible && walk.at[role] != KT_NO_CODE;
    }
    return walk;
}

static size_t count_national(const national_walk *walk)
{
    const size_t *size = walk->cube->size;
    return walk->possible ? size[KT_ROLE_PERIOD] * size[KT_ROLE_MEASURE] : 0;
}

static double national_figure(national_walk *walk, size_t period, size_t measure)
{
    walk->at[KT_ROLE_PERIOD] = period;
    walk->at[KT_ROLE_MEASURE] = measure;
    const size_t cell = kt_cube_at(walk->cube, walk->at);
    return kt_obs_has_value((kt_obs)walk->cube->status[cell]) ? walk->cube->value[cell] : NAN;
}

static const char *national_name(const kt_cube *cube, size_t period, size_t measure,
                                 kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s", kt_codes_at(cube->codes[KT_ROLE_MEASURE], measure),
                          kt_codes_at(cube->codes[KT_ROLE_PERIOD], period));
}

/* The national figure that changed most, as a share of what it was. */
static kt_national_change largest_change(const kt_cube *cube, const kt_source *source,
                                         const national *before, kt_arena *arena)
{
    national_walk walk = walk_national(cube, source);
    kt_national_change largest = {0};
    for (size_t i = 0; i < count_national(&walk); i++) {
        const size_t period = i / cube->size[KT_ROLE_MEASURE];
        const size_t measure = i % cube->size[KT_ROLE_MEASURE];
        const char *name = national_name(cube, period, measure, arena);
        const double old = national_get(before, name);
        const double now = national_figure(&walk, period, measure);
        if (isnan(old) || isnan(now) || old == now) {
            continue;
        }
        const kt_national_change change = {.figure = name, .before = old, .after = now};
        if (largest.figure == NULL || kt_national_share(&change) > kt_national_share(&largest)) {
            largest = change;
        }
    }
    return largest;
}

/* What holds a campaign for the size of a national revision, in words; else NULL. */
static const char *too_large(const kt_workshop *shop, const kt_national_change *change,
                             kt_arena *arena)
{
    char old_number[KT_NUMBER_SIZE];
    char new_number[KT_NUMBER_SIZE];
    char share[KT_NUMBER_SIZE];
    const double limit = shop->source->hold_share;
    if (change->figure == NULL || !(kt_national_share(change) > limit)) {
        return NULL;
    }
    (void)kt_number_write(change->before, old_number);
    (void)kt_number_write(change->after, new_number);
    (void)kt_number_write(limit, share);
    const char *moved = shop->config->publish.strict_disclosure
                            ? "changed"
                            : kt_arena_print(arena, "went from %s to %s", old_number, new_number);
    return kt_arena_print(arena,
                          "revision_within_limit: %s of the whole country %s, more than the share "
                          "%s that the source allows",
                          change->figure, moved, share);
}

static void learn_national(const kt_cube *cube, const kt_source *source, national *figures,
                           kt_arena *scratch)
{
    national_walk walk = walk_national(cube, source);
    for (size_t i = 0; i < count_national(&walk); i++) {
        const size_t period = i / cube->size[KT_ROLE_MEASURE];
        const size_t measure = i % cube->size[KT_ROLE_MEASURE];
        const double now = national_figure(&walk, period, measure);
        if (!isnan(now)) {
            national_set(figures, national_name(cube, period, measure, scratch), now);
        }
    }
}

static const char *digest_of(const kt_workshop *shop, const kt_campaign *campaign, kt_arena *arena)
{
    const bool accepted =
        kt_is_accepted(shop->acceptances, shop->source->id, campaign->name, shop->until);
    kt_hasher *hasher = kt_hash_start();
    for (size_t i = 0; i < campaign->part_count; i++) {
        kt_hash_add(hasher, campaign->parts[i]->sha256, KT_HASH_SIZE);
    }
    kt_hash_add(hasher, accepted ? "accepted" : "", accepted ? 8 : 0);
    char *digest = kt_arena_array(arena, char, KT_HASH_SIZE);
    kt_hash_finish(hasher, digest);
    return digest;
}

/* Wrong data is a verdict; anything else (the disk, a signal) is a failure of the night. */
static bool is_about_data(kt_status status, const kt_assembled *assembled)
{
    return status == KT_ERR_FORMAT || status == KT_ERR_DATA || status == KT_ERR_NO_DATA ||
           (status == KT_ERR_NOT_FOUND && assembled->damaged);
}

/* Campaigns on trial, one after another. */
typedef struct court {
    const kt_workshop *shop;
    const kt_campaign *campaigns;
    kt_verdict *verdicts;
    national figures;
    kt_history history;
    kt_arena *arena;
} court;

static kt_status accept_campaign(court *of, size_t index, const kt_assembled *assembled,
                                 kt_national_change largest, kt_arena *scratch, kt_error *err)
{
    if (largest.figure != NULL) {
        largest.figure = kt_arena_copy(of->arena, largest.figure);
    }
    learn_national(assembled->cube, of->shop->source, &of->figures, scratch);
    return kt_history_take(&of->history, index, of->verdicts, assembled->raw, largest, err);
}

static kt_status judge(court *of, size_t index, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a campaign on trial", 0);
    const kt_workshop *shop = of->shop;
    const kt_campaign *campaign = &of->campaigns[index];
    kt_verdict *out = &of->verdicts[index];
    kt_assembled assembled = {.keep_raw = true};
    kt_error reason = {0};
    const kt_status status = kt_assemble_replies(shop, campaign->parts, campaign->part_count,
                                                 scratch, &assembled, &reason);
    if (status != KT_OK && !is_about_data(status, &assembled)) {
        return kt_fail(err, status, "%s", reason.message);
    }
    if (assembled.damaged) {
        out->digest = ""; /* a body may come back from a backup: it is judged again every night */
    }
    const char *held = status == KT_OK ? kt_failed_gate(&assembled, scratch) : reason.message;
    if (status == KT_OK && held != NULL) {
        KT_TRY(kt_blame_corrections(shop, campaign->parts, campaign->part_count, held, err));
    }
    kt_national_change largest = {0};
    if (held == NULL) {
        largest = largest_change(assembled.cube, shop->source, &of->figures, scratch);
    }
    if (held == NULL &&
        !kt_is_accepted(shop->acceptances, shop->source->id, campaign->name, shop->until)) {
        held = too_large(shop, &largest, scratch);
        out->by_revision = held != NULL;
    }
    out->held = held == NULL ? NULL : kt_arena_copy(of->arena, held);
    return held == NULL ? accept_campaign(of, index, &assembled, largest, scratch, err) : KT_OK;
}

/* How many verdicts of an earlier night still hold, and whether its figures may be built upon. */
static size_t count_standing(const kt_workshop *shop, const kt_campaign *campaigns, size_t count,
                             const kt_table *table, kt_arena *arena)
{
    if (!kt_text_same(table->verdicts_key, shop->key)) {
        return 0;
    }
    size_t standing = 0;
    while (standing < count && standing < table->verdict_count &&
           kt_text_same(table->verdicts[standing].campaign, campaigns[standing].name) &&
           kt_text_same(table->verdicts[standing].digest,
                        digest_of(shop, &campaigns[standing], arena))) {
        standing++;
    }
    for (size_t i = standing; i < table->verdict_count; i++) {
        if (table->verdicts[i].held == NULL) {
            return 0; /* its figures are in table->national and cannot be taken out again */
        }
    }
    return standing;
}

static void take_over_national(const kt_table *table, national *figures)
{
    for (size_t i = 0; i < table->national_count; i++) {
        national_set(figures, table->national[i].name, table->national[i].value);
    }
}

static void give_back_national(const national *figures, kt_arena *arena, kt_table *table)
{
    table->national_count = kt_codes_count(figures->names);
    table->national = kt_arena_array(arena, kt_national, table->national_count + 1);
    for (size_t i = 0; i < table->national_count; i++) {
        const char *name = kt_codes_at(figures->names, i);
        table->national[i] = (kt_national){.name = name, .value = national_get(figures, name)};
    }
}

/* Judges the campaigns that have no standing verdict. */
static kt_status judge_from(court *of, const kt_table *table, size_t standing, size_t count,
                            kt_error *err)
{
    of->figures = (national){.names = kt_codes_new(of->arena), .arena = of->arena};
    if (standing > 0) {
        memcpy(of->verdicts, table->verdicts, standing * sizeof *of->verdicts);
        take_over_national(table, &of->figures);
    }
    for (size_t i = standing; i < count; i++) {
        const kt_campaign *campaign = &of->campaigns[i];
        of->verdicts[i] = (kt_verdict){.campaign = campaign->name,
                                       .digest = digest_of(of->shop, campaign, of->arena),
                                       .first = campaign->first,
                                       .judged_now = true};
        KT_TRY(judge(of, i, err));
    }
    return KT_OK;
}

static kt_status judge_after(court *of, const kt_table *table, size_t standing, size_t count,
                             kt_error *err)
{
    if (!kt_history_open(of->shop, of->campaigns, table, standing, of->arena, &of->history)) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: no history", of->shop->source->id);
    }
    return judge_from(of, table, standing, count, err);
}

static kt_status judge_all(court *of, const kt_table *table, size_t standing, size_t count,
                           kt_error *err)
{
    kt_error reason = {0};
    kt_status status = judge_after(of, table, standing, count, &reason);
    /* What an earlier night left does not fit, or a body that it read is lost since. */
    if (standing > 0 && (status == KT_ERR_NOT_FOUND || status == KT_ERR_FORMAT)) {
        kt_history_close(&of->history);
        status = judge_after(of, table, 0, count, &reason);
    }
    return status == KT_OK ? KT_OK : kt_fail(err, status, "%s", reason.message);
}

kt_status kt_verdicts_make(const kt_workshop *shop, const kt_campaign *campaigns, size_t count,
                           kt_arena *arena, kt_table *table, kt_error *err)
{
    court of = {.shop = shop,
                .campaigns = campaigns,
                .verdicts = kt_arena_array(arena, kt_verdict, count + 1),
                .arena = arena};
    const size_t standing = count_standing(shop, campaigns, count, table, arena);
    const kt_status status = judge_all(&of, table, standing, count, err);
    kt_history_close(&of.history);
    KT_TRY(status);
    table->verdicts = of.verdicts;
    table->verdict_count = count;
    table->verdicts_key = shop->key;
    table->log = of.history.log;
    give_back_national(&of.figures, arena, table);
    return KT_OK;
}
