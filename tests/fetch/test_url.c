/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "url.h"

#include "core/text.h"
#include "fetch/support.h"

static void the_host_of_an_address_is_found(void **state)
{
    static const struct {
        const char *url, *host;
    } cases[] = {
        {"https://pxdata.stat.fi/PxWeb/api/v1/fi/?config", "pxdata.stat.fi"},
        {"http://127.0.0.1:8081/x", "127.0.0.1:8081"},
        {"https://PXDATA.stat.FI", "pxdata.stat.fi"},
        {"https://user:word@pxdata.stat.fi/x", "pxdata.stat.fi"},
        {"https://pxdata.stat.fi?x=http://other.fi/", "pxdata.stat.fi"},
        {"https:///x", NULL},
        {"pxdata.stat.fi/x", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(kt_text_same(kt_url_host(cases[i].url, arena_of(*state)), cases[i].host));
    }
}

static void only_scheme_host_and_port_together_are_the_same_host(void **state)
{
    (void)state;
    static const struct {
        const char *other;
        bool same;
    } cases[] = {
        {"https://pxdata.stat.fi/other", true},
        {"HTTPS://PXDATA.STAT.FI/", true},
        {"http://pxdata.stat.fi/", false},
        {"https://pxdata.stat.fi:8443/", false},
        {"https://pxdata.stat.fi.evil.example/", false},
        {"https://pxdata.stat.fi@evil.example/", false},
        {"file:///etc/passwd", false},
        {"ftp://pxdata.stat.fi/", false},
        {"//pxdata.stat.fi/", false},
        {"", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_url_same_host("https://pxdata.stat.fi/PxWeb", cases[i].other),
                         cases[i].same);
    }
}

static void a_redirect_replaces_a_whole_host_and_nothing_else(void **state)
{
    static const kt_redirect redirects[] = {{"https://a.fi", "http://127.0.0.1:1"},
                                            {"https://b.fi/x/", "http://mirror/y/"}};
    static const struct {
        const char *url, *sent_to;
    } cases[] = {
        {"https://a.fi/p?q", "http://127.0.0.1:1/p?q"},
        {"https://a.fi", "http://127.0.0.1:1"},
        {"https://a.fi.evil/p", "https://a.fi.evil/p"},
        {"https://a.fi:8443/p", "https://a.fi:8443/p"},
        {"https://b.fi/x/p", "http://mirror/y/p"},
        {"https://b.fi/p", "https://b.fi/p"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_url_redirect(cases[i].url, redirects, 2, arena_of(*state)),
                            cases[i].sent_to);
    }
}

static void a_path_is_escaped_byte_by_byte(void **state)
{
    assert_string_equal(kt_url_join("https://a.fi/v1", "tyonv/12r5.px", arena_of(*state)),
                        "https://a.fi/v1/tyonv/12r5.px");
    assert_string_equal(kt_url_join("https://a.fi/v1", "työ nv/a?b#c%d.px", arena_of(*state)),
                        "https://a.fi/v1/ty%C3%B6%20nv/a%3Fb%23c%25d.px");
}

static void an_address_with_a_query_is_sent_as_it_is_written(void **state)
{
    static const struct {
        const char *written, *sent;
    } cases[] = {
        {"data.json?lang=fi&x=1", "data.json?lang=fi&x=1"},
        {"a.csv?date=2026-06-01,2026-07-01&q=a+b", "a.csv?date=2026-06-01,2026-07-01&q=a+b"},
        {"a.csv?q=a%20b%c3%A4", "a.csv?q=a%20b%c3%A4"},
        {"työ nv/100%?q=ä#c", "ty%C3%B6%20nv/100%25?q=%C3%A4%23c"},
        {"a%", "a%25"},
        {"a%4", "a%254"},
        {"a\"<b>\r\n", "a%22%3Cb%3E%0D%0A"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(
            kt_url_join_written("https://a.fi/v1", cases[i].written, arena_of(*state)),
            kt_arena_print(arena_of(*state), "https://a.fi/v1/%s", cases[i].sent));
    }
}

static void what_was_escaped_is_read_back(void **state)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"", ""},
        {"Län, 1", "L%C3%A4n%2C%201"},
        {"100%", "100%25"},
        {"a/b~c", "a/b~c"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(text) kt_text escaped = {0};
        KT_AUTO(text) kt_text text = {0};
        kt_text_put(&escaped, "");
        kt_url_put(&escaped, cases[i].text);
        assert_string_equal(escaped.bytes, cases[i].escaped);
        kt_url_take(&text, escaped.bytes, escaped.bytes + escaped.length);
        assert_string_equal(text.bytes, cases[i].text);
    }
}

static void what_is_no_escape_stays_as_it_is(void **state)
{
    static const char *const cases[] = {"%", "%4", "%zz", "a%4", "%%"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(text) kt_text text = {0};
        kt_url_take(&text, cases[i], cases[i] + strlen(cases[i]));
        assert_string_equal(text.bytes, cases[i]);
    }
}

static void this_machine_is_known_by_its_names(void **state)
{
    (void)state;
    assert_true(kt_url_is_loopback("http://127.0.0.1:8081/x"));
    assert_true(kt_url_is_loopback("http://localhost/x"));
    assert_true(kt_url_is_loopback("http://[::1]:8081/"));
    assert_false(kt_url_is_loopback("http://127.0.0.1.example/x"));
    assert_false(kt_url_is_loopback("https://pxdata.stat.fi/"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_host_of_an_address_is_found),
        cmocka_unit_test(only_scheme_host_and_port_together_are_the_same_host),
        in_bench(a_redirect_replaces_a_whole_host_and_nothing_else),
        in_bench(a_path_is_escaped_byte_by_byte),
        in_bench(an_address_with_a_query_is_sent_as_it_is_written),
        cmocka_unit_test(what_was_escaped_is_read_back),
        cmocka_unit_test(what_is_no_escape_stays_as_it_is),
        cmocka_unit_test(this_machine_is_known_by_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
