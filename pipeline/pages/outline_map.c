/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/outline_map.h"

#include <math.h>

#include "core/cleanup.h"

#define WIDTH  340.0
#define MARGIN 3.0
#define PARTS  2.0 /* of a pixel */

/* From the projection to the drawing, in parts of a pixel. */
typedef struct frame {
    double west, north, scale;
    double height;
} frame;

/* The corners of the field that all of them lie in. */
typedef struct field {
    kt_point low, high;
} field;

static void widen(field *of, const kt_ring *ring)
{
    for (size_t i = 0; i < ring->count; i++) {
        const kt_point at = ring->at[i];
        of->low = (kt_point){fmin(of->low.x, at.x), fmin(of->low.y, at.y)};
        of->high = (kt_point){fmax(of->high.x, at.x), fmax(of->high.y, at.y)};
    }
}

static frame frame_of(const kt_outlines *outlines)
{
    field all = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < outlines->count; i++) {
        for (size_t j = 0; j < outlines->regions[i].ring_count; j++) {
            widen(&all, &outlines->regions[i].rings[j]);
        }
    }
    const double scale = (WIDTH - 2.0 * MARGIN) / fmax(all.high.x - all.low.x, 1e-9);
    return (frame){all.low.x, all.high.y, scale, (all.high.y - all.low.y) * scale + 2.0 * MARGIN};
}

kt_spot kt_outline_size(const kt_outlines *outlines)
{
    return (kt_spot){WIDTH, ceil(frame_of(outlines).height)};
}

typedef struct cell {
    long x, y; /* in parts of a pixel */
} cell;

static cell cell_of(const frame *to, kt_point at)
{
    return (cell){lround((MARGIN + (at.x - to->west) * to->scale) * PARTS),
                  lround((MARGIN + (to->north - at.y) * to->scale) * PARTS)};
}

/* The middle one adds nothing. */
static bool is_straight(cell a, cell b, cell c)
{
    const long turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    const long on = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y);
    return turn == 0 && on >= 0;
}

/* The points that are left of a ring, without the first one once more. */
static size_t thin(const frame *to, const kt_ring *ring, cell *out)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < ring->count; i++) {
        const cell at = cell_of(to, ring->at[i]);
        if (count > 0 && out[count - 1].x == at.x && out[count - 1].y == at.y) {
            continue;
        }
        while (count > 1 && is_straight(out[count - 2], out[count - 1], at)) {
            count--;
        }
        out[count++] = at;
    }
    return count;
}

static void put_part(kt_text *path, const char *before, long parts)
{
    kt_text_print(path, "%s%g", before, (double)parts / PARTS);
}

static void put_ring(kt_text *path, const cell *at, size_t count)
{
    put_part(path, "M", at[0].x);
    put_part(path, " ", at[0].y);
    for (size_t i = 1; i < count; i++) {
        put_part(path, i == 1 ? "l" : " ", at[i].x - at[i - 1].x);
        put_part(path, " ", at[i].y - at[i - 1].y);
    }
    kt_text_put(path, "z");
}

/* Twice its area, and its centre of gravity. */
static double weigh(const cell *at, size_t count, kt_spot *centre)
{
    double area = 0.0, x = 0.0, y = 0.0;
    for (size_t i = 0; i < count; i++) {
        const cell a = at[i], b = at[(i + 1) % count];
        const double piece = (double)(a.x * b.y - b.x * a.y);
        area += piece;
        x += piece * (double)(a.x + b.x);
        y += piece * (double)(a.y + b.y);
    }
    if (area != 0.0) {
        *centre = (kt_spot){x / (3.0 * area * PARTS), y / (3.0 * area * PARTS)};
    } else {
        *centre = (kt_spot){(double)at[0].x / PARTS, (double)at[0].y / PARTS};
    }
    return fabs(area);
}

kt_outline_room kt_outline_put(const kt_plot *plot, const kt_outlines *outlines,
                               const kt_outline *outline)
{
    const frame to = frame_of(outlines);
    KT_AUTO(text) kt_text path = {0};
    kt_spot middle = {0};
    double largest = -1.0;
    for (size_t i = 0; i < outline->ring_count; i++) {
        const kt_ring *ring = &outline->rings[i];
        cell *cells = kt_arena_array(plot->page->arena, cell, ring->count);
        const size_t count = thin(&to, ring, cells);
        kt_spot centre;
        const double area = weigh(cells, count, &centre);
        if (area == 0.0 && outline->ring_count > 1) {
            continue; /* an islet that cannot be seen */
        }
        put_ring(&path, cells, count);
        if (area > largest) {
            largest = area;
            middle = centre;
        }
    }
    kt_plot_path(plot, kt_arena_copy(plot->page->arena, path.bytes == NULL ? "" : path.bytes),
                 "outline");
    return (kt_outline_room){middle, sqrt(largest / 2.0) / PARTS};
}
