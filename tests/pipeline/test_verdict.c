/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "core/instant.h"
#include "night.h"
#include "run_id.h"
#include "verdict.h"

#define CAMPAIGN_LIMIT 8
#define FIRST_TIME     1784523600 /* 2026-07-20T05:00:00Z */
#define DAY_S          86400

/* An archive of whole campaigns of one reply each, of the table 12r5 with one maakunta. */
typedef struct shelf {
    kt_arena *arena;
    const char *workspace;
    const kt_config *config;
    kt_archive *archive;
    kt_receipt receipts[CAMPAIGN_LIMIT];
    size_t count;
    kt_workshop shop;
    kt_table table;
} shelf;

static shelf open_shelf(void *state)
{
    const bench *made = state;
    shelf of = {.arena = made->arena, .workspace = made->folder};
    kt_error err = {0};
    of.config =
        kt_config_load(KT_ROOT "/config/kohtaanto.json", of.arena, kt_problems_new(of.arena));
    assert_non_null(of.config);
    assert_int_equal(kt_archive_open(of.workspace, &of.archive, &err), KT_OK);
    of.table = (kt_table){.source = of.config->sources[0]};
    return of;
}

/* One month of the country and of one maakunta: unemployed, vacancies, labour force. */
static const char *reply_of(const shelf *of, const char *month, const char *unemployed)
{
    return kt_arena_print(
        of->arena,
        "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"x\",\"updated\":"
        "\"2026-04-0%zuT05:00:00Z\",\"id\":[\"Alue\",\"timeperiod_m\",\"contentscode\"],"
        "\"size\":[2,1,3],\"role\":{\"time\":[\"timeperiod_m\"],\"metric\":[\"contentscode\"]},"
        "\"dimension\":{\"Alue\":{\"category\":{\"index\":[\"SSS\",\"MK01\"]}},"
        "\"timeperiod_m\":{\"category\":{\"index\":[\"%s\"]}},\"contentscode\":{\"category\":"
        "{\"index\":[\"TYOTTOMATLOPUSSA\",\"AVPAIKATLOPUSSA\",\"TYOVOIMATK\"]}}},"
        "\"value\":[%s,100,9000,400,50,4000],\"extension\":{\"px\":{\"tableid\":\"12r5\"}}}",
        of->count + 1, month, unemployed);
}

static void add_campaign(shelf *of, const char *month, const char *unemployed)
{
    const char *body = reply_of(of, month, unemployed);
    kt_error err = {0};
    kt_receipt *receipt = &of->receipts[of->count];
    *receipt = (kt_receipt){
        .source = "12r5",
        .purpose = KT_PURPOSE_DATA,
        .method = "POST",
        .url = "https://pxdata.stat.fi/12r5.px",
        .request = kt_arena_print(of->arena, "{\"month\":\"%s\"}", month),
        .time = FIRST_TIME + (kt_instant)of->count * DAY_S,
        .status = 200,
        .bytes = strlen(body),
        .updated = kt_arena_print(of->arena, "2026-04-0%zuT05:00:00Z", of->count + 1),
        .campaign = kt_arena_print(of->arena, "c%zu", of->count + 1),
        .parts = 1,
        .whole = true,
    };
    assert_int_equal(kt_archive_store(of->archive, body, strlen(body), receipt->sha256, &err),
                     KT_OK);
    of->count++;
}

static void judge(shelf *of, kt_acceptances acceptances)
{
    kt_error err = {0};
    kt_campaign *campaigns = NULL;
    const size_t count = kt_campaigns_find((kt_receipts){.at = of->receipts, .count = of->count},
                                           "12r5", KT_NO_INSTANT, of->arena, &campaigns);
    of->shop = (kt_workshop){.config = of->config,
                             .source = of->config->sources[0],
                             .archive = of->archive,
                             .acceptances = acceptances,
                             .until = KT_NO_INSTANT,
                             .store = of->workspace,
                             .key = "one configuration"};
    if (kt_verdicts_make(&of->shop, campaigns, count, of->arena, &of->table, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
}

static void close_shelf(shelf *of)
{
    kt_archive_close(of->archive);
}

static void a_campaign_that_keeps_the_rules_is_good(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    add_campaign(&of, "2026M06", "5000"); /* another month may be anything */
    judge(&of, (kt_acceptances){0});
    assert_int_equal(of.table.verdict_count, 2);
    assert_null(of.table.verdicts[0].held);
    assert_null(kt_table_held(&of.table));
    close_shelf(&of);
}

static void a_bad_campaign_is_held_and_the_next_good_one_is_not(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    add_campaign(&of, "2026M06", "-7");
    judge(&of, (kt_acceptances){0});
    assert_non_null(kt_table_held(&of.table));
    assert_false(kt_table_held(&of.table)->by_revision);
    add_campaign(&of, "2026M06", "1001");
    judge(&of, (kt_acceptances){0});
    assert_null(kt_table_held(&of.table));
    assert_non_null(of.table.verdicts[1].held); /* for ever */
    close_shelf(&of);
}

static void parts_above_the_total_hold_a_campaign(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "399"); /* the maakunta alone has 400 */
    judge(&of, (kt_acceptances){0});
    assert_non_null(kt_table_held(&of.table));
    assert_non_null(strstr(kt_table_held(&of.table)->held, "regions_within_country"));
    close_shelf(&of);
}

static void a_revision_above_the_share_is_held_until_it_is_accepted(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    add_campaign(&of, "2026M05", "1100"); /* a tenth: as much as the source allows */
    add_campaign(&of, "2026M05", "1211"); /* more than a tenth of 1100 */
    judge(&of, (kt_acceptances){0});
    assert_null(of.table.verdicts[1].held);
    const kt_verdict *held = kt_table_held(&of.table);
    assert_non_null(held);
    assert_true(held->by_revision);
    assert_non_null(strstr(held->held, "from 1100 to 1211"));
    const kt_acceptance accepted = {.source = "12r5", .campaign = "c3", .time = FIRST_TIME};
    judge(&of, (kt_acceptances){.at = &accepted, .count = 1});
    assert_null(kt_table_held(&of.table));
    close_shelf(&of);
}

static void a_held_revision_is_not_what_later_ones_are_measured_by(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    add_campaign(&of, "2026M05", "2000");
    add_campaign(&of, "2026M05", "1010");
    judge(&of, (kt_acceptances){0});
    assert_non_null(of.table.verdicts[1].held);
    assert_null(of.table.verdicts[2].held);
    close_shelf(&of);
}

static void verdicts_are_the_same_in_one_go_and_night_by_night(void **state)
{
    static const char *const figures[] = {"1000", "1050", "5000", "1090", "-1", "1190"};
    shelf nightly = open_shelf(*state);
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        add_campaign(&nightly, "2026M05", figures[i]);
        judge(&nightly, (kt_acceptances){0});
    }
    shelf at_once = nightly;
    at_once.table = (kt_table){.source = at_once.config->sources[0]};
    judge(&at_once, (kt_acceptances){0});
    assert_int_equal(at_once.table.verdict_count, COUNT_OF(figures));
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        assert_true((at_once.table.verdicts[i].held == NULL) ==
                    (nightly.table.verdicts[i].held == NULL));
    }
    assert_non_null(at_once.table.verdicts[2].held);
    assert_null(at_once.table.verdicts[5].held);
    close_shelf(&nightly);
}

static void save_history(shelf *of, char sha256[KT_HASH_SIZE])
{
    kt_error err = {0};
    assert_int_equal(
        kt_revision_log_save(of->table.log, of->workspace, of->table.source, sha256, &err), KT_OK);
    of->table.log = NULL; /* the next night reads it back */
}

static void the_history_is_the_same_in_one_go_and_night_by_night(void **state)
{
    static const struct {
        const char *month, *unemployed;
    } nights[] = {{"2026M05", "1000"}, {"2026M05", "1050"}, {"2026M06", "2000"},
                  {"2026M05", "5000"}, {"2026M05", "1060"}, {"2026M06", "1990"}};
    char nightly_hash[KT_HASH_SIZE];
    char at_once_hash[KT_HASH_SIZE];
    shelf nightly = open_shelf(*state);
    for (size_t i = 0; i < COUNT_OF(nights); i++) {
        add_campaign(&nightly, nights[i].month, nights[i].unemployed);
        judge(&nightly, (kt_acceptances){0});
        assert_true(nightly.table.verdicts[i].judged_now);
        save_history(&nightly, nightly_hash);
    }
    shelf at_once = nightly;
    at_once.table = (kt_table){.source = at_once.config->sources[0]};
    judge(&at_once, (kt_acceptances){0});
    const kt_revision_log *log = at_once.table.log;
    assert_int_equal(log->note_count, 5); /* 5000 is held */
    assert_int_equal(log->change_count, 3);
    assert_true(log->changes[1].before.value == 1050.0 && log->changes[1].after.value == 1060.0);
    assert_true(log->changes[2].before.value == 2000.0 && log->changes[2].after.value == 1990.0);
    save_history(&at_once, at_once_hash);
    assert_string_equal(nightly_hash, at_once_hash);
    close_shelf(&nightly);
}

static void what_is_stored_of_a_table_is_read_back(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    add_campaign(&of, "2026M05", "-7");
    judge(&of, (kt_acceptances){0});
    static const char *replies[] = {"aa", "bb"};
    kt_check check = {.name = "c",
                      .subject = "12r5 x",
                      .severity = "hold",
                      .passed = true,
                      .measured = -0.1,
                      .threshold = NAN,
                      .cells_checked = 3,
                      .examples = ""};
    kt_table *table = &of.table;
    table->there = true;
    table->key = "k";
    table->replies = replies;
    table->reply_count = 2;
    table->as_of = FIRST_TIME;
    table->first_period = "2026M05";
    table->last_period = "2026M06";
    table->checks = &check;
    table->check_count = 1;
    kt_error err = {0};
    assert_int_equal(kt_folder_make(path_of(*state, "cubes"), &err), KT_OK);
    assert_int_equal(kt_table_save(table, of.workspace, of.arena, &err), KT_OK);
    const kt_table got = kt_table_load(table->source, of.workspace, of.arena);
    assert_true(got.there);
    assert_string_equal(got.replies[1], "bb");
    assert_true(got.as_of == FIRST_TIME);
    assert_true(got.checks[0].measured == -0.1 && isnan(got.checks[0].threshold));
    assert_string_equal(got.verdicts[1].held, table->verdicts[1].held);
    assert_int_equal(got.national_count, 3);
    assert_null(got.updated);
    close_shelf(&of);
}

static void a_store_that_cannot_be_read_is_one_that_is_not_there(void **state)
{
    static const char *const broken[] = {
        "", "{", "[]", "{\"format\": 0}", "{\"format\": 1}", "{\"format\": 1, \"there\": \"yes\"}"};
    shelf of = open_shelf(*state);
    kt_error err = {0};
    assert_int_equal(kt_folder_make(path_of(*state, "cubes"), &err), KT_OK);
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        (void)write_words(*state, "cubes/12r5.json", broken[i]);
        const kt_table got = kt_table_load(of.table.source, of.workspace, of.arena);
        assert_false(got.there);
        assert_int_equal(got.verdict_count, 0);
    }
    close_shelf(&of);
}

static void acceptances_are_read_back_line_by_line(void **state)
{
    shelf of = open_shelf(*state);
    kt_error err = {0};
    kt_acceptances got;
    assert_int_equal(kt_acceptances_load(of.workspace, of.arena, &got, &err), KT_OK);
    assert_int_equal(got.count, 0);
    const kt_acceptance one = {.source = "12r5", .campaign = "c\"1", .time = FIRST_TIME};
    assert_int_equal(kt_acceptance_add(of.workspace, &one, of.arena, &err), KT_OK);
    assert_int_equal(kt_acceptances_load(of.workspace, of.arena, &got, &err), KT_OK);
    assert_true(kt_is_accepted(got, "12r5", "c\"1", KT_NO_INSTANT));
    assert_true(kt_is_accepted(got, "12r5", "c\"1", FIRST_TIME));
    assert_false(kt_is_accepted(got, "12r5", "c\"1", FIRST_TIME - 1));
    assert_false(kt_is_accepted(got, "12ti", "c\"1", KT_NO_INSTANT));
    (void)write_words(*state, "archive/accepted.jsonl", "{}\n");
    assert_int_equal(kt_acceptances_load(of.workspace, of.arena, &got, &err), KT_ERR_FORMAT);
    assert_says(&err, "accepted.jsonl:1: expected an object with source, campaign and time");
    close_shelf(&of);
}

static void a_line_that_a_crash_cut_short_spoils_no_acceptance(void **state)
{
    shelf of = open_shelf(*state);
    kt_error err = {0};
    kt_acceptances got;
    const kt_acceptance one = {.source = "12r5", .campaign = "c1", .time = FIRST_TIME};
    const kt_acceptance two = {.source = "12r5", .campaign = "c2", .time = FIRST_TIME};
    assert_int_equal(kt_acceptance_add(of.workspace, &one, of.arena, &err), KT_OK);
    const char *path = path_of(*state, "archive/accepted.jsonl");
    assert_int_equal(kt_file_append(path, "{\"source\":\"12", 13, &err), KT_OK);
    assert_int_equal(kt_acceptance_add(of.workspace, &two, of.arena, &err), KT_OK);
    assert_int_equal(kt_acceptances_load(of.workspace, of.arena, &got, &err), KT_OK);
    assert_int_equal(got.count, 2);
    assert_true(kt_is_accepted(got, "12r5", "c2", KT_NO_INSTANT));
    close_shelf(&of);
}

/* A night over the shelf, as far as states and run ids look at it. */
static kt_night night_of(shelf *of)
{
    kt_night night = {.config = of->config,
                      .arena = of->arena,
                      .workspace = of->workspace,
                      .receipts = {.at = of->receipts, .count = of->count}};
    night.tables = kt_arena_array(of->arena, kt_table, of->config->source_count);
    night.tables[0] = of->table;
    for (size_t i = 1; i < of->config->source_count; i++) {
        night.tables[i] = (kt_table){.source = of->config->sources[i]};
    }
    return night;
}

static void a_table_ages_from_the_last_day_of_its_newest_period(void **state)
{
    static const struct {
        const char *period, *state;
    } ages[] = {
        {"2026M06", "fresh"}, /* 20 days before 20 July */
        {"2026M05", "fresh"}, /* 50 */
        {"2026M04", "late"},  /* 81: above 60 */
        {"2026M03", "stale"}, /* 111: above 100 */
    };
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    for (size_t i = 0; i < COUNT_OF(ages); i++) {
        of.table.there = true;
        of.table.last_period = ages[i].period;
        const kt_night night = night_of(&of);
        const char *reason = NULL;
        assert_string_equal(
            kt_table_state(&night, &night.tables[0], KT_NO_INSTANT, FIRST_TIME, &reason),
            ages[i].state);
        assert_null(reason);
    }
    close_shelf(&of);
}

static void a_failure_counts_from_its_moment_on(void **state)
{
    shelf of = open_shelf(*state);
    add_campaign(&of, "2026M05", "1000");
    of.table.there = true;
    of.table.last_period = "2026M06";
    of.receipts[of.count++] = (kt_receipt){.source = "12r5",
                                           .purpose = KT_PURPOSE_PROBE,
                                           .url = "https://pxdata.stat.fi/12r5.px",
                                           .time = FIRST_TIME + DAY_S,
                                           .fault = "HTTP 503"};
    const kt_night night = night_of(&of);
    const char *reason = NULL;
    const kt_table *table = &night.tables[0];
    assert_string_equal(kt_table_state(&night, table, FIRST_TIME, FIRST_TIME, &reason), "fresh");
    assert_string_equal(kt_table_state(&night, table, KT_NO_INSTANT, FIRST_TIME, &reason),
                        "failed");
    assert_string_equal(reason, "HTTP 503");
    close_shelf(&of);
}

static void a_run_is_called_by_what_it_is_made_of(void **state)
{
    static const char *one[] = {"aa"};
    static const char *other[] = {"ab"};
    shelf of = open_shelf(*state);
    kt_night night = night_of(&of);
    assert_true(kt_run_identify(&night).as_of == KT_NO_INSTANT);
    night.tables[0].there = true;
    night.tables[0].as_of = FIRST_TIME;
    night.tables[0].replies = one;
    night.tables[0].reply_count = 1;
    const kt_run_identity first = kt_run_identify(&night);
    assert_int_equal(strlen(first.run_id), 16);
    const char *folder = kt_arena_print(of.arena, "runs/20260720T050000Z_%s", first.run_id);
    assert_string_equal(kt_run_folder(&first, of.arena), folder);
    assert_string_equal(kt_run_identify(&night).run_id, first.run_id);
    night.tables[0].replies = other;
    assert_string_not_equal(kt_run_identify(&night).run_id, first.run_id);
    night.tables[0].replies = one;
    night.tables[0].as_of++;
    assert_string_not_equal(kt_run_identify(&night).run_id, first.run_id);
    close_shelf(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_campaign_that_keeps_the_rules_is_good),
        in_bench(a_bad_campaign_is_held_and_the_next_good_one_is_not),
        in_bench(parts_above_the_total_hold_a_campaign),
        in_bench(a_revision_above_the_share_is_held_until_it_is_accepted),
        in_bench(a_held_revision_is_not_what_later_ones_are_measured_by),
        in_bench(verdicts_are_the_same_in_one_go_and_night_by_night),
        in_bench(the_history_is_the_same_in_one_go_and_night_by_night),
        in_bench(what_is_stored_of_a_table_is_read_back),
        in_bench(a_store_that_cannot_be_read_is_one_that_is_not_there),
        in_bench(acceptances_are_read_back_line_by_line),
        in_bench(a_line_that_a_crash_cut_short_spoils_no_acceptance),
        in_bench(a_table_ages_from_the_last_day_of_its_newest_period),
        in_bench(a_failure_counts_from_its_moment_on),
        in_bench(a_run_is_called_by_what_it_is_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
