/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_relations.h"

#include <string.h>

#include "core/support.h"
#include "transform/project_texts.h"

/* Classes and ties of the real list of 2007-2013, from its texts on. */

typedef struct related_list {
    kt_related_project *all;
    const kt_project_related *related;
    size_t count;
} related_list;

static related_list relate(const kt_project *projects, size_t count, bool backwards)
{
    related_list list = {.count = count};
    list.all = kt_arena_array(texts.arena, kt_related_project, count);
    for (size_t i = 0; i < count; i++) {
        const kt_project *project = &projects[backwards ? count - 1 - i : i];
        const kt_project_places places =
            kt_project_places_of(texts.placement, texts.finnish, project, texts.arena);
        const kt_region_codes codes = kt_project_maakunnat(texts.placement, &places, texts.arena);
        list.all[i] = (kt_related_project){
            project,
            kt_project_words_of(texts.wording, texts.finnish, project, texts.arena),
            codes.at,
            codes.count,
        };
    }
    list.related = kt_project_relations(list.all, count, texts.arena);
    return list;
}

static related_list list_of(bool backwards)
{
    size_t count = 0;
    const kt_project *projects = read_list(texts.arena, &count);
    return relate(projects, count, backwards);
}

static void ghosts_are_the_three_that_were_granted_nothing(void **state)
{
    (void)state;
    const related_list list = list_of(false);
    size_t counts[KT_RELATION_COUNT] = {0};
    for (size_t i = 0; i < list.count; i++) {
        counts[list.related[i].relation]++;
    }
    assert_int_equal(counts[KT_RELATION_GHOST], 3);
    assert_int_equal(counts[KT_RELATION_JOINT], 0); /* the list has no group codes */
    assert_true(counts[KT_RELATION_PARALLEL] >= 3); /* names with "rinnakkais" */
}

static void a_parent_is_of_the_same_stem_and_no_ghost(void **state)
{
    (void)state;
    const related_list list = list_of(false);
    for (size_t i = 0; i < list.count; i++) {
        const size_t parent = list.related[i].parent;
        if (parent == KT_NO_PROJECT) {
            continue;
        }
        assert_string_equal(list.all[i].words.stem, list.all[parent].words.stem);
        assert_int_not_equal(list.related[parent].relation, KT_RELATION_GHOST);
        assert_true(list.related[i].relation != KT_RELATION_CONTINUATION ||
                    list.all[parent].project->start_day < list.all[i].project->start_day);
    }
}

static void the_order_of_the_list_does_not_show(void **state)
{
    (void)state;
    const related_list one = list_of(false), other = list_of(true);
    for (size_t i = 0; i < one.count; i++) {
        const size_t j = one.count - 1 - i;
        const kt_project_related a = one.related[i], b = other.related[j];
        assert_int_equal(a.relation, b.relation);
        assert_int_equal(a.parent, b.parent == KT_NO_PROJECT ? b.parent : one.count - 1 - b.parent);
    }
}

static size_t project_at(const related_list *list, const char *code)
{
    size_t at = 0;
    while (strcmp(list->all[at].project->text[KT_PROJECT_PROJECT_CODE], code) != 0) {
        at++;
    }
    return at;
}

static void pairs_are_what_a_reader_of_their_names_takes_them_for(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        kt_project_tie tie;
    } pairs[] = {
        /* Uraohjaamo | Uraohjaamo - työvoimapoliittiset toimet */
        {"S11918", "S11919", KT_TIE_PARALLEL},
        /* Työkyky-ja työtaitopassi | the same - TYÖVOIMAPOLIITTISET TOIMENPITEET */
        {"S10867", "S10868", KT_TIE_PARALLEL},
        /* Reitti-työelämään | Reitti työelämään 2 -projekti */
        {"S11273", "S12293", KT_TIE_CONTINUATION},
        /* Sosiaalinen Sirkus -esiselvitys | Sosiaalinen Sirkus */
        {"S10885", "S11113", KT_TIE_CONTINUATION},
        /* Voi hyvin yrittäjä - Hyvinvointiohjelma Kaakkois-Suomessa | Etelä-Savossa */
        {"S11521", "S11554", KT_TIE_REPLICATION},
        /* Produforum Nyland | Produforum Österbotten */
        {"S10197", "S11495", KT_TIE_REPLICATION},
        /* Reinot ja Ainot hyvinvointialalle | its measures, of which nothing was granted */
        {"S11539", "S11743", KT_TIE_GHOST},
        /* Itä-Suomen suuraluekoordinaatio | Pohjois-Savon ESR -koordinaatio */
        {"S10583", "S10614", KT_TIE_COORDINATION},
        /* AMMATTIVARIKKO | Uraohjaamo: nothing ties them but what they do */
        {"S11957", "S11918", KT_TIE_CANDIDATE},
    };
    const related_list list = list_of(false);
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const size_t a = project_at(&list, pairs[i].a), b = project_at(&list, pairs[i].b);
        assert_string_equal(kt_project_tie_name(kt_project_tie_of(list.all, list.related, a, b)),
                            kt_project_tie_name(pairs[i].tie));
    }
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(PROJECT_LIST);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ghosts_are_the_three_that_were_granted_nothing),
        cmocka_unit_test(a_parent_is_of_the_same_stem_and_no_ghost),
        cmocka_unit_test(the_order_of_the_list_does_not_show),
        cmocka_unit_test(pairs_are_what_a_reader_of_their_names_takes_them_for),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
