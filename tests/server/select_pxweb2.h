/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SELECT_PXWEB2_H
#define KT_SERVER_SELECT_PXWEB2_H

#include "server/dialect.h"

/** What a call asks of one variable, codes and expressions alike. */
typedef struct kt_asked {
    const char *variable;
    const char *codelist; /* NULL for none */
    const char **values;
    size_t count;
} kt_asked;

#define KT_ASKED_VARIABLES 16

typedef struct kt_asking {
    kt_asked variables[KT_ASKED_VARIABLES];
    size_t count;
} kt_asking;

/** Collects what the address asks (valueCodes[..], codelist[..]). False if it cannot be read. */
bool kt_asking_of_address(const kt_exchange *exchange, kt_arena *arena, kt_asking *out);

/** Collects what a body asks ({"selection":[..]}). False if it cannot be read. */
bool kt_asking_of_body(const char *body, kt_arena *arena, kt_asking *out);

/**
 * Selects as PxWeb 2 does: nothing asked is the table's default selection, a variable that is not
 * named is left out if it can be. Fills route's view and selection, or gives what is wrong.
 */
const kt_complaint *kt_select_pxweb2(const kt_asking *asking, kt_arena *arena, kt_route *route);

#endif
