/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reconcile.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"

/*
 * The point of a protected cell: what the nearest margin leaves over, shared evenly and held inside
 * the source's limits. Seutukunta come before kunta, so that a margin that is itself protected has
 * its own point by then; a protected total of occupations is none, for its parts are no larger.
 */

/* What is known of the cells of one margin. */
typedef struct margin {
    double known;   /* sum of the cells with a figure */
    size_t hidden;  /* protected cells */
    size_t missing; /* cells that nobody knows: then nothing can be said */
} kt_margin;

typedef struct pointing {
    kt_cube *cube;
    double low, high;
    size_t total; /* position of the total of occupations; KT_NO_CODE if there is none */
    size_t inner; /* cells of one occupation */
    kt_arena *arena;
} kt_pointing;

static void count_cell(const kt_cube *cube, size_t cell, kt_margin *margin)
{
    const kt_obs obs = (kt_obs)cube->status[cell];
    if (kt_obs_has_value(obs)) {
        margin->known += cube->value[cell];
    } else if (obs == KT_OBS_PROTECTED) {
        margin->hidden++;
    } else if (obs == KT_OBS_MISSING) {
        margin->missing++;
    }
}

/* The share of each protected cell, or the middle of the limits where the margin says nothing. */
static double share_of(const kt_pointing *pointing, const kt_margin *margin, double total)
{
    if (isnan(total) || margin->missing > 0 || margin->hidden == 0) {
        return (pointing->low + pointing->high) / 2.0;
    }
    const double share = (total - margin->known) / (double)margin->hidden;
    return fmin(fmax(share, pointing->low), pointing->high);
}

static void set_point(const kt_pointing *pointing, size_t cell, double point)
{
    if (pointing->cube->status[cell] == KT_OBS_PROTECTED) {
        kt_cube_protect(pointing->cube, cell, point, pointing->low, pointing->high);
    }
}

/* The occupations of one region row; row is its first cell of one sector and group. */
static void point_occupations(const kt_pointing *pointing, size_t row)
{
    const kt_cube *cube = pointing->cube;
    const size_t stride = cube->stride[KT_ROLE_OCCUPATION];
    kt_margin margin = {0};
    for (size_t o = 0; o < cube->size[KT_ROLE_OCCUPATION]; o++) {
        if (o != pointing->total) {
            count_cell(cube, row + o * stride, &margin);
        }
    }
    if (margin.hidden == 0) {
        return;
    }
    const size_t cell = pointing->total == KT_NO_CODE ? row : row + pointing->total * stride;
    double total = NAN;
    if (pointing->total != KT_NO_CODE && kt_obs_has_value((kt_obs)cube->status[cell])) {
        total = cube->value[cell];
    }
    const double share = share_of(pointing, &margin, total);
    for (size_t o = 0; o < cube->size[KT_ROLE_OCCUPATION]; o++) {
        if (o != pointing->total) {
            set_point(pointing, row + o * stride, share);
        }
    }
}

static void point_all_occupations(const kt_pointing *pointing)
{
    const kt_cube *cube = pointing->cube;
    const size_t rows =
        cube->size[KT_ROLE_PERIOD] * cube->size[KT_ROLE_MEASURE] * cube->size[KT_ROLE_REGION];
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < pointing->inner; i++) {
            point_occupations(pointing, row * cube->stride[KT_ROLE_REGION] + i);
        }
    }
}

/* The rows of one level in their parents: parent[r] is KT_NO_CODE for the rows of other levels. */
static void point_regions(const kt_pointing *pointing, const size_t *parent, kt_margin *margins,
                          size_t first)
{
    const kt_cube *cube = pointing->cube;
    const size_t regions = cube->size[KT_ROLE_REGION], stride = cube->stride[KT_ROLE_REGION];
    memset(margins, 0, regions * sizeof *margins);
    for (size_t r = 0; r < regions; r++) {
        if (parent[r] != KT_NO_CODE) {
            count_cell(cube, first + r * stride, &margins[parent[r]]);
        }
    }
    for (size_t r = 0; r < regions; r++) {
        if (parent[r] != KT_NO_CODE) {
            const double total = cube->value[first + parent[r] * stride];
            set_point(pointing, first + r * stride, share_of(pointing, &margins[parent[r]], total));
        }
    }
}

/* All periods and measures of one level; only the total of occupations has regions as its margin.
 */
static void point_level(const kt_pointing *pointing, const size_t *parent)
{
    const kt_cube *cube = pointing->cube;
    const size_t total = pointing->total == KT_NO_CODE ? 0 : pointing->total;
    kt_margin *margins = kt_arena_array(pointing->arena, kt_margin, cube->size[KT_ROLE_REGION]);
    for (size_t m = 0; m < cube->size[KT_ROLE_PERIOD] * cube->size[KT_ROLE_MEASURE]; m++) {
        for (size_t i = 0; i < pointing->inner; i++) {
            point_regions(pointing, parent, margins,
                          m * cube->stride[KT_ROLE_MEASURE] +
                              total * cube->stride[KT_ROLE_OCCUPATION] + i);
        }
    }
}

/* The row of the nearest region above, of those levels in that order, or KT_NO_CODE. */
static size_t row_above(const kt_cube *cube, const kt_classification *regions, size_t row,
                        const char *const *levels)
{
    for (size_t i = 0; levels[i] != NULL; i++) {
        const char *parent =
            kt_class_parent(regions, kt_codes_at(cube->codes[KT_ROLE_REGION], row), levels[i]);
        const size_t above =
            parent == NULL ? KT_NO_CODE : kt_codes_find(cube->codes[KT_ROLE_REGION], parent);
        if (above != KT_NO_CODE) {
            return above;
        }
    }
    return KT_NO_CODE;
}

static void point_level_in(const kt_pointing *pointing, const kt_classification *regions,
                           const char *level, const char *const *above)
{
    const kt_cube *cube = pointing->cube;
    const size_t count = cube->size[KT_ROLE_REGION];
    size_t *parent = kt_arena_array(pointing->arena, size_t, count);
    bool any = false;
    for (size_t r = 0; r < count; r++) {
        const kt_class_item *item =
            kt_class_find(regions, kt_codes_at(cube->codes[KT_ROLE_REGION], r));
        parent[r] = item == NULL || strcmp(item->level, level) != 0
                        ? KT_NO_CODE
                        : row_above(cube, regions, r, above);
        any = any || parent[r] != KT_NO_CODE;
    }
    if (any) {
        point_level(pointing, parent);
    }
}

/* Where no margin is known: the middle. */
static void point_middle(const kt_pointing *pointing)
{
    for (size_t i = 0; i < pointing->cube->cells; i++) {
        set_point(pointing, i, (pointing->low + pointing->high) / 2.0);
    }
}

kt_status kt_reconcile_points(kt_cube *cube, const kt_source *source,
                              const kt_classification *regions, kt_error *err)
{
    static const char *const above_seutukunta[] = {"maakunta", NULL};
    static const char *const above_kunta[] = {"seutukunta", "maakunta", NULL};
    if (!(source->protected_low <= source->protected_high)) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: protected: low %g is above high %g", source->file,
                       source->protected_low, source->protected_high);
    }
    const kt_variable_spec *spec = kt_source_variable(source, KT_ROLE_OCCUPATION);
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("points of protected cells", 0);
    kt_pointing pointing = {.cube = cube, .arena = arena};
    pointing.low = source->protected_low;
    pointing.high = source->protected_high;
    pointing.inner = cube->stride[KT_ROLE_OCCUPATION];
    pointing.total = kt_codes_find(cube->codes[KT_ROLE_OCCUPATION],
                                   spec != NULL && spec->total != NULL ? spec->total : KT_TOTAL);
    point_middle(&pointing);
    if (regions != NULL && (pointing.total != KT_NO_CODE || cube->size[KT_ROLE_OCCUPATION] == 1)) {
        point_level_in(&pointing, regions, "seutukunta", above_seutukunta);
        point_level_in(&pointing, regions, "kunta", above_kunta);
    }
    point_all_occupations(&pointing);
    return KT_OK;
}
