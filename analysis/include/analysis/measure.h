/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MEASURE_H
#define KT_ANALYSIS_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Measures of how vacancies and job seekers meet, behind one interface wide enough for all of
 * CONTRACT section 8: named inputs (keys and figures, some with ranges), parameters, several
 * results, one row or many for a group. A measure is one file in measures/ (or series/) and one
 * line in measures.def; nothing else in the program knows its name. Measures keep no state, read no
 * files and print nothing, so they may run in any order and on any thread.
 */

#define KT_MEASURE_COLUMNS 12
#define KT_MEASURE_PARAMS  8

typedef enum kt_input_kind {
    KT_INPUT_KEY,    /* text that names a row inside its group: market, region, time_period */
    KT_INPUT_COUNT,  /* a figure, not below zero, NAN where there is none */
    KT_INPUT_NUMBER, /* any figure */
} kt_input_kind;

typedef struct kt_input {
    const char *name;
    kt_input_kind kind;
    bool optional; /* the column may be absent: its pointer is then NULL */
    bool ranged;   /* may come with name_low and name_high: kt_group.low and .high */
} kt_input;

typedef enum kt_param_kind { KT_PARAM_NUMBER, KT_PARAM_CHOICE, KT_PARAM_TEXT } kt_param_kind;

typedef struct kt_param {
    const char *name;
    kt_param_kind kind;
    double least, most;   /* of a number */
    bool open;            /* the ends themselves are not allowed: alpha in (0,1) */
    const char *choices;  /* "sqrt sufficient" */
    const char *fallback; /* used where the caller gives none; NULL: must be given */
    const char *meaning;  /* one line, English */
} kt_param;

typedef struct kt_result {
    const char *name;
    const char *unit; /* share, ratio, persons, posts, count, text */
    bool text;        /* result is text (side); else a number */
} kt_result;

/** The rows of one group, column by column in the order of kt_measure.inputs. Borrowed. */
typedef struct kt_group {
    size_t row_count;
    const char *const *key[KT_MEASURE_COLUMNS]; /* of key inputs */
    const double *figure[KT_MEASURE_COLUMNS];   /* of the others */
    const double *low[KT_MEASURE_COLUMNS];      /* of ranged inputs; NULL: no range known */
    const double *high[KT_MEASURE_COLUMNS];
} kt_group;

typedef struct kt_param_value {
    double number;
    const char *text;
} kt_param_value;

/** What a measure found: rows of key and results. */
typedef struct kt_findings {
    size_t row_count;
    const char **key;    /* of each row, for measures with a row per key; else NULL */
    double *number;      /* row-major: row * result count + result; NAN where there is none */
    const char **text;   /* the same places, for text results */
    const char **reason; /* of each row: why there is no figure; NULL where there is one */
} kt_findings;

typedef enum kt_shape {
    KT_ONE_ROW,      /* one row a group */
    KT_ROW_PER_KEY,  /* a row for each key of the first key input */
    KT_ROW_PER_TERM, /* rows named by the measure itself: term, segment */
} kt_shape;

/** The description of one measure. Always a static const object: never allocated, never freed. */
typedef struct kt_measure {
    const char *id;
    int version; /* grows when its figures change */
    const char *name_fi, *name_sv, *name_en;
    const char *definition_fi, *definition_sv, *definition_en; /* what it says, and what not */
    const char *formula;
    const char *reference;
    kt_shape shape;
    const char *key_name; /* the output column of the row's key ("market"); NULL with KT_ONE_ROW */
    kt_input inputs[KT_MEASURE_COLUMNS]; /* up to the first without a name */
    kt_param params[KT_MEASURE_PARAMS];
    kt_result results[KT_MEASURE_COLUMNS];

    /**
     * Computes one group with one set of parameters (in the order of params) into findings that
     * live in the arena. A group that has no figure is not a failure: its rows carry NAN and a
     * reason. Fails only with KT_ERR_DATA for input that cannot be true.
     */
    kt_status (*compute)(const kt_group *group, const kt_param_value *params, kt_arena *arena,
                         kt_findings **out, kt_error *err) KT_MUST_CHECK;
} kt_measure;

/** The measure at position index in analysis/measures.def, or NULL past the last one. */
const kt_measure *kt_measure_at(size_t index);

/** The measure called id, or NULL if there is none. */
const kt_measure *kt_measure_find(const char *id);

size_t kt_measure_input_count(const kt_measure *measure);
size_t kt_measure_param_count(const kt_measure *measure);
size_t kt_measure_result_count(const kt_measure *measure);

/**
 * Reads a parameter's text into a value, or KT_ERR_USAGE with what is expected. text NULL gives the
 * fallback.
 */
kt_status kt_param_read(const kt_param *param, const char *text, kt_param_value *out,
                        kt_error *err) KT_MUST_CHECK;

#endif
