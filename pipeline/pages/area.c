/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/area.h"

#include <string.h>

#define COUNTRY_LEVEL "country"
#define COUNTRY       "SSS"
#define MAAKUNTA      "maakunta"

/* "seutukunta=SK191;maakunta=MK19", "" where nobody says. */
static const char *parents_of(const kt_page *page, kt_area place)
{
    const kt_sheet *regions = kt_book_table(page->book, "dim_region");
    for (size_t row = kt_sheet_find(regions, "code", place.code, 0); row < regions->row_count;
         row = kt_sheet_find(regions, "code", place.code, row + 1)) {
        if (strcmp(kt_sheet_cell(regions, row, "level"), place.level) == 0) {
            return kt_sheet_cell(regions, row, "parents");
        }
    }
    return "";
}

bool kt_area_holds(const kt_page *page, kt_area area, kt_area place)
{
    if (strcmp(area.level, COUNTRY_LEVEL) == 0) {
        return true;
    }
    if (strcmp(area.level, place.level) == 0 && strcmp(area.code, place.code) == 0) {
        return true;
    }
    return kt_list_has(parents_of(page, place), ';',
                       kt_arena_print(page->arena, "%s=%s", area.level, area.code));
}

static kt_area area_at(const kt_sheet *places, size_t row)
{
    return (kt_area){kt_sheet_cell(places, row, "region_level"),
                     kt_sheet_cell(places, row, "region_code")};
}

typedef struct holding {
    const kt_page *page;
    kt_area area;
} holding;

static bool is_held(void *context, const kt_sheet *places, size_t row)
{
    const holding *of = context;
    return kt_area_holds(of->page, of->area, area_at(places, row));
}

kt_sheet kt_area_places(const kt_page *page, kt_area area)
{
    holding of = {page, area};
    return kt_sheet_those(kt_book_table(page->book, "project_regions"), is_held, &of, page->arena);
}

static bool has_changes(const kt_page *page, kt_area area)
{
    return kt_page_newest_changes(page, area.level, area.code).row_count > 0;
}

typedef struct areas {
    const kt_page *page;
    kt_area *at;
    size_t count, room;
} areas;

static void add(areas *to, const char *level, const char *code)
{
    for (size_t i = 0; i < to->count; i++) {
        if (strcmp(to->at[i].level, level) == 0 && strcmp(to->at[i].code, code) == 0) {
            return;
        }
    }
    to->at = kt_arena_grow(to->page->arena, to->at, to->count, &to->room, sizeof *to->at);
    to->at[to->count++] = (kt_area){level, code};
}

/* The maakunnat that hold the place, or lie in it. */
static void add_maakunnat(areas *to, kt_area place)
{
    const kt_sheet all =
        kt_book_rows(to->page->book, "dim_region", KT_FILLED("level"), KT_FILLED(MAAKUNTA));
    for (size_t row = 0; row < all.row_count; row++) {
        const kt_area maakunta = {MAAKUNTA, kt_sheet_cell(&all, row, "code")};
        if (kt_area_holds(to->page, maakunta, place) || kt_area_holds(to->page, place, maakunta)) {
            add(to, MAAKUNTA, maakunta.code);
        }
    }
}

size_t kt_areas_of(const kt_page *page, const kt_sheet *places, kt_area **out)
{
    areas found = {.page = page};
    for (size_t row = 0; row < places->row_count; row++) {
        const kt_area place = area_at(places, row);
        if (strcmp(place.code, COUNTRY) == 0) {
            add(&found, COUNTRY_LEVEL, COUNTRY);
        } else if (has_changes(page, place)) {
            add(&found, place.level, place.code);
        } else {
            add_maakunnat(&found, place);
        }
    }
    *out = found.at;
    return found.count;
}
