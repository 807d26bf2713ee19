/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_actors.h"

#include <stdlib.h>
#include <string.h>

static const char *const phases[] = {"none", "starting", "running", "ending"};

const char *kt_project_phase_name(kt_project_phase phase)
{
    return phases[phase];
}

kt_project_phase kt_project_phase_of(const kt_project *project, int64_t day, int64_t later)
{
    const int64_t start = project->start_day, end = project->end_day;
    const bool runs = project->status == KT_PROJECT_RUNNING;
    if (project->status == KT_PROJECT_ENDED || project->status == KT_PROJECT_INTERRUPTED ||
        (start == KT_NO_DAY && !runs) || (end == KT_NO_DAY && !runs)) {
        return KT_PHASE_NONE;
    }
    if (start != KT_NO_DAY && start > day) {
        return start <= later ? KT_PHASE_STARTING : KT_PHASE_NONE;
    }
    if (end != KT_NO_DAY && end <= later) {
        return end < day ? KT_PHASE_NONE : KT_PHASE_ENDING;
    }
    return KT_PHASE_RUNNING;
}

bool kt_project_is_ghost(const kt_project *project)
{
    return project->sum[KT_PROJECT_GRANTED] == 0;
}

/* Rows of one project each, to be folded. */
typedef struct gathering {
    kt_arena *arena;
    kt_actor_row *at;
    size_t count, room;
} gathering;

static void split(int64_t cents, const kt_level_places *places, int64_t *out, kt_arena *arena)
{
    double *weights = kt_arena_array(arena, double, places->count + 1);
    for (size_t i = 0; i < places->count; i++) {
        weights[i] = places->at[i].weight;
        out[i] = KT_NO_MONEY;
    }
    if (cents != KT_NO_MONEY) {
        kt_money_split(cents, weights, places->count, out);
    }
}

/* The money of a project in each of its places. */
typedef struct money_parts {
    int64_t *granted, *realised;
} money_parts;

static kt_actor_row row_of(const kt_actor_project *of, size_t place, const kt_actor *actor)
{
    const kt_level_place *in = &of->places.at[place];
    const bool ghost = kt_project_is_ghost(of->project), inside = in->weight > 0.0;
    const size_t counts = !ghost && inside ? 1 : 0;
    const bool ends = of->phase == KT_PHASE_ENDING;
    return (kt_actor_row){.level = in->level,
                          .code = in->code,
                          .period = of->project->period,
                          .body = actor->body,
                          .partner = actor->partner,
                          .projects = counts,
                          .running = of->phase == KT_PHASE_RUNNING || ends ? counts : 0,
                          .ending = ends ? counts : 0,
                          .starting = of->phase == KT_PHASE_STARTING ? counts : 0,
                          .around = !ghost && !inside ? 1 : 0,
                          .granted = KT_NO_MONEY,
                          .realised = KT_NO_MONEY};
}

static void add_row(const kt_actor_project *of, size_t place, const kt_actor *actor,
                    money_parts parts, gathering *g)
{
    kt_actor_row row = row_of(of, place, actor);
    if (actor->paid && of->places.at[place].weight > 0.0) {
        row.granted = parts.granted[place];
        row.realised = parts.realised[place];
    }
    g->at = kt_arena_grow(g->arena, g->at, g->count, &g->room, sizeof *g->at);
    g->at[g->count++] = row;
}

static void gather(const kt_actor_project *of, gathering *g)
{
    const money_parts parts = {kt_arena_array(g->arena, int64_t, of->places.count + 1),
                               kt_arena_array(g->arena, int64_t, of->places.count + 1)};
    split(of->project->sum[KT_PROJECT_GRANTED], &of->places, parts.granted, g->arena);
    split(of->project->sum[KT_PROJECT_REALISED], &of->places, parts.realised, g->arena);
    for (size_t i = 0; i < of->places.count; i++) {
        for (size_t j = 0; j < of->actor_count; j++) {
            add_row(of, i, &of->actors[j], parts, g);
        }
    }
}

static int by_key(const void *a, const void *b)
{
    const kt_actor_row *x = a, *y = b;
    const char *const first[] = {x->level, x->code, x->period == NULL ? "" : x->period};
    const char *const second[] = {y->level, y->code, y->period == NULL ? "" : y->period};
    for (size_t i = 0; i < 3; i++) {
        const int order = strcmp(first[i], second[i]);
        if (order != 0) {
            return order;
        }
    }
    if (x->body != y->body) {
        return x->body < y->body ? -1 : 1;
    }
    return (int)x->partner - (int)y->partner;
}

static void add_money(int64_t *to, int64_t cents)
{
    if (cents != KT_NO_MONEY) {
        *to = *to == KT_NO_MONEY ? cents : *to + cents;
    }
}

static void fold(kt_actor_row *into, const kt_actor_row *one)
{
    into->projects += one->projects;
    into->running += one->running;
    into->ending += one->ending;
    into->starting += one->starting;
    into->around += one->around;
    add_money(&into->granted, one->granted);
    add_money(&into->realised, one->realised);
}

/* False of a body that has nothing but ghosts there. */
static bool says_something(const kt_actor_row *row)
{
    const bool paid = (row->granted != KT_NO_MONEY && row->granted != 0) ||
                      (row->realised != KT_NO_MONEY && row->realised != 0);
    return row->projects > 0 || row->around > 0 || paid;
}

kt_actor_rows kt_actors_find(const kt_actor_project *projects, size_t count, kt_arena *arena)
{
    gathering g = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        gather(&projects[i], &g);
    }
    if (g.count > 1) {
        qsort(g.at, g.count, sizeof *g.at, by_key);
    }
    kt_actor_rows out = {g.at, 0};
    for (size_t i = 0, next; i < g.count; i = next) {
        kt_actor_row row = g.at[i];
        for (next = i + 1; next < g.count && by_key(&g.at[i], &g.at[next]) == 0; next++) {
            fold(&row, &g.at[next]);
        }
        if (says_something(&row)) {
            out.at[out.count++] = row;
        }
    }
    return out;
}
