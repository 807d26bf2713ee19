/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SETTINGS_PARTS_H
#define KT_PIPELINE_SETTINGS_PARTS_H

#include "core/json.h"
#include "pipeline/config.h"

/** The parts of kt_config_load that have a file of their own. Mistakes go to problems. */

/** Reads markets.json into the configuration, whose sources are already there. */
void kt_config_markets(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Where lists of funded projects come from and how they are read. */
void kt_config_projects(const char *path, kt_config *config, kt_arena *arena,
                        kt_problems *problems);

/** Reads the needs that money of projects is held against; contract and themes are already there.
 */
void kt_config_needs(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Takes the dictionary that projects are placed by into the hash: other words may place them
 * elsewhere. */
void kt_config_projects_hash(const kt_project_settings *projects, char hash[KT_HASH_SIZE]);

/** The languages of the pages. */
void kt_config_pages(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** What people have noted of regions. */
void kt_config_notes(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Reads what people of regions count, once pages_hash is there: file by file it takes them into
 * it. A file with a mistake is held; that is no problem of the configuration. */
void kt_config_own(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Tells the files of it that are held. */
void kt_config_own_check(const kt_config *config, kt_arena *arena, kt_problems *problems);

/** Reads two_sources.json into the configuration, whose sources are already there. */
void kt_config_two_sources(const char *path, kt_config *config, kt_arena *arena,
                           kt_problems *problems);

/** Reads effective_tightness.json into the configuration, whose classifications and markets are
 * already there. */
void kt_config_effective_tightness(const char *path, kt_config *config, kt_arena *arena,
                                   kt_problems *problems);

/** Reads corrections.json into the configuration, whose sources are already there. */
void kt_config_corrections(const char *path, kt_config *config, kt_arena *arena,
                           kt_problems *problems);

/** Reads sectors.json into the configuration, whose sources are already there. */
void kt_config_sectors(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Tells a column that the table does not have, or that is no number where it has to be one. schema
 * and name may be NULL: told already. */
void kt_config_column_check(kt_json place, const kt_schema *schema, const char *name, bool number);

/** Reads {"column": ["text", ...], ...}; how many there are. */
size_t kt_config_filters_read(kt_json place, const kt_schema *schema, kt_panel_filter **out);

/** Reads the name of a table that has periods; NULL, and told, for any other. */
const kt_schema *kt_config_table_of(kt_json place, const kt_contract *contract, const char **name);

/** Reads the parameters of the search for breaks. */
void kt_config_breaks_read(kt_json place, kt_set_measure *out);

/** Reads beveridge.json into the configuration, whose contract is already there. */
void kt_config_beveridge(const char *path, kt_config *config, kt_arena *arena,
                         kt_problems *problems);

/** Reads series.json into the configuration, whose contract is already there. */
void kt_config_series(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Reads which x13as splits the series and looks for it; absent: none. */
void kt_config_x13_read(kt_json place, kt_x13_settings *out);

/** Takes the program into the hash of the configuration, or that there is none; a configuration
 * without x13as keeps its hash. */
void kt_config_x13_hash(const kt_x13_settings *x13, char hash[KT_HASH_SIZE]);

/** One entry of its list: a table, its figures and which rows. */
void kt_config_series_ask(kt_json place, const kt_contract *contract, kt_series_ask *ask);

/** Reads early_warning.json into the configuration, whose contract is already there. */
void kt_config_early_warning(const char *path, kt_config *config, kt_arena *arena,
                             kt_problems *problems);

/** Reads occupation_balance.json into the configuration, whose sources are already there. */
void kt_config_balance(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems);

/** Reads matching.json into the configuration, whose sources, markets and exponents are already
 * there. */
void kt_config_matching(const char *path, kt_config *config, kt_arena *arena,
                        kt_problems *problems);

/**
 * The hash of the main file and of every file that it names, each by the name the main file uses
 * and by its bytes, so that moving the folder changes nothing. Files that cannot be read count as
 * empty: they are mistakes already told.
 */
void kt_config_hash(kt_json root, const char *folder, char out[KT_HASH_SIZE]);

/** The same of what only pages are made of (pages, i18n, notes): another run, but no other figure.
 */
void kt_config_pages_hash(kt_json root, const char *folder, char out[KT_HASH_SIZE]);

/** The source that the text at the place names; NULL, and told, where it is none. */
const kt_source *kt_config_read_source(kt_json place, const kt_config *config);

#endif
