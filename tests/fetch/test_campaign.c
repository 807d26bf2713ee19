/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/night.h"

static void the_first_night_asks_for_each_cell_once(void **state)
{
    night *of = *state;
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].state, KT_FETCH_FETCHED);
    assert_int_equal(of->results[1].state, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_CONFIG), 1);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 2);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 0);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), R5_PARTS + TI_PARTS);
    assert_int_equal(cells_fetched(of), R5_CELLS + TI_CELLS);
    assert_int_equal(of->results[0].calls + of->results[1].calls,
                     kt_server_calls(of->server, KT_CALL_ANY));
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
    assert_int_equal(vintage_of(of, "12ti")->reply_count, TI_PARTS);
    assert_true(vintage_of(of, "12ti")->last_whole != KT_NO_INSTANT);
}

static void an_unchanged_table_costs_a_probe(void **state)
{
    night *of = *state;
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].state, KT_FETCH_UNCHANGED);
    assert_int_equal(of->results[1].state, KT_FETCH_UNCHANGED);
    assert_null(of->results[0].plan);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_CONFIG), 1);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 2);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 3);
}

static void a_changed_table_has_its_newest_periods_fetched(void **state)
{
    night *of = *state;
    fetch_to(of, KT_FETCH_FETCHED);
    kt_server_republish(of->server, "12r5");
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 1);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 1);
    assert_int_equal(cells_fetched(of), 25 * 3 * 3); /* refetch_periods is 3 */
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS + 1);
    fetch_to(of, KT_FETCH_UNCHANGED);
}

static void periods_never_fetched_are_fetched_too(void **state)
{
    night *of = *state;
    kt_server_cut(of->server, "12r5", NULL, "2023M07");
    fetch_to(of, KT_FETCH_FETCHED);
    kt_server_cut(of->server, "12r5", NULL, NULL);
    kt_server_republish(of->server, "12r5");
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), 25 * 5 * 3); /* 2023M08 to 2023M12 */
    fetch_to(of, KT_FETCH_UNCHANGED);
}

static void the_whole_table_is_fetched_when_it_is_due(void **state)
{
    night *of = *state;
    fetch_to(of, KT_FETCH_FETCHED);
    of->r5->whole_every_days = 0;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), R5_CELLS);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
}

static void codes_never_asked_for_make_the_whole_table_due(void **state)
{
    night *of = *state;
    static const char *few[] = {"SSS", "MK01"};
    const char **all = of->r5->variables[0].want;
    of->r5->variables[0].want = few;
    of->r5->variables[0].want_count = 2;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), 2 * 36 * 3);
    of->r5->variables[0].want = all;
    of->r5->variables[0].want_count = 1;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), R5_CELLS);
}

static void a_table_that_lost_its_newest_period_is_refused(void **state)
{
    night *of = *state;
    fetch_to(of, KT_FETCH_FETCHED);
    kt_server_cut(of->server, "12r5", NULL, "2023M11");
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_DATA);
    assert_non_null(strstr(of->results[0].message, "ends with 2023M11, expected 2023M12"));
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
    assert_non_null(vintage_of(of, "12r5")->last_fault);
}

static void a_table_that_lost_its_first_periods_is_no_fault(void **state)
{
    night *of = *state;
    fetch_to(of, KT_FETCH_FETCHED);
    kt_server_cut(of->server, "12r5", "2022M01", NULL);
    kt_server_republish(of->server, "12r5");
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS + 1);
}

/* A night that ends after so many calls; the next one may go on. */
static void break_off(night *of, size_t calls)
{
    of->options.parallel = 1;
    of->cancel_after = calls;
    assert_int_equal(fetch_some(of, 1), KT_ERR_CANCELLED);
    atomic_store(&of->cancelled, 0);
    of->cancel_after = 0;
}

static void what_a_broken_off_night_has_is_not_asked_for_again(void **state)
{
    night *of = *state;
    of->r5 = of->ti;
    break_off(of, 1 + 1 + 3); /* limits, metadata, three of eight pieces */
    assert_int_equal(vintage_of(of, "12ti")->reply_count, 0);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 0);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), TI_PARTS - 3);
    assert_int_equal(vintage_of(of, "12ti")->reply_count, TI_PARTS);
    fetch_to(of, KT_FETCH_UNCHANGED);
}

static void a_night_that_was_broken_off_before_a_publication_begins_anew(void **state)
{
    night *of = *state;
    break_off(of, 1 + 1 + 2);
    kt_server_republish(of->server, "12r5");
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), R5_PARTS);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
    fetch_to(of, KT_FETCH_UNCHANGED);
}

static void a_publication_that_was_taken_back_is_the_one_that_counts(void **state)
{
    night *of = *state;
    break_off(of, 1 + 1 + 2);
    of->r5_table->updated -= 10 * KT_SERVED_DAY_S;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
    fetch_to(of, KT_FETCH_UNCHANGED);
}

static void a_part_that_is_too_large_is_split(void **state)
{
    night *of = *state;
    const kt_fault_rule refuse = {.fault = KT_FAULT_FORBIDDEN, .call = KT_CALL_DATA, .times = 1};
    kt_server_fault(of->server, &refuse);
    of->options.parallel = 1;
    fetch_to(of, KT_FETCH_FETCHED);
    /* one refusal; all pieces are as large as the refused one, so all are halved */
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 1 + 2 * R5_PARTS);
    assert_int_equal(cells_fetched(of), R5_CELLS);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, 2 * R5_PARTS);
}

static void a_night_that_was_broken_off_after_a_split_goes_on(void **state)
{
    /* limits, metadata, a good piece, a refusal, four halves */
    for (size_t after = 3; after < 8; after++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        const kt_fault_rule refuse = {
            .fault = KT_FAULT_FORBIDDEN, .call = KT_CALL_DATA, .after = 1, .times = 1};
        kt_server_fault(of->server, &refuse);
        break_off(of, after);
        const size_t first = cells_fetched(of);
        kt_server_behave(of->server);
        fetch_to(of, KT_FETCH_FETCHED);
        assert_int_equal(first + cells_fetched(of), R5_CELLS);
        fetch_to(of, KT_FETCH_UNCHANGED);
        assert_int_equal(close_night(state), 0);
    }
}

static void a_service_that_refuses_every_size_is_soon_left_alone(void **state)
{
    night *of = *state;
    const kt_fault_rule refuse = {.fault = KT_FAULT_FORBIDDEN, .call = KT_CALL_DATA};
    kt_server_fault(of->server, &refuse);
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_HTTP);
    assert_non_null(strstr(of->results[0].message, "HTTP 403"));
    assert_true(kt_server_calls(of->server, KT_CALL_DATA) < 20);
}

static void a_table_published_anew_meanwhile_is_fetched_of_one_publication(void **state)
{
    for (unsigned parallel = 1; parallel <= 3; parallel++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        const kt_fault_rule republish = {.fault = KT_FAULT_REPUBLISH,
                                         .call = KT_CALL_DATA,
                                         .table = "12ti",
                                         .after = 4,
                                         .times = 1};
        kt_server_fault(of->server, &republish);
        of->options.parallel = parallel;
        of->r5 = of->ti;
        fetch_to(of, KT_FETCH_FETCHED);
        assert_int_equal(vintage_of(of, "12ti")->reply_count, TI_PARTS);
        fetch_to(of, KT_FETCH_UNCHANGED);
        assert_int_equal(close_night(state), 0);
    }
}

static void a_table_that_is_published_all_the_time_is_left_for_another_night(void **state)
{
    night *of = *state;
    const kt_fault_rule republish = {.fault = KT_FAULT_REPUBLISH, .call = KT_CALL_DATA};
    fetch_to(of, KT_FETCH_FETCHED);
    const char *updated = vintage_of(of, "12r5")->updated;
    of->r5->whole_every_days = 0;
    kt_server_fault(of->server, &republish);
    fetch_to(of, KT_FETCH_FAILED);
    assert_non_null(strstr(of->results[0].message, "published anew again and again"));
    assert_string_equal(vintage_of(of, "12r5")->updated, updated);
}

static void a_dry_run_plans_and_fetches_no_data(void **state)
{
    night *of = *state;
    of->options.dry_run = true;
    fetch_to(of, KT_FETCH_PLANNED);
    assert_int_equal(of->results[0].plan->call_count, R5_PARTS);
    assert_int_equal(of->results[0].plan->cells, R5_CELLS);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 0);
    assert_non_null(strstr(of->results[0].plan->calls[0].request, "\"TYOTTOMATLOPUSSA\""));
    assert_string_equal(of->results[0].plan->calls[0].url,
                        "https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px");
}

static void a_table_that_moved_is_looked_for_at_its_other_addresses(void **state)
{
    night *of = *state;
    kt_address_spec *current = &of->r5->addresses[1];
    kt_address_spec *earlier = &of->r5->addresses[0];
    earlier->path = current->path;
    current->path = "tyonv/moved.px";
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_OTHER), 1);
    fetch_to(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
}

static void a_table_that_is_nowhere_names_its_address(void **state)
{
    night *of = *state;
    of->r5->addresses[0].path = "tyonv/gone.px";
    of->r5->addresses[1].path = "tyonv/moved.px";
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_HTTP);
    assert_non_null(strstr(of->results[0].message, "tyonv/moved.px: HTTP 400 (Bad Request)"));
    assert_non_null(strstr(of->results[0].message, "nor is it at any other address of its file"));
}

static void a_query_the_service_no_longer_knows_makes_us_read_the_metadata_again(void **state)
{
    night *of = *state;
    const kt_fault_rule once = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_DATA, .times = 1};
    kt_server_fault(of->server, &once);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 2);
    kt_server_behave(of->server);
    const kt_fault_rule probe = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_PROBE, .times = 1};
    kt_server_fault(of->server, &probe);
    fetch_to(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 1);
}

static void a_query_the_service_never_knows_fails(void **state)
{
    night *of = *state;
    const kt_fault_rule always = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_DATA};
    kt_server_fault(of->server, &always);
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 2);
    assert_non_null(strstr(of->results[0].message, "HTTP 400 (Bad Request)"));
}

static void metadata_that_do_not_fit_the_source_are_a_fault_of_the_table(void **state)
{
    night *of = *state;
    static const char *nowhere[] = {"MK99"};
    fetch_to(of, KT_FETCH_FETCHED);
    of->r5->variables[0].want = nowhere;
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_FORMAT);
    assert_non_null(strstr(of->results[0].message, "MK99"));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_METADATA), 1);
    assert_non_null(vintage_of(of, "12r5")->last_fault);
}

static void one_failing_table_does_not_end_the_others(void **state)
{
    night *of = *state;
    const kt_fault_rule gone = {.fault = KT_FAULT_MISSING, .table = "12r5"};
    kt_server_fault(of->server, &gone);
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].state, KT_FETCH_FAILED);
    assert_int_equal(of->results[1].state, KT_FETCH_FETCHED);
}

static void several_transfers_run_at_once_and_no_more(void **state)
{
    night *of = *state;
    const kt_fault_rule slow = {
        .fault = KT_FAULT_SILENT, .call = KT_CALL_DATA, .times = 3, .seconds = 0.3};
    kt_server_fault(of->server, &slow);
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(kt_server_most_at_once(of->server), 3);
}

static void the_services_limit_of_calls_is_kept(void **state)
{
    night *of = *state;
    const kt_server_options few = {.max_cells = 500, .max_calls = 4, .window_s = 1};
    kt_error err = {0};
    kt_server_stop(of->server);
    assert_ok(kt_server_start(&few, &of->server, &err));
    serve_tables(of);
    of->redirect.to = kt_server_url(of->server);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_refused(of->server), 0);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_night(the_first_night_asks_for_each_cell_once),
        at_night(an_unchanged_table_costs_a_probe),
        at_night(a_changed_table_has_its_newest_periods_fetched),
        at_night(periods_never_fetched_are_fetched_too),
        at_night(the_whole_table_is_fetched_when_it_is_due),
        at_night(codes_never_asked_for_make_the_whole_table_due),
        at_night(a_table_that_lost_its_newest_period_is_refused),
        at_night(a_table_that_lost_its_first_periods_is_no_fault),
        at_night(what_a_broken_off_night_has_is_not_asked_for_again),
        at_night(a_night_that_was_broken_off_before_a_publication_begins_anew),
        at_night(a_publication_that_was_taken_back_is_the_one_that_counts),
        at_night(a_part_that_is_too_large_is_split),
        cmocka_unit_test(a_night_that_was_broken_off_after_a_split_goes_on),
        at_night(a_service_that_refuses_every_size_is_soon_left_alone),
        cmocka_unit_test(a_table_published_anew_meanwhile_is_fetched_of_one_publication),
        at_night(a_table_that_is_published_all_the_time_is_left_for_another_night),
        at_night(a_dry_run_plans_and_fetches_no_data),
        at_night(a_table_that_moved_is_looked_for_at_its_other_addresses),
        at_night(a_table_that_is_nowhere_names_its_address),
        at_night(a_query_the_service_no_longer_knows_makes_us_read_the_metadata_again),
        at_night(a_query_the_service_never_knows_fails),
        at_night(metadata_that_do_not_fit_the_source_are_a_fault_of_the_table),
        at_night(one_failing_table_does_not_end_the_others),
        at_night(several_transfers_run_at_once_and_no_more),
        at_night(the_services_limit_of_calls_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
