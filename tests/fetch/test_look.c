/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/look.h"

#include <math.h>
#include <string.h>

#include "fetch/night.h"

static void look(night *of, kt_look *out)
{
    kt_error err = {0};
    *out = (kt_look){.source = of->r5};
    kt_server_forget(of->server);
    assert_ok(kt_fetch_look((kt_look_past){0}, &of->options, out, 1, of->arena, &err));
}

static size_t count_receipts(night *of)
{
    size_t count = 0;
    (void)receipts_of(of, &count);
    return count;
}

static void a_look_reads_limits_and_codes_and_leaves_no_trace(void **state)
{
    night *of = *state;
    kt_look found;
    look(of, &found);
    assert_int_equal(found.status, KT_OK);
    assert_string_equal(found.host, "pxdata.stat.fi");
    assert_int_equal(found.cells_a_call, MAX_CELLS);
    assert_true(found.tells_limits);
    assert_string_equal(found.path, "tyonv/12r5.px");
    assert_string_equal(found.last_period, "2023M12");
    assert_int_equal(found.metadata->dimension_count, 3);
    assert_int_equal(found.plan->cells, R5_CELLS);
    assert_int_equal(found.plan->call_count, R5_PARTS);
    assert_int_equal(found.calls, 2);
    assert_true(fabs(found.clock_off_s) <= 2.0); /* server and test share a clock */
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 0);
    assert_int_equal(count_receipts(of), 0);
}

static void codes_are_told_where_roles_do_not_resolve_too(void **state)
{
    night *of = *state;
    kt_look found;
    of->r5->measures[1].code = "AVP";
    look(of, &found);
    assert_int_equal(found.status, KT_ERR_FORMAT);
    assert_non_null(strstr(found.message, "has no value AVP"));
    assert_int_equal(found.metadata->dimension_count, 3);
    assert_null(found.plan);
    assert_int_equal(found.calls, 2); /* the same metadata again would say the same */
}

static void an_address_of_other_days_is_told_by_its_path(void **state)
{
    night *of = *state;
    kt_look found;
    kt_address_spec addresses[] = {
        {.path = "tyonv/12r5.px", .from_day = INT64_MIN, .until_day = 20000},
        {.path = "tyonv/new.px", .from_day = 20001, .until_day = INT64_MAX},
    };
    of->r5->addresses = addresses;
    of->r5->address_count = 2;
    look(of, &found);
    assert_int_equal(found.status, KT_OK);
    assert_string_equal(found.path, "tyonv/12r5.px");
    assert_int_equal(found.calls, 3);
}

static void silence_has_its_reason(void **state)
{
    night *of = *state;
    of->options.retry_budget = 0;
    const char *const loopback = strstr(of->redirect.to, "127.0.0.1");
    const struct {
        const char *to;
        kt_silence silence;
    } cases[] = {
        {"http://127.0.0.1:1", KT_SILENCE_REFUSED},
        {"http://nowhere.invalid", KT_SILENCE_NAME},
        {kt_arena_print(of->arena, "https://%s", loopback), KT_SILENCE_TLS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_look found;
        of->redirect.to = cases[i].to;
        look(of, &found);
        assert_int_equal(found.status, KT_ERR_UNREACHED);
        assert_int_equal(found.silence, cases[i].silence);
        assert_int_equal(found.cells_a_call, 0);
    }
}

static void a_table_that_lost_what_the_archive_has_is_no_table_for_a_night(void **state)
{
    night *of = *state;
    kt_error err = {0};
    fetch_to(of, KT_FETCH_FETCHED);
    size_t count = 0;
    kt_receipt *receipts = receipts_of(of, &count);
    for (size_t i = 0; i < count; i++) {
        char *later = receipts[i].request == NULL
                          ? NULL
                          : strstr((char *)(uintptr_t)receipts[i].request, "2023M12");
        if (later != NULL) {
            later[3] = '4';
        }
    }
    kt_look found = {.source = of->r5};
    assert_ok(kt_fetch_look((kt_look_past){receipts, count, NULL}, &of->options, &found, 1,
                            of->arena, &err));
    assert_int_equal(found.status, KT_ERR_DATA);
    assert_non_null(strstr(found.message, "ends with 2023M12, expected 2024M12"));
    assert_int_equal(count_receipts(of), count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_night(a_look_reads_limits_and_codes_and_leaves_no_trace),
        at_night(codes_are_told_where_roles_do_not_resolve_too),
        at_night(an_address_of_other_days_is_told_by_its_path),
        at_night(silence_has_its_reason),
        at_night(a_table_that_lost_what_the_archive_has_is_no_table_for_a_night),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
