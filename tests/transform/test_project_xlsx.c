/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_lists.h"
#include "support/workbook.h"
#include "transform/workbook.h"

#define WORKBOOK(extra)                                                                   \
    "<workbook>" extra "<sheets><sheet name=\"Piilossa\" sheetId=\"7\" state=\"hidden\" " \
    "r:id=\"rId2\"/><sheet name=\"Hankkeet\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"

/* 0 the number, 1 a day of every workbook, 2 one of its own, 3 euros of its own, 4 minutes. */
#define STYLES                                                                             \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-40B]d\\.m\\.yyyy;@\"/>" \
    "<numFmt numFmtId=\"165\" formatCode=\"#,##0.00 &quot;day&quot;\"/></numFmts>"         \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                   \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "         \
    "numFmtId=\"165\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"

#define STRINGS                                                                                 \
    "<sst><si><t>Hankekoodi </t></si><si><t>Rahasto</t></si><si><t>Tl</t></si><si><t>Hankkeen " \
    "nimi</t></si><si><t>Toteuttajan nimi</t></si><si><t>Rahoittava viranomainen</t></si><si>"  \
    "<t>Toiminnan tila</t></si><si><t>Aloituspvm</t></si><si><t>Päättymispvm</t></si><si><t>" \
    "Suunniteltu EU- ja valtion rahoitus</t></si><si><t>Toteutunut EU- ja valtion rahoitus</t>" \
    "</si><si><t>Sijainti</t></si><si><t>S30001</t></si><si><r><t>Työtä </t></r><r><t>&amp; " \
    "taitoa</t></r><rPh><t>pois</t></rPh></si><si><t>rivi_x000D_\ntoinen</t></si></sst>"

#define SHARED(place, at)            "<c r=\"" place "\" t=\"s\"><v>" at "</v></c>"
#define INLINE(place, words)         "<c r=\"" place "\" t=\"inlineStr\"><is><t>" words "</t></is></c>"
#define NUMBER(place, style, number) "<c r=\"" place "\" s=\"" style "\"><v>" number "</v></c>"

#define HEADER_ROW                                                                                \
    "<row r=\"3\">" SHARED("A3", "0") SHARED("B3", "1") SHARED("C3", "2") SHARED("D3", "3")       \
        SHARED("E3", "4") SHARED("F3", "5") SHARED("G3", "6") SHARED("H3", "7") SHARED("I3", "8") \
            SHARED("J3", "9") SHARED("K3", "10") SHARED("L3", "11") "</row>"

/* 44927 is 1.1.2023 and 46022 is 31.12.2025 (=DATE(2023;1;1) of LibreOffice as a number). */
#define PROJECT_ROW                                                                       \
    "<row r=\"5\">" SHARED("A5", "12") INLINE("B5", "ESR+") NUMBER("C5", "0", "4")        \
        SHARED("D5", "13") INLINE("G5", "Päättynyt") NUMBER("H5", "1", "44927")           \
            NUMBER("I5", "2", "46022.75") NUMBER("J5", "3", "1083065.2000000001") NUMBER( \
                "K5", "0",                                                                \
                "1E3") "<c r=\"L5\" t=\"str\"><f>A1&amp;B1</f><v>FI193 Keski-Suomi</v></c></row>"

#define SHEET(rows) "<worksheet><dimension ref=\"A1\"/><sheetData>" rows "</sheetData></worksheet>"
#define GOOD_SHEET                                                   \
    SHEET("<row r=\"1\">" INLINE(                                    \
        "A1", "Hankkeet 22.11.2026") "</row>" HEADER_ROW PROJECT_ROW \
                                     "<row r=\"7\">" INLINE("A7", "Applied filters") "</row>")

#define PART_SHEET(words)                    \
    {                                        \
        "xl/worksheets/sheet1.xml", words, 0 \
    }
#define PARTS(book, sheet)                                                         \
    PART_TYPES, PART_RELATIONS, {"xl/workbook.xml", book, 0}, PART_BOOK_RELATIONS, \
        {"xl/sharedStrings.xml", STRINGS, 0}, {"xl/styles.xml", STYLES, 0}, PART_SHEET(sheet)

static kt_status read_parts(const workbook_part *parts, size_t count, kt_arena *arena,
                            kt_project_list **list, kt_error *err)
{
    size_t length = 0;
    const char *bytes = make_workbook(parts, count, arena, &length);
    *list = NULL;
    return read_bytes("eura2021", bytes, length, arena, list, err);
}

static kt_project_list *read_sheet(const char *book, const char *sheet, kt_arena *arena)
{
    const workbook_part parts[] = {PARTS(book, sheet)};
    kt_project_list *list = NULL;
    kt_error err = {0};
    const kt_status status = read_parts(parts, COUNT_OF(parts), arena, &list, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, KT_OK);
    check_accounts(list);
    return list;
}

static void a_workbook_is_read_as_a_csv_of_it_would_be(void **state)
{
    const kt_project_list *list = read_sheet(WORKBOOK(""), GOOD_SHEET, *state);
    const kt_project *project = &list->projects[0];
    assert_int_equal(list->header_line, 3);
    assert_int_equal(list->project_count, 1);
    assert_int_equal(list->footers, 1);
    assert_int_equal(list->rows, 2);
    assert_int_equal(project->source_row, 5);
    assert_string_equal(project->text[KT_PROJECT_PROJECT_CODE], "S30001");
    assert_string_equal(project->text[KT_PROJECT_FUND], "ESR+");
    assert_string_equal(project->text[KT_PROJECT_PRIORITY], "4");
    assert_string_equal(project->text[KT_PROJECT_NAME], "Työtä & taitoa");
    assert_null(project->text[KT_PROJECT_BENEFICIARY]);
    assert_string_equal(project->text[KT_PROJECT_LOCATION_CODE], "FI193");
    assert_int_equal(project->status, KT_PROJECT_ENDED);
    assert_int_equal(project->start_day, day_of(2023, 1, 1));
    assert_int_equal(project->end_day, day_of(2025, 12, 31));
    assert_int_equal(project->sum[KT_PROJECT_GRANTED], 108306520);
    assert_int_equal(project->sum[KT_PROJECT_REALISED], 100000);
}

/* The same serial is four years and a day later where days are counted from 1904. */
/* What rows go by: the texts of their first cells, joined. */
static kt_status join_first(void *context, const kt_list_row *row, kt_error *err)
{
    (void)err;
    kt_text_print(context, "%s|", row->count == 0 ? "" : row->cells[0].text);
    return KT_OK;
}

static void sheets_are_told_and_read_by_their_names(void **state)
{
    const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET)};
    size_t length = 0;
    const char *bytes = make_workbook(parts, COUNT_OF(parts), *state, &length);
    const kt_workbook_file file = {"book", bytes, length};
    const char *const *names = NULL;
    size_t count = 0;
    kt_error err = {0};
    assert_int_equal(kt_workbook_sheets(&file, *state, &names, &count, &err), KT_OK);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "Piilossa");
    assert_string_equal(names[1], "Hankkeet");
    kt_text words = {0};
    const kt_list_sink sink = {&words, join_first};
    assert_int_equal(kt_workbook_rows(&file, "Hankkeet", &sink, &err), KT_OK);
    assert_string_equal(words.bytes, "Hankkeet 22.11.2026|Hankekoodi |S30001|Applied filters|");
    kt_text_free(&words);
    assert_int_equal(kt_workbook_rows(&file, "Muu", &sink, &err), KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "a workbook without a sheet called Muu"));
}

static void days_may_be_counted_from_1904(void **state)
{
    const kt_project_list *list =
        read_sheet(WORKBOOK("<workbookPr date1904=\"1\"/>"), GOOD_SHEET, *state);
    assert_int_equal(list->projects[0].start_day, day_of(2027, 1, 2));
}

static void other_programs_write_prefixes_and_leave_places_out(void **state)
{
    const kt_project_list *list = read_sheet(
        "<x:workbook xmlns:x=\"http://o/main\"><x:sheets><x:sheet name=\"a\" sheetId=\"1\" "
        "r:id=\"rId1\" xmlns:r=\"http://o/r\"/></x:sheets></x:workbook>",
        "<x:worksheet xmlns:x=\"http://o/main\"><x:sheetData><x:row>"
        "<x:c t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c><x:c t=\"s\"><x:v>3</x:v>"
        "</x:c><x:c t=\"s\"><x:v>4</x:v></x:c><x:c t=\"s\"><x:v>5</x:v></x:c><x:c t=\"s\"><x:v>6"
        "</x:v></x:c><x:c t=\"s\"><x:v>7</x:v></x:c><x:c t=\"s\"><x:v>8</x:v></x:c><x:c t=\"s\">"
        "<x:v>9</x:v></x:c><x:c t=\"s\"><x:v>10</x:v></x:c></x:row><x:row><x:c t=\"s\"><x:v>12"
        "</x:v></x:c><x:c/><x:c t=\"s\"><x:v>14</x:v></x:c><x:c/><x:c/><x:c/><x:c t=\"d\"><x:v>"
        "2023-05-06T00:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>",
        *state);
    assert_string_equal(list->projects[0].text[KT_PROJECT_NAME], "rivi\ntoinen");
    assert_int_equal(list->projects[0].start_day, day_of(2023, 5, 6));
    assert_int_equal(list->projects[0].source_row, 2);
}

static void what_a_sheet_may_not_hold_is_refused_in_one_line(void **state)
{
    static const struct {
        const char *sheet, *says;
    } cases[] = {
        {SHEET(HEADER_ROW "<row r=\"2\"/>"), "rows in another order than their numbers"},
        {SHEET("<row r=\"0\"/>"), "rows in another order than their numbers"},
        {SHEET("<row r=\"x\"/>"), "a row without a number"},
        {SHEET("<row r=\"9999999\"/>"), "rows in another order"},
        {SHEET("<row r=\"1\">" INLINE("B1", "b") INLINE("A1", "a") "</row>"),
         "list: row 1, column 1: cells in another order than their columns"},
        {SHEET("<row r=\"1\">" INLINE("A2", "b") "</row>"), "a cell that is not of this row"},
        {SHEET("<row r=\"1\">" INLINE("ZZZZ1", "b") "</row>"), "a cell that is not of this row"},
        {SHEET("<row r=\"1\">" INLINE("AMK1", "b") "</row>"),
         "list: row 1, column 1025: more columns than 1024"},
        {SHEET("<row r=\"1\">" SHARED("A1", "15") "</row>"), "a shared string that is not there"},
        {SHEET("<row r=\"1\">" SHARED("A1", "x") "</row>"), "a shared string that is not there"},
        {"<worksheet><sheetData>", "xl/worksheets/sheet1.xml: line 1: no element found"},
        {"<worksheet><sheetData></worksheet>", "mismatched tag"},
        {"<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>",
         "xl/worksheets/sheet1.xml: line 1: a document type, expected none in a workbook"},
        {SHEET(""), "list: no row, expected the names of columns"},
        {SHEET("<row r=\"1\">" INLINE("A1", "a") "</row>"), "no list of the format eura2021"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const workbook_part parts[] = {PARTS(WORKBOOK(""), cases[i].sheet)};
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_parts(parts, COUNT_OF(parts), *state, &list, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
    }
}

#define TYPE_OF_PART "<Override PartName=\"/xl/a.bin\" ContentType=\"application/vnd."
#define RELATION_TO(type, target)                                                                 \
    "<Relationships><Relationship Id=\"rId9\" Type=\"http://o/" type "\" Target=\"" target "\"/>" \
    "</Relationships>"

/* The types as ECMA-376 and MS-OFFMACRO2 have them; no part is called after what it holds. */
static void macros_and_links_are_told_by_their_types_whatever_they_are_called(void **state)
{
    static const struct {
        workbook_part part;
        const char *says;
    } cases[] = {
        {{"xl/_rels/other.xml.rels", RELATION_TO("vbaProject", "code.bin"), 0}, "macros"},
        {{"xl/_rels/other.xml.rels", RELATION_TO("xlMacrosheet", "a.xml"), 0}, "macros"},
        {{"xl/_rels/OTHER.XML.RELS", RELATION_TO("externalLink", "links/l1.xml"), 0},
         "links to other files"},
        {{"xl/links/_rels/l1.xml.rels", RELATION_TO("externalLinkPath", "b.xlsx"), 0},
         "links to other files"},
        {{"xl/_rels/other.xml.rels",
          RELATION_TO("oleObject", "file:///a.doc\" TargetMode=\"External"), 0},
         "links to other files"},
        {{"xl/_rels/other.xml.rels", RELATION_TO("connections", "c.xml"), 0},
         "connections to data elsewhere"},
        {{"[Content_Types].xml",
          "<Types>" TYPE_OF_PART "ms-excel.sheet.macroEnabled.main+xml\"/></Types>", 0},
         "macros"},
        {{"[Content_Types].xml", "<Types>" TYPE_OF_PART "ms-office.vbaProject\"/></Types>", 0},
         "macros"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET), cases[i].part};
        const bool types = cases[i].part.name[0] == '['; /* in place of those of the others */
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_parts(parts + types, COUNT_OF(parts) - types, *state, &list, &err),
                         KT_ERR_FORMAT);
        assert_string_equal(err.message,
                            kt_arena_print(*state,
                                           "list: a workbook with %s, expected one saved as plain "
                                           ".xlsx with values alone",
                                           cases[i].says));
        assert_null(list);
    }
    /* A link from a cell to a page of the web is none to a file of values. */
    const workbook_part page = {"xl/worksheets/_rels/sheet1.xml.rels",
                                RELATION_TO("hyperlink", "https://example.fi/vbaProject"), 0};
    const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET), page};
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(read_parts(parts, COUNT_OF(parts), *state, &list, &err), KT_OK);
}

/* 30 MiB of blanks pack to 30 KiB; 300 parts of a MiB grow to more than a list may be. */
static void a_workbook_that_may_do_harm_is_refused_before_it_is_read(void **state)
{
    static const struct {
        workbook_part part;
        const char *says;
    } cases[] = {
        {{"xl/vbaProject.bin", "x", 0},
         "list: a workbook with macros, expected one saved as plain"},
        {{"xl/macrosheets/sheet1.xml", "x", 0}, "list: a workbook with macros"},
        {{"xl/externalLinks/externalLink1.xml", "x", 0},
         "list: a workbook with links to other files, expected one saved as plain .xlsx"},
        {{"xl/media/image1.png", "        ", 4 << 20}, "list: xl/media/image1.png grows from "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET), cases[i].part};
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_parts(parts, COUNT_OF(parts), *state, &list, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
        assert_null(list);
    }
}

static void many_parts_and_much_in_all_are_too_much(void **state)
{
    enum { MANY = 2001, MUCH = 257 };
    workbook_part *parts = kt_arena_array(*state, workbook_part, MANY);
    kt_project_list *list = NULL;
    kt_error err = {0};
    for (size_t i = 0; i < MANY; i++) {
        parts[i] = (workbook_part){kt_arena_print(*state, "%zu", i), "x", 0};
    }
    assert_int_equal(read_parts(parts, MANY, *state, &list, &err), KT_ERR_FORMAT);
    assert_says(&err, "a zip of 2001 entries, expected at most 2000");
    for (size_t i = 0; i < MUCH; i++) {
        parts[i].times = (size_t)1 << 20;
    }
    assert_int_equal(read_parts(parts, MUCH, *state, &list, &err), KT_ERR_FORMAT);
    assert_says(&err, "a workbook that grows to more than 256 MiB");
}

/* As a file that is still being written. */
static void a_workbook_cut_anywhere_is_refused_in_one_line(void **state)
{
    const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET)};
    size_t length = 0;
    const char *bytes = make_workbook(parts, COUNT_OF(parts), *state, &length);
    for (size_t cut = 4; cut < length; cut += 37) {
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_bytes("eura2021", bytes, cut, *state, &list, &err), KT_ERR_FORMAT);
        assert_says(&err, "expected a whole .xlsx (still being written?)");
    }
}

static void parts_that_lack_are_told(void **state)
{
    static const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET)};
    static const char *const missing[] = {"",
                                          "_rels/.rels cannot be opened",
                                          "xl/workbook.xml cannot be opened",
                                          "xl/_rels/workbook.xml.rels cannot be opened",
                                          "xl/sharedStrings.xml cannot be opened",
                                          "xl/styles.xml cannot be opened",
                                          "xl/worksheets/sheet1.xml cannot be opened"};
    for (size_t out = 1; out < COUNT_OF(parts); out++) {
        workbook_part left[COUNT_OF(parts)];
        size_t count = 0;
        for (size_t i = 0; i < COUNT_OF(parts); i++) {
            left[count] = parts[i];
            count += i != out;
        }
        kt_project_list *list = NULL;
        kt_error err = {0};
        assert_int_equal(read_parts(left, count, *state, &list, &err), KT_ERR_FORMAT);
        assert_says(&err, missing[out]);
    }
}

static void a_workbook_is_recognised_by_the_header_of_its_sheet(void **state)
{
    const workbook_part parts[] = {PARTS(WORKBOOK(""), GOOD_SHEET)};
    kt_project_file file = {.name = "list"};
    file.bytes = make_workbook(parts, COUNT_OF(parts), *state, &file.length);
    const kt_project_format *format = NULL;
    kt_error err = {0};
    assert_int_equal(kt_project_format_of(load_formats(*state), &file, &format, &err), KT_OK);
    assert_string_equal(format->id, "eura2021");
}

/* UTF-8 that a spreadsheet opened as Windows-1252: the header is typed, the cells are not. */
#define SPOILT_ROW(row, code, name)                                                             \
    "<row r=\"" row "\">" INLINE("A" row, code) INLINE("B" row, "ESR+") INLINE("C" row, "4")    \
        INLINE("D" row, name) INLINE("G" row, "Toiminnassa") NUMBER("H" row, "1", "44927")      \
            NUMBER("I" row, "2", "46022") NUMBER("J" row, "0", "100") NUMBER("K" row, "0", "1") \
                INLINE("L" row, "FI193 Keski-Suomi") "</row>"

static void a_workbook_of_spoilt_letters_is_refused(void **state)
{
    const workbook_part parts[] = {
        PARTS(WORKBOOK(""), SHEET(HEADER_ROW SPOILT_ROW("5", "S30001", "Puualan osaajat")
                                      SPOILT_ROW("6", "S30002", "HÃ¤meen tyÃ¶t")))};
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(read_parts(parts, COUNT_OF(parts), *state, &list, &err), KT_ERR_FORMAT);
    assert_string_equal(err.message,
                        "list: row 6, column Hankkeen nimi: \"HÃ¤meen\" is UTF-8 that was read as "
                        "another set (wrong letters: 2, right ones: 0), expected the list as it "
                        "was saved");
}

static void a_workbook_may_have_one_wrong_letter(void **state)
{
    const kt_project_list *list =
        read_sheet(WORKBOOK(""),
                   SHEET(HEADER_ROW SPOILT_ROW("5", "S30001", "Hämeen osaajat")
                             SPOILT_ROW("6", "S30002", "HÃ¤meen osaajat")),
                   *state);
    assert_int_equal(list->project_count, 2);
    assert_int_equal(list->warned, 1);
    assert_string_equal(list->warnings[0].words,
                        "list: row 6 (S30002): a letter of the name is lost or of another set, "
                        "expected the list as it was saved");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_workbook_of_spoilt_letters_is_refused),
        ARENA_TEST(a_workbook_may_have_one_wrong_letter),
        ARENA_TEST(a_workbook_is_read_as_a_csv_of_it_would_be),
        ARENA_TEST(sheets_are_told_and_read_by_their_names),
        ARENA_TEST(days_may_be_counted_from_1904),
        ARENA_TEST(other_programs_write_prefixes_and_leave_places_out),
        ARENA_TEST(what_a_sheet_may_not_hold_is_refused_in_one_line),
        ARENA_TEST(a_workbook_that_may_do_harm_is_refused_before_it_is_read),
        ARENA_TEST(macros_and_links_are_told_by_their_types_whatever_they_are_called),
        ARENA_TEST(many_parts_and_much_in_all_are_too_much),
        ARENA_TEST(a_workbook_cut_anywhere_is_refused_in_one_line),
        ARENA_TEST(parts_that_lack_are_told),
        ARENA_TEST(a_workbook_is_recognised_by_the_header_of_its_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
