/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_cells.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure_memory.h"

#define EMPTY UINT32_MAX

struct kt_measure_cells {
    size_t id_count, find_count, figure_count;
    size_t count, room;
    uint32_t **ids; /* of each id, of all cells */
    double **figures;
    uint32_t *slots; /* open addressing: positions of cells, EMPTY where there is none; NULL as
                        long as cells come in rising order of their ids */
    size_t slot_count;
};

void *kt_measure_take(void *old, size_t count, size_t size)
{
    void *memory = realloc(old, count == 0 ? size : count * size);
    if (memory == NULL) {
        (void)fputs("kohtaanto: no memory for the cells of the measure\n", stderr);
        exit(70);
    }
    return memory;
}

kt_measure_cells *kt_measure_cells_new(size_t id_count, size_t find_count, size_t figure_count)
{
    kt_measure_cells *cells = kt_measure_take(NULL, 1, sizeof *cells);
    *cells =
        (kt_measure_cells){.id_count = id_count,
                           .find_count = find_count,
                           .figure_count = figure_count,
                           .ids = kt_measure_take(NULL, id_count, sizeof *cells->ids),
                           .figures = kt_measure_take(NULL, figure_count, sizeof *cells->figures)};
    memset(cells->ids, 0, id_count * sizeof *cells->ids);
    memset(cells->figures, 0, figure_count * sizeof *cells->figures);
    return cells;
}

void kt_measure_cells_seal(kt_measure_cells *cells)
{
    free(cells->slots);
    cells->slots = NULL;
    cells->slot_count = 0;
}

void kt_measure_cells_drop(kt_measure_cells *cells, size_t id)
{
    free(cells->ids[id]);
    cells->ids[id] = NULL;
}

void kt_measure_cells_free(kt_measure_cells *cells)
{
    if (cells == NULL) {
        return;
    }
    for (size_t i = 0; i < cells->id_count; i++) {
        free(cells->ids[i]);
    }
    for (size_t i = 0; i < cells->figure_count; i++) {
        free(cells->figures[i]);
    }
    free(cells->ids);
    free(cells->figures);
    free(cells->slots);
    free(cells);
}

size_t kt_measure_cells_count(const kt_measure_cells *cells)
{
    return cells->count;
}

uint32_t *kt_measure_cells_ids(const kt_measure_cells *cells, size_t id)
{
    return cells->ids[id];
}

const double *kt_measure_cells_figures(const kt_measure_cells *cells, size_t figure)
{
    return cells->figures[figure];
}

double *kt_measure_cells_figure(const kt_measure_cells *cells, size_t cell, size_t figure)
{
    return &cells->figures[figure][cell];
}

static size_t mix(size_t hash, uint32_t id)
{
    hash = (hash ^ id) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static bool is_same(const kt_measure_cells *cells, size_t cell, const uint32_t *ids)
{
    for (size_t i = 0; i < cells->find_count; i++) {
        if (cells->ids[i][cell] != ids[i]) {
            return false;
        }
    }
    return true;
}

/* The slot of the cell with these ids, or the free one where it would stand. */
static size_t slot_of(const kt_measure_cells *cells, const uint32_t *ids)
{
    size_t hash = 0;
    for (size_t i = 0; i < cells->find_count; i++) {
        hash = mix(hash, ids[i]);
    }
    size_t slot = hash % cells->slot_count;
    while (cells->slots[slot] != EMPTY && !is_same(cells, cells->slots[slot], ids)) {
        slot = slot + 1 == cells->slot_count ? 0 : slot + 1;
    }
    return slot;
}

/* Below 0 if the cell comes before one with these ids, 0 if it has them. */
static int order_of(const kt_measure_cells *cells, size_t cell, const uint32_t *ids)
{
    for (size_t i = 0; i < cells->find_count; i++) {
        if (cells->ids[i][cell] != ids[i]) {
            return cells->ids[i][cell] < ids[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Among cells that came in rising order. A row mostly belongs to a new cell or to the last one. */
static size_t find_rising(const kt_measure_cells *cells, const uint32_t *ids)
{
    size_t low = 0, high = cells->count;
    for (size_t at = high - 1; low < high; at = low + (high - low) / 2) {
        const int order = order_of(cells, at, ids);
        if (order == 0) {
            return at;
        }
        if (order < 0) {
            low = at + 1;
        } else {
            high = at;
        }
    }
    return cells->count;
}

size_t kt_measure_cells_find(const kt_measure_cells *cells, const uint32_t *ids)
{
    if (cells->slots == NULL) {
        return find_rising(cells, ids);
    }
    const uint32_t cell = cells->slots[slot_of(cells, ids)];
    return cell == EMPTY ? cells->count : cell;
}

static void put_in_slot(kt_measure_cells *cells, size_t cell)
{
    uint32_t ids[64];
    for (size_t i = 0; i < cells->find_count; i++) {
        ids[i] = cells->ids[i][cell];
    }
    cells->slots[slot_of(cells, ids)] = (uint32_t)cell;
}

/* At most three quarters full; the old slots are let go first, the cells know their own ids. */
static void make_slots(kt_measure_cells *cells)
{
    if (4 * (cells->count + 1) <= 3 * cells->slot_count) {
        return;
    }
    while (4 * (cells->count + 1) > 3 * cells->slot_count) {
        cells->slot_count = kt_measure_more(cells->slot_count);
    }
    free(cells->slots);
    cells->slots = kt_measure_take(NULL, cells->slot_count, sizeof *cells->slots);
    memset(cells->slots, 0xff, cells->slot_count * sizeof *cells->slots);
    for (size_t i = 0; i < cells->count; i++) {
        put_in_slot(cells, i);
    }
}

static void make_room(kt_measure_cells *cells)
{
    if (cells->count < cells->room) {
        return;
    }
    cells->room = kt_measure_more(cells->room);
    for (size_t i = 0; i < cells->id_count; i++) {
        cells->ids[i] = kt_measure_take(cells->ids[i], cells->room, sizeof **cells->ids);
    }
    for (size_t i = 0; i < cells->figure_count; i++) {
        cells->figures[i] =
            kt_measure_take(cells->figures[i], cells->room, sizeof **cells->figures);
    }
}

/* Rows of one group, or of groups with the same markets in the same order, never do. */
static bool needs_slots(const kt_measure_cells *cells, const uint32_t *ids)
{
    return cells->slots != NULL || (cells->find_count > 0 && cells->count > 0 &&
                                    order_of(cells, cells->count - 1, ids) > 0);
}

size_t kt_measure_cells_add(kt_measure_cells *cells, const uint32_t *ids)
{
    if (needs_slots(cells, ids)) {
        make_slots(cells);
    }
    make_room(cells);
    const size_t cell = cells->count++;
    for (size_t i = 0; i < cells->id_count; i++) {
        cells->ids[i][cell] = ids[i];
    }
    for (size_t i = 0; i < cells->figure_count; i++) {
        cells->figures[i][cell] = NAN;
    }
    if (cells->slots != NULL) {
        put_in_slot(cells, cell);
    }
    return cell;
}

static void sort_ids(const kt_measure_cells *cells, uint32_t **column, const uint32_t *order)
{
    uint32_t *sorted = kt_measure_take(NULL, cells->count, sizeof *sorted);
    for (size_t i = 0; i < cells->count; i++) {
        sorted[i] = (*column)[order[i]];
    }
    free(*column);
    *column = sorted;
}

static void sort_figures(const kt_measure_cells *cells, double **column, const uint32_t *order)
{
    double *sorted = kt_measure_take(NULL, cells->count, sizeof *sorted);
    for (size_t i = 0; i < cells->count; i++) {
        sorted[i] = (*column)[order[i]];
    }
    free(*column);
    *column = sorted;
}

void kt_measure_cells_sort(kt_measure_cells *cells, const uint32_t *order)
{
    for (size_t i = 0; i < cells->id_count; i++) {
        if (cells->ids[i] != NULL) {
            sort_ids(cells, &cells->ids[i], order);
        }
    }
    for (size_t i = 0; i < cells->figure_count; i++) {
        sort_figures(cells, &cells->figures[i], order);
    }
    cells->room = cells->count;
}
