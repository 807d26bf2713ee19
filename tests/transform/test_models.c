/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/models.h"

#include "core/file.h"
#include "core/support.h"
#include "project_texts.h"

#define MODELS "model_id,name,theme,description,source_projects,evidence\n"
#define USES   "model_id,region_code,organisation,state,since,source\n"
#define ONE    "carving,Job carving,kohtaanto,What it is,S1|S2,\n"

static const kt_models *load_with(const char *models, const char *uses, kt_problems *problems)
{
    kt_error err = {0};
    char folder[] = "models_XXXXXX";
    assert_non_null(mkdtemp(folder));
    kt_problems *theming_problems = kt_problems_new(texts.arena);
    const kt_theming *theming =
        kt_theming_load(KT_ROOT "/config/projects", texts.all, texts.arena, theming_problems);
    if (models != NULL) {
        assert_int_equal(kt_file_write(kt_path_join(texts.arena, folder, "models.csv"), models,
                                       strlen(models), &err),
                         KT_OK);
    }
    if (uses != NULL) {
        assert_int_equal(kt_file_write(kt_path_join(texts.arena, folder, "model_use.csv"), uses,
                                       strlen(uses), &err),
                         KT_OK);
    }
    const kt_models *all = kt_models_load(folder, texts.placement, theming, texts.arena, problems);
    assert_int_equal(kt_folder_remove(folder, &err), KT_OK);
    return all;
}

static void models_and_their_uses_are_read(void **state)
{
    (void)state;
    const kt_models *all =
        load_with(MODELS ONE,
                  USES "carving,MK13,Tampereen kaupunki,rooted,2024-03-01,a letter\n"
                       "carving,SSS,,piloted,,a call\ncarving,OWN_ITA,,ended,,b\n",
                  kt_problems_new(texts.arena));
    assert_non_null(all);
    assert_int_equal(all->count, 1);
    assert_int_equal(all->at[0].source_count, 2);
    assert_string_equal(all->at[0].sources[1], "S2");
    assert_int_equal(all->use_count, 3);
    assert_int_equal(all->uses[0].state, KT_MODEL_ROOTED);
    assert_string_equal(all->uses[0].place.level, "maakunta");
    assert_int_equal(all->uses[0].since, days_of("2024-03-01"));
    assert_string_equal(all->uses[1].place.level, KT_LEVEL_NATIONAL);
    assert_int_equal(all->uses[1].since, KT_NO_DAY);
    assert_string_equal(all->uses[2].place.level, "own");
}

static void nobody_has_to_keep_any(void **state)
{
    (void)state;
    kt_problems *problems = kt_problems_new(texts.arena);
    const kt_models *all = load_with(NULL, NULL, problems);
    assert_non_null(all);
    assert_int_equal(all->count, 0);
    assert_int_equal(kt_problems_count(problems), 0);
    assert_non_null(
        kt_models_load(KT_ROOT "/config/projects", texts.placement, NULL, texts.arena, problems));
}

static void a_mistake_is_told_by_row_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *models, *uses, *message;
    } cases[] = {
        {"model_id,name\nx,y\n", NULL, "models.csv: row 1: expected 6 columns"},
        {MODELS "Carving,A,kohtaanto,B,,\n", NULL,
         "row 2, column model_id: \"Carving\", expected small letters"},
        {MODELS "carving,,kohtaanto,B,,\n", NULL, "row 2, column name: \"\", expected some text"},
        {MODELS "carving,A,kohtaanto,,,\n", NULL, "column description: \"\""},
        {MODELS "carving,A,magic,B,,\n", NULL, "column theme: \"magic\", expected a theme"},
        {MODELS ONE "carving,A,kohtaanto,B,,\n", NULL, "row 3, column model_id: \"carving\""},
        {MODELS ONE "other,A,kohtaanto,B,S3|S2,\n", NULL,
         "row 3, column source_projects: \"S3|S2\", expected projects that no other model"},
        {MODELS ONE, USES "crafting,MK13,,rooted,,a\n", "column model_id: \"crafting\""},
        {MODELS ONE, USES "carving,MK99,,rooted,,a\n", "column region_code: \"MK99\""},
        {MODELS ONE, USES "carving,MK13,,gone,,a\n",
         "row 2, column state: \"gone\", expected one of piloted, in_use, rooted, ended"},
        {MODELS ONE, USES "carving,MK13,,rooted,2024-02-30,a\n", "column since: \"2024-02-30\""},
        {MODELS ONE, USES "carving,MK13,,rooted,2024,a\n", "column since: \"2024\""},
        {MODELS ONE, USES "carving,MK13,,rooted,,\n", "column source: \"\", expected who"},
        {MODELS ONE, USES "carving,MK13,A,rooted,,a\ncarving,MK13,A,ended,,a\n",
         "row 3, column model_id: \"carving\", expected each model, region and organisation once"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = kt_problems_new(texts.arena);
        assert_null(load_with(cases[i].models, cases[i].uses, problems));
        if (strstr(kt_problems_at(problems, 0), cases[i].message) == NULL) {
            print_error("%s\n", kt_problems_at(problems, 0));
        }
        assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].message));
    }
}

static kt_project_file dropped(const char *words)
{
    return (kt_project_file){.bytes = words, .length = strlen(words), .name = "dropped"};
}

static kt_models *read_dropped(const char *words)
{
    const kt_project_file file = dropped(words);
    const kt_models_words with = {texts.placement, NULL};
    kt_models *out = NULL;
    kt_error err = {0};
    const kt_status status = kt_models_file_is(&file)
                                 ? kt_models_read(&file, with, texts.arena, &out, &err)
                                 : kt_model_uses_read(&file, with, texts.arena, &out, &err);
    if (status != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_int_equal(status, KT_OK);
    return out;
}

static void a_dropped_file_is_known_by_its_header(void **state)
{
    (void)state;
    const kt_project_file models = dropped(MODELS ONE), uses = dropped(USES);
    const kt_project_file report = dropped("hankekoodi;indikaattori;jakso;sukupuoli\n");
    assert_true(kt_models_file_is(&models) && !kt_model_uses_file_is(&models));
    assert_true(kt_model_uses_file_is(&uses) && !kt_models_file_is(&uses));
    assert_false(kt_models_file_is(&report) || kt_model_uses_file_is(&report));
}

static void what_is_added_later_counts_and_nothing_is_taken_away(void **state)
{
    (void)state;
    kt_models_book *book = kt_models_book_new(texts.arena);
    kt_models_book_add(book,
                       read_dropped(USES "carving,MK13,A,piloted,,x\nother,MK13,A,in_use,,x\n"));
    kt_models_book_add(book, read_dropped(MODELS ONE));
    kt_models_book_add(book, read_dropped("model_id;region_code;organisation;state;since;source\n"
                                          "carving;MK13;A;rooted;;y\ncarving;MK13;B;in_use;;y\n"));
    const kt_models *all = kt_models_book_all(book);
    assert_int_equal(all->count, 1);
    assert_int_equal(all->use_count, 2); /* nobody told of "other" */
    assert_int_equal(all->uses[0].state, KT_MODEL_ROOTED);
    assert_string_equal(all->uses[1].organisation, "B");
    assert_int_equal(all->uses[1].model, 0);
    kt_models_book_add(book, read_dropped(MODELS "other,B,kohtaanto,C,,\n"));
    assert_int_equal(kt_models_book_all(book)->use_count, 3);
    assert_string_equal(kt_models_book_all(book)->at[1].name, "B");
}

static void a_fault_refuses_a_dropped_file_whole(void **state)
{
    (void)state;
    const kt_project_file file =
        dropped(USES "carving,MK13,A,rooted,,x\ncarving,MK99,A,rooted,,\n");
    const kt_models_words with = {texts.placement, NULL};
    kt_models *out = NULL;
    kt_error err = {0};
    assert_int_equal(kt_model_uses_read(&file, with, texts.arena, &out, &err), KT_ERR_FORMAT);
    assert_null(out);
    assert_string_equal(err.message, "dropped: row 3, column region_code: \"MK99\", expected a "
                                     "region, an area of areas.csv, or SSS (and 1 more)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_and_their_uses_are_read),
        cmocka_unit_test(nobody_has_to_keep_any),
        cmocka_unit_test(a_mistake_is_told_by_row_and_column),
        cmocka_unit_test(a_dropped_file_is_known_by_its_header),
        cmocka_unit_test(what_is_added_later_counts_and_nothing_is_taken_away),
        cmocka_unit_test(a_fault_refuses_a_dropped_file_whole),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
