/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "server/service.h"

#define QUERY_LIMIT   ((size_t)1 << 20)
#define COMPRESS_FROM 1000 /* bytes; shorter bodies go as they are */

struct kt_server {
    kt_service service;
    struct MHD_Daemon *daemon;
    int port;
    char url[64];
    atomic_int at_once;
    atomic_bool stopping;
};

/* A call while its body comes in. It lives as long as the server, its body until it is answered. */
typedef struct request {
    const char *address;
    bool known;
    char *body;
    size_t length;
} request;

/* A body that is sent in another manner than whole. Owned by libmicrohttpd's response. */
typedef struct delivery {
    kt_server *server;
    kt_answer answer;
    size_t half;
    bool waited;
} delivery;

static void sleep_while_serving(kt_server *server, double seconds)
{
    const struct timespec step = {.tv_nsec = 20L * 1000 * 1000};
    for (double slept = 0; slept < seconds && !atomic_load(&server->stopping); slept += 0.02) {
        nanosleep(&step, NULL);
    }
}

static ssize_t send_bytes(const delivery *d, uint64_t position, char *out, size_t room, size_t end)
{
    size_t n = end - (size_t)position;
    n = n < room ? n : room;
    memcpy(out, d->answer.body + position, n);
    return (ssize_t)n;
}

/* A blank is what a JSON reader skips: the reply goes on and on and says nothing. */
static ssize_t send_endless(const delivery *d, uint64_t position, char *out, size_t room)
{
    if (position >= d->answer.size) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    memset(out, ' ', room);
    if (position == 0) {
        out[0] = '{';
    }
    return (ssize_t)room;
}

static ssize_t deliver(void *context, uint64_t position, char *out, size_t room)
{
    delivery *d = context;
    switch (d->answer.manner) {
    case KT_MANNER_ENDLESS:
        return send_endless(d, position, out, room);
    case KT_MANNER_DRIP:
        sleep_while_serving(d->server, 0.05);
        return atomic_load(&d->server->stopping)
                   ? MHD_CONTENT_READER_END_WITH_ERROR
                   : send_bytes(d, position, out, 1, d->answer.length);
    default:
        break;
    }
    if (position < d->half) {
        return send_bytes(d, position, out, room, d->half);
    }
    if (d->answer.manner == KT_MANNER_STALL) {
        sleep_while_serving(d->server, d->answer.seconds);
    }
    return d->answer.manner == KT_MANNER_CUT_UNSAID ? MHD_CONTENT_READER_END_OF_STREAM
                                                    : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void delivered(void *context)
{
    delivery *d = context;
    kt_answer_free(&d->answer);
    free(d);
}

/* The response owns the answer's body from here on. */
static struct MHD_Response *respond_oddly(kt_server *server, kt_answer *answer)
{
    delivery *d = calloc(1, sizeof *d);
    d->server = server;
    d->answer = *answer;
    d->half = answer->length / 2;
    answer->body = NULL;
    const bool unsaid =
        d->answer.manner == KT_MANNER_CUT_UNSAID || d->answer.manner == KT_MANNER_ENDLESS;
    struct MHD_Response *response = MHD_create_response_from_callback(
        unsaid ? MHD_SIZE_UNKNOWN : d->answer.length, 4096, deliver, d, delivered);
    if (d->answer.manner == KT_MANNER_CUT_UNSAID) {
        MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
    }
    return response;
}

static bool accepts_gzip(const kt_exchange *exchange)
{
    return exchange->accept_encoding != NULL && strstr(exchange->accept_encoding, "gzip") != NULL;
}

static void compress(kt_answer *answer)
{
    size_t length = 0;
    char *packed = kt_gzip(answer->body, answer->length, &length);
    free(answer->body);
    answer->body = packed;
    answer->length = length;
    answer->gzip = true;
}

static struct MHD_Response *respond(kt_server *server, const kt_exchange *exchange,
                                    kt_answer *answer)
{
    if (answer->manner != KT_MANNER_WHOLE) {
        return respond_oddly(server, answer);
    }
    if (!answer->gzip && !server->service.options.plain && answer->length > COMPRESS_FROM &&
        accepts_gzip(exchange)) {
        compress(answer);
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->length, answer->body, MHD_RESPMEM_MUST_FREE);
    answer->body = NULL;
    return response;
}

static void add_number(struct MHD_Response *response, const char *name, size_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", number);
    MHD_add_response_header(response, name, text);
}

static void add_limit(struct MHD_Response *response, const kt_answer *answer)
{
    if (answer->limit.calls > 0) {
        add_number(response, "x-ratelimit-limit", answer->limit.calls);
        add_number(response, "x-ratelimit-remaining", answer->limit.left);
        add_number(response, "x-ratelimit-reset", (size_t)answer->limit.window_s);
    }
}

static void add_headers(struct MHD_Response *response, const kt_answer *answer)
{
    MHD_add_response_header(response, "Content-Type", answer->content_type);
    if (answer->gzip) {
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    }
    if (answer->retry_after[0] != '\0') {
        MHD_add_response_header(response, "Retry-After", answer->retry_after);
    }
    if (answer->date != NULL) {
        MHD_add_response_header(response, "Date", answer->date);
    }
    add_limit(response, answer);
    if (answer->location[0] != '\0') {
        MHD_add_response_header(response, "Location", answer->location);
    }
}

/*
 * libmicrohttpd closes in good order, with FIN. Disconnecting a TCP socket, which is what
 * connecting it to no address means, sends RST at once.
 */
static void reset_now(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    (void)connect(info->connect_fd, &nowhere, sizeof nowhere);
}

static enum MHD_Result answer_call(kt_server *server, struct MHD_Connection *connection,
                                   const kt_exchange *exchange)
{
    kt_answer answer;
    kt_service_answer(&server->service, exchange, &answer);
    if (answer.manner == KT_MANNER_SILENT) {
        sleep_while_serving(server, answer.seconds);
    }
    if (answer.manner == KT_MANNER_RESET) {
        reset_now(connection);
    }
    if (answer.manner == KT_MANNER_SILENT || answer.manner == KT_MANNER_RESET) {
        kt_answer_free(&answer);
        return MHD_NO;
    }
    struct MHD_Response *response = respond(server, exchange, &answer);
    add_headers(response, &answer);
    const enum MHD_Result queued =
        MHD_queue_response(connection, (unsigned)answer.status, response);
    MHD_destroy_response(response);
    kt_answer_free(&answer);
    return queued;
}

static bool take_in(request *r, const char *bytes, size_t length)
{
    if (r->length + length > QUERY_LIMIT) {
        return false;
    }
    r->body = realloc(r->body, r->length + length + 1);
    memcpy(r->body + r->length, bytes, length);
    r->length += length;
    r->body[r->length] = '\0';
    return true;
}

static void note_at_once(kt_server *server)
{
    const size_t now = (size_t)(atomic_fetch_add(&server->at_once, 1) + 1);
    pthread_mutex_lock(&server->service.lock);
    if (now > server->service.most_at_once) {
        server->service.most_at_once = now;
    }
    pthread_mutex_unlock(&server->service.lock);
}

/* The first word of each call: where its address still stands as it was sent. */
static void *on_address(void *context, const char *address, struct MHD_Connection *connection)
{
    (void)connection;
    kt_server *server = context;
    pthread_mutex_lock(&server->service.lock);
    request *r = kt_arena_new(server->service.arena, request);
    r->address = kt_arena_copy(server->service.arena, address);
    pthread_mutex_unlock(&server->service.lock);
    return r;
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *name,
                                     const char *value)
{
    (void)kind;
    kt_exchange *exchange = context;
    if (exchange->argument_count == KT_SERVER_ARGUMENTS) {
        return MHD_NO;
    }
    exchange->arguments[exchange->argument_count++] =
        (kt_argument){.name = name, .value = value == NULL ? "" : value};
    return MHD_YES;
}

/*
 * libmicrohttpd calls this first with the headers, then with each piece of the body, then once
 * more. The parameters are its own.
 */
// NOLINTNEXTLINE(readability-function-size)
static enum MHD_Result on_call(void *context, struct MHD_Connection *connection, const char *path,
                               const char *method, const char *version, const char *bytes,
                               size_t *length, void **state)
{
    (void)version;
    kt_server *server = context;
    request *r = *state;
    if (!r->known) {
        r->known = true;
        note_at_once(server);
        return MHD_YES;
    }
    if (*length > 0) {
        const bool taken = take_in(r, bytes, *length);
        *length = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    kt_exchange exchange = {.method = method, .path = path, .address = r->address, .body = r->body};
    const bool post = strcmp(method, "POST") == 0;
    exchange.body = post && r->body == NULL ? "" : r->body;
    exchange.user_agent =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_USER_AGENT);
    exchange.accept_encoding =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    (void)MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_argument, &exchange);
    return answer_call(server, connection, &exchange);
}

static void on_done(void *context, struct MHD_Connection *connection, void **state,
                    enum MHD_RequestTerminationCode how)
{
    (void)connection;
    (void)how;
    kt_server *server = context;
    request *r = *state;
    if (r != NULL && r->known) {
        atomic_fetch_sub(&server->at_once, 1);
        free(r->body);
        *state = NULL;
    }
}

/* What each service allows, and its name. */
static const struct {
    const char *name;
    size_t cells, calls;
    int window_s;
} services[KT_TEST_SERVICES] = {
    [KT_TEST_STATFIN] = {"statfin", 120000, 40, 60},
    [KT_TEST_SCB] = {"scb", 150000, 3, 1},
    [KT_TEST_LATVIA] = {"latvia", 10000, 30, 10},
    [KT_TEST_SSB] = {"ssb", 800000, 40, 60},
    [KT_TEST_EUROSTAT] = {"eurostat", 5000000, SIZE_MAX, 60},
    [KT_TEST_FILES] = {"files", SIZE_MAX, SIZE_MAX, 60},
};

bool kt_test_service_find(const char *name, kt_test_service *out)
{
    for (size_t i = 0; i < KT_TEST_SERVICES; i++) {
        if (strcmp(services[i].name, name) == 0) {
            *out = (kt_test_service)i;
            return true;
        }
    }
    return false;
}

static void set_options(kt_server *server, const kt_server_options *options)
{
    kt_server_options *o = &server->service.options;
    if (options != NULL) {
        *o = *options;
    }
    o->max_cells = o->max_cells > 0 ? o->max_cells : services[o->service].cells;
    o->max_calls = o->max_calls > 0 ? o->max_calls : services[o->service].calls;
    o->window_s = o->window_s > 0 ? o->window_s : services[o->service].window_s;
}

static kt_status listen_on_loopback(kt_server *server, int port, kt_error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, on_call,
        server, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED, on_done, server,
        MHD_OPTION_URI_LOG_CALLBACK, on_address, server, MHD_OPTION_END);
    if (server->daemon == NULL) {
        return kt_fail(err, KT_ERR_IO, "127.0.0.1:%d: cannot listen", port);
    }
    server->port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", server->port);
    return KT_OK;
}

kt_status kt_server_start(const kt_server_options *options, kt_server **out, kt_error *err)
{
    kt_server *server = calloc(1, sizeof *server);
    set_options(server, options);
    server->service.arena = kt_arena_open("the test server's calls", 0);
    pthread_mutex_init(&server->service.lock, NULL);
    const kt_status status = listen_on_loopback(server, server->service.options.port, err);
    if (status != KT_OK) {
        kt_server_stop(server);
        return status;
    }
    *out = server;
    return KT_OK;
}

void kt_server_stop(kt_server *server)
{
    if (server == NULL) {
        return;
    }
    atomic_store(&server->stopping, true);
    if (server->daemon != NULL) {
        MHD_stop_daemon(server->daemon);
    }
    pthread_mutex_destroy(&server->service.lock);
    kt_arena_free(server->service.arena);
    free(server->service.window);
    free(server->service.calls);
    free(server);
}

int kt_server_port(const kt_server *server)
{
    return server->port;
}

const char *kt_server_url(const kt_server *server)
{
    return server->url;
}

kt_service *kt_server_service(kt_server *server)
{
    return &server->service;
}
