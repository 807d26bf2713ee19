/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/csv.h"
#include "core/number.h"
#include "measure_list.h"
#include "measure_params.h"
#include "measure_rows.h"
#include "measure_weights.h"
#include "pipeline/command_line.h"
#include "pipeline/signals.h"
#include "split.h"

#define INPUT           "standard input"
#define WRITTEN_AT_ONCE ((size_t)64 << 10) /* bytes: one group may have millions of rows */
#define OWN_PAGES       (1 << 20)          /* bytes */

/* A measure on its way from standard input to standard output. */
typedef struct work {
    const kt_measure *measure;
    kt_param_grid grid;
    const kt_weights *weights;
    kt_measure_rows *rows;
    kt_codes *notes; /* what must be known of some figures, and how often */
    size_t note_counts[64];
} work;

static kt_status find_measure(const char *id, kt_arena *arena, const kt_measure **out,
                              kt_error *err)
{
    *out = kt_measure_find(id);
    if (*out != NULL) {
        return KT_OK;
    }
    kt_codes *ids = kt_codes_new(arena);
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        (void)kt_codes_add(ids, kt_measure_at(i)->id, NULL);
    }
    const char *nearest = kt_codes_nearest(ids, id);
    return nearest == NULL
               ? kt_fail(err, KT_ERR_USAGE, "unknown measure \"%s\"; measure --list lists them", id)
               : kt_fail(err, KT_ERR_USAGE, "unknown measure \"%s\"; did you mean %s?", id,
                         nearest);
}

static void put_header(const work *job, kt_text *line)
{
    const char *const *by = NULL;
    const size_t count = kt_measure_rows_by(job->rows, &by);
    for (size_t i = 0; i < count; i++) {
        kt_csv_put(line, by[i], ',', i == 0);
    }
    kt_csv_put(line, "measure", ',', count == 0);
    for (size_t i = 0; i < job->grid.param_count; i++) {
        kt_csv_put(line, job->measure->params[i].name, ',', false);
    }
    if (job->measure->key_name != NULL) {
        kt_csv_put(line, job->measure->key_name, ',', false);
    }
    for (size_t i = 0; i < kt_measure_result_count(job->measure); i++) {
        kt_csv_put(line, job->measure->results[i].name, ',', false);
    }
    kt_csv_put(line, "reason", ',', false);
    kt_text_put_char(line, '\n');
}

static void put_results(const work *job, const kt_findings *findings, size_t row, kt_text *line)
{
    const size_t count = kt_measure_result_count(job->measure);
    char number[KT_NUMBER_SIZE];
    for (size_t i = 0; i < count; i++) {
        const size_t at = row * count + i;
        const char *text = findings->text[at];
        if (!job->measure->results[i].text) {
            number[0] = '\0';
            (void)kt_number_write(findings->number[at], number);
            text = number;
        }
        kt_csv_put(line, text == NULL ? "" : text, ',', false);
    }
    const char *words = findings->reason[row];
    if (words == NULL && findings->note != NULL) {
        words = findings->note[row]; /* what must be known of a figure that is there */
    }
    kt_csv_put(line, words == NULL ? "" : words, ',', false);
    kt_text_put_char(line, '\n');
}

static void count_note(work *job, const char *note)
{
    const size_t limit = sizeof job->note_counts / sizeof job->note_counts[0];
    const size_t at = note == NULL ? limit : kt_codes_intern(job->notes, note);
    if (at < limit) {
        job->note_counts[at]++;
    }
}

static kt_status write_out(kt_text *line, kt_error *err)
{
    const size_t written = fwrite(line->bytes, 1, line->length, stdout);
    if (written != line->length) {
        return kt_fail_errno(err, "standard output", "cannot write");
    }
    kt_text_clear(line);
    return KT_OK;
}

/* Where the rows of one group and one set of parameters go. */
typedef struct place {
    work *job;
    const char *start; /* the words that are the same for the whole group */
    const kt_param_value *values;
    bool unwritten; /* standard output took no more */
} place;

static kt_status write_findings(const place *at, const kt_findings *findings, kt_error *err)
{
    work *job = at->job;
    KT_AUTO(text) kt_text line = {0};
    for (size_t row = 0; row < findings->row_count; row++) {
        kt_text_put(&line, at->start);
        for (size_t i = 0; i < job->grid.param_count; i++) {
            kt_param_put(&line, at->values[i]);
        }
        if (job->measure->key_name != NULL) {
            kt_csv_put(&line, findings->key[row], ',', false);
        }
        put_results(job, findings, row, &line);
        KT_TRY(line.length < WRITTEN_AT_ONCE ? KT_OK : write_out(&line, err));
        count_note(job, findings->note == NULL ? NULL : findings->note[row]);
    }
    return line.length == 0 ? KT_OK : write_out(&line, err);
}

static kt_status take_findings(void *context, const kt_findings *findings, kt_error *err)
{
    place *at = context;
    const kt_status status = write_findings(at, findings, err);
    at->unwritten = status != KT_OK;
    return status;
}

static const char *start_of(const work *job, size_t group, kt_arena *arena)
{
    KT_AUTO(text) kt_text line = {0};
    const char *const *by = NULL;
    const size_t count = kt_measure_rows_by(job->rows, &by);
    for (size_t i = 0; i < count; i++) {
        kt_csv_put(&line, kt_measure_rows_value(job->rows, group, i, arena), ',', i == 0);
    }
    kt_csv_put(&line, job->measure->id, ',', count == 0);
    return kt_arena_copy(arena, line.bytes);
}

/* A measure names row and column, and knows no file; what cannot be written is no fault of it. */
static kt_status run_once(const kt_group *cells, place *at, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("one set of parameters", 0);
    const kt_findings_sink sink = {.take = take_findings, .context = at};
    kt_error fault = {0};
    KT_TRY(kt_signals_check(err));
    const kt_status status =
        kt_measure_stream(at->job->measure, cells, at->values, &sink, arena, &fault);
    return status == KT_OK
               ? KT_OK
               : kt_fail(err, status, "%s%s", at->unwritten ? "" : INPUT ": ", fault.message);
}

static kt_status run_group(work *job, size_t group, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a group of the measure", 0);
    const char *start = start_of(job, group, arena);
    const kt_group *cells = kt_measure_rows_group(job->rows, group, job->weights, arena);
    for (size_t i = 0; i < job->grid.combinations; i++) {
        kt_param_value values[KT_MEASURE_PARAMS];
        kt_param_grid_at(&job->grid, i, values);
        place at = {.job = job, .start = start, .values = values};
        KT_TRY(run_once(cells, &at, err));
    }
    return KT_OK;
}

static void tell(const work *job, const kt_session *session)
{
    const size_t merged = kt_measure_rows_merged(job->rows);
    if (merged > 0) {
        kt_log_write(&session->summary, KT_INFO, "measure.merged",
                     "%zu row%s added to an earlier row of the same cell", merged,
                     merged == 1 ? " was" : "s were");
    }
    for (size_t i = 0; i < kt_codes_count(job->notes); i++) {
        kt_log_write(&session->summary, KT_INFO, "measure.note", "%zu rows: %s",
                     job->note_counts[i], kt_codes_at(job->notes, i));
    }
}

static kt_status measure_input(work *job, kt_session *session, kt_error *err)
{
    /* Columns and names go back to the machine when they are freed, however large they were. */
    (void)mallopt(M_MMAP_THRESHOLD, OWN_PAGES);
    const char *by = kt_arguments_text(session->arguments, KT_OPTION_BY);
    const char **names = NULL;
    const size_t count = kt_text_split(by, ',', session->arena, &names);
    const kt_measure_input input = {.file = stdin, .name = INPUT, .by = names, .by_count = count};
    KT_TRY(kt_measure_rows_read(&input, job->measure, session->arena, &job->rows, err));
    KT_AUTO(text) kt_text line = {0};
    put_header(job, &line);
    KT_TRY(write_out(&line, err));
    for (size_t i = 0; i < kt_measure_rows_groups(job->rows); i++) {
        KT_TRY(run_group(job, i, err));
    }
    tell(job, session);
    return KT_OK;
}

static kt_status list(const kt_session *session, kt_error *err)
{
    const char *format = kt_arguments_text(session->arguments, KT_OPTION_FORMAT);
    KT_AUTO(text) kt_text out = {0};
    kt_measure_list(&out, format != NULL && strcmp(format, "json") == 0);
    return write_out(&out, err);
}

/* What the column of that name would be besides, or NULL. */
static const char *clash_of(const kt_measure *measure, const char *const *names, size_t at)
{
    const char *name = names[at];
    const char *clash = kt_measure_takes(measure, name) ? "an input" : NULL;
    for (size_t i = 0; i < kt_measure_result_count(measure); i++) {
        clash = strcmp(measure->results[i].name, name) == 0 ? "a result" : clash;
    }
    for (size_t i = 0; i < KT_MEASURE_PARAMS && measure->params[i].name != NULL; i++) {
        clash = strcmp(measure->params[i].name, name) == 0 ? "a parameter" : clash;
    }
    for (size_t i = 0; i < at; i++) {
        clash = strcmp(names[i], name) == 0 ? "a second time a column" : clash;
    }
    return strcmp(name, "measure") == 0 || strcmp(name, "reason") == 0 ? "a column" : clash;
}

/* Grouping by an input would leave one row in each group: a mistake worth a word. */
static kt_status check_by(const kt_measure *measure, const kt_arguments *arguments, kt_arena *arena,
                          kt_error *err)
{
    const char **names = NULL;
    const size_t count =
        kt_text_split(kt_arguments_text(arguments, KT_OPTION_BY), ',', arena, &names);
    for (size_t i = 0; i < count; i++) {
        const char *clash = clash_of(measure, names, i);
        if (clash != NULL) {
            return kt_fail(err, KT_ERR_USAGE, "--by: \"%s\" is %s of %s", names[i], clash,
                           measure->id);
        }
    }
    return KT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    if (kt_arguments_has(arguments, KT_OPTION_LIST)) {
        return list(session, err);
    }
    if (kt_arguments_has(arguments, KT_OPTION_FORMAT)) {
        return kt_fail(err, KT_ERR_USAGE, "--format: of measure --list alone; results are CSV");
    }
    work job = {.notes = kt_codes_new(session->arena)};
    KT_TRY(find_measure(arguments->operand, session->arena, &job.measure, err));
    KT_TRY(kt_param_grid_read(job.measure, arguments->values[KT_OPTION_PARAM],
                              arguments->counts[KT_OPTION_PARAM], session->arena, &job.grid, err));
    KT_TRY(check_by(job.measure, arguments, session->arena, err));
    KT_TRY(kt_measure_weights(job.measure, kt_arguments_text(arguments, KT_OPTION_WEIGHTS),
                              session->arena, &job.weights, err));
    if (job.weights != NULL && kt_measure_weights_by_order(job.weights)) {
        kt_log_write(&session->summary, KT_WARNING, "measure.weights",
                     "%s: no column is named as a row's market: columns are taken in the order of "
                     "the rows",
                     job.weights->name);
    }
    const kt_status status = measure_input(&job, session, err);
    kt_measure_rows_free(job.rows);
    return status;
}

const kt_command kt_command_measure = {
    .name = "measure",
    .operand = "ID",
    .operand_needed = true,
    .options = KT_TAKES(KT_OPTION_BY) | KT_TAKES(KT_OPTION_PARAM) | KT_TAKES(KT_OPTION_WEIGHTS) |
               KT_TAKES(KT_OPTION_LIST) | KT_TAKES(KT_OPTION_FORMAT),
    .summary = "Compute a measure on a CSV of your own, from standard input to standard output",
    .notes = "Columns are found by name, in any order. Rows are grouped by --by, by default by\n"
             "time_period. A group without a figure has an empty value and a reason; beside a\n"
             "figure, reason says what must be known of it. Exit code 64 for a wrong\n"
             "parameter, 65 for wrong data, with row and column.\n\n"
             "  kohtaanto measure mismatch --param alpha=0.3,0.5 < cells.csv",
    .run = run,
};
