/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_INDUSTRY_H
#define KT_SERVER_SAMPLE_INDUSTRY_H

#include "server/sample/model.h"
#include "server/table.h"

/**
 * Vacancies by industry in the shape of 12tw (areas x industries x employer sectors x durations x
 * months x contents), and the persons employed by industry at the ends of years two years before,
 * as the employment register has them. Industries are sections and divisions of TOL 2008, an
 * unknown one and the total; divisions add up to sections, these to the total.
 */
typedef struct kt_industries {
    const kt_model *model;
    kt_codes *codes; /* SSS, A ... U, X, 01 ... 99, 00 */
    size_t *section; /* of each division of the shares: its place in codes */
    double *tilt[2]; /* vacancies, employed: division in maakunta against the country */
    kt_served_table *vacancies, *employed;
    kt_arena *arena;
} kt_industries;

/** Makes both tables; the second is filled. config is the folder config/ of the tree. */
kt_status kt_industries_make(const kt_model *model, const char *config, const kt_codes *areas,
                             kt_arena *arena, kt_industries *out, kt_error *err) KT_MUST_CHECK;

/** Fills in a month of the vacancies. draw as in kt_model_draw. */
void kt_industries_fill(const kt_industries *industries, size_t month, uint64_t draw,
                        const kt_model_month *drawn);

#endif
