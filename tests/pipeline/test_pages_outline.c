/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/outline_map.h"

#include "core/cleanup.h"
#include "pipeline/publish_support.h"
#include "support/arena.h"

#define SQUARE "[[[27,60],[28,60],[28,61],[27,60]]]"
#define OF(code, shape) \
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\"},\"geometry\":" shape "}"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":" rings "}"
#define REST                                                            \
    OF("SA2", POLYGON(SQUARE))                                          \
    "," OF("3", POLYGON(SQUARE)) "," OF("SA4", POLYGON(SQUARE)) "," OF( \
        "5", "{\"type\":\"MultiPolygon\",\"coordinates\":[" SQUARE "," SQUARE "]}")
#define FILE_OF(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static const kt_classification *regions_of(bench *made)
{
    const kt_classifications *all = kt_classifications_load(
        KT_ROOT "/config/classifications", made->arena, kt_problems_new(made->arena));
    assert_non_null(all);
    return &all->regions;
}

/* Reads {"level", "file", "credit"} with the text as the file. */
static bool read_map(void *state, const char *place, const char *text, kt_outlines *out,
                     kt_problems **problems)
{
    bench *made = state;
    (void)write_bytes(state, "map.geojson", text, strlen(text));
    const char *path = write_bytes(state, "place.json", place, strlen(place));
    *problems = kt_problems_new(made->arena);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, made->arena, *problems, &document, &root);
    return kt_outlines_read(root, kt_path_folder(made->arena, path), regions_of(made), out);
}

#define PLACE "{\"level\":\"suuralue\",\"file\":\"map.geojson\",\"credit\":\"Us, CC BY 4.0\"}"

/* On a sphere of radius 1: 0 and 60 degrees north on the meridian are 0 and pi / 3; a degree east
 * of it at the equator is artanh(sin(pi / 180)) = l + l^3 / 6 + l^5 / 24 + ..., l = pi / 180. */
static void places_are_projected(void **state)
{
    static const char shape[] =
        FILE_OF(OF("1", POLYGON("[[[27,0],[28,0],[27,60],[27,0]]]")) "," REST);
    kt_outlines map;
    kt_problems *problems = NULL;
    assert_true(read_map(*state, PLACE, shape, &map, &problems));
    assert_int_equal(kt_problems_count(problems), 0);
    assert_string_equal(map.level, "suuralue");
    assert_string_equal(map.credit, "Us, CC BY 4.0");
    assert_int_equal(map.count, 5);
    const kt_outline *first = kt_outlines_find(&map, "SA1");
    assert_non_null(first);
    assert_int_equal(first->ring_count, 1);
    assert_int_equal(first->rings[0].count, 4);
    const kt_point *at = first->rings[0].at;
    assert_close(at[0].x, 0.0, 1e-15);
    assert_close(at[0].y, 0.0, 1e-15);
    assert_close(at[1].x, 0.017454178683585, 1e-14);
    assert_close(at[1].y, 0.0, 1e-15);
    assert_close(at[2].x, 0.0, 1e-15);
    assert_close(at[2].y, 1.0471975511966, 1e-12);
    assert_int_equal(kt_outlines_find(&map, "SA5")->ring_count, 2);
    assert_null(kt_outlines_find(&map, "MK01"));
    assert_ptr_equal(kt_outlines_of(&map, 1, "suuralue"), &map);
    assert_null(kt_outlines_of(&map, 1, "maakunta"));
}

static void what_is_no_map_is_told(void **state)
{
    static const struct {
        const char *place, *text, *told;
    } cases[] = {
        {PLACE, "{\"type\":\"Topology\"}", "features"},
        {PLACE, "not JSON", "map.geojson"},
        {PLACE, FILE_OF(REST), "expected an outline of SA1 (Helsinki-Uusimaa)"},
        {PLACE, FILE_OF(OF("SA1", POLYGON(SQUARE)) "," OF("1", POLYGON(SQUARE)) "," REST),
         "features[1].properties.code: SA1 is there twice"},
        {PLACE, FILE_OF(OF("SA9", POLYGON(SQUARE)) "," REST),
         "expected the code of a region of the level suuralue, found \"SA9\""},
        {PLACE, FILE_OF(OF("MK01", POLYGON(SQUARE)) "," REST), "found \"MK01\""},
        {PLACE, FILE_OF(OF("1", POLYGON("[[[385000,6672000],[1,2],[3,4],[5,6]]]")) "," REST),
         "coordinates[0][0]: expected longitude and latitude in degrees (WGS84), found 385000"},
        {PLACE, FILE_OF(OF("1", POLYGON("[[[27,60],[28,\"60\"],[27,61],[27,60]]]")) "," REST),
         "coordinates[0][1]"},
        {PLACE, FILE_OF(OF("1", POLYGON("[[[27,60],[28,60],[27,60]]]")) "," REST),
         "expected a ring of at least 4 points"},
        {PLACE, FILE_OF(OF("1", POLYGON("[]")) "," REST), "expected at least one ring"},
        {PLACE, FILE_OF(OF("1", "{\"type\":\"Point\",\"coordinates\":[27,60]}") "," REST),
         "expected a Polygon or a MultiPolygon"},
        {"{\"level\":\"suuralue\",\"file\":\"map.geojson\"}", FILE_OF(REST), "credit"},
        {"{\"level\":\"county\",\"file\":\"map.geojson\",\"credit\":\"x\"}", FILE_OF(REST),
         "expected a level of regions such as maakunta, found \"county\""},
        {"{\"level\":\"suuralue\",\"file\":\"none.geojson\",\"credit\":\"x\"}", "", "none.geojson"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_outlines map;
        kt_problems *problems = NULL;
        assert_false(read_map(*state, cases[i].place, cases[i].text, &map, &problems));
        assert_told(problems, cases[i].told);
    }
}

/*
 * Two regions in a field of 2 x 1: the drawing is 340 wide with a margin of 3, so one is 167
 * pixels. The first is a square with a point on its south side, and an islet of a thousandth, which
 * is less than half a pixel; the second a triangle.
 */
static const kt_point square[] = {{0, 0}, {0.5, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
static const kt_point islet[] = {{1.5, 0.9}, {1.501, 0.9}, {1.501, 0.901}, {1.5, 0.9}};
static const kt_point triangle[] = {{1, 0}, {2, 0}, {1, 1}, {1, 0}};

static void outlines_are_drawn_as_they_lie(void **state)
{
    static const kt_ring rings[] = {{islet, 4}, {square, 6}, {triangle, 4}};
    static const kt_outline regions[] = {{"A", rings, 2}, {"B", rings + 2, 1}};
    static const kt_outlines map = {"suuralue", "us", regions, 2};
    static const struct {
        size_t region;
        const char *path;
        kt_spot middle;
        double width; /* of 167 * 167, and of half as much */
    } cases[] = {
        {0, "M3 170l167 0 0 -167 -167 0z", {86.5, 86.5}, 167.0},
        {1, "M170 170l167 0 -167 -167z", {170.0 + 167.0 / 3.0, 170.0 - 167.0 / 3.0}, 118.0868325},
    };
    const kt_spot size = kt_outline_size(&map);
    assert_close(size.x, 340.0, 1e-12);
    assert_close(size.y, 173.0, 1e-12);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(text) kt_text drawn = {0};
        kt_page page = {.html = {.out = &drawn}, .arena = *state};
        const kt_plot plot = {.page = &page, .width = size.x, .height = size.y};
        const kt_outline_room room = kt_outline_put(&plot, &map, &regions[cases[i].region]);
        assert_close(room.middle.x, cases[i].middle.x, 1e-9);
        assert_close(room.middle.y, cases[i].middle.y, 1e-9);
        assert_close(room.width, cases[i].width, 1e-6);
        assert_non_null(strstr(drawn.bytes, cases[i].path));
        assert_null(strstr(drawn.bytes + 1, "M253")); /* the islet's */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(places_are_projected),
        in_bench(what_is_no_map_is_told),
        ARENA_TEST(outlines_are_drawn_as_they_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
