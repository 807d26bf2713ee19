/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/gate.h"

#include "core/support.h"
#include "pipeline/config.h"
#include "support/arena.h"

#define MOST 8

/* A gate that knows one source and lets half of a list go. */
typedef struct trial {
    kt_arena *arena;
    kt_config config;
    kt_night night;
    kt_source source;
    kt_source *sources[1];
    kt_list_gate *gate;
} trial;

static trial *open_trial(kt_arena *arena, kt_acceptances acceptances)
{
    trial *made = kt_arena_new(arena, trial);
    made->arena = arena;
    made->source.id = "inbox";
    made->sources[0] = &made->source;
    made->config.projects.sources = made->sources;
    made->config.projects.source_count = 1;
    made->config.projects.lost_share = 0.5;
    made->config.projects.lost_running = (kt_lost_running){.least = 20, .share = 0.1};
    made->night.config = &made->config;
    made->night.until = KT_NO_INSTANT;
    made->gate = kt_list_gate_new(&made->night, acceptances, arena);
    return made;
}

/* One file of a day with a project for each letter: "ABCD". */
typedef struct sketch {
    const char *format, *projects;
    bool report; /* it is no list */
} sketch;

/* Which of the files of a day are held: "-+" is the first of two. */
static const char *judged(trial *of, int64_t day, const sketch *files, size_t count)
{
    kt_list_file *lists = kt_arena_array(of->arena, kt_list_file, count);
    kt_project_drop *drops = kt_arena_array(of->arena, kt_project_drop, count);
    char *out = kt_arena_array(of->arena, char, count + 1);
    for (size_t i = 0; i < count; i++) {
        const size_t projects = strlen(files[i].projects);
        kt_receipt *receipt = kt_arena_new(of->arena, kt_receipt);
        kt_project_list *list = kt_arena_new(of->arena, kt_project_list);
        list->projects = kt_arena_array(of->arena, kt_project, projects + 1);
        list->project_count = projects;
        for (size_t j = 0; j < projects; j++) {
            list->projects[j].text[KT_PROJECT_PROJECT_CODE] =
                kt_arena_print(of->arena, "S%c", files[i].projects[j]);
        }
        (void)snprintf(receipt->sha256, sizeof receipt->sha256, "%s", files[i].projects);
        lists[i] = (kt_list_file){
            .receipt = receipt, .name = "file:x", .format = files[i].format, .snapshot_day = day};
        drops[i].list = files[i].report ? NULL : list;
    }
    kt_list_gate_judge(of->gate, lists, drops, count);
    for (size_t i = 0; i < count; i++) {
        out[i] = lists[i].held == NULL ? '+' : '-';
    }
    return out;
}

static const char *judged_one(trial *of, int64_t day, const char *format, const char *projects)
{
    return judged(of, day, &(sketch){format, projects, false}, 1);
}

static void a_list_that_lacks_more_than_half_is_held(void **state)
{
    trial *of = open_trial(*state, (kt_acceptances){0});
    assert_string_equal(judged_one(of, 1, "eura", "ABCD"), "+");
    assert_string_equal(judged_one(of, 2, "eura", "CDXY"), "+"); /* half of them */
    assert_string_equal(judged_one(of, 3, "eura", "YZVW"), "-"); /* three of four */
    /* It is held against the last good list, not against the one that was held. */
    assert_string_equal(judged_one(of, 4, "eura", "YZVW"), "-");
    assert_string_equal(judged_one(of, 5, "eura", "CDYZVW"), "+");
}

static void a_format_is_held_against_itself(void **state)
{
    trial *of = open_trial(*state, (kt_acceptances){0});
    assert_string_equal(judged_one(of, 1, "eura", "ABCD"), "+");
    assert_string_equal(judged_one(of, 2, "kohesio", "Q"), "+");
    assert_string_equal(judged_one(of, 3, "kohesio", "R"), "-");
    assert_string_equal(judged(of, 4, (sketch[]){{"eura", "", true}}, 1), "+"); /* a report */
    assert_string_equal(judged_one(of, 5, "eura", ""), "-");
}

/* Two files of a day are one list; without its second half it would be held. */
static void files_of_one_day_are_one_list(void **state)
{
    trial *of = open_trial(*state, (kt_acceptances){0});
    assert_string_equal(judged_one(of, 1, "eura", "ABCDE"), "+");
    assert_string_equal(
        judged(of, 2, (sketch[]){{"eura", "AB", false}, {"kohesio", "Q", false}}, 2), "-+");
    assert_string_equal(
        judged(of, 3,
               (sketch[]){{"eura", "AB", false}, {"kohesio", "Q", false}, {"eura", "CDE", false}},
               3),
        "+++");
}

static void what_somebody_let_through_is_the_list_from_then_on(void **state)
{
    const kt_acceptance accepted = {.source = "inbox", .campaign = "XY", .time = 100};
    trial *of = open_trial(*state, (kt_acceptances){&accepted, 1});
    assert_string_equal(judged_one(of, 1, "eura", "ABCD"), "+");
    assert_string_equal(judged_one(of, 2, "eura", "XY"), "+");
    assert_string_equal(judged_one(of, 3, "eura", "ABCD"), "-");
    /* As of the day before nobody had. */
    trial *then = open_trial(*state, (kt_acceptances){&accepted, 1});
    then->night.until = 99;
    assert_string_equal(judged_one(then, 1, "eura", "ABCD"), "+");
    assert_string_equal(judged_one(then, 2, "eura", "XY"), "-");
}

/* A list with the projects from one number up to another; the first 200 of all ended on day 5. */
static char judged_numbers(trial *of, int64_t day, int from, int to)
{
    kt_receipt receipt = {.sha256 = "numbers"};
    kt_project_list list = {0};
    list.projects = kt_arena_array(of->arena, kt_project, (size_t)(to - from) + 1);
    for (int i = from; i < to; i++) {
        kt_project *project = &list.projects[list.project_count++];
        project->text[KT_PROJECT_PROJECT_CODE] = kt_arena_print(of->arena, "S%d", i);
        project->end_day = i < 200 ? 5 : i < 390 ? 1000 : KT_NO_DAY;
    }
    kt_list_file file = {
        .receipt = &receipt, .name = "file:x", .format = "eura", .snapshot_day = day};
    const kt_project_drop drop = {.list = &list};
    kt_list_gate_judge(of->gate, &file, &drop, 1);
    return file.held == NULL ? '+' : '-';
}

/* By hand: of 400 projects 200 run after day 5, ten of them without a last day. A tenth of 200 is
 * 20, which is not more than a tenth; half of all is 200. */
static void a_list_without_many_projects_that_run_is_held(void **state)
{
    static const struct {
        int64_t day;
        int from, to;
        char want;
    } cases[] = {
        {10, 0, 380, '+'},   /* 20 of 200 */
        {10, 0, 379, '-'},   /* 21 of 200 */
        {10, 199, 400, '+'}, /* 199 that ended */
        {10, 199, 379, '-'}, /* as many, and 21 that run */
        {5, 0, 379, '+'},    /* on their last day all of them run: 21 of 400 */
        {10, 201, 400, '-'}, /* 201 of 400: more than half, whatever they are */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        trial *of = open_trial(*state, (kt_acceptances){0});
        assert_int_equal(judged_numbers(of, 1, 0, 400), '+');
        assert_int_equal(judged_numbers(of, cases[i].day, cases[i].from, cases[i].to),
                         cases[i].want);
    }
}

/* Of 60 that run 19 are a third, and too few to be told from the end of as many. */
static void a_small_list_may_lose_less_than_twenty(void **state)
{
    trial *of = open_trial(*state, (kt_acceptances){0});
    assert_int_equal(judged_numbers(of, 1, 300, 360), '+');
    assert_int_equal(judged_numbers(of, 2, 319, 360), '+');
    trial *again = open_trial(*state, (kt_acceptances){0});
    assert_int_equal(judged_numbers(again, 1, 300, 360), '+');
    assert_int_equal(judged_numbers(again, 2, 320, 360), '-');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_list_that_lacks_more_than_half_is_held),
        ARENA_TEST(a_format_is_held_against_itself),
        ARENA_TEST(files_of_one_day_are_one_list),
        ARENA_TEST(a_list_without_many_projects_that_run_is_held),
        ARENA_TEST(a_small_list_may_lose_less_than_twenty),
        ARENA_TEST(what_somebody_let_through_is_the_list_from_then_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
