/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MEASURE_H
#define KT_ANALYSIS_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
#define KT_MEASURE_PARAMS  16

typedef enum kt_input_kind {
    KT_INPUT_KEY,    /* text that names a row inside its group: market, region */
    KT_INPUT_PERIOD, /* a key that kt_period_read reads; all rows of a group have one frequency */
    KT_INPUT_COUNT,  /* a figure, not below zero, NAN where there is none */
    KT_INPUT_NUMBER, /* any figure, NAN where there is none */
} kt_input_kind;

typedef struct kt_input {
    const char *name;
    kt_input_kind kind;
    const char *unit; /* persons, posts, share; NULL for keys and where any unit will do */
    bool optional;    /* the column may be absent: its pointer is then NULL */
    bool ranged;      /* may come with name_low and name_high: kt_group.low and .high */
    bool many;        /* the last input only: every column called name or name_*: kt_group.many */
    bool numbered;    /* a key that may come as numbers of texts, for texts take room: keys.h */
} kt_input;

typedef enum kt_param_kind {
    KT_PARAM_NUMBER,  /* where choices is given, one of its words may stand for the number */
    KT_PARAM_INTEGER, /* the same, whole */
    KT_PARAM_CHOICE,  /* one of the words in choices */
    KT_PARAM_PERIODS, /* periods of one frequency in rising order, joined by ';'; or nothing */
} kt_param_kind;

typedef struct kt_param {
    const char *name;
    kt_param_kind kind;
    double least, most;   /* of a number; both 0: any */
    bool open;            /* the ends themselves are not allowed: alpha in (0,1) */
    const char *choices;  /* "sqrt sufficient" */
    const char *fallback; /* used where the caller gives none; NULL: must be given */
    const char *meaning;  /* one line, English */
} kt_param;

/** number is NAN and text the word where a word was given; else text is NULL for numbers. */
typedef struct kt_param_value {
    double number;
    const char *text;
} kt_param_value;

typedef struct kt_result {
    const char *name;
    const char *unit; /* share, ratio, persons, posts, count, period; "" for words */
    bool text;        /* the result is text (side); else a number */
} kt_result;

/** Weights between markets: row i is where job seekers live, column j where posts are. Borrowed. */
typedef struct kt_weights {
    size_t row_count, column_count;
    const char *const *row; /* market of each row */
    const char *const
        *column;          /* header of each column: the markets, in any order; or, where none of
                             them is a market of a row, names without meaning in row order */
    const double *weight; /* row-major */
    const char *name;     /* for messages: the file */
} kt_weights;

/**
 * The rows of one group, column by column in the order of kt_measure.inputs. Borrowed. Rows have
 * been merged as kt_measure.repeat says, and ranged figures settled by kt_figure_settle.
 */
typedef struct kt_group {
    size_t row_count;
    const uint32_t *row_number; /* for messages: row of the input; NULL: 1, 2, ... */
    const char *const *key[KT_MEASURE_COLUMNS]; /* of key and period inputs */
    const uint32_t *number[KT_MEASURE_COLUMNS]; /* of numbered ones without key: the same number is
                                                   the same text, text_of(texts, number) */
    const void *texts[KT_MEASURE_COLUMNS];
    const char *(*text_of)(const void *texts, uint32_t number);
    const double *figure[KT_MEASURE_COLUMNS]; /* of the others */
    const double *low[KT_MEASURE_COLUMNS];    /* of ranged inputs; NULL: the figures are exact */
    const double *high[KT_MEASURE_COLUMNS];
    size_t many_count; /* columns that the input with `many` stands for */
    const char *const *many_name;
    const double *const *many;
    const kt_weights *weights; /* where the measure asks for them */
} kt_group;

/** What a measure found: rows of key and results. Lives in the arena of the call. */
typedef struct kt_findings {
    size_t row_count;
    const char **key;    /* of each row; NULL with KT_ONE_ROW */
    double *number;      /* row-major: row * result count + result; NAN where there is none */
    const char **text;   /* the same places, for text results; NULL where there is none */
    const char **reason; /* of each row: why there is no figure; NULL where there is one */
    const char *
        *note; /* of each row: what must be known of its figure ("single market"); or NULL */
} kt_findings;

/** Takes rows of findings as they are made; they are gone when it returns. */
typedef struct kt_findings_sink {
    kt_status (*take)(void *context, const kt_findings *rows, kt_error *err);
    void *context;
} kt_findings_sink;

/** The rows of a group that are made some at a time, for no group is too large for them. */
typedef struct kt_findings_source {
    size_t row_count;
    void *state;
    /** Makes the next rows->row_count rows, none of which has a figure yet. */
    void (*next)(void *state, kt_findings *rows);
} kt_findings_source;

typedef enum kt_shape {
    KT_ONE_ROW,      /* one row a group */
    KT_ROW_PER_KEY,  /* a row for each text of the first key input: markets as they came, periods in
                        time */
    KT_ROW_PER_TERM, /* rows named by the measure itself: term, segment, breaks_n */
} kt_shape;

/** What several rows of a group with the same keys mean. Without keys all rows of a group have. */
typedef enum kt_repeat {
    KT_REPEAT_ADD, /* parts of one cell: counts are added (with a missing part there is no figure),
                      other figures must be the same in all of them */
    KT_REPEAT_REFUSE, /* a mistake: KT_ERR_DATA */
    KT_REPEAT_KEEP,   /* separate observations */
} kt_repeat;

/** The description of one measure. Always a static const object: never allocated, never freed. */
typedef struct kt_measure kt_measure;

struct kt_measure {
    const char *id;
    int version; /* grows when its figures change */
    const char *name_fi, *name_sv, *name_en;
    const char *definition_fi, *definition_sv, *definition_en; /* what it says, and what not */
    const char *formula;
    const char *reference;
    kt_shape shape;
    kt_repeat repeat;
    const char *key_name; /* the output column of the row's key ("market"); NULL with KT_ONE_ROW */
    bool weighted;        /* needs kt_group.weights */
    kt_input inputs[KT_MEASURE_COLUMNS]; /* up to the first without a name */
    kt_param params[KT_MEASURE_PARAMS];
    kt_result results[KT_MEASURE_COLUMNS];

    /** Called by kt_measure_run and kt_measure_stream alone, with input they have checked. */
    kt_status (*compute)(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err) KT_MUST_CHECK;

    /** In place of compute where there may be a row for each of millions of cells. */
    kt_status (*begin)(const kt_measure *self, const kt_group *group, const kt_param_value *params,
                       kt_arena *arena, kt_findings_source *out, kt_error *err) KT_MUST_CHECK;
};

/** The measure at position index in analysis/measures.def, or NULL past the last one. */
const kt_measure *kt_measure_at(size_t index);

/** The measure called id, or NULL if there is none. */
const kt_measure *kt_measure_find(const char *id);

size_t kt_measure_input_count(const kt_measure *measure);
size_t kt_measure_param_count(const kt_measure *measure);
size_t kt_measure_result_count(const kt_measure *measure);

/**
 * Reads a parameter's text into a value, or KT_ERR_USAGE with what is expected. text NULL gives the
 * fallback. The value borrows from text.
 */
kt_status kt_param_read(const kt_param *param, const char *text, kt_param_value *out,
                        kt_error *err) KT_MUST_CHECK;

/** One figure as it was read: NAN for an empty or absent field. */
typedef struct kt_figure {
    double value, low, high;
} kt_figure;

/**
 * Checks and completes one figure, before rows are merged: without low and high it is exact (low =
 * value = high); with both and no value its point is their middle; a missing one is NAN in all
 * three. KT_ERR_DATA with row and column: below zero in a count, infinite, one end without the
 * other, low above high, value outside.
 */
kt_status kt_figure_settle(const kt_input *input, size_t row_number, kt_figure *figure,
                           kt_error *err) KT_MUST_CHECK;

/**
 * Computes one group with one set of parameters (in the order of params) into findings that live in
 * the arena. A group that has no figure is not a failure: its rows carry NAN and a reason. Fails
 * with KT_ERR_DATA, row and column for input that cannot be true.
 */
kt_status kt_measure_run(const kt_measure *measure, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err) KT_MUST_CHECK;

/** Does the same with the findings, some rows at a time. Fails as well where the sink fails. */
kt_status kt_measure_stream(const kt_measure *measure, const kt_group *group,
                            const kt_param_value *params, const kt_findings_sink *sink,
                            kt_arena *arena, kt_error *err) KT_MUST_CHECK;

/** Rows without a figure yet: every number NAN, every text NULL. keys only where the shape has any.
 */
kt_findings *kt_findings_new(const kt_measure *measure, size_t row_count, kt_arena *arena);

#endif
