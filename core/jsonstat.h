/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JSONSTAT_H
#define KT_CORE_JSONSTAT_H

#include <stdbool.h>

#include "envelope_parts.h"

/*
 * JSON-stat, its parts. A data set stands alone (2.0), among others in a bundle (1.x) or inside a
 * collection (2.0); wherever it stands, it is read from here on alike.
 */

/** The members of a data set that matter, in the order of kt_jsonstat_keys. */
enum kt_jsonstat_member {
    KT_JSONSTAT_VERSION,
    KT_JSONSTAT_CLASS,
    KT_JSONSTAT_ID,
    KT_JSONSTAT_SIZE,
    KT_JSONSTAT_DIMENSION,
    KT_JSONSTAT_ROLE,
    KT_JSONSTAT_UPDATED,
    KT_JSONSTAT_LABEL,
    KT_JSONSTAT_SOURCE,
    KT_JSONSTAT_EXTENSION,
    KT_JSONSTAT_VALUE,
    KT_JSONSTAT_STATUS,
    KT_JSONSTAT_LINK,
    KT_JSONSTAT_MEMBERS
};

extern const char *const kt_jsonstat_keys[KT_JSONSTAT_MEMBERS + 1];

typedef struct kt_jsonstat {
    kt_reply reply; /* the data set alone, and what it goes by in messages */
    kt_jsonspan member[KT_JSONSTAT_MEMBERS];
    bool is_old; /* 1.x: id, size and role may stand inside dimension, sizes may be texts */
} kt_jsonstat;

/**
 * The data set that a body is or holds. Of several, wanted (NULL: nothing is) names one by its
 * member, its label or its address. What holds none, or several and none is wanted, is
 * KT_ERR_FORMAT, and the line names those that there are.
 */
kt_status kt_jsonstat_open(const kt_reply *reply, const char *wanted, kt_jsonstat *out,
                           kt_error *err) KT_MUST_CHECK;

/** Everything of a data set of at most so many cells but its figures. */
kt_status kt_jsonstat_read(const kt_jsonstat *set, size_t limit, kt_envelope **out,
                           kt_error *err) KT_MUST_CHECK;

/** Its dimensions and their roles, into the envelope; it checks what they say against one another.
 */
kt_status kt_jsonstat_dimensions(const kt_jsonstat *set, size_t limit, kt_envelope *envelope,
                                 kt_error *err) KT_MUST_CHECK;

/** The categories of a dimension: codes, labels, units, and whether their hierarchy is one. */
kt_status kt_jsonstat_categories(const kt_jsonstat *set, const json_t *category, size_t size,
                                 kt_dimension *dimension, kt_error *err) KT_MUST_CHECK;

/** A whole number; some writers of 1.x put it between quotes. */
bool kt_jsonstat_number(const kt_jsonstat *set, const json_t *element, size_t *out);

/** The dimension of that id, or NULL. */
kt_dimension *kt_jsonstat_dimension(const kt_envelope *envelope, const char *id);

#endif
