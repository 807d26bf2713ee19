/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain.h"

#include <string.h>

#include "core/text.h"
#include "failed_together.h"

/* What the newest good probe of the table said of its update; NULL if it was never probed. */
static const char *probed(const kt_night *night, const char *source)
{
    for (size_t i = night->receipts.count; i-- > 0;) {
        const kt_receipt *receipt = &night->receipts.at[i];
        if (receipt->purpose == KT_PURPOSE_PROBE && kt_receipt_is_good(receipt) &&
            strcmp(receipt->source, source) == 0) {
            return receipt->updated;
        }
    }
    return NULL;
}

static const char *or_nothing(const char *text)
{
    return text == NULL ? "nothing" : text;
}

static const char *reason_to_fetch(const kt_night *night, const kt_source *source)
{
    const kt_vintage *vintage = kt_vintage_find(night->receipts.at, night->receipts.count,
                                                source->id, KT_NO_INSTANT, night->arena);
    if (vintage->reply_count == 0) {
        return "it was never fetched whole";
    }
    const char *updated = probed(night, source->id);
    if (!kt_text_same(updated, vintage->updated)) {
        return kt_arena_print(night->arena, "the source says updated %s, the archive has %s",
                              or_nothing(updated), or_nothing(vintage->updated));
    }
    char when[KT_INSTANT_SIZE];
    if (vintage->last_whole == KT_NO_INSTANT) {
        return "the whole table is due, it was never fetched whole";
    }
    return kt_arena_print(night->arena, "the whole table is due every %d days, last on %s",
                          source->whole_every_days, kt_instant_write(vintage->last_whole, when));
}

static const char *reason_not_to(const kt_night *night, const kt_fetch_result *result)
{
    const kt_source *source = result->source;
    if (result->rests_until != KT_NO_INSTANT) {
        char day[KT_INSTANT_SIZE];
        return kt_arena_print(night->arena, "it is asked for once in %d days, next on %.10s",
                              source->every_days, kt_instant_write(result->rests_until, day));
    }
    return kt_arena_print(night->arena, "updated %s, as in the archive",
                          or_nothing(probed(night, source->id)));
}

static void say_failed(const kt_fetch_result *results, size_t at, const char *what, FILE *out)
{
    const size_t first = kt_failed_first(results, at);
    (void)fprintf(out, "%s: %s: %s%s\n", results[at].source->id, what, first == at ? "" : "as ",
                  first == at ? kt_failure_words(&results[at]) : results[first].source->id);
}

static void explain_one(const kt_night *night, const kt_fetch_result *results, size_t at, FILE *out)
{
    const kt_fetch_result *result = &results[at];
    const char *id = result->source->id;
    if (result->state == KT_FETCH_FAILED) {
        say_failed(results, at, "cannot be fetched", out);
    } else if (result->state == KT_FETCH_UNCHANGED) {
        (void)fprintf(out, "%s: would not be fetched: %s\n", id, reason_not_to(night, result));
    } else {
        (void)fprintf(out, "%s: would be fetched: %s\n", id,
                      reason_to_fetch(night, result->source));
    }
}

/* "; once in 7 days" behind the plan of a table that is not asked for every night. */
static void end_line(const kt_source *source, FILE *out)
{
    if (source->every_days > 1) {
        (void)fprintf(out, "; once in %d days", source->every_days);
    }
    (void)fputc('\n', out);
}

static void plan_calls(const kt_source *source, const kt_plan *plan, FILE *out)
{
    if (plan->is_open && plan->cells == 0) {
        (void)fprintf(out, "%s: %zu calls, as many cells as there are, %.0f seconds", source->id,
                      plan->call_count, plan->seconds);
    } else {
        (void)fprintf(out, "%s: %zu calls, %zu cells, %.0f seconds", source->id, plan->call_count,
                      plan->cells, plan->seconds);
    }
    end_line(source, out);
}

static void plan_one(const kt_fetch_result *results, size_t at, FILE *out)
{
    const kt_fetch_result *result = &results[at];
    const kt_source *source = result->source;
    char day[KT_INSTANT_SIZE];
    if (result->state == KT_FETCH_FAILED) {
        say_failed(results, at, "no plan", out);
    } else if (result->rests_until != KT_NO_INSTANT) {
        (void)fprintf(out, "%s: not before %.10s, 0 calls", source->id,
                      kt_instant_write(result->rests_until, day));
        end_line(source, out);
    } else if (result->plan == NULL) {
        (void)fprintf(out, "%s: nothing new, 0 calls\n", source->id);
    } else {
        plan_calls(source, result->plan, out);
    }
}

typedef struct sums {
    size_t calls, cells, asked;
    double seconds;
} sums;

static void print_sums(const char *name, const sums *of, FILE *out)
{
    (void)fprintf(out, "%s: %zu calls, %zu cells, %.0f seconds\n", name, of->calls, of->cells,
                  of->seconds);
}

/* What the sources of one host, from the first of them on, would take. */
static sums sum_host(const kt_fetch_result *results, size_t count, const char *host)
{
    sums sum = {0};
    for (size_t i = 0; i < count; i++) {
        const kt_plan *plan = results[i].plan;
        if (plan != NULL && kt_text_same(plan->host, host)) {
            sum.calls += plan->call_count;
            sum.cells += plan->cells;
            sum.seconds = plan->seconds > sum.seconds ? plan->seconds : sum.seconds;
        }
    }
    return sum;
}

static bool is_first_of_host(const kt_fetch_result *results, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (results[i].plan != NULL &&
            kt_text_same(results[i].plan->host, results[at].plan->host)) {
            return false;
        }
    }
    return true;
}

/* What of it other nights do without. */
static void tell_rare(const kt_fetch_result *results, size_t count, FILE *out)
{
    sums rare = {0};
    for (size_t i = 0; i < count; i++) {
        if (results[i].plan != NULL && results[i].source->every_days > 1) {
            rare.calls += results[i].plan->call_count;
            rare.cells += results[i].plan->cells;
        }
    }
    if (rare.calls > 0) {
        (void)fprintf(out, "of these not every night: %zu calls, %zu cells\n", rare.calls,
                      rare.cells);
    }
}

/* Services are asked one after the other, so their times add up. */
static void plan_total(const kt_fetch_result *results, size_t count, FILE *out)
{
    sums all = {0};
    for (size_t i = 0; i < count; i++) {
        all.asked += results[i].calls;
        if (results[i].plan == NULL || !is_first_of_host(results, i)) {
            continue;
        }
        const sums host = sum_host(results, count, results[i].plan->host);
        print_sums(results[i].plan->host, &host, out);
        all.calls += host.calls;
        all.cells += host.cells;
        all.seconds += host.seconds;
    }
    print_sums("in all", &all, out);
    tell_rare(results, count, out);
    (void)fprintf(out, "asked to know this: %zu calls for limits, probes and metadata\n",
                  all.asked);
}

void kt_explain(const kt_night *night, const kt_fetch_result *results, size_t count, FILE *out)
{
    const bool why = kt_arguments_has(night->arguments, KT_OPTION_EXPLAIN);
    const bool plan = kt_arguments_has(night->arguments, KT_OPTION_DRY_RUN);
    for (size_t i = 0; i < count; i++) {
        if (why) {
            explain_one(night, results, i, out);
        }
        if (plan) {
            plan_one(results, i, out);
        }
    }
    if (plan) {
        plan_total(results, count, out);
    }
}
