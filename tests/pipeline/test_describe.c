/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include <jansson.h>

#include "core/envelope.h"
#include "core/roles.h"
#include "core/source.h"
#include "core/text.h"
#include "describe.h"

#define FIXTURES KT_SHARED "/data/fixtures/"

/* A real table, and the roles that a person who knows it gives its variables. */
typedef struct known_table {
    const char *file;
    kt_envelope_reader reader;
    const char *base_url;
    const char *roles;    /* "Alue=region/SSS", of each variable with its total */
    const char *measures; /* the first of them */
    const char *periods;
    bool resolves; /* the file that is written resolves against the same metadata */
} known_table;

static const known_table tables[] = {
    {"derived/12r5_v1_metadata.json", kt_envelope_pxweb_metadata,
     "https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin",
     "Alue=region/SSS timeperiod_m=period contentscode=measure",
     "HAKIJALOPUSSA=job_seekers persons, TYOTTOMATLOPUSSA=unemployed persons",
     "2009M01-2026M06 (210, 12 a year)", true},
    {"statfin_v1_2026/135z_metadata_fi.json", kt_envelope_pxweb_metadata,
     "https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin", "timeperiod_m=period contentscode=measure",
     "Tyollisyysaste_15_64=tyollisyysaste_15_64 percent, "
     "tyollaste_15_64_trendi=tyollaste_15_64_trendi percent",
     "2010M01-2026M04 (196, 12 a year)", true},
    {"v1_misc/ssb_13861_v0_metadata.json", kt_envelope_pxweb_metadata,
     "https://data.ssb.no/api/v0/no/table",
     "NACE2007=sector/A-Z Kjonn=-/0 ContentsCode=measure Tid=period",
     "Ginikoeffisient=ginikoeffisient ratio, P90P10=p90p10 persons?", "2016-2022 (7, 1 a year)",
     true},
    {"v2/scb_TAB6471_metadata.json", kt_envelope_pxweb2_metadata,
     "https://statistikdatabasen.scb.se/api/v2",
     "Region=region/00? Alder=-/TotSA Kon=-/TotSa ContentsCode=measure Tid=period",
     "000007SF=c000007sf persons", "2025M01-2026M04 (16, 12 a year)", true},
    {"v2/MetadataById_tab001_js2.json", kt_envelope_pxweb2_metadata, "https://example.org/api/v2",
     "REGION=region? SEX=-/T AGE=-/TOTAL ContentsCode=measure TIME=period", "HNMGA=hnmga persons",
     "1981-2001 (3, 1 a year)", true},
    {"v2/MetadataById_tab004_js2.json", kt_envelope_pxweb2_metadata, "https://example.org/api/v2",
     "SECTOR=-? GREENHOUSEGAS=-/CO2-ekv. ContentsCode=measure TIME=period",
     "Emission=emission persons?", "1990-2017 (28, 1 a year)", false},
    {"statfin_v1_2026/11re_three_cities.jsonstat2.json", kt_envelope_jsonstat,
     "https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin",
     "alue_23_20260101=region? ikaryhma_10_20180101=-/SSS sukupuoli_9_20180101=-/SSS "
     "timeperiod_y=period contentscode=measure",
     "vaerak-vaesto=vaerak_vaesto persons", "2025-2025 (1, 1 a year)", true},
    {"px/14216.px", kt_envelope_px, "https://example.org/px",
     "TettSted=-/0801 ContentsCode=measure Tid=period",
     "Areal=areal persons?, Bosatte=bosatte persons", "2024-2025 (2, 1 a year)", true},
    {"px/WierdTimeWithOneValue.px", kt_envelope_px, "https://example.org/px",
     "Kunta=region/SSS Toimiala=-/01 Vuosi=period Tiedot=measure", "liikkeet=liikkeet persons",
     "2023-2023 (1, 1 a year)", true},
    {"px/SingleValueMultipleVariables.px", kt_envelope_px, "https://example.org/px",
     "Yrke=-/00 Kjonn=-/0 ContentsCode=measure Tid=period Region=region?",
     "Ansatte=ansatte persons", "2022-2022 (1, 1 a year)", true},
    {"px/BE0101A1_with_notes.px", kt_envelope_px, "https://example.org/px",
     "region=region? marital status=-? period=period $$SORT=-? sex=-?",
     "the whole table=described persons?", "2004-2005 (2, 1 a year)", false},
};

static kt_source *configured(kt_arena *arena, const char *name)
{
    kt_problems *problems = kt_problems_new(arena);
    kt_source *source = kt_source_load(
        kt_arena_print(arena, "%s/config/sources/%s.json", KT_ROOT, name), arena, problems);
    assert_non_null(source);
    return source;
}

static kt_envelope *read_table(const bench *made, const known_table *table)
{
    kt_error err = {0};
    kt_document document = {.name = table->file};
    char *bytes = NULL;
    kt_envelope *envelope = NULL;
    assert_int_equal(kt_file_read(kt_arena_print(made->arena, FIXTURES "%s", table->file), 1 << 24,
                                  made->arena, &bytes, &document.length, &err),
                     KT_OK);
    document.bytes = bytes;
    assert_int_equal(table->reader(&document, made->arena, &envelope, &err), KT_OK);
    return envelope;
}

static kt_described describe(const bench *made, const known_table *table)
{
    kt_source **known = kt_arena_array(made->arena, kt_source *, 1);
    known[0] = configured(made->arena, "12r5");
    return (kt_described){.table = read_table(made, table),
                          .id = "described",
                          .protocol = "pxweb",
                          .format = "json-stat2",
                          .base_url = table->base_url,
                          .path = "a/b.px",
                          .language = "fi",
                          .known = known,
                          .known_count = 1};
}

static const char *words_of_roles(kt_arena *arena, const kt_described *of, const kt_guess *guess)
{
    const char *words = "";
    for (size_t i = 0; i < of->table->dimension_count; i++) {
        const kt_variable_guess *variable = &guess->variables[i];
        const bool told = variable->total != NULL && variable->role != KT_ROLE_PERIOD &&
                          variable->role != KT_ROLE_MEASURE;
        const bool doubted = variable->doubt != NULL && variable->role != KT_ROLE_SECTOR;
        words = kt_arena_print(arena, "%s%s%s=%s%s%s%s", words, i == 0 ? "" : " ",
                               of->table->dimensions[i].id,
                               variable->role == KT_ROLES ? "-" : kt_role_name(variable->role),
                               told ? "/" : "", told ? variable->total : "", doubted ? "?" : "");
    }
    return words;
}

static const char *words_of_measures(kt_arena *arena, const kt_guess *guess)
{
    const char *words = "";
    for (size_t i = 0; i < guess->measure_count && i < 2; i++) {
        const kt_measure_guess *measure = &guess->measures[i];
        words = kt_arena_print(arena, "%s%s%s=%s %s%s", words, i == 0 ? "" : ", ",
                               measure->code == NULL ? "the whole table" : measure->code,
                               measure->measure, measure->unit, measure->is_unit_told ? "" : "?");
    }
    return words;
}

static void roles_are_guessed_as_those_who_know_the_table_give_them(void **state)
{
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        const kt_described of = describe(made, &tables[i]);
        kt_guess guess;
        kt_guess_table(&of, made->arena, &guess);
        assert_string_equal(words_of_roles(made->arena, &of, &guess), tables[i].roles);
        assert_string_equal(words_of_measures(made->arena, &guess), tables[i].measures);
        assert_string_equal(kt_arena_print(made->arena, "%s-%s (%zu, %d a year)",
                                           guess.first_period, guess.last_period,
                                           guess.period_count, (int)guess.frequency),
                            tables[i].periods);
    }
}

static kt_source *write_and_load(void *state, const kt_described *of)
{
    const bench *made = state;
    KT_AUTO(text) kt_text text = {0};
    kt_guess guess;
    kt_guess_table(of, made->arena, &guess);
    kt_guess_put_source(of, &guess, made->arena, &text);
    kt_problems *problems = kt_problems_new(made->arena);
    kt_source *source =
        kt_source_load(write_words(state, "source.json", text.bytes), made->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(source);
    return source;
}

static void the_file_that_is_written_loads_and_resolves_against_its_table(void **state)
{
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        const kt_described of = describe(made, &tables[i]);
        kt_source *source = write_and_load(*state, &of);
        kt_role_troubles troubles;
        kt_roles_examine(source, of.table, made->arena, &troubles);
        if (tables[i].resolves && troubles.count > 0) {
            print_error("%s: %s\n", tables[i].file, troubles.at[0].line);
        }
        assert_int_equal(troubles.count == 0, tables[i].resolves);
    }
}

static void the_language_is_written_where_it_is_not_the_usual_one(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *protocol, *language, *read;
    } cases[] = {{"pxweb", "fi", "fi"},
                 {"pxweb", "no", "no"},
                 {"pxweb2", "fi", "fi"},
                 {"pxweb2", "sv", "sv"},
                 {"pxweb2", NULL, NULL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_described of = describe(made, &tables[0]);
        of.protocol = cases[i].protocol;
        of.language = cases[i].language;
        assert_true(kt_text_same(write_and_load(*state, &of)->language, cases[i].read));
    }
}

static void what_statistics_finland_leaves_without_an_area_is_written_down(void **state)
{
    const bench *made = *state;
    const kt_described of = describe(made, &tables[0]);
    const kt_source *source = write_and_load(*state, &of);
    const kt_source *ours = configured(made->arena, "12r5");
    assert_int_equal(source->unallocated_count, ours->unallocated_count);
    for (size_t i = 0; i < ours->unallocated_count; i++) {
        bool found = false;
        for (size_t j = 0; j < source->unallocated_count; j++) {
            found =
                found || (strcmp(source->unallocated[j].code, ours->unallocated[i].code) == 0 &&
                          strcmp(source->unallocated[j].cause, ours->unallocated[i].cause) == 0 &&
                          strcmp(source->unallocated[j].level, ours->unallocated[i].level) == 0);
        }
        assert_true(found);
    }
    assert_int_equal(source->symbol_count, ours->symbol_count);
    assert_false(source->publishes_total); /* 12r5 of the configuration does */
}

/* One list of codes, and what it looks like. */
typedef struct code_case {
    const char *id, *label, *codes;
    const char *role; /* with level, revision, total and what is wanted */
} code_case;

static kt_dimension dimension_of(kt_arena *arena, const code_case *from)
{
    kt_dimension made = {.id = from->id, .label = from->label, .codes = kt_codes_new(arena)};
    for (const char *at = from->codes; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        (void)kt_codes_add(made.codes, kt_arena_copy_n(arena, at, length), NULL);
        at += length + (at[length] == '\0' ? 0 : 1);
    }
    return made;
}

static const char *words_of_variable(kt_arena *arena, const kt_variable_guess *variable)
{
    const char *words = variable->role == KT_ROLES ? "-" : kt_role_name(variable->role);
    const char *parts[] = {variable->level, variable->revision, variable->total, variable->unknown,
                           variable->mapped};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        words = parts[i] == NULL ? words : kt_arena_print(arena, "%s %s", words, parts[i]);
    }
    for (size_t i = 0; i < variable->want_count; i++) {
        words = kt_arena_print(arena, "%s%s%s", words, i == 0 ? " [" : " ", variable->want[i]);
    }
    return variable->want_count == 0 ? words : kt_arena_print(arena, "%s]", words);
}

static void codes_tell_levels_revisions_and_totals(void **state)
{
    const bench *made = *state;
    static const code_case cases[] = {
        {"Ammattiryhmä", "Ammattiryhmä", "SSS 0110 2512 9629 X011 X999",
         "occupation isco4 SSS X* [*]"},
        {"ammatti_19_20180101", "Ammatti", "SSS 1 11 111 2 21 211",
         "occupation isco3 SSS [??? SSS]"},
        {"isco08", "International Standard Classification of Occupations", "TOTAL OC1 OC2 OC25",
         "occupation isco2 TOTAL OC [OC?? TOTAL]"},
        {"nace_r2", "Statistical classification of economic activities", "B-S B C D G45 G46",
         "sector nace2 [*]"},
        {"nace_r21", "Economic activity", "B-T B C D G46 V", "sector nace21 [*]"},
        {"Toimiala", "Toimiala", "SSS A B C D E F G H I J K L M N O P Q R S T U",
         "sector nace2 SSS [*]"},
        {"Toimiala", "Toimiala TOL 2025", "SSS A B C V", "sector nace21 SSS [*]"},
        {"alue_23_20260101", "Alue", "SSS KU020 MK01 TA01 EVK02", "region SSS [*]"},
        {"Suuralue", "Suuralue", "SSS SA1 SA2 SA3 SA4 SA5", "region SSS [*]"},
        {"geo", "Geopolitical entity", "FI SE EE DE", "region [*]"},
        {"Tid", "måned", "2025M01 2025M02", "period [*]"},
        {"Vuosineljännes", "Vuosineljännes", "2025Q1 2025Q2", "period [*]"},
        {"sukupuoli_9_20180101", "Sukupuoli", "SSS 1 2", "- SSS"},
        {"Ikä", "Ikä", "15-24 25-34", "-"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_dimension dimension = dimension_of(made->arena, &cases[i]);
        kt_envelope table = {.dimensions = &dimension, .dimension_count = 1};
        const kt_described of = {.table = &table, .id = "t", .base_url = "https://example.org"};
        kt_guess guess;
        kt_guess_table(&of, made->arena, &guess);
        assert_string_equal(words_of_variable(made->arena, &guess.variables[0]), cases[i].role);
    }
}

/* Two periods, two regions, two contents in three forms, and what each column is. */
static const struct {
    const char *text, *layout;
} sheets[] = {
    {"Ty\xf6ttmyys kuukausittain\nKuukausi;Alue;Tieto;Arvo;Merkki;Huomautus\n"
     "2026M05;SSS;U;12;;\n2026M05;SSS;V;3;p;\n2026M05;MK01;U;;...;\n"
     "2026M05;MK01;V;-;;\n2026M06;SSS;U;\"14,5\";;\n",
     "iso-8859-1 ; , 1 Kuukausi=period Alue=region Tieto=measure Arvo=figure Merkki=symbol "
     "Huomautus=nothing"},
    {"Alue,Kuukausi,Tyottomat,Paikat\nSSS,2026M05,12,3\nMK01,2026M05,...,-\nMK01,2026-06,6,\n",
     "utf-8 , . 0 Alue=region Kuukausi=period Tyottomat=figure:Tyottomat Paikat=figure:Paikat"},
    {"Tieto\tAlue\t2026M05\t2026M06\nU\tSSS\t12\t14\nU\tMK01\t...\t6\nV\tSSS\t3\t4\n",
     "utf-8 \t . 0 Tieto=measure Alue=region ????M?"
     "?=figure>period"},
    {"Alue\t2026M05\t2026M06\nSSS\t12\t14\nMK01\t...\t6\n", "utf-8 \t . 0 Alue=region ????M?"
                                                            "?=figure>period"},
    {";Tieto;Alue;2026M05;2026M06;;;;\n1;U;SSS;12;14;;;;\n2;U;MK01;...;6;;;;\n",
     "utf-8 ; . 0 =nothing Tieto=measure Alue=region ????M?"
     "?=figure>period"},
    {"year|region|age|value\n2024|KU091|a|1\n2024|KU091|b|2\n",
     "utf-8 | . 0 year=period region=region age=nothing value=figure:value"},
};

static const char *words_of_layout(kt_arena *arena, const char *path)
{
    json_auto_t *root = json_load_file(path, 0, NULL);
    const json_t *layout = json_object_get(root, "layout");
    const char *words =
        kt_arena_print(arena, "%s %s %s %d", json_string_value(json_object_get(layout, "encoding")),
                       json_string_value(json_object_get(layout, "delimiter")),
                       json_string_value(json_object_get(layout, "decimal")),
                       (int)json_integer_value(json_object_get(layout, "skip_rows")));
    const json_t *columns = json_object_get(layout, "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        const char *content = json_string_value(json_object_get(column, "content"));
        const char *across = json_string_value(json_object_get(column, "across"));
        words = kt_arena_print(arena, "%s %s=%s%s%s%s%s", words,
                               json_string_value(json_object_get(column, "column")),
                               json_string_value(json_object_get(column, "holds")),
                               content == NULL ? "" : ":", content == NULL ? "" : content,
                               across == NULL ? "" : ">", across == NULL ? "" : across);
    }
    return words;
}

static void a_csv_is_laid_out_by_what_stands_in_its_columns(void **state)
{
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        kt_error err = {0};
        kt_csv_shape *shape = NULL;
        kt_envelope *table = NULL;
        kt_document document = {
            .bytes = sheets[i].text, .length = strlen(sheets[i].text), .name = "a.csv"};
        assert_int_equal(kt_csv_describe(&document, made->arena, &shape, &table, &err), KT_OK);
        const kt_described of = {.table = table,
                                 .csv = shape,
                                 .id = "sheet",
                                 .protocol = "file",
                                 .format = "csv",
                                 .base_url = "file:/tmp",
                                 .path = "a.csv",
                                 .language = "fi"};
        const kt_source *source = write_and_load(*state, &of);
        assert_string_equal(words_of_layout(made->arena, path_of(*state, "source.json")),
                            sheets[i].layout);
        kt_envelope *read = NULL;
        document.source = source;
        const kt_status status = kt_envelope_csv(&document, made->arena, &read, &err);
        const bool is_whole = i + 1 < COUNT_OF(sheets); /* the last has two rows of one cell */
        assert_string_equal(err.message, is_whole
                                             ? ""
                                             : "a.csv: row 3, column 4 (value): a second figure "
                                               "with these codes, the first is in row 2");
        assert_int_equal(status, is_whole ? KT_OK : KT_ERR_FORMAT);
    }
}

static void what_is_no_csv_is_said_in_one_line(void **state)
{
    const bench *made = *state;
    static const char *const texts[] = {"", "Bad Request", "one;two", "a\nb\nc\n"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        kt_error err = {0};
        kt_csv_shape *shape = NULL;
        kt_envelope *table = NULL;
        const kt_document document = {
            .bytes = texts[i], .length = strlen(texts[i]), .name = "a.csv"};
        assert_int_equal(kt_csv_describe(&document, made->arena, &shape, &table, &err),
                         KT_ERR_FORMAT);
        assert_says(&err, "a.csv: no kind of table that is known here");
    }
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(FIXTURES "INDEX.md");
    const struct CMUnitTest tests[] = {
        in_bench(roles_are_guessed_as_those_who_know_the_table_give_them),
        in_bench(the_file_that_is_written_loads_and_resolves_against_its_table),
        in_bench(what_statistics_finland_leaves_without_an_area_is_written_down),
        in_bench(codes_tell_levels_revisions_and_totals),
        in_bench(the_language_is_written_where_it_is_not_the_usual_one),
        in_bench(a_csv_is_laid_out_by_what_stands_in_its_columns),
        in_bench(what_is_no_csv_is_said_in_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
