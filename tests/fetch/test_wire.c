/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

#include "core/text.h"
#include "fetch/fetch.h"
#include "fetch/night.h"

/* A host that answers every call with the same bytes, whatever they are, and hangs up. */
typedef struct echo {
    int listener;
    pthread_t thread;
    const char *answer;
    size_t length;
    char url[64];
} echo;

static void *answer_all(void *context)
{
    const echo *of = context;
    char question[4096];
    for (;;) {
        const int call = accept(of->listener, NULL, NULL);
        if (call < 0) {
            return NULL;
        }
        (void)recv(call, question, sizeof question, 0);
        (void)send(call, of->answer, of->length, MSG_NOSIGNAL);
        (void)close(call);
    }
}

static void start_echo(echo *of, const char *answer, size_t length)
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    of->answer = answer;
    of->length = length;
    of->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(of->listener >= 0);
    assert_int_equal(bind(of->listener, (struct sockaddr *)&place, size), 0);
    assert_int_equal(listen(of->listener, 8), 0);
    assert_int_equal(getsockname(of->listener, (struct sockaddr *)&place, &size), 0);
    (void)snprintf(of->url, sizeof of->url, "http://127.0.0.1:%d", ntohs(place.sin_port));
    assert_int_equal(pthread_create(&of->thread, NULL, answer_all, of), 0);
}

static void stop_echo(echo *of)
{
    (void)shutdown(of->listener, SHUT_RDWR);
    (void)pthread_join(of->thread, NULL);
    (void)close(of->listener);
}

/* A night whose ?config is answered so. It fails; what it says is in results[0].message. */
static void fetch_from(night *of, const char *answer, size_t length)
{
    echo host = {0};
    start_echo(&host, answer, length);
    of->redirect.to = host.url;
    of->options.retry_budget = 0;
    fetch_to(of, KT_FETCH_FAILED);
    stop_echo(&host);
}

#define FOUND(location) "HTTP/1.1 302 Found\r\nLocation: " location "\r\nContent-Length: 0\r\n\r\n"

static void redirects_to_elsewhere_are_refused(void **state)
{
    static const struct {
        const char *answer, *says;
    } cases[] = {
        {FOUND("https://evil.example/"), "a redirect to https://evil.example/, which is another"},
        {FOUND("http://169.254.169.254/latest"), "http://169.254.169.254/latest, which is another"},
        {FOUND("http://127.0.0.1:1/"), "http://127.0.0.1:1/, which is another host"},
        {FOUND("file:///etc/passwd"), "which is another host or scheme"},
        {FOUND("gopher://127.0.0.1/"), "which is another host or scheme"},
        {FOUND("//evil.example/x"), "which is another host or scheme"},
        {FOUND("/again"), "redirected more than 3 times"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        fetch_from(of, cases[i].answer, strlen(cases[i].answer));
        if (strstr(of->results[0].message, cases[i].says) == NULL) {
            print_error("%s\n", of->results[0].message);
            fail();
        }
        assert_int_equal(of->results[0].status, KT_ERR_HTTP);
        assert_int_equal(close_night(state), 0);
    }
}

#define CONFIG "{\"maxCells\":10,\"maxCalls\":9,\"timeWindow\":9}"

/* Replies that no honest server sends. */
static void broken_replies_end_in_one_line(void **state)
{
    static const char *const answers[] = {
        "",
        "\r\n\r\n",
        "HELLO\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n" CONFIG,
        "HTTP/1.1 -1 OK\r\n\r\n" CONFIG,
        "HTTP/9.9 200 OK\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"max",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" CONFIG,
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\n\r\n" CONFIG,
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 301 Moved\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n\xef\xbb\xbf<html>",
    };
    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        fetch_from(of, answers[i], strlen(answers[i]));
        assert_null(strpbrk(of->results[0].message, "\r\n"));
        assert_true(kt_text_starts(of->results[0].message, "12r5: "));
        assert_non_null(last_bad(of));
        assert_int_equal(close_night(state), 0);
    }
}

static void header_lines_without_end_are_cut_off(void **state)
{
    night *of = *state;
    KT_AUTO(text) kt_text answer = {0};
    kt_text_put(&answer, "HTTP/1.1 200 OK\r\n");
    for (size_t i = 0; i < 4000; i++) {
        kt_text_print(&answer, "X-%zu: %0100d\r\n", i, 0);
    }
    kt_text_put(&answer, "\r\n" CONFIG);
    fetch_from(of, answer.bytes, answer.length);
    assert_true(last_bad(of)->headers == NULL || strlen(last_bad(of)->headers) <= 65536);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redirects_to_elsewhere_are_refused),
        cmocka_unit_test(broken_replies_end_in_one_line),
        at_night(header_lines_without_end_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
