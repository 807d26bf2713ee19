/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/outline.h"

#include <math.h>
#include <string.h>

#include "core/file.h"

#define MERIDIAN   27.0 /* that of ETRS-TM35FIN */
#define RADIANS    (3.14159265358979323846 / 180.0)
#define MOST_NORTH 89.0 /* degrees that can still be projected */
#define LEAST_RING 4    /* points, with the first one twice */

typedef struct reading {
    const kt_classification *regions;
    const char *level;
    kt_outline *outlines;
    kt_outlines found; /* those of them that were read */
} reading;

/* EVK10 is "EVK10" or "10". */
static bool is_code(const kt_class_item *item, const char *code)
{
    return strcmp(item->code, code) == 0 ||
           strcmp(item->code + strcspn(item->code, "0123456789"), code) == 0;
}

static bool is_in_use(const kt_class_item *item, const char *level)
{
    return strcmp(item->level, level) == 0 && item->valid_to[0] == '\0';
}

static const char *code_of(const reading *of, const char *code)
{
    for (size_t i = 0; i < of->regions->item_count; i++) {
        const kt_class_item *item = &of->regions->items[i];
        if (strcmp(item->level, of->level) == 0 && is_code(item, code)) {
            return item->code;
        }
    }
    return NULL;
}

static kt_point project(double east, double north)
{
    const double away = (east - MERIDIAN) * RADIANS;
    return (kt_point){atanh(cos(north * RADIANS) * sin(away)),
                      atan2(tan(north * RADIANS), cos(away))};
}

static bool read_ring(kt_json place, kt_ring *out)
{
    const size_t count = json_array_size(place.value);
    if (count < LEAST_RING) {
        kt_json_wrong(place, "expected a ring of at least %d points", LEAST_RING);
        return false;
    }
    kt_point *points = kt_arena_array(place.arena, kt_point, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(place.value, i);
        const json_t *east = json_array_get(pair, 0), *north = json_array_get(pair, 1);
        const double x = json_number_value(east), y = json_number_value(north);
        if (!json_is_number(east) || !json_is_number(north) || fabs(x - MERIDIAN) >= 90.0 ||
            fabs(y) > MOST_NORTH) {
            kt_json_wrong(kt_json_element(place, i),
                          "expected longitude and latitude in degrees (WGS84), found %g, %g", x, y);
            return false;
        }
        points[i] = project(x, y);
    }
    *out = (kt_ring){points, count};
    return true;
}

/* Appends the rings of a polygon. */
static bool read_polygon(kt_json place, kt_ring *rings, size_t *count)
{
    for (size_t i = 0; i < json_array_size(place.value); i++) {
        if (!read_ring(kt_json_element(place, i), &rings[*count])) {
            return false;
        }
        (*count)++;
    }
    return true;
}

static size_t rings_in(const json_t *polygons)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(polygons); i++) {
        count += json_array_size(json_array_get(polygons, i));
    }
    return count;
}

/* The rings of a Polygon or of a MultiPolygon: filled where they lie in an odd number of them, so
 * which of them are holes need not be told. */
static bool read_geometry(kt_json geometry, kt_outline *out)
{
    const char *type = kt_json_text(kt_json_member(geometry, "type"));
    const kt_json place = kt_json_member(geometry, "coordinates");
    const bool single = type != NULL && strcmp(type, "Polygon") == 0;
    if (type == NULL || (!single && strcmp(type, "MultiPolygon") != 0)) {
        kt_json_wrong(geometry, "expected a Polygon or a MultiPolygon");
        return false;
    }
    const size_t most = single ? json_array_size(place.value) : rings_in(place.value);
    kt_ring *rings = kt_arena_array(place.arena, kt_ring, most + 1);
    bool fine = true;
    for (size_t i = 0; !single && fine && i < json_array_size(place.value); i++) {
        fine = read_polygon(kt_json_element(place, i), rings, &out->ring_count);
    }
    fine = fine && (!single || read_polygon(place, rings, &out->ring_count));
    if (fine && out->ring_count == 0) {
        kt_json_wrong(place, "expected at least one ring");
    }
    out->rings = rings;
    return fine && out->ring_count > 0;
}

static bool read_feature(kt_json feature, reading *of)
{
    const kt_json place = kt_json_member(kt_json_member(feature, "properties"), "code");
    const char *code = kt_json_text(place);
    if (code == NULL) {
        return false;
    }
    kt_outline read = {.code = code_of(of, code)};
    if (read.code == NULL) {
        kt_json_wrong(place, "expected the code of a region of the level %s, found \"%s\"",
                      of->level, code);
        return false;
    }
    if (kt_outlines_find(&of->found, read.code) != NULL) {
        kt_json_wrong(place, "%s is there twice", read.code);
        return false;
    }
    if (!read_geometry(kt_json_member(feature, "geometry"), &read)) {
        return false;
    }
    of->outlines[of->found.count++] = read;
    return true;
}

/* A map with a hole where a region should be would say that nobody lives there. */
static bool has_all(kt_json features, const reading *of)
{
    bool all = true;
    for (size_t i = 0; i < of->regions->item_count; i++) {
        const kt_class_item *item = &of->regions->items[i];
        if (is_in_use(item, of->level) && kt_outlines_find(&of->found, item->code) == NULL) {
            kt_json_wrong(features, "expected an outline of %s (%s)", item->code, item->name_fi);
            all = false;
        }
    }
    return all;
}

static bool is_level(const char *name)
{
    for (const char *const *level = kt_region_levels(); *level != NULL; level++) {
        if (strcmp(*level, name) == 0) {
            return true;
        }
    }
    return false;
}

bool kt_outlines_read(kt_json place, const char *folder, const kt_classification *regions,
                      kt_outlines *out)
{
    static const char *const keys[] = {"level", "file", "credit", NULL};
    kt_json_only(place, keys);
    reading of = {.regions = regions, .level = kt_json_text(kt_json_member(place, "level"))};
    const char *file = kt_json_text(kt_json_member(place, "file"));
    *out =
        (kt_outlines){.level = of.level, .credit = kt_json_text(kt_json_member(place, "credit"))};
    if (of.level == NULL || file == NULL || out->credit == NULL) {
        return false;
    }
    if (!is_level(of.level)) {
        kt_json_wrong(kt_json_member(place, "level"),
                      "expected a level of regions such as maakunta, found \"%s\"", of.level);
        return false;
    }
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(kt_path_join(place.arena, folder, file), place.arena, place.problems, &document,
                 &root);
    if (root.value == NULL) {
        return false;
    }
    const kt_json features = kt_json_member(root, "features");
    const size_t count = kt_json_count(features);
    of.outlines = kt_arena_array(place.arena, kt_outline, count + 1);
    of.found = (kt_outlines){.level = of.level, .credit = out->credit, .regions = of.outlines};
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        fine = read_feature(kt_json_element(features, i), &of) && fine;
    }
    *out = of.found;
    return fine && has_all(features, &of);
}

const kt_outline *kt_outlines_find(const kt_outlines *outlines, const char *code)
{
    for (size_t i = 0; i < outlines->count; i++) {
        if (strcmp(outlines->regions[i].code, code) == 0) {
            return &outlines->regions[i];
        }
    }
    return NULL;
}

const kt_outlines *kt_outlines_of(const kt_outlines *maps, size_t count, const char *level)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(maps[i].level, level) == 0) {
            return &maps[i];
        }
    }
    return NULL;
}
