/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/number.h"
#include "core/text.h"
#include "pipeline/signals.h"
#include "transform/assemble.h"
#include "transform/rollup.h"

typedef struct loader {
    const kt_archive *archive;
    const kt_receipt *const *replies;
    bool *damaged;
} loader;

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
    out->name = receipt->sha256;
    return KT_OK;
}

kt_status kt_assemble_replies(const kt_workshop *shop, const kt_receipt *const *replies,
                              size_t count, kt_arena *arena, kt_assembled *out, kt_error *err)
{
    loader from = {.archive = shop->archive, .replies = replies, .damaged = &out->damaged};
    out->used = kt_arena_array(arena, bool, count + 1);
    const kt_replies all = {
        .count = count, .load = load_reply, .context = &from, .used = out->used};
    KT_TRY(kt_assemble(shop->source, &all, arena, &out->cube, err));
    KT_TRY(
        kt_reconcile_points(out->cube, shop->source, &shop->config->classifications->regions, err));
    KT_TRY(kt_rollup_new(out->cube, shop->source, shop->config->classifications, arena,
                         &out->rollup, err));
    kt_checks checks = {0};
    KT_TRY(kt_reconcile_checks(out->cube, shop->source, out->rollup, arena, &checks, err));
    out->checks = checks.rows;
    out->check_count = checks.count;
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

static const char *words_of_revision(const char *name, double before, double now, double limit,
                                     kt_arena *arena)
{
    char old_number[KT_NUMBER_SIZE];
    char new_number[KT_NUMBER_SIZE];
    char share[KT_NUMBER_SIZE];
    (void)kt_number_write(before, old_number);
    (void)kt_number_write(now, new_number);
    (void)kt_number_write(limit, share);
    return kt_arena_print(arena,
                          "revision_within_limit: %s of the whole country went from %s to %s, "
                          "more than the share %s that the source allows",
                          name, old_number, new_number, share);
}

/* The first national figure that changed by more than the source allows, in words; else NULL. */
static const char *too_large_revision(const kt_cube *cube, const kt_source *source,
                                      const national *before, kt_arena *arena)
{
    national_walk walk = walk_national(cube, source);
    for (size_t i = 0; i < count_national(&walk); i++) {
        const size_t period = i / cube->size[KT_ROLE_MEASURE];
        const size_t measure = i % cube->size[KT_ROLE_MEASURE];
        const char *name = national_name(cube, period, measure, arena);
        const double old = national_get(before, name);
        const double now = national_figure(&walk, period, measure);
        if (!isnan(old) && !isnan(now) && fabs(now - old) > source->hold_share * fabs(old)) {
            return words_of_revision(name, old, now, source->hold_share, arena);
        }
    }
    return NULL;
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

static kt_status judge(const kt_workshop *shop, const kt_campaign *campaign, national *figures,
                       kt_arena *arena, kt_verdict *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a campaign on trial", 0);
    kt_assembled assembled = {0};
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
    const bool accepted =
        kt_is_accepted(shop->acceptances, shop->source->id, campaign->name, shop->until);
    if (held == NULL && !accepted) {
        held = too_large_revision(assembled.cube, shop->source, figures, scratch);
        out->by_revision = held != NULL;
    }
    out->held = held == NULL ? NULL : kt_arena_copy(arena, held);
    if (held == NULL) {
        learn_national(assembled.cube, shop->source, figures, scratch);
    }
    return KT_OK;
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

kt_status kt_verdicts_make(const kt_workshop *shop, const kt_campaign *campaigns, size_t count,
                           kt_arena *arena, kt_table *table, kt_error *err)
{
    const size_t standing = count_standing(shop, campaigns, count, table, arena);
    kt_verdict *verdicts = kt_arena_array(arena, kt_verdict, count + 1);
    national figures = {.names = kt_codes_new(arena), .arena = arena};
    if (standing > 0) {
        memcpy(verdicts, table->verdicts, standing * sizeof *verdicts);
        take_over_national(table, &figures);
    }
    for (size_t i = standing; i < count; i++) {
        verdicts[i] = (kt_verdict){.campaign = campaigns[i].name,
                                   .digest = digest_of(shop, &campaigns[i], arena),
                                   .first = campaigns[i].first};
        KT_TRY(judge(shop, &campaigns[i], &figures, arena, &verdicts[i], err));
    }
    table->verdicts = verdicts;
    table->verdict_count = count;
    table->verdicts_key = shop->key;
    give_back_national(&figures, arena, table);
    return KT_OK;
}
