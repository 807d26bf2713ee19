/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PROJECT_FOUND_H
#define KT_CORE_PROJECT_FOUND_H

#include <stdbool.h>
#include <stddef.h>

/**
 * What was found out about a project from what its list says: the words to compare it by, where it
 * works, what it is about. Whoever reads texts fills it, whoever compares projects takes it.
 */

/** Plain words (small letters, one blank between them); never NULL, empty where nothing is left. */
typedef struct kt_project_words {
    const char *stem;        /* of the name, without places, numbers and what every project says */
    const char *text;        /* the same of name and summary */
    const char *beneficiary; /* the body alone: no department, no legal form, today's name */
    bool parallel;           /* the name says that it is a parallel project */
    bool coordination;       /* the name says that it coordinates */
    bool state_office;       /* the beneficiary buys services for others: KEHA, ELY, TE office */
} kt_project_words;

/** Levels of a place beside those of regions. */
#define KT_LEVEL_NATIONAL  "national" /* the whole country is its area: code SSS */
#define KT_LEVEL_UNLOCATED "unknown"  /* nobody said where: code _X */

typedef enum kt_place_role {
    KT_PLACE_IMPLEMENTATION,    /* where it works */
    KT_PLACE_BENEFICIARY_SEAT,  /* where its beneficiary sits: never where it works */
    KT_PLACE_PROGRAMME_SECTION, /* the part of the programme that pays */
    KT_PLACE_ROLES
} kt_place_role;

/** What a place was told by, the surest first. */
typedef enum kt_place_basis {
    KT_PLACE_STATED,        /* people wrote it down, with weights */
    KT_PLACE_EQUAL_SPLIT,   /* people wrote regions down, without weights */
    KT_PLACE_LOCATION_CODE, /* the list has a code */
    KT_PLACE_POSTCODE,      /* the list has a postal address of the place */
    KT_PLACE_NAME_MATCH,    /* the project's name names it */
    KT_PLACE_SECTION,       /* the section of the programme */
    KT_PLACE_AUTHORITY,     /* the area of the authority that granted the money */
    KT_PLACE_NONE,          /* unlocated */
    KT_PLACE_BASES
} kt_place_basis;

/** One region of a project; the weights of a project and role sum to one. */
typedef struct kt_project_place {
    const char *level, *code;
    double weight;
    kt_place_role role;
    kt_place_basis basis;
} kt_project_place;

typedef struct kt_project_places {
    const kt_project_place *at; /* by role, then level, then code */
    size_t count;
    const char *const *unknown; /* what the list says of its places that nobody knows */
    size_t unknown_count;
} kt_project_places;

/**
 * Where the places of a project lie at one level of regions. A place is the municipalities of today
 * that it has: it lies in a unit of the level if all of them do, and is otherwise in no unit ("_X")
 * but around each that has one of them. So a weight is never spread over units that nobody named,
 * and a project of a maakunta is still seen from its employment areas.
 */
typedef struct kt_level_place {
    const char *level; /* the level; KT_LEVEL_NATIONAL, KT_LEVEL_UNLOCATED */
    const char *code;  /* a unit, "_X"; SSS; _X */
    double weight;     /* of what lies in it; these sum to one. 0: around alone */
} kt_level_place;

typedef struct kt_level_places {
    const kt_level_place *at; /* by level, then code; each once */
    size_t count;
} kt_level_places;

/** The topic of a project of which nothing was found. */
#define KT_TOPIC_UNKNOWN "unknown"

/** One topic of a project in one scheme; the weights of a project and scheme sum to one. */
typedef struct kt_project_theme {
    const char *scheme; /* theme, target_group, sector_tol2008, approach */
    const char *code;   /* "unknown" where nothing was found */
    double weight;
    const char *basis; /* stated (the list's own field) or keyword; "" of an unknown one */
    double confidence; /* 0 to 1, as the file of keywords declares it; NAN of an unknown one */
} kt_project_theme;

typedef struct kt_project_themes {
    const kt_project_theme *at; /* schemes in the order of their file, codes in its order */
    size_t count;
} kt_project_themes;

const char *kt_place_role_name(kt_place_role role);
const char *kt_place_basis_name(kt_place_basis basis);

#endif
