/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "by_period.h"
#include "core/cleanup.h"
#include "sum.h"

/*
 * Lilien (1982): the dispersion of employment growth over sectors between two periods,
 *
 *     sigma_t = sqrt(sum_i e_it/E_t (ln e_it/e_i,t-1 - ln E_t/E_t-1)^2),
 *
 * and beside it the turbulence 1/2 sum_i |e_it/E_t - e_i,t-1/E_t-1|. A sector that is 0 in one of
 * the two periods has no logarithm: sigma leaves it out of both totals, turbulence does not. One
 * without a figure is left out of both.
 */

enum { IN_PERIOD, IN_MARKET, IN_EMPLOYMENT };
enum { OUT_VALUE, OUT_TURBULENCE, OUT_COUNT };

/* One sector in two periods that follow one another. */
typedef struct pair {
    double before, now;
} pair;

typedef struct pairs {
    size_t count;
    pair *pair;
    size_t unpaired; /* sectors without a figure in one of the two periods */
} pairs;

static void add_pair(pairs *to, double before, double now)
{
    if (isnan(before) || isnan(now)) {
        to->unpaired++;
        return;
    }
    if (before == 0.0 && now == 0.0) {
        return;
    }
    to->pair[to->count++] = (pair){before, now};
}

/* A sector that is not there in one of the periods has no figure in it. */
static pairs match(const double *employment, kt_period_walk walk, kt_arena *arena)
{
    const kt_period_row *before = NULL, *now = NULL;
    pairs found = {.pair = kt_arena_array(arena, pair, walk.end - walk.middle)};
    while (kt_period_walk_next(&walk, &before, &now)) {
        add_pair(&found, before != NULL ? employment[before->row] : NAN,
                 now != NULL ? employment[now->row] : NAN);
    }
    return found;
}

static pair total_of(const pairs *of, bool positive_only, size_t *used)
{
    kt_sum before = {0}, now = {0};
    *used = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (!positive_only || (of->pair[i].before > 0.0 && of->pair[i].now > 0.0)) {
            kt_sum_add(&before, of->pair[i].before);
            kt_sum_add(&now, of->pair[i].now);
            ++*used;
        }
    }
    return (pair){kt_sum_value(before), kt_sum_value(now)};
}

static double dispersion(const pairs *of, pair total)
{
    const double growth = log(total.now / total.before);
    kt_sum sum = {0};
    for (size_t i = 0; i < of->count; i++) {
        if (of->pair[i].before > 0.0 && of->pair[i].now > 0.0) {
            const double apart = log(of->pair[i].now / of->pair[i].before) - growth;
            kt_sum_add(&sum, of->pair[i].now / total.now * apart * apart);
        }
    }
    return sqrt(fmax(kt_sum_value(sum), 0.0));
}

static double turbulence(const pairs *of, pair total)
{
    kt_sum sum = {0};
    for (size_t i = 0; i < of->count; i++) {
        kt_sum_add(&sum, fabs(of->pair[i].now / total.now - of->pair[i].before / total.before));
    }
    return kt_sum_value(sum) / 2.0;
}

static void write_row(kt_findings *findings, size_t row, const pairs *of, kt_arena *arena)
{
    double *number = &findings->number[row * OUT_COUNT];
    size_t used, all;
    const pair positive = total_of(of, true, &used);
    const pair whole = total_of(of, false, &all);
    if (used == 0) {
        findings->reason[row] = "no sector with employment in both periods";
        return;
    }
    number[OUT_VALUE] = dispersion(of, positive);
    number[OUT_TURBULENCE] = turbulence(of, whole);
    const size_t left_out = of->unpaired + (all - used);
    if (left_out > 0) {
        findings->note[row] = kt_arena_print(
            arena, "sectors left out, new, closed or without a figure: %zu", left_out);
    } else if (used == 1) {
        findings->note[row] = "single market";
    }
}

static size_t count_periods(const kt_period_row *rows, size_t count)
{
    size_t periods = 0;
    for (size_t at = 0; at < count; at = kt_period_end(rows, at, count)) {
        periods++;
    }
    return periods;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    (void)err;
    const size_t count = group->row_count;
    const kt_period_row *rows = kt_rows_by_period(group, IN_PERIOD, IN_MARKET, arena);
    kt_findings *findings = kt_findings_new(self, count_periods(rows, count), arena);
    size_t before = 0, at = 0;
    for (size_t row = 0; at < count; row++) {
        const size_t end = kt_period_end(rows, at, count);
        findings->key[row] = group->key[IN_PERIOD][rows[at].row];
        if (row == 0) {
            findings->reason[row] = "first period";
        } else if (rows[at].period != rows[before].period + 1) {
            findings->reason[row] = "the period before is missing";
        } else {
            const kt_period_walk walk = {rows, before, at, at, end};
            KT_AUTO(arena) kt_arena *own = kt_arena_open("two periods of sectors", 0);
            const pairs found = match(group->figure[IN_EMPLOYMENT], walk, own);
            write_row(findings, row, &found, arena);
        }
        before = at;
        at = end;
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_lilien = {
    .id = "lilien",
    .version = 1,
    .name_fi = "Työllisyyden siirtymät toimialojen välillä (Lilien)",
    .name_sv = "Sysselsättningens förskjutning mellan branscher (Lilien)",
    .name_en = "Sectoral shifts of employment (Lilien)",
    .definition_fi =
        "Kuinka paljon toimialojen työllisyyden kasvuvauhdit poikkeavat toisistaan kahden "
        "peräkkäisen "
        "ajanjakson välillä; turbulenssi on se osuus työllisyydestä, joka on vaihtanut toimialaa. "
        "Suhdanne näkyy siinä myös: toimialat, jotka supistuvat taantumassa, kasvattavat sitä "
        "ilman "
        "rakennemuutosta. Uudet ja päättyvät toimialat jäävät hajonnasta pois.",
    .definition_sv =
        "Hur mycket branschernas sysselsättningstillväxt skiljer sig åt mellan två perioder i "
        "följd; "
        "turbulensen är den andel av sysselsättningen som bytt bransch. Konjunkturen syns också: "
        "branscher som krymper i en recession höjer måttet utan strukturomvandling. Nya och "
        "upphörande branscher ingår inte i spridningen.",
    .definition_en = "How far the sectors' growth of employment differs between two periods in a "
                     "row; turbulence "
                     "is the share of employment that changed sector. The business cycle shows in "
                     "it too: sectors "
                     "that shrink in a recession raise it without structural change. New and "
                     "closing sectors are "
                     "left out of the dispersion.",
    .formula = "sqrt(sum_i e_it/E_t (ln(e_it/e_i,t-1) - ln(E_t/E_t-1))^2); turbulence: "
               "1/2 sum_i |e_it/E_t - e_i,t-1/E_t-1|",
    .reference = "Lilien, D. M. (1982): Sectoral Shifts and Cyclical Unemployment, Journal of "
                 "Political Economy 90(4), 777-793",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_ADD,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_EMPLOYMENT] = {.name = "employment", .kind = KT_INPUT_COUNT, .unit = "persons"},
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "index"},
            [OUT_TURBULENCE] = {.name = "turbulence", .unit = "share"},
        },
    .compute = compute,
};
