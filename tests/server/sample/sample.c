/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/sample.h"

#include <string.h>

#include "core/instant.h"
#include "core/period.h"
#include "server/sample/groups.h"
#include "server/sample/industry.h"
#include "server/sample/model.h"
#include "server/sample/workers.h"

#define REVISED_MONTHS  3
#define PROTECTED_UP_TO 4
#define RELEASE_DAY     23 /* of the next month, 08:00 in Helsinki */
#define RELEASE_HOUR    5

#define SOURCE "Modelled from shares published by Statistics Finland (CC BY 4.0); not official"

/* The codes of what has no place, by level, and how they are named. */
static const char *const none_stated[KT_PLACE_LEVELS] = {"KUJOU", "SKJOU", "MKJO", "ELYJO"};
static const char *const abroad[KT_PLACE_LEVELS] = {"KU199", "SK902", "MK91", "ELY80"};

typedef struct making {
    kt_model model;
    kt_codes *areas;       /* of 12r5 */
    kt_codes *few_areas;   /* of flows: the country, maakunta and what has no place */
    kt_codes *job_areas;   /* of 12ti: these, then municipalities and what has none */
    kt_codes *occupations; /* of 12ti, SSS first */
    kt_industries industries;
    kt_sample sample;
    kt_arena *arena;
} making;

static void add_level(kt_codes *to, const kt_places *places, size_t level)
{
    const kt_codes *from = places->codes[level];
    for (size_t i = 0; i < kt_codes_count(from); i++) {
        kt_codes_add(to, kt_codes_at(from, i), kt_codes_label(from, i));
    }
    kt_codes_add(to, none_stated[level], "Ei ilmoitettua aluetta");
    kt_codes_add(to, abroad[level], "Ulkomaat tai tuntematon");
}

static kt_status add_occupations(making *m, const char *config, kt_error *err)
{
    const kt_codes *codes = m->model.shares.codes[KT_SHARE_OCCUPATION];
    const char *folder = kt_arena_print(m->arena, "%s/classifications", config);
    kt_codes *names = NULL;
    KT_TRY(kt_occupation_names(folder, m->arena, &names, err));
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const char *ours = code[0] == 'X' ? code : kt_arena_print(m->arena, "ISCO-%s", code);
        const size_t position = kt_codes_find(names, ours);
        if (position == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_CONFIG, "%s/occupations.csv: no %s", folder, ours);
        }
        kt_codes_add(m->occupations, code, kt_codes_label(names, position));
    }
    return KT_OK;
}

static kt_status list_codes(making *m, const char *config, kt_error *err)
{
    m->areas = kt_codes_new(m->arena);
    m->few_areas = kt_codes_new(m->arena);
    m->job_areas = kt_codes_new(m->arena);
    m->occupations = kt_codes_new(m->arena);
    kt_codes_add(m->areas, "SSS", "KOKO MAA");
    kt_codes_add(m->few_areas, "SSS", "KOKO MAA");
    kt_codes_add(m->job_areas, "SSS", "KOKO MAA");
    kt_codes_add(m->occupations, "SSS", "Yhteensä");
    for (size_t level = 0; level < KT_PLACE_LEVELS; level++) {
        add_level(m->areas, &m->model.places, level);
    }
    add_level(m->few_areas, &m->model.places, KT_PLACE_MAAKUNTA);
    add_level(m->job_areas, &m->model.places, KT_PLACE_MAAKUNTA);
    add_level(m->job_areas, &m->model.places, KT_PLACE_KUNTA);
    return add_occupations(m, config, err);
}

static void add_variable(kt_served_table *table, const char *code, const kt_codes *codes,
                         kt_arena *arena)
{
    const size_t count = kt_codes_count(codes);
    const char **values = kt_arena_array(arena, const char *, count);
    const char **labels = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        values[i] = kt_codes_at(codes, i);
        labels[i] = kt_codes_label(codes, i);
    }
    table->variables[table->variable_count++] = (kt_served_variable){.code = code,
                                                                     .text = code,
                                                                     .values = values,
                                                                     .labels = labels,
                                                                     .count = count,
                                                                     .total = "SSS"};
}

static void add_months(kt_served_table *table, const kt_model *model, kt_arena *arena)
{
    const size_t count = kt_model_months(model);
    const char **values = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        values[i] = kt_arena_print(arena, "%sM%02zu", kt_model_year(model, i), i % 12 + 1);
    }
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_TIME,
                                                                     .text = "Kuukausi",
                                                                     .values = values,
                                                                     .count = count,
                                                                     .is_time = true};
}

/* In the order of KT_UNEMPLOYED, KT_VACANCIES, KT_LABOUR_FORCE; then the groups. */
static void add_contents(kt_served_table *table, size_t count, kt_arena *arena)
{
    static const char *const codes[] = {"TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA", "TYOVOIMATK"};
    static const char *const texts[] = {"Työttömät työnhakijat laskentapäivänä (lkm.)",
                                        "Avoimet työpaikat laskentapäivänä (lkm.)",
                                        "Työvoima (lkm.)"};
    const char **values = kt_arena_array(arena, const char *, count);
    const char **labels = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const bool modelled = i < KT_MODEL_MEASURES;
        const kt_group group = modelled ? 0 : (kt_group)(i - KT_MODEL_MEASURES);
        values[i] = modelled ? codes[i] : kt_group_code(group);
        labels[i] = modelled ? texts[i] : kt_group_text(group);
    }
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_CONTENTS,
                                                                     .text = "Tiedot",
                                                                     .values = values,
                                                                     .labels = labels,
                                                                     .count = count};
}

/* In the order of the enumeration below. */
static void add_flow_contents(kt_served_table *table)
{
    static const char *const codes[] = {"UUDETAVP", "AVPAIKATYHT", "TAYTTYNEETAVP", "AVOINNAOLO"};
    static const char *const texts[] = {
        "Uudet avoimet työpaikat kuukauden aikana (lkm.)",
        "Avoimet työpaikat kuukauden aikana (lkm.)", "Täyttyneet työpaikat kuukauden aikana (lkm.)",
        "Täyttyneiden työpaikkojen avoinnaolon keskimääräinen kesto (päivää)"};
    table->variables[table->variable_count++] =
        (kt_served_variable){.code = KT_SERVED_CONTENTS,
                             .text = "Tiedot",
                             .values = codes,
                             .labels = texts,
                             .count = sizeof codes / sizeof codes[0]};
}

static kt_served_table *start_table(const char *id, const char *title, kt_arena *arena)
{
    kt_served_table *table = kt_arena_new(arena, kt_served_table);
    table->id = id;
    table->subject = "tyonv";
    table->title = title;
    table->source = SOURCE;
    return table;
}

static void start_tables(making *m)
{
    kt_served_table *r5 =
        start_table("12r5",
                    "Modelled, not official: Työttömät työnhakijat ja avoimet työpaikat alueittain "
                    "(mallinnettu, ei virallinen)",
                    m->arena);
    add_variable(r5, "Alue", m->areas, m->arena);
    add_months(r5, &m->model, m->arena);
    add_contents(r5, KT_MODEL_MEASURES + KT_GROUPS, m->arena);
    kt_served_table_complete(r5, m->arena);
    kt_served_table *ti =
        start_table("12ti",
                    "Modelled, not official: Työttömät työnhakijat ja avoimet työpaikat "
                    "ammattiryhmittäin (mallinnettu, ei virallinen)",
                    m->arena);
    add_variable(ti, "Alue", m->job_areas, m->arena);
    add_variable(ti, "Ammattiryhmä", m->occupations, m->arena);
    add_months(ti, &m->model, m->arena);
    add_contents(ti, 2, m->arena);
    kt_served_table_complete(ti, m->arena);
    kt_served_table *flows = start_table(
        "virrat",
        "Modelled, not official: Uudet, avoimet ja täyttyneet työpaikat kuukauden aikana "
        "(mallinnettu, ei virallinen)",
        m->arena);
    add_variable(flows, "Alue", m->few_areas, m->arena);
    add_months(flows, &m->model, m->arena);
    add_flow_contents(flows);
    kt_served_table_complete(flows, m->arena);
    m->sample = (kt_sample){.by_region = r5, .by_occupation = ti, .flows = flows};
}

static void put(kt_served_table *table, const size_t at[KT_SERVED_VARIABLES], int64_t figure,
                size_t measure)
{
    const size_t cell = kt_served_table_at(table, at);
    const bool hidden = measure != KT_LABOUR_FORCE && figure >= 1 && figure <= PROTECTED_UP_TO;
    table->values[cell] = (double)figure;
    table->symbols[cell] = hidden ? KT_SYMBOL_PROTECTED : KT_SYMBOL_NONE;
}

/* One content of a month, before it is laid into the table. */
typedef struct content_figures {
    size_t content;
    int64_t country;
    const int64_t *municipality;
    const int64_t *unplaced; /* by cause */
} content_figures;

/* 12r5: each level is the sum of its municipalities, and two codes for what has no place. */
static void fill_level(making *m, size_t level, size_t first, size_t month,
                       const content_figures *of)
{
    const size_t count = kt_codes_count(m->model.places.codes[level]);
    const size_t municipalities = kt_codes_count(m->model.places.codes[KT_PLACE_KUNTA]);
    int64_t *sums = kt_arena_array(m->arena, int64_t, count + 2);
    for (size_t i = 0; i < municipalities; i++) {
        sums[m->model.places.parent[level][i]] += of->municipality[i];
    }
    sums[count] = of->unplaced[KT_UNPLACED_NONE_STATED];
    sums[count + 1] = of->unplaced[KT_UNPLACED_ABROAD];
    for (size_t i = 0; i < count + 2; i++) {
        const size_t at[KT_SERVED_VARIABLES] = {first + i, month, of->content};
        put(m->sample.by_region, at, sums[i], of->content);
    }
}

static void fill_content(making *m, size_t month, const content_figures *of)
{
    const size_t at[KT_SERVED_VARIABLES] = {0, month, of->content};
    put(m->sample.by_region, at, of->country, of->content);
    size_t first = 1;
    for (size_t level = 0; level < KT_PLACE_LEVELS; level++) {
        fill_level(m, level, first, month, of);
        first += kt_codes_count(m->model.places.codes[level]) + 2;
    }
}

static void fill_regions(making *m, size_t month, const kt_model_month *drawn)
{
    for (size_t measure = 0; measure < KT_MODEL_MEASURES; measure++) {
        const content_figures of = {measure, drawn->country[measure], drawn->municipality[measure],
                                    drawn->unplaced[measure]};
        fill_content(m, month, &of);
    }
}

/* The groups of every municipality and of those without one. */
static kt_status fill_groups(making *m, size_t month, const kt_model_month *drawn, kt_error *err)
{
    const size_t count = kt_codes_count(m->model.places.codes[KT_PLACE_KUNTA]);
    int64_t *parts = kt_arena_array(m->arena, int64_t, KT_GROUPS * count);
    int64_t unplaced[KT_GROUPS][KT_UNPLACED];
    int64_t country[KT_GROUPS] = {0};
    for (size_t place = 0; place < count + KT_UNPLACED; place++) {
        const bool placed = place < count;
        int64_t drawn_here[KT_GROUPS];
        KT_TRY(kt_group_draw(&m->model, month, place,
                             placed ? drawn->municipality[KT_UNEMPLOYED][place]
                                    : drawn->unplaced[KT_UNEMPLOYED][place - count],
                             drawn_here, err));
        for (size_t g = 0; g < KT_GROUPS; g++) {
            *(placed ? &parts[g * count + place] : &unplaced[g][place - count]) = drawn_here[g];
            country[g] += drawn_here[g];
        }
    }
    for (size_t g = 0; g < KT_GROUPS; g++) {
        const content_figures of = {KT_MODEL_MEASURES + g, country[g], parts + g * count,
                                    unplaced[g]};
        fill_content(m, month, &of);
    }
    return KT_OK;
}

/* 12ti: one area's occupations behind its total. */
static void fill_area(making *m, size_t area, size_t month, size_t measure, const int64_t *figures)
{
    int64_t total = 0;
    for (size_t i = 0; i < m->model.occupation_count; i++) {
        const size_t at[KT_SERVED_VARIABLES] = {area, i + 1, month, measure};
        put(m->sample.by_occupation, at, figures[i], measure);
        total += figures[i];
    }
    const size_t at[KT_SERVED_VARIABLES] = {area, 0, month, measure};
    put(m->sample.by_occupation, at, total, measure);
}

/* Area 0 is the country, the sum of all that was drawn; what is elsewhere has no row of its own. */
static void fill_occupations(making *m, size_t month, size_t measure, const kt_model_month *drawn)
{
    const size_t count = m->model.occupation_count;
    const size_t areas = m->model.maakunta_count + KT_UNPLACED;
    int64_t *country = kt_arena_array(m->arena, int64_t, count);
    for (size_t area = 0; area < areas; area++) {
        const int64_t *figures = drawn->occupation[measure] + area * count;
        for (size_t i = 0; i < count; i++) {
            country[i] += figures[i];
        }
        if (area != m->model.maakunta_count + KT_UNPLACED_ELSEWHERE) {
            fill_area(m, area + 1, month, measure, figures);
        }
    }
    fill_area(m, 0, month, measure, country);
}

/* Municipalities behind the maakunta, and once more what has no place. */
static void fill_municipalities(making *m, size_t month, size_t measure,
                                const kt_model_month *drawn)
{
    const size_t count = m->model.occupation_count;
    const size_t maakunta = m->model.maakunta_count;
    const size_t municipalities = kt_codes_count(m->model.places.codes[KT_PLACE_KUNTA]);
    const size_t first = 1 + maakunta + KT_UNPLACED_ELSEWHERE;
    for (size_t i = 0; i < municipalities; i++) {
        fill_area(m, first + i, month, measure, drawn->local[measure] + i * count);
    }
    for (size_t cause = 0; cause < KT_UNPLACED_ELSEWHERE; cause++) {
        fill_area(m, first + municipalities + cause, month, measure,
                  drawn->occupation[measure] + (maakunta + cause) * count);
    }
}

enum { NEW, OPEN, FILLED, DAYS, FLOWS };

/* Of the posts that are open at a month's end, in hundredths: how many came and were filled in it.
 */
#define NEW_SHARE    85
#define FILLED_SHARE 35

static void put_flows(making *m, size_t area, size_t month, const int64_t figures[FLOWS])
{
    for (size_t i = 0; i < FLOWS; i++) {
        const size_t at[KT_SERVED_VARIABLES] = {area, month, i};
        put(m->sample.flows, at, figures[i], i == DAYS ? KT_LABOUR_FORCE : KT_VACANCIES);
    }
}

/* As the stock is shared out, so are the flows; the country's days are the mean of all posts. */
static void fill_flows(making *m, size_t month, const kt_model_month *drawn)
{
    const size_t places = m->model.maakunta_count;
    int64_t country[FLOWS] = {0};
    for (size_t area = 0; area < places + KT_UNPLACED; area++) {
        const int64_t posts = area < places ? drawn->maakunta[KT_VACANCIES][area]
                                            : drawn->unplaced[KT_VACANCIES][area - places];
        const int64_t figures[FLOWS] = {
            [NEW] = posts * NEW_SHARE / 100,
            [OPEN] = posts + posts * FILLED_SHARE / 100,
            [FILLED] = posts * FILLED_SHARE / 100,
            [DAYS] = (int64_t)(18 + (7 * area + 3 * month) % 15),
        };
        for (size_t i = 0; i < FLOWS; i++) {
            country[i] += i == DAYS ? figures[DAYS] * figures[FILLED] : figures[i];
        }
        if (area != places + KT_UNPLACED_ELSEWHERE) {
            put_flows(m, area + 1, month, figures);
        }
    }
    country[DAYS] = country[FILLED] == 0 ? 0 : country[DAYS] / country[FILLED];
    put_flows(m, 0, month, country);
}

static kt_status fill_month(making *m, size_t month, uint64_t draw, kt_error *err)
{
    kt_model_month drawn;
    KT_TRY(kt_model_draw(&m->model, month, draw, m->arena, &drawn, err));
    fill_regions(m, month, &drawn);
    fill_flows(m, month, &drawn);
    KT_TRY(fill_groups(m, month, &drawn, err));
    for (size_t measure = 0; measure < 2; measure++) {
        fill_occupations(m, month, measure, &drawn);
        fill_municipalities(m, month, measure, &drawn);
    }
    kt_industries_fill(&m->industries, month, draw, &drawn);
    return KT_OK;
}

/* The released months are served; a table of none is a mistake of whoever cut it. */
static kt_status cut(kt_served_table *table, const kt_sample_options *options, kt_error *err)
{
    const char *const *months = table->variables[table->time].values;
    kt_period period = {0};
    kt_served_table_cut(table, options->first, options->last);
    if (table->kept_count == 0 ||
        !kt_period_read(months[table->kept_first + table->kept_count - 1], &period)) {
        return kt_fail(err, KT_ERR_USAGE, "the sample has no month from %s to %s",
                       options->first ? options->first : months[0],
                       options->last ? options->last : "the newest");
    }
    const long day = kt_period_last_day(period) + RELEASE_DAY;
    const long hour = RELEASE_HOUR + (options->revision != 0 ? 1 : 0);
    table->updated = day * KT_SERVED_DAY_S + hour * 3600;
    return KT_OK;
}

/* What a service does that no longer fills a content: zeros, in every area. */
static void stop(kt_served_table *table, const kt_sample_options *options)
{
    if (options->stopped == NULL) {
        return;
    }
    const size_t months = table->variables[table->time].count;
    const size_t contents = table->variables[table->variable_count - 1].count;
    const size_t content =
        kt_served_value_find(&table->variables[table->variable_count - 1], options->stopped);
    const size_t from = kt_served_value_find(&table->variables[table->time], options->stopped_from);
    for (size_t cell = 0; cell < table->cells; cell++) {
        if (cell % contents == content && cell / contents % months >= from) {
            table->values[cell] = 0.0;
            table->symbols[cell] = KT_SYMBOL_NONE;
        }
    }
}

kt_status kt_sample_make(const kt_sample_options *options, kt_arena *arena, kt_sample *out,
                         kt_error *err)
{
    making m = {.arena = arena};
    const uint64_t seed = options->seed != 0 ? options->seed : KT_SAMPLE_SEED;
    KT_TRY(kt_model_load(options->config, seed, arena, &m.model, err));
    KT_TRY(list_codes(&m, options->config, err));
    start_tables(&m);
    KT_TRY(kt_industries_make(&m.model, options->config, m.few_areas, arena, &m.industries, err));
    m.sample.by_industry = m.industries.vacancies;
    m.sample.employed = m.industries.employed;
    const kt_workers workers = {&m.model, m.few_areas, m.occupations, arena};
    KT_TRY(kt_workers_make(&workers, &m.sample.workers, err));
    KT_TRY(cut(m.sample.by_industry, options, err));
    KT_TRY(cut(m.sample.by_region, options, err));
    KT_TRY(cut(m.sample.by_occupation, options, err));
    KT_TRY(cut(m.sample.flows, options, err));
    const size_t end = m.sample.by_region->kept_first + m.sample.by_region->kept_count;
    for (size_t month = 0; month < kt_model_months(&m.model); month++) {
        const bool newest = month + REVISED_MONTHS >= end;
        KT_TRY(fill_month(&m, month, newest ? options->revision : 0, err));
    }
    stop(m.sample.by_region, options);
    stop(m.sample.by_occupation, options);
    *out = m.sample;
    return KT_OK;
}
