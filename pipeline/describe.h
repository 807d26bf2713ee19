/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_DESCRIBE_H
#define KT_PIPELINE_DESCRIBE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/envelope.h"
#include "core/period.h"
#include "core/source.h"
#include "core/text.h"

/**
 * What a table holds, and a source file for it: roles are guessed by the marks that services set,
 * by the codes that variables offer, and by what they are called. A guess says why it was made and
 * what is doubtful about it; nothing of it is known before a person has read it.
 */

/** A column of a CSV, by what stands in it. */
typedef struct kt_csv_place {
    const char *name;
    const char *content; /* of figures and symbols: whose they are; NULL: another column says it */
    size_t dimension;    /* of codes: which one of the table; else KT_NO_CODE */
    bool is_figure, is_symbol;
    bool is_across; /* figures of the period that is the column's name */
} kt_csv_place;

/** How a CSV is laid out, as far as it shows. */
typedef struct kt_csv_shape {
    const char *charset;
    char delimiter, decimal;
    size_t skipped;    /* lines before the one with the columns' names */
    kt_codes *symbols; /* what stands in place of figures, or beside them */
    kt_csv_place *columns;
    size_t count;
} kt_csv_shape;

/**
 * What a CSV seems to hold: each column of codes is a dimension, figures of several contents are
 * one more, and so are periods that are names of columns. KT_ERR_FORMAT if it is no CSV.
 */
kt_status kt_csv_describe(const kt_document *document, kt_arena *arena, kt_csv_shape **out,
                          kt_envelope **table, kt_error *err) KT_MUST_CHECK;

/** A table as its service or its file tells of it. Everything is borrowed. */
typedef struct kt_described {
    const kt_envelope *table;
    const char *address;  /* that it was found at */
    const char *id;       /* of the source to be: "12r5" */
    const char *protocol; /* how it is asked for */
    const char *format;
    const char *base_url, *path;
    const char *language;
    const char *dataset;     /* of a file with several; NULL */
    const kt_codes *chosen;  /* variables of which the address asked for some codes alone; NULL */
    const char *licence;     /* NULL: not told */
    const char *cited;       /* whom to name, NULL: not told */
    const kt_csv_shape *csv; /* of a CSV; NULL */
    /* The sources that the configuration has: what they call a content, it is called here. */
    kt_source *const *known;
    size_t known_count;
} kt_described;

/** What one variable would be. */
typedef struct kt_variable_guess {
    kt_role role;      /* KT_ROLES: none; it stands at its total */
    const char *why;   /* for people: "it has SSS and MK01" */
    const char *doubt; /* what a person has to look at; NULL: nothing */
    const char *total; /* the code of all; NULL: none was recognised */
    const char **want; /* codes and patterns */
    size_t want_count;
    const char **markers; /* codes that tell it from the other variables */
    size_t marker_count;
    const char *unknown;  /* pattern of codes of unknown occupations; NULL */
    const char *level;    /* of occupations: isco4; NULL */
    const char *revision; /* of sectors: nace2; NULL */
    const char *mapped;   /* letters before the codes that ours lack: OC; NULL */
} kt_variable_guess;

/** What one content would be. */
typedef struct kt_measure_guess {
    const char *code, *label; /* code NULL: no variable has contents, the whole table counts it */
    const char *measure, *group; /* group NULL: all */
    const char *unit;
    double scale;
    const char *known_from; /* the source of the configuration that has it; NULL: a neutral name */
    const char *told;       /* the source's own words for the unit; NULL */
    bool is_unit_told;      /* by those words, or by its label */
} kt_measure_guess;

typedef struct kt_guess {
    kt_variable_guess *variables; /* of each dimension of the table */
    kt_measure_guess *measures;
    size_t measure_count;
    bool has_period, has_measure;
    kt_frequency frequency;
    const char *first_period, *last_period; /* NULL: none can be read */
    size_t period_count;
} kt_guess;

/** What a variable's codes and names look like, for the guess. */

/** The share of the codes, without the total, that are regions of ours: KU091, MK01 ... */
double kt_codes_like_regions(const kt_codes *codes, const char *total);
/** The same of occupations: digits, with OC or without; *digits is the longest. */
double kt_codes_like_occupations(const kt_codes *codes, const char *total, size_t *digits,
                                 bool *mixed);
/** The same of sectors: letters A to V, divisions. */
double kt_codes_like_sectors(const kt_codes *codes, const char *total);
/** The code of all, by the service's word, its code or its label; NULL if none or several are. */
const char *kt_codes_total(const kt_dimension *dimension);
/** True if one of the words (NULL-ended, in lower case) is in the variable's code or label; behind
 * a
 * '^' if it stands at the start. */
bool kt_is_called(const kt_dimension *dimension, const char *const *words);
/** A region's level by the letters of its code: "kunta"; NULL if it is none of ours. */
const char *kt_region_code_level(const char *code);

void kt_guess_table(const kt_described *of, kt_arena *arena, kt_guess *out);

/** The contents of that dimension, into out->measures. */
void kt_guess_measures(const kt_described *of, const kt_dimension *contents, kt_arena *arena,
                       kt_guess *out);

/** The one measure of a table without contents, into out->measures. */
void kt_guess_only_measure(const kt_described *of, kt_arena *arena, kt_guess *out);

/** The source file, ready to be saved. */
void kt_guess_put_source(const kt_described *of, const kt_guess *guess, kt_arena *arena,
                         kt_text *out);

/** The table and the guess in lines for people. */
void kt_guess_put_words(const kt_described *of, const kt_guess *guess, kt_text *out);

#endif
