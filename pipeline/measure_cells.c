/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_cells.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define PIECE_BITS  14
#define PIECE_CELLS ((size_t)1 << PIECE_BITS)
#define EMPTY       UINT32_MAX

/* One piece: the ids of its cells, column by column, then the figures likewise. */
typedef struct piece {
    uint32_t *ids;
    double *figures;
} piece;

struct kt_measure_cells {
    size_t id_count, find_count, figure_count;
    size_t count;
    piece *pieces;
    size_t piece_count, piece_room;
    uint32_t *slots; /* open addressing: positions of cells, EMPTY where there is none */
    size_t slot_count;
};

/* A machine without memory ends the program, as an arena would: nothing is half-written here. */
static void *take(void *old, size_t count, size_t size)
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
    kt_measure_cells *cells = take(NULL, 1, sizeof *cells);
    *cells = (kt_measure_cells){
        .id_count = id_count, .find_count = find_count, .figure_count = figure_count};
    return cells;
}

void kt_measure_cells_seal(kt_measure_cells *cells)
{
    free(cells->slots);
    cells->slots = NULL;
    cells->slot_count = 0;
}

void kt_measure_cells_free(kt_measure_cells *cells)
{
    if (cells == NULL) {
        return;
    }
    for (size_t i = 0; i < cells->piece_count; i++) {
        free(cells->pieces[i].ids);
        free(cells->pieces[i].figures);
    }
    free(cells->pieces);
    free(cells->slots);
    free(cells);
}

size_t kt_measure_cells_count(const kt_measure_cells *cells)
{
    return cells->count;
}

uint32_t kt_measure_cells_id(const kt_measure_cells *cells, size_t cell, size_t id)
{
    return cells->pieces[cell >> PIECE_BITS].ids[id * PIECE_CELLS + (cell & (PIECE_CELLS - 1))];
}

double *kt_measure_cells_figure(const kt_measure_cells *cells, size_t cell, size_t figure)
{
    const size_t place = figure * PIECE_CELLS + (cell & (PIECE_CELLS - 1));
    return &cells->pieces[cell >> PIECE_BITS].figures[place];
}

static size_t mix(size_t hash, uint32_t id)
{
    hash = (hash ^ id) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static bool is_same(const kt_measure_cells *cells, size_t cell, const uint32_t *ids)
{
    for (size_t i = 0; i < cells->find_count; i++) {
        if (kt_measure_cells_id(cells, cell, i) != ids[i]) {
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

size_t kt_measure_cells_find(const kt_measure_cells *cells, const uint32_t *ids)
{
    if (cells->slot_count == 0) {
        return cells->count;
    }
    const uint32_t cell = cells->slots[slot_of(cells, ids)];
    return cell == EMPTY ? cells->count : cell;
}

static void put_in_slot(kt_measure_cells *cells, size_t cell)
{
    uint32_t ids[64];
    for (size_t i = 0; i < cells->find_count; i++) {
        ids[i] = kt_measure_cells_id(cells, cell, i);
    }
    cells->slots[slot_of(cells, ids)] = (uint32_t)cell;
}

/* At most three quarters full; the old slots are let go first, the cells know their own ids. */
static void make_slots(kt_measure_cells *cells)
{
    if (4 * (cells->count + 1) <= 3 * cells->slot_count) {
        return;
    }
    cells->slot_count = cells->slot_count == 0 ? 1024 : cells->slot_count + cells->slot_count / 2;
    free(cells->slots);
    cells->slots = take(NULL, cells->slot_count, sizeof *cells->slots);
    for (size_t i = 0; i < cells->slot_count; i++) {
        cells->slots[i] = EMPTY;
    }
    for (size_t i = 0; i < cells->count; i++) {
        put_in_slot(cells, i);
    }
}

static void add_piece(kt_measure_cells *cells)
{
    if (cells->piece_count == cells->piece_room) {
        cells->piece_room = cells->piece_room == 0 ? 64 : 2 * cells->piece_room;
        cells->pieces = take(cells->pieces, cells->piece_room, sizeof *cells->pieces);
    }
    cells->pieces[cells->piece_count++] = (piece){
        .ids = take(NULL, cells->id_count * PIECE_CELLS, sizeof(uint32_t)),
        .figures = take(NULL, cells->figure_count * PIECE_CELLS, sizeof(double)),
    };
}

size_t kt_measure_cells_add(kt_measure_cells *cells, const uint32_t *ids)
{
    if (cells->find_count > 0) {
        make_slots(cells);
    }
    if (cells->count == cells->piece_count * PIECE_CELLS) {
        add_piece(cells);
    }
    const size_t cell = cells->count++;
    const piece *in = &cells->pieces[cell >> PIECE_BITS];
    for (size_t i = 0; i < cells->id_count; i++) {
        in->ids[i * PIECE_CELLS + (cell & (PIECE_CELLS - 1))] = ids[i];
    }
    for (size_t i = 0; i < cells->figure_count; i++) {
        *kt_measure_cells_figure(cells, cell, i) = NAN;
    }
    if (cells->find_count > 0) {
        put_in_slot(cells, cell);
    }
    return cell;
}
