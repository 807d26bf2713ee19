/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CLASSIFICATION_H
#define KT_TRANSFORM_CLASSIFICATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/problems.h"

/**
 * Regions, occupations and sectors: codes, levels, names in three languages, parents with validity,
 * from config/classifications/ (CSV files whose README names the sources). Everything lives in the
 * arena that loaded it.
 */
typedef struct kt_class_item {
    const char
        *code; /* as published: KU091, MK01, EVK01, ISCO-25, TOL-C; X011 as the source has it */
    const char
        *level; /* kunta, seutukunta, ... isco1 ... tol1; "_X" and "unknown": no place of its own */
    const char *name_fi, *name_sv, *name_en; /* never empty: a missing one is another language's */
    const char *valid_from, *valid_to;       /* ISO days, "" if open; valid_to is the last day */
    const char *revision;                    /* of a sector: "tol2008"; else "" */
    bool in_use; /* false: an occupation of ISCO-08 that Finland does not use */
} kt_class_item;

/** member belongs to parent (of parent_level) from one day to another. */
typedef struct kt_membership {
    const char *member, *parent, *parent_level;
    const char *valid_from, *valid_to;
} kt_membership;

/** A municipality that ended, and the one that its figures are counted in. */
typedef struct kt_succession {
    const char *abolished, *successor;
    const char *day;    /* the first day without it */
    const char *others; /* where parts of it went besides, "KU182, KU183"; "" for none */
} kt_succession;

/**
 * A region that the files put into two parents of one level on one day. Nobody can say which of
 * them its figures belong to, so the tables that have it cannot be summed; the others can.
 */
typedef struct kt_class_conflict {
    const char *member;
    const char *line; /* file without its folder, row, both parents and their days */
} kt_class_conflict;

typedef struct kt_classification {
    const kt_class_item *items; /* by level in the order of the contract, then by code, bytewise */
    size_t item_count;
    const kt_membership
        *memberships; /* by position of the member, level of the parent, valid_from */
    size_t membership_count;
    const kt_succession *successions;
    size_t succession_count;
    const kt_class_conflict *conflicts;
    size_t conflict_count;
    const kt_codes *index; /* the items' codes, at the items' positions */
    const size_t *first;   /* of items[i]: memberships[first[i]] up to memberships[first[i + 1]] */
} kt_classification;

/**
 * The revisions of sectors. A code means something only together with its revision: TOL-K is
 * finance in TOL 2008 and telecommunication in TOL 2025. On the levels that are known here TOL 2008
 * is NACE Rev. 2 and TOL 2025 is NACE Rev. 2.1, code by code.
 */
typedef enum kt_sector_revision {
    KT_TOL2008,
    KT_TOL2025,
    KT_NACE2,
    KT_NACE21,
    KT_SECTOR_REVISIONS
} kt_sector_revision;

/** "tol2008", "tol2025", "nace2", "nace21": as in source files and in the published tables. */
const char *kt_sector_revision_name(kt_sector_revision revision);

/** The revision of that name; KT_SECTOR_REVISIONS for NULL and for a name that is none. */
kt_sector_revision kt_sector_revision_find(const char *name);

/** True if every code means the same in both. */
bool kt_sector_revisions_same(kt_sector_revision a, kt_sector_revision b);

/** How sure it is that a sector goes where a correspondence says. */
typedef enum kt_certainty {
    KT_FLOW_EXACT,      /* the same figure under both codes */
    KT_FLOW_MAIN,       /* the sector keeps its main body; what leaves it below is not known */
    KT_FLOW_UNVERIFIED, /* the sector is split, and nobody knows the shares */
} kt_certainty;

/** Part of a sector of one revision goes to a sector of the other, at the same level. */
typedef struct kt_sector_flow {
    size_t from, to; /* positions in the items of their revisions */
    double share;    /* of from; the shares of a sector sum to one */
    kt_certainty certainty;
} kt_sector_flow;

typedef struct kt_sector_flows {
    const kt_sector_flow *at; /* by from, then to */
    size_t count;
} kt_sector_flows;

/** What all tables share. */
typedef struct kt_classifications {
    const char *folder; /* that it was loaded from */
    kt_classification regions;
    kt_classification occupations;
    kt_classification sectors[KT_SECTOR_REVISIONS];
    kt_sector_flows flows[2]; /* from TOL 2008 to TOL 2025, and back */
} kt_classifications;

/** The flows from one revision to another; none where every code means the same in both. */
kt_sector_flows kt_sector_flows_between(const kt_classifications *all, kt_sector_revision from,
                                        kt_sector_revision to);

/**
 * Loads the folder; mistakes (a file that is not there, an unknown parent, a code twice, a day that
 * is none) go to problems, and NULL is returned if there was any. Two parents of one level on one
 * day are no such mistake but a conflict of the regions: it stops the tables concerned alone.
 */
kt_classifications *kt_classifications_load(const char *folder, kt_arena *arena,
                                            kt_problems *problems);

/** The levels in the order of the contract, ended by NULL. */
const char *const *kt_region_levels(void);
const char *const *kt_occupation_levels(void);
const char *const *kt_sector_levels(void);

/** The item of that code, or NULL. */
const kt_class_item *kt_class_find(const kt_classification *classification, const char *code);

/**
 * The parent of code at that level today (the newest membership, also one that has ended), direct
 * or through other parents, or NULL: of KU091 at suuralue SA1, through its maakunta.
 */
const char *kt_class_parent(const kt_classification *classification, const char *code,
                            const char *level);

/** KT_ERR_CONFIG with the conflict's line if one of the codes, or a region it lies in, is in two.
 */
kt_status kt_class_certain(const kt_classification *regions, const kt_codes *codes,
                           kt_error *err) KT_MUST_CHECK;

/**
 * The parent on that ISO day (NULL: as kt_class_parent): of the memberships that had begun by then
 * the last, also one that had ended; so of an abolished region the one it was last in.
 */
const char *kt_class_parent_on(const kt_classification *classification, const char *code,
                               const char *level, const char *day);

/** True if all codes of regions, occupations and sectors that b has are in a too. */
bool kt_classes_cover(const kt_classifications *a, const kt_classifications *b);

/** The municipality that code's figures are counted in today: code itself unless it was abolished.
 */
const char *kt_class_today(const kt_classification *classification, const char *code);

#endif
