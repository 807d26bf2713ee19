/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_LISTS_H
#define KT_PIPELINE_PROJECTS_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "fetch/archive.h"
#include "night.h"
#include "projects/drops.h"
#include "run_id.h"
#include "transform/portfolio.h"

/** What came of the rows of a list that could not be read. */
typedef struct kt_list_rejected {
    size_t as_before;      /* projects that stand as of an older list */
    size_t by_another_row; /* that stand in this one all the same */
    kt_project_sum sum;    /* the money that is told of them */
    size_t with_money;     /* rows of which it could be read */
    int64_t cents;         /* in those */
} kt_list_rejected;

/** A list of funded projects, or a report of what they do, that the archive has. */
typedef struct kt_list_file {
    const kt_source *source;
    const kt_receipt *receipt;
    const char *name;       /* for messages: "file:hankkeet.xlsx" */
    const char *format;     /* an id; NULL where it was not said and could not be told */
    int64_t snapshot_day;   /* that it was imported with, or that its name has, else that of its
                               receipt */
    const char *held;       /* why it could not be read; NULL: it was */
    const char *held_shown; /* that to all, without what the file has; NULL: it was read */
    bool is_to_come;        /* it is held for its day alone: nothing is wrong with what it has */
    bool replaced;          /* by what came later under its name (present.h): not told */
    bool withdrawn;         /* replaced by nothing: it was held, and is gone (withdrawn.h) */
    size_t order;           /* in which it came, last */
    size_t rows, projects, joined, left_out, footers, blanks;
    const kt_project_reject *rejects;
    size_t reject_count;
    kt_list_rejected rejected; /* of a list */
    kt_list_warning *warnings; /* some of them */
    size_t warning_count, warned;
    int64_t sums[KT_PROJECT_SUM_COUNT];
    const kt_indicator_report *indicators; /* NULL: it is no such report */
    const kt_score_report *scores;         /* NULL: it is no such report */
    const kt_models *models;               /* NULL: it has neither models nor uses of them */
} kt_list_file;

/** True of the same bytes of the same day, which are one file. */
bool kt_list_file_same(const kt_list_file *a, const kt_list_file *b);

/** True of a list of projects; false of a report, and of models. */
bool kt_list_file_is_list(const kt_list_file *file);

/** True of a list whose projects count; drop is what was read of it. */
bool kt_list_file_counts(const kt_list_file *file, const kt_project_drop *drop);

/** True of a report: it speaks of projects, and says not which there are. */
bool kt_list_file_is_report(const kt_list_file *file);

/** All of them, and what they say together. */
typedef struct kt_project_lists {
    kt_list_file *at; /* by snapshot day, then by when they came */
    size_t count;
    size_t held; /* without those that are replaced, or of a day to come */
    kt_project_versions versions;
    const kt_models *models; /* those of the configuration, and what files said of them since */
    const char **replies;    /* hashes of those that were read */
    size_t reply_count;
    kt_instant as_of; /* when the newest of these was first received; KT_NO_INSTANT */
} kt_project_lists;

/** A file that is not in the archive yet. */
typedef struct kt_list_candidate {
    kt_list_file file; /* with its format, day and a receipt of its own */
    const kt_project_file *bytes;
} kt_list_candidate;

/**
 * Reads every list that was received up to night->until, the same bytes of the same day once, and
 * the candidate (NULL: none) as if it were among them. A list that cannot be read, or that lacks
 * too much (projects/gate.h), is held and told; the others count. In the arena.
 */
kt_status kt_project_lists_read(const kt_night *night, const kt_list_candidate *candidate,
                                kt_arena *arena, kt_project_lists *out,
                                kt_error *err) KT_MUST_CHECK;

/** The same of the night, for its stages: night->lists. */
kt_status kt_night_lists(kt_night *night, kt_error *err) KT_MUST_CHECK;

/** What the lists of one source come to. */
typedef struct kt_list_source {
    const kt_source *source;
    const char *first_period, *last_period; /* months of lists that were read; NULL: none was */
    const char *address;                    /* of the newest of them */
    size_t projects;                        /* in the newest of them; reports count nowhere here */
    const char *state, *reason;             /* as of tables: fresh, late, stale, failed, held */
    long age_days;                          /* of the newest of them */
    const char **replies;                   /* hashes of those that were read */
    size_t reply_count;
} kt_list_source;

/** The source's lists on the day of a run, told as its tables are. */
kt_list_source kt_list_source_of(const kt_night *night, const kt_source *source,
                                 const kt_run_identity *identity, kt_arena *arena);

/** What was read of a file, copied into the arena. */
void kt_list_file_note(const kt_project_drop *drop, kt_list_file *file, kt_arena *arena);

/** A list or report that somebody hands over, read as a night would read it. */
typedef struct kt_list_import {
    const char *path;
    const char *format;   /* an id; NULL: its header tells */
    int64_t snapshot_day; /* KT_NO_DAY: its name tells */
    bool accept;          /* also if it lacks much of the list before it */
} kt_list_import;

typedef enum kt_list_fate {
    KT_LIST_IMPORTED,
    KT_LIST_KNOWN,    /* it is in the archive already */
    KT_LIST_ACCEPTED, /* it would be held, and was let through: recorded */
} kt_list_fate;

/**
 * Reads the file and, if it is good, puts it into the archive as a receipt of the source of files,
 * unless it is there already. Everything in the arena.
 */
kt_status kt_project_list_import(kt_night *night, const kt_list_import *import, kt_arena *arena,
                                 kt_list_file *out, kt_list_fate *fate,
                                 kt_error *err) KT_MUST_CHECK;

/**
 * Why a list or report of that day cannot be, received when its receipt says: its day was yet to
 * come in Finland. NULL: it can be. In the arena.
 */
const char *kt_list_day_fault(const kt_list_file *file, kt_arena *arena);

/**
 * What the contract would refuse of a list if its projects were published: row, table, column, and
 * what is wrong there. NULL: nothing. In the arena.
 */
const char *kt_project_list_fault(const kt_config *config, const char *name,
                                  const kt_project_drop *drop, kt_arena *arena);

/** The day that a name holds (2026-09-25, 20260925, 25.9.2026), the last one; else KT_NO_DAY. */
int64_t kt_day_in_name(const char *name);

/** What the receipt of an import says that nothing else says of its list, and back. */
const char *kt_import_request(const char *format, int64_t snapshot_day, kt_arena *arena);

#endif
