/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_relations.h"

#include <stdlib.h>
#include <string.h>

#include "core/support.h"
#include "support/arena.h"

#define MOST  6
#define YEARS ((int64_t)365)

/* A project in few words. Grants in euros, 0 for none, -1 where not known; years since 1970. */
typedef struct sketch {
    const char *code, *group, *stem, *beneficiary, *region;
    bool parallel, coordination, state_office;
    int64_t start, end, granted;
    kt_project_relation relation; /* expected */
    const char *parent;           /* expected, NULL for none */
} sketch;

typedef struct portfolio {
    kt_project projects[MOST];
    kt_related_project all[MOST];
    const char *regions[MOST];
    size_t count;
} portfolio;

static int64_t day_of(int64_t year)
{
    return year == 0 ? KT_NO_DAY : (year - 1970) * YEARS;
}

static void add(portfolio *to, const sketch *one)
{
    kt_project *project = &to->projects[to->count];
    project->text[KT_PROJECT_PROJECT_CODE] = one->code;
    project->text[KT_PROJECT_GROUP_CODE] = one->group;
    project->start_day = day_of(one->start);
    project->end_day = day_of(one->end);
    project->sum[KT_PROJECT_GRANTED] = one->granted < 0 ? KT_NO_MONEY : one->granted * 100;
    to->regions[to->count] = one->region;
    to->all[to->count] = (kt_related_project){
        .project = project,
        .words = {.stem = one->stem,
                  .text = one->stem,
                  .beneficiary = one->beneficiary,
                  .parallel = one->parallel,
                  .coordination = one->coordination,
                  .state_office = one->state_office},
        .regions = &to->regions[to->count],
        .region_count = one->region != NULL ? 1 : 0,
    };
    to->count++;
}

/* Real projects where the code is one of the lists; cases end with an empty sketch. */
static const sketch cases[][MOST] = {
    /* A parallel project of the KEHA centre, S20440, of the municipality's S20207. */
    {{"S20207", NULL, "nuoret duuniin", "siilinjärven kunta", "MK11", .start = 2015, .end = 2017,
      .granted = 700000, .relation = KT_RELATION_MAIN},
     {"S20440", NULL, "nuoret duuniin", "keha keskus", NULL, .parallel = true, .state_office = true,
      .start = 2015, .end = 2017, .granted = 1000000, .relation = KT_RELATION_PARALLEL,
      .parent = "S20207"}},
    /* The same where the name does not say so. */
    {{"A", NULL, "uraohjaamo", "vantaan kaupunki", "MK01", .start = 2012, .end = 2014, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"B", NULL, "uraohjaamo", "uudenmaan ely keskus", "MK01", .state_office = true, .start = 2012,
      .end = 2014, .granted = 1, .relation = KT_RELATION_PARALLEL, .parent = "A"}},
    /* An office's own project years later is none. */
    {{"A", NULL, "uraohjaamo", "vantaan kaupunki", "MK01", .start = 2008, .end = 2010, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"B", NULL, "uraohjaamo", "uudenmaan ely keskus", "MK01", .state_office = true, .start = 2012,
      .end = 2014, .granted = 1, .relation = KT_RELATION_MAIN}},
    /* Nor is one that works elsewhere (S10308, S11403), or beside one of its own. */
    {{"S11403", NULL, "verkko", "akaan kaupunki", "MK06", .start = 2010, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"S10308", NULL, "verkko", "etelä savon ely keskus", "MK10", .state_office = true,
      .start = 2008, .granted = 1, .relation = KT_RELATION_MAIN}},
    {{"A", NULL, "te kolmonen", "keski suomen ely keskus", "MK13", .state_office = true,
      .start = 2008, .granted = 1, .relation = KT_RELATION_MAIN},
     {"B", NULL, "te kolmonen", "keski suomen te toimisto", "MK13", .state_office = true,
      .start = 2008, .granted = 1, .relation = KT_RELATION_MAIN}},
    /* Where the name says so, an office can have both. */
    {{"S11918", NULL, "uraohjaamo", "pohjois savon ely keskus", "MK11", .state_office = true,
      .start = 2012, .granted = 1, .relation = KT_RELATION_MAIN},
     {"S11919", NULL, "uraohjaamo", "pohjois savon ely keskus", "MK11", .parallel = true,
      .state_office = true, .start = 2012, .granted = 1, .relation = KT_RELATION_PARALLEL,
      .parent = "S11918"}},
    /* A parallel project of a sister that the list does not have. */
    {{"S11107", NULL, "ytt", "keski suomen ely keskus", "MK13", .parallel = true,
      .state_office = true, .start = 2009, .granted = 1, .relation = KT_RELATION_PARALLEL}},
    /* Of sisters in several places the one in the same place. */
    {{"A", NULL, "ohjaamo", "lahden kaupunki", "MK07", .start = 2015, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"B", NULL, "ohjaamo", "kotkan kaupunki", "MK08", .start = 2016, .granted = 1,
      .relation = KT_RELATION_REPLICATION, .parent = "A"},
     {"C", NULL, "ohjaamo", "keha keskus", "MK08", .state_office = true, .start = 2016,
      .granted = 1, .relation = KT_RELATION_PARALLEL, .parent = "B"}},
    /* A ghost with the title, beneficiary and dates of the project that was granted. */
    {{"S20086", NULL, "sosiaalinen kampus", "satakunnan ammattikorkeakoulu", "MK04", .start = 2015,
      .end = 2017, .granted = 0, .relation = KT_RELATION_GHOST, .parent = "S20236"},
     {"S20236", NULL, "sosiaalinen kampus", "satakunnan ammattikorkeakoulu", "MK04", .start = 2015,
      .end = 2017, .granted = 168393, .relation = KT_RELATION_MAIN}},
    /* A grant that is not known is no ghost, and nobody continues a ghost. */
    {{"A", NULL, "toimari", "x", NULL, .start = 2015, .granted = -1, .relation = KT_RELATION_MAIN}},
    {{"A", NULL, "toimari", "x", NULL, .start = 2014, .granted = 0, .relation = KT_RELATION_GHOST,
      .parent = "B"},
     {"B", NULL, "toimari", "x", NULL, .start = 2015, .granted = 1, .relation = KT_RELATION_MAIN}},
    /* Continuations, each of the one before. */
    {{"S20051", NULL, "info gloria", "yhteisöjen tuki", "MK13", .start = 2015, .end = 2016,
      .granted = 137900, .relation = KT_RELATION_MAIN},
     {"S20573", NULL, "info gloria", "yhteisöjen tuki", "MK13", .start = 2016, .end = 2017,
      .granted = 120600, .relation = KT_RELATION_CONTINUATION, .parent = "S20051"},
     {"X", NULL, "info gloria", "yhteisöjen tuki", "MK13", .start = 2018, .granted = 1,
      .relation = KT_RELATION_CONTINUATION, .parent = "S20573"}},
    /* One beneficiary, one name, one day: nobody knows which continues which. */
    {{"A", NULL, "toimari", "x", NULL, .start = 2015, .granted = 1, .relation = KT_RELATION_MAIN},
     {"B", NULL, "toimari", "x", NULL, .start = 2015, .granted = 1, .relation = KT_RELATION_MAIN},
     {"C", NULL, "toimari", "x", NULL, .granted = 1, .relation = KT_RELATION_MAIN}},
    /* Five places with one model: the first is the model. */
    {{"E", NULL, "ohjaamo", "lahden kaupunki", "MK07", .start = 2015, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"D", NULL, "ohjaamo", "kotkan kaupunki", "MK08", .start = 2016, .granted = 1,
      .relation = KT_RELATION_REPLICATION, .parent = "E"},
     {"C", NULL, "ohjaamo", "oulun kaupunki", "MK17", .start = 2016, .granted = 1,
      .relation = KT_RELATION_REPLICATION, .parent = "E"},
     {"B", NULL, "ohjaamo", "mikkelin kaupunki", "MK10", .start = 2016, .granted = 1,
      .relation = KT_RELATION_REPLICATION, .parent = "E"},
     {"A", NULL, "ohjaamo", "kuopion kaupunki", "MK11", .start = 2017, .granted = 1,
      .relation = KT_RELATION_REPLICATION, .parent = "E"}},
    /* In one place, or where a place is not known, it may be an overlap. */
    {{"A", NULL, "ohjaamo", "x", "MK07", .start = 2015, .granted = 1, .relation = KT_RELATION_MAIN},
     {"B", NULL, "ohjaamo", "y", "MK07", .start = 2016, .granted = 1, .relation = KT_RELATION_MAIN},
     {"C", NULL, "ohjaamo", "z", NULL, .start = 2016, .granted = 1, .relation = KT_RELATION_MAIN}},
    /* Partners of a joint project; a code of its own is no group. */
    {{"S1", "S1", "alku", "x", "MK17", .start = 2015, .granted = 1, .relation = KT_RELATION_JOINT},
     {"S2", "S1", "alku", "y", "MK15", .start = 2015, .granted = 1, .relation = KT_RELATION_JOINT,
      .parent = "S1"},
     {"S3", "S3", "muu", "y", "MK15", .start = 2015, .granted = 1, .relation = KT_RELATION_MAIN},
     {"S4", "R9", "jaettu", "y", "MK15", .start = 2015, .granted = 1,
      .relation = KT_RELATION_JOINT},
     {"S5", "R9", "jaettu", "z", "MK15", .start = 2015, .granted = 1,
      .relation = KT_RELATION_JOINT}},
    /* A coordinating project, and the one that went on with it. */
    {{"S20098", NULL, "tuottava ja tuloksellinen työelämä", "keha keskus", NULL,
      .coordination = true, .state_office = true, .start = 2014, .granted = 371224,
      .relation = KT_RELATION_COORDINATION},
     {"S21144", NULL, "tuottava ja tuloksellinen työelämä", "keha keskus", NULL,
      .coordination = true, .state_office = true, .start = 2018, .granted = 1,
      .relation = KT_RELATION_CONTINUATION, .parent = "S20098"}},
    /* Names of which nothing is left are nobody's. */
    {{"S11168", NULL, "", "opetusministeriö", NULL, .start = 2009, .granted = 1,
      .relation = KT_RELATION_MAIN},
     {"S11169", NULL, "", "opetusministeriö", NULL, .start = 2010, .granted = 1,
      .relation = KT_RELATION_MAIN}},
};

static size_t fill(portfolio *to, const sketch *from, bool backwards)
{
    size_t count = 0;
    while (count < MOST && from[count].code != NULL) {
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        add(to, &from[backwards ? count - 1 - i : i]);
    }
    return count;
}

static void check(const sketch *from, bool backwards, kt_arena *arena)
{
    portfolio given = {0};
    const size_t count = fill(&given, from, backwards);
    const kt_project_related *got = kt_project_relations(given.all, count, arena);
    for (size_t i = 0; i < count; i++) {
        const sketch *want = &from[backwards ? count - 1 - i : i];
        const char *parent = got[i].parent == KT_NO_PROJECT
                                 ? "none"
                                 : given.projects[got[i].parent].text[KT_PROJECT_PROJECT_CODE];
        if (got[i].relation != want->relation) {
            print_error("%s: %s\n", want->code, kt_project_relation_name(got[i].relation));
        }
        assert_int_equal(got[i].relation, want->relation);
        assert_string_equal(parent, want->parent != NULL ? want->parent : "none");
    }
}

static void the_relation_follows_the_first_rule_that_holds(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        check(cases[i], false, *state);
    }
}

static void the_order_of_projects_does_not_show(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        check(cases[i], true, *state);
    }
}

static void a_pair_has_the_first_tie_that_holds(void **state)
{
    static const struct {
        sketch a, b;
        kt_project_tie tie;
    } pairs[] = {
        {{"A", NULL, "x", "p", "MK01", .start = 2015, .granted = 0},
         {"B", "G", "x", "p", "MK01", .start = 2015, .granted = 1},
         KT_TIE_GHOST},
        {{"A", "G", "x", "p", "MK01", .start = 2015, .granted = 1},
         {"B", "G", "y", "q", "MK02", .start = 2015, .granted = 1},
         KT_TIE_JOINT},
        {{"A", NULL, "x", "p", "MK01", .start = 2015, .granted = 1},
         {"B", NULL, "y", "q", "MK01", .parallel = true, .start = 2015, .granted = 1},
         KT_TIE_PARALLEL},
        {{"A", NULL, "x", "p", "MK01", .coordination = true, .start = 2015, .granted = 1},
         {"B", NULL, "y", "q", "MK01", .start = 2015, .granted = 1},
         KT_TIE_COORDINATION},
        {{"A", NULL, "x", "p", "MK01", .coordination = true, .start = 2015, .granted = 1},
         {"B", NULL, "y", "p", "MK01", .start = 2016, .granted = 1},
         KT_TIE_COORDINATION},
        {{"S20098", NULL, "x", "p", NULL, .coordination = true, .start = 2014, .granted = 1},
         {"S21144", NULL, "x", "p", NULL, .coordination = true, .start = 2018, .granted = 1},
         KT_TIE_CONTINUATION},
        {{"A", NULL, "hyvä alku", "p", "MK01", .start = 2015, .granted = 1},
         {"B", NULL, "hyvä jatko", "p", "MK02", .start = 2017, .granted = 1},
         KT_TIE_CONTINUATION},
        {{"A", NULL, "hyvä alku", "p", "MK17", .start = 2015, .granted = 1},
         {"B", NULL, "hyvä alku", "q", "MK15", .start = 2015, .granted = 1},
         KT_TIE_REPLICATION},
        {{"A", NULL, "omistajanvaihdosten hallinta", "p", "MK17", .start = 2015, .granted = 1},
         {"B", NULL, "omistajanvaihdostilanteet", "q", "MK15", .start = 2015, .granted = 1},
         KT_TIE_CANDIDATE},
        {{"A", NULL, "hyvä alku", "p", "MK17", .start = 2015, .granted = 1},
         {"B", NULL, "hyvä alku", "q", NULL, .start = 2015, .granted = 1},
         KT_TIE_CANDIDATE},
        {{"A", NULL, "x", "p", "MK17", .start = 2015, .granted = 1},
         {"B", NULL, "y", "p", "MK17", .start = 2015, .granted = 1},
         KT_TIE_CANDIDATE},
        {{"A", NULL, "", "", NULL, .granted = -1},
         {"B", NULL, "", "", NULL, .granted = -1},
         KT_TIE_CANDIDATE},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        portfolio given = {0};
        add(&given, &pairs[i].a);
        add(&given, &pairs[i].b);
        const kt_project_related *related = kt_project_relations(given.all, 2, *state);
        const kt_project_tie tie = kt_project_tie_of(given.all, related, 0, 1);
        assert_string_equal(kt_project_tie_name(tie), kt_project_tie_name(pairs[i].tie));
        assert_int_equal(kt_project_tie_of(given.all, related, 1, 0), tie);
    }
}

static void a_register_number_says_more_than_a_name(void **state)
{
    (void)state;
    portfolio given = {0};
    add(&given, &(sketch){.code = "A", .stem = "x", .beneficiary = "tampereen yliopisto"});
    add(&given, &(sketch){.code = "B", .stem = "x", .beneficiary = "tampereen korkeakoulusäätiö"});
    assert_false(kt_project_same_beneficiary(&given.all[0], &given.all[1]));
    given.projects[0].text[KT_PROJECT_BUSINESS_ID] = "2844561-8";
    given.projects[1].text[KT_PROJECT_BUSINESS_ID] = "2844561-8";
    assert_true(kt_project_same_beneficiary(&given.all[0], &given.all[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_relation_follows_the_first_rule_that_holds),
        ARENA_TEST(the_order_of_projects_does_not_show),
        ARENA_TEST(a_pair_has_the_first_tie_that_holds),
        cmocka_unit_test(a_register_number_says_more_than_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
