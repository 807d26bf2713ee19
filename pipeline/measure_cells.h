/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_CELLS_H
#define KT_PIPELINE_MEASURE_CELLS_H

#include <stddef.h>
#include <stdint.h>

/**
 * The store of cells behind kt_measure_rows: each has some whole numbers (group, keys, row) and
 * some figures. Every id and every figure is one array over all cells, so that the columns of a
 * group whose cells stand together are a piece of it and nothing is copied. A cell can be found by
 * its group and keys: by halving as long as cells come in rising order, which takes no memory, else
 * by hash.
 */
typedef struct kt_measure_cells kt_measure_cells;

/** Cells of id_count ids (the first find_count of them make it distinct) and figure_count figures.
 */
kt_measure_cells *kt_measure_cells_new(size_t id_count, size_t find_count, size_t figure_count);
void kt_measure_cells_free(kt_measure_cells *cells);

size_t kt_measure_cells_count(const kt_measure_cells *cells);

/** The cell with these first ids, or kt_measure_cells_count. Only if find_count is above 0. */
size_t kt_measure_cells_find(const kt_measure_cells *cells, const uint32_t *ids);

/** Adds a cell (below UINT32_MAX of them) and gives its place; its figures are NAN. */
size_t kt_measure_cells_add(kt_measure_cells *cells, const uint32_t *ids);

double *kt_measure_cells_figure(const kt_measure_cells *cells, size_t cell, size_t figure);

/** One id, or one figure, of all cells. Good until a cell is added. */
uint32_t *kt_measure_cells_ids(const kt_measure_cells *cells, size_t id);
const double *kt_measure_cells_figures(const kt_measure_cells *cells, size_t figure);

/** Forgets how to find: all cells are there. */
void kt_measure_cells_seal(kt_measure_cells *cells);

/** Forgets one id of all cells. */
void kt_measure_cells_drop(kt_measure_cells *cells, size_t id);

/** Cell i becomes the one that was order[i]. Of sealed cells; of ids that were not dropped. */
void kt_measure_cells_sort(kt_measure_cells *cells, const uint32_t *order);

#endif
