/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/laari.h"

#include "core/instant.h"
#include "core/support.h"

#define FOLDER KT_ROOT "/config/projects"

/* Two clusters of one programme period; %s stands for what a test changes in the second one. */
#define FILE_WITH                                                                                  \
    "{\"reporting\": {\"periods\": \"year\", \"far_above\": 2},"                                   \
    " \"scales\": [{\"code\": \"tyokyky\", \"name\": {\"fi\": \"a\", \"sv\": \"b\", \"en\": "      \
    "\"c\"}, \"least\": 0, \"most\": 10, \"better\": \"high\", \"correlation\": 0.5}],"            \
    " \"laarit\": [{\"id\": \"one\", \"name\": {\"fi\": \"a\", \"sv\": \"b\", \"en\": \"c\"},"     \
    " \"theme\": \"kohtaanto\", \"method\": \"m\", \"period\": \"2021-2027\","                     \
    " \"valid_from\": \"2022-01-01\", \"valid_to\": \"2025-12-31\","                               \
    " \"primary_indicator\": \"EECR04\", \"min_projects\": 3,"                                     \
    " \"projects\": {\"codes\": [\"S30001\"], \"themes\": [\"kohtaanto\"]},"                       \
    " \"indicators\": [{\"code\": \"EECR04\", \"due\": {\"at\": \"end\", \"months\": 9}},"         \
    " {\"code\": \"EECO01\", \"required\": false, \"due\": {\"at\": \"period\", \"months\": 2}}]," \
    " \"scores\": [{\"code\": \"tyokyky\", \"due\": {\"at\": \"period\", \"months\": 1}}]},"       \
    " {\"id\": \"%s\", \"name\": {\"fi\": \"a\", \"sv\": \"b\", \"en\": \"c\"},"                   \
    " \"theme\": \"osaaminen\", \"method\": \"m\", \"period\": \"2021-2027\","                     \
    " \"primary_indicator\": \"%s\", \"min_projects\": 3,"                                         \
    " \"projects\": {\"codes\": [\"%s\"], \"group_codes\": [\"R7\"], \"themes\": "                 \
    "[\"osaaminen\", \"kohtaanto\"]},"                                                             \
    " \"indicators\": [{\"code\": \"EECO01\", \"due\": {\"at\": \"%s\", \"months\": 2}}],"         \
    " \"scores\": [%s]}]}"

#define SCORE "{\"code\": \"tyokyky\", \"due\": {\"at\": \"period\", \"months\": 1}}"

typedef struct parts {
    const char *id, *primary, *code, *at, *scores;
} parts;

static const parts good = {"two", "EECO01", "S30002", "period", ""};

static const kt_laarit *load(void *state, parts of, kt_problems **problems)
{
    bench *made = state;
    (void)write_words(
        state, "laari.json",
        kt_arena_print(made->arena, FILE_WITH, of.id, of.primary, of.code, of.at, of.scores));
    *problems = kt_problems_new(made->arena);
    const kt_indicators *indicators = kt_indicators_load(FOLDER, made->arena, *problems);
    return kt_laarit_load(made->folder, indicators, made->arena, *problems);
}

static const kt_laarit *load_good(void *state)
{
    kt_problems *problems = NULL;
    const kt_laarit *all = load(state, good, &problems);
    assert_int_equal(kt_problems_count(problems), 0);
    assert_non_null(all);
    return all;
}

static void the_clusters_of_the_tree_have_no_mistake(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_indicators *indicators = kt_indicators_load(FOLDER, made->arena, problems);
    const kt_laarit *all = kt_laarit_load(FOLDER, indicators, made->arena, problems);
    assert_int_equal(kt_problems_count(problems), 0);
    assert_int_equal(all->count, 3);
    assert_string_equal(all->at[0].id, "kohtaanto_2021");
    assert_int_equal(all->at[0].valid_to, KT_NO_DAY);
}

static void a_cluster_is_what_its_file_says(void **state)
{
    const kt_laarit *all = load_good(*state);
    const kt_laari *one = &all->at[0];
    assert_true(all->yearly);
    assert_true(all->cumulative);
    assert_close(all->far_above, 2.0, 0);
    assert_int_equal(one->valid_from, kt_days_from_civil(2022, 1, 1));
    assert_int_equal(one->indicator_count, 2);
    assert_true(one->indicators[0].required);
    assert_true(one->indicators[0].due.at_end);
    assert_int_equal(one->indicators[0].due.months, 9);
    assert_false(one->indicators[1].required);
    assert_string_equal(one->scores[0].scale->code, "tyokyky");
    assert_true(one->scores[0].scale->rising);
    assert_null(kt_scale_find(all, "EECO01"));
}

static void without_a_file_there_is_no_cluster(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_laarit *all = kt_laarit_load(made->folder, NULL, made->arena, problems);
    assert_non_null(all);
    assert_int_equal(all->count, 0);
}

/* A project, and the cluster that it belongs to. */
static const struct {
    const char *code, *group, *period, *theme;
    int start_year, end_year; /* 0: open */
    kt_project_relation relation;
    const char *laari; /* NULL: none */
} projects[] = {
    {"S30001", NULL, "2021-2027", "osaaminen", 2023, 2024, KT_RELATION_MAIN, "one"},
    {"S30002", NULL, "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_MAIN, "two"},
    {"S30003", NULL, "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_MAIN, "one"},
    {"S30003", "R7", "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_JOINT, "two"},
    {"S30003", NULL, "2021-2027", "osaaminen", 2023, 2024, KT_RELATION_MAIN, "two"},
    {"S30003", NULL, "2021-2027", "unknown", 2023, 2024, KT_RELATION_MAIN, NULL},
    {"S20001", NULL, "2014-2020", "kohtaanto", 2023, 2024, KT_RELATION_MAIN, NULL},
    /* The first cluster is not yet, or no longer, valid. */
    {"S30003", NULL, "2021-2027", "kohtaanto", 2021, 2021, KT_RELATION_MAIN, "two"},
    {"S30003", NULL, "2021-2027", "kohtaanto", 2026, 2027, KT_RELATION_MAIN, "two"},
    {"S30003", NULL, "2021-2027", "kohtaanto", 0, 0, KT_RELATION_MAIN, "one"},
    /* Without participants of their own. */
    {"S30003", NULL, "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_PARALLEL, NULL},
    {"S30003", NULL, "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_GHOST, NULL},
    {"S30001", NULL, "2021-2027", "kohtaanto", 2023, 2024, KT_RELATION_COORDINATION, "one"},
};

static int64_t day_of(int year, int month)
{
    return year == 0 ? KT_NO_DAY : kt_days_from_civil(year, month, 1);
}

static void a_project_belongs_by_code_then_group_then_theme(void **state)
{
    const kt_laarit *all = load_good(*state);
    for (size_t i = 0; i < COUNT_OF(projects); i++) {
        const kt_project_theme theme = {.scheme = "theme", .code = projects[i].theme};
        const kt_project_themes themes = {&theme, 1};
        kt_project project = {.period = projects[i].period,
                              .start_day = day_of(projects[i].start_year, 2),
                              .end_day = day_of(projects[i].end_year, 11)};
        project.text[KT_PROJECT_PROJECT_CODE] = projects[i].code;
        project.text[KT_PROJECT_GROUP_CODE] = projects[i].group;
        const kt_laari *found = kt_laari_of(all, &project, projects[i].relation, &themes);
        assert_string_equal(found == NULL ? "none" : found->id,
                            projects[i].laari == NULL ? "none" : projects[i].laari);
    }
}

/* What is changed in the file, and the words that tell it. */
static const struct {
    parts of;
    const char *told;
} mistakes[] = {
    {{"one", "EECO01", "S30002", "period", ""}, "another cluster is called \"one\" too"},
    {{"Two", "EECO01", "S30002", "period", ""}, "expected lower-case letters"},
    {{"two", "EECO02", "S30002", "period", ""}, "\"EECO02\" is none of the indicators"},
    {{"two", "EECO01", "S30001", "period", ""}, "project S30001 stands in another cluster too"},
    {{"two", "EECO01", "S30002", "start", ""}, "expected period or end, found \"start\""},
    {{"two", "EECO01", "S30002", "period", SCORE ", " SCORE}, "\"tyokyky\" stands here already"},
};

static void each_mistake_is_told(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        assert_null(load(*state, mistakes[i].of, &problems));
        assert_int_equal(kt_problems_count(problems), 1);
        kt_error first = {0};
        assert_int_equal(kt_problems_verdict(problems, &first), KT_ERR_CONFIG);
        assert_says(&first, mistakes[i].told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_clusters_of_the_tree_have_no_mistake),
        in_bench(a_cluster_is_what_its_file_says),
        in_bench(without_a_file_there_is_no_cluster),
        in_bench(a_project_belongs_by_code_then_group_then_theme),
        in_bench(each_mistake_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
