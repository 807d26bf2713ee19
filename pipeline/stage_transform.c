/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "disclosure.h"
#include "filling_store.h"
#include "night.h"
#include "pipeline/signals.h"
#include "projects/lists.h"
#include "projects/rejected.h"
#include "protect.h"
#include "run_id.h"
#include "verdict.h"

#define MOST_WARNINGS 5 /* of a list that are told one by one */

/* One table on its way from replies to the store. */
typedef struct work {
    kt_night *night;
    kt_workshop shop;
    kt_table *table;
    kt_campaign *campaigns;
    size_t campaign_count;
    kt_receipts receipts; /* without those of held campaigns */
    const kt_vintage *vintage;
    kt_arena *arena; /* of this table; what stays is copied into the night's */
    bool disputed;   /* another source says otherwise of the same cells */
    bool damaged;    /* a body that an earlier night could read is not whole any more */
} work;

/* What verdicts depend on besides replies: the configuration, the program, and which corrections
 * are known. */
static const char *workshop_key(const kt_config *config, kt_correction_choice corrections,
                                kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s%s", config->hash, kt_version(),
                          kt_corrections_key(corrections, arena));
}

static void without_held(work *job)
{
    const kt_table *table = job->table;
    const char **held = kt_arena_array(job->arena, const char *, table->verdict_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < table->verdict_count; i++) {
        if (table->verdicts[i].held != NULL) {
            held[count++] = table->verdicts[i].campaign;
        }
    }
    const char *id = job->shop.source->id;
    job->receipts = kt_receipts_without(job->night->receipts, id, held, count, job->arena);
    job->vintage =
        kt_vintage_find(job->receipts.at, job->receipts.count, id, job->night->until, job->arena);
}

/* The hash of everything the cube is made from. */
static const char *cube_key(const work *job)
{
    kt_hasher *hasher = kt_hash_start();
    kt_hash_add(hasher, job->shop.key, strlen(job->shop.key));
    for (size_t i = 0; i < job->vintage->reply_count; i++) {
        kt_hash_add(hasher, job->vintage->replies[i]->sha256, KT_HASH_SIZE);
    }
    const char *more = kt_protect_key(job->night, job->shop.source, job->arena);
    kt_hash_add(hasher, more, strlen(more));
    const char *totals = kt_disclosure_key(job->night, job->shop.source);
    kt_hash_add(hasher, totals, strlen(totals));
    const char *claims = kt_claims_key(job->night, job->shop.source, job->arena);
    kt_hash_add(hasher, claims, strlen(claims));
    char *key = kt_arena_array(job->night->arena, char, KT_HASH_SIZE);
    kt_hash_finish(hasher, key);
    return key;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void note_replies(const work *job, const bool *used)
{
    kt_table *table = job->table;
    kt_arena *arena = job->night->arena;
    table->replies = kt_arena_array(arena, const char *, job->vintage->reply_count + 1);
    table->reply_count = 0;
    table->as_of = KT_NO_INSTANT;
    for (size_t i = 0; i < job->vintage->reply_count; i++) {
        const char *sha256 = job->vintage->replies[i]->sha256;
        if (!used[i]) {
            continue;
        }
        const kt_instant first = kt_first_received(job->receipts.at, job->receipts.count, sha256);
        table->as_of = first > table->as_of ? first : table->as_of;
        table->replies[table->reply_count++] = kt_arena_copy(arena, sha256);
    }
    qsort(table->replies, table->reply_count, sizeof *table->replies, by_text);
}

/* What became of the corrections: some are in the cube, of all of them there is a row in checks. */
static void note_corrections(const work *job, const kt_assembled *made)
{
    kt_table *table = job->table;
    kt_arena *arena = job->night->arena;
    const size_t count = job->shop.corrections.count;
    table->corrections = kt_arena_array(arena, kt_correction, count + 1);
    table->correction_count = 0;
    for (size_t i = 0; i < count; i++) {
        const kt_corrected *one = &made->corrected[i];
        const kt_obs obs = (kt_obs)made->cube->status[one->cell];
        table->checks[table->check_count++] = kt_correction_check(one, obs, arena);
        if (one->state == KT_CORRECTION_APPLIED) {
            table->corrections[table->correction_count++] = kt_correction_applied(one, obs, arena);
        }
    }
}

static void add_checks(const work *job, const kt_check *rows, size_t count)
{
    kt_table *table = job->table;
    kt_arena *arena = job->night->arena;
    for (size_t i = 0; i < count; i++) {
        kt_check check = rows[i];
        check.name = kt_arena_copy(arena, check.name);
        check.subject = kt_arena_copy(arena, check.subject);
        check.severity = kt_arena_copy(arena, check.severity);
        check.examples = kt_arena_copy(arena, check.examples);
        table->checks[table->check_count++] = check;
    }
}

static void note_checks(const work *job, const kt_assembled *made, const kt_checks *margins,
                        const kt_checks *claims)
{
    kt_table *table = job->table;
    table->check_count = 0;
    table->checks = kt_arena_array(job->night->arena, kt_check,
                                   made->check_count + margins->count + claims->count +
                                       job->shop.corrections.count + 1);
    add_checks(job, made->checks, made->check_count);
    add_checks(job, margins->rows, margins->count);
    add_checks(job, claims->rows, claims->count);
}

/* PX-JSON writes 2026-07-21T05.00.00Z where JSON-stat has colons: published is one of the two. What
 * is no moment at all stays as it came, in one line. */
static const char *as_moment(const char *words, kt_arena *arena)
{
    char moment[KT_INSTANT_SIZE];
    kt_instant at = KT_NO_INSTANT;
    if (words == NULL) {
        return NULL;
    }
    if (!kt_instant_read(words, false, &at)) {
        char *line = kt_arena_copy(arena, words);
        kt_text_flatten(line);
        return line;
    }
    return kt_arena_copy(arena, kt_instant_write(at, moment));
}

/* A service may have rows of a period before it has figures: the newest one with a figure counts.
 */
static size_t newest_filled(const kt_cube *cube)
{
    const size_t periods = cube->size[KT_ROLE_PERIOD];
    size_t newest = 0;
    bool found = false;
    for (size_t i = 0; i < cube->cells; i++) {
        const kt_obs status = (kt_obs)cube->status[i];
        const size_t at = i / cube->stride[KT_ROLE_PERIOD] % periods;
        if (at >= newest && (kt_obs_has_value(status) || kt_obs_is_hidden(status))) {
            newest = at;
            found = true;
        }
    }
    return found ? newest : periods - 1;
}

static void note_cube(const work *job, const kt_cube *cube)
{
    kt_table *table = job->table;
    const kt_codes *periods = cube->codes[KT_ROLE_PERIOD];
    table->first_period = kt_arena_copy(job->night->arena, kt_codes_at(periods, 0));
    table->last_period =
        kt_arena_copy(job->night->arena, kt_codes_at(periods, newest_filled(cube)));
    table->sector_revision = table->source->sector_revision;
    table->cells = cube->cells;
    table->protected_cells = 0;
    for (size_t i = 0; i < cube->cells; i++) {
        table->protected_cells += kt_obs_is_hidden((kt_obs)cube->status[i]) ? 1 : 0;
    }
    const kt_receipt *newest = job->vintage->replies[job->vintage->reply_count - 1];
    table->address = kt_source_place(table->source, newest->url, job->night->arena);
    table->updated = as_moment(job->vintage->updated, job->night->arena);
}

/* Intervals and points of the protected cells; what has been pointed before is not pointed again.
 */
static kt_status reconcile(const work *job, const kt_assembled *made, kt_reconciled *out,
                           kt_error *err)
{
    const kt_night *night = job->night;
    const char *newest = kt_path_join(job->arena, night->workspace, "store");
    const kt_fillings before =
        kt_fillings_load(kt_table_points_path(newest, job->table->source, job->arena), job->arena);
    const kt_reconcile_table table = kt_assembled_table(&job->shop, made);
    KT_TRY(kt_reconcile_intervals(&table, &before, night->config->analysis.threads, job->arena, out,
                                  err));
    return kt_fillings_save(
        &out->fillings, kt_table_points_path(night->store, job->table->source, job->arena), err);
}

/* Cube first, facts last: facts that are there speak of a cube that is there. A kill between the
 * two must not leave the old key beside the new cube. */
static kt_status forget_key(const work *job, kt_error *err)
{
    kt_table stored = kt_table_load(job->table->source, job->night->store, job->arena);
    stored.key = "being made";
    return stored.there ? kt_table_save(&stored, job->night->store, job->arena, err) : KT_OK;
}

static kt_status make_cube(work *job, const char *key, kt_error *err)
{
    kt_table *table = job->table;
    kt_assembled made = {0};
    table->there = false;
    const kt_status status = kt_assemble_replies(&job->shop, job->vintage->replies,
                                                 job->vintage->reply_count, job->arena, &made, err);
    job->damaged = made.damaged;
    if (status != KT_OK) {
        return status;
    }
    KT_TRY(kt_corrections_verify(made.corrected, job->shop.corrections.count, table->source, err));
    const char *held = kt_failed_gate(&made, job->arena);
    if (held != NULL) {
        KT_TRY(kt_blame_corrections(&job->shop, job->vintage->replies, job->vintage->reply_count,
                                    held, err));
        return kt_fail(err, KT_ERR_DATA, "%s: %s", table->source->id, held);
    }
    kt_checks claims = {0};
    const kt_status settled =
        kt_claims_hold(job->night, &job->shop, &made, job->arena, &claims, err);
    job->disputed = settled == KT_ERR_DATA;
    KT_TRY(settled);
    const kt_reconcile_table parts = kt_assembled_table(&job->shop, &made);
    KT_TRY(kt_protect(job->night, &parts, job->arena, err));
    KT_TRY(kt_disclosure_cover(job->night, &job->shop, &made, job->arena, err));
    kt_reconciled margins = {0};
    KT_TRY(reconcile(job, &made, &margins, err));
    note_replies(job, made.used);
    note_checks(job, &made, &margins.checks, &claims);
    note_corrections(job, &made);
    note_cube(job, made.cube);
    table->key = key;
    table->there = true;
    KT_TRY(forget_key(job, err));
    KT_TRY(kt_table_keep_classes(job->night->config->classifications, job->night->store,
                                 table->source, job->arena, err));
    return kt_cube_save(made.cube, kt_table_cube_path(job->night->store, table->source, job->arena),
                        err);
}

/* The campaigns agree each with the rules but not with one another, or with another source: the
 * newest good one goes. */
static bool drop_newest_good(work *job, const char *why)
{
    kt_table *table = job->table;
    for (size_t i = table->verdict_count; i-- > 0;) {
        if (table->verdicts[i].held == NULL) {
            table->verdicts[i].held = kt_arena_copy(job->night->arena, why);
            table->verdicts[i].by_claim = job->disputed;
            return true;
        }
    }
    return false;
}

static bool is_stored(const work *job, const char *key)
{
    return job->table->there && kt_text_same(job->table->key, key) &&
           kt_file_exists(kt_table_cube_path(job->night->store, job->table->source, job->arena));
}

/* Verdicts that stand from an earlier night do not know which campaign lost a body since. */
static kt_status judge_again(work *job, kt_error *err)
{
    kt_table *table = job->table;
    table->verdicts_key = NULL;
    return kt_verdicts_make(&job->shop, job->campaigns, job->campaign_count, job->night->arena,
                            table, err);
}

/* What can be left out, so that the rest of the table can be made. */
static kt_status leave_out(work *job, bool *judged_again, kt_status status, const char *why,
                           kt_error *err)
{
    if (job->damaged && !*judged_again) {
        *judged_again = true;
        return judge_again(job, err);
    }
    const bool about_data = status == KT_ERR_FORMAT || status == KT_ERR_DATA;
    return about_data && drop_newest_good(job, why) ? KT_OK : kt_fail(err, status, "%s", why);
}

static kt_status make_table(work *job, kt_error *err)
{
    kt_table *table = job->table;
    bool judged_again = false;
    job->disputed = false;
    for (;;) {
        KT_TRY(kt_signals_check(err));
        without_held(job);
        if (job->vintage->reply_count == 0) {
            table->there = false;
            return KT_OK;
        }
        const char *key = cube_key(job);
        if (is_stored(job, key)) {
            return KT_OK;
        }
        kt_error reason = {0};
        const kt_status status = make_cube(job, key, &reason);
        if (status == KT_OK) {
            return KT_OK;
        }
        KT_TRY(leave_out(job, &judged_again, status, reason.message, err));
    }
}

static kt_status put_vintages(const work *job, kt_error *err)
{
    if (job->night->ledger == NULL) {
        return KT_OK;
    }
    KT_TRY(kt_ledger_begin(job->night->ledger, err));
    for (size_t i = 0; i < job->campaign_count; i++) {
        const kt_campaign *campaign = &job->campaigns[i];
        const kt_verdict *verdict = &job->table->verdicts[i];
        const kt_ledger_vintage vintage = {
            .source = job->shop.source->id,
            .campaign = campaign->name,
            .updated = campaign->updated,
            .first = campaign->first,
            .last = campaign->last,
            .parts = campaign->part_count,
            .whole = campaign->whole,
            .verdict = verdict->held == NULL ? "good" : "held",
            .reason = verdict->held,
        };
        KT_TRY(kt_ledger_put_vintage(job->night->ledger, &vintage, err));
    }
    return kt_ledger_commit(job->night->ledger, err);
}

static bool asked_to_accept(const kt_night *night, const char *source)
{
    const kt_arguments *arguments = night->arguments;
    for (size_t i = 0; i < arguments->counts[KT_OPTION_ACCEPT]; i++) {
        if (strcmp(arguments->values[KT_OPTION_ACCEPT][i], source) == 0) {
            return true;
        }
    }
    return false;
}

/* Only a revision can be let through: figures that cannot be true stay out whoever asks. */
static kt_status accept_newest(work *job, bool *accepted, kt_error *err)
{
    const char *id = job->shop.source->id;
    const kt_verdict *held = kt_table_held(job->table);
    *accepted = false;
    if (!asked_to_accept(job->night, id) || held == NULL) {
        return KT_OK;
    }
    if (!held->by_revision) {
        return kt_fail(err, KT_ERR_DATA, "%s cannot be accepted: %s", id, held->held);
    }
    const kt_acceptance acceptance = {
        .source = id, .campaign = held->campaign, .time = kt_instant_now()};
    KT_TRY(kt_acceptance_add(job->night->workspace, &acceptance, job->arena, err));
    kt_log_write(&job->night->session->log, KT_INFO, "transform.accepted", "%s: accepted: %s", id,
                 held->held);
    *accepted = true;
    return kt_acceptances_load(job->night->workspace, job->night->arena, &job->shop.acceptances,
                               err);
}

/* What was left out for another source's figures may stand beside those of tonight. */
static void forget_disputes(kt_table *table)
{
    for (size_t i = 0; i < table->verdict_count; i++) {
        if (table->verdicts[i].by_claim) {
            table->verdicts[i].held = NULL;
            table->verdicts[i].by_claim = false;
        }
    }
}

static kt_status judge_campaigns(work *job, kt_error *err)
{
    kt_night *night = job->night;
    const char *id = job->shop.source->id;
    job->campaign_count =
        kt_campaigns_find(night->receipts, id, night->until, night->arena, &job->campaigns);
    forget_disputes(job->table);
    KT_TRY(kt_verdicts_make(&job->shop, job->campaigns, job->campaign_count, night->arena,
                            job->table, err));
    bool accepted = false;
    KT_TRY(accept_newest(job, &accepted, err));
    return accepted ? kt_verdicts_make(&job->shop, job->campaigns, job->campaign_count,
                                       night->arena, job->table, err)
                    : KT_OK;
}

/* The classifications its last version was summed by; NULL if the other tables' codes, or its own,
 * would then have no names. */
static const kt_classifications *last_classes(const work *job)
{
    const kt_classifications *now = job->night->config->classifications;
    const kt_classifications *then =
        kt_table_classes(job->night->store, job->table->source, job->arena);
    return then != NULL && (kt_classes_cover(now, then) || kt_classes_cover(then, now)) ? then
                                                                                        : NULL;
}

/* The configuration stops this table alone: what an earlier night made of it stands. */
static void stop_table(work *job, const char *why)
{
    const kt_night *night = job->night;
    kt_table *table = job->table;
    *table = kt_table_load(table->source, night->store, night->arena);
    table->there = table->there &&
                   kt_file_exists(kt_table_cube_path(night->store, table->source, job->arena)) &&
                   last_classes(job) != NULL;
    table->stop =
        (kt_verdict){.campaign = "", .digest = "", .held = kt_arena_copy(night->arena, why)};
}

static bool is_judged_now(const kt_table *table)
{
    for (size_t i = 0; i < table->verdict_count; i++) {
        if (table->verdicts[i].judged_now) {
            return true;
        }
    }
    return false;
}

/* The history goes to the disk when it grew, or when it is not there. */
static kt_status keep_history(work *job, kt_error *err)
{
    kt_table *table = job->table;
    if (table->log == NULL || (table->history != NULL && !is_judged_now(table))) {
        return KT_OK;
    }
    char *sha256 = kt_arena_array(job->night->arena, char, KT_HASH_SIZE);
    KT_TRY(kt_revision_log_save(table->log, job->night->store, table->source, sha256, err));
    table->history = sha256;
    return KT_OK;
}

/* Not one campaign can be used any more: a configuration that says otherwise made the last version.
 */
static void keep_last_good(work *job)
{
    const kt_verdict *held = kt_table_held(job->table);
    if (held != NULL && kt_table_load(job->table->source, job->night->store, job->arena).there) {
        stop_table(job, held->held);
    }
}

static kt_status judge_and_make(work *job, kt_error *err)
{
    KT_TRY(judge_campaigns(job, err));
    KT_TRY(make_table(job, err));
    KT_TRY(keep_history(job, err));
    return put_vintages(job, err);
}

static void tell_revision(const kt_log *log, const kt_source *source, const kt_campaign_note *note)
{
    const char *id = source->id;
    const double limit = source->warn_share;
    if (note->compared > 0) {
        kt_log_write(log, KT_INFO, "transform.revised", "%s: %zu of %zu cells were revised", id,
                     note->changed, note->compared);
    }
    if (kt_national_share(&note->national) > limit) {
        kt_log_write(log, KT_WARNING, "transform.large_revision",
                     "%s: %s of the whole country changed by more than the share %.17g", id,
                     note->national.figure, limit);
    }
}

/* Of what was judged tonight. */
static void tell_revisions(const kt_night *night, const kt_table *table)
{
    for (size_t i = 0; i < table->verdict_count; i++) {
        const kt_verdict *verdict = &table->verdicts[i];
        const kt_campaign_note *note = kt_revision_log_find(table->log, verdict->campaign);
        if (verdict->judged_now && note != NULL) {
            tell_revision(&night->session->log, table->source, note);
        }
    }
}

static void tell(const kt_night *night, const kt_table *table)
{
    const kt_log *log = &night->session->log;
    const kt_verdict *held = kt_table_held(table);
    if (held != NULL) {
        kt_log_write(log, KT_WARNING, "transform.held",
                     "%s: held, the last good version stands: %s", table->source->id, held->held);
    }
    tell_revisions(night, table);
    if (table->there) {
        kt_log_write(log, KT_INFO, "transform.table", "%s: %s to %s, %zu cells, %zu protected",
                     table->source->id, table->first_period, table->last_period, table->cells,
                     table->protected_cells);
        kt_tell_margins(table, log);
    }
}

static kt_status transform_table(kt_night *night, kt_table *table, kt_instant as_of,
                                 kt_acceptances acceptances, kt_error *err)
{
    const kt_correction_choice corrections =
        kt_corrections_choose(night->config, table->source->id, as_of, night->arena);
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(table->source->id, 0);
    work job = {
        .night = night,
        .table = table,
        .arena = arena,
        .shop = {.config = night->config,
                 .source = table->source,
                 .archive = night->archive,
                 .acceptances = acceptances,
                 .corrections = corrections,
                 .until = night->until,
                 .store = night->store,
                 .key = workshop_key(night->config, corrections, night->arena)},
    };
    kt_error reason = {0};
    table->stop = (kt_verdict){0};
    const kt_status made = judge_and_make(&job, &reason);
    if (made == KT_ERR_CONFIG) {
        stop_table(&job, reason.message);
    } else if (made != KT_OK) {
        return kt_fail(err, made, "%s", reason.message);
    } else if (!table->there) {
        keep_last_good(&job);
    }
    return kt_table_save(table, night->store, arena, err);
}

static kt_status transform_some(kt_night *night, size_t rank, kt_instant as_of,
                                kt_acceptances acceptances, kt_error *err)
{
    for (size_t i = 0; i < night->config->source_count; i++) {
        KT_TRY(kt_disclosure_rank(night->config->sources[i]) == rank
                   ? transform_table(night, &night->tables[i], as_of, acceptances, err)
                   : KT_OK);
    }
    return KT_OK;
}

/* In the order of the configuration, which says who gives a cell. */
static kt_status transform_all(kt_night *night, kt_instant as_of, kt_acceptances acceptances,
                               kt_error *err)
{
    for (size_t i = 0; i < night->config->source_count; i++) {
        KT_TRY(transform_table(night, &night->tables[i], as_of, acceptances, err));
    }
    return KT_OK;
}

/* Tables that show totals of others come first where these are covered: what is covered there is
 * covered in the others. */
static kt_status transform_tables(kt_night *night, kt_instant as_of, kt_acceptances acceptances,
                                  kt_error *err)
{
    if (!night->config->publish.strict_disclosure) {
        return transform_all(night, as_of, acceptances, err);
    }
    for (size_t rank = 0; rank < KT_DISCLOSURE_RANKS; rank++) {
        KT_TRY(transform_some(night, rank, as_of, acceptances, err));
    }
    return KT_OK;
}

/*
 * Which corrections hold follows from the as_of of the run, and that from the tables: so they are
 * made as of what stood before, and again where that turns out to be too early. It never goes back:
 * a correction that stops the newest table would take itself away.
 */
static kt_status transform_corrected(kt_night *night, kt_error *err)
{
    kt_acceptances acceptances;
    kt_instant as_of = KT_NO_INSTANT;
    kt_instant next = kt_run_identify(night).as_of;
    KT_TRY(kt_acceptances_load(night->workspace, night->arena, &acceptances, err));
    do {
        as_of = next;
        KT_TRY(transform_tables(night, as_of, acceptances, err));
        const kt_instant now = kt_run_identify(night).as_of;
        next = now > as_of ? now : as_of;
    } while (!kt_corrections_same(night->config, as_of, next));
    return KT_OK;
}

/* Of the newest list of its format: of what came before, the checks tell. */
static void tell_rejected(const kt_night *night, const kt_list_file *file)
{
    if (file->reject_count > 0 && kt_list_file_is_list(file) &&
        kt_list_is_newest(night->lists, file)) {
        kt_log_write(&night->session->log, KT_WARNING, "transform.list_rejected", "%s: %s: %s",
                     file->source->id, file->name, kt_list_rejected_words(file, night->arena));
    }
}

static void tell_list(const kt_night *night, const kt_list_file *file)
{
    const kt_log *log = &night->session->log;
    const char *id = file->source->id;
    if (file->withdrawn) { /* told when it went */
        return;
    }
    if (file->replaced) {
        kt_log_write(log, KT_INFO, "transform.list_replaced",
                     "%s: %s: what came later stands in its place", id, file->name);
        return;
    }
    if (file->is_to_come) {
        kt_log_write(log, KT_WARNING, "transform.list_to_come",
                     "%s: left out until it is saved under the day of which it speaks: %s", id,
                     file->held);
        return;
    }
    if (file->held != NULL) {
        kt_log_write(log, KT_WARNING, "transform.list_held",
                     "%s: held, the lists before it stand: %s", id, file->held);
        return;
    }
    kt_log_write(log, KT_INFO, "transform.list",
                 "%s: %s: %zu projects in %zu rows, as %s, %zu rejected, %zu of other funds", id,
                 file->name, file->projects, file->rows, file->format, file->reject_count,
                 file->left_out);
    tell_rejected(night, file);
    for (size_t i = 0; i < file->warning_count && i < MOST_WARNINGS; i++) {
        kt_log_write(log, KT_WARNING, "transform.list_warning", "%s: %s", id,
                     file->warnings[i].words);
    }
    if (file->warned > MOST_WARNINGS) {
        kt_log_write(log, KT_WARNING, "transform.list_warnings", "%s: %s: %zu more of this kind",
                     id, file->name, file->warned - MOST_WARNINGS);
    }
}

static void tell_lists(const kt_night *night)
{
    for (size_t i = 0; i < night->lists->count; i++) {
        tell_list(night, &night->lists->at[i]);
    }
}

static void tell_own(const kt_night *night)
{
    const kt_own_counts *own = &night->config->own;
    for (size_t i = 0; i < own->count; i++) {
        const kt_own_file *file = &own->files[i];
        if (file->held != NULL) {
            kt_log_write(&night->session->log, KT_WARNING, "transform.own_held",
                         "own counts: held, the other files stand: %s", file->held);
        } else {
            kt_log_write(&night->session->log, KT_INFO, "transform.own", "own counts: %s: %zu rows",
                         file->name, file->row_count);
        }
    }
}

kt_status kt_night_transform(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    kt_night_tables(night);
    KT_TRY(kt_folder_make(kt_path_join(night->arena, night->store, "cubes"), err));
    KT_TRY(kt_night_lists(night, err));
    KT_TRY(transform_corrected(night, err));
    outcome->held = night->lists->held + night->config->own.held;
    for (size_t i = 0; i < night->config->source_count; i++) {
        outcome->held += kt_table_held(&night->tables[i]) != NULL ? 1 : 0;
    }
    return KT_OK;
}

kt_status kt_stage_transform(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    KT_TRY(kt_night_transform(night, outcome, err));
    tell_lists(night);
    tell_own(night);
    for (size_t i = 0; i < night->config->source_count; i++) {
        tell(night, &night->tables[i]);
    }
    return KT_OK;
}
