/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_words.h"

#include <string.h>

#include "core/support.h"
#include "project_texts.h"
#include "support/random.h"

static kt_project_words words_of(const kt_project *project)
{
    return kt_project_words_of(texts.wording, texts.finnish, project, texts.arena);
}

static void names_lose_places_and_what_every_project_says(void **state)
{
    (void)state;
    /* Names of real projects. */
    static const struct {
        const char *name, *stem;
    } cases[] = {
        {"Nuoret Duuniin 2017 Rinnakkaishanke", "nuoret duuniin"},
        {"Info Gloria - Maahanmuuttajaneuvonnan kehittämishanke",
         "info gloria maahanmuuttajaneuvonnan"},
        {"Info Gloria -maahanmuuttajaneuvonnan kehittämishanke",
         "info gloria maahanmuuttajaneuvonnan"},
        {"Työ ja tekijät kohtaamaan Etelä-Pohjanmaalla", "työ ja tekijät kohtaamaan"},
        {"FYYRA - välityömarkkinat haltuun Varsinais-Suomessa", "fyyra välityömarkkinat haltuun"},
        {"Seutunuotta - Nuorisotakuun koordinointi Tampereen kaupunkiseudulla",
         "seutunuotta nuorisotakuun"},
        {"VASTAANOTTAVA POHJOIS-SAVO", "vastaanottava"},
        {"Työvoimapoliittisten toimenpiteiden koordinaatiohanke 2", ""},
        {"Uraohjaamo - työvoimapoliittiset toimet", "uraohjaamo"},
        {"Välikäsi-hanke - välittäjäorganisaatiohanke", "välikäsi välittäjäorganisaatio"},
        {"Iisisti töihin", "iisisti töihin"},
        {"Kunskap i Österbottens utveckling", "kunskap i"},
        {NULL, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project project = project_named(cases[i].name);
        assert_string_equal(words_of(&project).stem, cases[i].stem);
    }
}

static void the_text_has_the_summary_and_the_stem_has_not(void **state)
{
    (void)state;
    kt_project project = project_named("Ohjaamo Jyväskylä");
    project.text[KT_PROJECT_SUMMARY] = "Nuorille neuvontaa Keski-Suomessa. Hanke alkaa 2015.";
    assert_string_equal(words_of(&project).stem, "ohjaamo");
    assert_string_equal(words_of(&project).text, "ohjaamo nuorille neuvontaa alkaa");
}

static void a_beneficiary_is_the_body_under_its_name_of_today(void **state)
{
    (void)state;
    static const struct {
        const char *beneficiary, *key;
        bool state_office;
    } cases[] = {
        {"Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus", "keski suomen ely keskus", true},
        {"Keski-Suomen ELY-keskus", "keski suomen ely keskus", true},
        {"Lapin TE-keskus", "lapin ely keskus", true},
        {"ELY-keskusten sekä TE-toimistojen KEHA-keskus", "keha keskus", true},
        {"Pohjois-Pirkanmaan TE-toimisto", "pohjois pirkanmaan te toimisto", true},
        {"Tampereen yliopisto, Tutkivan teatterityön keskus", "tampereen yliopisto", false},
        {"Jyväskylän ammattikorkeakoulu Oy", "jyväskylän ammattikorkeakoulu", false},
        {"Vaasan kaupunki / Vaasan aikuiskoulutus", "vaasan kaupunki", false},
        {NULL, "", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project project = nothing_known();
        project.text[KT_PROJECT_BENEFICIARY] = cases[i].beneficiary;
        assert_string_equal(words_of(&project).beneficiary, cases[i].key);
        assert_int_equal(words_of(&project).state_office, cases[i].state_office);
    }
}

static void a_name_says_that_it_is_parallel_or_coordinates(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool parallel, coordination;
    } cases[] = {
        {"NUOTTA 2011 TYÖHALLINNON OSIO, RINNAKKAISPROJEKTI", true, false},
        {"Nuoret Duuniin 2017 Rinnakkaishanke", true, false},
        {"Uraohjaamo - työvoimapoliittiset toimet", true, false},
        {"Työvoimapoliittisten toimenpiteiden koordinaatiohanke", false, true},
        {"Tuottava ja tuloksellinen työelämä -koordinaatiohanke", false, true},
        {"Itä-Suomen suuraluekoordinaatio, tiedotus ja viestintä", false, true},
        {"Tutkinto valmiiksi ja töihin - koordinoiva projekti", false, true},
        {"Koulun liikuntakoordinaattorit liikettä lisäämässä, KOLIKO-hanke", false, false},
        {"HoivaRekry", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project project = project_named(cases[i].name);
        assert_int_equal(words_of(&project).parallel, cases[i].parallel);
        assert_int_equal(words_of(&project).coordination, cases[i].coordination);
    }
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
    (void)state;
    static const char *const pieces[] = {"-",    " ",  "\xff", "\xc3",         "Ä",  "-hanke", "II",
                                         "Oulu", "\t", "*",    "\xe2\x80\x91", "ja", "S:t",    "&"};
    uint64_t seed = 20261122;
    for (size_t round = 0; round < 2000; round++) {
        const char *name = "";
        for (size_t i = 0; i < 12; i++) {
            name = kt_arena_print(texts.arena, "%s%s", name,
                                  pieces[random_below(&seed, COUNT_OF(pieces))]);
        }
        kt_project project = project_named(name);
        project.text[KT_PROJECT_BENEFICIARY] = name;
        project.text[KT_PROJECT_LOCATION_NAME] = name;
        assert_non_null(words_of(&project).text);
        assert_true(
            kt_project_places_of(texts.placement, texts.finnish, &project, texts.arena).count > 0);
    }
}

static void files_that_are_wrong_are_told_by_name(void **state)
{
    (void)state;
    kt_problems *problems = kt_problems_new(texts.arena);
    assert_null(kt_wording_load("no/such/folder", &texts.all->regions, texts.arena, problems));
    assert_int_equal(kt_problems_count(problems), 2);
    assert_non_null(strstr(kt_problems_at(problems, 0), "no/such/folder/words.json"));
    assert_non_null(strstr(kt_problems_at(problems, 1), "no/such/folder/place_names.csv"));
}

static void words_of_the_real_list_keep_what_a_project_is_about(void **state)
{
    (void)state;
    if (access(PROJECT_LIST, R_OK) != 0) {
        skip();
    }
    size_t count = 0, empty = 0;
    const kt_project *projects = read_list(texts.arena, &count);
    for (size_t i = 0; i < count; i++) {
        const kt_project_words words = words_of(&projects[i]);
        empty += words.stem[0] == '\0' ? 1 : 0;
    }
    assert_in_range(empty, 0, count / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lose_places_and_what_every_project_says),
        cmocka_unit_test(the_text_has_the_summary_and_the_stem_has_not),
        cmocka_unit_test(a_beneficiary_is_the_body_under_its_name_of_today),
        cmocka_unit_test(a_name_says_that_it_is_parallel_or_coordinates),
        cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
        cmocka_unit_test(files_that_are_wrong_are_told_by_name),
        cmocka_unit_test(words_of_the_real_list_keep_what_a_project_is_about),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
