/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"
#include "core/roles.h"
#include "core/support.h"
#include "core/text.h"

/*
 * Bodies that services really sent. They are not part of the tree: without them the program says
 * 77, skipped.
 */
#define FIXTURES KT_SHARED "/data/fixtures/"

typedef struct reply_case {
    const char *file;
    kt_envelope_reader read;
    size_t cells;     /* 0: it must be refused */
    const char *says; /* of the refusal; else its `updated`, NULL for none */
} reply_case;

static kt_status read_reply(const bench *made, const reply_case *reply, kt_envelope **out,
                            kt_error *err)
{
    char *path = kt_arena_print(made->arena, "%s%s", FIXTURES, reply->file);
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1 << 24, made->arena, &bytes, &length, &error), KT_OK);
    const kt_document document = {.bytes = bytes, .length = length, .name = reply->file};
    return reply->read(&document, made->arena, out, err);
}

static void real_replies_are_read(void **state)
{
    static const reply_case cases[] = {
        {"statfin_v1_2026/11re_three_cities.jsonstat2.json", kt_envelope_jsonstat, 3,
         "2026-04-01T05:00:00Z"},
        {"statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", kt_envelope_pxjson, 421UL * 23,
         "2026-07-21T05.00.00Z"},
        {"statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json", kt_envelope_pxjson,
         421UL * 3 * 2, "2026-07-21T05.00.00Z"},
        {"statfin_v1_2026/135z_2026M06.pxjson.json", kt_envelope_pxjson, 21,
         "2026-07-21T05.00.00Z"},
        {"statfin_v1_2026/135z_metadata_fi.json", kt_envelope_pxweb_metadata, 196UL * 21, NULL},
        {"derived/12r5_v1_metadata.json", kt_envelope_pxweb_metadata, 421UL * 210 * 23, NULL},
        {"derived/12r5_2026M06.jsonstat2.json", kt_envelope_jsonstat, 421UL * 23,
         "2026-07-21T05:00:00Z"},
        {"derived/12r5_SSS_MK_2006M01_2023M10.jsonstat2.json", kt_envelope_jsonstat, 20UL * 214 * 3,
         "2023-11-21T06:00:00Z"},
        {"derived/12r5_MK16_SK_KU_2006M01_2023M10.jsonstat2.json", kt_envelope_jsonstat,
         11UL * 214 * 3, "2023-11-21T06:00:00Z"},
        {"derived/12ti_4areas_2022M11_2023M10.jsonstat2.json", kt_envelope_jsonstat,
         4UL * 433 * 12 * 2, "2023-11-21T06:00:00Z"},
        {"v1_misc/ssb_13861_jsonstat2.json", kt_envelope_jsonstat, 4UL * 2 * 7,
         "2023-02-02T07:00:00Z"},
        {"v1_misc/ssb_13861_v0_metadata.json", kt_envelope_pxweb_metadata, 23UL * 3 * 2 * 7, NULL},
        {"v2/scb_TAB6471_metadata.json", kt_envelope_pxweb2_metadata, 312UL * 134 * 3 * 16,
         "2026-06-08T06:00:00Z"},
        {"v2/MetadataById_tab001_js2.json", kt_envelope_pxweb2_metadata, 30UL * 3 * 22 * 3,
         "2023-05-25T13:42:00Z"},
        {"v2/MetadataById_tab003_js2.json", kt_envelope_pxweb2_metadata, 9UL * 34 * 2 * 4,
         "2023-05-25T14:13:00Z"},
        {"v2/MetadataById_tab004_js2.json", kt_envelope_pxweb2_metadata, 14UL * 11 * 28,
         "VALUE_HAS_BEEN_REPLACED"},
        {"eurostat/prc_hicp_manr_EA_2025-10_12.json", kt_envelope_jsonstat, 3,
         "2026-02-06T23:00:00+0100"},
        {"jsonstat/statfin_pxapi_style_with_nulls.json", kt_envelope_jsonstat, 36,
         "2026-04-16T08:00:00"},
        {"jsonstat/cantabria.json", kt_envelope_jsonstat, 60UL * 3 * 5 * 6,
         "2017-01-26T00:00:00+01:00"},
        {"jsonstat/dataset.json", kt_envelope_jsonstat, 1, NULL},
        {"jsonstat/statswe.json", kt_envelope_jsonstat, 20UL * 2 * 28, "2015-11-25T19:36:00Z"},
        {"jsonstat/order.json", kt_envelope_jsonstat, 24, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error error = {0};
        const kt_status status = read_reply(*state, &cases[i], &envelope, &error);
        assert_string_equal(error.message, "");
        assert_int_equal(status, KT_OK);
        assert_int_equal(envelope->cells, cases[i].cells);
        assert_true(kt_text_same(envelope->updated, cases[i].says));
    }
}

static void every_broken_body_is_refused_in_one_line_with_its_name(void **state)
{
    static const reply_case cases[] = {
        {"errors/eurostat_413_async_sdmx.xml", NULL, 0, "XML: \"413 EXTRACTION_TOO_BIG"},
        {"errors/v1_400_parameter_error.json", NULL, 0, "Parameter error"},
        {"errors/v1_400_plain.txt", NULL, 0, "plain text: \"Bad Request\""},
        {"errors/v1_400_variable.json", NULL, 0, "The request for variable 'Region' has an error"},
        {"errors/v1_403_too_many.json", NULL, 0, "Too many values selected"},
        {"errors/v1_429.json", NULL, 0, "429 - Too many requests in too short timeframe"},
        {"errors/v2_400_missing_selection.json", NULL, 0, "Missing selection"},
        {"errors/v2_400_too_many_cells.json", NULL, 0, "Too many cells selected"},
        {"errors/v2_404_table.json", NULL, 0, "Non-existent table"},
        {"jsonstat/notjsonstat.json", NULL, 0, "Not json stat"},
    };
    static const kt_envelope_reader readers[] = {kt_envelope_jsonstat, kt_envelope_pxjson,
                                                 kt_envelope_pxweb_metadata,
                                                 kt_envelope_pxweb2_metadata};
    for (size_t i = 0; i < COUNT_OF(cases) * COUNT_OF(readers); i++) {
        reply_case reply = cases[i / COUNT_OF(readers)];
        reply.read = readers[i % COUNT_OF(readers)];
        kt_envelope *envelope = NULL;
        kt_error error = {0};
        assert_int_equal(read_reply(*state, &reply, &envelope, &error), KT_ERR_FORMAT);
        assert_true(kt_text_starts(error.message, reply.file));
        assert_says(&error, reply.says);
        assert_null(envelope);
    }
}

static void other_classes_of_jsonstat_are_called_what_they_are(void **state)
{
    static const reply_case cases[] = {
        {"jsonstat/bundle.json", kt_envelope_jsonstat, 0, "one of dataset, dataset2"},
        {"jsonstat/collection.json", kt_envelope_jsonstat, 0, "only links to its data sets"},
        {"jsonstat/oecd-canada-col.json", kt_envelope_jsonstat, 0, "2 data sets"},
        {"jsonstat/dimension.json", kt_envelope_jsonstat, 0, "class \"dimension\""},
        {"jsonstat/oecd-canada.json", kt_envelope_jsonstat, 0, "one of oecd, canada"},
        {"v2/scb_TAB6471_metadata.json", kt_envelope_jsonstat, 0,
         "0 values, but the sizes multiply to 2006784"},
        {"v2/scb_config.json", kt_envelope_jsonstat, 0, "expected a JSON-stat data set"},
        {"statfin_v1_2026/databases_en_20260829.json", kt_envelope_pxweb_metadata, 0,
         "a JSON array"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_envelope *envelope = NULL;
        kt_error error = {0};
        assert_int_equal(read_reply(*state, &cases[i], &envelope, &error), KT_ERR_FORMAT);
        assert_says(&error, cases[i].says);
    }
}

typedef struct wanted_case {
    const char *source;
    reply_case reply;
    size_t regions, periods, measures;
} wanted_case;

static void the_live_configuration_fits_the_real_tables(void **state)
{
    static const wanted_case cases[] = {
        {"12r5",
         {"derived/12r5_v1_metadata.json", kt_envelope_pxweb_metadata, 1, NULL},
         421,
         210,
         23},
        {"12r5",
         {"derived/12r5_2026M06.jsonstat2.json", kt_envelope_jsonstat, 1, NULL},
         421,
         1,
         23},
        {"12r5",
         {"statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", kt_envelope_pxjson, 1, NULL},
         421,
         1,
         23},
        {"12ti",
         {"statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json", kt_envelope_pxjson, 1, NULL},
         22,
         1,
         2},
        {"12ti",
         {"derived/12ti_4areas_2022M11_2023M10.jsonstat2.json", kt_envelope_jsonstat, 1, NULL},
         4,
         12,
         2},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const wanted_case *wanted = &cases[i];
        kt_problems *problems = kt_problems_new(made->arena);
        const kt_source *source = kt_source_load(
            kt_arena_print(made->arena, "%s/config/sources/%s.json", KT_ROOT, wanted->source),
            made->arena, problems);
        kt_envelope *envelope = NULL;
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(read_reply(made, &wanted->reply, &envelope, &error), KT_OK);
        assert_int_equal(kt_roles_resolve(source, envelope,
                                          wanted->reply.read == kt_envelope_pxweb_metadata,
                                          made->arena, &resolved, &error),
                         KT_OK);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_REGION)->wanted_count, wanted->regions);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_PERIOD)->wanted_count, wanted->periods);
        assert_int_equal(kt_resolved_find(resolved, KT_ROLE_MEASURE)->wanted_count,
                         wanted->measures);
    }
}

int main(void)
{
    if (!kt_file_exists(FIXTURES)) {
        print_message("%s is absent: skipped\n", FIXTURES);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_replies_are_read),
        cmocka_unit_test(every_broken_body_is_refused_in_one_line_with_its_name),
        cmocka_unit_test(other_classes_of_jsonstat_are_called_what_they_are),
        cmocka_unit_test(the_live_configuration_fits_the_real_tables),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
