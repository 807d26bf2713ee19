/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_DIALECT_H
#define KT_SERVER_DIALECT_H

#include "server/service.h"

/** An error of a service, as its body says it. Always a static const object. */
typedef struct kt_complaint {
    int status;
    int id;             /* Eurostat's; 0 at others */
    const char *title;  /* what is wrong */
    const char *detail; /* NULL for none */
} kt_complaint;

/** What a call is about. */
typedef struct kt_route {
    kt_call call;
    kt_served_table *table;          /* NULL for none */
    kt_served_table *view;           /* the table with the code lists that were asked for */
    bool readable;                   /* a query that can be read */
    kt_selection selection;          /* of the view */
    const char *list;                /* whose tables or values are listed; "" for all, or NULL */
    const kt_complaint *complaint;   /* NULL: the call is good */
    const kt_served_codelist *codes; /* of a call about a code list */
} kt_route;

/** How a family of services is spoken to. */
typedef struct kt_dialect {
    const char *base; /* all its addresses begin so, in letters of any case */

    /** Finds out what a call under base is about. */
    void (*find)(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                 kt_route *out);

    /** Writes the answer, in good order. */
    void (*answer)(const kt_service *service, const kt_exchange *exchange, const kt_route *route,
                   kt_answer *out);

    /** Writes the answer to a call that is so many above the limit. */
    void (*refuse)(const kt_service *service, size_t above, kt_answer *out);

    /** Writes the answer to a query that selects too much. */
    void (*too_large)(const kt_service *service, size_t cells, kt_answer *out);
} kt_dialect;

extern const kt_dialect kt_dialect_pxweb;
extern const kt_dialect kt_dialect_pxweb2;
extern const kt_dialect kt_dialect_ssb;
extern const kt_dialect kt_dialect_eurostat;
extern const kt_dialect kt_dialect_files;

/** The dialect of the service that the server stands for. */
const kt_dialect *kt_dialect_of(const kt_service *service);

/** The served table of that id, in letters of any case, or NULL. */
kt_served_table *kt_service_table(const kt_service *service, const char *id);

/** The value of an argument of the address, its name in letters of any case; NULL if absent. */
const char *kt_exchange_argument(const kt_exchange *exchange, const char *name);

/** Begins a JSON body; kt_answer_close ends it with that status. */
FILE *kt_answer_open(kt_answer *answer);
void kt_answer_close(kt_answer *answer, int status, FILE *out);

#define KT_JSON_TYPE "application/json; charset=utf-8"

#endif
