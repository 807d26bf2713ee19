/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SERVER_H
#define KT_SERVER_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "server/table.h"

/**
 * A statistics service on 127.0.0.1 that answers as a real one does, limits and error bodies
 * included, and misbehaves on order. Each connection has a thread of its own. The functions may be
 * called while it serves.
 *
 * As Statistics Finland (PxWeb v1): URL/PxWeb/api/v1/fi/StatFin/<subject>/<id>.px, the same without
 * the subject, and ?config anywhere under URL/PxWeb/api/v1. Anything else about the tables is the
 * plain text `Bad Request`, status 400.
 * As SCB, Latvia and SSB (PxWeb 2): config, tables, tables/<id>, tables/<id>/metadata,
 * tables/<id>/data and codelists/<id> under URL/api/v2, SSB's under URL/api/pxwebapi/v2.
 * As Eurostat: URL/eurostat/api/dissemination/statistics/1.0/data/<id>.
 */
typedef struct kt_server kt_server;

/** Whose service the server stands for: addresses, words, and what its limits are. */
typedef enum kt_test_service {
    KT_TEST_STATFIN,  /* 120,000 cells, 40 calls in 60 s */
    KT_TEST_SCB,      /* 150,000 cells, 3 calls in 1 s */
    KT_TEST_LATVIA,   /* 10,000 cells, 30 calls in 10 s; a PX file where no format is named */
    KT_TEST_SSB,      /* 800,000 cells, 40 calls in 60 s, which headers alone tell */
    KT_TEST_EUROSTAT, /* 5,000,000 cells; no limit of calls is known */
    KT_TEST_FILES,    /* no service at all: a folder of files */
    KT_TEST_SERVICES
} kt_test_service;

/** The service of that name ("statfin", "scb", "latvia", "ssb", "eurostat", "files"); false if
 * none. */
bool kt_test_service_find(const char *name, kt_test_service *out);

typedef struct kt_server_options {
    kt_test_service service;
    int port;           /* 0: a free one */
    size_t max_cells;   /* 0: the service's */
    size_t max_calls;   /* in the window; refused calls count too; 0: the service's */
    int window_s;       /* 0: the service's */
    bool plain;         /* never compresses */
    const char *folder; /* of KT_TEST_FILES; NULL: the current one */
    FILE *log; /* a line for each call: what for, table, status, cells, fault; NULL: none */
} kt_server_options;

/** Starts serving. options may be NULL. Stop with kt_server_stop. */
kt_status kt_server_start(const kt_server_options *options, kt_server **out,
                          kt_error *err) KT_MUST_CHECK;

/** Ends all connections, also stalled ones, and releases the server. NULL is allowed. */
void kt_server_stop(kt_server *server);

static inline void kt_auto_server(kt_server **server)
{
    kt_server_stop(*server);
}

int kt_server_port(const kt_server *server);

/** "http://127.0.0.1:PORT": what stands in place of https://pxdata.stat.fi in a redirect. */
const char *kt_server_url(const kt_server *server);

/** What all addresses of the service begin with: "/api/v2". */
const char *kt_server_base(kt_server *server);

/** Serves the table (borrowed) from now on; at most KT_SERVER_TABLES. */
#define KT_SERVER_TABLES 32
void kt_server_add(kt_server *server, kt_served_table *table);

/** Moves the table's `updated` on by a day. */
void kt_server_republish(kt_server *server, const char *id);

/** Says of the table from now on that it is updated no more. */
void kt_server_discontinue(kt_server *server, const char *id);

/** Serves only these periods from now on (NULL: no cut at that end). */
void kt_server_cut(kt_server *server, const char *id, const char *first, const char *last);

/** Forgets the calls in the limiter's window. */
void kt_server_rest(kt_server *server);

/** What a call is for, as far as the server can see. A probe is a query of one cell. */
typedef enum kt_call {
    KT_CALL_ANY,
    KT_CALL_CONFIG,
    KT_CALL_METADATA,
    KT_CALL_PROBE,
    KT_CALL_DATA,
    KT_CALL_ABOUT,    /* of PxWeb 2: a table's place in the list, without its variables */
    KT_CALL_CODELIST, /* of PxWeb 2 */
    KT_CALL_OTHER,    /* a list, an unknown address, a query that cannot be read */
    KT_CALLS
} kt_call;

/** How a call goes wrong. */
typedef enum kt_fault {
    KT_FAULT_NONE,
    KT_FAULT_TOO_MANY,    /* 429; Retry-After as asked */
    KT_FAULT_UNAVAILABLE, /* 503; Retry-After as asked */
    KT_FAULT_BAD_REQUEST, /* 400, plain text */
    KT_FAULT_FORBIDDEN,   /* 403 and its HTML page, however small the query */
    KT_FAULT_MISSING,     /* 404, HTML */
    KT_FAULT_REDIRECT,    /* 302 to the same address: a loop, unless `times` ends it */
    KT_FAULT_RESET,       /* the connection is reset before any answer */
    KT_FAULT_SILENT,      /* no answer for `seconds`, then the connection ends */
    KT_FAULT_STALL,       /* half of the body, then nothing for `seconds` */
    KT_FAULT_DRIP,        /* one byte each 50 ms */
    KT_FAULT_CUT,         /* half of the body, though Content-Length says all of it */
    KT_FAULT_CUT_UNSAID,  /* half of the body without a Content-Length: the end looks like an end */
    KT_FAULT_EMPTY,       /* 200 without a body */
    KT_FAULT_HTML,        /* 200 with a page for people */
    KT_FAULT_GARBAGE,     /* 200 with bytes that are no UTF-8 */
    KT_FAULT_OTHER_TABLE, /* 200 with a well-formed reply of a table that nobody asked for */
    KT_FAULT_WRONG_CODE,  /* 200, the first code of the first variable is another one */
    KT_FAULT_FEWER,       /* 200, the last code of the widest variable is left out */
    KT_FAULT_NEGATIVE,    /* 200, the last figure is -3 */
    KT_FAULT_FRACTION,    /* 200, the last figure is 1.5 */
    KT_FAULT_EXCESS,      /* 200, the last figure is above that of the whole country */
    KT_FAULT_BOMB,        /* 200, gzip: `size` bytes of blanks in a thousandth of them */
    KT_FAULT_BAD_GZIP,    /* 200, says gzip and is none */
    KT_FAULT_HUGE,        /* 200, begins well and goes on for `size` bytes */
    KT_FAULT_REPUBLISH,   /* the table is republished just before the call is answered */
    KT_FAULT_OLD_DATE,    /* 200, and the service's clock says 2020 */
    KT_FAULT_TOO_LARGE,   /* what the service says of too many cells, however small the query */
    KT_FAULT_ASYNC,       /* Eurostat: 413, but it only wants to be asked again later */
    KT_FAULT_ASYNC_SAID,  /* the same with status 200 */
    KT_FAULT_NO_RESULTS,  /* Eurostat: 400, the result is empty */
    KT_FAULTS
} kt_fault;

/** How a Retry-After is written. */
typedef enum kt_retry_after {
    KT_RETRY_AFTER_NONE,
    KT_RETRY_AFTER_SECONDS,
    KT_RETRY_AFTER_DATE,
    KT_RETRY_AFTER_NONSENSE,
} kt_retry_after;

/** Which calls go wrong, and how. */
typedef struct kt_fault_rule {
    kt_fault fault;
    kt_call call;      /* only such calls */
    const char *table; /* only calls about the table of that id; NULL: any. Borrowed. */
    size_t after;      /* so many matching calls go well first */
    size_t times;      /* then so many go wrong; 0: all of them */
    double seconds;    /* of SILENT and STALL (0: 30) and of Retry-After */
    kt_retry_after retry_after;
    size_t size; /* of BOMB and HUGE; 0: 256 MiB */
} kt_fault_rule;

/** Adds a rule; of several that match a call the first one counts. At most KT_SERVER_RULES. */
#define KT_SERVER_RULES 16
void kt_server_fault(kt_server *server, const kt_fault_rule *rule);

/** Forgets all rules. */
void kt_server_behave(kt_server *server);

/**
 * Reads a rule: FAULT[,call=data][,table=12ti][,after=N][,times=N][,seconds=S][,size=N]
 * [,retry-after=none|seconds|date|nonsense], the fault as kt_fault_name writes it. text is changed,
 * and the rule borrows from it. KT_ERR_USAGE with the word that is not understood.
 */
kt_status kt_fault_rule_read(char *text, kt_fault_rule *out, kt_error *err) KT_MUST_CHECK;

/** "too-many", "unavailable" ... */
const char *kt_fault_name(kt_fault fault);

/** "any", "config", "metadata" ... */
const char *kt_call_name(kt_call call);

/** One call that was made, in the order in which they were answered. */
typedef struct kt_server_call {
    kt_call call;
    kt_fault fault;              /* what went wrong on order */
    bool refused;                /* by the limiter */
    int status;                  /* what was answered; 0 if nothing was */
    size_t cells;                /* selected; 0 if it is no query */
    const char *table;           /* the id, NULL if the call is about none */
    const char *method, *path;   /* they live as long as the server */
    const char *address;         /* path and query as they were sent */
    const char *body;            /* NULL if there was none */
    const char *user_agent;      /* NULL if there was none */
    const char *accept_encoding; /* NULL if there was none */
} kt_server_call;

/** How many calls of that kind were answered so far. */
size_t kt_server_calls(kt_server *server, kt_call call);

/** How many of them the limiter refused. */
size_t kt_server_refused(kt_server *server);

/** The most calls that were being answered at one time. */
size_t kt_server_most_at_once(kt_server *server);

/** Call number index, from 0; false past the last one. */
bool kt_server_call_at(kt_server *server, size_t index, kt_server_call *out);

/** Forgets the counters and the calls. */
void kt_server_forget(kt_server *server);

#endif
