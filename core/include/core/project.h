/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PROJECT_H
#define KT_CORE_PROJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/**
 * A funded project as a list of some day says: the words that the readers of lists, the analysis of
 * the portfolio and the published tables share. Contact persons have no field here, so nobody can
 * read them in. Money is whole cents, so that splits of it add up; days are days since 1970.
 */

#define KT_NO_MONEY INT64_MIN
#define KT_NO_DAY   INT64_MIN

/** Texts, NULL where the list is silent. A mapping of a format names fields so. */
#define KT_PROJECT_TEXTS(X)                                                      \
    X(PROJECT_CODE, "project_code") /* S10324, A70301 */                         \
    X(FUND, "fund")                 /* ESR, ESR+, EAKR, JTF */                   \
    X(GROUP_CODE, "group_code")     /* partners of one joint project share it */ \
    X(NAME, "name")                                                              \
    X(SUMMARY, "summary")                                                        \
    X(SECTION, "programme_section") /* of 2007-2013: "Valtakunnallinen osio" */  \
    X(PRIORITY, "priority")         /* TL4; of older lists 1 to 5 */             \
    X(OBJECTIVE, "specific_objective")                                           \
    X(NATIONAL_THEME, "national_theme")                                          \
    X(AUTHORITY, "funding_authority")                                            \
    X(BENEFICIARY, "beneficiary")                                                \
    X(BUSINESS_ID, "business_id")                                                \
    X(STATUS_RAW, "status_raw")                                                  \
    X(FIELD, "intervention_field")                                               \
    X(ACTIVITY, "economic_activity")                                             \
    X(LOCATION_CODE, "location_code") /* NUTS 3 or a code of ours */             \
    X(LOCATION_NAME, "location_name")                                            \
    X(PLACE_POSTCODE, "implementation_postcode")                                 \
    X(PLACE_NAME, "implementation_place")                                        \
    X(SEAT_POSTCODE, "beneficiary_postcode")                                     \
    X(SEAT_NAME, "beneficiary_place")                                            \
    X(SUPPORT_FORM, "support_form")                                              \
    X(TERRITORY, "territorial_mechanism")                                        \
    X(SECONDARY_THEME, "secondary_theme")                                        \
    X(ADDRESS, "address") /* of the project's page */

typedef enum kt_project_text {
#define KT_PROJECT_TEXT(id, name) KT_PROJECT_##id,
    KT_PROJECT_TEXTS(KT_PROJECT_TEXT)
#undef KT_PROJECT_TEXT
        KT_PROJECT_TEXT_COUNT
} kt_project_text;

/** Money, KT_NO_MONEY where the list is silent. */
#define KT_PROJECT_SUMS(X)                    \
    X(GRANTED, "granted_eu_state_eur")        \
    X(REALISED, "realised_eu_state_eur")      \
    X(PLANNED_PUBLIC, "planned_public_eur")   \
    X(REALISED_PUBLIC, "realised_public_eur") \
    X(PLANNED_TOTAL, "planned_total_eur")     \
    X(REALISED_TOTAL, "realised_total_eur")

typedef enum kt_project_sum {
#define KT_PROJECT_SUM(id, name) KT_PROJECT_##id,
    KT_PROJECT_SUMS(KT_PROJECT_SUM)
#undef KT_PROJECT_SUM
        KT_PROJECT_SUM_COUNT
} kt_project_sum;

typedef enum kt_project_status {
    KT_PROJECT_UNKNOWN,
    KT_PROJECT_PLANNED,
    KT_PROJECT_RUNNING,
    KT_PROJECT_ENDED,
    KT_PROJECT_INTERRUPTED,
    KT_PROJECT_STATUS_COUNT
} kt_project_status;

/** What a project is to another, decided before anything is scored (facts: the list's own traps).
 */
typedef enum kt_project_relation {
    KT_RELATION_MAIN,
    KT_RELATION_JOINT,        /* shares a group code */
    KT_RELATION_PARALLEL,     /* the purchases of a sister project: rinnakkaishanke */
    KT_RELATION_CONTINUATION, /* of the same beneficiary, with the same name, later */
    KT_RELATION_REPLICATION,  /* the same model elsewhere, by others */
    KT_RELATION_GHOST,        /* nothing was granted */
    KT_RELATION_COORDINATION, /* coordinates others */
    KT_RELATION_COUNT
} kt_project_relation;

/** One project as one list of one day has it; everything in the list's arena. */
typedef struct kt_project {
    const char *text[KT_PROJECT_TEXT_COUNT];
    int64_t sum[KT_PROJECT_SUM_COUNT];
    int64_t start_day, end_day; /* KT_NO_DAY */
    kt_project_status status;
    const char *period;   /* 2007-2013, 2014-2020, 2021-2027 */
    const char *format;   /* of the list: eura2007 ... */
    int64_t snapshot_day; /* of the list */
    size_t source_row;    /* line of the file; the header is 1 */
} kt_project;

/** The name that files and tables have for it. */
const char *kt_project_text_name(kt_project_text field);
const char *kt_project_sum_name(kt_project_sum field);
const char *kt_project_status_name(kt_project_status status);
const char *kt_project_relation_name(kt_project_relation relation);

/** False if no field is called so. */
bool kt_project_text_find(const char *name, kt_project_text *out);
bool kt_project_sum_find(const char *name, kt_project_sum *out);

/**
 * "1234.50", "1 234,50" and "1234" as cents, by the decimal sign; at most two decimals. False for
 * anything else, and for what does not fit.
 */
bool kt_money_read(const char *text, char decimal_sign, int64_t *cents);

#define KT_MONEY_SIZE 24

/** "1234.50". Returns out; an empty text for KT_NO_MONEY. */
char *kt_money_write(int64_t cents, char out[KT_MONEY_SIZE]);

/**
 * Splits cents by weights (not negative, not all zero) into count parts that add up to it exactly:
 * each is the share rounded down, and the cents left over go to the largest rests, the first of
 * equal ones.
 */
void kt_money_split(int64_t cents, const double *weights, size_t count, int64_t *out);

#endif
