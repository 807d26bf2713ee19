/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_WHY_WHY_H
#define KT_PIPELINE_WHY_WHY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/text.h"
#include "pipeline/config.h"
#include "pipeline/marked.h"
#include "publish/contract.h"
#include "transform/correct.h"
#include "transform/rollup.h"

/**
 * Where a published figure comes from (DESIGN P8): `kohtaanto why`. An answer is one JSON object of
 * sections, printed as it is for machines and laid out by why_print.c for people. It reads the
 * published run, the store and the archive, takes no lock and writes nothing. What is protected
 * stays so: a hidden figure is shown as the source's limits, whatever the store knows of it.
 */

/** A source as the manifest of the run has it. */
typedef struct kt_why_source {
    const char *id, *title, *address, *updated, *licence;
    const char **replies; /* sha256 */
    size_t reply_count;
} kt_why_source;

/** The published run. Texts that the manifest lacks are "". */
typedef struct kt_why_run {
    const char *folder; /* published/runs/... */
    const char *run_id, *as_of, *version, *configuration;
    bool modelled;
    kt_why_source *sources;
    size_t source_count;
    kt_correction *corrections;
    size_t correction_count;
    kt_breaks breaks; /* declared, that rows of the run are marked with */
} kt_why_run;

/** A question and its answer in the making. */
typedef struct kt_why {
    const kt_config *config;
    const char *workspace, *store;
    kt_arena *arena;
    bool all; /* every input, not the largest alone */
    kt_why_run run;
    const kt_schema *schema;
    const char *const *cells; /* of the row, one a column */
    json_t *answer;           /* owned by the caller */
} kt_why;

/** Reads the manifest of the run in that folder. */
kt_status kt_why_run_read(const char *folder, kt_arena *arena, kt_why_run *out,
                          kt_error *err) KT_MUST_CHECK;

/** The row's cell in that column, or what its headline says of it; "" if neither does. */
const char *kt_why_cell(const kt_why *of, const char *column);

/**
 * The sources that the row was made from, as positions in of->run.sources: the one that the section
 * "source" of the answer names, those that the row names, or all if it names none.
 */
size_t kt_why_sources(const kt_why *of, const size_t **out);

/** Members of a JSON object: NULL and NAN become null, whole numbers integers. */
void kt_why_put_text(json_t *object, const char *name, const char *text);
void kt_why_put_number(json_t *object, const char *name, double number);

/** The cell of a published row under its column's name; an empty one is null. */
void kt_why_put_cell(json_t *row, const kt_column *column, const char *cell);

/** A new section, object or list, at the end of the answer. */
json_t *kt_why_section(const kt_why *of, const char *name, json_t *section);

/** The sections that every answer has. */
void kt_why_add_run(const kt_why *of);
void kt_why_add_row(const kt_why *of);
kt_status kt_why_add_formula(const kt_why *of, kt_error *err) KT_MUST_CHECK;
/** The declared breaks that the row's figures, or what they are compared with, lie across. */
void kt_why_add_breaks(const kt_why *of);
kt_status kt_why_add_replies(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_add_checks(const kt_why *of, kt_error *err) KT_MUST_CHECK;

/**
 * The section "inputs" and what goes with it, by the kind of table. KT_ERR_BUG for a table of the
 * contract that nobody explains.
 */
kt_status kt_why_add_inputs(const kt_why *of, kt_error *err) KT_MUST_CHECK;

/** The pair that a row of two_sources was made of; NULL for a row of another table. */
const kt_source_pair *kt_why_pair(const kt_why *of);

/** True if the inputs of that table's rows are explained. */
bool kt_why_explains(const char *table);

/** Each kind of them. */
kt_status kt_why_observation(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_flow(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_target_group(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_two_sources(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_occupation_balance(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_revision(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_series(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_beveridge(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_series_break(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_matching_function(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_counterfactual(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_early_warning(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_change(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_index(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_source_sheet(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_sensitivity(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_contribution(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_decomposition(const kt_why *of, kt_error *err) KT_MUST_CHECK;
kt_status kt_why_reach(const kt_why *of, kt_error *err) KT_MUST_CHECK;

/** One period of a source, rolled up; from the store. */
typedef struct kt_why_month {
    const kt_source *source;
    const kt_cube *cube; /* the source's own rows; one period */
    const kt_rollup *rollup;
    kt_cube *slab;
    kt_cube *known;     /* the known parts of its sums; NULL where they have no limit */
    const char *reason; /* why there is none: the store is lost, or of other replies */
} kt_why_month;

/**
 * Opens it from the store, or says in out->reason why there is nothing to show. Every figure inside
 * the source's limits of protected ones is set to rule, unless that is NAN.
 */
void kt_why_month_open(const kt_why *of, const char *source, const char *period, double rule,
                       kt_why_month *out);

/** It as those who make sums of its figures take it. */
kt_marked_month kt_why_marked(const kt_why *of, const kt_why_month *month);

/** A figure of a row that is made of one source's cells of the row's region and occupation. */
typedef struct kt_why_figure {
    const char *measure;         /* as the cube calls it */
    const char *group;           /* a code of the cube's group dimension; NULL: all */
    const char *column, *status; /* of the row: the figure and its status */
} kt_why_figure;

/**
 * The sections "inputs", "members" and "recomputed" of such figures; why there are none where the
 * month has a reason. In a table of sectors these are looked for among the occupations: its month
 * is a turned one.
 */
void kt_why_members(const kt_why *of, const kt_why_month *month, const kt_why_figure *figures,
                    size_t count);

/**
 * name, name_low, name_high and name_status of a figure as it may be shown: of a hidden one the
 * limits of the source, of one that is not known nothing.
 */
void kt_why_put_figure(json_t *object, const char *name, const kt_cube *cube, size_t cell,
                       const kt_source *source);

/** The protected share of the figure in that column of the row, and the limit. */
void kt_why_put_share(const kt_why *of, json_t *object, const char *column, double share);

/** True if the answer says so: more of the column's figure is hidden than the limit allows. */
bool kt_why_is_unassessed(const kt_why *of, const char *column);

/** Rows of a section with what each is ranked by, NAN last. */
typedef struct kt_why_rows {
    json_t **at; /* owned until they are listed */
    double *rank;
    size_t count;
} kt_why_rows;

kt_why_rows kt_why_rows_new(size_t room, kt_arena *arena);
void kt_why_rows_add(kt_why_rows *rows, json_t *row, double rank);

/** The section of that name: all rows as they came, or the first ten by rank of too many. */
void kt_why_list(const kt_why *of, const char *name, const kt_why_rows *rows);

/** How many of so many figures have each status: "7,500 A, 400 Q"; adds to counts by status. */
typedef struct kt_why_statuses {
    size_t count[KT_OBS_BREAK + 1];
} kt_why_statuses;

void kt_why_put_statuses(json_t *object, const char *name, const kt_why_statuses *statuses);

/** The section "recomputed": what the inputs give, and whether that is what was published. */
json_t *kt_why_recomputed(const kt_why *of);
void kt_why_compare(json_t *list, const char *figure, double recomputed, const char *published);

/** What a letter means, in words. */
const char *kt_why_status_words(kt_obs obs);

/** What the parts of a method text mean, a line each; unknown ones are left out. */
json_t *kt_why_method_words(const char *method, kt_arena *arena);

/** Writes the answer for people. */
void kt_why_print(const kt_why *of, kt_text *out);

/** The rate that the row of `sectors` has by today's configuration, or NULL. */
const kt_sector_rate *kt_why_rate(const kt_why *of);

/** The source of the persons employed in a row of occupation_balance; NULL for another row. */
const char *kt_why_employed(const kt_why *of);

/** A row of `sectors`: its vacancies, what they were converted from, and its denominator. */
kt_status kt_why_sector(const kt_why *of, kt_error *err) KT_MUST_CHECK;

#endif
