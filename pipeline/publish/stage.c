/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/stage.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "core/text.h"
#include "package/package.h"
#include "pages/language.h"
#include "pages/site.h"
#include "publish/dialect.h"
#include "publish/earlier.h"
#include "publish/layout.h"
#include "publish/manifest.h"
#include "publish/same_rows.h"
#include "publish/stage_files.h"
#include "workbook/workbook.h"

#define MONTHS 12

/* One file of a table on its way into the run. A path of NULL: there is no such file. */
typedef struct staged_file {
    const kt_table_path *table;
    int first_month;      /* of csv-fi */
    const char *csv, *fi; /* below the run */
    kt_table_file csv_is, fi_is;
    bool csv_linked, fi_linked;
    bool csv_proven, fi_proven; /* the earlier run's check has seen these bytes */
    bool has_fi;
    kt_same_rows same;
} staged_file;

typedef struct stage {
    const kt_publication *publication;
    kt_stage_place place;
    staged_file *files;
    size_t count;
} stage;

static bool is_checked(const stage *work, const char *name, const char *sha256)
{
    const kt_manifest_file *checked = kt_earlier_checked(&work->place.earlier, name);
    return checked != NULL && strcmp(checked->sha256, sha256) == 0;
}

/* What this night has just read or written needs no second look: the check reads what is new. */
static bool take_known(const stage *work, staged_file *file)
{
    const kt_kept *read = work->publication->read;
    const kt_kept_file *known = read == NULL ? NULL : kt_kept_find(read, file->table->name);
    if (known != NULL) {
        file->csv_is = known->is;
    }
    return known != NULL;
}

static kt_status stage_canonical(const stage *work, staged_file *file, kt_arena *arena,
                                 kt_error *err)
{
    const char *from = kt_path_join(arena, work->publication->findings, file->table->name);
    const char *path = kt_path_join(arena, work->place.staging, file->csv);
    if (!take_known(work, file)) {
        KT_TRY(kt_stage_read(from, &file->csv_is, err));
    }
    file->csv_proven = is_checked(work, file->csv, file->csv_is.sha256);
    const kt_shared_file shared = {file->csv, file->csv_is.sha256, from};
    if (kt_stage_link_earlier(&work->place, &shared, arena)) {
        file->csv_linked = true;
        return KT_OK;
    }
    return kt_stage_link_finding(from, path) ? KT_OK
                                             : kt_stage_copy(from, path, &file->csv_is, err);
}

/* A year that begins before the first month has lost rows in csv-fi, or is about to. */
static bool is_whole_in_finnish(const staged_file *file)
{
    return file->table->schema->split != KT_SPLIT_YEAR || file->first_month == KT_ALL_MONTHS ||
           file->table->year * MONTHS >= file->first_month;
}

/*
 * The same canonical bytes, all of them wanted then and now, make the same csv-fi: what was derived
 * from them and checked is taken, once its own bytes were read and hashed.
 */
static bool take_finnish(const stage *work, staged_file *file, kt_arena *arena)
{
    const kt_manifest_file *checked = kt_earlier_checked(&work->place.earlier, file->fi);
    if (!file->csv_proven || checked == NULL || checked->rows != (double)file->csv_is.rows ||
        !is_whole_in_finnish(file)) {
        return false;
    }
    const char *from = kt_path_join(arena, work->place.earlier.folder, file->fi);
    const kt_shared_file shared = {file->fi, checked->sha256, from};
    file->has_fi = file->fi_linked = file->fi_proven =
        kt_stage_read(from, &file->fi_is, NULL) == KT_OK &&
        strcmp(file->fi_is.sha256, checked->sha256) == 0 &&
        kt_stage_link_earlier(&work->place, &shared, arena);
    return file->has_fi;
}

/* A file whose rows all stand in csv-fi, and stood there, may begin as the earlier one did; of one
 * that is the earlier one itself, csv-fi may leave rows out. */
static void find_same(const stage *work, staged_file *file, kt_arena *arena)
{
    const kt_schema *schema = file->table->schema;
    const char *path = kt_path_join(arena, work->place.staging, file->csv);
    file->same.csv = file->csv;
    if (schema->split != KT_SPLIT_YEAR || file->csv_proven == is_whole_in_finnish(file)) {
        return;
    }
    if (file->csv_proven) {
        file->same.in_csv = kt_rows_before(path, schema, file->first_month);
    } else {
        const kt_new_rows made = {file->csv, file->fi, path};
        file->same = kt_same_rows_find(&work->place.earlier, &made, arena);
    }
}

/* The earlier csv-fi up to where the rows begin to differ. */
static kt_status take_beginning(const stage *work, const staged_file *file, kt_arena *arena,
                                kt_text *out, kt_error *err)
{
    if (file->same.in_fi.rows == 0) {
        return KT_OK;
    }
    KT_AUTO(mapping) kt_mapping fi = {0};
    KT_TRY(kt_file_map(kt_path_join(arena, work->place.earlier.folder, file->fi), &fi, err));
    (void)kt_text_add(out, fi.bytes, file->same.in_fi.bytes);
    return KT_OK;
}

static kt_status stage_finnish(const stage *work, staged_file *file, kt_arena *arena, kt_error *err)
{
    if (take_finnish(work, file, arena)) {
        return KT_OK;
    }
    const kt_schema *schema = file->table->schema;
    KT_AUTO(text) kt_text text = {.limit = SIZE_MAX / 2};
    size_t rows = 0;
    find_same(work, file, arena);
    KT_TRY(take_beginning(work, file, arena, &text, err));
    const kt_finnish_source source = {.canonical =
                                          kt_path_join(arena, work->place.staging, file->csv),
                                      .schema = schema,
                                      .first_month = file->first_month,
                                      .from = file->same.in_csv};
    KT_TRY(kt_finnish_make(&source, &text, &rows, err));
    rows += file->same.in_fi.rows;
    if (rows == 0 && schema->split == KT_SPLIT_YEAR && file->first_month != KT_ALL_MONTHS) {
        return KT_OK;
    }
    file->has_fi = true;
    file->fi_is.rows = rows;
    const kt_made_file made = {file->fi, text.bytes, text.length};
    KT_TRY(kt_stage_bytes(&work->place, &made, arena, &file->fi_is, &file->fi_linked, err));
    file->fi_proven = file->csv_proven && is_checked(work, file->fi, file->fi_is.sha256);
    return KT_OK;
}

/* A year that ended before the first month has nothing in csv-fi. */
static bool is_too_old(const staged_file *file)
{
    return file->table->schema->split == KT_SPLIT_YEAR && file->first_month != KT_ALL_MONTHS &&
           file->table->year * MONTHS + MONTHS - 1 < file->first_month;
}

static kt_status stage_file(void *context, size_t index, kt_error *err)
{
    const stage *work = context;
    staged_file *file = &work->files[index];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->table->name, 0);
    KT_TRY(stage_canonical(work, file, arena, err));
    return is_too_old(file) ? KT_OK : stage_finnish(work, file, arena, err);
}

static kt_status make_folders(const stage *work, kt_arena *arena, kt_error *err)
{
    for (size_t i = 0; i < work->count; i++) {
        const char *table = work->files[i].table->schema->table;
        KT_TRY(kt_folder_make(kt_arena_print(arena, "%s/csv/%s", work->place.staging, table), err));
        KT_TRY(
            kt_folder_make(kt_arena_print(arena, "%s/csv-fi/%s", work->place.staging, table), err));
    }
    return KT_OK;
}

static kt_status sync_folders(const stage *work, kt_arena *arena, kt_error *err)
{
    static const char *const shared[] = {"csv", "csv-fi", "html", "load", "meta", "qgis", "xlsx"};
    for (size_t i = 0; i < work->count; i++) {
        const char *table = work->files[i].table->schema->table;
        KT_TRY(kt_folder_sync(kt_arena_print(arena, "%s/csv/%s", work->place.staging, table), err));
        KT_TRY(
            kt_folder_sync(kt_arena_print(arena, "%s/csv-fi/%s", work->place.staging, table), err));
    }
    const kt_page_settings *pages = work->publication->pages;
    for (size_t i = 0; pages != NULL && i < pages->language_count; i++) {
        KT_TRY(kt_folder_sync(
            kt_arena_print(arena, "%s/html/%s", work->place.staging, pages->languages[i]->name),
            err));
    }
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++) {
        const char *folder = kt_path_join(arena, work->place.staging, shared[i]);
        KT_TRY(kt_file_exists(folder) ? kt_folder_sync(folder, err) : KT_OK);
    }
    return kt_folder_sync(work->place.staging, err);
}

/* The newest file of each table says where its csv-fi begins. */
static kt_status find_first_months(const stage *work, kt_arena *arena, kt_error *err)
{
    for (size_t end = work->count; end > 0;) {
        const staged_file *newest = &work->files[end - 1];
        const char *path = kt_path_join(arena, work->publication->findings, newest->table->name);
        int first = KT_ALL_MONTHS;
        KT_TRY(kt_finnish_first_month(path, newest->table->schema, work->publication->fi_months,
                                      &first, err));
        const kt_schema *schema = newest->table->schema;
        for (; end > 0 && work->files[end - 1].table->schema == schema; end--) {
            work->files[end - 1].first_month = first;
        }
    }
    return KT_OK;
}

static kt_status plan_files(stage *work, kt_arena *arena, kt_error *err)
{
    const kt_publication *publication = work->publication;
    kt_layout layout = {0};
    KT_TRY(kt_layout_find(publication->findings, publication->contract, publication->public_only,
                          arena, &layout, err));
    work->count = layout.count;
    work->files = kt_arena_array(arena, staged_file, work->count + 1);
    for (size_t i = 0; i < work->count; i++) {
        staged_file *file = &work->files[i];
        file->table = &layout.paths[i];
        file->csv = kt_arena_print(arena, "csv/%s", file->table->name);
        file->fi = kt_arena_print(arena, "csv-fi/%s", file->table->name);
    }
    return find_first_months(work, arena, err);
}

static void count_file(kt_publish_result *result, const kt_table_file *file, bool linked)
{
    result->files++;
    result->bytes += file->bytes;
    result->files_linked += linked ? 1 : 0;
    result->bytes_new += linked ? 0 : file->bytes;
}

/* The run's files in the order of their paths: csv-fi/ sorts before csv/. */
static size_t list_files(const stage *work, kt_run_file *out, kt_publish_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++) {
        const staged_file *file = &work->files[i];
        if (file->has_fi) {
            out[count++] = (kt_run_file){file->fi, file->table->schema, file->fi_is};
            count_file(result, &file->fi_is, file->fi_linked);
        }
    }
    for (size_t i = 0; i < work->count; i++) {
        const staged_file *file = &work->files[i];
        out[count++] = (kt_run_file){file->csv, file->table->schema, file->csv_is};
        count_file(result, &file->csv_is, file->csv_linked);
        result->rows += file->csv_is.rows;
    }
    return count;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const kt_run_file *)a)->path, ((const kt_run_file *)b)->path);
}

/* What is made of the tables themselves: no finding, and nothing that the earlier check has seen.
 */
static kt_status stage_made(const stage *work, const kt_made_file *made, kt_arena *arena,
                            kt_run_file *out, kt_publish_result *result, kt_error *err)
{
    bool linked = false;
    const char *path = kt_path_join(arena, work->place.staging, made->name);
    *out = (kt_run_file){.path = made->name};
    KT_TRY(kt_folder_make(kt_path_folder(arena, path), err));
    KT_TRY(kt_stage_bytes(&work->place, made, arena, &out->is, &linked, err));
    count_file(result, &out->is, linked);
    return KT_OK;
}

/* What is made of the tables: the package, the pages, the workbooks. */
#define MADE_PARTS 3
typedef struct made_files {
    kt_made_file *part[MADE_PARTS];
    size_t count[MADE_PARTS];
} made_files;

static bool has_pages(const kt_publication *publication)
{
    return publication->pages != NULL && publication->pages->language_count > 0;
}

static kt_status make_pages(const stage *work, kt_arena *arena, kt_made_file **out, size_t *count,
                            kt_error *err)
{
    const kt_publication *publication = work->publication;
    char as_of[KT_INSTANT_SIZE];
    const kt_site site = {.contract = publication->contract,
                          .settings = publication->pages,
                          .run = {.folder = work->place.staging,
                                  .run_id = publication->run_id,
                                  .as_of = kt_instant_write(publication->as_of, as_of),
                                  .version = publication->version,
                                  .modelled = publication->modelled},
                          .threads = publication->threads};
    return kt_site_make(&site, arena, out, count, err);
}

static kt_status make_files(const stage *work, const kt_run_file *tables, size_t table_count,
                            kt_arena *arena, made_files *out, kt_error *err)
{
    const kt_publication *publication = work->publication;
    const kt_package_input input = {.publication = publication,
                                    .dir = work->place.staging,
                                    .files = tables,
                                    .file_count = table_count};
    const kt_workbook_input books = {.publication = publication, .dir = work->place.staging};
    *out = (made_files){0};
    KT_TRY(kt_package_make(&input, arena, &out->part[0], &out->count[0], err));
    if (!has_pages(publication)) {
        return KT_OK;
    }
    KT_TRY(make_pages(work, arena, &out->part[1], &out->count[1], err));
    return publication->workbooks
               ? kt_workbooks_make(&books, arena, &out->part[2], &out->count[2], err)
               : KT_OK;
}

static size_t count_made(const made_files *made)
{
    size_t count = 0;
    for (size_t part = 0; part < MADE_PARTS; part++) {
        count += made->count[part];
    }
    return count;
}

/* The file at that place of all parts together. */
static const kt_made_file *made_at(const made_files *made, size_t at)
{
    size_t part = 0;
    while (at >= made->count[part]) {
        at -= made->count[part++];
    }
    return &made->part[part][at];
}

/* The files of the tables, and what is made of them, in the order of their paths. */
static kt_status list_all(const stage *work, kt_arena *arena, kt_run_file **out, size_t *count,
                          kt_publish_result *result, kt_error *err)
{
    kt_run_file *tables = kt_arena_array(arena, kt_run_file, 2 * work->count + 1);
    const size_t table_count = list_files(work, tables, result);
    made_files made;
    KT_TRY(make_files(work, tables, table_count, arena, &made, err));
    *count = table_count + count_made(&made);
    kt_run_file *files = kt_arena_array(arena, kt_run_file, *count + 1);
    memcpy(files, tables, table_count * sizeof *files);
    for (size_t i = table_count; i < *count; i++) {
        KT_TRY(stage_made(work, made_at(&made, i - table_count), arena, &files[i], result, err));
    }
    qsort(files, *count, sizeof *files, by_path);
    *out = files;
    return KT_OK;
}

static kt_status write_lists(const stage *work, kt_arena *arena, kt_publish_result *result,
                             kt_error *err)
{
    kt_run_file *files = NULL;
    size_t count = 0;
    KT_TRY(list_all(work, arena, &files, &count, result, err));
    KT_AUTO(text) kt_text sums = {0};
    KT_AUTO(text) kt_text manifest = {0};
    kt_sums_write(files, count, &sums);
    KT_TRY(kt_manifest_write(work->publication, files, count, &manifest, err));
    result->files += 2;
    result->bytes += sums.length + manifest.length;
    result->bytes_new += sums.length + manifest.length;
    KT_TRY(kt_stage_write(kt_path_join(arena, work->place.staging, KT_SUMS_FILE), sums.bytes,
                          sums.length, err));
    return kt_stage_write(kt_path_join(arena, work->place.staging, KT_MANIFEST_FILE),
                          manifest.bytes, manifest.length, err);
}

/* A file and its csv-fi are read together: they are proven together or not at all. */
static const kt_codes *list_proven(const stage *work, bool keys_stand, kt_arena *arena)
{
    kt_codes *proven = kt_codes_new(arena);
    for (size_t i = 0; i < work->count && keys_stand; i++) {
        const staged_file *file = &work->files[i];
        if (file->csv_proven && (!file->has_fi || file->fi_proven)) {
            (void)kt_codes_intern(proven, file->csv);
            (void)kt_codes_intern(proven, file->fi);
        }
    }
    return proven;
}

static void list_same(const stage *work, bool keys_stand, kt_arena *arena, kt_publish_result *out)
{
    kt_same_rows *list = kt_arena_array(arena, kt_same_rows, work->count + 1);
    out->same = list;
    for (size_t i = 0; i < work->count && keys_stand; i++) {
        if (work->files[i].same.in_csv.rows > 0) {
            list[out->same_count++] = work->files[i].same;
        }
    }
}

kt_status kt_stage_run(const kt_publication *publication, const char *earlier, const char *staging,
                       kt_arena *arena, kt_publish_result *out, kt_error *err)
{
    stage work = {
        .publication = publication,
        .place = {.staging = staging, .earlier = kt_earlier_read(publication, earlier, arena)}};
    KT_TRY(plan_files(&work, arena, err));
    KT_TRY(make_folders(&work, arena, err));
    KT_TRY(kt_parallel(work.count, publication->threads, stage_file, &work, err));
    KT_TRY(write_lists(&work, arena, out, err));
    const bool keys_stand =
        kt_earlier_keys_stand(&work.place.earlier, publication->contract, staging, arena);
    out->proven = list_proven(&work, keys_stand, arena);
    list_same(&work, keys_stand, arena, out);
    return sync_folders(&work, arena, err);
}
