/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/tile_map.h"

#include <string.h>

#include "pages/clip.h"
#include "pages/outline_map.h"

#define KINDS     4
#define SIZE      66.0
#define GAP       4.0
#define COLUMNS   6
#define ROWS      8
#define NAME_MOST 12 /* letters of a name on a line */

#define SIGN_WIDTH 16.0 /* of a region that has room for a sign */

/* Our own drawing: columns from the west, rows from the north. */
static const struct {
    const char *code;
    int column, row;
} places[] = {
    {"MK19", 3, 0}, {"MK17", 3, 1}, {"MK18", 4, 1}, {"MK16", 2, 2}, {"MK11", 4, 2},
    {"MK15", 1, 3}, {"MK14", 2, 3}, {"MK13", 3, 3}, {"MK10", 4, 3}, {"MK12", 5, 2},
    {"MK04", 1, 4}, {"MK06", 2, 4}, {"MK07", 3, 4}, {"MK09", 5, 4}, {"MK02", 1, 5},
    {"MK05", 2, 5}, {"MK01", 3, 5}, {"MK08", 4, 4}, {"MK21", 0, 5},
};
#define PLACES (sizeof places / sizeof places[0])

static const char *const signs[KINDS] = {"\u25b2", "\u25bc", "\u25cf", "\u2013"};

static size_t place_of(const char *code)
{
    size_t at = 0;
    while (at < PLACES && strcmp(places[at].code, code) != 0) {
        at++;
    }
    return at;
}

static void put_tile(const kt_plot *plot, const kt_tile *tile, size_t at)
{
    const double x = GAP + places[at].column * (SIZE + GAP);
    const double y = GAP + places[at].row * (SIZE + GAP);
    kt_arena *arena = plot->page->arena;
    kt_html_void(&plot->page->html, "rect",
                 KT_FILLED("x", kt_arena_print(arena, "%.0f", x), "y",
                           kt_arena_print(arena, "%.0f", y), "width",
                           kt_arena_print(arena, "%.0f", SIZE), "height",
                           kt_arena_print(arena, "%.0f", SIZE)));
    kt_plot_words(plot, (kt_spot){x + SIZE / 2.0, y + 22.0}, "middle", "sign", signs[tile->kind]);
    kt_plot_name(plot, (kt_spot){x + SIZE / 2.0, y + 44.0}, "middle", "name", tile->name,
                 NAME_MOST);
}

static void put_outline(const kt_plot *plot, const kt_outlines *outlines, const kt_tile *tile)
{
    const kt_outline_room room =
        kt_outline_put(plot, outlines, kt_outlines_find(outlines, tile->code));
    const bool is_small = room.width < SIGN_WIDTH;
    kt_plot_words(plot, (kt_spot){room.middle.x, room.middle.y + (is_small ? 2.0 : 5.0)}, "middle",
                  is_small ? "sign small" : "sign", signs[tile->kind]);
}

static void put_region(const kt_plot *plot, const kt_outlines *outlines, const kt_tile *tile)
{
    kt_html *to = &plot->page->html;
    kt_html_open(to, "g",
                 KT_FILLED("class", kt_arena_print(plot->page->arena, "tile k%zu%s", tile->kind,
                                                   tile->own ? " mine" : "")));
    kt_html_element(to, "title", NULL,
                    kt_arena_print(plot->page->arena, "%s: %s", tile->name, tile->figure));
    if (outlines == NULL) {
        put_tile(plot, tile, place_of(tile->code));
    } else {
        put_outline(plot, outlines, tile);
    }
    kt_html_close(to);
}

/* Where the outlines are known a region is drawn as it lies. */
static bool is_drawn(const kt_outlines *outlines, const kt_tile *tile)
{
    return outlines == NULL ? place_of(tile->code) < PLACES
                            : kt_outlines_find(outlines, tile->code) != NULL;
}

static void put_legend(kt_page *page, const kt_outlines *outlines, const kt_tile *tiles,
                       size_t count)
{
    kt_html_open(&page->html, "ul", KT_FILLED("class", "keys"));
    for (size_t kind = 0; kind < KINDS; kind++) {
        size_t of_kind = 0;
        for (size_t i = 0; i < count; i++) {
            of_kind += tiles[i].kind == kind && is_drawn(outlines, &tiles[i]) ? 1 : 0;
        }
        kt_html_open(&page->html, "li", NULL);
        kt_html_text(&page->html,
                     kt_arena_print(page->arena, "%s %s ", signs[kind],
                                    kt_page_say(page, (kt_word)(KT_WORD_side_tighter + kind))));
        kt_html_element(&page->html, "span", KT_FILLED("class", "count"),
                        kt_arena_print(page->arena, "(%zu)", of_kind));
        kt_html_close(&page->html);
    }
    kt_html_close(&page->html);
}

/* The legend stands under the map; a picture of the map alone has it above. */
static void note_keys(kt_page *page)
{
    kt_key keys[KINDS];
    for (size_t kind = 0; kind < KINDS; kind++) {
        keys[kind] =
            (kt_key){signs[kind], kt_page_say(page, (kt_word)(KT_WORD_side_tighter + kind))};
    }
    if (page->clip != NULL) {
        kt_clip_keys(page->clip, keys, KINDS);
    }
}

static void put_regions(const kt_plot *plot, const kt_outlines *outlines, const kt_tile *tiles,
                        size_t count, bool own)
{
    for (size_t i = 0; i < count; i++) {
        if (tiles[i].own == own && is_drawn(outlines, &tiles[i])) {
            put_region(plot, outlines, &tiles[i]);
        }
    }
}

void kt_tile_map_put(kt_page *page, const kt_outlines *outlines, const kt_tile *tiles, size_t count)
{
    const kt_spot squares = {GAP + COLUMNS * (SIZE + GAP), GAP + (ROWS - 2) * (SIZE + GAP)};
    const kt_spot size = outlines == NULL ? squares : kt_outline_size(outlines);
    const kt_plot plot = {.page = page, .width = size.x, .height = size.y};
    const char *title = kt_page_say(page, outlines == NULL ? KT_WORD_map : KT_WORD_map_outlines);
    const char *note =
        kt_page_say(page, outlines == NULL ? KT_WORD_map_note : KT_WORD_map_outlines_note);
    kt_html_element(&page->html, "h3", NULL, title);
    note_keys(page);
    kt_html_open(&page->html, "div", KT_FILLED("class", outlines == NULL ? "map" : "map outlines"));
    kt_plot_begin(&plot, "map", title, note);
    put_regions(&plot, outlines, tiles, count, false);
    put_regions(&plot, outlines, tiles, count, true); /* so that no neighbour lies on its edge */
    kt_plot_end(&plot);
    put_legend(page, outlines, tiles, count);
    if (outlines != NULL) {
        kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                        kt_arena_print(page->arena, "%s %s", note, outlines->credit));
    }
    kt_html_close(&page->html);
}
