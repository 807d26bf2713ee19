/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/measure.h"
#include "core/period.h"
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

typedef struct entry {
    int period; /* kt_period.index */
    const char *period_text;
    const char *market;
    double employment;
} entry;

/* One sector in two periods that follow one another. */
typedef struct pair {
    double before, now;
} pair;

typedef struct pairs {
    size_t count;
    pair *pair;
    size_t unpaired; /* sectors without a figure in one of the two periods */
} pairs;

static int by_period_and_market(const void *a, const void *b)
{
    const entry *one = a, *other = b;
    if (one->period != other->period) {
        return one->period < other->period ? -1 : 1;
    }
    return strcmp(one->market, other->market);
}

static entry *sort_rows(const kt_group *group, kt_arena *arena)
{
    entry *entries = kt_arena_array(arena, entry, group->row_count);
    for (size_t row = 0; row < group->row_count; row++) {
        kt_period period = {0};
        (void)kt_period_read(group->key[IN_PERIOD][row], &period); /* kt_measure_run has read it */
        entries[row] = (entry){.period = period.index,
                               .period_text = group->key[IN_PERIOD][row],
                               .market = group->key[IN_MARKET][row],
                               .employment = group->figure[IN_EMPLOYMENT][row]};
    }
    if (group->row_count > 0) {
        qsort(entries, group->row_count, sizeof *entries, by_period_and_market);
    }
    return entries;
}

/* Where the period of entry first ends. */
static size_t end_of_period(const entry *entries, size_t first, size_t count)
{
    size_t end = first;
    while (end < count && entries[end].period == entries[first].period) {
        end++;
    }
    return end;
}

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

/* Entries [first, middle) are the period before, [middle, end) this one; both sorted by market. */
static pairs match(const entry *entries, size_t first, size_t middle, size_t end, kt_arena *arena)
{
    pairs found = {.pair = kt_arena_array(arena, pair, end - middle)};
    size_t before = first, now = middle;
    while (before < middle || now < end) {
        int order = before == middle ? 1 : -1;
        if (before < middle && now < end) {
            order = strcmp(entries[before].market, entries[now].market);
        }
        const double old = order <= 0 ? entries[before].employment : NAN;
        const double new = order >= 0 ? entries[now].employment : NAN;
        add_pair(&found, old, new);
        before += order <= 0;
        now += order >= 0;
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

static size_t count_periods(const entry *entries, size_t count)
{
    size_t periods = 0;
    for (size_t at = 0; at < count; at = end_of_period(entries, at, count)) {
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
    const entry *entries = sort_rows(group, arena);
    kt_findings *findings = kt_findings_new(self, count_periods(entries, count), arena);
    size_t before = 0, at = 0;
    for (size_t row = 0; at < count; row++) {
        const size_t end = end_of_period(entries, at, count);
        findings->key[row] = entries[at].period_text;
        if (row == 0) {
            findings->reason[row] = "first period";
        } else if (entries[at].period != entries[before].period + 1) {
            findings->reason[row] = "the period before is missing";
        } else {
            const pairs found = match(entries, before, at, end, arena);
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
