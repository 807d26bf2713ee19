/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/industry.h"

#include <math.h>
#include <string.h>

#include "core/csv.h"
#include "core/text.h"
#include "server/sample/dice.h"

#define FILE_LIMIT      ((size_t)1 << 20)
#define TILT_SPREAD     0.4
#define INDUSTRY_SPREAD 0.06
#define PROTECTED_UP_TO 4
#define YEARS           3
#define EMPLOYED        2350000 /* of the first year */
#define YEARLY_CHANGE   15000

/* What dice are thrown for: topics of model.c come before. */
enum { FOR_INDUSTRIES = 100, FOR_INDUSTRY_TILT, FOR_EMPLOYED };

/* Places in the variables of 12tw. */
enum { AREA, INDUSTRY, EMPLOYER, DURATION, MONTH, CONTENT };

static const char *const employers[] = {"SSS", "01", "02", "03", "04", "05", "06", "07", "X"};
static const char *const employer_names[] = {"Yhteensä",
                                             "Valtio",
                                             "Kunta",
                                             "Yksityinen työnant., yhteisö pl.yr",
                                             "Yritys",
                                             "Yksityishenkilö, kotitalous",
                                             "Kuntayhtymä, kuntainliitto",
                                             "Hyvinvointialue",
                                             "Tuntematon"};
/* Hundredths of the posts; what is left is of enterprises. */
static const int employer_hundredths[] = {0, 3, 9, 4, 0, 1, 2, 12, 1};
static const char *const durations[] = {"SSS", "1"};
static const char *const duration_names[] = {"Yhteensä", "Yli 3 kuukautta"};

enum { EMPLOYERS = sizeof employers / sizeof employers[0], ENTERPRISE = 4, DURATIONS = 2 };

static size_t division_count(const kt_industries *of)
{
    return kt_codes_count(of->model->shares.codes[KT_SHARE_INDUSTRY]);
}

/* Where the file has a code of TOL 2008, by name of column. */
typedef struct sector_sheet {
    const kt_csv_table *table;
    size_t code, revision, level, name, parent;
} sector_sheet;

static kt_status open_sheet(const char *config, kt_arena *arena, sector_sheet *out, kt_error *err)
{
    kt_csv_table *table = NULL;
    const char *path = kt_arena_print(arena, "%s/classifications/sectors.csv", config);
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &table, err));
    out->table = table;
    KT_TRY(kt_csv_column(table, "code", &out->code, err));
    KT_TRY(kt_csv_column(table, "revision", &out->revision, err));
    KT_TRY(kt_csv_column(table, "level", &out->level, err));
    KT_TRY(kt_csv_column(table, "name_fi", &out->name, err));
    return kt_csv_column(table, "parent", &out->parent, err);
}

static bool is_row(const sector_sheet *sheet, size_t row, const char *level)
{
    return strcmp(kt_csv_cell(sheet->table, row, sheet->revision), "tol2008") == 0 &&
           strcmp(kt_csv_cell(sheet->table, row, sheet->level), level) == 0;
}

/* As the source writes it: without our prefix. */
static const char *bare(const char *code)
{
    return kt_text_starts(code, "TOL-") ? code + strlen("TOL-") : code;
}

static void add_level(const sector_sheet *sheet, const char *level, kt_codes *codes)
{
    for (size_t row = 0; row < sheet->table->row_count; row++) {
        if (is_row(sheet, row, level)) {
            (void)kt_codes_add(codes, bare(kt_csv_cell(sheet->table, row, sheet->code)),
                               kt_csv_cell(sheet->table, row, sheet->name));
        }
    }
}

static size_t section_of(const kt_industries *of, const sector_sheet *sheet, const char *division)
{
    for (size_t row = 0; row < sheet->table->row_count; row++) {
        const char *code = bare(kt_csv_cell(sheet->table, row, sheet->code));
        if (is_row(sheet, row, "tol2") && strcmp(code, division) == 0) {
            return kt_codes_find(of->codes, bare(kt_csv_cell(sheet->table, row, sheet->parent)));
        }
    }
    return kt_codes_find(of->codes, "X");
}

static kt_status list_codes(kt_industries *of, const char *config, kt_error *err)
{
    const kt_codes *divisions = of->model->shares.codes[KT_SHARE_INDUSTRY];
    sector_sheet sheet;
    KT_TRY(open_sheet(config, of->arena, &sheet, err));
    of->codes = kt_codes_new(of->arena);
    (void)kt_codes_add(of->codes, "SSS", "Yhteensä");
    add_level(&sheet, "tol1", of->codes);
    (void)kt_codes_add(of->codes, "X", "Toimiala tuntematon");
    add_level(&sheet, "tol2", of->codes);
    (void)kt_codes_add(of->codes, "00", "Toimiala tuntematon");
    of->section = kt_arena_array(of->arena, size_t, division_count(of) + 1);
    for (size_t i = 0; i < division_count(of); i++) {
        const char *code = kt_codes_at(divisions, i);
        of->section[i] = section_of(of, &sheet, code);
        if (kt_codes_find(of->codes, code) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "config/sample/shares.csv: industry %s is no "
                           "division of TOL 2008",
                           code);
        }
    }
    return KT_OK;
}

static void add_variable(kt_served_table *table, kt_served_variable shape, const kt_codes *codes,
                         kt_arena *arena)
{
    const size_t count = kt_codes_count(codes);
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

static kt_served_table *start_table(const char *id, const char *subject, const char *title,
                                    kt_arena *arena)
{
    kt_served_table *table = kt_arena_new(arena, kt_served_table);
    *table = (kt_served_table){.id = id, .subject = subject, .title = title};
    table->source = "Modelled from round numbers of our own; not official";
    return table;
}

static void make_vacancies(kt_industries *of, const kt_codes *areas)
{
    static const char *const contents[] = {"AVPAIKATLOPUSSA"};
    static const char *const texts[] = {"Avoimet työpaikat laskentapäivänä (lkm.)"};
    const size_t months = kt_model_months(of->model);
    const char **names = kt_arena_array(of->arena, const char *, months);
    kt_served_table *table = start_table(
        "12tw", "tyonv",
        "Modelled, not official: Avoimet työpaikat toimialoittain (mallinnettu, ei virallinen)",
        of->arena);
    for (size_t i = 0; i < months; i++) {
        names[i] = kt_arena_print(of->arena, "%sM%02zu", kt_model_year(of->model, i), i % 12 + 1);
    }
    add_variable(table, (kt_served_variable){.code = "Alue", .text = "Alue", .total = "SSS"}, areas,
                 of->arena);
    add_variable(table,
                 (kt_served_variable){.code = "Toimiala", .text = "Toimiala", .total = "SSS"},
                 of->codes, of->arena);
    table->variables[table->variable_count++] = (kt_served_variable){.code = "Työnantajan sektori",
                                                                     .text = "Työnantajan sektori",
                                                                     .values = employers,
                                                                     .labels = employer_names,
                                                                     .count = EMPLOYERS,
                                                                     .total = "SSS"};
    table->variables[table->variable_count++] = (kt_served_variable){.code = "Työpaikan työn kesto",
                                                                     .text = "Työpaikan työn kesto",
                                                                     .values = durations,
                                                                     .labels = duration_names,
                                                                     .count = DURATIONS,
                                                                     .total = "SSS"};
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_TIME,
                                                                     .text = "Kuukausi",
                                                                     .values = names,
                                                                     .count = months,
                                                                     .is_time = true};
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_CONTENTS,
                                                                     .text = "Tiedot",
                                                                     .values = contents,
                                                                     .labels = texts,
                                                                     .count = 1};
    kt_served_table_complete(table, of->arena);
    of->vacancies = table;
}

static kt_codes *placed_areas(const kt_codes *areas, size_t maakunta, kt_arena *arena)
{
    kt_codes *codes = kt_codes_new(arena);
    for (size_t i = 0; i <= maakunta; i++) {
        (void)kt_codes_add(codes, kt_codes_at(areas, i), kt_codes_label(areas, i));
    }
    return codes;
}

static void make_employed(kt_industries *of, const kt_codes *areas)
{
    static const char *const contents[] = {"tyokay-tyolliset"};
    static const char *const texts[] = {"Työlliset (lkm.)"};
    static const char *const years[YEARS] = {"2019", "2020", "2021"};
    kt_served_table *table = start_table(
        "tyolliset", "tyokay",
        "Modelled, not official: Työlliset toimialoittain (mallinnettu, ei virallinen)", of->arena);
    add_variable(table,
                 (kt_served_variable){.code = "alue_28_20250101", .text = "Alue", .total = "SSS"},
                 placed_areas(areas, of->model->maakunta_count, of->arena), of->arena);
    add_variable(
        table,
        (kt_served_variable){.code = "toimiala_1_20080101", .text = "Toimiala", .total = "SSS"},
        of->codes, of->arena);
    table->variables[table->variable_count++] = (kt_served_variable){
        .code = "timeperiod_y", .text = "Vuosi", .values = years, .count = YEARS, .is_time = true};
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_CONTENTS,
                                                                     .text = "Tiedot",
                                                                     .values = contents,
                                                                     .labels = texts,
                                                                     .count = 1};
    kt_served_table_complete(table, of->arena);
    table->updated = 1700000000; /* 2023-11-14 */
    of->employed = table;
}

static void draw_tilt(kt_industries *of)
{
    const size_t cells = of->model->maakunta_count * division_count(of);
    for (size_t side = 0; side < 2; side++) {
        kt_dice dice = kt_dice_for(of->model->seed, FOR_INDUSTRY_TILT, side);
        of->tilt[side] = kt_arena_array(of->arena, double, cells + 1);
        for (size_t i = 0; i < cells; i++) {
            of->tilt[side][i] = kt_dice_around_one(&dice, TILT_SPREAD);
        }
    }
}

/* One area's figure to divisions; area past the maakunta: what has no place. */
static void share_out(const kt_industries *of, size_t side, int64_t total, size_t area,
                      kt_dice *dice, int64_t *parts)
{
    const size_t measure = side == 0 ? KT_VACANCIES : KT_LABOUR_FORCE;
    const double *shares = of->model->shares.figures[KT_SHARE_INDUSTRY][measure];
    const size_t count = division_count(of);
    double *weights = kt_arena_array(of->arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        const double tilt =
            area < of->model->maakunta_count ? of->tilt[side][area * count + i] : 1.0;
        weights[i] = shares[i] * tilt * kt_dice_around_one(dice, INDUSTRY_SPREAD);
    }
    kt_apportion(total, weights, count, parts);
}

/* From divisions to all industries: sections are the sums of theirs. */
static void add_up(const kt_industries *of, const int64_t *divisions, int64_t *industries)
{
    const kt_codes *codes = of->model->shares.codes[KT_SHARE_INDUSTRY];
    memset(industries, 0, kt_codes_count(of->codes) * sizeof *industries);
    for (size_t i = 0; i < division_count(of); i++) {
        industries[0] += divisions[i];
        industries[of->section[i]] += divisions[i];
        industries[kt_codes_find(of->codes, kt_codes_at(codes, i))] += divisions[i];
    }
}

static void put(kt_served_table *table, const size_t at[KT_SERVED_VARIABLES], int64_t figure,
                bool protects)
{
    const size_t cell = kt_served_table_at(table, at);
    const bool hidden = protects && figure >= 1 && figure <= PROTECTED_UP_TO;
    table->values[cell] = (double)figure;
    table->symbols[cell] = hidden ? KT_SYMBOL_PROTECTED : KT_SYMBOL_NONE;
}

/* Posts of one employer sector: hundredths of all, what is left being of enterprises. */
static int64_t of_employer(int64_t figure, size_t employer)
{
    int64_t rest = figure;
    if (employer == 0) {
        return figure;
    }
    for (size_t i = 1; i < EMPLOYERS; i++) {
        const int64_t part = figure * employer_hundredths[i] / 100;
        if (i == employer && i != ENTERPRISE) {
            return part;
        }
        rest -= part;
    }
    return rest;
}

static void put_industry(const kt_industries *of, size_t area, size_t industry, size_t month,
                         int64_t figure)
{
    for (size_t employer = 0; employer < EMPLOYERS; employer++) {
        const int64_t own = of_employer(figure, employer);
        const int64_t by_duration[DURATIONS] = {own, own - own / 3};
        for (size_t duration = 0; duration < DURATIONS; duration++) {
            const size_t at[KT_SERVED_VARIABLES] = {[AREA] = area,
                                                    [INDUSTRY] = industry,
                                                    [EMPLOYER] = employer,
                                                    [DURATION] = duration,
                                                    [MONTH] = month};
            put(of->vacancies, at, by_duration[duration], true);
        }
    }
}

static void put_area(const kt_industries *of, size_t area, size_t month, const int64_t *figures)
{
    for (size_t i = 0; i < kt_codes_count(of->codes); i++) {
        put_industry(of, area, i, month, figures[i]);
    }
}

/* What is elsewhere has no row of its own, and is in the country all the same. */
void kt_industries_fill(const kt_industries *industries, size_t month, uint64_t draw,
                        const kt_model_month *drawn)
{
    const kt_industries *of = industries;
    const size_t maakunta = of->model->maakunta_count, count = kt_codes_count(of->codes);
    int64_t *parts = kt_arena_array(of->arena, int64_t, division_count(of) + 1);
    int64_t *figures = kt_arena_array(of->arena, int64_t, count);
    int64_t *country = kt_arena_array(of->arena, int64_t, count);
    kt_dice dice = kt_dice_for(of->model->seed ^ draw, FOR_INDUSTRIES, month);
    for (size_t area = 0; area < maakunta + KT_UNPLACED; area++) {
        const int64_t total = area < maakunta ? drawn->maakunta[KT_VACANCIES][area]
                                              : drawn->unplaced[KT_VACANCIES][area - maakunta];
        share_out(of, 0, total, area, &dice, parts);
        add_up(of, parts, figures);
        for (size_t i = 0; i < count; i++) {
            country[i] += figures[i];
        }
        if (area != maakunta + KT_UNPLACED_ELSEWHERE) {
            put_area(of, area + 1, month, figures);
        }
    }
    put_area(of, 0, month, country);
}

static void put_year(const kt_industries *of, size_t area, size_t year, const int64_t *figures)
{
    for (size_t i = 0; i < kt_codes_count(of->codes); i++) {
        const size_t at[KT_SERVED_VARIABLES] = {area, i, year};
        put(of->employed, at, figures[i], false);
    }
}

static kt_status fill_employed(const kt_industries *of, size_t year, kt_error *err)
{
    const size_t maakunta = of->model->maakunta_count, count = kt_codes_count(of->codes);
    double *weights = kt_arena_array(of->arena, double, maakunta + 1);
    int64_t *totals = kt_arena_array(of->arena, int64_t, maakunta + 1);
    int64_t *parts = kt_arena_array(of->arena, int64_t, division_count(of) + 1);
    int64_t *figures = kt_arena_array(of->arena, int64_t, count);
    int64_t *country = kt_arena_array(of->arena, int64_t, count);
    kt_dice dice = kt_dice_for(of->model->seed, FOR_EMPLOYED, year);
    KT_TRY(kt_model_weigh_maakunta(of->model, KT_LABOUR_FORCE, weights, err));
    kt_apportion(EMPLOYED + YEARLY_CHANGE * (int64_t)year, weights, maakunta, totals);
    for (size_t area = 0; area < maakunta; area++) {
        share_out(of, 1, totals[area], area, &dice, parts);
        add_up(of, parts, figures);
        for (size_t i = 0; i < count; i++) {
            country[i] += figures[i];
        }
        put_year(of, area + 1, year, figures);
    }
    put_year(of, 0, year, country);
    return KT_OK;
}

kt_status kt_industries_make(const kt_model *model, const char *config, const kt_codes *areas,
                             kt_arena *arena, kt_industries *out, kt_error *err)
{
    *out = (kt_industries){.model = model, .arena = arena};
    KT_TRY(list_codes(out, config, err));
    draw_tilt(out);
    make_vacancies(out, areas);
    make_employed(out, areas);
    for (size_t year = 0; year < YEARS; year++) {
        KT_TRY(fill_employed(out, year, err));
    }
    return KT_OK;
}
