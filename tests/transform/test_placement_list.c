/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/placement.h"

#include <math.h>
#include <string.h>

#include "core/support.h"
#include "project_texts.h"

/* All of the real list of 2007-2013. */

typedef struct money {
    int64_t placed, national, unlocated;
} money;

static void add_money(const kt_project_places *places, int64_t cents, money *to)
{
    double weights[64];
    int64_t parts[64];
    size_t count = 0;
    while (count < places->count && places->at[count].role == KT_PLACE_IMPLEMENTATION) {
        assert_in_range(count, 0, COUNT_OF(weights) - 1);
        weights[count] = places->at[count].weight;
        count++;
    }
    kt_money_split(cents, weights, count, parts);
    for (size_t i = 0; i < count; i++) {
        const char *level = places->at[i].level;
        int64_t *part = strcmp(level, KT_LEVEL_NATIONAL) == 0    ? &to->national
                        : strcmp(level, KT_LEVEL_UNLOCATED) == 0 ? &to->unlocated
                                                                 : &to->placed;
        *part += parts[i];
    }
}

static void check_weights(const kt_project_places *places)
{
    double sums[KT_PLACE_ROLES] = {0};
    size_t counts[KT_PLACE_ROLES] = {0};
    for (size_t i = 0; i < places->count; i++) {
        sums[places->at[i].role] += places->at[i].weight;
        counts[places->at[i].role]++;
    }
    assert_true(counts[KT_PLACE_IMPLEMENTATION] > 0);
    for (size_t role = 0; role < KT_PLACE_ROLES; role++) {
        assert_true(counts[role] == 0 || fabs(sums[role] - 1.0) < 1e-12);
    }
}

static void weights_sum_to_one_and_no_cent_is_lost(void **state)
{
    (void)state;
    size_t count = 0;
    money sum = {0};
    const kt_project *projects = read_list(texts.arena, &count);
    for (size_t i = 0; i < count; i++) {
        const kt_project_places places =
            kt_project_places_of(texts.placement, texts.finnish, &projects[i], texts.arena);
        check_weights(&places);
        add_money(&places, projects[i].sum[KT_PROJECT_GRANTED], &sum);
    }
    /* The total of the list, by facts and by its own table of sections and priorities. */
    assert_int_equal(sum.placed + sum.national + sum.unlocated, INT64_C(122511234200));
}

static void the_whole_country_has_at_most_what_its_section_has(void **state)
{
    (void)state;
    size_t count = 0, in_section = 0, national = 0, moved = 0;
    const kt_project *projects = read_list(texts.arena, &count);
    for (size_t i = 0; i < count; i++) {
        const kt_project_places places =
            kt_project_places_of(texts.placement, texts.finnish, &projects[i], texts.arena);
        const bool whole = strcmp(places.at[0].level, KT_LEVEL_NATIONAL) == 0;
        const bool section =
            strcmp(projects[i].text[KT_PROJECT_SECTION], "Valtakunnallinen osio") == 0;
        in_section += section ? 1 : 0;
        national += whole ? 1 : 0;
        moved += section && !whole ? 1 : 0;
        assert_true(section || !whole);
    }
    assert_int_equal(in_section, 728); /* counted in the list */
    assert_int_equal(national + moved, in_section);
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(PROJECT_LIST);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_sum_to_one_and_no_cent_is_lost),
        cmocka_unit_test(the_whole_country_has_at_most_what_its_section_has),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
