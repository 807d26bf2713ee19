/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PACKAGE_PACKAGE_H
#define KT_PACKAGE_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "publish/made_file.h"
#include "publish/manifest.h"
#include "publish/publish.h"

/**
 * What other programs need to read a run without a hand on it: datapackage.json, a description of
 * each CSV file (meta/), scripts that load a run (load/), and wide tables for maps (qgis/). All of
 * it follows from the contract, from what MANIFEST.json says and from published rows: the publisher
 * makes it and check-output makes it again.
 */
typedef struct kt_package_input {
    const kt_publication *publication; /* contract, run_id, as_of, version, modelled, sources */
    const char *dir;                   /* of the run, or of its staging folder; csv/ is there */
    const kt_run_file *files; /* in the order of their paths; those outside of csv/ do not count */
    size_t file_count;
} kt_package_input;

/**
 * Every file of the package in the order of their names. Bytes live in the arena.
 * Fails where a table that it reads cannot be read.
 */
kt_status kt_package_make(const kt_package_input *input, kt_arena *arena, kt_made_file **out,
                          size_t *count, kt_error *err) KT_MUST_CHECK;

/** True for a path that only a file of the package may have. */
bool kt_package_owns(const char *path);

#endif
