/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/number.h"
#include "core/period.h"
#include "publish/lines.h"
#include "why/why.h"

/* Where the row's indicator is published: a column of its own, or rows that name it, or, of one
 * indicator alone (only), two columns of which the one is divided by the other. */
static const struct place {
    const char *table, *figure, *indicator, *only, *per;
} places[] = {
    {.table = "observations",
     .figure = "unemployed",
     .only = "job_seekers_per_vacancy",
     .per = "vacancies"},
    {.table = "observations"},
    {.table = "flows", .figure = "value", .indicator = "flow"},
    {.table = "target_groups", .figure = "persons", .indicator = "group_code"},
};

/* The published figures that a change is told from: those of the region in a year and its end. */
typedef struct figures {
    const kt_why *of;
    const kt_schema *schema; /* of the table that has them */
    size_t period, region_level, region_code, figure;
    size_t per;                        /* what the figure is divided by; KT_NO_COLUMN: nothing */
    size_t occupation_code, indicator; /* KT_NO_COLUMN where the table has none */
    kt_period last;                    /* the row's own */
    json_t *list;
} figures;

static void put_cell(const figures *in, json_t *row, const char *const *cells, size_t column)
{
    if (column != KT_NO_COLUMN) {
        kt_why_put_cell(row, &in->schema->columns[column], cells[column]);
    }
}

static void put_figure(const figures *in, json_t *row, const char *const *cells, size_t column)
{
    const kt_column *figure = &in->schema->columns[column];
    put_cell(in, row, cells, column);
    put_cell(in, row, cells, figure->low);
    put_cell(in, row, cells, figure->high);
    put_cell(in, row, cells, figure->status);
}

static void put_cells(const figures *in, const char *const *cells)
{
    json_t *row = json_object();
    kt_why_put_text(row, "time_period", cells[in->period]);
    put_figure(in, row, cells, in->figure);
    if (in->per != KT_NO_COLUMN) {
        put_figure(in, row, cells, in->per);
    }
    json_array_append_new(in->list, row);
}

static bool holds(const char *const *cells, size_t column, const char *text)
{
    return column == KT_NO_COLUMN || strcmp(cells[column], text) == 0;
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    (void)number;
    (void)lengths;
    (void)err;
    const figures *in = context;
    kt_period period;
    const bool own = holds(cells, in->occupation_code, KT_TOTAL) &&
                     holds(cells, in->indicator, kt_why_cell(in->of, "indicator")) &&
                     strcmp(cells[in->region_code], kt_why_cell(in->of, "region_code")) == 0 &&
                     strcmp(cells[in->region_level], kt_why_cell(in->of, "region_level")) == 0 &&
                     kt_period_read(cells[in->period], &period) &&
                     period.frequency == in->last.frequency && period.index <= in->last.index &&
                     period.index >= in->last.index - (int)in->last.frequency;
    if (own) {
        put_cells(in, cells);
    }
    return KT_OK;
}

static kt_status read_year(figures *in, int year, kt_error *err)
{
    const kt_why *of = in->of;
    const kt_table_events events = {.context = in, .row = take_row};
    const char *csv = kt_path_join(of->arena, of->run.folder, "csv");
    const char *path =
        kt_path_join(of->arena, csv, kt_table_file_name(in->schema, year, of->arena));
    return kt_file_exists(path) ? kt_lines_read(path, kt_canonical_lines, in->schema, &events, err)
                                : KT_OK;
}

static double number_in(const figures *in, const json_t *row, size_t column)
{
    const json_t *value = json_object_get(row, in->schema->columns[column].name);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* The figure so many periods before the row's; NAN if none is published. */
static double figure_before(const figures *in, int periods)
{
    char name[KT_PERIOD_SIZE];
    kt_period period = in->last;
    period.index -= periods;
    (void)kt_period_write(period, name);
    for (size_t i = 0; i < json_array_size(in->list); i++) {
        const json_t *row = json_array_get(in->list, i);
        const char *own = json_string_value(json_object_get(row, "time_period"));
        if (strcmp(own, name) == 0) {
            const double per = in->per == KT_NO_COLUMN ? 1.0 : number_in(in, row, in->per);
            return per > 0.0 ? number_in(in, row, in->figure) / per : NAN;
        }
    }
    return NAN;
}

static void compare(const figures *in)
{
    const struct {
        const char *column;
        int periods;
    } told[] = {
        {"value", 0}, {"previous_period", 1}, {"same_period_last_year", (int)in->last.frequency}};
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        kt_why_compare(list, told[i].column, figure_before(in, told[i].periods),
                       kt_why_cell(in->of, told[i].column));
    }
}

static size_t column_of(const kt_schema *schema, const char *name)
{
    return name == NULL ? KT_NO_COLUMN : kt_schema_column(schema, name);
}

static kt_status read_place(figures *in, const struct place *place, kt_error *err)
{
    in->schema = kt_contract_find(in->of->config->contract, place->table);
    if (in->schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"%s\"", place->table);
    }
    const char *own = kt_why_cell(in->of, "indicator");
    if (place->only != NULL && strcmp(place->only, own) != 0) {
        return KT_OK;
    }
    in->figure = kt_schema_column(in->schema, place->figure == NULL ? own : place->figure);
    if (in->figure == KT_NO_COLUMN) {
        return KT_OK;
    }
    in->period = in->schema->time_period;
    in->region_level = kt_schema_column(in->schema, "region_level");
    in->region_code = kt_schema_column(in->schema, "region_code");
    in->per = column_of(in->schema, place->per);
    in->occupation_code = column_of(in->schema, "occupation_code");
    in->indicator = column_of(in->schema, place->indicator);
    KT_TRY(read_year(in, kt_period_year(in->last) - 1, err));
    return read_year(in, kt_period_year(in->last), err);
}

kt_status kt_why_change(const kt_why *of, kt_error *err)
{
    figures in = {.of = of};
    if (!kt_period_read(kt_why_cell(of, "time_period"), &in.last)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    in.list = kt_why_section(of, "inputs", json_array());
    for (size_t i = 0; i < sizeof places / sizeof places[0] && json_array_size(in.list) == 0; i++) {
        KT_TRY(read_place(&in, &places[i], err));
    }
    if (json_array_size(in.list) > 0) {
        compare(&in);
    }
    return KT_OK;
}
