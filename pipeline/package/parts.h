/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PACKAGE_PARTS_H
#define KT_PACKAGE_PARTS_H

#include <jansson.h>

#include "core/text.h"
#include "package/package.h"

/** Inside a package: what its files are made from, and who makes which. */

/** A table that has files in the run. */
typedef struct kt_package_table {
    const kt_schema *schema;
    const kt_run_file *files;
    size_t file_count;
} kt_package_table;

/** A licence as Data Package and CSVW name it; id, path and title are never NULL, "" for none. */
typedef struct kt_licence {
    const char *id;   /* of Open Definition */
    const char *path; /* its text */
    const char *title;
} kt_licence;

typedef struct kt_package {
    const kt_package_input *input;
    const kt_package_table *tables; /* in the contract's order */
    size_t table_count;
    const kt_licence *licences; /* of the sources, each once, in the order of the sources */
    size_t licence_count;
    kt_arena *arena;
    kt_made_file *files; /* what was made so far */
    size_t file_count, file_room;
} kt_package;

#define KT_PACKAGE_DCAT "dcat.jsonld"

/** What the run is called. */
extern const kt_words kt_package_title;

/** The table of that name if it is in the run, else NULL. */
const kt_package_table *kt_package_find(const kt_package *package, const char *table);

/** Adds a file with a copy of the bytes. */
void kt_package_add(kt_package *package, const char *name, const char *bytes, size_t length);

/** Sets a member unless there is nothing to say: NULL or "". */
void kt_package_set(json_t *object, const char *key, const char *text);

/** Finnish as key, Swedish as key_sv, English as key_en. */
void kt_package_set_words(json_t *object, const char *key, kt_words words);

/** True for an address that can be followed. */
bool kt_package_is_url(const char *address);

/** What a column's texts must look like, as a regular expression that matches all of a cell; NULL:
 * anything. */
const char *kt_package_pattern(const kt_column *column, kt_arena *arena);

/** True if the column is never empty. */
bool kt_package_is_required(const kt_column *column);

/** What a column's type is called in a Table Schema, in XML Schema, and in Power Query. */
typedef struct kt_package_type {
    const char *field, *base, *query;
} kt_package_type;

kt_package_type kt_package_type_of(const kt_column *column);

json_t *kt_package_column_names(const kt_schema *schema, const size_t *columns, size_t count);
json_t *kt_package_texts(const char *const *texts, size_t count);

/** A number as JSON, whole where it is. */
json_t *kt_package_number(double number);

/* Who makes what. */
kt_status kt_package_describe(kt_package *package, kt_error *err) KT_MUST_CHECK; /* datapackage */
kt_status kt_package_dcat(kt_package *package, kt_error *err) KT_MUST_CHECK;     /* dcat.jsonld */
kt_status kt_package_csvw(kt_package *package, kt_error *err) KT_MUST_CHECK;     /* meta/ */
kt_status kt_package_maps(kt_package *package, kt_error *err) KT_MUST_CHECK;     /* qgis/ */
void kt_package_loaders(kt_package *package);                                    /* load/ */

#endif
