/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "core/file.h"
#include "core/text.h"
#include "core/words.h"
#include "measure_weights.h"

#define ENTRY_LIMIT  100
#define REGION_LIMIT 1000

/* Mean radius of the Earth (IUGG), km. */
#define EARTH_KM 6371.0088

typedef struct place_on_earth {
    const char *region;
    double latitude, longitude; /* radians */
} place_on_earth;

static double radians(double degrees)
{
    return degrees * 3.14159265358979323846 / 180.0;
}

/*
 * The great circle by the haversine formula:
 *
 *     d = 2 R asin sqrt(sin^2((p2-p1)/2) + cos p1 cos p2 sin^2((l2-l1)/2))
 */
static double distance_km(const place_on_earth *from, const place_on_earth *to)
{
    const double up = sin((to->latitude - from->latitude) / 2.0);
    const double along = sin((to->longitude - from->longitude) / 2.0);
    const double square = up * up + cos(from->latitude) * cos(to->latitude) * along * along;
    return 2.0 * EARTH_KM * asin(sqrt(fmin(square, 1.0)));
}

/* w = exp(-decay d): 1 inside a region, and less the farther posts are. */
static const kt_weights *weights_of(const place_on_earth *places, size_t count, double decay,
                                    const char *name, kt_arena *arena)
{
    const char **regions = kt_arena_array(arena, const char *, count + 1);
    double *weight = kt_arena_array(arena, double, count *count + 1);
    for (size_t i = 0; i < count; i++) {
        regions[i] = places[i].region;
        for (size_t j = 0; j < count; j++) {
            weight[i * count + j] =
                i == j ? 1.0 : exp(-decay * distance_km(&places[i], &places[j]));
        }
    }
    kt_weights *made = kt_arena_new(arena, kt_weights);
    *made = (kt_weights){.row_count = count,
                         .column_count = count,
                         .row = regions,
                         .column = regions,
                         .weight = weight,
                         .name = name};
    return made;
}

static void check_region(kt_json place, const char *code, const char *level,
                         const kt_config *config)
{
    const kt_class_item *item = config->classifications == NULL
                                    ? NULL
                                    : kt_class_find(&config->classifications->regions, code);
    if (config->classifications != NULL && level != NULL &&
        (item == NULL || strcmp(item->level, level) != 0)) {
        kt_json_wrong(place, "\"%.40s\" is no region of the level %s", code, level);
    }
}

static place_on_earth read_coordinates(kt_json place, const char *region)
{
    if (kt_json_count(place) != 2) {
        kt_json_wrong(place, "expected a latitude and a longitude, in degrees");
        return (place_on_earth){.region = region};
    }
    return (place_on_earth){
        .region = region,
        .latitude = radians(kt_json_number(kt_json_element(place, 0), -90.0, 90.0)),
        .longitude = radians(kt_json_number(kt_json_element(place, 1), -180.0, 180.0))};
}

static const kt_weights *read_distance(kt_json place, const kt_reach *reach,
                                       const kt_config *config)
{
    static const char *const keys[] = {"coordinates", "decay_per_km", NULL};
    if (!kt_json_object(place)) {
        return NULL;
    }
    kt_json_only(place, keys);
    const double decay = kt_json_number(kt_json_member(place, "decay_per_km"), 0.0, 10.0);
    const kt_json coordinates = kt_json_member(place, "coordinates");
    const size_t count = json_object_size(coordinates.value);
    if (count == 0 || count > REGION_LIMIT) {
        kt_json_wrong(coordinates, "expected 1 to %d regions with their coordinates", REGION_LIMIT);
        return NULL;
    }
    place_on_earth *places = kt_arena_array(place.arena, place_on_earth, count);
    size_t at = 0;
    const char *region = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)coordinates.value, region, value)
    {
        const kt_json member = kt_json_member(coordinates, region);
        check_region(member, region, reach->region_level, config);
        places[at++] = read_coordinates(member, kt_arena_copy(place.arena, region));
    }
    return weights_of(places, count, decay, reach->name, place.arena);
}

static const kt_weights *read_file(kt_json place, const kt_reach *reach, const kt_config *config)
{
    const char *name = kt_json_text(place);
    if (name == NULL) {
        return NULL;
    }
    const char *folder = kt_path_folder(place.arena, place.file);
    const char *path = kt_path_fold(place.arena, kt_path_join(place.arena, folder, name));
    const kt_weights *weights = NULL;
    kt_error fault = {0};
    if (kt_measure_weights(kt_measure_find("effective_tightness"), path, place.arena, &weights,
                           &fault) != KT_OK) {
        kt_json_wrong(place, "%s", fault.message);
        return NULL;
    }
    for (size_t i = 0; i < weights->row_count; i++) {
        check_region(place, weights->row[i], reach->region_level, config);
    }
    kt_weights *named = kt_arena_new(place.arena, kt_weights);
    *named = *weights;
    named->name = reach->name; /* messages are published, and where the file lies is not */
    return named;
}

static void check_name(kt_json place, const kt_reach *reach, const kt_config *config)
{
    for (size_t i = 0; i < config->reaches.count; i++) {
        const kt_reach *other = &config->reaches.at[i];
        if (kt_text_same(other->name, reach->name) &&
            kt_text_same(other->region_level, reach->region_level)) {
            kt_json_wrong(place, "\"%s\" stands twice", reach->name);
        }
    }
}

static void read_entry(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"name",     "region_level", "title", "source",
                                       "distance", "file",         NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json level = kt_json_member(place, "region_level");
    const kt_json distance = kt_json_member(place, "distance");
    const kt_json file = kt_json_member(place, "file");
    kt_reach reach = {.name = kt_json_text(kt_json_member(place, "name")),
                      .region_level = kt_json_text(level),
                      .title = kt_words_read(kt_json_member(place, "title")),
                      .source = kt_json_text(kt_json_member(place, "source"))};
    check_name(kt_json_member(place, "name"), &reach, config);
    if (kt_json_absent(distance) == kt_json_absent(file)) {
        kt_json_wrong(place, "expected either a distance or a file");
        return;
    }
    reach.weights = kt_json_absent(file) ? read_distance(distance, &reach, config)
                                         : read_file(file, &reach, config);
    config->reaches.at[config->reaches.count++] = reach;
}

void kt_config_effective_tightness(const char *path, kt_config *config, kt_arena *arena,
                                   kt_problems *problems)
{
    json_auto_t *document = NULL;
    kt_json list;
    if (!kt_json_load_list(path, "effective_tightness", arena, problems, &document, &list)) {
        return;
    }
    const size_t count = kt_json_count(list);
    if (count > ENTRY_LIMIT) {
        kt_json_wrong(list, "expected at most %d entries", ENTRY_LIMIT);
        return;
    }
    config->reaches.at = kt_arena_array(arena, kt_reach, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_entry(kt_json_element(list, i), config);
    }
}
