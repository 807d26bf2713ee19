/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/envelope.h"
#include "core/file.h"
#include "core/text.h"
#include "support/arena.h"
#include "transform/reader.h"

/*
 * Every file of ../shared/data/fixtures: what services and other projects really wrote. Each is
 * read to the figures that Python's json, or a split at blanks, finds in it, or refused for its
 * reason. A file that no line names fails the test.
 */
#define FIXTURES KT_SHARED "/data/fixtures/"

typedef struct fixture {
    const char *file, *format;
    const char *dataset; /* of a bundle or collection; NULL */
    const char *shape;   /* sizes of its dimensions; NULL: refused */
    size_t symbols;      /* cells that have one */
    double first, last;  /* NAN where there is no figure */
    double sum;          /* of all figures */
    const char *says;    /* why it is refused; else its `updated`, NULL for none */
} fixture;

#define JSON(file, shape, symbols, first, last, sum, updated)               \
    {                                                                       \
        file, "json-stat2", NULL, shape, symbols, first, last, sum, updated \
    }
#define MEMBER(file, name, shape, symbols, first, last, sum, updated)       \
    {                                                                       \
        file, "json-stat2", name, shape, symbols, first, last, sum, updated \
    }
#define PXJSON(file, shape, symbols, first, last, sum, updated)       \
    {                                                                 \
        file, "json", NULL, shape, symbols, first, last, sum, updated \
    }
#define PX(file, shape, symbols, first, last, sum, updated)         \
    {                                                               \
        file, "px", NULL, shape, symbols, first, last, sum, updated \
    }
#define REFUSED(file, format, says)                \
    {                                              \
        file, format, NULL, NULL, 0, 0, 0, 0, says \
    }
/* A service's words that are no reply, or a reply's form for something else: no reader takes it. */
#define NO_REPLY(file, says) REFUSED(file, NULL, says)

static const fixture fixtures[] = {
    JSON("derived/12r5_2026M06.jsonstat2.json", "421x1x23", 904, 542318, 9244, 23219273.6,
         "2026-07-21T05:00:00Z"),
    JSON("derived/12r5_MK16_SK_KU_2006M01_2023M10.jsonstat2.json", "11x214x3", 438, 3289, 326,
         22033984, "2023-11-21T06:00:00Z"),
    JSON("derived/12r5_SSS_MK_2006M01_2023M10.jsonstat2.json", "20x214x3", 0, 278486, 229,
         1254526663, "2023-11-21T06:00:00Z"),
    JSON("derived/12ti_4areas_2022M11_2023M10.jsonstat2.json", "4x433x12x2", 7793, 234837, 0,
         10401076, "2023-11-21T06:00:00Z"),
    NO_REPLY("derived/12r5_v1_metadata.json", "found PxWeb's metadata, which have no figures"),
    NO_REPLY("errors/eurostat_413_async_sdmx.xml", "but XML: \"413 EXTRACTION_TOO_BIG"),
    NO_REPLY("errors/v1_400_parameter_error.json", "the service says \"Parameter error\""),
    NO_REPLY("errors/v1_400_plain.txt", "plain text: \"Bad Request\""),
    NO_REPLY("errors/v1_400_variable.json",
             "the service says \"The request for variable 'Region' has an error"),
    NO_REPLY("errors/v1_403_too_many.json", "the service says \"Too many values selected\""),
    NO_REPLY("errors/v1_429.json", "the service says \"429 - Too many requests"),
    NO_REPLY("errors/v2_400_missing_selection.json", "the service says \"Missing selection"),
    NO_REPLY("errors/v2_400_too_many_cells.json", "the service says \"Too many cells selected\""),
    NO_REPLY("errors/v2_404_table.json", "the service says \"Non-existent table\""),
    JSON("eurostat/prc_hicp_manr_EA_2025-10_12.json", "1x1x1x1x3", 0, 2.1, 2.0, 6.2,
         "2026-02-06T23:00:00+0100"),
    REFUSED("jsonstat/bundle.json", "json-stat2",
            "2 data sets, expected \"dataset\" in the source file to name one of dataset, "
            "dataset2"),
    MEMBER("jsonstat/bundle.json", "dataset", "2x3x1", 0, 1.23456789, 6.789, 24.07282579,
           "2014-09-29"),
    MEMBER("jsonstat/bundle.json", "dataset2", "4", 0, NAN, 4, 6, NULL),
    JSON("jsonstat/cantabria.json", "60x3x5x6", 0, NAN, 87.0, 244239.7,
         "2017-01-26T00:00:00+01:00"),
    REFUSED("jsonstat/collection.json", "json-stat2",
            "a collection that only links to its data sets, expected one of them; they are at "
            "https://json-stat.org/samples/oecd.json, https://json-stat.org/samples/canada.json"),
    JSON("jsonstat/dataset.json", "1", 0, 1, 1, 1, NULL),
    NO_REPLY("jsonstat/dimension.json", ""),
    REFUSED("jsonstat/dimension.json", "json-stat2",
            "JSON-stat of class \"dimension\", which has categories and no values"),
    NO_REPLY("jsonstat/notjsonstat.json", "it begins \"{ \"type_of_json\": \"Not json stat\" }\""),
    REFUSED("jsonstat/oecd-canada-col.json", "json-stat2",
            "2 data sets, expected \"dataset\" in the source file to name one of Unemployment "
            "rate in the OECD countries 2003-2014, Population by sex and age group."),
    MEMBER("jsonstat/oecd-canada-col.json", "https://json-stat.org/samples/oecd.json", "1x36x12",
           72, 5.943826289, 8.004598637, 3323.825331657999, "2012-11-27"),
    MEMBER("jsonstat/oecd-canada-col.json", "Population by sex and age group. Canada. 2012",
           "1x1x20x2x3", 120, 34880.5, 1.0, 140121.4, "2012-09-27"),
    REFUSED("jsonstat/oecd-canada.json", "json-stat2", "to name one of oecd, canada"),
    MEMBER("jsonstat/oecd-canada.json", "oecd", "1x36x12", 72, 5.943826289, 8.004598637,
           3323.825331657999, "2012-11-27"),
    MEMBER("jsonstat/oecd-canada.json", "canada", "1x1x20x2x3", 120, 34880.5, 1.0, 140121.4,
           "2012-09-27"),
    REFUSED("jsonstat/order.json", "json-stat2",
            "B1C2\",\"A1B1C', expected a number or null in value"),
    JSON("jsonstat/statfin_pxapi_style_with_nulls.json", "12x3x1", 12, NAN, 2.09, -63.18,
         "2026-04-16T08:00:00"),
    JSON("jsonstat/statswe.json", "1x1x20x2x1x28", 0, 0, 137, 38425, "2015-11-25T19:36:00Z"),
    PX("px/14216.px", "1x2x2", 0, 275.87, 1098061, 2209500.17, "2025-10-27T08:00:00"),
    PX("px/BE0101A1_with_notes.px", "3x4x2x2x2", 0, 522028, 54.92, 4895141, "2006-02-09T15:20:00"),
    PX("px/SingleValueMultipleVariables.px", "1x1x1x1x1", 0, 10772, 10772, 10772,
       "2023-06-20T08:00:00"),
    PX("px/TAB003.px", "9x34x2x4", 18, 30, 5578000, 1162846580, "2023-05-25T16:13:00"),
    PX("px/TAB004.px", "14x11x1x28", 1103, 296860, NAN, 56187261, "2023-05-25T15:42:00"),
    PX("px/WierdTimeWithOneValue.px", "1x1x1x1", 0, 1370, 1370, 1370, "2023-07-27T08:00:00"),
    PX("px/tab4_fewcells.px", "1x1x1x1", 0, 445, 445, 445, "2023-05-25T15:42:00"),
    NO_REPLY("px/Counties-en.agg", "but an aggregation file (.agg), which holds codes and no data"),
    NO_REPLY("px/REGION-EN.vs", "but a value set file (.vs), which holds codes and no data"),
    JSON("statfin_v1_2026/11re_three_cities.jsonstat2.json", "3x1x1x1x1", 0, 325716, 252956,
         1273064, "2026-04-01T05:00:00Z"),
    PXJSON("statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", "421x1x23", 904, 542318, 9244,
           23219273.6, "2026-07-21T05.00.00Z"),
    PXJSON("statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json", "421x3x1x2", 395, 712, NAN,
           12496, "2026-07-21T05.00.00Z"),
    PXJSON("statfin_v1_2026/135z_2026M06.pxjson.json", "1x21", 0, 73.1, 22.3, 9420.7,
           "2026-07-21T05.00.00Z"),
    NO_REPLY("statfin_v1_2026/115q_2512_2023.query.json", "found a query and not its answer"),
    NO_REPLY("statfin_v1_2026/12r5_national_2026M04.query.json",
             "found a query and not its answer"),
    NO_REPLY("statfin_v1_2026/135z_metadata_fi.json", "found PxWeb's metadata"),
    NO_REPLY("statfin_v1_2026/config_statfin_20260828.json",
             "found what a service lets one caller do"),
    NO_REPLY("statfin_v1_2026/databases_en_20260829.json", "a JSON array"),
    NO_REPLY("v1_misc/pxweb_api_catalogue.json", "it begins"),
    NO_REPLY("v1_misc/scb_query_agg_example.json", "found a query and not its answer"),
    NO_REPLY("v1_misc/scb_query_example.json", "found a query and not its answer"),
    JSON("v1_misc/ssb_13861_jsonstat2.json", "4x2x7", 0, 0.205, 2.3, 74.819,
         "2023-02-02T07:00:00Z"),
    NO_REPLY("v1_misc/ssb_13861_v0_metadata.json", "found PxWeb's metadata"),
    NO_REPLY("v1_misc/statfin_sq_query_example_pre2026.json",
             "found a saved query and not its answer"),
    /* Metadata of version 2 are a data set without figures. */
    REFUSED("v2/MetadataById_tab001_js2.json", "json-stat2",
            "0 values, but the sizes multiply to 5940; metadata have none, expected a reply"),
    REFUSED("v2/MetadataById_tab003_js2.json", "json-stat2", "0 values, but the sizes multiply to"),
    REFUSED("v2/MetadataById_tab004_js2.json", "json-stat2", "0 values, but the sizes multiply to"),
    REFUSED("v2/scb_TAB6471_metadata.json", "json-stat2",
            "0 values, but the sizes multiply to 2006784; metadata have none, expected a reply"),
    NO_REPLY("v2/pxwebapi_config.json", "found what a service lets one caller do"),
    NO_REPLY("v2/scb_config.json", "found what a service lets one caller do"),
    NO_REPLY("v2/spec_config_example.json", "found what a service lets one caller do"),
    NO_REPLY("v2/pxwebapi_table_tab004.json", "found what a service says of a table"),
    NO_REPLY("v2/pxwebapi_tables.json", "found a list of tables"),
    NO_REPLY("v2/scb_search.json", "found a list of tables"),
    NO_REPLY("v2/scb_tables_page1.json", "found a list of tables"),
    NO_REPLY("v2/scb_codelist_agg_Alder10arJ.json", "found a code list"),
    NO_REPLY("v2/spec_codelist_agg.json", "found a code list"),
    NO_REPLY("v2/spec_filter_vs.json", "found a code list"),
};

#define COUNT (sizeof fixtures / sizeof fixtures[0])

static const char *const folders[] = {"derived", "errors",  "eurostat",        "jsonstat",
                                      "px",      "v1_misc", "statfin_v1_2026", "v2"};

static bool is_named(const char *file)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(fixtures[i].file, file) == 0) {
            return true;
        }
    }
    return false;
}

static inline void kt_auto_folder(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

/* The names in a folder of the fixtures that no line has; folder may be "". */
static size_t count_unnamed(const char *folder, kt_arena *arena)
{
    KT_AUTO(folder) DIR *open = opendir(kt_path_join(arena, FIXTURES, folder));
    size_t unnamed = 0;
    assert_non_null(open);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        const char *file = kt_arena_print(arena, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && !is_named(file)) {
            print_error("%s: no line of the test names it\n", file);
            unnamed++;
        }
    }
    return unnamed;
}

static bool is_known_name(const char *name)
{
    bool known = name[0] == '.' || strcmp(name, "INDEX.md") == 0;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        known = known || strcmp(name, folders[i]) == 0;
    }
    return known;
}

static void every_file_is_named(void **state)
{
    KT_AUTO(folder) DIR *open = opendir(FIXTURES);
    assert_non_null(open);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        if (!is_known_name(entry->d_name)) {
            print_error("%s: no folder of the test\n", entry->d_name);
            fail();
        }
    }
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        assert_int_equal(count_unnamed(folders[i], *state), 0);
    }
}

/* "3x4x2", as the dimensions of an envelope stand. */
static const char *shape_of(const kt_envelope *envelope, kt_arena *arena)
{
    const char *shape = "";
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        shape = kt_arena_print(arena, "%s%s%zu", shape, i == 0 ? "" : "x",
                               kt_codes_count(envelope->dimensions[i].codes));
    }
    return shape;
}

static kt_document load(const char *file, const kt_source *source, kt_arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    const char *path = kt_path_join(arena, FIXTURES, file);
    assert_int_equal(kt_file_read(path, (size_t)1 << 24, arena, &bytes, &length, &error), KT_OK);
    return (kt_document){bytes, length, file, source};
}

static kt_status read_file(const fixture *of, const kt_reader *reader, kt_arena *arena,
                           kt_figures **out, kt_error *err)
{
    const kt_source source = {.id = "t", .dataset = of->dataset, .language = "fi"};
    const kt_document document = load(of->file, &source, arena);
    kt_envelope *envelope = NULL;
    kt_error error = {0};
    const kt_status status = reader->read(&document, arena, out, err);
    /* Fetch reads the envelope alone: it must not take what transform refuses. */
    assert_int_equal(reader->envelope(&document, arena, &envelope, &error), status);
    return status;
}

static void check_figures(const fixture *of, const kt_figures *figures, kt_arena *arena)
{
    const kt_envelope *envelope = figures->envelope;
    double sum = 0.0;
    size_t symbols = 0;
    for (size_t i = 0; i < envelope->cells; i++) {
        sum += isnan(figures->value[i]) ? 0.0 : figures->value[i];
        symbols += figures->symbol[i] != 0;
    }
    assert_string_equal(shape_of(envelope, arena), of->shape);
    assert_int_equal(symbols, of->symbols);
    assert_close(sum, of->sum, 1e-6);
    assert_true(isnan(of->first) == isnan(figures->value[0]));
    assert_true(isnan(of->last) == isnan(figures->value[envelope->cells - 1]));
    if (!isnan(of->first)) {
        assert_close(figures->value[0], of->first, 0);
    }
    if (!isnan(of->last)) {
        assert_close(figures->value[envelope->cells - 1], of->last, 0);
    }
    assert_true(kt_text_same(envelope->updated, of->says));
}

static void check_refusal(const fixture *of, const char *format, kt_status status,
                          const kt_error *err)
{
    if (strstr(err->message, of->says) == NULL) {
        print_error("\"%s\" as %s does not say \"%s\"\n", err->message, format, of->says);
    }
    assert_int_equal(status, KT_ERR_FORMAT);
    assert_non_null(strstr(err->message, of->says));
    assert_true(kt_text_starts(err->message, of->file));
    assert_null(strpbrk(err->message, "\r\n"));
}

static void check_one(const fixture *of, const kt_reader *reader)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("fixture", 0);
    kt_figures *figures = NULL;
    kt_error err = {0};
    const kt_status status = read_file(of, reader, arena, &figures, &err);
    if (of->shape != NULL) {
        assert_string_equal(err.message, "");
        assert_int_equal(status, KT_OK);
        check_figures(of, figures, arena);
        return;
    }
    check_refusal(of, reader->format, status, &err);
}

static void every_file_is_read_as_it_should_be_or_refused_for_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        if (fixtures[i].format != NULL) {
            check_one(&fixtures[i], kt_reader_find(fixtures[i].format));
        }
    }
}

/* The reason may be another one where the body is not even of the reader's kind: a query is a JSON
 * object and no PX file. */
static void what_is_no_reply_is_taken_by_no_reader(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t r = 0; fixtures[i].format == NULL && kt_reader_at(r) != NULL; r++) {
            fixture of = fixtures[i];
            const bool is_json = strncmp(kt_reader_at(r)->format, "json", 4) == 0;
            of.says = is_json ? of.says : "";
            check_one(&of, kt_reader_at(r));
        }
    }
}

typedef struct offer {
    const char *file;
    kt_envelope_reader read;
    const char *shape, *updated;
    const char *first, *last; /* code of its first dimension, of its last one */
} offer;

static const offer offers[] = {
    {"derived/12r5_v1_metadata.json", kt_envelope_pxweb_metadata, "421x210x23", NULL, "SSS",
     "UUDETAVP"},
    {"statfin_v1_2026/135z_metadata_fi.json", kt_envelope_pxweb_metadata, "196x21", NULL, "2010M01",
     "Tyottaste_15_24_trendi"},
    {"v1_misc/ssb_13861_v0_metadata.json", kt_envelope_pxweb_metadata, "23x3x2x7", NULL, "A-Z",
     "2022"},
    {"v2/scb_TAB6471_metadata.json", kt_envelope_pxweb2_metadata, "312x134x3x1x16",
     "2026-06-08T06:00:00Z", "00", "2026M04"},
    {"v2/MetadataById_tab001_js2.json", kt_envelope_pxweb2_metadata, "30x3x22x1x3",
     "2023-05-25T13:42:00Z", "AT", "2001"},
    {"v2/MetadataById_tab003_js2.json", kt_envelope_pxweb2_metadata, "9x34x2x4",
     "2023-05-25T14:13:00Z", "05", "2016"},
    {"v2/MetadataById_tab004_js2.json", kt_envelope_pxweb2_metadata, "14x11x1x28",
     "VALUE_HAS_BEEN_REPLACED", "0.1", "2017"},
};

static void what_a_table_offers_is_read(void **state)
{
    for (size_t i = 0; i < sizeof offers / sizeof offers[0]; i++) {
        const kt_document document = load(offers[i].file, NULL, *state);
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        assert_int_equal(offers[i].read(&document, *state, &envelope, &err), KT_OK);
        const kt_dimension *last = &envelope->dimensions[envelope->dimension_count - 1];
        assert_string_equal(shape_of(envelope, *state), offers[i].shape);
        assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 0), offers[i].first);
        assert_string_equal(kt_codes_at(last->codes, kt_codes_count(last->codes) - 1),
                            offers[i].last);
        assert_true(kt_text_same(envelope->updated, offers[i].updated));
    }
}

static void code_lists_are_read(void **state)
{
    static const struct {
        const char *file;
        size_t count;
        const char *first, *label, *last;
    } cases[] = {
        {"v2/scb_codelist_agg_Alder10arJ.json", 11, "-9", "0-9 år", "100+"},
        {"v2/spec_codelist_agg.json", 8, "SE11", "SE11", "SE33"},
        {"v2/spec_filter_vs.json", 21, "01", "Stockholms län", "25"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_document document = load(cases[i].file, NULL, *state);
        kt_codes *codes = NULL;
        kt_error err = {0};
        assert_int_equal(kt_pxweb2_codelist(&document, *state, &codes, &err), KT_OK);
        assert_int_equal(kt_codes_count(codes), cases[i].count);
        assert_string_equal(kt_codes_at(codes, 0), cases[i].first);
        assert_string_equal(kt_codes_label(codes, 0), cases[i].label);
        assert_string_equal(kt_codes_at(codes, cases[i].count - 1), cases[i].last);
    }
}

static void what_a_service_complains_of_is_no_metadata_either(void **state)
{
    static const kt_envelope_reader readers[] = {kt_envelope_pxweb_metadata,
                                                 kt_envelope_pxweb2_metadata};
    for (size_t i = 0; i < COUNT * 2; i++) {
        const fixture *of = &fixtures[i / 2];
        if (!kt_text_starts(of->file, "errors/")) {
            continue;
        }
        const kt_document document = load(of->file, NULL, *state);
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        const kt_status status = readers[i % 2](&document, *state, &envelope, &err);
        check_refusal(of, "metadata", status, &err);
        assert_null(envelope);
    }
}

static void a_reply_in_another_format_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file, *format, *says;
    } cases[] = {
        {"px/14216.px", "json-stat2", "not a JSON object but a PX file: \"CHARSET="},
        {"px/14216.px", "json", "not a JSON object but a PX file"},
        {"jsonstat/dataset.json", "px", "not a PX file but a JSON object"},
        {"jsonstat/dataset.json", "json",
         "expected PX-JSON with \"columns\" and \"data\", found "
         "JSON-stat"},
        {"statfin_v1_2026/135z_2026M06.pxjson.json", "json-stat2",
         "expected a JSON-stat data set, found PX-JSON"},
        {"statfin_v1_2026/135z_2026M06.pxjson.json", "px", "not a PX file but a JSON object"},
        {"errors/v1_403_too_many.json", "px",
         "expected a PX file, but the service says \"Too many values selected\""},
        {"px/Counties-en.agg", "px", "not a PX file but an aggregation file (.agg)"},
        {"px/REGION-EN.vs", "px", "not a PX file but a value set file (.vs)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const fixture of = REFUSED(cases[i].file, cases[i].format, cases[i].says);
        check_one(&of, kt_reader_find(cases[i].format));
    }
}

/* What the words of the reply say, by eye. */
static void words_and_units_are_those_of_the_files(void **state)
{
    static const struct {
        const char *file, *format, *language;
        size_t dimension, code;
        const char *id, *label, *code_id, *code_label, *unit;
    } cases[] = {
        {"px/14216.px", "px", "no", 1, 1, "ContentsCode", "statistikkvariabel", "Bosatte",
         "Bosatte", "personer"},
        {"px/14216.px", "px", "no", 2, 0, "Tid", "år", "2025", "2025", NULL},
        {"px/WierdTimeWithOneValue.px", "px", "fi", 2, 0, "Vuosi", "Vuosi", "2023", "2023*", NULL},
        {"px/WierdTimeWithOneValue.px", "px", "en", 0, 0, "Kunta", "Municipality", "SSS",
         "WHOLE FINLAND", NULL},
        {"px/WierdTimeWithOneValue.px", "px", "sv", 3, 0, "Tiedot", "Uppgifter", "liikkeet",
         "Inkvarteringsanl\xef\xbf\xbdggningar, antal", "lkm"}, /* as it was saved */
        {"px/tab4_fewcells.px", "px", "sv", 1, 0, "GREENHOUSEGAS", "växthusgas", "CO2",
         "Koldioxid (CO2) (kt)", NULL},
        {"px/BE0101A1_with_notes.px", "px", "en", 1, 2, "marital status", "marital status", "ÄNKL",
         "widowers/widows", NULL},
        {"px/TAB003.px", "px", "en", 1, 33, "WASTE_CAT", "waste category", "TOT", "Total", NULL},
        {"jsonstat/statswe.json", "json-stat2", NULL, 4, 0, "ContentsCode", "tabellinnehåll",
         "HS0301A1", "Döda", "antal"},
        {"jsonstat/statfin_pxapi_style_with_nulls.json", "json-stat2", NULL, 2, 0, "tiedot",
         "Information", "vuosimuutos_maara", "Quantity, year-on-year change (%)", "Per cent"},
        {"eurostat/prc_hicp_manr_EA_2025-10_12.json", "json-stat2", NULL, 1, 0, "unit",
         "Unit of measure", "RCH_A", "Annual rate of change", "Annual rate of change"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_source source = {.id = "t", .language = cases[i].language};
        const char *path = kt_path_join(*state, FIXTURES, cases[i].file);
        char *bytes = NULL;
        size_t length = 0;
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        assert_int_equal(kt_file_read(path, 1 << 20, *state, &bytes, &length, &err), KT_OK);
        const kt_document document = {bytes, length, cases[i].file, &source};
        (void)kt_envelope_reader_find(cases[i].format)(&document, *state, &envelope, &err);
        assert_string_equal(err.message, "");
        const kt_dimension *dimension = &envelope->dimensions[cases[i].dimension];
        assert_string_equal(dimension->id, cases[i].id);
        assert_string_equal(dimension->label, cases[i].label);
        assert_string_equal(kt_codes_at(dimension->codes, cases[i].code), cases[i].code_id);
        assert_string_equal(kt_codes_label(dimension->codes, cases[i].code), cases[i].code_label);
        assert_true(kt_text_same(dimension->units == NULL ? NULL : dimension->units[cases[i].code],
                                 cases[i].unit));
    }
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(FIXTURES);
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_file_is_named),
        cmocka_unit_test(every_file_is_read_as_it_should_be_or_refused_for_its_reason),
        cmocka_unit_test(what_is_no_reply_is_taken_by_no_reader),
        ARENA_TEST(what_a_table_offers_is_read),
        ARENA_TEST(code_lists_are_read),
        ARENA_TEST(what_a_service_complains_of_is_no_metadata_either),
        cmocka_unit_test(a_reply_in_another_format_is_refused),
        ARENA_TEST(words_and_units_are_those_of_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
