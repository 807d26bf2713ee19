/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plot.h"

#include <math.h>

#include "pages/clip.h"

#define RADIUS      4.0
#define BASELINE    4.0 /* from the middle of a line of text */
#define NEARLY      1e-9
#define BELOW_FRAME 16.0

kt_axis kt_axis_around(double low, double high, unsigned steps)
{
    static const double nice[] = {1.0, 2.0, 5.0, 10.0};
    const double range = high - low;
    if (!(range > 0.0) || steps == 0) {
        return (kt_axis){low, low + 1.0, 1.0, 0, false};
    }
    const double power = pow(10.0, floor(log10(range / steps)));
    size_t i = 0;
    while (i < 3 && nice[i] * power * steps < range * (1.0 - NEARLY)) {
        i++;
    }
    const double step = nice[i] * power;
    return (kt_axis){.low = floor(low / step + NEARLY) * step,
                     .high = ceil(high / step - NEARLY) * step,
                     .step = step,
                     .decimals = (int)fmax(0.0, ceil(-log10(step) - NEARLY))};
}

static const char *px(const kt_plot *plot, double place)
{
    return kt_arena_print(plot->page->arena, "%.1f", place);
}

void kt_plot_begin(const kt_plot *plot, const char *id, const char *title, const char *description)
{
    kt_arena *arena = plot->page->arena;
    const char *title_id = kt_arena_print(arena, "%s-what", id);
    const char *text_id = kt_arena_print(arena, "%s-says", id);
    const char *box = kt_arena_print(arena, "0 0 %.0f %.0f", plot->width, plot->height);
    kt_html *to = &plot->page->html;
    if (plot->page->clip != NULL) {
        kt_clip_begin(plot->page->clip, plot, id, title);
    }
    kt_html_open(to, "svg",
                 KT_FILLED("role", "img", "viewBox", box, "aria-labelledby",
                           kt_arena_print(arena, "%s %s", title_id, text_id)));
    kt_html_element(to, "title", KT_FILLED("id", title_id), title);
    kt_html_element(to, "desc", KT_FILLED("id", text_id), description);
}

void kt_plot_end(const kt_plot *plot)
{
    kt_html_close(&plot->page->html);
    if (plot->page->clip != NULL) {
        kt_clip_end(plot->page->clip, plot);
    }
}

static double along(const kt_axis *axis, double figure)
{
    return axis->high > axis->low ? (figure - axis->low) / (axis->high - axis->low) : 0.0;
}

double kt_plot_x(const kt_plot *plot, double figure)
{
    return plot->left + (plot->width - plot->left - plot->right) * along(&plot->x, figure);
}

double kt_plot_y(const kt_plot *plot, double figure)
{
    const double height = plot->height - plot->top - plot->bottom;
    return plot->height - plot->bottom - height * along(&plot->y, figure);
}

static const char *number_of(const kt_plot *plot, const kt_axis *axis, int step)
{
    kt_arena *arena = plot->page->arena;
    const char *cell = kt_arena_print(arena, "%.9f", axis->low + step * axis->step);
    return axis->percent ? kt_say_share(plot->page->words, cell, arena)
                         : kt_say_number(plot->page->words, cell, axis->decimals, arena);
}

static int steps_of(const kt_axis *axis)
{
    return (int)lround((axis->high - axis->low) / axis->step);
}

void kt_plot_grid_x(const kt_plot *plot)
{
    const double bottom = plot->height - plot->bottom;
    for (int i = 0; i <= steps_of(&plot->x); i++) {
        const double x = kt_plot_x(plot, plot->x.low + i * plot->x.step);
        kt_plot_rule(plot, (kt_spot){x, plot->top}, (kt_spot){x, bottom}, "grid");
        kt_plot_words(plot, (kt_spot){x, bottom + BELOW_FRAME}, "middle", NULL,
                      number_of(plot, &plot->x, i));
    }
}

void kt_plot_grid_y(const kt_plot *plot)
{
    for (int i = 0; i <= steps_of(&plot->y); i++) {
        const double y = kt_plot_y(plot, plot->y.low + i * plot->y.step);
        kt_plot_rule(plot, (kt_spot){plot->left, y}, (kt_spot){plot->width - plot->right, y},
                     "grid");
        kt_plot_words(plot, (kt_spot){plot->left - 2.0 * RADIUS, y + BASELINE}, "end", NULL,
                      number_of(plot, &plot->y, i));
    }
}

void kt_plot_words(const kt_plot *plot, kt_spot at, const char *anchor, const char *style,
                   const char *words)
{
    kt_html_element(
        &plot->page->html, "text",
        KT_FILLED("x", px(plot, at.x), "y", px(plot, at.y), "text-anchor", anchor, "class", style),
        words);
}

/* Bytes of the first letters of a text, or of all. */
static size_t bytes_of(const char *text, size_t letters)
{
    size_t at = 0;
    while (text[at] != '\0' && letters > 0) {
        do {
            at++;
        } while (((unsigned char)text[at] & 0xC0U) == 0x80U); /* within a letter of UTF-8 */
        letters--;
    }
    return at;
}

bool kt_plot_is_long(const char *name, size_t most)
{
    return name[bytes_of(name, most)] != '\0';
}

/* How much of a long name stands on its first line: up to its last space or hyphen there. */
static size_t first_line(const char *name, size_t most)
{
    size_t end = bytes_of(name, most);
    const size_t whole = end;
    while (end > 0 && name[end] != ' ' && name[end - 1] != '-') {
        end--;
    }
    return end > 0 ? end : whole;
}

static void put_line(const kt_plot *plot, double x, const char *rise, const char *words,
                     size_t most)
{
    const size_t bytes = bytes_of(words, most);
    kt_html_element(&plot->page->html, "tspan", KT_FILLED("x", px(plot, x), "dy", rise),
                    words[bytes] == '\0'
                        ? words
                        : kt_arena_print(plot->page->arena, "%.*s\u2026", (int)bytes, words));
}

void kt_plot_name(const kt_plot *plot, kt_spot at, const char *anchor, const char *style,
                  const char *name, size_t most)
{
    kt_html *to = &plot->page->html;
    kt_html_open(to, "text", KT_FILLED("y", px(plot, at.y), "text-anchor", anchor, "class", style));
    if (kt_plot_is_long(name, most)) {
        const size_t end = first_line(name, most);
        put_line(plot, at.x, "-.2em", kt_arena_copy_n(plot->page->arena, name, end), most);
        put_line(plot, at.x, "1.1em", name + end + (name[end] == ' ' ? 1 : 0), most);
    } else {
        put_line(plot, at.x, ".35em", name, most);
    }
    kt_html_close(to);
}

void kt_plot_rule(const kt_plot *plot, kt_spot from, kt_spot to, const char *style)
{
    kt_html_void(&plot->page->html, "line",
                 KT_FILLED("class", style, "x1", px(plot, from.x), "x2", px(plot, to.x), "y1",
                           px(plot, from.y), "y2", px(plot, to.y)));
}

void kt_plot_path(const kt_plot *plot, const char *path, const char *style)
{
    kt_html_void(&plot->page->html, "path", KT_FILLED("class", style, "d", path));
}

static const char *shape_path(const kt_plot *plot, kt_spot at, kt_mark shape)
{
    kt_arena *arena = plot->page->arena;
    const double r = RADIUS;
    if (shape == KT_MARK_SQUARE) {
        return kt_arena_print(arena, "M%.1f %.1fh%.1fv%.1fh-%.1fz", at.x - r, at.y - r, 2.0 * r,
                              2.0 * r, 2.0 * r);
    }
    if (shape == KT_MARK_TRIANGLE) {
        return kt_arena_print(arena, "M%.1f %.1fl%.1f %.1fh-%.1fz", at.x, at.y - 1.2 * r, 1.2 * r,
                              2.2 * r, 2.4 * r);
    }
    return kt_arena_print(arena, "M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 -%.1f 0z",
                          at.x - r, at.y, r, r, 2.0 * r, r, r, 2.0 * r);
}

void kt_plot_mark(const kt_plot *plot, kt_spot at, kt_mark shape, const char *style,
                  const char *words)
{
    kt_html *to = &plot->page->html;
    const char *kind = shape == KT_MARK_RING ? "ring" : "mark";
    kt_html_open(to, "path",
                 KT_FILLED("class", kt_arena_print(plot->page->arena, "%s %s", kind, style), "d",
                           shape_path(plot, at, shape)));
    if (words != NULL) {
        kt_html_element(to, "title", NULL, words);
    }
    kt_html_close(to);
}
