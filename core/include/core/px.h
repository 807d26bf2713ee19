/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PX_H
#define KT_CORE_PX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"

/**
 * A PX file (SCB's specification of 2013): keywords with their values up to DATA, then the cells.
 *
 *     VALUES[sv]("Alue")="HELA LANDET","Nyland";
 *     DATA=
 *     352001 ".." 26641 ;
 *
 * Its text is kept as UTF-8. Keywords that only people read are passed over.
 */
typedef struct kt_px kt_px;

/** A keyword of the file with one language and subkey. */
typedef struct kt_px_entry {
    const char *key;     /* "VALUES", in capitals */
    const char *subkeys; /* "Alue", several with a line end between them; "" for none */
    const char **values; /* texts without their quotes, words such as YES as they stand */
    size_t count;
    const char *raw, *raw_end; /* what stands between '=' and ';' */
    size_t line;
} kt_px_entry;

/**
 * Reads the keywords. KT_ERR_FORMAT for what is no PX file, for a keyword that cannot be read, for
 * a second VALUES of one variable and the like, and for a file that ends in the middle.
 */
kt_status kt_px_open(const kt_document *document, kt_arena *arena, kt_px **out,
                     kt_error *err) KT_MUST_CHECK;

/** The entry, or NULL. language NULL is the file's own; subkey may be "". */
const kt_px_entry *kt_px_find(const kt_px *px, const char *key, const char *language,
                              const char *subkey);

/** The first value of that entry, or NULL. */
const char *kt_px_value(const kt_px *px, const char *key, const char *language, const char *subkey);

/**
 * What the file says it holds, variables of the stub before those of the heading. Words come in the
 * language of the source if the file has it, else in its own; ids and codes never change with it.
 * A time without codes that can be read takes them from TIMEVAL, or reads them by its TLIST(M1).
 * `updated` is the newest LAST-UPDATED, else the day the file was made, as an ISO time without a
 * zone.
 */
kt_status kt_px_envelope(kt_px *px, kt_envelope **out, kt_error *err) KT_MUST_CHECK;

/** What stands in a cell; borrowed, not terminated. */
typedef struct kt_px_cell {
    const char *start;
    size_t length;
    bool quoted; /* a symbol */
    size_t line; /* of the file */
} kt_px_cell;

/** Takes the cell at that place of the envelope. */
typedef kt_status (*kt_px_take)(void *context, size_t place, const kt_px_cell *cell, kt_error *err);

/**
 * Walks over all cells, after kt_px_envelope. take may be NULL: then they are only counted. Rows
 * that a file with KEYS leaves out hold zeros: that is what the format means by it. KT_ERR_FORMAT
 * with the line and both counts if there are more or fewer than the variables combine to.
 */
kt_status kt_px_walk(const kt_px *px, kt_px_take take, void *context, kt_error *err) KT_MUST_CHECK;

/**
 * A symbol as the source shows it: dots and dash are the file's own marks for what DATASYMBOL1 to
 * 6, DATASYMBOLSUM and DATASYMBOLNIL word; the mark itself where the file is silent.
 */
const char *kt_px_symbol(const kt_px *px, const kt_px_cell *cell, kt_arena *arena);

#endif
