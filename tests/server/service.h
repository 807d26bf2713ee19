/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SERVICE_H
#define KT_SERVER_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "server/server.h"

/**
 * What the service answers, apart from HTTP: tables, limits, orders to misbehave, and the calls so
 * far. One lock guards all of it.
 */
typedef struct kt_service {
    pthread_mutex_t lock;
    kt_server_options options;
    kt_arena *arena; /* texts of calls; lives as long as the server */
    kt_served_table *tables[KT_SERVER_TABLES];
    size_t table_count;
    struct {
        kt_fault_rule rule;
        size_t seen;
    } rules[KT_SERVER_RULES];
    size_t rule_count;
    double *window; /* times of the calls in it, oldest first */
    size_t window_count, window_room;
    kt_server_call *calls;
    size_t call_count, call_room;
    size_t most_at_once;
} kt_service;

/** One argument of an address, unescaped; the value is "" where there is none. */
typedef struct kt_argument {
    const char *name, *value;
} kt_argument;

#define KT_SERVER_ARGUMENTS 1024

/** One call as it came in. Texts are borrowed. */
typedef struct kt_exchange {
    const char *method, *path, *body;
    const char *user_agent, *accept_encoding;
    const char *address; /* path and query as they were sent */
    kt_argument arguments[KT_SERVER_ARGUMENTS];
    size_t argument_count;
} kt_exchange;

/** How an answer is sent. */
typedef enum kt_manner {
    KT_MANNER_WHOLE,
    KT_MANNER_RESET,
    KT_MANNER_SILENT,
    KT_MANNER_STALL,
    KT_MANNER_DRIP,
    KT_MANNER_CUT,
    KT_MANNER_CUT_UNSAID,
    KT_MANNER_ENDLESS,
} kt_manner;

/** An answer; release with kt_answer_free. */
typedef struct kt_answer {
    int status;
    const char *content_type;
    char *body;
    size_t length;
    char retry_after[64]; /* "" for none */
    const char *date;     /* in place of the clock's; NULL */
    char location[512];   /* "" for none */
    struct {
        size_t calls; /* 0: the limit is not told */
        size_t left;
        int window_s;
    } limit;   /* of calls, told in headers */
    bool gzip; /* the body is (or says that it is) gzip already */
    kt_manner manner;
    double seconds;
    size_t size; /* of an endless body */
} kt_answer;

void kt_answer_free(kt_answer *answer);

/** Takes bytes of malloc as the body. */
void kt_answer_set(kt_answer *answer, int status, const char *content_type, const char *body);

/** Answers a call: counts it, holds it against the limits, misbehaves where ordered. */
void kt_service_answer(kt_service *service, const kt_exchange *exchange, kt_answer *out);

/** The service inside a server. */
kt_service *kt_server_service(kt_server *server);

/** Turns an answer into the ordered fault; selection is NULL where the call is no query. */
typedef struct kt_fault_scene {
    const kt_service *service;
    const kt_exchange *exchange;
    const kt_served_table *table; /* as the selection sees it */
    const kt_selection *selection;
} kt_fault_scene;
void kt_fault_apply(const kt_fault_rule *rule, const kt_fault_scene *scene, kt_answer *answer);

/** The body as gzip (of malloc), the length in *packed_length. */
char *kt_gzip(const char *body, size_t length, size_t *packed_length);

/** So many blanks as gzip, made without ever holding them. */
char *kt_gzip_blanks(size_t count, size_t *packed_length);

#endif
