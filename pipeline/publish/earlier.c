/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/earlier.h"

#include <string.h>

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

/* A manifest that is not what its own hash says proves nothing. */
static bool is_whole(const char *folder, kt_arena *arena, kt_manifest *out)
{
    kt_file_faults faults = {
        .file = KT_MANIFEST_FILE, .arena = arena, .problems = kt_problems_new(arena)};
    kt_manifest_check(kt_path_join(arena, folder, KT_MANIFEST_FILE), &faults, out);
    return faults.count == 0;
}

static bool has_our_rules(const kt_manifest *manifest, const kt_publication *publication)
{
    return kt_text_same(manifest->version, publication->version) &&
           kt_text_same(manifest->configuration, publication->configuration) &&
           manifest->public_only == publication->public_only &&
           manifest->fi_months == publication->fi_months;
}

kt_earlier kt_earlier_read(const kt_publication *publication, const char *folder, kt_arena *arena)
{
    kt_earlier earlier = {.folder = folder};
    if (folder == NULL || kt_sums_read(kt_path_join(arena, folder, KT_SUMS_FILE), arena,
                                       &earlier.sums, &earlier.sum_count, NULL) != KT_OK) {
        return (kt_earlier){0};
    }
    if (!is_whole(folder, arena, &earlier.manifest) ||
        !has_our_rules(&earlier.manifest, publication)) {
        earlier.manifest.file_count = 0;
    }
    return earlier;
}

const char *kt_earlier_sum(const kt_earlier *earlier, const char *path)
{
    const kt_sum *sum = kt_sums_find(earlier->sums, earlier->sum_count, path);
    return sum == NULL ? NULL : sum->sha256;
}

const kt_manifest_file *kt_earlier_checked(const kt_earlier *earlier, const char *path)
{
    const kt_manifest_file *file = kt_manifest_find(&earlier->manifest, path);
    return file != NULL && kt_text_same(file->sha256, kt_earlier_sum(earlier, path)) ? file : NULL;
}

static bool is_unchanged(const kt_earlier *earlier, const char *path, kt_arena *arena)
{
    char hash[KT_HASH_SIZE];
    return kt_hash_file(kt_path_join(arena, earlier->folder, path), hash, NULL, NULL) == KT_OK &&
           kt_text_same(kt_earlier_sum(earlier, path), hash);
}

/* The earlier keys are those that were checked only if their files are. */
static bool are_keys_whole(const kt_earlier *earlier, const kt_contract *contract,
                           const kt_schema *schema, kt_arena *arena)
{
    for (size_t i = 0; i < schema->foreign_key_count; i++) {
        const kt_schema *other = kt_contract_find(contract, schema->foreign_keys[i].table);
        const char *name = kt_table_file_name(other, 0, arena);
        if (!is_unchanged(earlier, kt_arena_print(arena, "csv/%s", name), arena)) {
            return false;
        }
    }
    return true;
}

static bool has_all(const kt_codes *now, const kt_codes *before)
{
    for (size_t i = 0; i < kt_codes_count(before); i++) {
        if (kt_codes_find(now, kt_codes_at(before, i)) == KT_NO_CODE) {
            return false;
        }
    }
    return true;
}

static bool stand(const kt_reference *before, const kt_reference *now)
{
    return before->known != NULL && now->known != NULL && has_all(now->known, before->known);
}

bool kt_earlier_keys_stand(const kt_earlier *earlier, const kt_contract *contract, const char *dir,
                           kt_arena *arena)
{
    if (earlier->manifest.file_count == 0) {
        return false;
    }
    const kt_reference *before = kt_references_load(earlier->folder, contract, arena);
    const kt_reference *now = kt_references_load(dir, contract, arena);
    bool all = true;
    for (size_t i = 0; i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        all = all && are_keys_whole(earlier, contract, schema, arena);
        for (size_t k = 0; k < schema->foreign_key_count; k++) {
            all = stand(before++, now++) && all;
        }
    }
    return all;
}
