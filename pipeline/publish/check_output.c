/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/check_output.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "publish/check.h"
#include "publish/dialect.h"
#include "publish/same_rows.h"

#define FOLDER_LIMIT 1024 /* a run has a few dozen */

static bool may_tell(kt_file_faults *faults)
{
    return faults->count++ < KT_CHECK_LINES;
}

void kt_fault(kt_file_faults *faults, size_t row, const char *column, const char *format, ...)
{
    char words[512];
    char place[128] = "";
    va_list args;
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (!may_tell(faults)) {
        return;
    }
    if (row > 0) {
        (void)snprintf(place, sizeof place, "row %zu%s%s", row, column == NULL ? "" : ", column ",
                       column == NULL ? "" : column);
    }
    kt_problems_add(faults->problems, faults->file, place, "%s", words);
}

void kt_fault_line(kt_file_faults *faults, const char *line)
{
    if (may_tell(faults)) {
        kt_problems_add_line(faults->problems, line);
    }
}

void kt_faults_end(kt_file_faults *faults)
{
    if (faults->count > KT_CHECK_LINES) {
        kt_problems_add(faults->problems, faults->file, "", "%zu more violations in this file",
                        faults->count - KT_CHECK_LINES);
    }
}

/* What there is to check of a file that SHA256SUMS lists. */
typedef struct file_check {
    const char *path; /* below the run */
    const char *sha256;
    bool is_table; /* a canonical file of a table */
    kt_table_path table;
    kt_arena *arena; /* of the job that checked it */
    kt_problems *problems;
} file_check;

typedef struct output_check {
    kt_check_run run;
    const kt_codes *proven; /* may be NULL */
    const kt_same_rows *same;
    size_t same_count;
    kt_arena *arena;
    kt_problems *problems;
    kt_sum *sums;
    file_check *files;
    size_t file_count;
} output_check;

static kt_file_faults faults_of(const output_check *check, const char *name)
{
    return (kt_file_faults){.file = kt_path_join(check->arena, check->run.dir, name),
                            .arena = check->arena,
                            .problems = check->problems};
}

/* "csv/" and "csv-fi/" hold a folder for each table with nothing in it but the table's files. */
static bool find_table(const kt_contract *contract, const char *dialect, const char *path,
                       kt_table_path *out)
{
    if (!kt_text_starts(path, dialect)) {
        return false;
    }
    const char *rest = path + strlen(dialect);
    const char *slash = strchr(rest, '/');
    for (size_t i = 0; slash != NULL && i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        int year = 0;
        if (strlen(schema->table) == (size_t)(slash - rest) &&
            kt_text_starts(rest, schema->table) && kt_layout_file(schema, slash + 1, &year)) {
            *out = (kt_table_path){.schema = schema, .year = year, .name = rest};
            return true;
        }
    }
    return false;
}

static bool is_in_tables(const char *path)
{
    return kt_text_starts(path, "csv/") || kt_text_starts(path, "csv-fi/");
}

static void check_path(const output_check *check, kt_file_faults *faults, const char *path)
{
    kt_table_path table;
    const kt_contract *contract = check->run.contract;
    if (is_in_tables(path) && !find_table(contract, "csv/", path, &table) &&
        !find_table(contract, "csv-fi/", path, &table)) {
        kt_fault(faults, 0, NULL, "%s: no file of a table of the contract", path);
    }
    const bool is_list = strcmp(path, KT_MANIFEST_FILE) == 0 || strcmp(path, KT_SUMS_FILE) == 0;
    if (!is_list && kt_sums_find(check->sums, check->file_count, path) == NULL) {
        kt_fault(faults, 0, NULL, "%s: is not listed in %s", path, KT_SUMS_FILE);
    }
}

/* Folders of the run that are still to be looked into, relative to it and with a slash at the end.
 */
typedef struct folder_list {
    const char *paths[FOLDER_LIMIT];
    size_t count;
} folder_list;

static void look_at(const output_check *check, const char *path, folder_list *folders,
                    kt_file_faults *faults)
{
    struct stat about;
    const bool there = lstat(kt_path_join(check->arena, check->run.dir, path), &about) == 0;
    if (there && S_ISREG(about.st_mode)) {
        check_path(check, faults, path);
    } else if (there && S_ISDIR(about.st_mode) && folders->count < FOLDER_LIMIT) {
        folders->paths[folders->count++] = kt_arena_print(check->arena, "%s/", path);
    } else {
        kt_fault(faults, 0, NULL, "%s: neither a file nor a folder", path);
    }
}

static kt_status walk(const output_check *check, kt_file_faults *faults, kt_error *err)
{
    folder_list *folders = kt_arena_new(check->arena, folder_list);
    folders->paths[folders->count++] = "";
    for (size_t next = 0; next < folders->count; next++) {
        char **names = NULL;
        size_t count = 0;
        const char *within = folders->paths[next];
        const char *folder = kt_path_join(check->arena, check->run.dir, within);
        KT_TRY(kt_folder_list(folder, check->arena, &names, &count, err));
        for (size_t i = 0; i < count; i++) {
            look_at(check, kt_arena_print(check->arena, "%s%s", within, names[i]), folders, faults);
        }
    }
    return KT_OK;
}

static void check_sums_hold_tables(const output_check *check, kt_file_faults *faults)
{
    const kt_contract *contract = check->run.contract;
    for (size_t t = 0; t < contract->table_count; t++) {
        const kt_schema *schema = &contract->tables[t];
        size_t files = 0;
        for (size_t i = 0; i < check->file_count; i++) {
            files += check->files[i].is_table && check->files[i].table.schema == schema ? 1 : 0;
        }
        const bool wanted = schema->is_public || !check->run.manifest.public_only;
        if (wanted && files == 0) {
            kt_fault(faults, 0, NULL, "csv/%s: has no file", schema->table);
        } else if (!wanted && files > 0) {
            kt_fault(faults, 0, NULL, "csv/%s: an internal table among public ones", schema->table);
        }
    }
}

/* What csv-fi says is held against csv; a file that has nothing to be held against is a fault. */
static void check_finnish_pairs(const output_check *check, kt_file_faults *faults)
{
    for (size_t i = 0; i < check->file_count; i++) {
        const char *path = check->files[i].path;
        if (!kt_text_starts(path, "csv-fi/")) {
            continue;
        }
        const char *pair = kt_arena_print(check->arena, "csv/%s", path + strlen("csv-fi/"));
        if (kt_sums_find(check->sums, check->file_count, pair) == NULL) {
            kt_fault(faults, 0, NULL, "%s: expected %s beside it", path, pair);
        }
    }
}

static void check_manifest_lists(const output_check *check, kt_file_faults *faults)
{
    const kt_manifest *manifest = &check->run.manifest;
    for (size_t i = 0; i < manifest->file_count; i++) {
        const kt_manifest_file *file = &manifest->files[i];
        const kt_sum *sum = kt_sums_find(check->sums, check->file_count, file->path);
        if (sum == NULL) {
            kt_fault(faults, 0, NULL, "%s: is not listed in %s", file->path, KT_SUMS_FILE);
        } else if (strcmp(sum->sha256, file->sha256) != 0) {
            kt_fault(faults, 0, NULL, "%s: sha256 %s, expected %s as in %s", file->path,
                     file->sha256, sum->sha256, KT_SUMS_FILE);
        }
    }
    for (size_t i = 0; i < check->file_count; i++) {
        if (kt_manifest_find(manifest, check->files[i].path) == NULL) {
            kt_fault(faults, 0, NULL, "%s: is not listed", check->files[i].path);
        }
    }
}

static void check_hash(const output_check *check, const file_check *file, kt_file_faults *faults)
{
    char hash[KT_HASH_SIZE];
    size_t bytes = 0;
    kt_error err = {0};
    if (kt_hash_file(faults->file, hash, &bytes, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
        return;
    }
    if (strcmp(hash, file->sha256) != 0) {
        kt_fault(faults, 0, NULL, "sha256 %s, expected %s as in %s", hash, file->sha256,
                 KT_SUMS_FILE);
    }
    const kt_manifest_file *said = kt_manifest_find(&check->run.manifest, file->path);
    if (said != NULL && said->bytes != (double)bytes) {
        kt_fault(faults, 0, NULL, "%zu bytes, expected %.0f as in %s", bytes, said->bytes,
                 KT_MANIFEST_FILE);
    }
}

static void check_rows(const output_check *check, const char *path, size_t rows,
                       kt_file_faults *faults)
{
    const kt_manifest_file *said = kt_manifest_find(&check->run.manifest, path);
    if (said != NULL && (said->table == NULL || said->rows != (double)rows)) {
        kt_fault(faults, 0, NULL, "%zu rows, expected %.0f as in %s", rows, said->rows,
                 KT_MANIFEST_FILE);
    }
}

static void check_table(const output_check *check, const file_check *file, kt_file_faults *faults)
{
    const char *finnish_path = kt_arena_print(file->arena, "csv-fi/%s", file->table.name);
    kt_file_faults finnish = {.file = kt_path_join(file->arena, check->run.dir, finnish_path),
                              .arena = file->arena,
                              .problems = file->problems};
    kt_table_job job = {
        .run = &check->run, .table = &file->table, .faults = faults, .finnish_faults = &finnish};
    const kt_same_rows *same = kt_same_rows_of(check->same, check->same_count, file->path);
    if (same != NULL) {
        job.from = same->in_csv;
        job.finnish_from = same->in_fi;
    }
    kt_table_check(&job);
    check_rows(check, file->path, job.rows, faults);
    check_rows(check, finnish_path, job.finnish_rows, &finnish);
    kt_faults_end(&finnish);
}

static kt_status check_file(void *context, size_t index, kt_error *err)
{
    (void)err;
    const output_check *check = context;
    const file_check *file = &check->files[index];
    if (check->proven != NULL && kt_codes_find(check->proven, file->path) != KT_NO_CODE) {
        return KT_OK;
    }
    kt_file_faults faults = {.file = kt_path_join(file->arena, check->run.dir, file->path),
                             .arena = file->arena,
                             .problems = file->problems};
    check_hash(check, file, &faults);
    if (file->is_table) {
        check_table(check, file, &faults);
    }
    kt_faults_end(&faults);
    return KT_OK;
}

/* csv-fi begins where the newest file of its table says; the sums are sorted, so the last one is
 * it. */
static void find_first_months(output_check *check)
{
    int *first = kt_arena_array(check->arena, int, check->run.contract->table_count + 1);
    for (size_t i = 0; i < check->run.contract->table_count; i++) {
        first[i] = KT_ALL_MONTHS;
    }
    const kt_schema *done = NULL;
    for (size_t i = check->file_count; i > 0; i--) {
        const file_check *file = &check->files[i - 1];
        if (!file->is_table || file->table.schema == done) {
            continue;
        }
        done = file->table.schema;
        const char *path = kt_path_join(check->arena, check->run.dir, file->path);
        int *month = &first[done - check->run.contract->tables];
        if (kt_finnish_first_month(path, done, check->run.manifest.fi_months, month, NULL) !=
            KT_OK) {
            *month = KT_ALL_MONTHS; /* why it cannot be read is told when its rows are checked */
        }
    }
    check->run.first_months = first;
}

static void open_jobs(output_check *check)
{
    check->files = kt_arena_array(check->arena, file_check, check->file_count + 1);
    for (size_t i = 0; i < check->file_count; i++) {
        file_check *file = &check->files[i];
        file->path = check->sums[i].path;
        file->sha256 = check->sums[i].sha256;
        file->is_table = find_table(check->run.contract, "csv/", file->path, &file->table);
        file->arena = kt_arena_open(file->path, 0);
        file->problems = kt_problems_new(file->arena);
    }
}

/* The jobs' lines in the order of the files, whatever thread found them first. */
static void close_jobs(output_check *check)
{
    for (size_t i = 0; i < check->file_count; i++) {
        const kt_problems *found = check->files[i].problems;
        for (size_t line = 0; line < kt_problems_count(found); line++) {
            kt_problems_add_line(check->problems, kt_problems_at(found, line));
        }
        kt_arena_free(check->files[i].arena);
    }
}

static kt_status check_files(output_check *check, unsigned threads, kt_error *err)
{
    open_jobs(check);
    kt_file_faults manifest = faults_of(check, KT_MANIFEST_FILE);
    check_manifest_lists(check, &manifest);
    kt_faults_end(&manifest);
    kt_file_faults sums = faults_of(check, KT_SUMS_FILE);
    check_sums_hold_tables(check, &sums);
    check_finnish_pairs(check, &sums);
    kt_check_package(&check->run, check->sums, check->file_count, &sums);
    const kt_sum_list listed = {check->sums, check->file_count};
    const kt_status books = kt_check_workbooks(&check->run, &listed, threads, &sums, err);
    kt_faults_end(&sums);
    check->run.references = kt_references_load(check->run.dir, check->run.contract, check->arena);
    find_first_months(check);
    const kt_status status =
        books == KT_OK ? kt_parallel(check->file_count, threads, check_file, check, err) : books;
    close_jobs(check);
    return status;
}

kt_status kt_check_output(const char *dir, const kt_contract *contract, unsigned threads,
                          kt_arena *arena, kt_problems *problems, kt_error *err)
{
    const kt_new_output all = {.dir = dir, .contract = contract, .threads = threads};
    return kt_check_new_output(&all, arena, problems, err);
}

kt_status kt_check_new_output(const kt_new_output *made, kt_arena *arena, kt_problems *problems,
                              kt_error *err)
{
    const char *dir = made->dir;
    output_check check = {.run = {.dir = dir, .contract = made->contract},
                          .proven = made->proven,
                          .same = made->same,
                          .same_count = made->same_count,
                          .arena = arena,
                          .problems = problems};
    kt_error why = {0};
    kt_file_faults manifest = faults_of(&check, KT_MANIFEST_FILE);
    kt_manifest_check(manifest.file, &manifest, &check.run.manifest);
    kt_faults_end(&manifest);
    if (kt_sums_read(kt_path_join(arena, dir, KT_SUMS_FILE), arena, &check.sums, &check.file_count,
                     &why) != KT_OK) {
        kt_problems_add_line(problems, why.message);
    }
    kt_file_faults walked = faults_of(&check, ".");
    walked.file = dir;
    KT_TRY(walk(&check, &walked, err));
    kt_faults_end(&walked);
    return check_files(&check, made->threads, err);
}
