/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/px.h"

#include "core/support.h"
#include "core/text.h"

/* A file of two regions, two contents and two months, in two languages, its pieces put together. */
#define HEAD "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2010\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=\"fi\";\n"
#define STUB "STUB=\"Alue\";\nHEADING=\"Tiedot\",\"Kuukausi\";\n"
#define ALUE "VALUES(\"Alue\")=\"KOKO MAA\",\"Uusi\"\n\"maa\";\nCODES(\"Alue\")=\"SSS\",\"MK01\";\n"
#define TIEDOT                                                               \
    "CONTVARIABLE=\"Tiedot\";\nVARIABLECODE(\"Tiedot\")=\"contentscode\";\n" \
    "VALUES(\"Tiedot\")=\"Työttömät\",\"Avoimet paikat, lkm\";\n"         \
    "CODES(\"Tiedot\")=\"U\",\"V\";\n"
#define AIKA                                          \
    "VALUES(\"Kuukausi\")=\"2026M05\",\"2026M06\";\n" \
    "TIMEVAL(\"Kuukausi\")=TLIST(M1),\"202605\",\"202606\";\n"
#define DATA        "DATA=\n1 2 3 4 \n5 6 7 8 \n;"
#define WHOLE(more) HEAD STUB ALUE TIEDOT AIKA more DATA

static kt_status read_as(const bench *made, const char *language, const char *text,
                         kt_envelope **out, kt_error *err)
{
    const kt_source source = {.id = "t", .language = language};
    const kt_document document = {text, strlen(text), "t", &source};
    return kt_envelope_px(&document, made->arena, out, err);
}

static const kt_envelope *read_well(const bench *made, const char *language, const char *text)
{
    kt_envelope *envelope = NULL;
    kt_error err = {0};
    const kt_status status = read_as(made, language, text, &envelope, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, KT_OK);
    return envelope;
}

static void the_stub_comes_before_the_heading(void **state)
{
    const kt_envelope *envelope = read_well(*state, "fi", WHOLE(""));
    const kt_dimension *dimensions = envelope->dimensions;
    assert_int_equal(envelope->dimension_count, 3);
    assert_int_equal(envelope->cells, 8);
    assert_string_equal(dimensions[0].id, "Alue");
    assert_string_equal(kt_codes_at(dimensions[0].codes, 1), "MK01");
    assert_string_equal(kt_codes_label(dimensions[0].codes, 1), "Uusimaa");
    assert_string_equal(dimensions[1].id, "contentscode");
    assert_string_equal(dimensions[1].label, "Tiedot");
    assert_string_equal(kt_codes_label(dimensions[1].codes, 1), "Avoimet paikat, lkm");
    assert_string_equal(kt_codes_at(dimensions[2].codes, 0), "2026M05");
    assert_true(dimensions[1].is_metric && dimensions[2].is_time && !dimensions[0].is_time);
    assert_null(envelope->table);
    assert_null(envelope->updated);
}

static void a_file_says_what_it_is_and_since_when(void **state)
{
    const kt_envelope *envelope = read_well(
        *state, "fi",
        WHOLE("MATRIX=\"001_12r5_2026\";TABLEID=\"statfin_tyonv_pxt_12r5\";\n"
              "DESCRIPTION=\"12r5 -- Työttömät\";TITLE=\"Työttömät muuttujina\";\n"
              "CREATION-DATE=\"20190322 09:00\";SOURCE=\"KEHA\";UNITS=\"henkilöä\";\n"
              "LAST-UPDATED(\"Työttömät\")=\"20260721 08:00\";\n"
              "LAST-UPDATED(\"Avoimet paikat, lkm\")=\"20260722 08:00\";\n"
              "UNITS(\"Avoimet paikat, lkm\")=\"lkm\";ELIMINATION(\"Alue\")=\"KOKO MAA\";\n"
              "MAP(\"Alue\")=\"Alue 2026\";ELIMINATION(\"Kuukausi\")=NO;\n"
              "NOTE=\"ei; mitään = (tässä)\";VALUENOTE(\"Alue\",\"KOKO MAA\")=\"x\";\n"
              "VALUENOTE(\"Alue\",\"KOKO MAA\")=\"y\";\n"));
    assert_string_equal(envelope->table, "statfin_tyonv_pxt_12r5");
    assert_string_equal(envelope->label, "12r5 -- Työttömät");
    assert_string_equal(envelope->source, "KEHA");
    assert_string_equal(envelope->updated, "2026-07-22T08:00:00");
    const kt_dimension *dimensions = envelope->dimensions;
    assert_string_equal(dimensions[1].units[0], "henkilöä");
    assert_string_equal(dimensions[1].units[1], "lkm");
    assert_null(dimensions[0].units);
    assert_true(dimensions[0].can_be_left_out && dimensions[0].is_geo);
    assert_string_equal(dimensions[0].total, "SSS");
    assert_false(dimensions[2].can_be_left_out);
}

static void what_other_writers_put_around_it_is_passed_over(void **state)
{
    static const char *const texts[] = {
        WHOLE("HIERARCHYLEVELS(\"Alue\")=2;HIERARCHIES(\"Alue\")=\"SSS\",\"SSS\":\"MK01\";\n"),
        WHOLE("ATTRIBUTES(\"SSS\",\"*\")=\"A\",\"B\";OFFICIAL-STATISTICS=YES;\n"),
        WHOLE("") "\r\n\x1a",
        "CHARSET = \"ANSI\";\nCODEPAGE = \"utf-8\";\n" STUB ALUE TIEDOT AIKA DATA,
        "\xef\xbb\xbf" WHOLE(""),
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const kt_envelope *envelope = read_well(*state, "fi", texts[i]);
        assert_int_equal(envelope->cells, 8);
        assert_string_equal(kt_codes_label(envelope->dimensions[0].codes, 1), "Uusimaa");
    }
}

static void without_a_day_of_release_the_day_it_was_made_counts(void **state)
{
    const kt_envelope *envelope =
        read_well(*state, "fi", WHOLE("CREATION-DATE=\"20190322 09:00\";MATRIX=\"x\";\n"));
    assert_string_equal(envelope->updated, "2019-03-22T09:00:00");
    assert_string_equal(envelope->table, "x");
}

#define SWEDISH                                                                                \
    "LANGUAGES=\"fi\",\"sv\";\nSTUB[sv]=\"Område\";\nHEADING[sv]=\"Uppgifter\",\"Månad\";\n" \
    "VALUES[sv](\"Område\")=\"HELA LANDET\",\"Nyland\";\nTITLE[sv]=\"Arbetslösa\";\n"        \
    "TITLE=\"Työttömät\";\n"

static void words_come_in_the_wanted_language_and_codes_never_change(void **state)
{
    static const struct {
        const char *language, *label, *region, *name;
    } cases[] = {{"sv", "Arbetslösa", "Nyland", "Område"},
                 {"fi", "Työttömät", "Uusimaa", "Alue"},
                 {"en", "Työttömät", "Uusimaa", "Alue"}, /* not in the file: its own */
                 {NULL, "Työttömät", "Uusimaa", "Alue"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_envelope *envelope = read_well(*state, cases[i].language, WHOLE(SWEDISH));
        assert_string_equal(envelope->label, cases[i].label);
        assert_string_equal(envelope->dimensions[0].label, cases[i].name);
        assert_string_equal(envelope->dimensions[0].id, "Alue");
        assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 1), "MK01");
        assert_string_equal(kt_codes_label(envelope->dimensions[0].codes, 1), cases[i].region);
        assert_true(envelope->dimensions[1].is_metric && envelope->dimensions[2].is_time);
    }
}

/* A file of one variable of time. */
#define TIME(values, timeval, data)                                                     \
    "CODEPAGE=\"utf-8\";HEADING=\"t\";VALUES(\"t\")=" values ";TIMEVAL(\"t\")=" timeval \
    ";DATA=" data ";"

static void periods_are_read_from_their_codes_or_from_timeval(void **state)
{
    static const struct {
        const char *text, *first, *last;
    } cases[] = {
        {TIME("\"2023*\"", "TLIST(A1),\"2023\"", "1"), "2023", "2023"},
        {TIME("\"2004\",\"2005*\"", "TLIST(A1,\"2004\"-\"2005\")", "1 2"), "2004", "2005"},
        {TIME("\"2025:2\",\"2025:1\"", "TLIST(Q1),\"20251\",\"20252\"", "1 2"), "2025Q2",
         "2025Q1"}, /* SSB: values as chosen, TIMEVAL sorted */
        {TIME("\"2025M11*\",\"2025M12*\",\"2026M01*\"", "TLIST( M1 , \"202511\" - \"202601\" )",
              "1 2 3"),
         "2025M11", "2026M01"},
        {TIME("\"1995H2\",\"1996H1\"", "TLIST(H1,\"19952\"-\"19961\")", "1 2"), "1995H2", "1996H1"},
        {TIME("\"2020W53\",\"2021W01\"", "TLIST(W1,\"202053\"-\"202101\")", "1 2"), "2020W53",
         "2021W01"},
        {TIME("\"2023U29\"", "TLIST(W1),\"2023U29\"", "1"), "2023U29", "2023U29"},
        {TIME("\"1994\",\"1996M09\",\"1996M10\"",
              "TLIST(A1,\"1994\"-\"1994\"),TLIST(M1,\"199609\"-\"199610\")", "1 2 3"),
         "1994", "1996M10"},
        {TIME("\"tammikuu 2004\"", "TLIST(M1),\"200401\"", "1"), "tammikuu 2004", "tammikuu 2004"},
        /* digits alone, with the periods listed, as a range, and not at all */
        {TIME("\"200601\",\"200602\"", "TLIST(M1),\"200601\",\"200602\"", "1 2"), "2006M01",
         "2006M02"},
        {TIME("\"200612\",\"200701\"", "TLIST(M1,\"200612\"-\"200701\")", "1 2"), "2006M12",
         "2007M01"},
        {TIME("\"200612\",\"200701\"", "TLIST(M1)", "1 2"), "2006M12", "2007M01"},
        {TIME("\"20061\",\"20062\"", "TLIST(Q1)", "1 2"), "2006Q1", "2006Q2"},
        {TIME("\"20061\",\"20062\"", "tlist( h1 )", "1 2"), "2006H1", "2006H2"},
        {TIME("\"200601\",\"200653\"", "TLIST(W1)", "1 2"), "200601", "200653"}, /* it had 52 */
        {TIME("\"200601\",\"200613\"", "TLIST(M1)", "1 2"), "200601", "200613"},
        {TIME("\"200601\",\"20062\"", "TLIST(M1)", "1 2"), "200601", "20062"},
        {TIME("\"200601\",\"20062\"", "TLIST(M1),TLIST(Q1)", "1 2"), "200601", "20062"},
        {TIME("\"200603\",\"200604\"", "TLIST(M1),\"200601\",\"200602\"", "1 2"), "200603",
         "200604"}, /* the file contradicts itself */
        {TIME("\"a1\",\"b1\"", "TLIST(A1),\"2004\"", "1 2"), "a1", "b1"},
        {TIME("\"x\"", "TLIST(A1,\"2005\"-\"2004\")", "1"), "x", "x"},
        {TIME("\"x\"", "nothing", "1"), "x", "x"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_envelope *envelope = read_well(*state, "fi", cases[i].text);
        const kt_codes *codes = envelope->dimensions[0].codes;
        assert_true(envelope->dimensions[0].is_time);
        assert_string_equal(kt_codes_at(codes, 0), cases[i].first);
        assert_string_equal(kt_codes_at(codes, kt_codes_count(codes) - 1), cases[i].last);
    }
}

typedef struct refused_case {
    const char *text, *says;
} refused_case;

static void check_refused(const bench *made, const refused_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        assert_int_equal(read_as(made, "sv", cases[i].text, &envelope, &err), KT_ERR_FORMAT);
        assert_true(kt_text_starts(err.message, "t: "));
        assert_says(&err, cases[i].says);
        assert_null(envelope);
    }
}

static void data_of_a_wrong_length_are_refused_with_both_counts_and_the_place(void **state)
{
    static const refused_case cases[] = {
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n1 2 3 4 \n5 6 7 \n;",
         "t: line 19: DATA ends after 7 values, expected 8, 2 rows of 4; the first line that is "
         "no row is 18"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n1 2 3 4 \n5 6 7 8 9 \n;",
         "t: line 18: DATA goes on up to 9 values, expected 8, 2 rows of 4"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n1 2 3 4 \n5 6 7 8 \n1 2 3 4 \n;",
         "t: line 19: DATA goes on up to 12 values, expected 8, 2 rows of 4"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n;", "DATA ends after 0 values, expected 8"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n1 2 3 4 5 6 7 8\n",
         "t: line 16: DATA: the file ends in the middle, expected ';' behind the cells"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=", "DATA: the file ends in the middle"},
        {HEAD STUB ALUE TIEDOT AIKA, "t: line 16: DATA: the file has none"},
        {HEAD STUB ALUE TIEDOT AIKA "DATA=\n1 2 3 4 5 6 7 8;\nNOTE=\"x\";",
         "line 18: DATA goes on up to 10 values"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

static void what_is_no_px_file_is_called_what_it_is(void **state)
{
    static const refused_case cases[] = {
        {"", "not a PX file but an empty body"},
        {"{\"a\":1}", "not a PX file but a JSON object: \"{\"a\":1}\""},
        {"{\"error\":\"Too many values selected\"}",
         "expected a PX file, but the service says \"Too many values selected\""},
        {"[1,2]", "not a PX file but a JSON array"},
        {"<html>403</html>", "not a PX file but a web page: \"403\""},
        {"Bad Request", "not a PX file but plain text: \"Bad Request\""},
        {"[Aggreg]\nName=Counties\n",
         "not a PX file but an aggregation file (.agg), which holds codes and no data"},
        {"[Descr]\r\nName=x\r\n", "not a PX file but a value set file (.vs)"},
        {"PK\x03\x04zip", "not a PX file but a packed file"},
        {"CODEPAGE=\"utf-16\";DATA=1;", "the character set \"utf-16\", expected utf-8"},
        {"CODEPAGE=\"utf-8\";TITLE=\"\xff\";DATA=1;", "byte 24: not UTF-8"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

#define FOUR    "\"a\",\"a\",\"a\",\"a\""
#define SIXTEEN FOUR "," FOUR "," FOUR "," FOUR

static void keywords_that_cannot_be_read_are_told_with_their_line(void **state)
{
    static const refused_case cases[] = {
        {"CHARSET=\"ANSI\";\n=\"x\";DATA=1;", "t: line 2: expected a keyword"},
        {"CHARSET=\"ANSI\";\nTITLE \"x\";DATA=1;",
         "t: line 2: TITLE: expected '=' behind a keyword"},
        {"CHARSET=\"ANSI\";\nTITLE[sv=\"x\";DATA=1;", "TITLE: expected a language and ']'"},
        {"CHARSET=\"ANSI\";\nVALUES(x)=\"x\";DATA=1;",
         "VALUES: expected a name between quotes in the brackets"},
        {"CHARSET=\"ANSI\";\nVALUES(\"x\"=\"x\";DATA=1;", "VALUES: expected ')' after the names"},
        {"CHARSET=\"ANSI\";\nNOTE(" SIXTEEN ",\"a\")=\"x\";DATA=1;",
         "t: line 2: NOTE: more than 16 names in the brackets"},
        {"CHARSET=\"ANSI\";\nTITLE=;DATA=1;", "TITLE: expected a value"},
        {"CHARSET=\"ANSI\";\nSTUB=\"a\",;DATA=1;", "STUB: expected a value"},
        {"CHARSET=\"ANSI\";\nTITLE=\"x\" y;DATA=1;", "TITLE: expected ',' or ';' after a value"},
        {"CHARSET=\"ANSI\";\nTITLE=\"x;\nDATA=1;", "TITLE: a quote that is left open"},
        {"STUB=\"a\";STUB=\"b\";DATA=1;", "t: line 1: STUB: a second one"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\";\nVALUES(\"a\")=\"y\";DATA=1;",
         "t: line 2: VALUES: a second one of a"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

static void more_variables_than_any_table_has_are_refused(void **state)
{
    const bench *made = *state;
    KT_AUTO(text) kt_text file = {0};
    kt_text_put(&file, "STUB=\"a\"");
    for (int i = 1; i < 65; i++) {
        kt_text_print(&file, ",\"a%d\"", i);
    }
    kt_text_put(&file, ";DATA=1;");
    const refused_case cases[] = {{file.bytes, "t: 65 dimensions, expected at most 64"}};
    check_refused(made, cases, 1);
}

static void a_file_that_does_not_hold_together_is_refused(void **state)
{
    static const refused_case cases[] = {
        {"CHARSET=\"ANSI\";DATA=1;", "neither STUB nor HEADING, expected its variables"},
        {"STUB=\"a\",\"a\";VALUES(\"a\")=\"x\";DATA=1;", "the variable a is there twice"},
        {"STUB=\"a\",\"b\";VALUES(\"a\")=\"x\";VALUES(\"b\")=\"x\";VARIABLECODE(\"a\")=\"b\";"
         "DATA=1;",
         "VARIABLECODE: b is there twice"},
        {"STUB=\"a\";DATA=1;", "no VALUES(\"a\"), expected the variable's values"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\",\"y\";\nCODES(\"a\")=\"1\";DATA=1 2;",
         "t: line 2: CODES(\"a\"): 1, but 2 in VALUES"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\",\"y\";CODES(\"a\")=\"1\",\"1\";DATA=1 2;",
         "CODES(\"a\"): 1 is there twice"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\",\"x\";DATA=1 2;", "VALUES(\"a\"): x is there twice"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\";KEYS(\"a\")=NAMES;DATA=\"x\" 2;",
         "KEYS(\"a\"): expected VALUES or CODES"},
        {"LANGUAGE=\"fi\";LANGUAGES=\"fi\",\"sv\";STUB=\"a\";VALUES(\"a\")=\"x\";STUB[sv]=\"b\","
         "\"c\";"
         "DATA=1;",
         "STUB[sv]: 2 variables, but 1 in STUB"},
        {"LANGUAGE=\"fi\";LANGUAGES=\"fi\",\"sv\";STUB=\"a\";VALUES(\"a\")=\"x\";STUB[sv]=\"b\";"
         "VALUES[sv](\"b\")=\"x\",\"y\";DATA=1;",
         "VALUES(\"b\"): 2, but 1 in VALUES"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

/* Keys of the stub, then the row's cells; rows of zeros are left out. */
#define KEYED(data)                                                                         \
    "STUB=\"a\",\"b\";HEADING=\"t\";VALUES(\"a\")=\"Aa\",\"Bee\";CODES(\"a\")=\"1\",\"2\";" \
    "VALUES(\"b\")=\"x\",\"y\";VALUES(\"t\")=\"2025\",\"2026\";"                            \
    "KEYS(\"a\")=CODES;KEYS(\"b\")=VALUES;DATA=" data ";"

static kt_status note_cell(void *context, size_t place, const kt_px_cell *cell, kt_error *err)
{
    (void)err;
    char *cells = context;
    cells[place] = *cell->start;
    return KT_OK;
}

static void rows_with_keys_find_their_places(void **state)
{
    static const struct {
        const char *text, *cells; /* the first letter of each, row-major */
    } cases[] = {
        {KEYED("\n\"2\",\"x\",5 6\n\"1\",\"y\",3 4\n"), "00345600"},
        {KEYED("\"1\",\"x\" 1 2 \"1\",\"y\",3,4 \"2\",\"x\",5 \".\" \"2\",\"y\",7 8"), "12345.78"},
        {KEYED(""), "00000000"},
        {"STUB=\"a\";HEADING=\"b\";VALUES(\"a\")=\"x\",\"y\";VALUES(\"b\")=\"u\",\"v\";"
         "KEYS(\"b\")=VALUES;DATA=\"v\",1 2 \"u\" 3 4;",
         "3142"},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_document document = {
            .bytes = cases[i].text, .length = strlen(cases[i].text), .name = "t"};
        kt_px *px = NULL;
        kt_envelope *envelope = NULL;
        kt_error err = {0};
        char cells[16] = {0};
        assert_int_equal(kt_px_open(&document, made->arena, &px, &err), KT_OK);
        assert_int_equal(kt_px_envelope(px, &envelope, &err), KT_OK);
        const kt_status status = kt_px_walk(px, note_cell, cells, &err);
        assert_string_equal(err.message, "");
        assert_int_equal(status, KT_OK);
        assert_string_equal(cells, cases[i].cells);
    }
}

static void rows_whose_keys_are_wrong_are_refused(void **state)
{
    static const refused_case cases[] = {
        {KEYED("\"1\",\"x\",1 2\n\"1\",\"x\",1 2"), "t: line 2: a second row with these keys"},
        {KEYED("\"3\",\"x\",1 2"), "3, expected what names the row's a between quotes"},
        {KEYED("\"1\",x,1 2"), "x, expected what names the row's b between quotes"},
        {KEYED("\"1\",\"x\",1"), "DATA ends after 1 values of a row, expected 2"},
        {KEYED("\"1\",\"x\",1 2 3"), "3, expected what names the row's a between quotes"},
        {KEYED("\"1\""), "DATA ends in the keys of a row"},
        {"STUB=\"a\";VALUES(\"a\")=\"x\",\"x\";CODES(\"a\")=\"1\",\"2\";KEYS(\"a\")=VALUES;"
         "DATA=\"x\",1;",
         "KEYS(\"a\"): two values are x"},
    };
    check_refused(*state, cases, COUNT_OF(cases));
}

static void a_file_of_dos_needs_no_code_page(void **state)
{
    const kt_envelope *envelope =
        read_well(*state, "fi", "STUB=\"a\";VALUES(\"a\")=\"Ty\x94tt\x94m\x84t\";DATA=1;");
    assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 0), "Työttömät");
    envelope =
        read_well(*state, "fi", "CHARSET=\"ANSI\";STUB=\"a\";VALUES(\"a\")=\"\x80\";DATA=1;");
    assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 0), "€");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stub_comes_before_the_heading),
        cmocka_unit_test(a_file_says_what_it_is_and_since_when),
        cmocka_unit_test(what_other_writers_put_around_it_is_passed_over),
        cmocka_unit_test(without_a_day_of_release_the_day_it_was_made_counts),
        cmocka_unit_test(words_come_in_the_wanted_language_and_codes_never_change),
        cmocka_unit_test(periods_are_read_from_their_codes_or_from_timeval),
        cmocka_unit_test(data_of_a_wrong_length_are_refused_with_both_counts_and_the_place),
        cmocka_unit_test(what_is_no_px_file_is_called_what_it_is),
        cmocka_unit_test(keywords_that_cannot_be_read_are_told_with_their_line),
        cmocka_unit_test(more_variables_than_any_table_has_are_refused),
        cmocka_unit_test(a_file_that_does_not_hold_together_is_refused),
        cmocka_unit_test(rows_with_keys_find_their_places),
        cmocka_unit_test(rows_whose_keys_are_wrong_are_refused),
        cmocka_unit_test(a_file_of_dos_needs_no_code_page),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
