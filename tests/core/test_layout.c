/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/layout.h"

#include "core/source.h"
#include "core/support.h"
#include "core/text.h"

#define SOURCE(format, layout)                                                                 \
    "{\"id\":\"t1\",\"title\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"},\"protocol\":\"http\"," \
    "\"format\":\"" format "\",\"base_url\":\"https://example.org\","                          \
    "\"addresses\":[{\"path\":\"t.csv\"}],\"frequency\":\"month\","                            \
    "\"variables\":[{\"role\":\"period\",\"want\":[\"*\"]},{\"role\":\"measure\"},"            \
    "{\"role\":\"region\",\"want\":[\"*\"]}],"                                                 \
    "\"measures\":[{\"measure\":\"vacancies\",\"code\":\"V\",\"unit\":\"posts\"}],"            \
    "\"symbols\":[],\"ages\":{\"warn_days\":60,\"error_days\":100},\"hold_share\":0.1,"        \
    "\"licence\":\"CC0\",\"citation\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}" layout "}"
#define LAYOUT(rest) SOURCE("csv", ",\"layout\":{" rest "}")
#define KEYS         "{\"column\":\"kk\",\"holds\":\"period\"},{\"column\":\"alue\",\"holds\":\"region\"}"

static kt_source *load(void *state, const char *text, kt_problems **problems)
{
    const bench *made = state;
    *problems = kt_problems_new(made->arena);
    return kt_source_load(write_words(state, "t1.json", text), made->arena, *problems);
}

static const kt_source *load_good(void *state, const char *text)
{
    kt_problems *problems = NULL;
    const kt_source *source = load(state, text, &problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(source);
    return source;
}

static void a_layout_says_what_each_column_holds(void **state)
{
    const kt_source *source = load_good(
        *state, LAYOUT("\"encoding\":\"iso-8859-1\",\"delimiter\":\";\",\"decimal\":\",\","
                       "\"skip_rows\":2,\"missing\":[\"NA\"],\"columns\":[" KEYS
                       ",{\"column\":\"V\",\"holds\":\"figure\",\"content\":\"V\"},"
                       "{\"column\":\"Vs\",\"holds\":\"symbol\",\"content\":\"V\"},"
                       "{\"column\":\"U\",\"holds\":\"figure\",\"content\":\"U\"},"
                       "{\"column\":\"huom*\",\"holds\":\"nothing\"},"
                       "{\"column\":\"\",\"holds\":\"nothing\"}]"));
    const kt_csv_layout *layout = source->layout;
    assert_string_equal(layout->charset, "iso-8859-1");
    assert_int_equal(layout->delimiter, ';');
    assert_int_equal(layout->decimal, ',');
    assert_int_equal(layout->skipped, 2);
    assert_string_equal(layout->missing[0], "NA");
    assert_int_equal(layout->column_count, 7);
    assert_int_equal(layout->columns[0].role, KT_ROLE_PERIOD);
    assert_int_equal(layout->columns[2].holds, KT_HOLDS_FIGURES);
    assert_string_equal(layout->columns[3].content, "V");
    assert_int_equal(layout->columns[5].holds, KT_HOLDS_NOTHING);
}

static void what_is_not_said_of_a_layout_is_plain_csv(void **state)
{
    const kt_source *source =
        load_good(*state, LAYOUT("\"columns\":[" KEYS ",{\"column\":\"x\",\"holds\":\"figure\"}]"));
    assert_string_equal(source->layout->charset, "utf-8");
    assert_int_equal(source->layout->delimiter, ',');
    assert_int_equal(source->layout->decimal, '.');
    assert_int_equal(source->layout->skipped, 0);
    assert_int_equal(source->layout->missing_count, 0);
}

static const struct {
    const char *text, *says;
} mistakes[] = {
    {SOURCE("csv", ""), "layout: missing, expected how the CSV is laid out"},
    {SOURCE("json", ",\"layout\":{\"columns\":[]}"), "layout: only the format csv has a layout"},
    {LAYOUT("\"columns\":[" KEYS "]"), "layout.columns: expected a column that holds figures"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figures\"}]"),
     "layout.columns[0].holds: expected figure, symbol, nothing, or a role whose codes it "
     "holds, found \"figures\""},
    {LAYOUT("\"delimiter\":\"\\\\\",\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.delimiter: expected one of \", ; tab |\""},
    {LAYOUT("\"decimal\":\"\",\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.decimal: expected one of \". ,\", found \"\""},
    {LAYOUT("\"decimal\":\",\",\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout: a comma cannot be both delimiter and decimal point"},
    {LAYOUT("\"encoding\":\"utf-16\",\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.encoding: expected utf-8, iso-8859-1, windows-1252 or another one of their "
     "kinds, found \"utf-16\""},
    {LAYOUT("\"columns\":[" KEYS "," KEYS ",{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.columns[2]: a second column kk"},
    {LAYOUT("\"columns\":[" KEYS ",{\"column\":\"a2\",\"holds\":\"region\"},"
            "{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.columns[2]: a second column of the same role as alue"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"},"
            "{\"column\":\"y\",\"holds\":\"figure\"}]"),
     "layout.columns[1]: a second column of the same figures as x"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"},"
            "{\"column\":\"y\",\"holds\":\"figure\",\"content\":\"U\"}]"),
     "layout.columns: of several columns of figures, each must say its content"},
    {LAYOUT("\"columns\":[{\"column\":\"m\",\"holds\":\"measure\"},"
            "{\"column\":\"y\",\"holds\":\"figure\",\"content\":\"U\"}]"),
     "layout.columns: contents stand in a column of codes or in columns of their own"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figure\"},"
            "{\"column\":\"s\",\"holds\":\"symbol\",\"content\":\"U\"}]"),
     "layout.columns[1]: no column of figures for these symbols"},
    {LAYOUT("\"columns\":[{\"column\":\"s\",\"holds\":\"symbol\"},"
            "{\"column\":\"2*\",\"holds\":\"figure\",\"across\":\"period\"}]"),
     "layout.columns[0]: no column of figures for these symbols"},
    {LAYOUT("\"columns\":[{\"column\":\"x*\",\"holds\":\"figure\"}]"),
     "layout.columns[0].column: only columns of nothing, or of figures across a role, may be a "
     "pattern"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figure\",\"across\":\"time\"}]"),
     "layout.columns[0].across: expected the role"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"nothing\",\"content\":\"U\"}]"),
     "layout.columns[0].content: only figures and symbols are of a content"},
    {LAYOUT("\"columns\":[{\"column\":\"x\",\"holds\":\"figure\",\"across\":\"period\","
            "\"content\":\"U\"}]"),
     "layout.columns[0]: expected content or across, not both"},
    {LAYOUT("\"columns\":[" KEYS ",{\"column\":\"2*\",\"holds\":\"figure\","
            "\"across\":\"period\"}]"),
     "layout.columns[2]: a second column of the same role as kk"},
    {LAYOUT("\"columns\":[" KEYS ",{\"column\":\"\",\"holds\":\"occupation\"},"
            "{\"column\":\"x\",\"holds\":\"figure\"}]"),
     "layout.columns[2].column: only columns of nothing have no name"},
    {LAYOUT("\"columns\":[" KEYS ",{\"column\":\"\",\"holds\":\"figure\"}]"),
     "layout.columns[2].column: only columns of nothing have no name"},
    {LAYOUT("\"colums\":[]"), "layout.columns"},
};

static void each_mistake_in_a_layout_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        bool said = false;
        assert_null(load(*state, mistakes[i].text, &problems));
        for (size_t p = 0; p < kt_problems_count(problems); p++) {
            said = said || strstr(kt_problems_at(problems, p), mistakes[i].says) != NULL;
        }
        if (!said) {
            print_error("\"%s\" is not \"%s\"\n", kt_problems_at(problems, 0), mistakes[i].says);
        }
        assert_true(said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_layout_says_what_each_column_holds),
        in_bench(what_is_not_said_of_a_layout_is_plain_csv),
        in_bench(each_mistake_in_a_layout_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
