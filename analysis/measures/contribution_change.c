/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "analysis/mismatch.h"
#include "by_period.h"
#include "cells.h"
#include "sum.h"

/*
 * What each market adds to the change of mismatch between two periods in a row. With m(w, s) what a
 * market with shares w of posts and s of job seekers adds to the index (contribution.c), it is
 *
 *     m(w_t, s_t) - m(w_t-1, s_t-1),
 *
 * and these sum to M_t - M_t-1. Of it job seekers' shares make the mean of what their move makes
 * before and after that of the posts,
 *
 *     1/2 (m(w_t-1, s_t) - m(w_t-1, s_t-1) + m(w_t, s_t) - m(w_t, s_t-1)),
 *
 * and posts' shares the rest. A market that is not there in one of the periods has shares of 0 in
 * it; one that lacks a figure is left out of both, totals included.
 */

enum { IN_PERIOD, IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_MARKET, OUT_VALUE, OUT_BY_SEEKERS, OUT_BY_POSTS, OUT_CONTRIBUTION, OUT_COUNT };

/* One market in two periods. */
typedef struct pair {
    const char *market;
    double u_before, v_before, u_now, v_now;
} pair;

typedef struct pairs {
    size_t count;
    pair *pair;
    const char *period_text;
    const char *reason; /* why the period has no figures, or NULL */
} pairs;

/* A market that is not there in one of the periods has no seekers and no posts in it. */
static pairs match(const kt_group *group, kt_period_walk walk, kt_arena *arena)
{
    const double *seekers = group->figure[IN_UNEMPLOYED], *posts = group->figure[IN_VACANCIES];
    const kt_period_row *before = NULL, *now = NULL;
    pairs found = {.pair = kt_arena_array(arena, pair, walk.end - walk.before)};
    while (kt_period_walk_next(&walk, &before, &now)) {
        found.pair[found.count++] = (pair){.market = before != NULL ? before->market : now->market,
                                           .u_before = before != NULL ? seekers[before->row] : 0.0,
                                           .v_before = before != NULL ? posts[before->row] : 0.0,
                                           .u_now = now != NULL ? seekers[now->row] : 0.0,
                                           .v_now = now != NULL ? posts[now->row] : 0.0};
    }
    return found;
}

static bool is_whole(const pair *of)
{
    return !isnan(of->u_before + of->v_before + of->u_now + of->v_now);
}

/* Sums over the markets with all figures; no name. */
static pair total_of(const pairs *of)
{
    kt_sum sum[4] = {0};
    for (size_t i = 0; i < of->count; i++) {
        if (is_whole(&of->pair[i])) {
            kt_sum_add(&sum[0], of->pair[i].u_before);
            kt_sum_add(&sum[1], of->pair[i].v_before);
            kt_sum_add(&sum[2], of->pair[i].u_now);
            kt_sum_add(&sum[3], of->pair[i].v_now);
        }
    }
    return (pair){.u_before = kt_sum_value(sum[0]),
                  .v_before = kt_sum_value(sum[1]),
                  .u_now = kt_sum_value(sum[2]),
                  .v_now = kt_sum_value(sum[3])};
}

static const char *reason_of(const pair *total)
{
    if (!(total->u_before > 0.0 && total->u_now > 0.0)) {
        return "no job seekers in one of the two periods";
    }
    return total->v_before > 0.0 && total->v_now > 0.0 ? NULL
                                                       : "no vacancies in one of the two periods";
}

static void write_change(const pair *of, const pair *total, double alpha, double *out)
{
    const double s = of->u_before / total->u_before, w = of->v_before / total->v_before;
    const double s_now = of->u_now / total->u_now, w_now = of->v_now / total->v_now;
    const double before = kt_contribution_of(w, s, alpha);
    const double now = kt_contribution_of(w_now, s_now, alpha);
    const double seekers_moved = kt_contribution_of(w, s_now, alpha);
    const double posts_moved = kt_contribution_of(w_now, s, alpha);
    out[OUT_VALUE] = now - before;
    out[OUT_BY_SEEKERS] = (seekers_moved - before + now - posts_moved) / 2.0;
    out[OUT_BY_POSTS] = (posts_moved - before + now - seekers_moved) / 2.0;
    out[OUT_CONTRIBUTION] = now;
}

/* The rows of one period; *row is the next one. */
static void write_rows(const pairs *of, double alpha, kt_arena *arena, kt_findings *findings,
                       size_t *row)
{
    const pair total = total_of(of);
    const char *reason = of->reason != NULL ? of->reason : reason_of(&total);
    size_t left_out = 0;
    for (size_t i = 0; i < of->count; i++) {
        left_out += is_whole(&of->pair[i]) ? 0 : 1;
    }
    const char *note =
        left_out == 0
            ? NULL
            : kt_arena_print(arena, "markets without a figure, left out of both: %zu", left_out);
    for (size_t i = 0; i < of->count; i++, (*row)++) {
        findings->key[*row] = of->period_text;
        findings->text[*row * OUT_COUNT + OUT_MARKET] = of->pair[i].market;
        findings->reason[*row] =
            reason == NULL && !is_whole(&of->pair[i]) ? "a figure is missing" : reason;
        if (findings->reason[*row] == NULL) {
            findings->note[*row] = note;
            write_change(&of->pair[i], &total, alpha, &findings->number[*row * OUT_COUNT]);
        }
    }
}

/* What there is of each period; the number of rows in all. */
static size_t match_periods(const kt_group *group, kt_arena *arena, pairs *out,
                            size_t *period_count)
{
    const kt_period_row *sorted = kt_rows_by_period(group, IN_PERIOD, IN_MARKET, arena);
    size_t rows = 0, before = 0, at = 0;
    *period_count = 0;
    while (at < group->row_count) {
        const size_t end = kt_period_end(sorted, at, group->row_count);
        const bool first = *period_count == 0;
        const bool follows = !first && sorted[at].period == sorted[before].period + 1;
        const kt_period_walk walk = {sorted, follows ? before : at, at, at, end};
        pairs *found = &out[(*period_count)++];
        *found = match(group, walk, arena);
        found->period_text = sorted[at].period_text;
        if (!follows) {
            found->reason = first ? "first period" : "the period before is missing";
        }
        rows += found->count;
        before = at;
        at = end;
    }
    return rows;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)err;
    pairs *periods = kt_arena_array(arena, pairs, group->row_count);
    size_t period_count = 0;
    const size_t rows = match_periods(group, arena, periods, &period_count);
    kt_findings *findings = kt_findings_new(self, rows, arena);
    size_t row = 0;
    for (size_t i = 0; i < period_count; i++) {
        write_rows(&periods[i], params[0].number, arena, findings, &row);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_contribution_change = {
    .id = "contribution_change",
    .version = 1,
    .name_fi = "Osamarkkinoiden vaikutus indeksin muutokseen",
    .name_sv = "Delmarknadernas bidrag till indexets förändring",
    .name_en = "Contributions of sub-markets to the change of mismatch",
    .definition_fi =
        "Kuinka paljon kukin osamarkkina muutti kohtaanto-ongelman indeksiä edellisestä jaksosta; "
        "muutokset summautuvat indeksin muutokseen. Kumpikin osa, hakijoiden ja paikkojen osuuden "
        "muutoksesta tuleva, on kahden järjestyksen keskiarvo. Osamarkkinan muutos riippuu myös "
        "muista, sillä osuudet summautuvat yhteen. Ei kerro muutoksen syytä.",
    .definition_sv =
        "Hur mycket varje delmarknad ändrade indexet för matchningsproblem från föregående period; "
        "ändringarna summerar till indexets ändring. Delarna, av de sökandes och av platsernas "
        "andelar, är medelvärden av två ordningar. Ändringen beror också på de andra, eftersom "
        "andelarna summerar till ett. Säger inget om orsaken.",
    .definition_en =
        "How much each sub-market changed the mismatch index since the period before; the changes "
        "sum to the change of the index. The two parts, of the shares of seekers and of posts, are "
        "means of both orders. A sub-market's change depends on the others too, as shares sum to "
        "one. Does not say why it changed.",
    .formula = "m(w_t, s_t) - m(w_t-1, s_t-1), m(w, s) = alpha w + (1-alpha) s - w^alpha "
               "s^(1-alpha), w = v_i/V, s = u_i/U; parts: means of both orders",
    .reference =
        "Exact split of the index of Sahin, Song, Topa and Violante (2014); mean of orders as in "
        "Shorrocks, A. (2013), Journal of Economic Inequality 11, 99-126",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_ADD,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = {.name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons"},
            [IN_VACANCIES] = {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts"},
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_MARKET] = {.name = "market", .unit = "", .text = true},
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_BY_SEEKERS] = {.name = "from_unemployed", .unit = "share"},
            [OUT_BY_POSTS] = {.name = "from_vacancies", .unit = "share"},
            [OUT_CONTRIBUTION] = {.name = "contribution", .unit = "share"},
        },
    .compute = compute,
};
