/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ROLES_WANTED_H
#define KT_CORE_ROLES_WANTED_H

#include "core/roles.h"

/** One resolution: which roles of which source, in which table or part of it. */
typedef struct kt_role_search {
    const kt_source *source;
    const kt_envelope *envelope;
    bool whole; /* the envelope is the table's metadata, not a part of it */
    kt_arena *arena;
    kt_role_troubles
        *troubles; /* goes on after each, and tells it here; NULL: the first one ends */
} kt_role_search;

/** Notes a failure and passes over it if all troubles are to be told; else passes it on. */
kt_status kt_roles_pass(const kt_role_search *search, kt_role_matter matter, kt_status status,
                        kt_error *err) KT_MUST_CHECK;

/** True if no question chose what is in the envelope: metadata, or a document as it lies there. */
bool kt_roles_has_all(const kt_role_search *search);

/**
 * What can be found of the roles in the envelope, without what cannot: a variable that nobody
 * claims, a role without a variable, a code that is not there. NULL if nothing can.
 */
kt_resolved *kt_roles_find(const kt_source *source, const kt_envelope *envelope, kt_arena *arena);

/**
 * Fills in which codes of variable->dimension are wanted. One that is asked for by name and not
 * there any more is KT_ERR_FORMAT, with the nearest one that is.
 */
kt_status kt_roles_want(const kt_role_search *search, kt_resolved_variable *variable,
                        kt_error *err) KT_MUST_CHECK;

/** Fixes the dimension that no role claims, or fails: kt_roles_resolve says by which rules. */
kt_status kt_roles_fix(const kt_role_search *search, size_t position, kt_resolved *resolved,
                       kt_error *err) KT_MUST_CHECK;

/** In the whole table and in a document every variable that the source's file fixes must be there.
 */
kt_status kt_roles_check_fixed(const kt_role_search *search, const kt_resolved *resolved,
                               kt_error *err) KT_MUST_CHECK;

#endif
