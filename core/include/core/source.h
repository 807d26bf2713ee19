/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_SOURCE_H
#define KT_CORE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/instant.h"
#include "core/layout.h"
#include "core/problems.h"

/**
 * One file of config/sources/: a logical table, where it is served, which of its variables plays
 * which role, which values are wanted, and what its symbols mean. Both fetch (what to ask for) and
 * transform (what it means) read it. Everything lives in the arena that loaded it.
 */

/** A code of the source that is one of ours under another name. */
typedef struct kt_code_map {
    const char *code; /* the source's */
    const char *ours;
} kt_code_map;

/** How one variable of the table is found and what is wanted of it. */
typedef struct kt_variable_spec {
    kt_role role;
    const char **names; /* its code or its label, any of them; patterns such as alue_* too */
    size_t name_count;
    const char **markers; /* else: the one variable that offers all of these values */
    size_t marker_count;
    bool is_time;      /* else: the one variable that the service marks as time */
    bool optional;     /* a table may lack it (older generations, eliminated variables) */
    const char **want; /* patterns of the source's codes, "*" for all; none for the measure role */
    size_t want_count;
    const char **leave_out; /* patterns that are not wanted */
    size_t leave_out_count;
    const char *total;      /* the source's code of "all", NULL if there is none */
    const char *unknown;    /* pattern of codes that mean "unknown" (occupation "X*"), or NULL */
    const char *code_list;  /* of PxWeb v2: the list of codes that is asked for in place of the
                               table's own; NULL */
    const kt_code_map *map; /* codes that are not in it stay as they are */
    size_t map_count;
    const char *first; /* of the period: the oldest that is wanted, "2015M01"; NULL: all */
    size_t newest;     /* of the period: only so many of the newest are wanted; 0: all */
} kt_variable_spec;

typedef struct kt_words {
    const char *fi, *sv, *en;
} kt_words;

/** One figure that the table carries, and the source's code for it. */
typedef struct kt_measure_spec {
    const char *measure; /* as the cube calls it: unemployed; of a group unemployed_long_term */
    const char *base;    /* without the group: unemployed, vacancies, labour_force ... */
    const char *group;   /* KT_TOTAL, or a group: long_term ... */
    const char *code;    /* the source's content code, without its rotating prefix; NULL: the whole
                            table counts this measure, and no variable has the role measure */
    const char *unit;    /* persons, posts, days, percent, ratio */
    double scale;        /* the source's figure times this is in the unit: 1000 */
    double rounding;     /* figures are rounded to so many of the unit: 1000; 0: they are exact */
    kt_words definition; /* what it counts and does not count; NULLs if the file is silent */
    bool optional;       /* the table may lack it: its cells are then not collected */
    const char **earlier_codes; /* what older tables call it; looked for in their order */
    size_t earlier_count;
    const char **labels; /* patterns of its label, looked for in their order where no code is there
                            or none is known (code is then the first of them) */
    size_t label_count;
    const char *valid_from, *valid_to; /* ISO days, NULL if open: outside them the source does not
                                          fill it, whatever it says */
} kt_measure_spec;

/** A variable without a role that stands at one code. */
typedef struct kt_fixed_spec {
    const char *name; /* its code or its label, a pattern too */
    const char *code;
} kt_fixed_spec;

typedef struct kt_symbol_spec {
    const char *symbol; /* as it arrives: "...", "-", "." */
    kt_obs obs;         /* what it means */
    bool zero;          /* true: it means exactly zero, and obs is A */
} kt_symbol_spec;

/** An address of the table, with the days on which it was the right one; no day means open. */
typedef struct kt_address_spec {
    const char *path;  /* below base_url: "tyonv/12r5.px" */
    int64_t from_day;  /* days since 1970; INT64_MIN if open */
    int64_t until_day; /* inclusive; INT64_MAX if open */
} kt_address_spec;

/** The source's own codes for figures without a place, by cause and by level. */
typedef struct kt_unallocated_spec {
    const char *cause; /* "_X1" no municipality stated, "_X2" abroad or unknown */
    const char *level; /* kunta, seutukunta, maakunta, ely */
    const char *code;  /* KUJOU, MK91 ... */
} kt_unallocated_spec;

/** What a service lets one caller do, where it does not say so itself. */
typedef struct kt_limits_spec {
    size_t cells; /* of one call; 0: not told */
    size_t calls; /* in any window; 0: not told */
    double window_s;
} kt_limits_spec;

typedef struct kt_source {
    const char *id;   /* "12r5"; also the name in the published column `source` */
    const char *file; /* the configuration file, for messages */
    kt_words title;
    const char *protocol; /* a name in fetch/protocols.def */
    const char *format;   /* a name in transform/readers.def, also asked of the service */
    const char *base_url; /* without a slash at the end; "file:drop" for a folder */
    const char *folder;   /* where that folder lies; NULL for a service */
    kt_address_spec *addresses;
    size_t address_count;
    kt_frequency frequency;
    int refetch_periods;  /* the newest periods that each changed night fetches again */
    int whole_every_days; /* the whole table is fetched again after so many days */
    int every_days;       /* it is asked for at most once in so many days; 1: every night */
    kt_variable_spec *variables;
    size_t variable_count;
    kt_measure_spec *measures;
    size_t measure_count;
    kt_symbol_spec *symbols;
    size_t symbol_count;
    double protected_low, protected_high; /* what a protected figure can be: 1 and 4 */
    kt_unallocated_spec *unallocated;
    size_t unallocated_count;
    const char
        *occupation_level; /* level of the source's occupation codes: isco4, isco2; NULL if none */
    const char *sector_revision; /* of its sector codes: tol2008, tol2025, nace2, nace21; NULL */
    const kt_csv_layout *layout; /* of a CSV; NULL for another format */
    const char *dataset;         /* which data set of a bundle or collection; NULL: its only one */
    const char *language;        /* asked of services and taken from files that have several; NULL:
                                     the service's own */
    const char *verified; /* how sure its ids and codes are; NULL: they are known to be right */
    const kt_fixed_spec *fixed; /* variables without a role that stand at a code of the file */
    size_t fixed_count;
    bool
        fixes_others; /* other variables without a role stand at their total, and the run says so */
    kt_limits_spec limits;
    bool publishes_total;        /* its figures for all occupations stand in `observations` */
    const char **publish_levels; /* the region levels that it has rows of there; NULL: all */
    size_t publish_level_count;
    int warn_age_days, error_age_days; /* age of the newest period's last day: late, stale */
    double warn_share; /* a change of a re-fetched national figure above this share is told */
    double hold_share; /* and above this one it holds the table */
    const char *licence;
    kt_words citation;
} kt_source;

/** The format of sources that are lists of projects, not tables. */
#define KT_LIST_FORMAT "list"

/**
 * A source of lists of projects: the keys of a source file that say where it is and whose it is,
 * and none that say what a table holds.
 */
kt_source *kt_source_load_list(const char *path, kt_arena *arena, kt_problems *problems);

/** Loads and checks a source file; mistakes go to problems, and NULL is returned if there was any.
 */
kt_source *kt_source_load(const char *path, kt_arena *arena, kt_problems *problems);

/** The address that is right at that moment, or NULL. */
const kt_address_spec *kt_source_address(const kt_source *source, kt_instant when);

/**
 * Where the table is, of an address that something was asked at: up to one of its paths, so that
 * what was asked there does not matter. The whole address if none of its paths is in it.
 */
char *kt_source_place(const kt_source *source, const char *url, kt_arena *arena);

/** The last day of its last address if that is over by then: the table has no address any more, for
 * it is discontinued. INT64_MAX if it has one, or will have. */
int64_t kt_source_ended(const kt_source *source, kt_instant when);

/**
 * True if its replies are whole documents, of which nothing can be asked: they hold more than is
 * wanted, are called as their authors like, and each of them is an edition of its own.
 */
bool kt_source_is_document(const kt_source *source);

/** The spec of the variable that plays the role, or NULL. */
const kt_variable_spec *kt_source_variable(const kt_source *source, kt_role role);

/**
 * The position in a cube's dimension of what stands for all its codes: the source's own code, else
 * ours, else the only code there is. KT_NO_CODE where the table gives no such figures.
 */
size_t kt_place_of_all(const kt_cube *cube, const kt_source *source, kt_role role);

/** The code that all cells have of a role that no variable of the table plays: the total. */
const char *kt_source_absent_code(const kt_source *source, kt_role role);

/** The spec of the figure that the cube calls so, or NULL. */
const kt_measure_spec *kt_source_measure(const kt_source *source, const char *measure);

/** True if figures of the measure are counts: sums of anything else mean nothing. */
bool kt_source_counts(const kt_source *source, const char *measure);

/** A code of the source, or what its file says that it is called here. */
const char *kt_our_code(const kt_variable_spec *spec, const char *code);

#endif
