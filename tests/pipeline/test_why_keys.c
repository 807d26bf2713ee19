/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "why/keys.h"

#include "core/text.h"
#include "publish_support.h"
#include "why/why.h"

#define WORDS_LIMIT 6

/* The keys of a small `mismatch` of two years; value tells the rows apart. */
static const struct {
    const char *cells[5]; /* time_period, market, scope, measure, alpha */
    const char *value;
} published[] = {
    {{"2022M12", "maakunta", "SSS", "mismatch", "0.5"}, "0.01"},
    {{"2023M10", "isco2", "MK01", "mismatch", "0.5"}, "0.02"},
    {{"2023M10", "isco2", "MK02", "mismatch", "0.5"}, "0.03"},
    {{"2023M10", "maakunta", "EVK06", "mismatch", "0.5"}, "0.04"},
    {{"2023M10", "maakunta", "SSS", "hellinger", "_Z"}, "0.05"},
    {{"2023M10", "maakunta", "SSS", "mismatch", "0.3"}, "0.06"},
    {{"2023M10", "maakunta", "SSS", "mismatch", "0.5"}, "0.07"},
};

static const char *const key_names[] = {"time_period", "market", "scope", "measure", "alpha"};

static const char *cell_of(size_t row, const char *column)
{
    for (size_t i = 0; i < COUNT_OF(key_names); i++) {
        if (strcmp(column, key_names[i]) == 0) {
            return published[row].cells[i];
        }
    }
    return strcmp(column, "value") == 0 ? published[row].value : "";
}

static void put_line(const kt_schema *schema, size_t row, kt_text *out)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        const char *name = schema->columns[i].name;
        kt_text_print(out, "%s%s", i == 0 ? "" : ",",
                      row == COUNT_OF(published) ? name : cell_of(row, name));
    }
    kt_text_put_char(out, '\n');
}

static void write_year(void *state, const kt_schema *schema, int year)
{
    bench *made = state;
    KT_AUTO(text) kt_text lines = {0};
    put_line(schema, COUNT_OF(published), &lines);
    for (size_t i = 0; i < COUNT_OF(published); i++) {
        if (atoi(published[i].cells[0]) == year) {
            put_line(schema, i, &lines);
        }
    }
    (void)write_bytes(state, kt_arena_print(made->arena, "csv/mismatch/mismatch_%d.csv", year),
                      lines.bytes, lines.length);
}

/* The folder csv/ with the rows of each year in the file of that year. */
static const char *write_tables(void *state, const kt_schema *schema)
{
    kt_error err = {0};
    assert_int_equal(kt_folder_make(path_of(state, "csv/mismatch"), &err), KT_OK);
    write_year(state, schema, 2022);
    write_year(state, schema, 2023);
    return path_of(state, "csv");
}

static size_t count_words(const char *const *words)
{
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    return count;
}

/* The row's value, or NULL; err says why. */
static const char *ask(void *state, const char *const *words, kt_status *status, kt_error *err)
{
    bench *made = state;
    const kt_schema *schema = kt_contract_find(tree_contract(state), "mismatch");
    const char *folder = write_tables(state, schema);
    const char *const *cells = NULL;
    kt_why_keys keys;
    *status = kt_why_keys_read(schema, words, count_words(words), made->arena, &keys, err);
    if (*status == KT_OK) {
        *status = kt_why_find(folder, &keys, made->arena, &cells, err);
    }
    return *status == KT_OK ? cells[kt_schema_column(schema, "value")] : NULL;
}

static const struct {
    const char *words[WORDS_LIMIT];
    const char *value;
} found[] = {
    {{"time_period=2023M10", "market=maakunta", "scope=SSS", "measure=mismatch", "alpha=0.3"},
     "0.06"},
    {{"time_period=2023M10", "market=maakunta"}, "0.07"}, /* the usual scope, measure, alpha */
    {{"alpha=0.50", "market=maakunta", "time_period=2023-10"}, "0.07"}, /* as people type them */
    {{"time_period=2023M10", "measure=hellinger"}, "0.05"},             /* the only row of it */
    {{"time_period=2023M10", "market=isco2", "scope=MK02"}, "0.03"},
    {{"time_period=2023M10", "scope=EVK06"}, "0.04"},
    {{"time_period=2022M12"}, "0.01"},
    {{"time_period=2023M10", "value=0.02"}, "0.02"}, /* any column will do */
};

static void a_row_is_found_by_as_many_keys_as_single_it_out(void **state)
{
    for (size_t i = 0; i < COUNT_OF(found); i++) {
        kt_error err = {0};
        kt_status status = KT_OK;
        const char *value = ask(*state, found[i].words, &status, &err);
        assert_string_equal(value == NULL ? err.message : value, found[i].value);
    }
}

static const struct {
    const char *words[WORDS_LIMIT];
    kt_status status;
    const char *told;
} mistakes[] = {
    {{"market"}, KT_ERR_USAGE, "expected COLUMN=VALUE, found \"market\""},
    {{"=maakunta"}, KT_ERR_USAGE, "expected COLUMN=VALUE, found \"=maakunta\""},
    {{"markt=maakunta"},
     KT_ERR_USAGE,
     "no column \"markt\" (did you mean market?); its rows are told by time_period, "},
    {{"zzzzzzzzzzz=1"}, KT_ERR_USAGE, "its rows are told by time_period, market, scope"},
    {{"scope=SSS", "scope=MK01"}, KT_ERR_USAGE, "scope is given twice"},
    {{"time_period=October"}, KT_ERR_USAGE, "expected a period as 2023M10"},
    {{"market=maakunta"}, KT_ERR_USAGE, "say also time_period; there are 2022 to 2023: 2023M10"},
    {{"time_period=2023M10", "market=isco2"},
     KT_ERR_USAGE,
     "2 rows match; say also scope=(MK01 MK02)"},
    {{"time_period=2023M10", "market=makunta"},
     KT_ERR_NOT_FOUND,
     "no row has market=makunta with the other keys; the nearest is maakunta; there are isco2 "
     "maakunta"},
    {{"time_period=2023M10", "market=maakunta", "alpha=0.4"},
     KT_ERR_NOT_FOUND,
     "no row has alpha=0.4 with the other keys"},
    {{"time_period=2023M10", "market=isco2", "scope=SSS"},
     KT_ERR_NOT_FOUND,
     "no row has scope=SSS with the other keys; there are MK01 MK02"},
    {{"time_period=2023M11", "market=maakunta"},
     KT_ERR_NOT_FOUND,
     "no row has time_period=2023M11 with the other keys; the nearest is 2023M10"},
    {{"time_period=2030M01"},
     KT_ERR_NOT_FOUND,
     "no row has time_period=2030M01; there are 2022 to 2023"},
    {{"time_period=2023M10", "market=a", "scope=b"},
     KT_ERR_NOT_FOUND,
     "no row has market=a; there"},
};

static void each_mistake_is_told_with_what_there_is(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_error err = {0};
        kt_status status = KT_OK;
        assert_null(ask(*state, mistakes[i].words, &status, &err));
        assert_says(&err, mistakes[i].told);
        assert_int_equal(status, mistakes[i].status);
    }
}

static void a_table_that_is_none_is_told_with_the_nearest(void **state)
{
    bench *made = *state;
    const kt_schema *schema = NULL;
    kt_error err = {0};
    const kt_contract *contract = tree_contract(*state);
    assert_int_equal(kt_why_schema(contract, "mismach", made->arena, &schema, &err), KT_ERR_USAGE);
    assert_says(&err, "no table \"mismach\"; the nearest is mismatch; there are ");
    assert_int_equal(kt_why_schema(contract, "mismatch", made->arena, &schema, &err), KT_OK);
}

static void every_table_of_the_contract_is_explained(void **state)
{
    const kt_contract *contract = tree_contract(*state);
    for (size_t i = 0; i < contract->table_count; i++) {
        const char *table = contract->tables[i].table;
        assert_string_equal(kt_why_explains(table) ? table : "no line of why/inputs.c", table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_row_is_found_by_as_many_keys_as_single_it_out),
        in_bench(each_mistake_is_told_with_what_there_is),
        in_bench(a_table_that_is_none_is_told_with_the_nearest),
        in_bench(every_table_of_the_contract_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
