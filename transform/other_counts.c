/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "other_counts.h"

#include <math.h>

#include "core/codes.h"

#define LOOKED_AT  6 /* rules that are broken, for the next move */
#define QUICK_WAYS 2
#define MOST       1e9 /* of any count: sums of more would not be exact */

struct other_counts {
    const kt_hidden_counts *counts;
    other_index index;
    double *value; /* of each count; between searches the truth */
    size_t *when;  /* of each count: the move that moved it last; 0: none of this search */
    size_t *moved; /* counts that some move of this search has moved */
    size_t moved_count;
    kt_count_sum goal; /* of this search; without terms between searches */
    int *goal_sign;    /* of each count: its sign in the goal; 0 */
    double wanted;     /* what the goal is to come to */
    double *sum;       /* of each rule, and behind them of the goal */
    size_t *broken;    /* rules that are not kept */
    size_t *place;     /* of each rule: its place among them; KT_NO_CODE */
    size_t broken_count;
    kt_arena *arena;
};

/* By how much what a rule comes to has to change. The goal is the rule behind the last one. */
static double lacks(const other_counts *of, size_t rule, double sum)
{
    if (rule == of->counts->rule_count) {
        return of->wanted - sum;
    }
    return of->counts->rules[rule].zero || sum < 0.0 ? -sum : 0.0;
}

static void note(other_counts *of, size_t rule)
{
    const bool broken = lacks(of, rule, of->sum[rule]) != 0.0;
    const size_t place = of->place[rule];
    if (broken && place == KT_NO_CODE) {
        of->place[rule] = of->broken_count;
        of->broken[of->broken_count++] = rule;
    } else if (!broken && place != KT_NO_CODE) {
        const size_t last = of->broken[--of->broken_count];
        of->broken[place] = last;
        of->place[last] = place;
        of->place[rule] = KT_NO_CODE;
    }
}

static void set(other_counts *of, size_t cell, double value)
{
    const double by = value - of->value[cell];
    of->value[cell] = value;
    for (size_t i = of->index.start[cell]; i < of->index.start[cell + 1]; i++) {
        const other_place *in = &of->index.places[i];
        of->sum[in->rule] += in->sign * by;
        note(of, in->rule);
    }
    if (of->goal_sign[cell] != 0) {
        of->sum[of->counts->rule_count] += of->goal_sign[cell] * by;
        note(of, of->counts->rule_count);
    }
}

static void move_to(other_counts *of, size_t cell, double value, size_t step)
{
    if (of->when[cell] == 0) {
        of->moved[of->moved_count++] = cell;
    }
    of->when[cell] = step;
    set(of, cell, value);
}

static other_index index_of(const kt_hidden_counts *counts, kt_arena *arena)
{
    size_t *start = kt_arena_array(arena, size_t, counts->count + 2);
    size_t total = 0;
    for (size_t i = 0; i < counts->rule_count; i++) {
        const kt_count_sum *sum = &counts->rules[i].sum;
        for (size_t j = 0; j < sum->count; j++) {
            start[sum->terms[j].cell + 2]++;
        }
        total += sum->count;
    }
    for (size_t i = 2; i < counts->count + 2; i++) {
        start[i] += start[i - 1];
    }
    other_place *places = kt_arena_array(arena, other_place, total + 1);
    for (size_t i = 0; i < counts->rule_count; i++) {
        const kt_count_sum *sum = &counts->rules[i].sum;
        for (size_t j = 0; j < sum->count; j++) {
            places[start[sum->terms[j].cell + 1]++] = (other_place){i, sum->terms[j].sign};
        }
    }
    return (other_index){start, places};
}

other_counts *other_counts_open(const kt_hidden_counts *counts, kt_arena *arena)
{
    const size_t cells = counts->count + 1, rules = counts->rule_count + 1;
    other_counts *made = kt_arena_new(arena, other_counts);
    *made = (other_counts){.counts = counts,
                           .index = index_of(counts, arena),
                           .value = kt_arena_array(arena, double, cells),
                           .when = kt_arena_array(arena, size_t, cells),
                           .moved = kt_arena_array(arena, size_t, cells),
                           .goal_sign = kt_arena_array(arena, int, cells),
                           .sum = kt_arena_array(arena, double, rules),
                           .broken = kt_arena_array(arena, size_t, rules),
                           .place = kt_arena_array(arena, size_t, rules),
                           .arena = arena};
    for (size_t i = 0; i < rules; i++) {
        made->place[i] = KT_NO_CODE;
    }
    for (size_t i = 0; i < counts->count; i++) {
        set(made, i, counts->at[i].value);
    }
    return made;
}

const other_index *other_counts_index(const other_counts *of)
{
    return &of->index;
}

/* A count that could mend a broken rule, and how many more rules are broken then. */
typedef struct move {
    size_t cell; /* KT_NO_CODE: none */
    double to;
    int more;  /* rules broken */
    int wider; /* counts that are not what they are */
} move;

static int more_if(const other_counts *of, size_t rule, double by)
{
    const int then = lacks(of, rule, of->sum[rule] + by) != 0.0 ? 1 : 0;
    return then - (of->place[rule] != KT_NO_CODE ? 1 : 0);
}

static int more_broken(const other_counts *of, size_t cell, double by)
{
    const int own = of->goal_sign[cell];
    int more = own == 0 ? 0 : more_if(of, of->counts->rule_count, own * by);
    for (size_t i = of->index.start[cell]; i < of->index.start[cell + 1]; i++) {
        const other_place *in = &of->index.places[i];
        more += more_if(of, in->rule, in->sign * by);
    }
    return more;
}

static bool is_better(const other_counts *of, const move *a, const move *b)
{
    if (b->cell == KT_NO_CODE || a->more != b->more) {
        return b->cell == KT_NO_CODE || a->more < b->more;
    }
    if (a->wider != b->wider) {
        return a->wider < b->wider;
    }
    return of->when[a->cell] != of->when[b->cell] ? of->when[a->cell] < of->when[b->cell]
                                                  : a->cell < b->cell;
}

/* One search: what has moved waits for so many steps. */
typedef struct search {
    size_t step, steps, waits;
    bool free; /* a count may be anything from zero on */
} search;

static bool may_move(const other_counts *of, const search *in, size_t cell, double to)
{
    const kt_hidden_count *is = &of->counts->at[cell];
    const bool waits = of->when[cell] > 0 && of->when[cell] + in->waits > in->step;
    const double low = in->free ? 0.0 : is->low, high = in->free ? MOST : fmin(is->high, MOST);
    const bool fixed = of->goal.count == 1 && of->goal_sign[cell] != 0 && of->when[cell] > 0;
    return is->hidden && to >= low && to <= high && !waits && !fixed;
}

static void look_at(const other_counts *of, const search *in, size_t rule, move *best)
{
    const bool own = rule == of->counts->rule_count;
    const kt_count_sum *sum = own ? &of->goal : &of->counts->rules[rule].sum;
    const double lack = lacks(of, rule, of->sum[rule]);
    for (size_t i = 0; i < sum->count; i++) {
        const size_t cell = sum->terms[i].cell;
        const double by = sum->terms[i].sign * lack, to = of->value[cell] + by;
        if (!may_move(of, in, cell, to)) {
            continue;
        }
        const double truth = of->counts->at[cell].value;
        const move one = {.cell = cell,
                          .to = to,
                          .more = more_broken(of, cell, by),
                          .wider = (to != truth ? 1 : 0) - (of->value[cell] != truth ? 1 : 0)};
        *best = is_better(of, &one, best) ? one : *best;
    }
}

static other_table keep(const other_counts *of)
{
    other_count *at = kt_arena_array(of->arena, other_count, of->moved_count);
    size_t count = 0;
    for (size_t i = 0; i < of->moved_count; i++) {
        const size_t cell = of->moved[i];
        if (of->value[cell] != of->counts->at[cell].value) {
            at[count++] = (other_count){cell, of->value[cell]};
        }
    }
    return (other_table){at, count};
}

static void put_back(other_counts *of)
{
    for (size_t i = 0; i < of->moved_count; i++) {
        of->when[of->moved[i]] = 0;
        set(of, of->moved[i], of->counts->at[of->moved[i]].value);
    }
    of->moved_count = 0;
}

/* Goes on until nothing is broken, or for so many moves. */
static other_table repair(other_counts *of, search in)
{
    while (of->broken_count > 0 && in.step < in.steps) {
        move best = {.cell = KT_NO_CODE};
        in.step++;
        for (size_t i = 0; i < of->broken_count && i < LOOKED_AT; i++) {
            look_at(of, &in, of->broken[of->broken_count - 1 - i], &best);
        }
        if (best.cell != KT_NO_CODE) {
            move_to(of, best.cell, best.to, in.step);
        } else if (of->moved_count <= 1) {
            break; /* nothing waits, and nothing can move */
        }
    }
    return of->broken_count == 0 ? keep(of) : (other_table){0};
}

/* What the goal is to come to is more by this than what it does. */
static void aim(other_counts *of, other_goal goal, double by)
{
    const size_t rule = of->counts->rule_count;
    double truth = 0.0;
    of->goal = goal;
    for (size_t i = 0; i < goal.count; i++) {
        of->goal_sign[goal.terms[i].cell] = goal.terms[i].sign;
        truth += goal.terms[i].sign * of->counts->at[goal.terms[i].cell].value;
    }
    of->sum[rule] = truth;
    of->wanted = truth + by;
    note(of, rule);
}

static void aim_at_nothing(other_counts *of)
{
    for (size_t i = 0; i < of->goal.count; i++) {
        of->goal_sign[of->goal.terms[i].cell] = 0;
    }
    of->goal = (kt_count_sum){0};
    of->wanted = of->sum[of->counts->rule_count];
    note(of, of->counts->rule_count);
}

/* How a search begins, and when it gives up. */
typedef struct way {
    double by; /* what the goal is more */
    size_t steps, waits;
} way;

other_table other_counts_find(other_counts *of, other_goal goal, other_effort effort)
{
    /* The first two are enough for nearly all. The others were found by trying: each of them finds
     * tables that those before it do not. */
    static const way ways[] = {
        {1.0, 100, 5},   {-1.0, 100, 5},  {1.0, 400, 11},   {-1.0, 400, 11},
        {2.0, 400, 7},   {1.0, 1600, 23}, {-1.0, 1600, 23}, {1.0, 1600, 3},
        {-1.0, 1600, 3}, {5.0, 1600, 17}, {2.0, 3000, 50},  {-2.0, 3000, 31},
        {3.0, 3000, 13}, {-3.0, 3000, 9}, {10.0, 3000, 40}, {20.0, 3000, 70}};
    const size_t count = effort.thorough ? sizeof ways / sizeof ways[0] : QUICK_WAYS;
    other_table found = {0};
    for (size_t i = 0; i < count && found.count == 0; i++) {
        const search in = {
            .step = 1, .steps = ways[i].steps, .waits = ways[i].waits, .free = effort.free};
        aim(of, goal, ways[i].by);
        found = repair(of, in);
        put_back(of);
        aim_at_nothing(of);
    }
    return found;
}

static void double_rule(other_counts *of, const kt_count_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++) {
        const kt_hidden_count *is = &of->counts->at[sum->terms[i].cell];
        if (of->when[sum->terms[i].cell] == 0 && is->hidden) {
            move_to(of, sum->terms[i].cell, 2.0 * is->value, 1);
        }
    }
}

other_table other_counts_double(other_counts *of, other_goal goal)
{
    double_rule(of, &goal);
    for (size_t next = 0; next < of->moved_count; next++) {
        const size_t from = of->moved[next];
        for (size_t i = of->index.start[from]; i < of->index.start[from + 1]; i++) {
            double_rule(of, &of->counts->rules[of->index.places[i].rule].sum);
        }
    }
    const other_table found = of->broken_count == 0 ? keep(of) : (other_table){0};
    put_back(of);
    return found;
}
