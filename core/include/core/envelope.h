/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ENVELOPE_H
#define KT_CORE_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/jsonscan.h"
#include "core/source.h"

/**
 * The envelope of a reply: which dimensions with which codes in which order, and when the source
 * updated it. Fetch reads it to know that it got what it asked for; transform reads the values too.
 * Readers of envelopes refuse, with one line, anything that is not of their kind: HTML, an error
 * object, another class, sizes that do not multiply to the values. Figures are counted where they
 * stand (core/jsonscan.h), never built as objects.
 */
typedef struct kt_dimension {
    const char *id;     /* the variable's code */
    const char *label;  /* its name */
    kt_codes *codes;    /* categories with labels, in the order of the values */
    const char **units; /* of each category, as the source words it, NULL where it is silent; NULL:
                           of none */
    bool is_time;
    bool is_metric;
    bool is_geo;
    bool has_role;        /* the source file says whose codes they are: a CSV's columns */
    kt_role role;         /* then the one */
    bool can_be_left_out; /* PxWeb's "elimination" */
    const char *total;    /* the code of what it amounts to when left out; NULL: not told */
    kt_codes *codelists;  /* other code lists that PxWeb 2 offers for it; NULL: none */
} kt_dimension;

typedef struct kt_envelope {
    kt_dimension *dimensions; /* row-major: the last one is fastest */
    size_t dimension_count;
    size_t cells;        /* product of the sizes */
    const char *updated; /* as the source wrote it, NULL if it did not */
    const char *label;
    const char *source;
    const char *table; /* what it calls the table: extension.px.tableid, TABLEID; NULL if absent */
    const char *unit;  /* of all figures for which no dimension tells one, NULL if absent */
    const kt_codes *symbol_names; /* what its symbols mean by its own words, as labels; NULL */
} kt_envelope;

/** A body as it came, and the source whose file says how it is read. */
typedef struct kt_document {
    const char *bytes; /* borrowed; terminated at length */
    size_t length;
    const char *name;        /* for messages */
    const kt_source *source; /* NULL: nothing is said of it */
} kt_document;

/**
 * A JSON-stat data set: the body itself (2.0), or the one of a bundle (1.x) or of a collection that
 * `dataset` of the source file names by its member, its label or its address; the only one needs no
 * name. The variable that PxWeb writes for the contents of a table without any is left away.
 */
kt_status kt_envelope_jsonstat(const kt_document *document, kt_arena *arena, kt_envelope **out,
                               kt_error *err) KT_MUST_CHECK;

/** Where in the body that data set stands. */
kt_status kt_jsonstat_place(const kt_document *document, kt_arena *arena, kt_jsonspan *out,
                            kt_error *err) KT_MUST_CHECK;

/**
 * PX-JSON ("format":"json"): its columns become dimensions, keys in order of first appearance; the
 * content columns become one metric dimension, last, with the id "contentscode"; a single one
 * becomes none where the source has no variable of contents.
 */
kt_status kt_envelope_pxjson(const kt_document *document, kt_arena *arena, kt_envelope **out,
                             kt_error *err) KT_MUST_CHECK;

/** A PX file: core/px.h. */
kt_status kt_envelope_px(const kt_document *document, kt_arena *arena, kt_envelope **out,
                         kt_error *err) KT_MUST_CHECK;

/** A CSV that the source file lays out: core/csv_reply.h. */
kt_status kt_envelope_csv(const kt_document *document, kt_arena *arena, kt_envelope **out,
                          kt_error *err) KT_MUST_CHECK;

/** A list of projects: rows of a CSV or of a workbook, which have no dimensions; what they say is
 * for transform to read. */
kt_status kt_envelope_list(const kt_document *document, kt_arena *arena, kt_envelope **out,
                           kt_error *err) KT_MUST_CHECK;

/** PxWeb v1 metadata ({"title","variables"}): dimensions without values. */
kt_status kt_envelope_pxweb_metadata(const kt_document *document, kt_arena *arena,
                                     kt_envelope **out, kt_error *err) KT_MUST_CHECK;

/** PxWeb 2 metadata: a JSON-stat 2.0 data set whose "value" is empty. */
kt_status kt_envelope_pxweb2_metadata(const kt_document *document, kt_arena *arena,
                                      kt_envelope **out, kt_error *err) KT_MUST_CHECK;

/** A code list of PxWeb 2, an aggregation or a value set: its codes with labels, in its order. */
kt_status kt_pxweb2_codelist(const kt_document *document, kt_arena *arena, kt_codes **out,
                             kt_error *err) KT_MUST_CHECK;

/** Any of the readers above. */
typedef kt_status (*kt_envelope_reader)(const kt_document *document, kt_arena *arena,
                                        kt_envelope **out, kt_error *err);

/** The reader of data replies in that format ("json-stat2", "json", "px", "csv"), or NULL. */
kt_envelope_reader kt_envelope_reader_find(const char *format);

#endif
