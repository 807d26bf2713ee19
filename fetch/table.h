/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_TABLE_H
#define KT_FETCH_TABLE_H

#include <stdbool.h>

#include "core/codes.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/roles.h"
#include "core/source.h"
#include "errand.h"
#include "fetch/vintage.h"
#include "plan.h"
#include "protocol.h"

/** A place where an open table may be: fetch/open.h. */
typedef struct kt_open_place {
    kt_target target;
    size_t spelling; /* of the names of a variable this one is sent, or its last one */
    bool is_dated;   /* its path carries a date */
} kt_open_place;

/**
 * A source's table as it stands at the service tonight: where it is, which codes it has and which
 * of them we want, and whether it was updated since we last fetched it.
 */
typedef struct kt_table {
    kt_errand *errand;
    kt_service *service;
    const kt_source *source;
    const kt_protocol *protocol;
    const kt_vintage *vintage; /* what the archive has of it */

    kt_open_place *places; /* of an open table, in the order of trying */
    size_t place_count, place;

    /* Known once the metadata are read, from the service or from the archive. */
    kt_target target;
    const kt_envelope *metadata; /* as they were last read, whether or not roles resolve */
    bool has_metadata;
    bool is_fresh; /* read from the service in this run */
    kt_wanted wanted;
    const char *last_period; /* of the whole table */
} kt_table;

/** Borrows everything. KT_ERR_CONFIG if the source cannot be fetched by its protocol. */
kt_status kt_table_init(kt_table *table, kt_errand *errand, const kt_source *source,
                        kt_error *err) KT_MUST_CHECK;

/**
 * Reads the metadata from the service, at the address of the day or, if the service does not know
 * that, at the others, newest first.
 */
kt_status kt_table_learn(kt_table *table, kt_error *err) KT_MUST_CHECK;

/** Takes the newest metadata of the archive if they are of the address of the day; else nothing. */
void kt_table_recall(kt_table *table);

/**
 * Asks for one cell of the newest period. *changed is false if the table is the one that the
 * archive has. Reads the metadata first where they are unknown, or the service no longer knows
 * them.
 */
kt_status kt_table_probe(kt_table *table, bool *changed, kt_error *err) KT_MUST_CHECK;

/** True if the table's newest period is older than its source calls usual. */
bool kt_table_is_late(const kt_table *table);

/**
 * Asks the service whether it updates the table no more. *out is false where it does not say, and
 * where it does not answer: that alone fails no table.
 */
kt_status kt_table_discontinued(kt_table *table, bool *out, kt_error *err) KT_MUST_CHECK;

/** KT_ERR_DATA if a table whose `variable` ends with `last` has lost a newer period that it had. */
kt_status kt_table_check_end(const kt_table *table, const char *variable, const char *last,
                             kt_error *err) KT_MUST_CHECK;

/** The newest period of the codes; codes that are none are skipped. NULL if there is none. */
const char *kt_newest_period(const kt_codes *codes);

/** All addresses of the table, in the arena: that of the day, then the others, newest first. */
const kt_address_spec **kt_table_addresses(const kt_table *table);

/** The table at one of its addresses. */
kt_target kt_table_at(const kt_table *table, const kt_address_spec *address);

/** The codes of the variable that the good replies of the archive were asked for, in the arena. */
kt_codes *kt_table_asked(const kt_table *table, const char *variable);

#endif
