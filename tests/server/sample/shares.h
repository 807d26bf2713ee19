/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_SHARES_H
#define KT_SERVER_SAMPLE_SHARES_H

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"

/**
 * config/sample/shares.csv: what the model starts from. The file's README says what its figures
 * are.
 */
typedef enum kt_share_kind {
    KT_SHARE_YEAR,
    KT_SHARE_MONTH,
    KT_SHARE_OCCUPATION,
    KT_SHARE_INDUSTRY,
    KT_SHARE_MUNICIPALITY,
    KT_SHARE_UNALLOCATED,
    KT_SHARE_GROUP,
    KT_SHARE_KINDS
} kt_share_kind;

/** The file's columns of figures. */
enum { KT_UNEMPLOYED, KT_VACANCIES, KT_LABOUR_FORCE, KT_MODEL_MEASURES };

typedef struct kt_shares {
    kt_codes *codes[KT_SHARE_KINDS];
    double *figures[KT_SHARE_KINDS][KT_MODEL_MEASURES]; /* one for each code */
} kt_shares;

kt_status kt_shares_load(const char *path, kt_arena *arena, kt_shares *out,
                         kt_error *err) KT_MUST_CHECK;

/** The figure of a code; a code that the file does not have is KT_ERR_CONFIG. */
kt_status kt_share_of(const kt_shares *shares, kt_share_kind kind, const char *code, size_t measure,
                      double *out, kt_error *err) KT_MUST_CHECK;

#endif
