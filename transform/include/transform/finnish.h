/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_FINNISH_H
#define KT_TRANSFORM_FINNISH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * What a Finnish word can be: its base forms, whether one of them names a place, and the parts of a
 * compound, by libvoikko and its dictionary. A dictionary that is not installed is a fault: without
 * it names of places would be found by chance.
 *
 * A handle keeps what it has looked up and belongs to one thread at a time.
 */
typedef struct kt_finnish kt_finnish;

/** One part of a compound: kehittämis (kehittää) and hanke (hanke) of kehittämishankkeen. */
typedef struct kt_finnish_part {
    const char *words; /* as it stands in the compound; the last one in its base form */
    const char *base;  /* of the part, in plain words */
} kt_finnish_part;

typedef struct kt_finnish_reading {
    const char *base_form; /* Pietarsaari of Pietarsaaressa */
    const char *plain;     /* the same in plain words */
    bool place;            /* it names a place */
    const kt_finnish_part *parts;
    size_t part_count;
} kt_finnish_reading;

/** All that a word can be; none where the dictionary does not know it. */
typedef struct kt_finnish_readings {
    const kt_finnish_reading *at;
    size_t count;
} kt_finnish_readings;

/**
 * Opens the dictionary of a language tag, "fi". KT_ERR_CONFIG with the package that has it where it
 * is not installed. Close with kt_finnish_close.
 */
kt_status kt_finnish_open(const char *language, kt_finnish **out, kt_error *err) KT_MUST_CHECK;
void kt_finnish_close(kt_finnish *finnish);

/** Library and dictionary, for texts on the method: "libvoikko 4.3.1, fi standard". */
const char *kt_finnish_version(const kt_finnish *finnish);

/** The readings of one word in UTF-8, without blanks; borrowed until the next call. */
kt_finnish_readings kt_finnish_read(kt_finnish *finnish, const char *word);

/**
 * A text as analysis/similarity compares texts: small letters in composed form (NFC), one blank
 * between words, nothing but letters and digits, and no word of digits alone. Empty if it is not
 * UTF-8.
 */
const char *kt_plain_words(const char *text, kt_arena *arena);

#endif
