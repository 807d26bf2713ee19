/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/dims.h"

#include <string.h>

#include "analysis/measure.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/source.h"
#include "core/text.h"
#include "publish/table.h"

#define NO_PLACE "_X" /* the level of codes that stand at every level */

enum { CODE, LEVEL, PARENTS, NAME_FI, NAME_SV, NAME_EN, VALID_FROM, VALID_TO, DIM_COLUMNS };
enum {
    UNIT = DIM_COLUMNS,
    FORMULA,
    REFERENCE,
    DEFINITION_FI,
    DEFINITION_SV,
    DEFINITION_EN,
    INDICATOR_STATUS,
    INDICATOR_COLUMNS
};

/* A sector has its revision besides. */
static const char *const dim_names[] = {"code",       "level",   "parents",    "name_fi",
                                        "name_sv",    "name_en", "valid_from", "valid_to",
                                        "obs_status", "revision"};
enum { DIM_STATUS = DIM_COLUMNS, REVISION };
static const char *const indicator_names[INDICATOR_COLUMNS] = {
    "code",      "level",         "parents",       "name_fi",       "name_sv",
    "name_en",   "valid_from",    "valid_to",      "unit",          "formula",
    "reference", "definition_fi", "definition_sv", "definition_en", "obs_status"};

/* One dimension's table on its way. */
typedef struct dim {
    const kt_classification *classification;
    const char *const *levels; /* in the contract's order, ended by NULL */
    bool has_revision;
    kt_rows *rows;
    kt_text parents;
} dim;

static inline void kt_auto_dim(dim *table)
{
    kt_rows_discard(table->rows);
    kt_text_free(&table->parents);
}

/* A table and its columns. */
typedef struct dim_table {
    const char *name;
    const char *const *columns;
    size_t column_count;
} dim_table;

static kt_status open_table(const kt_contract *contract, const char *findings, dim_table of,
                            kt_arena *arena, kt_rows **out, kt_error *err)
{
    const char *table = of.name;
    const kt_schema *schema = kt_contract_find(contract, table);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", table);
    }
    KT_TRY(kt_schema_expect(schema, of.columns, of.column_count, err));
    const char *folder = kt_path_join(arena, findings, table);
    KT_TRY(kt_folder_make(folder, err));
    return kt_rows_open_unsorted(schema, kt_arena_print(arena, "%s/%s.csv", folder, table), out,
                                 err);
}

/* Today's parents at every level, through other parents too: the suuralue of a municipality. */
static const char *parents_of(dim *table, const kt_class_item *item)
{
    kt_text_clear(&table->parents);
    for (const char *const *level = table->levels; *level != NULL; level++) {
        const char *parent = kt_class_parent(table->classification, item->code, *level);
        if (parent != NULL) {
            kt_text_print(&table->parents, "%s%s=%s", table->parents.length == 0 ? "" : ";", *level,
                          parent);
        }
    }
    return table->parents.length == 0 ? "" : table->parents.bytes;
}

static kt_status add_item(const dim *table, const kt_class_item *item, const char *level,
                          const char *parents, kt_error *err)
{
    kt_rows *rows = table->rows;
    kt_rows_text(rows, CODE, item->code);
    kt_rows_text(rows, LEVEL, level);
    kt_rows_text(rows, PARENTS, parents);
    kt_rows_text(rows, NAME_FI, item->name_fi);
    kt_rows_text(rows, NAME_SV, item->name_sv);
    kt_rows_text(rows, NAME_EN, item->name_en);
    kt_rows_text(rows, VALID_FROM, item->valid_from);
    kt_rows_text(rows, VALID_TO, item->valid_to);
    kt_rows_status(rows, DIM_STATUS, KT_OBS_OBSERVED);
    if (table->has_revision) {
        kt_rows_text(rows, REVISION, item->revision);
    }
    return kt_rows_end(rows, err);
}

/* What has no place stands at every level that has several places. */
static kt_status add_without_place(const dim *table, const kt_class_item *item, kt_error *err)
{
    for (const char *const *level = table->levels; *level != NULL; level++) {
        const bool several = strcmp(*level, "country") != 0 && strcmp(*level, KT_TOTAL) != 0 &&
                             strcmp(*level, NO_PLACE) != 0 && strcmp(*level, "unknown") != 0;
        KT_TRY(several ? add_item(table, item, *level, "", err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_items(dim *table, kt_error *err)
{
    const kt_classification *all = table->classification;
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *item = &all->items[i];
        const bool placeless = strcmp(item->level, NO_PLACE) == 0;
        KT_TRY(placeless ? add_without_place(table, item, err)
                         : add_item(table, item, item->level, parents_of(table, item), err));
    }
    return KT_OK;
}

/* What an indicator is, in words. */
typedef struct indicator {
    const char *id, *level;
    kt_words name, definition;
    const char *unit, *formula, *reference;
    const char *parents;
    const char *from, *to; /* the days on which it is collected; NULL: open */
} indicator;

static const indicator figures[] = {
    {.id = "unemployed",
     .level = "observation",
     .name = {.fi = "Työttömät työnhakijat",
              .sv = "Arbetslösa arbetssökande",
              .en = "Unemployed job seekers"},
     .definition = {.fi = "Työttömät työnhakijat kuukauden laskentapäivänä työnvälityksen "
                          "rekisterissä. Eri asia kuin työvoimatutkimuksen työttömät.",
                    .sv = "Arbetslösa arbetssökande på månadens beräkningsdag i "
                          "arbetsförmedlingens register. Inte detsamma som arbetskraftsunder"
                          "sökningens arbetslösa.",
                    .en = "Unemployed job seekers on the month's count day in the register of the "
                          "employment service. Not the unemployed of the labour force survey."},
     .unit = "persons"},
    {.id = "vacancies",
     .level = "observation",
     .name = {.fi = "Avoimet työpaikat", .sv = "Lediga platser", .en = "Vacancies"},
     .definition = {.fi = "Julkiseen työnvälitykseen ilmoitetut avoimet työpaikat kuukauden "
                          "laskentapäivänä. Kaikkia paikkoja ei ilmoiteta sinne.",
                    .sv = "Lediga platser som anmälts till den offentliga arbetsförmedlingen, på "
                          "månadens beräkningsdag. Alla platser anmäls inte dit.",
                    .en = "Vacancies notified to the public employment service, on the month's "
                          "count day. Not all posts are notified to it."},
     .unit = "posts"},
    {.id = "job_seekers_per_vacancy",
     .level = "observation",
     .name = {.fi = "Työttömiä avointa työpaikkaa kohti",
              .sv = "Arbetslösa per ledig plats",
              .en = "Job seekers per vacancy"},
     .definition = {.fi = "Työttömät työnhakijat jaettuna avoimilla työpaikoilla, kireyden "
                          "käänteisluku. Julkaistaan taulussa changes.",
                    .sv = "Arbetslösa arbetssökande dividerade med lediga platser, det inverterade "
                          "värdet av stramheten. Publiceras i tabellen changes.",
                    .en = "Unemployed job seekers over vacancies, tightness the other way round. "
                          "Published in the table changes."},
     .unit = "ratio",
     .formula = "u / v"},
    {.id = "labour_force",
     .level = "observation",
     .name = {.fi = "Työvoima", .sv = "Arbetskraft", .en = "Labour force"},
     .definition = {.fi = "Työssäkäyntitilaston työvoima: yleensä noin kahden vuoden takainen "
                          "vuosiluku, sama vuoden jokaisena kuukautena.",
                    .sv = "Arbetskraften enligt sysselsättningsstatistiken: vanligen en årsuppgift "
                          "från omkring två år tidigare, densamma under årets alla månader.",
                    .en = "The labour force of the employment register: as a rule an annual figure "
                          "of about two years before, the same in every month of a year."},
     .unit = "persons"},
    {.id = "employed",
     .level = "observation",
     .name = {.fi = "Työlliset", .sv = "Sysselsatta", .en = "Employed persons"},
     .definition =
         {.fi = "Työssäkäyntitilaston työlliset vuoden lopussa, alueen ja toimialan "
                "tai ammatin mukaan: tuorein vuosi, joka ei ole jakson vuoden jälkeen.",
          .sv = "Sysselsatta enligt sysselsättningsstatistiken i slutet av året, efter "
                "område och näringsgren eller yrke: det nyaste år som inte är efter periodens år.",
          .en = "Employed persons by the employment register at the end of a year, by "
                "region and sector or occupation: the newest one that is not after the period's "
                "year."},
     .unit = "persons"},
    {.id = "occupation_balance",
     .level = "state",
     .name = {.fi = "Ammattien kohtaantotilanne",
              .sv = "Matchningsläget i yrken",
              .en = "Balance of occupations"},
     .definition =
         {.fi = "Ammatin tila kahden asteen mukaan: tasapaino, ylitarjonta, kohtaanto-ongelma, "
                "työvoimapula tai ei arvioitavissa, ja sen aste 1-5. Avoimien paikkojen asteen "
                "suhde työttömyysasteeseen kertoo tilan, tilan oma aste (ylitarjonnan "
                "työttömyysaste, työvoimapulan avoimien paikkojen aste, kohtaanto-ongelman "
                "kumpikin) sen asteen. Sanat ovat Työvoimabarometrin, rajat omia.",
          .sv = "Yrkets läge enligt två grader: balans, överskott, matchningsproblem, brist på "
                "arbetskraft eller inte bedömbart, och dess grad 1-5. Vakansgraden i "
                "förhållande till arbetslöshetsgraden anger läget, lägets egen grad "
                "(arbetslöshetsgraden vid överskott, vakansgraden vid brist, båda vid "
                "matchningsproblem) hur starkt det är. Orden är Arbetskraftsbarometerns, "
                "gränserna egna.",
          .en = "The state of an occupation by two rates: balance, surplus, matching problem, "
                "shortage or not assessable, and its degree 1-5. The vacancy rate over the "
                "unemployment rate says the state, the rate that rules it (unemployment rate of "
                "a surplus, vacancy rate of a shortage, both of a matching problem) the degree. "
                "The words are those of Työvoimabarometri, the thresholds our own."},
     .unit = "",
     .formula = "x = u / (u + e), y = v / (v + e); state by y / x, degree by x, y or "
                "sqrt((x^2 + y^2) / 2)",
     .reference = "KEHA-keskus, Työvoimabarometri (states and degrees; its thresholds are not "
                  "public)"},
    {.id = "v_over_v_plus_employed",
     .level = "rate",
     .name = {.fi = "Avoimien paikkojen aste, työllisistä",
              .sv = "Vakansgrad, av sysselsatta",
              .en = "Vacancy rate over employed persons"},
     .definition = {.fi = "Avoimet paikat jaettuna avoimien paikkojen ja työllisten summalla. "
                          "Työlliset ovat henkilöitä ja usein parin vuoden takaa.",
                    .sv = "Lediga platser dividerade med summan av lediga platser och "
                          "sysselsatta. De sysselsatta är personer och ofta från ett par år "
                          "tidigare.",
                    .en = "Vacancies over the sum of vacancies and employed persons. The employed "
                          "are persons, and often those of some years before."},
     .unit = "share",
     .formula = "v / (v + e)",
     .reference = "PTT, kohtaantoindeksit, plot_beveridge_curve.R: v / (v + L - u)"},
    {.id = "v_over_labour_force",
     .level = "rate",
     .name = {.fi = "Avoimien paikkojen aste, työvoimasta",
              .sv = "Vakansgrad, av arbetskraften",
              .en = "Vacancy rate over the labour force"},
     .definition = {.fi = "Avoimet paikat jaettuna työvoimalla.",
                    .sv = "Lediga platser dividerade med arbetskraften.",
                    .en = "Vacancies over the labour force."},
     .unit = "share",
     .formula = "v / L",
     .reference = "Michaillat and Saez (2021), JPubE Plus"},
    {.id = "v_over_v_plus_occupied",
     .level = "rate",
     .name = {.fi = "Avoimien työpaikkojen aste, kaikista työpaikoista",
              .sv = "Vakansgrad, av alla arbetsplatser",
              .en = "Job vacancy rate over all posts"},
     .definition = {.fi = "Avoimet paikat jaettuna avoimien ja täytettyjen työpaikkojen summalla "
                          "samassa kyselyssä.",
                    .sv = "Lediga platser dividerade med summan av lediga och besatta "
                          "arbetsplatser i samma undersökning.",
                    .en = "Vacancies over the sum of vacancies and occupied posts of the same "
                          "survey."},
     .unit = "share",
     .formula = "v / (v + o)",
     .reference = "Eurostat, job vacancy statistics (JVR)"},
};

static kt_status add_indicator(kt_rows *rows, const indicator *one, kt_error *err)
{
    kt_rows_text(rows, CODE, one->id);
    kt_rows_text(rows, LEVEL, one->level);
    kt_rows_text(rows, PARENTS, one->parents);
    kt_rows_text(rows, NAME_FI, one->name.fi);
    kt_rows_text(rows, NAME_SV, one->name.sv);
    kt_rows_text(rows, NAME_EN, one->name.en);
    kt_rows_text(rows, VALID_FROM, one->from);
    kt_rows_text(rows, VALID_TO, one->to);
    kt_rows_text(rows, UNIT, one->unit);
    kt_rows_text(rows, FORMULA, one->formula);
    kt_rows_text(rows, REFERENCE, one->reference);
    kt_rows_text(rows, DEFINITION_FI, one->definition.fi);
    kt_rows_text(rows, DEFINITION_SV, one->definition.sv);
    kt_rows_text(rows, DEFINITION_EN, one->definition.en);
    kt_rows_status(rows, INDICATOR_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

/* The measure's own figure is the result called "value", or else its first. */
static const char *unit_of(const kt_measure *measure)
{
    for (size_t i = 0; i < kt_measure_result_count(measure); i++) {
        if (strcmp(measure->results[i].name, "value") == 0) {
            return measure->results[i].unit;
        }
    }
    return measure->results[0].unit;
}

static indicator indicator_of(const kt_measure *measure)
{
    return (indicator){
        .id = measure->id,
        .level = "measure",
        .name = {.fi = measure->name_fi, .sv = measure->name_sv, .en = measure->name_en},
        .definition = {.fi = measure->definition_fi,
                       .sv = measure->definition_sv,
                       .en = measure->definition_en},
        .unit = unit_of(measure),
        .formula = measure->formula,
        .reference = measure->reference,
    };
}

static indicator with_days(indicator one, const kt_dims *dims)
{
    for (size_t i = 0; i < dims->day_count; i++) {
        if (strcmp(dims->days[i].indicator, one.id) == 0) {
            one.from = dims->days[i].from;
            one.to = dims->days[i].to;
        }
    }
    return one;
}

static kt_status write_indicators(const kt_dims *dims, const char *findings, kt_arena *arena,
                                  kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(open_table(dims->contract, findings,
                      (dim_table){"dim_indicator", indicator_names, INDICATOR_COLUMNS}, arena,
                      &rows, err));
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        const indicator one = with_days(figures[i], dims);
        KT_TRY(add_indicator(rows, &one, err));
    }
    for (size_t i = 0; i < dims->more_count; i++) {
        const kt_indicator_words *from = &dims->more[i];
        const indicator one = {.id = from->id,
                               .level = from->level,
                               .parents = from->parents,
                               .name = from->name,
                               .definition = from->definition,
                               .unit = from->unit};
        KT_TRY(add_indicator(rows, &one, err));
    }
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        const indicator one = indicator_of(kt_measure_at(i));
        KT_TRY(add_indicator(rows, &one, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

static kt_status write_classification(const kt_contract *contract, const char *findings,
                                      const char *name, dim shape, kt_arena *arena, kt_error *err)
{
    KT_AUTO(dim) dim table = shape;
    KT_TRY(open_table(contract, findings, (dim_table){name, dim_names, REVISION}, arena,
                      &table.rows, err));
    KT_TRY(add_items(&table, err));
    return kt_rows_close(&table.rows, NULL, err);
}

/* Every revision: the same code is another sector in another one. */
static kt_status write_sectors(const kt_dims *dims, const char *findings, kt_arena *arena,
                               kt_error *err)
{
    KT_AUTO(dim) dim table = {.levels = kt_sector_levels(), .has_revision = true};
    KT_TRY(open_table(dims->contract, findings, (dim_table){"dim_sector", dim_names, REVISION + 1},
                      arena, &table.rows, err));
    for (int revision = 0; revision < KT_SECTOR_REVISIONS; revision++) {
        table.classification = &dims->classifications->sectors[revision];
        KT_TRY(add_items(&table, err));
    }
    return kt_rows_close(&table.rows, NULL, err);
}

/* The classification, and the regions beside it. */
static kt_status write_regions(const kt_dims *dims, const char *findings, kt_arena *arena,
                               kt_error *err)
{
    KT_AUTO(dim)
    dim table = {.classification = &dims->classifications->regions, .levels = kt_region_levels()};
    KT_TRY(open_table(dims->contract, findings, (dim_table){"dim_region", dim_names, REVISION},
                      arena, &table.rows, err));
    KT_TRY(add_items(&table, err));
    for (size_t i = 0; i < dims->region_count; i++) {
        const kt_region_words *words = &dims->regions[i];
        const kt_class_item item = {.code = words->code,
                                    .name_fi = words->name.fi,
                                    .name_sv = words->name.sv,
                                    .name_en = words->name.en,
                                    .valid_from = "",
                                    .valid_to = ""};
        KT_TRY(add_item(&table, &item, words->level, "", err));
    }
    return kt_rows_close(&table.rows, NULL, err);
}

kt_status kt_dims_write(const kt_dims *dims, const char *findings, kt_arena *arena, kt_error *err)
{
    static const char *const occupation_levels[] = {"isco1",   "isco2",  "isco3", "isco4",
                                                    "unknown", NO_PLACE, NULL};
    const kt_classifications *classes = dims->classifications;
    KT_TRY(write_regions(dims, findings, arena, err));
    KT_TRY(write_classification(
        dims->contract, findings, "dim_occupation",
        (dim){.classification = &classes->occupations, .levels = occupation_levels}, arena, err));
    KT_TRY(write_sectors(dims, findings, arena, err));
    return write_indicators(dims, findings, arena, err);
}
