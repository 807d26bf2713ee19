/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_CHECK_H
#define KT_PUBLISH_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/problems.h"
#include "core/text.h"
#include "publish/layout.h"
#include "publish/manifest.h"
#include "publish/table.h"

/**
 * Inside check-output: check_output.c walks the folder, check_manifest.c reads what it says of
 * itself, check_table.c reads the rows of a table, check_finnish.c what csv-fi says of them,
 * check_package.c what is made of the tables, check_workbooks.c the workbooks.
 */

/** The violations of one file: told up to KT_CHECK_LINES, then counted. */
typedef struct kt_file_faults {
    const char *file; /* as messages name it */
    kt_arena *arena;
    kt_problems *problems;
    size_t count;
} kt_file_faults;

/** row 0: the whole file; column NULL: the whole row. */
void kt_fault(kt_file_faults *faults, size_t row, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** A whole line that names its file itself. */
void kt_fault_line(kt_file_faults *faults, const char *line);

/** Tells how many violations were only counted. */
void kt_faults_end(kt_file_faults *faults);

/** What MANIFEST.json says, as far as other checks need it. */
typedef struct kt_manifest_file {
    const char *path, *sha256;
    const char *table;  /* NULL: no table's */
    double bytes, rows; /* rows 0 where it is no table's */
} kt_manifest_file;

typedef struct kt_manifest {
    const char *version;       /* of the program that made and checked the run */
    const char *configuration; /* its hash */
    const char *run_id;
    kt_instant as_of;
    bool modelled;
    kt_published_source *sources;
    size_t source_count;
    bool public_only;
    unsigned fi_months;
    kt_manifest_file *files; /* sorted by path; none if it could not be read */
    size_t file_count;
} kt_manifest;

/** Reads and checks the manifest alone: its shape, its values, its own hash. */
void kt_manifest_check(const char *path, kt_file_faults *faults, kt_manifest *out);

/** The entry of that path, or NULL. */
const kt_manifest_file *kt_manifest_find(const kt_manifest *manifest, const char *path);

/** What SHA256SUMS lists, in the order of the paths. */
typedef struct kt_sum_list {
    const kt_sum *sums;
    size_t count;
} kt_sum_list;

/** Texts that stand together in the rows of a table, joined; what a foreign key must be among. */
typedef struct kt_reference {
    const kt_codes *known; /* NULL: the table could not be read */
} kt_reference;

/** What every job reads and none changes. */
typedef struct kt_check_run {
    const char *dir;
    const kt_contract *contract;
    kt_manifest manifest;
    const kt_reference *references; /* all foreign keys of all tables, in the contract's order */
    const int *first_months;        /* of csv-fi, by table */
} kt_check_run;

#define KT_REFERENCE_JOIN '\x1f' /* a control character, so no cell holds it */

/** The key's cells of a row, joined, in place of what out holds. */
void kt_reference_join(const kt_foreign_key *key, const char *const *cells, kt_text *out);

/** Collects the references of all foreign keys. */
const kt_reference *kt_references_load(const char *dir, const kt_contract *contract,
                                       kt_arena *arena);

/** Rows of csv-fi, held against the canonical rows as these go by. */
typedef struct kt_finnish_rows {
    const kt_schema *schema;
    kt_text cells;        /* each with a terminator */
    size_t at;            /* of the next row in cells */
    size_t count, passed; /* rows there are, and rows held against a canonical one */
    int first_month;
    kt_row_mark from; /* earlier rows are not looked at */
    bool present;     /* the file is there */
} kt_finnish_rows;

static inline void kt_auto_finnish_rows(kt_finnish_rows *rows)
{
    kt_text_free(&rows->cells);
}

/** out->schema, first_month and from are set; the rows behind from are read. */
void kt_finnish_load(const char *path, kt_finnish_rows *out, kt_file_faults *faults);

/** A canonical row of that month: its csv-fi row must say the same, cell by cell. */
void kt_finnish_compare(kt_finnish_rows *rows, size_t number, int month, const char *const *cells,
                        kt_file_faults *faults);

/** After the last canonical row. */
void kt_finnish_end(const kt_finnish_rows *rows, kt_file_faults *faults);

/**
 * Makes the package of the run again, of its manifest and its tables, and holds what SHA256SUMS
 * says against it. Faults are the run's.
 */
void kt_check_package(const kt_check_run *run, const kt_sum *sums, size_t sum_count,
                      kt_file_faults *faults);

/**
 * Reads the workbooks of the run back, if it has any: each region that has a page has one, and its
 * sheets hold the region's rows of csv/, cell by cell, numbers as numbers and codes as text. Faults
 * go to problems, the run's own to faults. Fails only where no thread can be had.
 */
kt_status kt_check_workbooks(const kt_check_run *run, const kt_sum_list *sums, unsigned threads,
                             kt_file_faults *faults, kt_error *err) KT_MUST_CHECK;

/** A canonical file and its csv-fi, to be checked together. */
typedef struct kt_table_job {
    const kt_check_run *run;
    const kt_table_path *table;
    kt_row_mark from, finnish_from; /* rows before them were checked */
    kt_file_faults *faults, *finnish_faults;
    size_t rows, finnish_rows; /* how many each has; filled in */
} kt_table_job;

void kt_table_check(kt_table_job *job);

#endif
