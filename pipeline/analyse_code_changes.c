/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "publish/table.h"
#include "revision_tables.h"

enum column { SOURCE, TABLE, DIMENSION, CODE, CHANGE, DETAIL, OBS_STATUS, COLUMNS };

static const char *const names[COLUMNS] = {"source", "table",  "dimension", "code",
                                           "change", "detail", "obs_status"};

/* The code lists of one table on their way to rows. */
typedef struct walk {
    const kt_table *table;
    kt_revision_view view;
    const char *name;  /* at the service */
    kt_codes *written; /* keys of the rows so far */
    kt_rows *rows;
    kt_arena *arena;
} walk;

/* An occupation as we write it: a source's bare number is taken for one. */
static const char *code_of(const walk *of, kt_role role, const char *code)
{
    if (role != KT_ROLE_OCCUPATION) {
        return code;
    }
    const kt_place place = kt_place_occupation(&of->view, code, of->arena);
    return strcmp(place.code, "_X") == 0 ? code : place.code;
}

/* The detail begins with the day, so that a code may come and go more than once. */
static kt_status put_change(const walk *of, kt_role role, const kt_campaign_note *note,
                            const kt_code_change *change, kt_error *err)
{
    const char *code = code_of(of, role, change->code);
    const char *detail =
        kt_arena_print(of->arena, "%s: %s", kt_day_of(note->at, of->arena), change->detail);
    const char *key = kt_arena_print(of->arena, "%s\n%s\n%s\n%s", kt_role_name(role), code,
                                     change->change, detail);
    if (kt_codes_add(of->written, key, NULL) == KT_NO_CODE) {
        return KT_OK;
    }
    kt_rows_text(of->rows, SOURCE, of->table->source->id);
    kt_rows_text(of->rows, TABLE, of->name);
    kt_rows_text(of->rows, DIMENSION, kt_role_name(role));
    kt_rows_text(of->rows, CODE, code);
    kt_rows_text(of->rows, CHANGE, change->change);
    kt_rows_text(of->rows, DETAIL, detail);
    kt_rows_status(of->rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(of->rows, err);
}

static kt_status put_dimension(const walk *of, kt_role role, const kt_campaign_note *note,
                               const kt_campaign_note *before, kt_error *err)
{
    if (note->codes[role] == before->codes[role]) {
        return KT_OK;
    }
    const kt_classification *regions =
        role == KT_ROLE_REGION ? &of->view.classifications->regions : NULL;
    kt_code_change *changes = NULL;
    const size_t count =
        kt_revise_codes(before->codes[role], note->codes[role], regions, of->arena, &changes);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(put_change(of, role, note, &changes[i], err));
    }
    return KT_OK;
}

static kt_status put_note(const walk *of, size_t note, kt_error *err)
{
    const kt_campaign_note *notes = of->view.log->notes;
    for (kt_role role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        KT_TRY(put_dimension(of, role, &notes[note], &notes[note - 1], err));
    }
    return KT_OK;
}

static kt_status put_table(const kt_analysis_job *job, size_t index, kt_rows *rows, kt_error *err)
{
    const kt_table *table = &job->night->tables[index];
    const kt_revision_log *log = NULL;
    KT_TRY(table->there ? kt_revision_log_of(job->night, table, job->arena, &log, err) : KT_OK);
    if (log == NULL) {
        return KT_OK;
    }
    const walk of = {.table = table,
                     .view = kt_revision_view_of(job->night, table, log, job->cubes[index]),
                     .name = kt_address_table(table->address, job->arena),
                     .written = kt_codes_new(job->arena),
                     .rows = rows,
                     .arena = job->arena};
    for (size_t i = 1; i < log->note_count; i++) {
        KT_TRY(put_note(&of, i, err));
    }
    return KT_OK;
}

kt_status kt_analyse_code_changes(kt_analysis_job *job, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, "code_changes");
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"code_changes\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, "code_changes"), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(schema, path, &rows, err));
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        KT_TRY(put_table(job, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
