/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/hash.h"
#include "package/package.h"
#include "publish/check.h"

/* What the manifest lists of csv/, as the publisher had it. */
static size_t list_tables(const kt_check_run *run, kt_run_file *out)
{
    size_t count = 0;
    for (size_t i = 0; i < run->manifest.file_count; i++) {
        const kt_manifest_file *file = &run->manifest.files[i];
        const kt_schema *schema =
            file->table == NULL ? NULL : kt_contract_find(run->contract, file->table);
        if (schema == NULL || strlen(file->sha256) != KT_HASH_SIZE - 1) {
            continue;
        }
        kt_run_file *table = &out[count++];
        *table = (kt_run_file){.path = file->path, .schema = schema};
        table->is.bytes = (size_t)file->bytes;
        table->is.rows = (size_t)file->rows;
        memcpy(table->is.sha256, file->sha256, KT_HASH_SIZE);
    }
    return count;
}

static kt_publication publication_of(const kt_check_run *run)
{
    const kt_manifest *manifest = &run->manifest;
    return (kt_publication){.contract = run->contract,
                            .run_id = manifest->run_id,
                            .as_of = manifest->as_of,
                            .version = manifest->version,
                            .configuration = manifest->configuration,
                            .modelled = manifest->modelled,
                            .public_only = manifest->public_only,
                            .sources = manifest->sources,
                            .source_count = manifest->source_count};
}

static void check_made(const kt_made_file *made, const kt_sum *sum, kt_file_faults *faults)
{
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(made->bytes, made->length, hash);
    if (sum == NULL) {
        kt_fault(faults, 0, NULL, "%s: is not listed, expected what the run's tables give",
                 made->name);
    } else if (strcmp(sum->sha256, hash) != 0) {
        kt_fault(faults, 0, NULL, "%s: sha256 %s, but the run's tables and %s give %s", made->name,
                 sum->sha256, KT_MANIFEST_FILE, hash);
    }
}

static bool is_made(const kt_made_file *files, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, path) == 0) {
            return true;
        }
    }
    return false;
}

void kt_check_package(const kt_check_run *run, const kt_sum *sums, size_t sum_count,
                      kt_file_faults *faults)
{
    /* A manifest that cannot be read was told of already. */
    if (run->manifest.file_count == 0 || run->manifest.run_id == NULL ||
        run->manifest.version == NULL) {
        return;
    }
    kt_arena *arena = faults->arena;
    const kt_publication publication = publication_of(run);
    kt_run_file *tables = kt_arena_array(arena, kt_run_file, run->manifest.file_count + 1);
    const kt_package_input input = {.publication = &publication,
                                    .dir = run->dir,
                                    .files = tables,
                                    .file_count = list_tables(run, tables)};
    kt_made_file *made = NULL;
    size_t count = 0;
    kt_error err = {0};
    if (kt_package_make(&input, arena, &made, &count, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        check_made(&made[i], kt_sums_find(sums, sum_count, made[i].name), faults);
    }
    for (size_t i = 0; i < sum_count; i++) {
        if (kt_package_owns(sums[i].path) && !is_made(made, count, sums[i].path)) {
            kt_fault(faults, 0, NULL, "%s: belongs to no part of a run", sums[i].path);
        }
    }
}
