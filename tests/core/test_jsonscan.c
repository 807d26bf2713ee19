/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/jsonscan.h"

#include "core/support.h"
#include "core/text.h"

/* Walks the text and writes "key=value#count;" of each member. */
static kt_status walk(const char *text, size_t length, kt_text *seen, kt_error *err)
{
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(text, length, "t.json", &scan, err));
    for (;;) {
        kt_jsonspan key;
        kt_jsonspan value;
        bool more = false;
        KT_TRY(kt_jsonscan_next(&scan, &key, &value, &more, err));
        if (!more) {
            return KT_OK;
        }
        kt_text_add(seen, key.start, kt_jsonspan_length(key));
        kt_text_put(seen, "=");
        kt_text_add(seen, value.start, kt_jsonspan_length(value));
        kt_text_print(seen, "#%zu;", value.count);
    }
}

typedef struct walk_case {
    const char *text;
    const char *seen;
} walk_case;

static void members_and_elements_are_found_where_they_stand(void **state)
{
    (void)state;
    static const walk_case cases[] = {
        {" {\"a\" : 1 ,\"b\":[1, null,-2.5e+3] } ", "a=1#0;b=[1, null,-2.5e+3]#3;"},
        {"[]", ""},
        {"{}\n", ""},
        {"[[],{},[[1,2],3],{\"x\":{\"y\":[]}}]", "=[]#0;={}#0;=[[1,2],3]#2;={\"x\":{\"y\":[]}}#1;"},
        {"[true,false,null,\"\\u00e4\\n\",0,-0,0.5,1E9]",
         "=true#0;=false#0;=null#0;=\"\\u00e4\\n\"#0;=0#0;=-0#0;=0.5#0;=1E9#0;"},
        {"{\"Ammattiryhm\xc3\xa4\":{\"0\":1,\"7\":2}}", "Ammattiryhm\xc3\xa4={\"0\":1,\"7\":2}#2;"},
        {"{\"\":\"}]\\\"\"}", "=\"}]\\\"\"#0;"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_text seen = {0};
        kt_text_put(&seen, "");
        kt_error error = {0};
        const kt_status status = walk(cases[i].text, strlen(cases[i].text), &seen, &error);
        assert_string_equal(error.message, "");
        assert_int_equal(status, KT_OK);
        assert_string_equal(seen.bytes, cases[i].seen);
        kt_text_free(&seen);
    }
}

static void anything_that_json_does_not_allow_is_refused_with_its_byte(void **state)
{
    (void)state;
    static const walk_case cases[] = {
        {"", "t.json: the JSON ends in the middle, at byte 0: expected an object or an array"},
        {"12", "t.json: byte 0: expected an object or an array"},
        {"<html>", "t.json: byte 0: expected an object or an array"},
        {"{\"a\":1", "t.json: the JSON ends in the middle, at byte 6: expected ',' or '}'"},
        {"[1,2", "the JSON ends in the middle, at byte 4: expected ',' or ']'"},
        {"[[1,2", "the JSON ends in the middle, at byte 5: expected ',' or ']'"},
        {"[1,]", "byte 3: expected a value"},
        {"[,1]", "byte 1: expected a value"},
        {"[01]", "byte 2: expected ',' or ']'"},
        {"[1.]", "byte 3: expected a digit after the point"},
        {"[.5]", "byte 1: expected a value"},
        {"[+1]", "byte 1: expected a value"},
        {"[1e]", "byte 3: expected a digit in the exponent"},
        {"[-]", "byte 2: expected a value"},
        {"[NaN]", "byte 1: expected a value"},
        {"[nul]", "byte 1: expected a value"},
        {"[tru", "byte 1: expected a value"},
        {"[1] 2", "byte 4: expected nothing more"},
        {"[1}", "byte 2: expected ',' or ']'"},
        {"[{\"a\":1]]", "byte 7: expected ',' or '}'"},
        {"{a:1}", "byte 1: expected a text in quotes"},
        {"{\"a\" 1}", "byte 5: expected ':' after a key"},
        {"{\"a\":1,}", "byte 7: expected a text in quotes"},
        {"[\"a\nb\"]", "byte 3: a control character in a text"},
        {"[\"\\x\"]", "byte 3: an escape that JSON does not have"},
        {"[\"\\u12g4\"]", "byte 6: expected four hexadecimal digits after \\u"},
        {"[\"abc", "the JSON ends in the middle, at byte 5: a text that does not end"},
        {"[\"ab\xe4\"]", "byte 4: not UTF-8"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_text seen = {0};
        kt_error error = {0};
        const size_t length = strlen(cases[i].text);
        char *exact = malloc(length + 1); /* exactly so long, so that reading past it is seen */
        assert_non_null(exact);
        memcpy(exact, cases[i].text, length);
        char *text = realloc(exact, length == 0 ? 1 : length);
        assert_int_equal(walk(text, length, &seen, &error), KT_ERR_FORMAT);
        assert_says(&error, cases[i].seen);
        kt_text_free(&seen);
        free(text);
    }
}

static void nesting_is_followed_to_its_limit_and_not_further(void **state)
{
    (void)state;
    for (size_t inner = KT_JSONSCAN_DEPTH; inner <= KT_JSONSCAN_DEPTH + 1; inner++) {
        kt_text text = {0};
        kt_text_put(&text, "[");
        for (size_t i = 0; i < inner; i++) {
            kt_text_put(&text, "[");
        }
        for (size_t i = 0; i < inner; i++) {
            kt_text_put(&text, "]");
        }
        kt_text_put(&text, "]");
        kt_text seen = {0};
        kt_error error = {0};
        const kt_status wanted = inner > KT_JSONSCAN_DEPTH ? KT_ERR_FORMAT : KT_OK;
        assert_int_equal(walk(text.bytes, text.length, &seen, &error), wanted);
        kt_text_free(&seen);
        kt_text_free(&text);
    }
}

static void asked_members_are_given_in_the_order_asked(void **state)
{
    (void)state;
    static const char *const keys[] = {"size", "id", "status", NULL};
    const char *text = "{\"id\":[\"a\"],\"other\":1,\"other\":2,\"size\":[3]}";
    kt_jsonspan values[3];
    kt_error error = {0};
    assert_int_equal(kt_jsonscan_members(text, strlen(text), "t", keys, values, &error), KT_OK);
    assert_true(kt_jsonspan_is(values[0], "[3]"));
    assert_true(kt_jsonspan_is(values[1], "[\"a\"]"));
    assert_null(values[2].start);
}

static void an_asked_member_may_not_be_there_twice(void **state)
{
    (void)state;
    static const char *const keys[] = {"value", NULL};
    const char *text = "{\"value\":[1],\"value\":[2]}";
    kt_jsonspan values[1];
    kt_error error = {0};
    assert_int_equal(kt_jsonscan_members(text, strlen(text), "t", keys, values, &error),
                     KT_ERR_FORMAT);
    assert_says(&error, "t: byte 14: the key \"value\" is there twice");
    assert_int_equal(kt_jsonscan_members("[]", 2, "t", keys, values, &error), KT_ERR_FORMAT);
    assert_says(&error, "t: expected an object, found an array");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_elements_are_found_where_they_stand),
        cmocka_unit_test(anything_that_json_does_not_allow_is_refused_with_its_byte),
        cmocka_unit_test(nesting_is_followed_to_its_limit_and_not_further),
        cmocka_unit_test(asked_members_are_given_in_the_order_asked),
        cmocka_unit_test(an_asked_member_may_not_be_there_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
