/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ROLES_H
#define KT_CORE_ROLES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/source.h"

/**
 * Which variable of a live table plays which role, and which of its codes are wanted, by the alias
 * rules of the sources: a variable by its code, else its label, else the time mark, else the values
 * it offers; a content code exactly, else the single one that ends in -code or _code, else the
 * single one with that label. No match or several is KT_ERR_FORMAT, and the message names the
 * candidates. A wanted code that the table no longer has is KT_ERR_FORMAT that names it.
 */
typedef struct kt_resolved_variable {
    const kt_variable_spec *spec;
    kt_role role;
    size_t dimension;    /* its position in the envelope */
    const char *code;    /* the variable's code in the live table */
    size_t wanted_count; /* codes wanted, in the table's order */
    const char **wanted; /* the source's codes */
    size_t *position;    /* of each wanted code in the envelope's dimension */
    const kt_measure_spec *
        *measure; /* for the measure role: what each wanted code means; else NULL */
} kt_resolved_variable;

/** A variable without a role that stands at one code, or was left out of the question. */
typedef struct kt_fixed_variable {
    size_t dimension; /* its position in the envelope */
    const char *code; /* the variable's code in the live table */
    const char *label;
    const char **value; /* one code; NULL if it is left out, which gives its total */
    const char *value_label;
} kt_fixed_variable;

typedef struct kt_resolved {
    kt_resolved_variable *variables; /* in the order of the envelope's dimensions */
    size_t variable_count;
    kt_fixed_variable *fixed; /* the same */
    size_t fixed_count;
} kt_resolved;

/**
 * Resolves the source's roles against a table's metadata or against the envelope of a reply. With
 * whole true every non-optional measure must be there (metadata); with false the envelope may be a
 * part of the table: what a reply lacks stands at its total, while a document
 * (kt_source_is_document) must have each variable that is expected. A variable of the table that no
 * role claims is fixed at the code that the source names, or at its total where the source allows
 * that: left out, else the code that the service calls its total, else the one that is called a
 * total. If none is or several are, and it cannot be left out, it is KT_ERR_FORMAT.
 */
kt_status kt_roles_resolve(const kt_source *source, const kt_envelope *envelope, bool whole,
                           kt_arena *arena, kt_resolved **out, kt_error *err) KT_MUST_CHECK;

/**
 * KT_ERR_FORMAT if the table has lost an optional variable or content that it had when its metadata
 * were `before`: optional is what it may never have had. Whatever else they had counts for nothing:
 * variables that nobody claims, codes that are not wanted any more. A role of today that cannot be
 * found in them was not there. `now` is what its metadata of today were resolved to.
 */
kt_status kt_roles_kept(const kt_source *source, const kt_envelope *before,
                        const kt_envelope *metadata, const kt_resolved *now, kt_arena *arena,
                        kt_error *err) KT_MUST_CHECK;

/** What a trouble is about, and so what mends it. */
typedef enum kt_role_matter {
    KT_MATTER_VARIABLE, /* no variable, or several, for a role */
    KT_MATTER_NO_ROLE,  /* a variable that nobody claims */
    KT_MATTER_CODE,     /* a wanted code or pattern that stands for nothing */
    KT_MATTER_MEASURE,  /* the same of a content */
    KT_MATTER_PERIOD,   /* a period that is none of the source's frequency */
} kt_role_matter;

typedef struct kt_role_trouble {
    kt_role_matter matter;
    const char *line; /* as kt_roles_resolve says it */
} kt_role_trouble;

typedef struct kt_role_troubles {
    kt_role_trouble *at;
    size_t count, room;
} kt_role_troubles;

/**
 * Resolves the source's roles against a table's metadata and goes on where kt_roles_resolve ends:
 * every trouble is told, in the arena, not the first alone. None: kt_roles_resolve succeeds.
 */
void kt_roles_examine(const kt_source *source, const kt_envelope *metadata, kt_arena *arena,
                      kt_role_troubles *out);

/** The dimension that the spec means, in the same ways; KT_NO_CODE if it may be absent and is. */
kt_status kt_roles_dimension(const kt_source *source, const kt_envelope *envelope,
                             const kt_variable_spec *spec, size_t *dimension,
                             kt_error *err) KT_MUST_CHECK;

/**
 * KT_OK if each code and pattern that is wanted of a variable of the envelope stands for something
 * in it, and a measure that is not optional has its content; else KT_ERR_FORMAT, as for metadata.
 */
kt_status kt_roles_check(const kt_source *source, const kt_envelope *envelope,
                         const kt_resolved_variable *variable, kt_error *err) KT_MUST_CHECK;

/** The variable that plays the role, or NULL. */
const kt_resolved_variable *kt_resolved_find(const kt_resolved *resolved, kt_role role);

#endif
