/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/period.h"
#include "core/roles.h"
#include "core/text.h"
#include "doctor.h"
#include "fetch/look.h"
#include "fetch_settings.h"
#include "transform/rollup.h"

#define CLOCK_SLACK_S 300.0
#define RETRIES       2      /* a look is no night: a service that stutters is told of */
#define LONGEST_S     3600.0 /* a fetch that takes longer runs into the next timer */
#define DAY_S         86400

/* Of a list, the source file's name; its folder is the same for all of them. */
static const char *file_of(const kt_look *look)
{
    return look->source->file;
}

static const char *mend_silence(const kt_doctor *doctor, const kt_look *look)
{
    switch (look->silence) {
    case KT_SILENCE_NAME:
        return kt_arena_print(doctor->arena,
                              "correct the host of base_url in %s, or the name service of this "
                              "machine",
                              file_of(look));
    case KT_SILENCE_REFUSED:
        return "see that the service is up, and that a firewall or proxy lets this machine out to "
               "it";
    case KT_SILENCE_TLS:
        return "set the clock, install ca-certificates, and see that no proxy breaks into TLS";
    case KT_SILENCE_TIME:
        return "try again later; raise connect_timeout_s or stall_timeout_s of http if it is slow "
               "every day";
    default:
        return kt_arena_print(doctor->arena,
                              "open %s in a browser: if that is not the service, correct base_url "
                              "in %s, else wait",
                              look->source->base_url, file_of(look));
    }
}

static bool is_told(const kt_doctor *doctor, const char *check, const char *subject)
{
    for (size_t i = 0; i < doctor->count; i++) {
        const kt_doctor_line *line = &doctor->lines[i];
        if (strcmp(line->of.check, check) == 0 && strcmp(line->of.subject, subject) == 0) {
            return true;
        }
    }
    return false;
}

/* A service is told of once, however many tables it has. False if it has no limits for us. */
static bool check_service(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"service", look->host == NULL ? look->source->base_url : look->host};
    const bool is_silent = look->status == KT_ERR_UNREACHED && !look->tells_limits;
    const bool is_there = look->cells_a_call > 0 && !is_silent;
    if (is_told(doctor, of.check, of.subject)) {
        return is_there;
    }
    if (is_there) {
        kt_doctor_ok(doctor, of, "%zu cells a call, %zu calls in %g s, %s", look->cells_a_call,
                     look->calls_a_window, look->window_s,
                     look->tells_limits ? "as it says itself" : "which it does not say itself");
    } else {
        const bool is_ours = look->status == KT_ERR_CONFIG;
        kt_doctor_fault(doctor, of, is_ours ? KT_EXIT_CONFIG : KT_EXIT_UNREACHED,
                        mend_silence(doctor, look), "%s; expected an answer", look->message);
    }
    return is_there;
}

static void check_clock(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"clock", look->host};
    if (isnan(look->clock_off_s) || is_told(doctor, of.check, of.subject)) {
        return;
    }
    if (fabs(look->clock_off_s) > CLOCK_SLACK_S) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        "set the clock by ntp: timedatectl set-ntp true",
                        "this machine is %.0f s %s that service; expected at most %.0f s",
                        fabs(look->clock_off_s), look->clock_off_s > 0.0 ? "ahead of" : "behind",
                        CLOCK_SLACK_S);
    } else {
        kt_doctor_ok(doctor, of, "%.0f s away from this machine", fabs(look->clock_off_s));
    }
}

static const char *mend_matter(const kt_doctor *doctor, const kt_look *look, kt_role_matter matter)
{
    static const char *const mends[] = {
        [KT_MATTER_VARIABLE] = "write the variable's code or label into its names in %s, or codes "
                               "that it alone has into its markers",
        [KT_MATTER_NO_ROLE] =
            "give it a role in variables of %s, or say \"others\": \"total\" there",
        [KT_MATTER_CODE] = "write what the table has now into want and total in %s",
        [KT_MATTER_MEASURE] = "write its new code into %s, the former one into its earlier_codes; "
                              "or say that it is optional",
        [KT_MATTER_PERIOD] = "correct frequency in %s",
    };
    const char *mend = mends[matter];
    const char *at = strstr(mend, "%s");
    return kt_arena_print(doctor->arena, "%.*s%s%s", (int)(at - mend), mend, file_of(look), at + 2);
}

/* Each code, each variable; true if there is any trouble with them. */
static bool check_codes(kt_doctor *doctor, const kt_look *look)
{
    kt_role_troubles troubles = {0};
    kt_roles_examine(look->source, look->metadata, doctor->arena, &troubles);
    for (size_t i = 0; i < troubles.count; i++) {
        kt_doctor_fault(doctor, (kt_checked){"codes", look->source->id}, KT_EXIT_CONFIG,
                        mend_matter(doctor, look, troubles.at[i].matter), "%s",
                        troubles.at[i].line);
    }
    return troubles.count > 0;
}

/* The codes of each role as the cube of a night would have them: one period, one measure. */
static kt_status make_cube(const kt_doctor *doctor, const kt_look *look, kt_cube **out,
                           kt_error *err)
{
    kt_codes *codes[KT_ROLES] = {NULL};
    kt_resolved *resolved = NULL;
    KT_TRY(kt_roles_resolve(look->source, look->metadata, true, doctor->arena, &resolved, err));
    for (int role = 0; role < KT_ROLES; role++) {
        codes[role] = kt_codes_new(doctor->arena);
        if (kt_resolved_find(resolved, (kt_role)role) == NULL) {
            (void)kt_codes_add(codes[role], kt_source_absent_code(look->source, (kt_role)role),
                               NULL);
        }
    }
    for (size_t i = 0; i < resolved->variable_count; i++) {
        const kt_resolved_variable *variable = &resolved->variables[i];
        const bool is_one = variable->role == KT_ROLE_PERIOD || variable->role == KT_ROLE_MEASURE;
        for (size_t j = 0; j < variable->wanted_count && !(is_one && j > 0); j++) {
            (void)kt_codes_intern(codes[variable->role],
                                  kt_our_code(variable->spec, variable->wanted[j]));
        }
    }
    return kt_cube_new(doctor->arena, codes, out, err);
}

static const char *mend_of_code(const kt_doctor *doctor, const kt_look *look)
{
    const char *folder = doctor->config->classifications->folder;
    return look->source->sector_revision == NULL
               ? kt_arena_print(doctor->arena,
                                "add it to %s; or name it in leave_out, unallocated or map of %s",
                                folder, file_of(look))
               : kt_arena_print(doctor->arena,
                                "if the table is of another revision, mend `revision` of %s; else "
                                "add the code to %s, or name it in leave_out or map",
                                file_of(look), folder);
}

/* The night holds a table with a code that no classification knows. True if there is one; regions
 * in two places are a matter of the configuration, and told there. */
static bool check_classes(kt_doctor *doctor, const kt_look *look)
{
    kt_cube *cube = NULL;
    kt_rollup *rollup = NULL;
    kt_error why = {0};
    kt_status status = make_cube(doctor, look, &cube, &why);
    if (status == KT_OK) {
        status = kt_rollup_new(cube, look->source, doctor->config->classifications, doctor->arena,
                               &rollup, &why);
    }
    if (status == KT_OK || status == KT_ERR_CONFIG) {
        return false;
    }
    kt_doctor_fault(doctor, (kt_checked){"codes", look->source->id}, KT_EXIT_CONFIG,
                    mend_of_code(doctor, look), "%s", why.message);
    return true;
}

/* PxWeb lists what it has; others do not. */
static const char *list_hint(const kt_doctor *doctor, const kt_look *look)
{
    return kt_text_starts(look->source->protocol, "pxweb")
               ? kt_arena_print(doctor->arena, " (kohtaanto describe %s lists what is there)",
                                look->source->base_url)
               : "";
}

static void tell_failure(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"table", look->source->id};
    if (look->status == KT_ERR_FORMAT && !look->tells_metadata) {
        kt_doctor_fault(doctor, (kt_checked){"codes", look->source->id}, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena,
                                       "write what the reply has now into want, fixed and "
                                       "measures in %s",
                                       file_of(look)),
                        "%s", look->message);
    } else if (look->status == KT_ERR_DATA) {
        kt_doctor_fault(doctor, of, KT_EXIT_DATA,
                        "wait until the service has it again; what is stored stands", "%s",
                        look->message);
    } else if (look->metadata != NULL) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena, "correct %s", file_of(look)), "%s",
                        look->message);
    } else if (look->status == KT_ERR_HTTP && !look->tells_metadata) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena,
                                       "take what it does not know out of want and fixed in %s, "
                                       "or correct its addresses",
                                       file_of(look)),
                        "%s; expected its newest figures", look->message);
    } else if (look->status == KT_ERR_HTTP && look->silence == KT_SILENCE_NONE) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena,
                                       "find where it is now%s and add that to addresses in %s, "
                                       "with its first day",
                                       list_hint(doctor, look), file_of(look)),
                        "%s; expected its metadata", look->message);
    } else {
        kt_doctor_fault(doctor, of, KT_EXIT_UNREACHED, mend_silence(doctor, look),
                        "%s; expected its metadata", look->message);
    }
}

/* The night finds the table at another address too; whose turn it was is then written wrongly. */
static void check_address(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"table", look->source->id};
    const kt_address_spec *today = kt_source_address(look->source, doctor->now);
    if (today == NULL || strcmp(today->path, look->path) != 0) {
        kt_doctor_warn(
            doctor, of,
            kt_arena_print(doctor->arena, "correct the days of addresses in %s", file_of(look)),
            "%s%s, it is at %s; expected the address of the day",
            today == NULL ? "no address is of today" : "it is not at ",
            today == NULL ? "" : today->path, look->path);
    } else {
        kt_doctor_ok(doctor, of, "at %s, every wanted code is there, to %s", look->path,
                     look->last_period == NULL ? "no period that it tells" : look->last_period);
    }
}

static void check_age(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"age", look->source->id};
    kt_period last;
    if (look->last_period == NULL || !kt_period_read(look->last_period, &last)) {
        return;
    }
    const long days = (long)(doctor->now / DAY_S) - kt_period_last_day(last);
    if (look->discontinued || days > look->source->error_age_days) {
        kt_doctor_fault(
            doctor, of, KT_EXIT_CONFIG,
            kt_arena_print(doctor->arena,
                           "see whether another table goes on with it%s and add that to addresses "
                           "in %s; else take it out of the configuration",
                           list_hint(doctor, look), file_of(look)),
            "ends with %s, %ld days ago; expected at most %d: %s", look->last_period, days,
            look->source->error_age_days,
            look->discontinued ? "the service says that it is discontinued"
                               : "it has ended, or is stale");
    } else if (days > look->source->warn_age_days) {
        kt_doctor_warn(doctor, of, "wait for its release; see its calendar",
                       "ends with %s, %ld days ago; expected at most %d", look->last_period, days,
                       look->source->warn_age_days);
    } else {
        kt_doctor_ok(doctor, of, "ends with %s, %ld days ago", look->last_period, days);
    }
}

static void check_plan(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"limits", look->source->id};
    const kt_plan *plan = look->plan;
    if (plan->seconds > LONGEST_S) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena,
                                       "want less of it in %s: first or newest of the period, "
                                       "fewer codes; or ask the service for more",
                                       file_of(look)),
                        "the whole table is %zu cells in %zu calls, %.0f s at %zu calls in %g s; "
                        "expected at most %.0f s",
                        plan->cells, plan->call_count, plan->seconds, look->calls_a_window,
                        look->window_s, LONGEST_S);
    } else {
        kt_doctor_ok(doctor, of, "the whole table is %zu cells in %zu calls, %.0f s", plan->cells,
                     plan->call_count, plan->seconds);
    }
}

static void tell_folder(kt_doctor *doctor, const kt_look *look)
{
    const kt_checked of = {"folder", look->source->id};
    if (look->status == KT_OK) {
        kt_doctor_ok(doctor, of, "%s: %zu files are new, and can be read", look->source->base_url,
                     look->plan->call_count);
    } else {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        kt_arena_print(doctor->arena,
                                       "put a file there that is as %s says, or take the bad one "
                                       "away",
                                       file_of(look)),
                        "%s", look->message);
    }
}

static void tell(kt_doctor *doctor, const kt_look *look)
{
    doctor->calls += look->calls;
    if (look->is_folder) {
        tell_folder(doctor, look);
        return;
    }
    const bool is_served = check_service(doctor, look);
    check_clock(doctor, look);
    if (!is_served) {
        return;
    }
    if (look->metadata != NULL && check_codes(doctor, look)) {
        return;
    }
    if (look->status != KT_OK) {
        tell_failure(doctor, look);
        return;
    }
    if (look->metadata == NULL || !check_classes(doctor, look)) {
        check_address(doctor, look);
    }
    check_age(doctor, look);
    if (look->plan != NULL) {
        check_plan(doctor, look);
    }
}

/* How the looks are fetched: their calls are counted in the workspace if that harms no night, else
 * in a folder that goes. */
static kt_status careful_options(const kt_doctor *doctor, const kt_arguments *arguments,
                                 bool is_ours, kt_fetch_options *options, kt_error *err)
{
    KT_TRY(kt_fetch_settings(&doctor->config->http, doctor->workspace, arguments, doctor->arena,
                             options, err));
    options->retry_budget = options->retry_budget > RETRIES ? RETRIES : options->retry_budget;
    return is_ours ? kt_folder_make(options->limiter_folder, err)
                   : kt_fetch_scratch(doctor->arena, options, err);
}

kt_status kt_doctor_sources(kt_doctor *doctor, const kt_arguments *arguments, const bool *wanted,
                            kt_error *err)
{
    const kt_config *config = doctor->config;
    kt_look *looks = kt_arena_array(doctor->arena, kt_look, config->source_count + 1);
    size_t count = 0;
    const bool is_ours = doctor->is_ours && !doctor->is_locked;
    kt_fetch_options options;
    for (size_t i = 0; i < config->source_count; i++) {
        if (wanted[i]) {
            looks[count++].source = config->sources[i];
        }
    }
    KT_TRY(careful_options(doctor, arguments, is_ours, &options, err));
    KT_AUTO(archive) kt_archive *archive = NULL;
    KT_TRY(doctor->receipts.count == 0 ? KT_OK : kt_archive_open(doctor->workspace, &archive, err));
    const kt_look_past past = {doctor->receipts.at, doctor->receipts.count, archive};
    const kt_status status = kt_fetch_look(past, &options, looks, count, doctor->arena, err);
    for (size_t i = 0; status == KT_OK && i < count; i++) {
        tell(doctor, &looks[i]);
    }
    if (!is_ours) {
        KT_TRY(kt_folder_remove(options.limiter_folder, NULL));
    }
    return status;
}
