/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/site.h"

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/parallel.h"
#include "core/text.h"

#define FOLDER "html/"

const char *const kt_site_levels[] = {
    "country", "maakunta", "elinvoimakeskus", "tyollisyysalue", "coordinator", "own", NULL};

/* One language's pages, made with a book of their own: jobs share nothing. */
typedef struct part {
    const kt_site *site;
    const kt_language *words;
    kt_arena *arena;
    kt_made_file *files;
    size_t count;
} part;

static void add_level(kt_book *book, const char *level, kt_site_region *to, size_t *count)
{
    const kt_sheet *regions = kt_book_table(book, "dim_region");
    for (size_t row = kt_sheet_find(regions, "level", level, 0); row < regions->row_count;
         row = kt_sheet_find(regions, "level", level, row + 1)) {
        const char *code = kt_sheet_cell(regions, row, "code");
        if (kt_book_has_figures(book, level, code)) {
            to[(*count)++] = (kt_site_region){level, code};
        }
    }
}

const kt_site_region *kt_site_regions(kt_book *book, kt_arena *arena, size_t *count)
{
    const size_t most = kt_book_table(book, "dim_region")->row_count + 1;
    kt_site_region *found = kt_arena_array(arena, kt_site_region, most);
    *count = 0;
    for (size_t i = 0; kt_site_levels[i] != NULL; i++) {
        add_level(book, kt_site_levels[i], found, count);
    }
    return found;
}

typedef struct writing {
    part *of;
    kt_book *book;
} writing;

static kt_page page_of(const writing *to, const char *name, kt_text *text)
{
    const kt_page_settings *settings = to->of->site->settings;
    return (kt_page){.html = {.out = text},
                     .words = to->of->words,
                     .book = to->book,
                     .notes = settings->notes,
                     .maps = settings->maps,
                     .map_count = settings->map_count,
                     .settings = settings,
                     .file = name,
                     .arena = to->of->arena};
}

static void keep(part *of, const char *name, const kt_text *text)
{
    of->files[of->count++] =
        (kt_made_file){.name = kt_arena_print(of->arena, FOLDER "%s/%s", of->words->name, name),
                       .bytes = kt_arena_copy_n(of->arena, text->bytes, text->length),
                       .length = text->length};
}

static kt_status write_region(const writing *to, const char *level, const char *code, kt_error *err)
{
    KT_AUTO(text) kt_text text = {0};
    const char *name = kt_arena_print(to->of->arena, "%s.html", code);
    kt_page page = page_of(to, name, &text);
    if (page.settings->workbooks) {
        page.workbook = kt_arena_print(to->of->arena, "../../xlsx/%s.xlsx", code);
    }
    KT_TRY(kt_page_region(&page, level, code, err));
    keep(to->of, name, &text);
    return KT_OK;
}

static kt_status write_other(const writing *to, const char *name,
                             kt_status (*put)(kt_page *page, kt_error *err), kt_error *err)
{
    KT_AUTO(text) kt_text text = {0};
    kt_page page = page_of(to, name, &text);
    KT_TRY(put(&page, err));
    keep(to->of, name, &text);
    return KT_OK;
}

static kt_status write_part(part *of, kt_error *err)
{
    writing to = {.of = of};
    KT_TRY(kt_book_staged(&of->site->run, of->site->contract, of->arena, &to.book, err));
    size_t count = 0;
    const kt_site_region *regions = kt_site_regions(to.book, of->arena, &count);
    KT_TRY(kt_book_end(to.book, err));
    of->files = kt_arena_array(of->arena, kt_made_file, count + 5);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(write_region(&to, regions[i].level, regions[i].code, err));
    }
    KT_TRY(write_other(&to, KT_ENTRY_FILE, kt_page_entry, err));
    KT_TRY(write_other(&to, "index.html", kt_page_index, err));
    KT_TRY(write_other(&to, "run.html", kt_page_run, err));
    return write_other(&to, KT_ACCESSIBILITY_FILE, kt_page_accessibility, err);
}

static kt_status make_part(void *context, size_t index, kt_error *err)
{
    return write_part(&((part *)context)[index], err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const kt_made_file *)a)->name, ((const kt_made_file *)b)->name);
}

/* Into the caller's arena, all languages in the order of their names. */
static void gather(const part *parts, size_t languages, kt_arena *arena, kt_made_file **out,
                   size_t *count)
{
    size_t total = 0;
    for (size_t i = 0; i < languages; i++) {
        total += parts[i].count;
    }
    kt_made_file *files = kt_arena_array(arena, kt_made_file, total + 1);
    *count = 0;
    for (size_t i = 0; i < languages; i++) {
        for (size_t j = 0; j < parts[i].count; j++) {
            const kt_made_file *one = &parts[i].files[j];
            files[(*count)++] =
                (kt_made_file){.name = kt_arena_copy(arena, one->name),
                               .bytes = kt_arena_copy_n(arena, one->bytes, one->length),
                               .length = one->length};
        }
    }
    qsort(files, *count, sizeof *files, by_name);
    *out = files;
}

kt_status kt_site_make(const kt_site *site, kt_arena *arena, kt_made_file **out, size_t *count,
                       kt_error *err)
{
    const size_t languages = site->settings->language_count;
    part *parts = kt_arena_array(arena, part, languages + 1);
    for (size_t i = 0; i < languages; i++) {
        parts[i] = (part){.site = site,
                          .words = site->settings->languages[i],
                          .arena = kt_arena_open("pages", 0)};
    }
    const kt_status status = kt_parallel(languages, site->threads, make_part, parts, err);
    if (status == KT_OK) {
        gather(parts, languages, arena, out, count);
    }
    for (size_t i = 0; i < languages; i++) {
        kt_arena_free(parts[i].arena);
    }
    return status;
}

bool kt_site_owns(const char *path)
{
    return kt_text_starts(path, FOLDER);
}
