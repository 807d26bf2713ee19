/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complaint.h"
#include "fetch/support.h"

/* The words of Eurostat are those of its API guide; of PxWeb those of its source. */
static const struct {
    const char *body, *words;
} cases[] = {
    {"", ""},
    {"Bad Request", "Bad Request"},
    {"Bad\tRequest\r\nmore", "Bad Request"},
    {"<!DOCTYPE html><html><body>403 - Forbidden</body></html>", ""},
    {"{\"error\":\"Too many values selected\"}", "Too many values selected"},
    {"{\"type\":\"Parameter error\",\"title\":\"Too many cells selected\",\"status\":400}",
     "Too many cells selected"},
    {"{\"title\":\"Non-existent table\",\"detail\":\"no TAB9\"}", "Non-existent table: no TAB9"},
    {"{\"error\":[{\"status\":400,\"id\":150,\"label\":\"INVALID: no dimension sexx\"}]}",
     "150: INVALID: no dimension sexx"},
    {"{\"error\":{\"status\":404,\"id\":100,\"label\":\"No results found\"}}",
     "100: No results found"},
    {"{\"warning\":[{\"status\":413,\"id\":413,\"label\":\"ASYNCHRONOUS_RESPONSE\"}]}",
     "413: ASYNCHRONOUS_RESPONSE"},
    {"<S:Fault xmlns:S=\"x\"><faultcode>413</faultcode><faultstring>EXTRACTION_TOO_BIG: too "
     "many\nrows</faultstring></S:Fault>",
     "EXTRACTION_TOO_BIG: too many rows"},
    {"{\"error\":", "{\"error\":"},
    {"{\"error\":{}}", "{\"error\":{}}"},
    {"\xff\xfe", ""},
};

static void what_a_service_says_becomes_one_line(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_answer answer = {.status = 400,
                                  .body = {"x", cases[i].body, strlen(cases[i].body)}};
        assert_string_equal(kt_complaint(&answer, arena_of(*state)), cases[i].words);
    }
}

static void a_long_complaint_is_cut_between_letters(void **state)
{
    char body[1024] = "{\"error\":\"";
    for (size_t i = 0; i < 200; i++) {
        strcat(body, "\xc3\xa4"); /* an umlaut has two bytes */
    }
    strcat(body, "\"}");
    const kt_answer answer = {.status = 400, .body = {"x", body, strlen(body)}};
    assert_int_equal(strlen(kt_complaint(&answer, arena_of(*state))), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(what_a_service_says_becomes_one_line),
        in_bench(a_long_complaint_is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
