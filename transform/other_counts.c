/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "other_counts.h"

#include <string.h>

#include "core/codes.h"

#define LOOKED_AT  6 /* margins that are missed, for the next move */
#define FIRST_WAYS 2 /* of a search that is not thorough */

struct other_counts {
    const double *truth;
    const kt_hidden_counts *counts;
    kt_margin_index index;
    bool *open;    /* of each count: it may move */
    double *value; /* of each count; between searches the truth */
    size_t *when;  /* of each count: the move that moved it last; 0: none of this search */
    size_t *moved; /* counts that some move of this search has moved */
    size_t moved_count;
    size_t *rest; /* of each margin: a part that nobody shows and that is in no other; KT_NO_CODE */
    size_t *made_by; /* of each count: the margin whose rest it is; KT_NO_CODE */
    double *left;    /* of each margin: the total less its parts but the rest, which is as much */
    size_t goal;     /* the margin whose rest is to be something else; KT_NO_CODE */
    double wanted;   /* that */
    size_t *missed;  /* margins that are not met */
    size_t *place;   /* of each margin: its place among them; KT_NO_CODE */
    size_t missed_count;
    kt_arena *arena;
};

/* By how much what is left of a margin has to change. */
static double lacks(const other_counts *of, size_t margin, double left)
{
    if (margin == of->goal) {
        return of->wanted - left;
    }
    const bool exact =
        of->counts->margins[margin].kind == KT_PARTS_MAKE_TOTAL && of->rest[margin] == KT_NO_CODE;
    return exact || left < 0.0 ? -left : 0.0;
}

static void note_miss(other_counts *of, size_t margin)
{
    const bool missed = lacks(of, margin, of->left[margin]) != 0.0;
    const size_t place = of->place[margin];
    if (missed && place == KT_NO_CODE) {
        of->place[margin] = of->missed_count;
        of->missed[of->missed_count++] = margin;
    } else if (!missed && place != KT_NO_CODE) {
        const size_t last = of->missed[--of->missed_count];
        of->missed[place] = last;
        of->place[last] = place;
        of->place[margin] = KT_NO_CODE;
    }
}

/* What a margin's rest becomes if the count grows by one. */
static double sign_of(const other_counts *of, size_t margin, size_t cell)
{
    return of->counts->margins[margin].total == cell ? 1.0 : -1.0;
}

static void set(other_counts *of, size_t cell, double value)
{
    const double by = value - of->value[cell];
    of->value[cell] = value;
    for (size_t i = of->index.start[cell]; i < of->index.start[cell + 1]; i++) {
        const size_t margin = of->index.margins[i];
        if (of->rest[margin] != cell) {
            of->left[margin] += sign_of(of, margin, cell) * by;
            note_miss(of, margin);
        }
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

static void find_rests(other_counts *of)
{
    for (size_t cell = 0; cell < of->counts->count; cell++) {
        const size_t first = of->index.start[cell];
        const size_t margin = of->index.margins[first];
        of->made_by[cell] = KT_NO_CODE;
        if (of->counts->at[cell].sum && of->index.start[cell + 1] == first + 1 &&
            of->counts->margins[margin].total != cell && of->rest[margin] == KT_NO_CODE) {
            of->rest[margin] = cell;
            of->made_by[cell] = margin;
        }
    }
}

kt_status other_counts_open(const double *truth, const kt_hidden_counts *counts, kt_arena *arena,
                            other_counts **out, kt_error *err)
{
    other_counts *made = kt_arena_new(arena, other_counts);
    const kt_margin_table table = {.cell_count = counts->count,
                                   .low = truth,
                                   .high = truth,
                                   .margin_count = counts->margin_count,
                                   .margins = counts->margins};
    KT_TRY(kt_margins_check(&table, err));
    *made = (other_counts){.truth = truth,
                           .counts = counts,
                           .index = kt_margins_index(&table, arena),
                           .open = kt_arena_array(arena, bool, counts->count + 1),
                           .value = kt_arena_array(arena, double, counts->count + 1),
                           .when = kt_arena_array(arena, size_t, counts->count + 1),
                           .moved = kt_arena_array(arena, size_t, counts->count + 1),
                           .rest = kt_arena_array(arena, size_t, counts->margin_count + 1),
                           .made_by = kt_arena_array(arena, size_t, counts->count + 1),
                           .goal = KT_NO_CODE,
                           .left = kt_arena_array(arena, double, counts->margin_count + 1),
                           .missed = kt_arena_array(arena, size_t, counts->margin_count + 1),
                           .place = kt_arena_array(arena, size_t, counts->margin_count + 1),
                           .arena = arena};
    for (size_t i = 0; i < counts->margin_count; i++) {
        made->place[i] = made->rest[i] = KT_NO_CODE;
    }
    find_rests(made);
    for (size_t i = 0; i < counts->count; i++) {
        made->open[i] = counts->at[i].hidden || counts->at[i].sum;
        set(made, i, truth[i]);
    }
    *out = made;
    return KT_OK;
}

void other_counts_show(other_counts *of, size_t cell, bool shown)
{
    of->open[cell] = !shown;
}

const kt_margin_index *other_counts_index(const other_counts *of)
{
    return &of->index;
}

/* A count that could meet a missed margin, and how many more margins are missed then. */
typedef struct move {
    size_t cell; /* KT_NO_CODE: none */
    double to;
    int more;  /* margins missed */
    int wider; /* counts that are not what they are */
} move;

static int more_missed(const other_counts *of, size_t cell, double by)
{
    int more = 0;
    for (size_t i = of->index.start[cell]; i < of->index.start[cell + 1]; i++) {
        const size_t margin = of->index.margins[i];
        const double left = of->left[margin] + sign_of(of, margin, cell) * by;
        more += lacks(of, margin, left) != 0.0 ? 1 : 0;
        more -= of->place[margin] != KT_NO_CODE ? 1 : 0;
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

/* One search: the secret stays where it was put, and what has moved waits for so many steps. */
typedef struct search {
    size_t secret, step;
    size_t steps, waits;
} search;

static bool may_move(const other_counts *of, const search *in, size_t cell)
{
    const bool waits = of->when[cell] > 0 && of->when[cell] + in->waits > in->step;
    return of->open[cell] && of->made_by[cell] == KT_NO_CODE && cell != in->secret && !waits;
}

static void look_at(const other_counts *of, const search *in, size_t margin, move *best)
{
    const kt_margin *is = &of->counts->margins[margin];
    for (size_t i = 0; i <= is->part_count; i++) {
        const size_t cell = i == is->part_count ? is->total : is->parts[i];
        const double by = sign_of(of, margin, cell) * lacks(of, margin, of->left[margin]);
        const double to = of->value[cell] + by;
        if (to < 0.0 || !may_move(of, in, cell)) {
            continue;
        }
        const move one = {.cell = cell,
                          .to = to,
                          .more = more_missed(of, cell, by),
                          .wider = (to != of->truth[cell] ? 1 : 0) -
                                   (of->value[cell] != of->truth[cell] ? 1 : 0)};
        *best = is_better(of, &one, best) ? one : *best;
    }
}

static other_table keep(const other_counts *of)
{
    other_count *at = kt_arena_array(of->arena, other_count, of->moved_count);
    size_t count = 0;
    for (size_t i = 0; i < of->moved_count; i++) {
        const size_t cell = of->moved[i];
        if (of->value[cell] != of->truth[cell]) {
            at[count++] = (other_count){cell, of->value[cell]};
        }
    }
    return (other_table){at, count};
}

static void put_back(other_counts *of)
{
    for (size_t i = 0; i < of->moved_count; i++) {
        of->when[of->moved[i]] = 0;
        set(of, of->moved[i], of->truth[of->moved[i]]);
    }
    of->moved_count = 0;
}

/* Goes on until nothing is missed, or for so many moves. */
static other_table repair(other_counts *of, search in)
{
    while (of->missed_count > 0 && in.step < in.steps) {
        move best = {.cell = KT_NO_CODE};
        in.step++;
        for (size_t i = 0; i < of->missed_count && i < LOOKED_AT; i++) {
            look_at(of, &in, of->missed[of->missed_count - 1 - i], &best);
        }
        if (best.cell != KT_NO_CODE) {
            move_to(of, best.cell, best.to, in.step);
        } else if (of->moved_count <= 1) {
            break; /* nothing waits, and nothing can move */
        }
    }
    return of->missed_count == 0 ? keep(of) : (other_table){0};
}

static void aim(other_counts *of, size_t margin, double wanted)
{
    const size_t before = of->goal;
    of->goal = margin;
    of->wanted = wanted;
    note_miss(of, margin == KT_NO_CODE ? before : margin);
}

static other_table find_at(other_counts *of, search in, double value)
{
    const size_t margin = of->made_by[in.secret];
    if (margin == KT_NO_CODE) {
        move_to(of, in.secret, value, 1);
    } else {
        aim(of, margin, value);
    }
    const other_table found = repair(of, in);
    put_back(of);
    if (margin != KT_NO_CODE) {
        aim(of, KT_NO_CODE, 0.0);
    }
    return found;
}

/* How a search begins, and when it gives up. */
typedef struct way {
    double by; /* what the count is more */
    size_t steps, waits;
} way;

other_table other_counts_find(other_counts *of, size_t cell, bool thoroughly)
{
    /* The first two are enough for nearly all. The others were found by trying: each of them finds
     * tables that those before it do not. */
    static const way ways[] = {
        {1.0, 100, 5},   {-1.0, 100, 5},  {1.0, 400, 11},   {-1.0, 400, 11},
        {2.0, 400, 7},   {1.0, 1600, 23}, {-1.0, 1600, 23}, {1.0, 1600, 3},
        {-1.0, 1600, 3}, {5.0, 1600, 17}, {2.0, 3000, 50},  {-2.0, 3000, 31},
        {3.0, 3000, 13}, {-3.0, 3000, 9}, {10.0, 3000, 40}, {20.0, 3000, 70}};
    const size_t count = thoroughly ? sizeof ways / sizeof ways[0] : FIRST_WAYS;
    other_table found = {0};
    for (size_t i = 0; i < count && found.count == 0; i++) {
        const double value = of->truth[cell] + ways[i].by;
        const search in = {
            .secret = cell, .step = 1, .steps = ways[i].steps, .waits = ways[i].waits};
        found = value < 0.0 ? found : find_at(of, in, value);
    }
    return found;
}

static void double_margin(other_counts *of, size_t margin)
{
    const kt_margin *is = &of->counts->margins[margin];
    for (size_t i = 0; i <= is->part_count; i++) {
        const size_t cell = i == is->part_count ? is->total : is->parts[i];
        if (of->when[cell] == 0 && of->open[cell]) {
            move_to(of, cell, 2.0 * of->truth[cell], 1);
        }
    }
}

other_table other_counts_double(other_counts *of, size_t cell)
{
    move_to(of, cell, 2.0 * of->truth[cell], 1);
    for (size_t next = 0; next < of->moved_count; next++) {
        const size_t from = of->moved[next];
        for (size_t i = of->index.start[from]; i < of->index.start[from + 1]; i++) {
            double_margin(of, of->index.margins[i]);
        }
    }
    const other_table found = of->missed_count == 0 ? keep(of) : (other_table){0};
    put_back(of);
    return found;
}
