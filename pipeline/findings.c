/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include <string.h>
#include <unistd.h>

#include "core/csv.h"
#include "core/file.h"
#include "publish/contract.h"

#define FILE_LIMIT ((size_t)64 << 20)

static const char *mark_path(const char *findings, kt_arena *arena)
{
    return kt_path_join(arena, findings, "run.json");
}

static const char *mark_of(const kt_run_identity *identity, kt_arena *arena)
{
    char as_of[KT_INSTANT_SIZE];
    char known[KT_INSTANT_SIZE];
    return kt_arena_print(arena, "{\"run_id\":\"%s\",\"as_of\":\"%s\",\"known_until\":\"%s\"}\n",
                          identity->run_id, kt_instant_write(identity->as_of, as_of),
                          kt_instant_write(identity->known_until, known));
}

kt_status kt_findings_mark(const char *findings, const kt_run_identity *identity, kt_arena *arena,
                           kt_error *err)
{
    const char *mark = mark_of(identity, arena);
    return kt_file_write(mark_path(findings, arena), mark, strlen(mark), err);
}

kt_status kt_findings_unmark(const char *findings, kt_arena *arena, kt_error *err)
{
    const char *path = mark_path(findings, arena);
    if (!kt_file_exists(path)) {
        return KT_OK;
    }
    return unlink(path) == 0 ? kt_folder_sync(findings, err)
                             : kt_fail_errno(err, path, "cannot remove");
}

bool kt_findings_are(const char *findings, const kt_run_identity *identity, kt_arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    return kt_file_read(mark_path(findings, arena), FILE_LIMIT, arena, &bytes, &length, NULL) ==
               KT_OK &&
           strcmp(bytes, mark_of(identity, arena)) == 0;
}

static kt_status read_row(const kt_csv_table *table, size_t row, kt_finding_check *out,
                          kt_error *err)
{
    const struct {
        const char *name;
        const char **cell;
    } wanted[] = {
        {"check", &out->check},
        {"subject", &out->subject},
        {"severity", &out->severity},
        {"result", &out->result},
        {"measured", &out->measured},
        {"threshold", &out->threshold},
        {"cells_failed", &out->cells_failed},
        {"examples", &out->examples},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        size_t column = 0;
        KT_TRY(kt_csv_column(table, wanted[i].name, &column, err));
        *wanted[i].cell = kt_csv_cell(table, row, column);
    }
    return KT_OK;
}

kt_status kt_findings_checks(const kt_night *night, const char *findings, kt_arena *arena,
                             kt_finding_check **out, size_t *count, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(night->config->contract, "checks");
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"checks\"");
    }
    const char *path = kt_path_join(arena, findings, kt_table_file_name(schema, 0, arena));
    char *bytes = NULL;
    kt_csv_text text = {.name = path};
    kt_csv_table *table = NULL;
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &text.length, err));
    text.bytes = bytes;
    KT_TRY(kt_csv_load_bytes(text, arena, &table, err));
    kt_finding_check *rows = kt_arena_array(arena, kt_finding_check, table->row_count + 1);
    for (size_t i = 0; i < table->row_count; i++) {
        KT_TRY(read_row(table, i, &rows[i], err));
    }
    *out = rows;
    *count = table->row_count;
    return KT_OK;
}
