/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_MODEL_H
#define KT_SERVER_SAMPLE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "server/sample/places.h"
#include "server/sample/shares.h"

/**
 * One month of the modelled labour market, in whole persons and posts. The country is drawn first,
 * then shared out: to causes without a place and to maakunta, of these to municipalities on one
 * side and to occupations on the other. So everything adds up by construction.
 */
typedef enum kt_unplaced {
    KT_UNPLACED_NONE_STATED, /* the codes that end in JO */
    KT_UNPLACED_ABROAD,      /* KU199, SK902, MK91, ELY80 */
    KT_UNPLACED_ELSEWHERE,   /* in no area of the table */
    KT_UNPLACED
} kt_unplaced;

typedef struct kt_model {
    uint64_t seed;
    kt_places places;
    kt_shares shares;
    size_t maakunta_count, occupation_count;
    double *tilt[2]; /* unemployed, vacancies: occupation in maakunta against the country */
} kt_model;

typedef struct kt_model_month {
    int64_t country[KT_MODEL_MEASURES];
    int64_t *maakunta[KT_MODEL_MEASURES];
    int64_t *municipality[KT_MODEL_MEASURES];
    int64_t unplaced[KT_MODEL_MEASURES][KT_UNPLACED];
    /* Unemployed and vacancies of each maakunta, then of each cause without a place. */
    int64_t *occupation[2]; /* area * occupation_count + occupation */
    /* Of each municipality: its occupations sum to its figure, and over a maakunta to that one's.
     */
    int64_t *local[2]; /* municipality * occupation_count + occupation */
} kt_model_month;

/** config is the folder config/ of the tree. Everything lives in the arena. */
kt_status kt_model_load(const char *config, uint64_t seed, kt_arena *arena, kt_model *out,
                        kt_error *err) KT_MUST_CHECK;

/** How many months the model knows; month 0 is January of its first year. */
size_t kt_model_months(const kt_model *model);

/** The year of a month. */
const char *kt_model_year(const kt_model *model, size_t month);

/** Adds the shares of municipalities to the weights of their maakunta. */
kt_status kt_model_weigh_maakunta(const kt_model *model, size_t measure, double *weights,
                                  kt_error *err) KT_MUST_CHECK;

/** Draws a month. draw other than 0 gives another month of the same kind: a revision. */
kt_status kt_model_draw(const kt_model *model, size_t month, uint64_t draw, kt_arena *arena,
                        kt_model_month *out, kt_error *err) KT_MUST_CHECK;

#endif
