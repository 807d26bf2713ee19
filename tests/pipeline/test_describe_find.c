/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "core/text.h"
#include "describe_find.h"

#define FIXTURES KT_SHARED "/data/fixtures/"

static kt_text read_fixture(void *state, const char *name)
{
    const bench *made = state;
    kt_error err = {0};
    kt_text text = {0};
    assert_int_equal(kt_file_read(kt_arena_print(made->arena, FIXTURES "%s", name), 1 << 24,
                                  made->arena, &text.bytes, &text.length, &err),
                     KT_OK);
    return text; /* in the arena */
}

static void a_body_tells_its_kind(void **state)
{
    static const struct {
        const char *file;
        kt_found_kind kind;
    } cases[] = {
        {"derived/12r5_v1_metadata.json", KT_FOUND_PXWEB_TABLE},
        {"v1_misc/ssb_13861_v0_metadata.json", KT_FOUND_PXWEB_TABLE},
        {"statfin_v1_2026/databases_en_20260829.json", KT_FOUND_PXWEB_LIST},
        {"px/Counties-en.agg", KT_FOUND_PX}, /* whose reader refuses it by its name */
        {"px/REGION-EN.vs", KT_FOUND_PX},
        {"statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", KT_FOUND_PXJSON},
        {"statfin_v1_2026/11re_three_cities.jsonstat2.json", KT_FOUND_JSONSTAT},
        {"v2/scb_tables_page1.json", KT_FOUND_PXWEB2_LIST},
        {"v2/pxwebapi_table_tab004.json", KT_FOUND_PXWEB2_TABLE},
        {"v2/scb_TAB6471_metadata.json", KT_FOUND_JSONSTAT},
        {"jsonstat/bundle.json", KT_FOUND_JSONSTAT},
        {"jsonstat/collection.json", KT_FOUND_JSONSTAT},
        {"eurostat/prc_hicp_manr_EA_2025-10_12.json", KT_FOUND_JSONSTAT},
        {"px/14216.px", KT_FOUND_PX},
        {"px/TAB003.px", KT_FOUND_PX},
        {"px/WierdTimeWithOneValue.px", KT_FOUND_PX},
        {"errors/v1_400_plain.txt", KT_FOUND_UNKNOWN},
        {"errors/eurostat_413_async_sdmx.xml", KT_FOUND_WEB_PAGE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_text body = read_fixture(*state, cases[i].file);
        if (kt_found_kind_of(body.bytes, body.length) != cases[i].kind) {
            print_error("%s\n", cases[i].file);
        }
        assert_int_equal(kt_found_kind_of(body.bytes, body.length), cases[i].kind);
    }
    assert_int_equal(kt_found_kind_of("", 0), KT_FOUND_UNKNOWN);
    assert_int_equal(kt_found_kind_of(" \n", 2), KT_FOUND_UNKNOWN);
    assert_int_equal(kt_found_kind_of("CHARSET = \"ANSI\";", 17), KT_FOUND_PX);
    assert_int_equal(kt_found_kind_of("{\"a\":", 5), KT_FOUND_UNKNOWN);
    assert_int_equal(kt_found_kind_of("ALUE (koodi);n=\n", 16), KT_FOUND_UNKNOWN);
}

static void a_list_of_version_1_is_a_line_for_each_folder_and_table(void **state)
{
    const bench *made = *state;
    const char *lines = NULL;
    kt_error err = {0};
    const char *list = "[{\"id\":\"kk\",\"type\":\"l\",\"text\":\"Kuukausi\"},"
                       "{\"id\":\"x\",\"type\":\"h\",\"text\":\"A heading\"},"
                       "{\"id\":\"12r5.px\",\"type\":\"t\",\"text\":\"Two\\nlines\",\"updated\":"
                       "\"2026-07-21T08:00:00\"}]";
    assert_int_equal(kt_pxweb_listing("https://a/b", list, strlen(list), made->arena, &lines, &err),
                     KT_OK);
    assert_string_equal(lines, "https://a/b/kk\tKuukausi\n"
                               "https://a/b/12r5.px\tTwo lines, 2026-07-21T08:00:00\n");
    const kt_text bases = read_fixture(*state, "statfin_v1_2026/databases_en_20260829.json");
    assert_int_equal(
        kt_pxweb_listing("https://a", bases.bytes, bases.length, made->arena, &lines, &err), KT_OK);
    assert_non_null(strstr(lines, "https://a/StatFin_Passiivi\tStatFin_Passiivi\n"));
    assert_int_equal(kt_pxweb_listing("https://a", "[1]", 3, made->arena, &lines, &err),
                     KT_ERR_FORMAT);
    assert_says(&err, "https://a: expected a list of folders and tables");
}

static void a_page_of_version_2_is_a_line_for_each_table(void **state)
{
    KT_AUTO(text) kt_text lines = {0};
    size_t pages = 0;
    kt_error err = {0};
    const kt_text page = read_fixture(*state, "v2/scb_tables_page1.json");
    assert_int_equal(
        kt_pxweb2_listing("https://scb", page.bytes, page.length, &lines, &pages, &err), KT_OK);
    assert_true(kt_text_starts(lines.bytes,
                               "https://scb/tables/TAB4707\tAntal pågående anställningar efter "
                               "anställningstid, kön och sektor. Månad 2015M04-2026M03, 2015M04 to "
                               "2026M03\n"));
    assert_true(pages > 1);
    assert_int_equal(kt_pxweb2_listing("https://scb", "{}", 2, &lines, &pages, &err),
                     KT_ERR_FORMAT);
    assert_says(&err, "https://scb/tables: expected a page of tables");
}

static void an_id_is_made_of_the_last_part_of_a_path(void **state)
{
    const bench *made = *state;
    static const struct {
        const char *path, *id;
    } cases[] = {{"tyonv/12r5.px", "12r5"},
                 {"TAB6471", "tab6471"},
                 {"13861", "13861"},
                 {"a/B c.json", "b_c"},
                 {"x.csv?lang=fi", "x"},
                 {"une_rt_m", "une_rt_m"},
                 {"/", "_"},
                 {"a/.hidden", "table"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_source_id_of(cases[i].path, made->arena), cases[i].id);
    }
}

static void a_file_without_a_service_is_described_too(void **state)
{
    const bench *made = *state;
    kt_error err = {0};
    kt_found found;
    assert_int_equal(kt_describe_find(FIXTURES "statfin_v1_2026/11re_three_cities.jsonstat2.json",
                                      NULL, made->arena, &found, &err),
                     KT_OK);
    assert_null(found.listing);
    assert_string_equal(found.table.format, "json-stat2");
    assert_string_equal(found.table.id, "11re_three_cities");
    assert_int_equal(found.table.table->dimension_count, 5);
    assert_int_equal(
        kt_describe_find(FIXTURES "errors/v1_400_plain.txt", NULL, made->arena, &found, &err),
        KT_ERR_FORMAT);
    assert_says(&err, "no kind of table that is known here");
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(FIXTURES "INDEX.md");
    const struct CMUnitTest tests[] = {
        in_bench(a_body_tells_its_kind),
        in_bench(a_list_of_version_1_is_a_line_for_each_folder_and_table),
        in_bench(a_page_of_version_2_is_a_line_for_each_table),
        in_bench(an_id_is_made_of_the_last_part_of_a_path),
        in_bench(a_file_without_a_service_is_described_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
