/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/clip.h"

#include <assert.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "pages/style.h"

#define MARGIN    12.0
#define HEAD      40.0 /* title and place */
#define KEY_ROW   20.0
#define KEY_WIDTH 26.0
#define FOOT_ROW  16.0

struct kt_clip {
    const char *wanted;
    const char *names; /* of the charts that the page has, with commas between */
    const kt_key *keys;
    size_t key_count;
    const char *title;
    const char *drawing; /* its SVG; NULL: not met */
    size_t from;         /* where that begins in the page */
    double width, height;
    const kt_shown *rows;
    bool is_open;
    kt_arena *arena;
};

kt_clip *kt_clip_new(const char *chart, kt_arena *arena)
{
    kt_clip *made = kt_arena_new(arena, kt_clip);
    *made = (kt_clip){.wanted = chart, .names = "", .arena = arena};
    return made;
}

void kt_clip_keys(kt_clip *clip, const kt_key *keys, size_t count)
{
    if (clip->drawing == NULL) {
        kt_key *kept = kt_arena_array(clip->arena, kt_key, count + 1);
        memcpy(kept, keys, count * sizeof *keys);
        clip->keys = kept;
        clip->key_count = count;
    }
}

void kt_clip_begin(kt_clip *clip, const kt_plot *plot, const char *name, const char *title)
{
    clip->names =
        kt_arena_print(clip->arena, "%s%s%s", clip->names, *clip->names == '\0' ? "" : ", ", name);
    if (strcmp(name, clip->wanted) == 0) {
        clip->is_open = true;
        clip->title = title;
        clip->from = plot->page->html.out->length;
        clip->width = plot->width;
        clip->height = plot->height;
    }
}

void kt_clip_end(kt_clip *clip, const kt_plot *plot)
{
    if (clip->is_open) {
        const kt_text *text = plot->page->html.out;
        clip->drawing =
            kt_arena_copy_n(clip->arena, text->bytes + clip->from, text->length - clip->from);
        clip->rows = plot->page->shown;
        clip->is_open = false;
    } else if (clip->drawing == NULL) {
        clip->key_count = 0; /* they were of this chart */
    }
}

const kt_shown *kt_clip_rows(const kt_clip *clip)
{
    return clip->rows;
}

static bool is_any_of(const char *style, const char *const *styles)
{
    while (*styles != NULL && strcmp(style, *styles) != 0) {
        styles++;
    }
    return *styles != NULL;
}

/* What a key looks like in the chart. */
static void put_sample(const kt_plot *plot, const char *style, double y)
{
    static const char *const marks[] = {"dot", "square", "circle", NULL};
    kt_arena *arena = plot->page->arena;
    const kt_spot middle = {MARGIN + KEY_WIDTH / 2.0, y};
    if (is_any_of(style, marks)) {
        const kt_mark shape = *style == 's'   ? KT_MARK_SQUARE
                              : *style == 'd' ? KT_MARK_DOT
                                              : KT_MARK_RING;
        kt_plot_mark(plot, middle, shape, shape == KT_MARK_SQUARE ? "own" : "other", NULL);
    } else if ((unsigned char)*style >= 0x80U) { /* a sign that stands for itself */
        kt_plot_words(plot, (kt_spot){middle.x, y + 4.0}, "middle", NULL, style);
    } else if (strcmp(style, "held") == 0) {
        kt_plot_rule(plot, (kt_spot){MARGIN, y}, (kt_spot){MARGIN + KEY_WIDTH, y}, style);
    } else if (strcmp(style, "outer") == 0) {
        kt_plot_path(plot,
                     kt_arena_print(arena, "M%.1f %.1fh%.1fv12h-%.1fz", MARGIN, y - 6.0, KEY_WIDTH,
                                    KEY_WIDTH),
                     "band outer");
    } else {
        kt_plot_path(plot, kt_arena_print(arena, "M%.1f %.1fh%.1f", MARGIN, y, KEY_WIDTH),
                     kt_arena_print(arena, "line %s", style));
    }
}

static double put_keys(const kt_plot *plot, const kt_clip *clip, double y)
{
    for (size_t i = 0; i < clip->key_count; i++) {
        put_sample(plot, clip->keys[i].style, y + KEY_ROW / 2.0);
        kt_plot_words(plot, (kt_spot){MARGIN + KEY_WIDTH + 8.0, y + KEY_ROW / 2.0 + 4.0}, "start",
                      NULL, clip->keys[i].name);
        y += KEY_ROW;
    }
    return y;
}

/* Programs for texts and slides know no names of colours: each is replaced by that for paper. */
static void put_resolved(kt_html *to, const char *style, kt_arena *arena)
{
    static const char name_start[] = "var(";
    const char *name = NULL;
    for (; (name = strstr(style, name_start)) != NULL; style = strchr(name, ')') + 1) {
        kt_html_raw(to, kt_arena_copy_n(arena, style, (size_t)(name - style)));
        name += strlen(name_start);
        const char *named = kt_arena_print(arena, "%.*s:", (int)(strchr(name, ')') - name), name);
        const char *colour = strstr(kt_palette, named);
        assert(colour != NULL);
        colour += strlen(named);
        kt_html_raw(to, kt_arena_copy_n(arena, colour, strcspn(colour, ";}")));
    }
    kt_html_raw(to, style);
}

static void put_style(kt_html *to, kt_arena *arena)
{
    kt_html_open(to, "style", NULL);
    kt_html_raw(to, "svg{font-family:sans-serif}");
    put_resolved(to, kt_chart_style, arena);
    kt_html_close(to);
}

/* The drawing inside the picture, at a height of its own. */
static void put_drawing(kt_html *to, const kt_clip *clip, double y, kt_arena *arena)
{
    static const char start[] = "<svg ";
    kt_html_raw(to, kt_arena_print(arena, "<svg x=\"0\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" ",
                                   y, clip->width, clip->height));
    kt_html_raw(to, clip->drawing + strlen(start));
}

kt_status kt_clip_write(const kt_clip *clip, const kt_page *page, const char *place,
                        const char *about, const char *path, kt_error *err)
{
    if (clip->drawing == NULL) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "--chart: the page has no chart \"%s\"; it has %s",
                       clip->wanted, *clip->names == '\0' ? "none" : clip->names);
    }
    KT_AUTO(text) kt_text text = {0};
    kt_page picture = {.html = {.out = &text}, .arena = page->arena};
    const bool modelled = kt_book_of(page->book)->modelled;
    const double top = HEAD + MARGIN + KEY_ROW * (double)clip->key_count;
    const kt_plot plot = {.page = &picture,
                          .width = clip->width,
                          .height =
                              top + clip->height + FOOT_ROW * (modelled ? 2.0 : 1.0) + MARGIN};
    kt_html *to = &picture.html;
    kt_html_raw(to, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    kt_html_open(to, "svg",
                 KT_FILLED("xmlns", "http://www.w3.org/2000/svg", "lang", page->words->name,
                           "viewBox",
                           kt_arena_print(page->arena, "0 0 %.0f %.0f", plot.width, plot.height)));
    put_style(to, page->arena);
    kt_html_void(to, "rect", KT_FILLED("width", "100%", "height", "100%", "fill", "#fff"));
    kt_plot_words(&plot, (kt_spot){MARGIN, 22.0}, "start", "strong", clip->title);
    kt_plot_words(&plot, (kt_spot){MARGIN, HEAD}, "start", NULL, place);
    (void)put_keys(&plot, clip, HEAD + MARGIN);
    put_drawing(to, clip, top, page->arena);
    kt_plot_words(&plot, (kt_spot){MARGIN, top + clip->height + FOOT_ROW}, "start", "name", about);
    if (modelled) {
        kt_plot_words(&plot, (kt_spot){MARGIN, top + clip->height + 2.0 * FOOT_ROW}, "start",
                      "name", kt_page_say(page, KT_WORD_modelled));
    }
    kt_html_close(to);
    return kt_file_write(path, text.bytes, text.length, err);
}
