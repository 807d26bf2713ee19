/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/placement.h"

#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/support.h"
#include "project_texts.h"

static kt_project_places places_of(const kt_project *project)
{
    return kt_project_places_of(texts.placement, texts.finnish, project, texts.arena);
}

/* "maakunta MK13 0.5, ..." of one role, and the basis of the first one. */
static const char *told(const kt_project_places *places, kt_place_role role)
{
    const char *out = "";
    for (size_t i = 0; i < places->count; i++) {
        const kt_project_place *place = &places->at[i];
        if (place->role == role) {
            out = kt_arena_print(texts.arena, "%s%s%s %s %.3g", out, out[0] == '\0' ? "" : ", ",
                                 place->level, place->code, place->weight);
        }
    }
    return out;
}

static void check_role(const kt_project *project, kt_place_role role, const char *places,
                       kt_place_basis basis)
{
    const kt_project_places got = places_of(project);
    assert_string_equal(told(&got, role), places);
    for (size_t i = 0; i < got.count; i++) {
        if (got.at[i].role == role && strcmp(got.at[i].code, "_X") != 0) {
            assert_string_equal(kt_place_basis_name(got.at[i].basis), kt_place_basis_name(basis));
        }
    }
}

/* Where the name alone places a project. */
static const struct {
    const char *name, *places;
} named[] = {
    /* Any case of Finnish, and the nominative. */
    {"Työ ja tekijät kohtaamaan Etelä-Pohjanmaalla", "maakunta MK14 1"},
    {"Lapin yritysten tervehdyttämisohjelma", "maakunta MK19 1"},
    {"VASTAANOTTAVA POHJOIS-SAVO", "maakunta MK11 1"},
    {"Korkeasti koulutettujen työllistyminen Kymenlaaksossa", "maakunta MK08 1"},
    {"Osaajia Pietarsaareen", "kunta KU598 1"},
    {"Puhtautta Vantaalle", "kunta KU092 1"},
    {"SYKO - Sysselsättningskoordination i strukturomvandling på Kimitoön", "kunta KU322 1"},
    {"Kunskap i Österbottens skolor", "maakunta MK15 1"},
    /* Several have equal weights; of a region and one in it the inner one counts. */
    {"Välityömarkkinat Kajaani ja Mikkeli", "kunta KU205 0.5, kunta KU491 0.5"},
    {"Akateeminen yrittäjyys Kanta- ja Päijät-Hämeessä", "maakunta MK05 0.5, maakunta MK07 0.5"},
    {"Etelä- ja Pohjois-Savon nuoret", "maakunta MK10 0.5, maakunta MK11 0.5"},
    {"Kuopio, Pohjois-Savo", "kunta KU297 1"},
    {"Joensuun nuoret ja Itä-Suomi", "kunta KU167 1"},
    /* Parts of a word, a seutukunta of its own name, one before seutu. */
    {"Ohjaamo-Jyväskylä", "kunta KU179 1"},
    {"Ylä-Savon osaajat", "seutukunta SK111 1"},
    {"Nuoret Oulun seudulla", "seutukunta SK171 1"},
    {"Nuoret Oulussa", "kunta KU564 1"},
    /* Names of municipalities that are common words. */
    {"Nuoret Lahdessa", "kunta KU398 1"},
    {"Lahden kaupungin nuoret", "kunta KU398 1"},
    {"Salon seudun työpaja", "seutukunta SK022 1"},
    {"Kotka lentää", "unknown _X 1"},
    {"HANKO JA HANGOT", "unknown _X 1"},
    {"Työtä lahden rannalla", "unknown _X 1"},
    {"Sopimushankkija II-projekti", "unknown _X 1"},
    {"Menestyjäksi Lapissa II", "maakunta MK19 1"},
    {"Nuoret Iissä", "kunta KU139 1"},
    {"Nuorten kemia", "unknown _X 1"},
    {"TAITO - Nokia nousuun", "unknown _X 1"},
    {"Vammaispalvelujen kehittäminen Keski-Pohjassa", "unknown _X 1"},
    /* Names of other things. */
    {"Suomen kieli haltuun", "unknown _X 1"},
    {"Keski- ja Itä-Euroopan metsätietopalvelu (KIEMET)", "unknown _X 1"},
    {"Sosiaali- ja terveysalan osaajat Kemi-Tornion alueella", "seutukunta SK192 1"},
    /* A municipality that is no more counts as its successor. */
    {"Nuoret Nilsiän kaupungissa", "kunta KU297 1"},
    /* Old and large areas. */
    {"Länsi-Uudenmaan yritysten rekrytointi", "maakunta MK01 1"},
    {"Itä-Suomen osaajat", "own OWN_ITA 1"},
    {"Osaajia Hämeeseen", "ely ELY04 1"},
    /* The whole country is a value of its own; a model for it works somewhere. */
    {"Valtakunnallinen välittäjävalmennushanke", "national SSS 1"},
    {"Valtakunnallinen nuorten verkosto, Tampere", "national SSS 1"},
    {"Poistaripaja - kehittäminen valtakunnalliseksi toimintamalliksi", "unknown _X 1"},
    {NULL, "unknown _X 1"},
    {"", "unknown _X 1"},
};

static void a_name_places_a_project(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(named); i++) {
        const kt_project project = project_named(named[i].name);
        const kt_project_places got = places_of(&project);
        const char *places = told(&got, KT_PLACE_IMPLEMENTATION);
        if (strcmp(places, named[i].places) != 0) {
            print_error("%s\n", named[i].name);
        }
        assert_string_equal(places, named[i].places);
    }
}

static void a_location_of_the_list_is_a_code_or_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *places;
    } cases[] = {
        {"FI193", "Keski-Suomi", "maakunta MK13 1"},
        {"FI198", NULL, "maakunta MK13 1"},
        {"FI1D9", NULL, "maakunta MK17 1"},
        {"FI1C", NULL, "suuralue SA2 1"},
        {"FI", NULL, "national SSS 1"},
        {"KU091", NULL, "kunta KU091 1"},
        {"SSS", NULL, "national SSS 1"},
        {NULL, "Keski-Suomi", "maakunta MK13 1"},
        {NULL, "Koko Suomi", "national SSS 1"},
        {NULL, "Valtakunnallinen", "national SSS 1"},
        {NULL, "Hela landet", "national SSS 1"},
        {NULL, "Koko maa", "national SSS 1"},
        {NULL, "KOKO MAA", "national SSS 1"},
        {NULL, "Koko maa (Ahvenanmaata lukuun ottamatta)", "national SSS 1"},
        {NULL, "Whole country", "national SSS 1"},
        {NULL, "valtakunnallinen", "national SSS 1"},
        {"FI1XX", "Koko maa", "national SSS 1"},
        {NULL, "Koko maakunta", "unknown _X 1"},
        {"FI193|FI1D7", NULL, "maakunta MK13 0.5, maakunta MK19 0.5"},
        {"FI193|", "|Lappi", "maakunta MK13 0.5, maakunta MK19 0.5"},
        {"FI193|XX999", NULL, "maakunta MK13 0.5, unknown _X 0.5"},
        {"FI193|FI198", NULL, "maakunta MK13 1"},
        {"XX999", NULL, "unknown _X 1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project project = nothing_known();
        project.text[KT_PROJECT_LOCATION_CODE] = cases[i].code;
        project.text[KT_PROJECT_LOCATION_NAME] = cases[i].name;
        check_role(&project, KT_PLACE_IMPLEMENTATION, cases[i].places, KT_PLACE_LOCATION_CODE);
    }
}

static void what_nobody_knows_of_a_location_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name, *unknown, *places;
        kt_place_basis basis;
    } cases[] = {
        {"FI193", "Keski-Suomi", "", "maakunta MK13 1", KT_PLACE_LOCATION_CODE},
        {"FI193", "Atlantis", "", "maakunta MK13 1", KT_PLACE_LOCATION_CODE},
        {"FI1XX", NULL, "FI1XX", "ely ELY15 1", KT_PLACE_AUTHORITY},
        {NULL, "FIZZZ", "FIZZZ", "ely ELY15 1", KT_PLACE_AUTHORITY},
        {"FI1XX", "Keski-Suomi", "FI1XX", "maakunta MK13 1", KT_PLACE_LOCATION_CODE},
        {"FI1XX", "Atlantis", "FI1XX", "ely ELY15 1", KT_PLACE_AUTHORITY},
        {"FI198||FI1XX", "|Atlantis|", "Atlantis FI1XX", "maakunta MK13 0.333, unknown _X 0.667",
         KT_PLACE_LOCATION_CODE},
        {NULL, "Koko maa", "", "national SSS 1", KT_PLACE_LOCATION_CODE},
        {NULL, NULL, "", "ely ELY15 1", KT_PLACE_AUTHORITY},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char unknown[64] = "";
        kt_project project = nothing_known();
        project.text[KT_PROJECT_AUTHORITY] = "Lapin elinkeino-, liikenne- ja ympäristökeskus";
        project.text[KT_PROJECT_LOCATION_CODE] = cases[i].code;
        project.text[KT_PROJECT_LOCATION_NAME] = cases[i].name;
        check_role(&project, KT_PLACE_IMPLEMENTATION, cases[i].places, cases[i].basis);
        const kt_project_places got = places_of(&project);
        for (size_t j = 0; j < got.unknown_count; j++) {
            strcat(strcat(unknown, j == 0 ? "" : " "), got.unknown[j]);
        }
        assert_string_equal(unknown, cases[i].unknown);
    }
}

/* What is added to a project step by step, each surer than the one before. */
static void the_surest_basis_counts_alone(void **state)
{
    (void)state;
    kt_project project = nothing_known();
    check_role(&project, KT_PLACE_IMPLEMENTATION, "unknown _X 1", KT_PLACE_NONE);
    project.text[KT_PROJECT_AUTHORITY] = "Lapin elinkeino-, liikenne- ja ympäristökeskus";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "ely ELY15 1", KT_PLACE_AUTHORITY);
    project.text[KT_PROJECT_SECTION] = "Etelä-Suomen suuralueosio";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "own OWN_ETELA 1", KT_PLACE_SECTION);
    project.text[KT_PROJECT_NAME] = "Nuoret Oulussa";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "kunta KU564 1", KT_PLACE_NAME_MATCH);
    project.text[KT_PROJECT_PLACE_NAME] = "JYVÄSKYLÄ";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "kunta KU179 1", KT_PLACE_POSTCODE);
    project.text[KT_PROJECT_LOCATION_CODE] = "FI1D7";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "maakunta MK19 1", KT_PLACE_LOCATION_CODE);
    check_role(&project, KT_PLACE_PROGRAMME_SECTION, "own OWN_ETELA 1", KT_PLACE_SECTION);
}

static void an_authority_stands_for_the_area_in_which_it_grants(void **state)
{
    (void)state;
    static const struct {
        const char *authority, *places;
    } cases[] = {
        /* Four centres grant for several maakunnat, so their own area would be wrong. */
        {"Hämeen elinkeino-, liikenne- ja ympäristökeskus", "own OWN_RR_HAME 1"},
        {"Keski-Suomen ELY-keskus", "own OWN_RR_KESKI 1"},
        {"Keski-Suomen elinvoimakeskus", "own OWN_RR26_KESKI 1"},
        {"Uudenmaan elinkeino-, liikenne- ja ympäristökeskus", "ely ELY01 1"},
        {"Satakuntaliitto", "maakunta MK04 1"},
        {"Opetushallitus", "unknown _X 1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project project = nothing_known();
        project.text[KT_PROJECT_AUTHORITY] = cases[i].authority;
        check_role(&project, KT_PLACE_IMPLEMENTATION, cases[i].places, KT_PLACE_AUTHORITY);
    }
}

static void the_section_of_the_whole_country_is_national(void **state)
{
    (void)state;
    kt_project project = nothing_known();
    project.text[KT_PROJECT_SECTION] = "Valtakunnallinen osio";
    check_role(&project, KT_PLACE_IMPLEMENTATION, "national SSS 1", KT_PLACE_SECTION);
}

static void the_seat_of_the_beneficiary_is_never_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *beneficiary, *post_town, *seat;
        kt_place_basis basis;
    } cases[] = {
        {"Lahden kaupunki", NULL, "kunta KU398 1", KT_PLACE_NAME_MATCH},
        {"Keski-Suomen ELY-keskus", NULL, "maakunta MK13 1", KT_PLACE_NAME_MATCH},
        {"Jyväskylän ammattikorkeakoulu Oy", NULL, "kunta KU179 1", KT_PLACE_NAME_MATCH},
        {"Laurea-ammattikorkeakoulu Oy", "VANTAA", "kunta KU092 1", KT_PLACE_POSTCODE},
        {"Laurea-ammattikorkeakoulu Oy", NULL, "", KT_PLACE_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project project = nothing_known();
        project.text[KT_PROJECT_BENEFICIARY] = cases[i].beneficiary;
        project.text[KT_PROJECT_SEAT_NAME] = cases[i].post_town;
        check_role(&project, KT_PLACE_BENEFICIARY_SEAT, cases[i].seat, cases[i].basis);
        check_role(&project, KT_PLACE_IMPLEMENTATION, "unknown _X 1", KT_PLACE_NONE);
    }
}

static void places_are_rolled_up_to_maakunnat(void **state)
{
    (void)state;
    static const struct {
        const char *name, *codes;
    } cases[] = {
        {"Nuoret Oulussa", "MK17"},          {"Osaajia Hämeeseen", "MK05 MK07"},
        {"Kajaani ja Mikkeli", "MK10 MK18"}, {"Itä-Suomen osaajat", "MK10 MK11 MK12 MK18"},
        {"Valtakunnallinen hanke", ""},      {"HoivaRekry", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project project = project_named(cases[i].name);
        const kt_project_places places = places_of(&project);
        const kt_region_codes codes = kt_project_maakunnat(texts.placement, &places, texts.arena);
        const char *all = "";
        for (size_t j = 0; j < codes.count; j++) {
            all = kt_arena_print(texts.arena, "%s%s%s", all, j == 0 ? "" : " ", codes.at[j]);
        }
        assert_string_equal(all, cases[i].codes);
    }
}

static const char *const file_names[] = {"placed.csv", "sections.csv", "authorities.csv",
                                         "areas.csv"};

/* A folder as the tree's own, but for one file. */
static const kt_placement *load_with(const char *file, const char *text, kt_problems *problems)
{
    kt_error err = {0};
    char folder[] = "placement_XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < COUNT_OF(file_names); i++) {
        char *bytes = NULL;
        size_t length = 0;
        const char *from = kt_path_join(texts.arena, KT_ROOT "/config/projects", file_names[i]);
        assert_int_equal(kt_file_read(from, 1 << 20, texts.arena, &bytes, &length, &err), KT_OK);
        const char *kept = strcmp(file_names[i], file) == 0 ? text : bytes;
        assert_int_equal(kt_file_write(kt_path_join(texts.arena, folder, file_names[i]), kept,
                                       strlen(kept), &err),
                         KT_OK);
    }
    const kt_placement *placement =
        kt_placement_load(folder, texts.all, texts.wording, texts.arena, problems);
    assert_int_equal(kt_folder_remove(folder, &err), KT_OK);
    return placement;
}

/* As areas.csv has them. */
static void areas_have_names(void **state)
{
    (void)state;
    const char *name = NULL;
    assert_string_equal(kt_placement_area(texts.placement, 1, &name), "OWN_ITA");
    assert_string_equal(name, "Itä-Suomen suuralue (2007-2013)");
    assert_null(kt_placement_area(texts.placement, 1000, &name));
}

static void what_people_state_counts_before_all(void **state)
{
    (void)state;
    const kt_placement *own = texts.placement;
    texts.placement = load_with("placed.csv",
                                "project_code,region_code,weight\nS1,MK13,0.25\nS1,KU091,0.75\n"
                                "S2,MK13,\nS2,MK14,\nS3,SSS,\nS4,OWN_ITA,1\n",
                                kt_problems_new(texts.arena));
    assert_non_null(texts.placement);
    static const struct {
        const char *code, *places;
        kt_place_basis basis;
    } cases[] = {
        {"S1", "kunta KU091 0.75, maakunta MK13 0.25", KT_PLACE_STATED},
        {"S2", "maakunta MK13 0.5, maakunta MK14 0.5", KT_PLACE_EQUAL_SPLIT},
        {"S3", "national SSS 1", KT_PLACE_STATED},
        {"S4", "own OWN_ITA 1", KT_PLACE_STATED},
        {"S5", "maakunta MK19 1", KT_PLACE_LOCATION_CODE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_project project = nothing_known();
        project.text[KT_PROJECT_PROJECT_CODE] = cases[i].code;
        project.text[KT_PROJECT_LOCATION_CODE] = "FI1D7";
        check_role(&project, KT_PLACE_IMPLEMENTATION, cases[i].places, cases[i].basis);
    }
    texts.placement = own;
}

static void a_wrong_file_is_told_with_its_row(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *message;
    } cases[] = {
        {"placed.csv", "project_code,region_code,weight\nS1,MK99,1\n",
         "placed.csv: row 2: \"MK99\" is no region"},
        {"placed.csv", "project_code,region_code,weight\nS1,_X,1\n",
         "placed.csv: row 2: \"_X\" is no region"},
        {"placed.csv", "project_code,region_code,weight\nS1,MK13,2\n",
         "placed.csv: row 2: \"2\": expected a weight above 0 and at most 1"},
        {"placed.csv", "project_code,region_code,weight\nS1,MK13,0.5\nS1,MK14,0.4\n",
         "placed.csv: row 2: the weights of S1: expected all empty, or a sum of 1"},
        {"placed.csv", "project_code,region_code,weight\nS1,MK13,1\nS1,MK14,\n",
         "placed.csv: row 2: the weights of S1: expected all empty, or a sum of 1"},
        {"placed.csv", "project_code,region_code,weight\nS1,MK13,\nS1,MK13,\n",
         "placed.csv: row 3: S1 in MK13 stands twice"},
        {"placed.csv", "project_code,region_code\nS1,MK13\n", "placed.csv"},
        {"sections.csv", "programme_section,region_level,region_code\nA,maakunta,OWN_ITA\n",
         "sections.csv: row 2: \"OWN_ITA\" is no region of level \"maakunta\""},
        {"authorities.csv",
         "authority,region_level,region_code\nA b,maakunta,MK13\nA B,maakunta,MK14\n",
         "authorities.csv: row 3: \"A B\" is empty or stands twice"},
        {"areas.csv", "region_code,name_fi,members\nOWN_ITA,Itä,MK10|KU091\n",
         "areas.csv: row 2: \"KU091\" is no maakunta"},
        {"areas.csv", "region_code,name_fi,members\nOWN_X,X,MK10\n",
         "place_names.csv: \"etelä suomi\": \"OWN_ETELA\" is no region of level \"own\""},
        {"areas.csv", "region_code,name_fi,members\nITA,Itä,MK10\n",
         "areas.csv: row 2: \"ITA\": expected a code OWN_..."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = kt_problems_new(texts.arena);
        assert_null(load_with(cases[i].file, cases[i].text, problems));
        assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_places_a_project),
        cmocka_unit_test(a_location_of_the_list_is_a_code_or_a_name),
        cmocka_unit_test(what_nobody_knows_of_a_location_is_told),
        cmocka_unit_test(the_surest_basis_counts_alone),
        cmocka_unit_test(an_authority_stands_for_the_area_in_which_it_grants),
        cmocka_unit_test(the_section_of_the_whole_country_is_national),
        cmocka_unit_test(the_seat_of_the_beneficiary_is_never_the_place),
        cmocka_unit_test(places_are_rolled_up_to_maakunnat),
        cmocka_unit_test(areas_have_names),
        cmocka_unit_test(what_people_state_counts_before_all),
        cmocka_unit_test(a_wrong_file_is_told_with_its_row),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
