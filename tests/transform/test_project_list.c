/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"
#include "project_lists.h"

/* The columns of EURA 2021 that its format needs, and a few more, as Excel saves them. */
#define HEAD                                                                                   \
    "Hankekoodi ;Rahasto;Tl;Hankkeen nimi;Toteuttajan nimi;Rahoittava viranomainen;Toiminnan " \
    "tila;Aloituspvm;Päättymispvm;Suunniteltu EU- ja valtion rahoitus;Toteutunut EU- ja "    \
    "valtion rahoitus;Sijainti;Suunnitelman mukainen tiivistelmä hankkeen toteutuksesta\r\n"
#define ROW(code, state, start, end, planned, realised)                                  \
    code ";ESR+;4;Nimi;Toteuttaja;ELY;" state ";" start ";" end ";" planned ";" realised \
         ";FI193 Keski-Suomi;\r\n"
#define GOOD(code) ROW(code, "Käynnissä", "1.1.2023", "31.12.2025", "100,50", "50")

static void a_list_from_excel_is_read_whole(void **state)
{
    const kt_project_list *list = read_good(
        "eura2021",
        "\xef\xbb\xbf" HEAD
        "S30001;ESR+;4;\"Työtä; ja taitoa\";Kunta;Keski-Suomen ELY-keskus;Käynnissä;1.1.2023;"
        "31.12.2025;1 234 567,89;12,5;FI193 Keski-Suomi;\"Ensimmäinen rivi\r\nja "
        "\"\"toinen\"\"\"\r\n"
        "S20002;ESR;3;Toinen;Oy;ELY;Päättynyt;02.03.2019;28.02.2022 0:00:00;0;0;;\r\n"
        ";;;;;;;;;;;;\r\n"
        "\"Applied filters:\nRahasto is ESR+\";;;;;;;;;;;;\r\n",
        *state);
    const kt_project *first = project_called(list, "S30001");
    const kt_project *second = project_called(list, "S20002");
    assert_string_equal(first->text[KT_PROJECT_NAME], "Työtä; ja taitoa");
    assert_string_equal(first->text[KT_PROJECT_SUMMARY], "Ensimmäinen rivi\nja \"toinen\"");
    assert_string_equal(first->text[KT_PROJECT_LOCATION_CODE], "FI193");
    assert_string_equal(first->text[KT_PROJECT_LOCATION_NAME], "Keski-Suomi");
    assert_string_equal(first->text[KT_PROJECT_STATUS_RAW], "Käynnissä");
    assert_int_equal(first->status, KT_PROJECT_RUNNING);
    assert_int_equal(first->sum[KT_PROJECT_GRANTED], 123456789);
    assert_int_equal(first->sum[KT_PROJECT_REALISED], 1250);
    assert_int_equal(first->sum[KT_PROJECT_PLANNED_PUBLIC], KT_NO_MONEY);
    assert_int_equal(first->start_day, day_of(2023, 1, 1));
    assert_int_equal(first->snapshot_day, 20000);
    assert_string_equal(first->period, "2021-2027");
    assert_string_equal(first->format, "eura2021");
    assert_int_equal(first->source_row, 2);
    assert_string_equal(second->period, "2014-2020");
    assert_int_equal(second->end_day, day_of(2022, 2, 28));
    assert_int_equal(second->source_row, 4);
    assert_null(second->text[KT_PROJECT_LOCATION_CODE]);
    assert_int_equal(list->blanks, 1);
    assert_int_equal(list->footers, 1);
    assert_int_equal(list->sums[KT_PROJECT_GRANTED], 123456789);
    assert_int_equal(list->sums[KT_PROJECT_REALISED_TOTAL], KT_NO_MONEY);
}

/* U+202E would turn the rest of a line around, U+2028 ends one. */
static void marks_of_direction_are_left_out(void **state)
{
    const kt_project_list *list =
        read_good("eura2021",
                  HEAD "S30001;ESR+;4;\u202eTyötä\u202c ja taitoa;Kunta;ELY;Käynnissä;1.1.2023;"
                       "31.12.2025;1;1;FI193 Keski-Suomi;Ensimmäinen\u2028toinen\u2029\r\n",
                  *state);
    const kt_project *only = project_called(list, "S30001");
    assert_string_equal(only->text[KT_PROJECT_NAME], "Työtä ja taitoa");
    assert_string_equal(only->text[KT_PROJECT_SUMMARY], "Ensimmäinen\ntoinen");
}

/* What a whole night of lists is worth depends on it: nobody's name is kept by accident. */
static void columns_of_people_are_told_and_never_kept(void **state)
{
    kt_arena *arena = kt_arena_open("list", 0);
    const kt_project_file file = {
        .bytes = "Yhteyshenkilö;" HEAD "Maija Meikäläinen;" GOOD("S30001"), .name = "list"};
    kt_project_file whole = file;
    whole.length = strlen(file.bytes);
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(
        kt_project_list_read(&whole, format_called("eura2021", *state), arena, &list, &err), KT_OK);
    assert_int_equal(list->note_count, 1);
    assert_string_equal(list->notes[0],
                        "list: row 1: columns that the format eura2021 does not name were not "
                        "read: Yhteyshenkilö");
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        const char *text = list->projects[0].text[i];
        assert_true(text == NULL || strstr(text, "Maija") == NULL);
    }
    kt_arena_free(arena);
}

static void a_postcode_keeps_the_zeros_that_a_spreadsheet_took(void **state)
{
    const kt_project_list *list = read_good(
        "eura2021",
        "Toteutuspaikan postinumero;" HEAD
        "100;" GOOD("S30001") "00100;" GOOD("S30002") ";" GOOD("S30003") "AX 22100;" GOOD("S30004"),
        *state);
    static const char *const want[] = {"00100", "00100", "", "AX 22100"};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_string_equal(text_of(&list->projects[i], KT_PROJECT_PLACE_POSTCODE), want[i]);
    }
}

static void windows_1252_and_latin_1_read_alike(void **state)
{
    static const char bytes[] =
        "Koodi,Rahasto,Hankkeen "
        "nimi,Tl,Viranomainen,Tila,Aloituspvm,P\xe4\xe4ttymispvm,Toteuttajan "
        "nimi,My\xf6nnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu "
        "julkinen rahoitus yhteens\xe4,Toteutunut julkinen rahoitus yhteens\xe4\n"
        "S20001,ESR,Ty\xf6 \x96 ja, taito,3,H\xe4meen elinkeino-, liikenne- ja "
        "ymp\xe4rist\xf6keskus,Toiminnassa,1.9.2014,31.8.2017,Yritys, Oy, "
        "Ab,371224,124868.91,5,0.5\n";
    const kt_project_list *list = read_good("eura2014", bytes, *state);
    const kt_project *project = &list->projects[0];
    assert_string_equal(project->text[KT_PROJECT_NAME], "Työ – ja, taito");
    assert_string_equal(project->text[KT_PROJECT_AUTHORITY],
                        "Hämeen elinkeino-, liikenne- ja ympäristökeskus");
    assert_string_equal(project->text[KT_PROJECT_BENEFICIARY], "Yritys, Oy, Ab");
    assert_int_equal(project->sum[KT_PROJECT_REALISED_PUBLIC], 50);
}

#define HEAD2007                                                                 \
    "Koodi,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan "     \
    "tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion " \
    "rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus " \
    "yhteensä,Toteutunut julkinen rahoitus yhteensä\n"

/* The last bare digit before the dates is the priority: titles may hold digits and dates too. */
static void commas_everywhere_are_put_where_they_belong(void **state)
{
    static const struct {
        const char *row, *name, *section, *priority, *authority, *beneficiary;
    } cases[] = {
        {"S10001,ESR,a,b,2,c,osio,3,d-, e ja f,Keskeytynyt,1.1.2008,2.2.2009,g,h, i,1,2,3,4\n",
         "a, b, 2, c", "osio", "3", "d-, e ja f", "g, h, i"},
        {"S10001,ESR,a,osio,1,,Keskeytynyt,1.1.2008,2.2.2009,g,1,2,3,4\n", "a", "osio", "1", "",
         "g"},
        {"S10001,ESR,1,5 milj.,osio,1,e,Keskeytynyt,1.1.2008,2.2.2009,100,200,1,2,3,4\n",
         "1,5 milj.", "osio", "1", "e", "100,200"},
        {"S10001,ESR,3.3.2008,a,osio,1,e,Keskeytynyt,1.1.2008,2.2.2009,3.3.2009,4.4.2009,1,2,3,4\n",
         "3.3.2008, a", "osio", "1", "e", "3.3.2009,4.4.2009"},
        {"S10001,ESR, \"a\" ,  b ,osio,1,e,Keskeytynyt,1.1.2008,2.2.2009,g,1,2,3,4\r\n", "a, b",
         "osio", "1", "e", "g"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list =
            read_good("eura2007", kt_arena_print(*state, HEAD2007 "%s", cases[i].row), *state);
        const kt_project *project = &list->projects[0];
        assert_string_equal(text_of(project, KT_PROJECT_NAME), cases[i].name);
        assert_string_equal(text_of(project, KT_PROJECT_SECTION), cases[i].section);
        assert_string_equal(text_of(project, KT_PROJECT_PRIORITY), cases[i].priority);
        assert_string_equal(text_of(project, KT_PROJECT_AUTHORITY), cases[i].authority);
        assert_string_equal(text_of(project, KT_PROJECT_BENEFICIARY), cases[i].beneficiary);
        assert_int_equal(project->status, KT_PROJECT_INTERRUPTED);
        assert_int_equal(project->sum[KT_PROJECT_REALISED_PUBLIC], 400);
    }
}

static char *with_semicolons(const char *words, kt_arena *arena)
{
    char *made = kt_arena_copy(arena, words);
    for (char *at = strchr(made, ','); at != NULL; at = strchr(at, ',')) {
        *at = ';';
    }
    return made;
}

/* As the service, R and Excel save it. */
static void a_copy_with_quotes_or_semicolons_is_the_same_list(void **state)
{
    static const char *const rows[] = {
        "S10001,ESR,a, \"b\",osio,3,d-, e ja f,Keskeytynyt,1.1.2008,2.2.2009,g, h,1.5,2,3,4\n",
        ("\"S10001\",\"ESR\",\"a, \"\"b\"\"\",\"osio\",\"3\",\"d-, e ja "
         "f\",\"Keskeytynyt\",\"1.1.2008\",\"2.2.2009\",\"g, h\",\"1.5\",\"2\",\"3\",\"4\"\n"),
        "S10001;ESR;a, b;osio;3;d-, e ja f;Keskeytynyt;1.1.2008;2.2.2009;g, h;1,50;2;3;4\n",
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *head = i == 2 ? with_semicolons(HEAD2007, *state) : HEAD2007;
        const kt_project_list *list =
            read_good("eura2007", kt_arena_print(*state, "%s%s", head, rows[i]), *state);
        const kt_project *project = project_called(list, "S10001");
        assert_string_equal(project->text[KT_PROJECT_NAME], "a, b");
        assert_string_equal(project->text[KT_PROJECT_AUTHORITY], "d-, e ja f");
        assert_string_equal(project->text[KT_PROJECT_BENEFICIARY], "g, h");
        assert_int_equal(project->end_day, day_of(2009, 2, 2));
        assert_int_equal(project->sum[KT_PROJECT_GRANTED], 150);
    }
}

/* A list of 200 good rows before what is given, so that a few bad ones do not stop it. */
static char *among_good(kt_arena *arena, const char *head, const char *before, const char *after,
                        const char *rows)
{
    kt_text text = {0};
    kt_text_put(&text, head);
    for (int i = 0; i < 200; i++) {
        kt_text_print(&text, "%s%05d%s", before, 40000 + i, after);
    }
    kt_text_put(&text, rows);
    char *words = kt_arena_copy(arena, text.bytes);
    kt_text_free(&text);
    return words;
}

static char *with_2021(kt_arena *arena, const char *rows)
{
    const char *good = GOOD("");
    return among_good(arena, HEAD, "S", good, rows);
}

static char *with_2007(kt_arena *arena, const char *rows)
{
    return among_good(arena, HEAD2007, "S",
                      ",ESR,a,osio,1,e,Keskeytynyt,1.1.2008,2.2.2009,g,1,2,3,4\n", rows);
}

/* Its money too, where it is clear which cell that is: by hand, in cents. */
static void a_row_that_cannot_be_read_is_kept_with_its_reason(void **state)
{
    static const struct {
        const char *rows, *code, *reason;
        int64_t granted;
    } cases[] = {
        {ROW("S30001", "Käynnissä", "31.2.2023", "1.1.2025", "1234,50", "1"), "S30001",
         "column Aloituspvm: \"31.2.2023\", expected a day as d.m.yyyy", 123450},
        {ROW("S30001", "Käynnissä", "1.1.2023", "2025", "1", "1"), "S30001",
         "column Päättymispvm: \"2025\", expected a day as d.m.yyyy", 100},
        {ROW("S30001", "Käynnissä", "1.1.2023", "1.1.2025", "1.000,123", "1"), "S30001",
         "column Suunniteltu EU- ja valtion rahoitus: \"1.000,123\", expected an amount as "
         "1234,50",
         KT_NO_MONEY},
        {ROW("S3001", "Käynnissä", "1.1.2023", "1.1.2025", "1", "1"), NULL,
         "no code of a project, expected one of the form @#####", KT_NO_MONEY},
        {ROW("", "", "", "", "", "") ROW("", "", "", "", "", "")
             ROW("S30001", "Käynnissä", "1.1.2023", "1.1.2025", "1", "1"),
         NULL, "no code of a project, expected one of the form @#####", KT_NO_MONEY},
        {"S30001;ESR+;4;Nimi\r\n", "S30001", "4 cells, expected 13 as in the header", KT_NO_MONEY},
        {"S30001;ESR+;4;Nimi;x;y;z;1.1.2023;1.1.2025;1;1;;;Meikäläinen\r\n", "S30001",
         "14 cells, expected 13 as in the header", KT_NO_MONEY},
        {ROW("S40005", "Käynnissä", "1.1.2023", "1.1.2025", "77", "1"), "S40005",
         "column Hankekoodi : a second row of this project, the first is row 7", 7700},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list =
            read_good("eura2021", with_2021(*state, cases[i].rows), *state);
        assert_true(list->reject_count >= 1);
        assert_int_equal(list->rejects[0].line, 202);
        assert_string_equal(list->rejects[0].reason, cases[i].reason);
        assert_true(kt_text_same(list->rejects[0].code, cases[i].code));
        assert_int_equal(list->rejects[0].sum[KT_PROJECT_GRANTED], cases[i].granted);
    }
}

static void a_row_without_its_anchors_is_kept_with_its_reason(void **state)
{
    static const struct {
        const char *row, *reason;
    } cases[] = {
        {"S10001,ESR\n", "2 fields, expected at least 14"},
        {"S10001,ESR,a,osio,1,e,x,1.1.2008,2.2.2009,g,1,2,three,4\n",
         "column Suunniteltu julkinen rahoitus yhteensä: \"three\", expected an amount"},
        {"S10001,ESR,a,osio,1,e,x,1.1.2008,g,1,2,3,4\n", "no two dates beside one another"},
        {"S10001,ESR,a,osio,11,e,x,1.1.2008,2.2.2009,g,1,2,3,4\n",
         "no field of one digit before the dates"},
        {"S10001,ESR,a,1,e,x,1.1.2008,2.2.2009,g,1,2,3,4\n",
         "3 fields before the next anchor, expected at least 4"},
        {"S10001,ESR,a,osio,1,e,x,1.1.2008,2.2.2009,1,2,3,4\n",
         "0 fields before the next anchor, expected at least 1"},
        {"S10001,ESR,a,osio,1,e,x,1.1.2008,31.2.2009,g,1,2,3,4\n",
         "column Päättymispvm: \"31.2.2009\", expected a day as d.m.yyyy"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list =
            read_good("eura2007", with_2007(*state, cases[i].row), *state);
        assert_int_equal(list->reject_count, 1);
        assert_int_equal(list->rejects[0].line, 202);
        assert_string_equal(list->rejects[0].code, "S10001");
        assert_string_equal(list->rejects[0].reason, cases[i].reason);
        assert_int_equal(list->project_count, 200);
    }
}

static void what_is_strange_is_warned_of_and_kept(void **state)
{
    static const struct {
        const char *rows, *warning; /* NULL: none */
        const char *shown;
    } cases[] = {
        {ROW("S30001", "Käynnissä", "1.1.2025", "31.12.2024", "1", "1"),
         "list: row 202 (S30001): column Päättymispvm: before the start, expected that day or "
         "later",
         "row 202: column Päättymispvm: before the start, expected that day or later"},
        {ROW("S30001", "Käynnissä", "1.1.2025", "31.12.2026", "100", "101"), NULL, NULL},
        {ROW("S30001", "Käynnissä", "1.1.2025", "31.12.2026", "100", "101,01"),
         "list: row 202 (S30001): column Toteutunut EU- ja valtion rahoitus: 101.01, expected at "
         "most "
         "the 100.00 that were granted",
         "row 202: column Toteutunut EU- ja valtion rahoitus: expected at most what was granted"},
        {ROW("S30001", "Käynnissä", "1.1.2025", "31.12.2026", "-5,00", "-5,00"),
         "list: row 202 (S30001): column Suunniteltu EU- ja valtion rahoitus: -5.00, expected 0 or "
         "more",
         "row 202: column Suunniteltu EU- ja valtion rahoitus: expected 0 or more"},
        {ROW("S30001", "Haudattu", "1.1.2025", "31.12.2026", "100", "1"),
         "list: row 202 (S30001): column Toiminnan tila: the state \"Haudattu\", expected one that "
         "the format eura2021 knows",
         "row 202: column Toiminnan tila: expected a state that the format eura2021 knows"},
        {ROW("S30001", "", "", "", "", ""), NULL, NULL},
        {"S30001;ESR+;4;Nimi;Toteuttaja;ELY;Käynnissä;1.1.2025;31.12.2026;100;1;FI193 Keski-Suomi;",
         "list: row 202 (S30001): no line end behind the last row, expected one: it may be cut",
         "row 202: no line end behind the last row, expected one: it may be cut"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list =
            read_good("eura2021", with_2021(*state, cases[i].rows), *state);
        assert_int_equal(list->project_count, 201);
        assert_int_equal(list->warned, cases[i].warning != NULL);
        if (cases[i].warning != NULL) {
            assert_string_equal(list->warnings[0].words, cases[i].warning);
            assert_string_equal(list->warnings[0].shown, cases[i].shown);
        }
    }
}

static void more_than_one_bad_row_in_a_hundred_stops_the_list(void **state)
{
    const char *bad = ROW("S30001", "", "x", "", "1", "1") ROW("S30002", "", "x", "", "1", "1")
        ROW("S30003", "", "x", "", "1", "1");
    const char *words = with_2021(*state, bad);
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(read_bytes("eura2021", words, strlen(words), *state, &list, &err),
                     KT_ERR_FORMAT);
    assert_null(list);
    assert_string_equal(
        err.message, "list: 3 of 203 rows cannot be read, expected at most 1 %; the first is row "
                     "202: column Aloituspvm: \"x\", expected a day as d.m.yyyy");
}

static void a_file_that_is_no_list_is_refused_in_one_line(void **state)
{
    static const struct {
        const char *format, *bytes, *says;
    } cases[] = {
        {"eura2021", "", "list: empty, expected a list as .xlsx or CSV"},
        {"kohesio", "<!DOCTYPE html><html>", "list: a web page, expected a list"},
        {"kohesio", "{\"a\":1}", "list: JSON, expected a list"},
        {"kohesio", "\x1f\x8b", "list: packed, expected a list"},
        {"eura2021", "\xd0\xcf\x11\xe0", "list: a workbook of the old kind (.xls), or one with a"},
        {"eura2021", "\xff\xfeH", "list: UTF-16, expected a list"},
        {"kohesio", "PK\003\004", "list: a workbook, expected a CSV of the format kohesio"},
        {"eura2021", "PK\003\004", "list: a broken zip archive, expected a whole .xlsx"},
        {"eura2021", "a;b\n1;2\n",
         "list: row 1: no list of the format eura2021, which has the columns Hankekoodi , Rahasto"},
        {"eura2021", HEAD "S30001;\"ESR", "the file ends inside a quoted field"},
        {"eura2021", HEAD, "list: no row behind the header, expected projects"},
        {"eura2021", "Rahasto;" HEAD, "list: row 1, column 3: a second Rahasto"},
        {"eura2021", HEAD GOOD("S30001") "S30002;ESR",
         "list: row 3: the last row is cut off (still being written?)"},
        {"eura2007", HEAD2007 "S1,\xe4\n",
         "list: row 2, column 2 (byte 4 of the row): the byte 0xe4 is no UTF-8, and what stands "
         "before it is, "
         "expected utf-8, windows-1252 or iso-8859-1"},
        {"eura2007", "Koodi,\x81\n",
         "list: row 1, column 2 (byte 7 of the row): the byte 0x81 is no letter of such a text, "
         "expected utf-8,"},
        /* the euro of Windows-1252 is no fault of it */
        {"eura2021", "a;\x80\n1;\"x;y\";\x9d\n",
         "list: row 2, column 3 (byte 9 of the row): the byte 0x9d is no letter of such a text, "
         "expected utf-8,"},
        {"eura2021", "Hankekoodi ;Rahasto;P\x84\x84ttymispvm;Er\x84 ja p\x84tk\x84\n",
         "list: row 1, column 4 (byte 42 of the row): \"p\xe2\x80\x9etk\xe2\x80\x9e\" has a letter "
         "of code page 850 (wrong letters: 1, right ones: 0), expected utf-8, windows-1252 or "
         "iso-8859-1"},
        {"eura2021", "a\tHankkeen p\x8a\x8at\x9as p\x8atk\x8a\n",
         "list: row 1, column 1 (byte 14 of the row): \"p\xc5\xa0\xc5\xa0t\xc5\xa1s\" has a letter "
         "of Mac OS Roman (wrong letters: 2, right ones: 0)"},
        {"kohesio", "a,b\nc,\xe4\n",
         "list: row 2, column 2 (byte 3 of the row): the byte 0xe4 is no letter of such a text, "
         "expected utf-8"},
        {"eura2007",
         "Koodi,Outo,Rahasto,Projektin nimi,Ohjelma / osio,Tl,Viranomainen,Toiminnan "
         "tila,Aloituspvm,Päättymispvm,Toteuttajan nimi,Myönnetty EU- ja valtion "
         "rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus "
         "yhteensä,Toteutunut julkinen rahoitus yhteensä\nx\n",
         "list: row 1: the column Outo is not of this format"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project_list *list = NULL;
        kt_error err = {0};
        const kt_status status = read_bytes(cases[i].format, cases[i].bytes, strlen(cases[i].bytes),
                                            *state, &list, &err);
        assert_says(&err, cases[i].says);
        assert_int_equal(status, KT_ERR_FORMAT);
        assert_null(list);
    }
}

#define KOHESIO                                                                                 \
    "Operation_Unique_Identifier,Operation_Local_Identifier,Operation_Name_Programme_Language," \
    "Operation_Name_English,Operation_Start_Date,Operation_End_Date,"                           \
    "Total_Eligible_Expenditure_amount,Project_EU_Budget,Fund_Code,NUTS3_Code,Region,"          \
    "Programming_Period\n"
#define PLACE(code, name, sum, nuts, region)                                            \
    "Q1," code "," name ",Work,2023-01-01,2025-12-31," sum ",1.5,ESF+," nuts "," region \
    ",2021-2027\n"

#define NAMED(code, name, sum, region) \
    "Q1," code "," name ",,2023-01-01,2025-12-31," sum ",1.5,ESF+,FI193," region ",2021-2027\n"

/* By hand: S30002 has a name in its second row alone, S30003 in none of its two. */
static void a_project_without_a_name_is_rejected(void **state)
{
    kt_text text = {0};
    kt_text_put(&text, KOHESIO NAMED("S30002", "", "1000.0", "Keski-Suomi")
                           NAMED("S30002", "Toinen", "1000.0", "Etelä-Savo"));
    for (int i = 0; i < 200; i++) {
        kt_text_print(&text, NAMED("S4%04d", "Työ", "1.0", "Keski-Suomi"), i);
    }
    kt_text_put(&text, NAMED("S30003", "", "7.5", "Keski-Suomi")
                           NAMED("S30003", "\" \"", "7.5", "Etelä-Savo"));
    const kt_project_list *list = read_good("kohesio", text.bytes, *state);
    assert_int_equal(list->project_count, 201);
    assert_string_equal(project_called(list, "S30002")->text[KT_PROJECT_NAME], "Toinen");
    assert_int_equal(list->reject_count, 1);
    assert_int_equal(list->rejects[0].line, 204);
    assert_string_equal(list->rejects[0].code, "S30003");
    assert_string_equal(list->rejects[0].reason,
                        "column Operation_Name_Programme_Language: empty, expected the name of the "
                        "project");
    assert_int_equal(list->rejects[0].sum[KT_PROJECT_PLANNED_TOTAL], 750);
    kt_text_free(&text);
}

static void rows_of_one_project_are_joined(void **state)
{
    const kt_project_list *list =
        read_good("kohesio",
                  KOHESIO PLACE("S30001", "\"Työ, 1\"", "1000.0", "FI193", "Keski-Suomi")
                      PLACE("S30001", "\"Työ, 1\"", "1000.0", "FI1D1", "Etelä-Savo")
                          PLACE("S30001", "\"Työ, 1\"", "1000.0", "FI193", "Keski-Suomi")
                              PLACE("ei ole", "", "1234.5678", "", ""),
                  *state);
    const kt_project *first = &list->projects[0];
    const kt_project *second = project_called(list, "Q1");
    assert_int_equal(list->project_count, 2);
    assert_int_equal(list->joined, 2);
    assert_string_equal(first->text[KT_PROJECT_LOCATION_CODE], "FI193|FI1D1");
    assert_string_equal(first->text[KT_PROJECT_LOCATION_NAME], "Keski-Suomi|Etelä-Savo");
    assert_string_equal(first->text[KT_PROJECT_FUND], "ESR+");
    assert_int_equal(first->sum[KT_PROJECT_PLANNED_TOTAL], 100000);
    assert_int_equal(first->sum[KT_PROJECT_GRANTED], KT_NO_MONEY);
    assert_int_equal(list->sums[KT_PROJECT_PLANNED_TOTAL], 100000 + 123457);
    assert_string_equal(second->text[KT_PROJECT_NAME], "Work");
    assert_int_equal(second->end_day, day_of(2025, 12, 31));
}

static void rows_that_contradict_one_another_are_not_joined(void **state)
{
    kt_project_list *list = NULL;
    kt_error err = {0};
    const char *words = KOHESIO PLACE("S30001", "a", "1000.0", "FI193", "Keski-Suomi")
        PLACE("S30001", "a", "1001.0", "FI193", "Keski-Suomi");
    assert_int_equal(read_bytes("kohesio", words, strlen(words), *state, &list, &err),
                     KT_ERR_FORMAT);
    assert_says(&err, "row 3: says otherwise in planned_total_eur than row 2");
}

static void a_publisher_may_spell_columns_its_way(void **state)
{
    const kt_project_list *list = read_good(
        "art49",
        "List of operations;;;;;;;;\n;;;;;;;;\n"
        "OPERATION CODE; Project  name ;Beneficiary;Surname;Start date;End date;Total cost;Fund;"
        "Location\n"
        "S30001;Nimi;Kunta;Meikäläinen;2023-01-01;31/12/2025;1000,5;ESF+;FI193 Keski-Suomi\n"
        "Total;;;;;;1000,5;;\n",
        *state);
    const kt_project *project = &list->projects[0];
    assert_int_equal(list->header_line, 3);
    assert_int_equal(list->project_count, 1);
    assert_int_equal(list->footers, 1);
    assert_string_equal(project->text[KT_PROJECT_BENEFICIARY], "Kunta");
    assert_string_equal(project->text[KT_PROJECT_LOCATION_CODE], "FI193");
    assert_int_equal(project->sum[KT_PROJECT_PLANNED_TOTAL], 100050);
    assert_int_equal(project->end_day, day_of(2025, 12, 31));
    assert_int_equal(project->source_row, 4);
}

static void projects_that_are_numbered_have_codes(void **state)
{
    const kt_project_list *list = read_good(
        "art49",
        "Operation code;Project name;Beneficiary;Start date;End date;Total cost;Fund;Location\n"
        "20231;Nimi;Kunta;2023-01-01;2025-12-31;1000;ESF+;FI193 Keski-Suomi\n",
        *state);
    assert_string_equal(list->projects[0].text[KT_PROJECT_PROJECT_CODE], "art49-20231");
}

static void contacts_in_a_text_are_left_out(void **state)
{
    static const struct {
        const char *text, *kept;
    } cases[] = {
        {"Yhteyshenkilö: Maija Mallix, maija.mallix@esim.example, puh. 040 1234567",
         "[…], […], puh. […]"},
        {"Kysy (matti@esim.example) tai soita +358 40 123 4567!", "Kysy ([…]) tai soita […]!"},
        {"Kontaktperson: Liisa Korhonenx", "[…]"},
        {"yhteyshenkilöiden verkosto 2014-2020", "yhteyshenkilöiden verkosto 2014-2020"},
        {"Työ@verkossa ja 0 euroa, 1 000 000 euroa", "Työ@verkossa ja 0 euroa, 1 000 000 euroa"},
        {"3@ ja 2007 - 2013, 01.01.2020 - 31.12.2021",
         "3@ ja 2007 - 2013, 01.01.2020 - 31.12.2021"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list = read_good(
            "eura2021",
            kt_arena_print(*state, HEAD "S30001;ESR+;4;Nimi;T;ELY;;;;1;1;;\"%s\"\n", cases[i].text),
            *state);
        assert_string_equal(list->projects[0].text[KT_PROJECT_SUMMARY], cases[i].kept);
    }
}

static void a_priority_is_its_number(void **state)
{
    static const struct {
        const char *cell, *priority;
    } cases[] = {
        {"4", "4"},
        {"TL4", "TL4"},
        {"4 Työllistävä, osaava Suomi", "TL4"},
        {"Toimintalinja 6: Innovaatiot", "TL6"},
        {"TL4 Osaava Suomi", "TL4"},
        {"Työllistävä Suomi", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list = read_good(
            "eura2021",
            kt_arena_print(*state, HEAD "S30001;ESR+;%s;Nimi;T;ELY;;;;1;1;;\n", cases[i].cell),
            *state);
        assert_true(kt_text_same(list->projects[0].text[KT_PROJECT_PRIORITY], cases[i].priority));
    }
}

static void places_of_a_cell_are_taken_apart(void **state)
{
    static const struct {
        const char *cell, *code, *name;
    } cases[] = {
        {"FI193 Keski-Suomi", "FI193", "Keski-Suomi"},
        {"Keski-Suomi", NULL, "Keski-Suomi"},
        {"FI1D1", "FI1D1", NULL},
        {"FI Suomi", "FI", "Suomi"},
        {"FI193 Keski-Suomi|FI1D1 Etelä-Savo", "FI193|FI1D1", "Keski-Suomi|Etelä-Savo"},
        {"FI193 Keski-Suomi, FI1D1 Etelä-Savo", "FI193|FI1D1", "Keski-Suomi|Etelä-Savo"},
        {"Lappi, Oulu", NULL, "Lappi, Oulu"},
        {"Lappi|FI193 Keski-Suomi", "|FI193", "Lappi|Keski-Suomi"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_list *list = read_good(
            "eura2021",
            kt_arena_print(*state, HEAD "S30001;ESR+;4;Nimi;T;ELY;;;;1;1;%s;\n", cases[i].cell),
            *state);
        const kt_project *project = &list->projects[0];
        assert_true(kt_text_same(project->text[KT_PROJECT_LOCATION_CODE], cases[i].code));
        assert_true(kt_text_same(project->text[KT_PROJECT_LOCATION_NAME], cases[i].name));
    }
}

static void funds_that_are_not_kept_are_counted(void **state)
{
    static const char *kept[] = {"ESR"};
    kt_project_format format = *format_called("eura2007", *state);
    format.funds = kept;
    format.fund_count = 1;
    const char *words = HEAD2007 "S10001,ESR,a,osio,1,e,x,1.1.2008,2.2.2009,g,1,2,3,4\n"
                                 "A10002,EAKR,a,osio,1,e,x,1.1.2008,2.2.2009,g,1,2,3,4\n";
    const kt_project_file file = {.bytes = words, .length = strlen(words), .name = "list"};
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(kt_project_list_read(&file, &format, *state, &list, &err), KT_OK);
    check_accounts(list);
    assert_int_equal(list->project_count, 1);
    assert_int_equal(list->left_out, 1);
    assert_int_equal(list->sums[KT_PROJECT_GRANTED], 100);
}

static void a_list_that_is_not_known_is_told_with_what_lacks(void **state)
{
    static const struct {
        const char *bytes, *says; /* NULL: the id that is found */
        const char *id;
    } cases[] = {
        {HEAD GOOD("S30001"), NULL, "eura2021"},
        {HEAD2007 "x\n", NULL, "eura2007"},
        {KOHESIO PLACE("", "", "", "", ""), NULL, "kohesio"},
        {"Hankekoodi;Rahasto;Hankkeen nimi;Toteuttajan nimi;Rahoittava viranomainen;Toiminnan "
         "tila;Aloituspvm;Päättymispvm;Suunniteltu EU- ja valtion rahoitus\n",
         "list: row 1: no list that is known; nearest is the format eura2021, which has the "
         "columns "
         "Toteutunut EU- ja valtion rahoitus too",
         NULL},
        {"<!DOCTYPE html>", "list: a web page, expected a list as .xlsx or CSV", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_file file = {
            .bytes = cases[i].bytes, .length = strlen(cases[i].bytes), .name = "list"};
        const kt_project_format *format = NULL;
        kt_error err = {0};
        const kt_status status = kt_project_format_of(load_formats(*state), &file, &format, &err);
        assert_int_equal(status, cases[i].says == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_string_equal(cases[i].says == NULL ? format->id : err.message,
                            cases[i].says == NULL ? cases[i].id : cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_list_from_excel_is_read_whole),
        ARENA_TEST(marks_of_direction_are_left_out),
        ARENA_TEST(columns_of_people_are_told_and_never_kept),
        ARENA_TEST(a_postcode_keeps_the_zeros_that_a_spreadsheet_took),
        ARENA_TEST(windows_1252_and_latin_1_read_alike),
        ARENA_TEST(commas_everywhere_are_put_where_they_belong),
        ARENA_TEST(a_copy_with_quotes_or_semicolons_is_the_same_list),
        ARENA_TEST(a_row_that_cannot_be_read_is_kept_with_its_reason),
        ARENA_TEST(a_row_without_its_anchors_is_kept_with_its_reason),
        ARENA_TEST(what_is_strange_is_warned_of_and_kept),
        ARENA_TEST(more_than_one_bad_row_in_a_hundred_stops_the_list),
        ARENA_TEST(a_file_that_is_no_list_is_refused_in_one_line),
        ARENA_TEST(rows_of_one_project_are_joined),
        ARENA_TEST(a_project_without_a_name_is_rejected),
        ARENA_TEST(rows_that_contradict_one_another_are_not_joined),
        ARENA_TEST(a_publisher_may_spell_columns_its_way),
        ARENA_TEST(projects_that_are_numbered_have_codes),
        ARENA_TEST(contacts_in_a_text_are_left_out),
        ARENA_TEST(a_priority_is_its_number),
        ARENA_TEST(places_of_a_cell_are_taken_apart),
        ARENA_TEST(funds_that_are_not_kept_are_counted),
        ARENA_TEST(a_list_that_is_not_known_is_told_with_what_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
