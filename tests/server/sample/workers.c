/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/workers.h"

#include "server/sample/dice.h"

#define TILT_SPREAD     0.3
#define PROTECTED_UP_TO 4
#define YEARS           3
#define EMPLOYED        2350000 /* of the first year */
#define YEARLY_CHANGE   15000

/* What dice are thrown for: topics of model.c and industry.c come before. */
enum { FOR_WORKERS = 110 };

static void add_variable(kt_served_table *table, kt_served_variable shape, const kt_codes *codes,
                         size_t count, kt_arena *arena)
{
    const char **values = kt_arena_array(arena, const char *, count);
    const char **labels = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        values[i] = kt_codes_at(codes, i);
        labels[i] = kt_codes_label(codes, i);
    }
    shape.values = values;
    shape.labels = labels;
    shape.count = count;
    table->variables[table->variable_count++] = shape;
}

static kt_served_table *start_table(const kt_workers *of)
{
    static const char *const contents[] = {"tyokay-tyolliset2"};
    static const char *const texts[] = {"Työlliset (lkm.)"};
    static const char *const years[YEARS] = {"2019", "2020", "2021"};
    kt_served_table *table = kt_arena_new(of->arena, kt_served_table);
    *table = (kt_served_table){
        .id = "115s",
        .subject = "tyokay",
        .title = "Modelled, not official: Työlliset ammattiryhmittäin (mallinnettu, ei "
                 "virallinen)",
        .source = "Modelled from round numbers of our own; not official",
        .updated = 1700000000, /* 2023-11-14 */
    };
    add_variable(table,
                 (kt_served_variable){.code = "alue_28_20250101", .text = "Alue", .total = "SSS"},
                 of->areas, of->model->maakunta_count + 1, of->arena);
    add_variable(
        table,
        (kt_served_variable){.code = "ammatti_104_20161021", .text = "Ammatti", .total = "SSS"},
        of->occupations, kt_codes_count(of->occupations), of->arena);
    table->variables[table->variable_count++] = (kt_served_variable){
        .code = "timeperiod_y", .text = "Vuosi", .values = years, .count = YEARS, .is_time = true};
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_CONTENTS,
                                                                     .text = "Tiedot",
                                                                     .values = contents,
                                                                     .labels = texts,
                                                                     .count = 1};
    kt_served_table_complete(table, of->arena);
    return table;
}

static void put(kt_served_table *table, size_t area, size_t occupation, size_t year, int64_t figure)
{
    const size_t at[KT_SERVED_VARIABLES] = {area, occupation, year};
    const size_t cell = kt_served_table_at(table, at);
    const bool hidden = figure >= 1 && figure <= PROTECTED_UP_TO;
    table->values[cell] = (double)figure;
    table->symbols[cell] = hidden ? KT_SYMBOL_PROTECTED : KT_SYMBOL_NONE;
}

/* One area's occupations behind its total. */
static void put_area(const kt_workers *of, size_t area, size_t year, const int64_t *figures,
                     kt_served_table *table)
{
    int64_t total = 0;
    for (size_t i = 0; i < of->model->occupation_count; i++) {
        put(table, area, i + 1, year, figures[i]);
        total += figures[i];
    }
    put(table, area, 0, year, total);
}

static kt_status fill_year(const kt_workers *of, size_t year, kt_served_table *table, kt_error *err)
{
    const size_t maakunta = of->model->maakunta_count, count = of->model->occupation_count;
    const double *shares = of->model->shares.figures[KT_SHARE_OCCUPATION][KT_LABOUR_FORCE];
    double *weights = kt_arena_array(of->arena, double, maakunta + count + 1);
    int64_t *totals = kt_arena_array(of->arena, int64_t, maakunta + 1);
    int64_t *figures = kt_arena_array(of->arena, int64_t, count + 1);
    int64_t *country = kt_arena_array(of->arena, int64_t, count + 1);
    /* The same dice every year: an occupation's place in a region does not change in one. */
    kt_dice dice = kt_dice_for(of->model->seed, FOR_WORKERS, 0);
    KT_TRY(kt_model_weigh_maakunta(of->model, KT_LABOUR_FORCE, weights, err));
    kt_apportion(EMPLOYED + YEARLY_CHANGE * (int64_t)year, weights, maakunta, totals);
    for (size_t area = 0; area < maakunta; area++) {
        for (size_t i = 0; i < count; i++) {
            weights[i] = shares[i] * kt_dice_around_one(&dice, TILT_SPREAD);
        }
        kt_apportion(totals[area], weights, count, figures);
        put_area(of, area + 1, year, figures, table);
        for (size_t i = 0; i < count; i++) {
            country[i] += figures[i];
        }
    }
    put_area(of, 0, year, country, table);
    return KT_OK;
}

kt_status kt_workers_make(const kt_workers *of, kt_served_table **out, kt_error *err)
{
    kt_served_table *table = start_table(of);
    for (size_t year = 0; year < YEARS; year++) {
        KT_TRY(fill_year(of, year, table, err));
    }
    *out = table;
    return KT_OK;
}
