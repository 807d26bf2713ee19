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

/* One period and the one before it, and what they sum to. */
typedef struct change {
    kt_period_walk walk; /* the next market */
    const char *period_text;
    pair total;
    const char *reason; /* why the period has no figures, or NULL */
    const char *note;
} change;

typedef struct cursor {
    const kt_group *group;
    const kt_period_row *rows; /* all of the group */
    size_t at;                 /* where the next period begins */
    size_t before;             /* where the one before that begins; at, at first */
    double alpha;
    change now;
    kt_arena *arena;
} cursor;

/* A market that is not there in one of the periods has no seekers and no posts in it. */
static bool next_pair(const kt_group *group, kt_period_walk *walk, pair *out)
{
    const double *seekers = group->figure[IN_UNEMPLOYED], *posts = group->figure[IN_VACANCIES];
    const kt_period_row *before = NULL, *now = NULL;
    if (!kt_period_walk_next(walk, &before, &now)) {
        return false;
    }
    *out = (pair){.market = before != NULL ? before->market : now->market,
                  .u_before = before != NULL ? seekers[before->row] : 0.0,
                  .v_before = before != NULL ? posts[before->row] : 0.0,
                  .u_now = now != NULL ? seekers[now->row] : 0.0,
                  .v_now = now != NULL ? posts[now->row] : 0.0};
    return true;
}

static bool is_whole(const pair *of)
{
    return !isnan(of->u_before + of->v_before + of->u_now + of->v_now);
}

/* Sums over the markets with all figures; no name. */
static pair total_of(const kt_group *group, kt_period_walk walk, size_t *left_out)
{
    kt_sum sum[4] = {0};
    pair next;
    *left_out = 0;
    while (next_pair(group, &walk, &next)) {
        if (is_whole(&next)) {
            kt_sum_add(&sum[0], next.u_before);
            kt_sum_add(&sum[1], next.v_before);
            kt_sum_add(&sum[2], next.u_now);
            kt_sum_add(&sum[3], next.v_now);
        } else {
            ++*left_out;
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

/* The period that begins at at->at, beside the one before if that is the month before. */
static kt_period_walk walk_of(const cursor *at)
{
    const size_t end = kt_period_end(at->rows, at->at, at->group->row_count);
    const bool follows = at->at > 0 && at->rows[at->at].period == at->rows[at->before].period + 1;
    return (kt_period_walk){at->rows, follows ? at->before : at->at, at->at, at->at, end};
}

static void step(cursor *at, const kt_period_walk *walk)
{
    at->before = at->at;
    at->at = walk->end;
}

static void open_period(cursor *at)
{
    const kt_period_walk walk = walk_of(at);
    size_t left_out = 0;
    change *now = &at->now;
    *now = (change){.walk = walk, .period_text = at->group->key[IN_PERIOD][at->rows[at->at].row]};
    now->total = total_of(at->group, walk, &left_out);
    if (walk.before == walk.middle) {
        now->reason = at->at == 0 ? "first period" : "the period before is missing";
    } else {
        now->reason = reason_of(&now->total);
    }
    if (left_out > 0) {
        now->note =
            kt_arena_print(at->arena, "markets without a figure, left out of both: %zu", left_out);
    }
    step(at, &walk);
}

static void write_row(const change *now, const pair *of, double alpha, kt_findings *rows,
                      size_t row)
{
    rows->key[row] = now->period_text;
    rows->text[row * OUT_COUNT + OUT_MARKET] = of->market;
    rows->reason[row] = now->reason == NULL && !is_whole(of) ? "a figure is missing" : now->reason;
    if (rows->reason[row] == NULL) {
        rows->note[row] = now->note;
        write_change(of, &now->total, alpha, &rows->number[row * OUT_COUNT]);
    }
}

static void next(void *state, kt_findings *rows)
{
    cursor *at = state;
    for (size_t row = 0; row < rows->row_count; row++) {
        pair of;
        while (!next_pair(at->group, &at->now.walk, &of)) {
            open_period(at);
        }
        write_row(&at->now, &of, at->alpha, rows, row);
    }
}

static size_t count_rows(cursor at)
{
    size_t rows = 0;
    pair of;
    while (at.at < at.group->row_count) {
        kt_period_walk walk = walk_of(&at);
        step(&at, &walk);
        while (next_pair(at.group, &walk, &of)) {
            rows++;
        }
    }
    return rows;
}

static kt_status begin(const kt_measure *self, const kt_group *group, const kt_param_value *params,
                       kt_arena *arena, kt_findings_source *out, kt_error *err)
{
    (void)self;
    (void)err;
    cursor *at = kt_arena_new(arena, cursor);
    *at = (cursor){.group = group,
                   .rows = kt_rows_by_period(group, IN_PERIOD, IN_MARKET, arena),
                   .alpha = params[0].number,
                   .arena = arena};
    *out = (kt_findings_source){.row_count = count_rows(*at), .state = at, .next = next};
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
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
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
    .begin = begin,
};
