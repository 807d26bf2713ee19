/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_funding.h"

#include <stdlib.h>

static size_t cells_of(const kt_funding_question *of)
{
    return of->places * of->themes * of->sectors;
}

static size_t index_of(const kt_funding_question *of, kt_funding_kind kind, kt_funding_slice at)
{
    const size_t block = (size_t)kind * (of->span_count + 1) + at.span;
    return ((block * of->places + at.place) * of->themes + at.theme) * of->sectors + at.sector;
}

/* Room for the parts of one split after the other. */
typedef struct splitting {
    kt_funding *into;
    const kt_funded_project *project;
    kt_funding_kind kind;
    double *weights; /* of the spans and of what is in none */
    int64_t *by_span, *by_place, *by_theme, *by_sector;
} splitting;

static void split(int64_t cents, const kt_money_shares *over, double *weights, int64_t *out)
{
    for (size_t i = 0; i < over->count; i++) {
        weights[i] = over->at[i].weight;
    }
    kt_money_split(cents, weights, over->count, out);
}

static void add_theme(const splitting *s, kt_funding_slice at, int64_t cents)
{
    const kt_money_shares *sectors = &s->project->sectors;
    split(cents, sectors, s->weights, s->by_sector);
    for (size_t i = 0; i < sectors->count; i++) {
        at.sector = sectors->at[i].at;
        s->into->cents[index_of(s->into->question, s->kind, at)] += s->by_sector[i];
    }
}

static void add_place(const splitting *s, kt_funding_slice at, int64_t cents)
{
    const kt_money_shares *themes = &s->project->themes;
    split(cents, themes, s->weights, s->by_theme);
    for (size_t i = 0; i < themes->count; i++) {
        at.theme = themes->at[i].at;
        add_theme(s, at, s->by_theme[i]);
    }
}

static void add_span(const splitting *s, size_t span, int64_t cents)
{
    const kt_money_shares *places = &s->project->places;
    split(cents, places, s->weights, s->by_place);
    for (size_t i = 0; i < places->count; i++) {
        add_place(s, (kt_funding_slice){.span = span, .place = places->at[i].at}, s->by_place[i]);
    }
}

static bool is_dated(const kt_funded_project *project)
{
    return project->start_day != KT_NO_DAY && project->end_day != KT_NO_DAY &&
           project->start_day <= project->end_day;
}

static int64_t days_in(int64_t first, int64_t last, const kt_funding_span *span)
{
    const int64_t from = first > span->first_day ? first : span->first_day;
    const int64_t to = last < span->last_day ? last : span->last_day;
    return to < from ? 0 : to - from + 1;
}

/* Realised money was so by the day of the list. */
static int64_t last_day_of(const kt_funded_project *project, kt_funding_kind kind)
{
    const bool seen = kind == KT_FUNDING_REALISED && project->seen_day != KT_NO_DAY &&
                      project->seen_day >= project->start_day &&
                      project->seen_day < project->end_day;
    return seen ? project->seen_day : project->end_day;
}

static void weigh_spans(const splitting *s)
{
    const kt_funding_question *of = s->into->question;
    const int64_t first = s->project->start_day, last = last_day_of(s->project, s->kind);
    int64_t left = is_dated(s->project) ? last - first + 1 : 1;
    for (size_t i = 0; i < of->span_count; i++) {
        const int64_t days = is_dated(s->project) ? days_in(first, last, &of->spans[i]) : 0;
        s->weights[i] = (double)days;
        left -= days;
    }
    s->weights[of->span_count] = (double)left;
}

static void add_money(splitting *s, int64_t cents)
{
    const size_t spans = s->into->question->span_count + 1;
    weigh_spans(s);
    kt_money_split(cents, s->weights, spans, s->by_span);
    for (size_t i = 0; i < spans; i++) {
        if (s->by_span[i] != 0) {
            add_span(s, i, s->by_span[i]);
        }
    }
}

static size_t most_parts(const kt_funding_question *of)
{
    size_t most = of->span_count + 1;
    for (size_t i = 0; i < of->count; i++) {
        const kt_funded_project *is = &of->projects[i];
        most = is->places.count > most ? is->places.count : most;
        most = is->themes.count > most ? is->themes.count : most;
        most = is->sectors.count > most ? is->sectors.count : most;
    }
    return most;
}

kt_funding kt_funding_make(const kt_funding_question *question, kt_arena *arena)
{
    const size_t count = KT_FUNDING_KINDS * (question->span_count + 1) * cells_of(question);
    const size_t most = most_parts(question);
    kt_funding out = {question, kt_arena_array(arena, int64_t, count + 1)};
    splitting s = {.into = &out,
                   .weights = kt_arena_array(arena, double, most),
                   .by_span = kt_arena_array(arena, int64_t, most),
                   .by_place = kt_arena_array(arena, int64_t, most),
                   .by_theme = kt_arena_array(arena, int64_t, most),
                   .by_sector = kt_arena_array(arena, int64_t, most)};
    for (size_t i = 0; i < question->count * KT_FUNDING_KINDS; i++) {
        s.project = &question->projects[i / KT_FUNDING_KINDS];
        s.kind = (kt_funding_kind)(i % KT_FUNDING_KINDS);
        const int64_t cents =
            s.kind == KT_FUNDING_GRANTED ? s.project->granted : s.project->realised;
        if (cents != KT_NO_MONEY && cents != 0) {
            add_money(&s, cents);
        }
    }
    return out;
}

/* The numbers from first up to end that a number, or all of them, stands for. */
typedef struct numbers {
    size_t first, end;
} numbers;

static numbers numbers_of(size_t one, size_t all)
{
    return one == KT_FUNDING_ALL ? (numbers){0, all} : (numbers){one, one + 1};
}

/* The themes and sectors of one span and place. */
static int64_t sum_topics(const kt_funding *funding, kt_funding_kind kind, kt_funding_slice at,
                          numbers themes, numbers sectors)
{
    int64_t sum = 0;
    for (at.theme = themes.first; at.theme < themes.end; at.theme++) {
        for (at.sector = sectors.first; at.sector < sectors.end; at.sector++) {
            sum += funding->cents[index_of(funding->question, kind, at)];
        }
    }
    return sum;
}

int64_t kt_funding_sum(const kt_funding *funding, kt_funding_kind kind, kt_funding_slice slice)
{
    const kt_funding_question *of = funding->question;
    const numbers spans = numbers_of(slice.span, of->span_count + 1);
    const numbers places = numbers_of(slice.place, of->places);
    const numbers themes = numbers_of(slice.theme, of->themes);
    const numbers sectors = numbers_of(slice.sector, of->sectors);
    int64_t sum = 0;
    for (size_t span = spans.first; span < spans.end; span++) {
        for (size_t place = places.first; place < places.end; place++) {
            sum += sum_topics(funding, kind, (kt_funding_slice){.span = span, .place = place},
                              themes, sectors);
        }
    }
    return sum;
}

static bool has(const kt_money_shares *shares, size_t wanted)
{
    bool found = wanted == KT_FUNDING_ALL;
    for (size_t i = 0; i < shares->count && !found; i++) {
        found = shares->at[i].at == wanted && shares->at[i].weight > 0.0;
    }
    return found;
}

static bool is_in(const kt_funding_question *of, const kt_funded_project *project,
                  kt_funding_slice slice)
{
    if (!project->counts || !has(&project->themes, slice.theme) ||
        !has(&project->sectors, slice.sector)) {
        return false;
    }
    return slice.span == KT_FUNDING_ALL ||
           (is_dated(project) && slice.span < of->span_count &&
            days_in(project->start_day, project->end_day, &of->spans[slice.span]) > 0);
}

/* An undertaking in a cell. */
typedef struct presence {
    size_t cell, undertaking;
} presence;

static int by_cell(const void *a, const void *b)
{
    const presence *x = a, *y = b;
    if (x->cell != y->cell) {
        return x->cell < y->cell ? -1 : 1;
    }
    return (x->undertaking > y->undertaking) - (x->undertaking < y->undertaking);
}

static size_t all_places(const kt_funding_question *of)
{
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++) {
        count += of->projects[i].places.count;
    }
    return count;
}

static size_t add_presences(const kt_funded_project *project, const size_t *cell_of_place,
                            size_t cells, presence *out)
{
    size_t count = 0;
    for (size_t i = 0; i < project->places.count; i++) {
        const size_t cell = cell_of_place[project->places.at[i].at];
        if (cell < cells && project->places.at[i].weight > 0.0) {
            out[count++] = (presence){cell, project->undertaking};
        }
    }
    return count;
}

void kt_funding_count(const kt_funding_question *question, const size_t *cell_of_place,
                      size_t cells, kt_funding_slice slice, kt_arena *arena, size_t *out)
{
    presence *list = kt_arena_array(arena, presence, all_places(question) + 1);
    size_t count = 0;
    for (size_t i = 0; i < cells; i++) {
        out[i] = 0;
    }
    for (size_t i = 0; i < question->count; i++) {
        if (is_in(question, &question->projects[i], slice)) {
            count += add_presences(&question->projects[i], cell_of_place, cells, &list[count]);
        }
    }
    qsort(list, count, sizeof *list, by_cell);
    for (size_t i = 0; i < count; i++) {
        out[list[i].cell] += i == 0 || by_cell(&list[i], &list[i - 1]) != 0 ? 1 : 0;
    }
}
