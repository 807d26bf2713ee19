/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_themes.h"

#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/support.h"
#include "project_texts.h"

static const kt_theming *themes;

static int open_themes(void **state)
{
    kt_problems *problems;
    if (open_texts(state) != 0) {
        return 1;
    }
    problems = kt_problems_new(texts.arena);
    themes = kt_theming_load(KT_ROOT "/config/projects", texts.all, texts.arena, problems);
    if (themes == NULL) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    return themes == NULL;
}

/* "kohtaanto 0.5, ..." of one scheme. */
static const char *told(const kt_project_themes *found, const char *scheme)
{
    const char *out = "";
    for (size_t i = 0; i < found->count; i++) {
        if (strcmp(found->at[i].scheme, scheme) == 0) {
            out = kt_arena_print(texts.arena, "%s%s%s %.3g", out, out[0] == '\0' ? "" : ", ",
                                 found->at[i].code, found->at[i].weight);
        }
    }
    return out;
}

static kt_project_themes themes_of(const kt_project *project)
{
    return kt_project_themes_of(themes, texts.finnish, project, texts.arena);
}

/* Names of real projects. */
static const struct {
    const char *name, *scheme, *codes;
} named[] = {
    {"Työ ja tekijät kohtaamaan Etelä-Pohjanmaalla", "theme", "kohtaanto 1"},
    {"Henkilöstön työhyvinvointi", "theme", "tyoelaman_kehittaminen 1"},
    {"Iisisti töihin", "theme", "uusia_tyomahdollisuuksia 1"},
    {"FYYRA - välityömarkkinat haltuun", "theme", "uusia_tyomahdollisuuksia 1"},
    {"OVET - VIE-osaajana työmarkkinoilla", "theme", "kohtaanto 1"},
    {"Osaamisen ennakointi meriteollisuudessa", "theme", "kohtaanto 0.5, osaaminen 0.5"},
    {"Tasa-arvoa", "theme", "unknown 1"},
    {"Pitkäaikaistyöttömien reitti", "target_group", "ltu 1"},
    {"Maahamuutajista osaajia", "target_group", "immigrant 1"},
    {"Maahanmuuttajanuorten ohjaus", "target_group", "young 0.5, immigrant 0.5"},
    {"Vammaiset ja osatyökykyiset töihin", "target_group",
     "partial_work_ability 0.5, disability 0.5"},
    {"HoivaRekry", "sector_tol2008", "TOL-Q 1"},
    {"Kainuun venäläismatkailun osaamistarpeet", "sector_tol2008", "TOL-I 1"},
    {"Nuoret Duuniin 2017", "sector_tol2008", "unknown 1"},
    {"Proaktiivisesti kohti rakennemuutosta (ENNE)", "approach", "proactive 1"},
    {"Proaktiivinen ja reaktiivinen", "approach", "both 1"},
    {"HoivaRekry", "approach", "unknown 1"},
    {NULL, "theme", "unknown 1"},
};

static void a_name_tells_its_topic_or_it_stays_unknown(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(named); i++) {
        const kt_project project = project_named(named[i].name);
        const kt_project_themes found = themes_of(&project);
        if (strcmp(told(&found, named[i].scheme), named[i].codes) != 0) {
            print_error("%s\n", named[i].name);
        }
        assert_string_equal(told(&found, named[i].scheme), named[i].codes);
    }
}

static const kt_project_theme *first_of(const kt_project_themes *found, const char *scheme)
{
    size_t at = 0;
    while (strcmp(found->at[at].scheme, scheme) != 0) {
        at++;
    }
    return &found->at[at];
}

static void the_list_s_own_word_is_surer_than_a_name_and_this_than_a_summary(void **state)
{
    (void)state;
    kt_project project = nothing_known();
    kt_project_themes found = themes_of(&project);
    assert_true(isnan(first_of(&found, "theme")->confidence));
    assert_string_equal(first_of(&found, "theme")->basis, "");
    project.text[KT_PROJECT_SUMMARY] = "Hankkeessa tuetaan työhyvinvointia.";
    found = themes_of(&project);
    assert_string_equal(told(&found, "theme"), "tyoelaman_kehittaminen 1");
    assert_close(first_of(&found, "theme")->confidence, 0.6, 0.0);
    project.text[KT_PROJECT_NAME] = "Työhyvinvointi";
    found = themes_of(&project);
    assert_close(first_of(&found, "theme")->confidence, 0.8, 0.0);
    assert_string_equal(first_of(&found, "theme")->basis, "keyword");
    project.text[KT_PROJECT_NATIONAL_THEME] = "Työmarkkinoiden kohtaanto";
    found = themes_of(&project);
    assert_string_equal(told(&found, "theme"), "kohtaanto 1");
    assert_close(first_of(&found, "theme")->confidence, 1.0, 0.0);
    assert_string_equal(first_of(&found, "theme")->basis, "stated");
}

static const kt_topic *topic_of(const char *scheme, const char *code)
{
    const kt_topic *topics;
    const size_t count = kt_topics(themes, &topics);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(topics[i].scheme, scheme) == 0 && strcmp(topics[i].code, code) == 0) {
            return &topics[i];
        }
    }
    return NULL;
}

/* As themes.json and, of sectors, sectors.csv have them. */
static void a_code_has_its_names(void **state)
{
    (void)state;
    static const struct {
        const char *scheme, *code, *fi, *sv, *en;
    } cases[] = {
        {"target_group", "young", "Nuoret", "Unga", "Young people"},
        {"sector_tol2008", "TOL-P", "Koulutus", "Utbildning", "Education"},
        {"approach", "both", "Reaktiivinen ja proaktiivinen", "Reaktivt och proaktivt",
         "Reactive and proactive"},
        {"sector_tol2008", "unknown", "Ei tiedossa", "Okänt", "Unknown"},
        {"theme", "_T", "Kaikki hankkeet", "Alla projekt", "All projects"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_topic *topic = topic_of(cases[i].scheme, cases[i].code);
        assert_non_null(topic);
        assert_string_equal(topic->name.fi, cases[i].fi);
        assert_string_equal(topic->name.sv, cases[i].sv);
        assert_string_equal(topic->name.en, cases[i].en);
    }
    assert_null(topic_of("target_group", "both"));
}

static void a_topic_is_known_in_its_scheme_alone(void **state)
{
    (void)state;
    assert_true(kt_topic_known(themes, "target_group", "young"));
    assert_false(kt_topic_known(themes, "target_group", "TOL-A"));
    assert_false(kt_topic_known(themes, "nothing", "young"));
    assert_false(kt_topic_known(themes, "theme", "unknown"));
}

static void sectors_are_sections_of_the_classification(void **state)
{
    (void)state;
    const kt_classification *sectors = &texts.all->sectors[KT_TOL2008];
    const kt_topic *topics;
    const size_t count = kt_topics(themes, &topics);
    size_t sections = 0;
    for (size_t i = 0; i < count; i++) {
        const kt_class_item *item = kt_class_find(sectors, topics[i].code);
        const bool is_sector = strncmp(topics[i].code, "TOL-", 4) == 0;
        assert_true(!is_sector || (item != NULL && strcmp(item->level, "tol1") == 0));
        sections += is_sector ? 1 : 0;
    }
    assert_int_equal(sections, 15); /* counted in themes.json */
}

#define NAME "{\"fi\": \"a\", \"sv\": \"b\", \"en\": \"c\"}"
#define HEAD(stated)                                                                             \
    "{\"confidence\": {\"stated\": " stated ", \"name\": 1, \"summary\": 1}, \"unknown\": " NAME \
    ", \"all\": " NAME ", \"schemes\": "
#define CODE(code, stem) "{\"code\": \"" code "\", \"name\": " NAME ", \"stems\": [\"" stem "\"]}"

static void a_wrong_file_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {HEAD("2") "[]}", "confidence.stated"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [\"wrong\"], \"codes\": []}]}",
         "\"wrong\" is no field of a project"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"codes\": [" CODE("unknown",
                                                                               "a") "]}]}",
         "\"unknown\" is what no stem is found for"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"codes\": [" CODE("_T", "a") "]}]}",
         "\"_T\" is what no stem is found for, or all"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"codes\": [" CODE("b", "*") "]}]}",
         "stems[0]: expected letters"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"codes\": [" CODE("b", "c") ", " CODE(
             "b", "d") "]}]}",
         "\"b\" stands here already"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"together\": {\"code\": \"b\", "
                   "\"name\": " NAME "}, \"codes\": [" CODE("b", "c") "]}]}",
         "\"b\" stands here already"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"codes\": [{\"code\": \"b\", "
                   "\"stems\": [\"c\"]}]}]}",
         "codes[0].name"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"sectors\": \"tol2008\", \"codes\": "
                   "[{\"code\": \"TOL-?\", \"stems\": [\"c\"]}]}]}",
         "\"TOL-?\" is no sector of this revision"},
        {HEAD("1") "[{\"scheme\": \"a\", \"stated_in\": [], \"sectors\": \"tol1895\", \"codes\": "
                   "[]}]}",
         "\"tol1895\" is no revision of sectors"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        char folder[] = "themes_XXXXXX";
        kt_problems *problems = kt_problems_new(texts.arena);
        assert_non_null(mkdtemp(folder));
        assert_int_equal(kt_file_write(kt_path_join(texts.arena, folder, "themes.json"),
                                       cases[i].text, strlen(cases[i].text), &err),
                         KT_OK);
        assert_null(kt_theming_load(folder, texts.all, texts.arena, problems));
        assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].message));
        assert_int_equal(kt_folder_remove(folder, &err), KT_OK);
    }
}

static double weight_in(const kt_project_themes *found, const char *scheme)
{
    double sum = 0.0;
    for (size_t i = 0; i < found->count; i++) {
        sum += strcmp(found->at[i].scheme, scheme) == 0 ? found->at[i].weight : 0.0;
    }
    return sum;
}

static void weights_of_the_real_list_sum_to_one_in_each_scheme(void **state)
{
    (void)state;
    if (access(PROJECT_LIST, R_OK) != 0) {
        skip();
    }
    size_t count = 0;
    const kt_project *projects = read_list(texts.arena, &count);
    for (size_t i = 0; i < count; i++) {
        const kt_project_themes found = themes_of(&projects[i]);
        assert_close(weight_in(&found, "theme"), 1.0, 1e-12);
        assert_close(weight_in(&found, "target_group"), 1.0, 1e-12);
        assert_close(weight_in(&found, "sector_tol2008"), 1.0, 1e-12);
        assert_close(weight_in(&found, "approach"), 1.0, 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_tells_its_topic_or_it_stays_unknown),
        cmocka_unit_test(the_list_s_own_word_is_surer_than_a_name_and_this_than_a_summary),
        cmocka_unit_test(a_code_has_its_names),
        cmocka_unit_test(a_topic_is_known_in_its_scheme_alone),
        cmocka_unit_test(sectors_are_sections_of_the_classification),
        cmocka_unit_test(a_wrong_file_is_told),
        cmocka_unit_test(weights_of_the_real_list_sum_to_one_in_each_scheme),
    };
    return cmocka_run_group_tests(tests, open_themes, close_texts);
}
