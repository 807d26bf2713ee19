/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/layout.h"

#include <string.h>

#include "core/charset.h"
#include "core/text.h"
#include "source_parts.h"

static char read_letter(kt_json place, const char *allowed, char fallback)
{
    const char *text = kt_json_text_or(place, NULL);
    if (text == NULL) {
        return fallback;
    }
    if (strlen(text) != 1 || strchr(allowed, text[0]) == NULL) {
        kt_json_wrong(place, "expected one of \"%s\", found \"%s\"",
                      strcmp(allowed, ",;\t|") == 0 ? ", ; tab |" : ". ,", text);
        return fallback;
    }
    return text[0];
}

static const char *read_charset(kt_json place)
{
    const char *charset = kt_json_text_or(place, "utf-8");
    if (!kt_charset_known(charset)) {
        kt_json_wrong(place,
                      "expected utf-8, iso-8859-1, windows-1252 or another one of their kinds, "
                      "found \"%s\"",
                      charset);
    }
    return charset;
}

/* What a column holds: "figure", "symbol", "nothing", or the role whose codes it has. */
static void read_holds(kt_json place, kt_csv_layout_column *column)
{
    const char *holds = kt_json_text(place);
    column->role = KT_ROLES;
    column->holds = KT_HOLDS_NOTHING;
    if (holds == NULL || strcmp(holds, "nothing") == 0) {
        return;
    }
    if (strcmp(holds, "figure") == 0) {
        column->holds = KT_HOLDS_FIGURES;
    } else if (strcmp(holds, "symbol") == 0) {
        column->holds = KT_HOLDS_SYMBOLS;
    } else {
        column->holds = KT_HOLDS_CODES;
        column->role = kt_role_find(holds);
        if (column->role == KT_ROLES) {
            kt_json_wrong(place,
                          "expected figure, symbol, nothing, or a role whose codes it holds, found "
                          "\"%s\"",
                          holds);
        }
    }
}

static kt_csv_layout_column read_column(kt_json place)
{
    static const char *const keys[] = {"column", "holds", "content", "across", NULL};
    kt_csv_layout_column column = {.name = kt_json_text(kt_json_member(place, "column")),
                                   .content =
                                       kt_json_text_or(kt_json_member(place, "content"), NULL)};
    const kt_json across = kt_json_member(place, "across");
    const char *role = kt_json_text_or(across, NULL);
    kt_json_only(place, keys);
    read_holds(kt_json_member(place, "holds"), &column);
    if (kt_text_same(column.name, "") && column.holds != KT_HOLDS_NOTHING) {
        kt_json_wrong(kt_json_member(place, "column"), "only columns of nothing have no name");
    }
    if (role != NULL && column.holds == KT_HOLDS_FIGURES) {
        column.role = kt_role_find(role);
    }
    if (role != NULL && column.role == KT_ROLES) {
        kt_json_wrong(across, "expected the role whose codes are the names of columns of figures");
    }
    if (column.content != NULL && column.holds != KT_HOLDS_FIGURES &&
        column.holds != KT_HOLDS_SYMBOLS) {
        kt_json_wrong(kt_json_member(place, "content"),
                      "only figures and symbols are of a content");
    }
    if (column.content != NULL && role != NULL) {
        kt_json_wrong(place, "expected content or across, not both");
    }
    return column;
}

static bool is_pattern(const char *name)
{
    return name != NULL && strpbrk(name, "*?") != NULL;
}

/* Two columns with codes of one role, or with figures of one content, would be one cell twice. */
static bool is_same_thing(const kt_csv_layout_column *a, const kt_csv_layout_column *b)
{
    const bool holds_cells = a->holds == KT_HOLDS_FIGURES || a->holds == KT_HOLDS_SYMBOLS;
    return (a->role != KT_ROLES && a->role == b->role) ||
           (holds_cells && a->holds == b->holds && kt_text_same(a->content, b->content));
}

static void check_column(kt_json place, const kt_csv_layout *layout,
                         const kt_csv_layout_column *column)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        const kt_csv_layout_column *other = &layout->columns[i];
        if (kt_text_same(other->name, column->name)) {
            kt_json_wrong(place, "a second column %s", column->name);
        } else if (is_same_thing(column, other)) {
            kt_json_wrong(place, "a second column of the same %s as %s",
                          column->role != KT_ROLES ? "role" : "figures", other->name);
        }
    }
    const bool may_be_many = column->holds == KT_HOLDS_NOTHING ||
                             (column->holds == KT_HOLDS_FIGURES && column->role != KT_ROLES);
    if (is_pattern(column->name) && !may_be_many) {
        kt_json_wrong(kt_json_member(place, "column"),
                      "only columns of nothing, or of figures across a role, may be a pattern");
    }
}

static bool holds_content(const kt_csv_layout *layout, const char *content)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        if (layout->columns[i].holds == KT_HOLDS_FIGURES &&
            kt_text_same(layout->columns[i].content, content)) {
            return true;
        }
    }
    return false;
}

/* How many columns of figures there are, and of what kind. */
typedef struct layout_form {
    size_t figures, by_content, across;
    bool has_measure;
} layout_form;

static layout_form count_form(const kt_csv_layout *layout)
{
    layout_form form = {0};
    for (size_t i = 0; i < layout->column_count; i++) {
        const kt_csv_layout_column *column = &layout->columns[i];
        const bool is_figure = column->holds == KT_HOLDS_FIGURES;
        form.figures += is_figure;
        form.by_content += is_figure && column->content != NULL;
        form.across += is_figure && column->role != KT_ROLES;
        form.has_measure |= column->holds == KT_HOLDS_CODES && column->role == KT_ROLE_MEASURE;
    }
    return form;
}

/* Figures by content, across a role and in one column cannot be mixed. */
static void check_form(kt_json place, const kt_csv_layout *layout)
{
    const layout_form form = count_form(layout);
    for (size_t i = 0; i < layout->column_count; i++) {
        const kt_csv_layout_column *column = &layout->columns[i];
        if (column->holds == KT_HOLDS_SYMBOLS &&
            (form.across > 0 || !holds_content(layout, column->content))) {
            kt_json_wrong(kt_json_element(place, i), "no column of figures for these symbols");
        }
    }
    if (form.figures == 0) {
        kt_json_wrong(place, "expected a column that holds figures");
    } else if (form.figures > 1 && form.by_content < form.figures) {
        kt_json_wrong(place, "of several columns of figures, each must say its content");
    }
    if (form.by_content > 0 && form.has_measure) {
        kt_json_wrong(place, "contents stand in a column of codes or in columns of their own");
    }
}

static void read_columns(kt_json place, kt_csv_layout *layout)
{
    const size_t count = kt_json_count(place);
    layout->columns = kt_arena_array(place.arena, kt_csv_layout_column, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (!kt_json_object(element)) {
            continue;
        }
        const kt_csv_layout_column column = read_column(element);
        check_column(element, layout, &column);
        layout->columns[layout->column_count++] = column;
    }
    check_form(place, layout);
}

void kt_source_read_layout(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"encoding", "delimiter", "decimal", "skip_rows",
                                       "missing",  "columns",   NULL};
    const bool is_csv = kt_text_same(source->format, "csv");
    if (kt_json_absent(place)) {
        if (is_csv) {
            kt_json_wrong(place, "missing, expected how the CSV is laid out");
        }
        return;
    }
    if (!is_csv) {
        kt_json_wrong(place, "only the format csv has a layout");
    }
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    kt_csv_layout *layout = kt_arena_new(place.arena, kt_csv_layout);
    layout->charset = read_charset(kt_json_member(place, "encoding"));
    layout->delimiter = read_letter(kt_json_member(place, "delimiter"), ",;\t|", ',');
    layout->decimal = read_letter(kt_json_member(place, "decimal"), ".,", '.');
    layout->skipped = (size_t)kt_json_whole_or(kt_json_member(place, "skip_rows"), 0, 1000, 0);
    layout->missing_count = kt_json_texts(kt_json_member(place, "missing"), &layout->missing);
    if (layout->delimiter == ',' && layout->decimal == ',') {
        kt_json_wrong(place, "a comma cannot be both delimiter and decimal point");
    }
    read_columns(kt_json_member(place, "columns"), layout);
    source->layout = layout;
}
