/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include <string.h>

#include "projects/money.h"

/* Two cells, and places: the whole country, nowhere, the first cell, the second, both of them. */
enum { FIRST = KT_PLACE_FIXED, SECOND, BOTH, PLACES };
enum { PROJECTS = 3, YEARS = 2 };

typedef struct sketch {
    kt_coverage_study study;
    kt_project_study projects;
    kt_project_version versions[PROJECTS];
    const kt_project_version *at[PROJECTS];
    kt_coverage_level level;
    kt_coverage_scheme scheme;
    kt_funded_project funded[PROJECTS];
} sketch;

static const kt_money_share whole[] = {{0, 1.0}};
static const kt_money_share in_thirds[] = {{FIRST, 1.0}, {SECOND, 1.0}, {BOTH, 1.0}};
static const kt_money_share half_national[] = {{KT_PLACE_NATIONAL, 0.5}, {KT_PLACE_UNLOCATED, 0.5}};
static const kt_money_share in_second[] = {{SECOND, 1.0}};

static void put(sketch *of, size_t at, const char *period, int64_t granted, kt_money_shares places)
{
    kt_project *is = &of->versions[at].is;
    is->period = period;
    is->sum[KT_PROJECT_GRANTED] = granted;
    is->sum[KT_PROJECT_REALISED] = KT_NO_MONEY;
    of->at[at] = &of->versions[at];
    of->funded[at] = (kt_funded_project){.granted = granted,
                                         .realised = KT_NO_MONEY,
                                         .start_day = at == 2 ? KT_NO_DAY : 0,
                                         .end_day = at == 2 ? KT_NO_DAY : 299,
                                         .seen_day = 0,
                                         .places = places,
                                         .themes = {whole, 1},
                                         .sectors = {whole, 1},
                                         .undertaking = at,
                                         .counts = true};
}

/* 100.01 in thirds over three hundred days, 0.03 half national, 5.00 of no known day. */
static sketch *drawn(kt_arena *arena)
{
    static const kt_funding_span years[] = {{0, 99}, {100, 199}};
    static size_t cells[PLACES] = {2, 3, 0, 1, 3};
    sketch *of = kt_arena_new(arena, sketch);
    put(of, 0, "2021-2027", 10001, (kt_money_shares){in_thirds, 3});
    put(of, 1, "2014-2020", 3, (kt_money_shares){half_national, 2});
    put(of, 2, NULL, 500, (kt_money_shares){in_second, 1});
    of->projects = (kt_project_study){.at = of->at, .count = PROJECTS};
    of->level = (kt_coverage_level){.name = "maakunta", .count = 2, .cell_of_place = cells};
    of->scheme.question = (kt_funding_question){.projects = of->funded,
                                                .count = PROJECTS,
                                                .spans = years,
                                                .span_count = YEARS,
                                                .places = PLACES,
                                                .themes = 1,
                                                .sectors = 1};
    of->scheme.funding = kt_funding_make(&of->scheme.question, arena);
    of->study = (kt_coverage_study){
        .projects = &of->projects,
        .places = {.place_count = PLACES, .levels = &of->level, .level_count = 1},
        .schemes = &of->scheme,
        .scheme_count = 1};
    return of;
}

static const kt_project_money *find(const kt_project_moneys *all, const char *period,
                                    const char *kind)
{
    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->at[i].period, period) == 0 && strcmp(all->at[i].kind, kind) == 0) {
            return &all->at[i];
        }
    }
    fail_msg("%s %s", period, kind);
    return NULL;
}

static int64_t lost(const kt_project_money *of)
{
    return of->listed - of->located - of->national - of->shared - of->unlocated;
}

/* By hand: 10001 cents over 300 days are 3333.67 a hundred, so 3334, 3334 and 3333 (largest rests,
 * the first of equal ones); in thirds 1112 1111 1111, again so, and 1111 each. Of 3 cents 1 falls
 * on each hundred days, and the first of two equal halves has it. */
static void each_part_of_each_period_is_where_it_was_split_to(void **state)
{
    const bench *made = *state;
    const sketch *of = drawn(made->arena);
    const kt_project_moneys all = kt_project_moneys_of(&of->study, made->arena);
    assert_int_equal(all.count, 8); /* two periods, an unknown one, all; granted and realised */
    const kt_project_money *new = find(&all, "2021-2027", "granted_eu_state_eur");
    assert_int_equal(new->listed, 10001);
    assert_int_equal(new->located, 2 * 3333 + 2);
    assert_int_equal(new->shared, 3333);
    assert_int_equal(new->national + new->unlocated, 0);
    const kt_project_money *old = find(&all, "2014-2020", "granted_eu_state_eur");
    assert_int_equal(old->national, 3);
    assert_int_equal(old->unlocated, 0);
    assert_int_equal(find(&all, "unknown", "granted_eu_state_eur")->located, 500);
    assert_int_equal(find(&all, KT_ALL_PERIODS, "granted_eu_state_eur")->listed, 10504);
    for (size_t i = 0; i < all.count; i++) {
        assert_int_equal(lost(&all.at[i]), 0);
    }
}

static void a_cent_that_is_lost_is_seen(void **state)
{
    const bench *made = *state;
    sketch *of = drawn(made->arena);
    size_t at = 0;
    while (of->scheme.funding.cents[at] == 0) {
        at++;
    }
    of->scheme.funding.cents[at]--;
    kt_project_moneys all = kt_project_moneys_of(&of->study, made->arena);
    assert_int_equal(lost(find(&all, KT_ALL_PERIODS, "granted_eu_state_eur")), 1);
    /* A project whose money the split was not given. */
    of->funded[1].granted = 2;
    all = kt_project_moneys_of(&of->study, made->arena);
    assert_int_equal(lost(find(&all, "2014-2020", "granted_eu_state_eur")), 1);
    assert_int_equal(lost(find(&all, "2021-2027", "granted_eu_state_eur")), 0);
}

static void no_project_has_no_money(void **state)
{
    const bench *made = *state;
    const kt_project_study nobody = {0};
    const kt_coverage_study study = {.projects = &nobody};
    assert_int_equal(kt_project_moneys_of(&study, made->arena).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(each_part_of_each_period_is_where_it_was_split_to),
        in_bench(a_cent_that_is_lost_is_seen),
        in_bench(no_project_has_no_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
