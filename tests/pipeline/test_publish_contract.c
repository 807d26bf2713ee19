/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/contract.h"

#include "core/csv.h"
#include "pipeline/publish_support.h"

static void every_table_of_the_tree_loads(void **state)
{
    static const char *const tables[] = {"checks",     "contributions",  "dim_indicator",
                                         "dim_region", "dim_occupation", "dim_sector",
                                         "mismatch",   "observations",   "sources"};
    const kt_contract *contract = tree_contract(*state);
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        assert_non_null(kt_contract_find(contract, tables[i]));
    }
}

/* Columns that came later stand behind it. */
static const struct {
    const char *table;
    size_t later;
} grown[] = {{"dim_sector", 1}, {"laari_results", 5}, {"sensitivity", 1}};

static size_t later_columns(const char *table)
{
    for (size_t i = 0; i < COUNT_OF(grown); i++) {
        if (strcmp(grown[i].table, table) == 0) {
            return grown[i].later;
        }
    }
    return 0;
}

static void every_table_ends_with_obs_status(void **state)
{
    const kt_contract *contract = tree_contract(*state);
    for (size_t i = 0; i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        const size_t last = schema->column_count - 1 - later_columns(schema->table);
        assert_int_equal(schema->obs_status, last);
    }
}

/* contract_1.csv is the contract as it was first published: it grows, its lines never change. */
static void a_column_never_changes_its_name_place_or_type(void **state)
{
    bench *made = *state;
    const kt_contract *contract = tree_contract(*state);
    kt_csv_table *frozen = NULL;
    kt_error err = {0};
    assert_int_equal(
        kt_csv_load(KT_ROOT "/tests/pipeline/contract_1.csv", 1 << 20, made->arena, &frozen, &err),
        KT_OK);
    size_t columns = 0;
    for (size_t row = 0; row < frozen->row_count; row++) {
        const kt_schema *schema = kt_contract_find(contract, kt_csv_cell(frozen, row, 0));
        assert_non_null(schema);
        const size_t place = (size_t)strtoul(kt_csv_cell(frozen, row, 1), NULL, 10);
        assert_in_range(place, 1, schema->column_count);
        const kt_column *column = &schema->columns[place - 1];
        assert_string_equal(column->name, kt_csv_cell(frozen, row, 2));
        assert_string_equal(kt_column_type_name(column->type), kt_csv_cell(frozen, row, 3));
        assert_string_equal(column->unit, kt_csv_cell(frozen, row, 4));
    }
    for (size_t i = 0; i < contract->table_count; i++) {
        columns += contract->tables[i].column_count;
    }
    assert_int_equal(columns, frozen->row_count);
}

static void keys_and_ends_are_known(void **state)
{
    const kt_schema *schema = kt_contract_find(tree_contract(*state), "observations");
    const size_t vacancies = kt_schema_column(schema, "vacancies");
    const kt_column *column = &schema->columns[vacancies];
    assert_int_equal(column->status, kt_schema_column(schema, "vacancies_status"));
    assert_int_equal(column->low, kt_schema_column(schema, "vacancies_low"));
    assert_int_equal(schema->columns[column->high].figure, vacancies);
    assert_int_equal(schema->key_count, 6);
    assert_int_equal(schema->key[1], kt_schema_column(schema, "source"));
    assert_int_equal(schema->split, KT_SPLIT_YEAR);
    assert_int_equal(kt_schema_column(schema, "nothing"), KT_NO_COLUMN);
}

static void a_file_is_named_after_table_and_year(void **state)
{
    bench *made = *state;
    const kt_contract *contract = tree_contract(*state);
    assert_string_equal(
        kt_table_file_name(kt_contract_find(contract, "mismatch"), 2023, made->arena),
        "mismatch/mismatch_2023.csv");
    assert_string_equal(kt_table_file_name(kt_contract_find(contract, "checks"), 0, made->arena),
                        "checks/checks.csv");
}

static void a_writer_that_expects_other_columns_is_told(void **state)
{
    static const char *const names[] = {"check", "topic"};
    const kt_schema *schema = kt_contract_find(tree_contract(*state), "checks");
    kt_error err = {0};
    assert_int_equal(kt_schema_expect(schema, names, 2, &err), KT_ERR_CONFIG);
    assert_says(&err, "checks.json: fields[1]: subject, expected topic");
    assert_int_equal(kt_schema_expect(schema, names, 1, &err), KT_ERR_CONFIG);
    assert_says(&err, "9 columns, expected 1");
}

#define TITLE "\"title\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}"
#define HEAD(split)                                                                  \
    "{\"table\":\"t\",\"contract\":1,\"public\":true,\"split\":\"" split "\"," TITLE \
    ",\"description\":\"d\","
#define FIELD(name, type)      "{\"name\":\"" name "\",\"type\":\"" type "\"," TITLE "}"
#define OBS                    FIELD("obs_status", "status")
#define WITH(name, type, more) "{\"name\":\"" name "\",\"type\":\"" type "\"," TITLE "," more "}"

typedef struct broken_schema {
    const char *text;
    const char *told;
} broken_schema;

static void a_mistake_in_a_schema_is_named(void **state)
{
    static const broken_schema cases[] = {
        {"{", "t.json"},
        {HEAD("whole") "\"primaryKey\":[\"code\"],\"fields\":[" FIELD("code", "codes") "," OBS "]}",
         "t.json: fields[0].type: \"codes\", expected text, code"},
        {HEAD("month") "\"primaryKey\":[\"code\"],\"fields\":[" FIELD("code", "code") "," OBS "]}",
         "t.json: split: \"month\", expected whole or year"},
        {HEAD("whole") "\"primaryKey\":[\"kode\"],\"fields\":[" FIELD("code", "code") "," OBS "]}",
         "t.json: primaryKey[0]: \"kode\" is no column of the table"},
        {HEAD("whole") "\"primaryKey\":[],\"fields\":[" FIELD("code", "code") "," OBS "]}",
         "t.json: primaryKey: expected the columns of the key"},
        {HEAD("whole") "\"primaryKey\":[\"b\",\"a\"],\"fields\":[" FIELD("a", "code") "," FIELD(
             "b", "code") "," OBS "]}",
         "primaryKey[1]: \"a\" stands before"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," FIELD(
             "a", "code") "," OBS "]}",
         "fields[1].name: \"a\" is there twice"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," FIELD(
             "b", "code") "]}",
         "t.json: fields: expected a column obs_status"},
        {HEAD("year") "\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," OBS "]}",
         "t.json: fields: expected a column time_period"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"fields\":[" WITH("a", "code",
                                                                  "\"optional\":true") "," OBS "]}",
         "primaryKey[0]: \"a\" is optional"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," WITH(
             "n", "integer", "\"status\":\"a\"") "," OBS "]}",
         "fields[1].status: \"a\" is no status"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," WITH(
             "n", "integer", "\"low\":\"a\"") "," OBS "]}",
         "fields[1]: low without high"},
        {HEAD("whole") "\"primaryKey\":[\"a\"],\"foreignKeys\":[{\"fields\":[\"a\"],\"reference\":"
                       "{\"table\":\"u\",\"fields\":[\"a\"]}}],\"fields\":[" FIELD(
                           "a", "code") "," OBS "]}",
         "t.json: foreignKeys: \"u\" is no table of the contract"},
        {HEAD("whole") "\"colour\":1,\"primaryKey\":[\"a\"],\"fields\":[" FIELD("a", "code") "," OBS
                                                                                             "]}",
         "colour"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = kt_problems_new(made->arena);
        write_words(made, "t.json", cases[i].text);
        assert_null(kt_contract_load(made->folder, made->arena, problems));
        assert_told(problems, cases[i].told);
    }
}

static void all_mistakes_are_told_at_once(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    write_words(made, "t.json",
                HEAD("weekly") "\"primaryKey\":[\"b\"],\"fields\":[" FIELD("a", "word") "," OBS
                                                                                        "]}");
    assert_null(kt_contract_load(made->folder, made->arena, problems));
    assert_told(problems, "split: ");
    assert_told(problems, "primaryKey[0]: ");
    assert_told(problems, "fields[0].type: ");
}

static void a_folder_without_a_schema_is_a_mistake(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    assert_null(kt_contract_load(made->folder, made->arena, problems));
    assert_told(problems, "expected <table>.json");
    assert_null(kt_contract_load(path_of(made, "nowhere"), made->arena, problems));
    assert_told(problems, "nowhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(every_table_of_the_tree_loads),
        in_bench(every_table_ends_with_obs_status),
        in_bench(a_column_never_changes_its_name_place_or_type),
        in_bench(keys_and_ends_are_known),
        in_bench(a_file_is_named_after_table_and_year),
        in_bench(a_writer_that_expects_other_columns_is_told),
        in_bench(a_mistake_in_a_schema_is_named),
        in_bench(all_mistakes_are_told_at_once),
        in_bench(a_folder_without_a_schema_is_a_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
