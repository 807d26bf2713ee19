/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CONFIG_H
#define KT_PIPELINE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/problems.h"
#include "core/source.h"
#include "pipeline/balance.h"
#include "pipeline/beveridge.h"
#include "pipeline/breaks.h"
#include "pipeline/early_warning.h"
#include "pipeline/effective_tightness.h"
#include "pipeline/matching.h"
#include "pipeline/page_settings.h"
#include "pipeline/projects.h"
#include "pipeline/sectors.h"
#include "pipeline/time_series.h"
#include "pipeline/two_sources.h"
#include "transform/classification.h"
#include "transform/correct.h"
#include "transform/own_counts.h"

/**
 * What a night does, as data: the main file (kohtaanto.json) and every file it names. Loading tells
 * every mistake of all of them at once. Everything lives in the arena that loaded it. Paths in a
 * file are relative to the file, the workspace to the current folder.
 */

/** The limits of fetching; the seconds and counts of kt_fetch_options. */
typedef struct kt_http_settings {
    long connect_timeout_s, stall_timeout_s, total_timeout_s;
    size_t reply_limit_bytes;
    unsigned parallel, retry_budget, calls_reserve;
    double backoff_s;
} kt_http_settings;

/** How chance alone is drawn for the table of sensitivity. */
typedef struct kt_null_settings {
    size_t draws;       /* the most of them */
    size_t drawn_cells; /* draws times cells, about; where that leaves few draws, 9 */
    uint64_t seed;
    double *clusters; /* posts of an advertisement, above 1, ascending */
    size_t cluster_count;
} kt_null_settings;

typedef struct kt_analysis_settings {
    double *alphas; /* ascending, each in (0,1) */
    size_t alpha_count;
    double *range_alphas; /* those of alphas whose ranges are published */
    size_t range_alpha_count;
    double contributions_alpha;
    size_t contributions_cells;  /* the most cells of a market whose contributions are published */
    size_t contributions_months; /* the newest months of them */
    size_t changes_months;       /* the newest periods whose changes are published */
    const char **changes_levels; /* of regions whose flows and groups of job seekers have changes */
    size_t changes_level_count;
    double
        allocated_step; /* no change is told where the regions' share of the country moved more */
    double protected_share_limit; /* sums of which more is hidden figures have no value; 1: none */
    kt_null_settings null;
    unsigned threads; /* 0: as many as processors */
} kt_analysis_settings;

typedef struct kt_publish_settings {
    size_t fi_months;       /* months in csv-fi/ */
    const char *public_dir; /* a second run of the public tables; NULL for none */
    bool strict_disclosure;
    bool workbooks; /* xlsx/ beside the pages */
} kt_publish_settings;

/** Where the cells of a market lie: the whole country, or inside each region of a level. */
typedef enum kt_scope { KT_SCOPE_COUNTRY, KT_SCOPE_MAAKUNTA, KT_SCOPE_EVK, KT_SCOPES } kt_scope;

/** The region level of a scope's regions: country, maakunta, elinvoimakeskus. */
const char *kt_scope_level(kt_scope scope);

/** One market definition: which cells of which source, inside which scopes. */
typedef struct kt_market_spec {
    const char *name;             /* isco2xmaakunta */
    const char *source;           /* kt_source.id */
    const char *region_level;     /* NULL for a market of occupations or sectors alone */
    const char *occupation_level; /* NULL for a market without occupations */
    const char *sector_level;     /* NULL for a market without sectors; never both */
    bool scopes[KT_SCOPES];
} kt_market_spec;

/** A check that has to run before anything is published. */
typedef struct kt_check_spec {
    const char *name;
    const char *source; /* waived while this source has no data at all; NULL: always demanded */
} kt_check_spec;

typedef struct kt_config {
    const char *path;
    const char *workspace;
    bool modelled; /* the figures are modelled, and every output says so */
    struct kt_contract *contract;
    kt_source **sources;
    size_t source_count;
    kt_classifications *classifications;
    const kt_breaks *breaks; /* NULL where no registry is named */
    kt_market_spec *markets;
    size_t market_count;
    kt_source_pairs pairs;      /* of registers and surveys; none where no file is named */
    kt_sector_settings sectors; /* of the table `sectors`; nothing where no file is named */
    kt_balance_plan balance;    /* without a source where no file is named */
    const char *barometer_path; /* rows of somebody else's balance to compare with; NULL: none */
    kt_reaches reaches; /* of the table `effective_tightness`; none where no file is named */
    kt_http_settings http;
    kt_analysis_settings analysis;
    kt_publish_settings publish;
    kt_series_settings series;
    kt_beveridge_settings beveridge;
    kt_matching_settings matching;
    kt_counterfactual_settings counterfactual;
    kt_warning_plan early_warning;
    kt_project_settings projects;
    kt_page_settings pages;
    const char *own_path; /* a folder of what people of regions count; NULL: none */
    kt_own_counts own;
    const char *corrections_path;
    kt_correction *corrections; /* of figures of the sources, in the order of the file */
    size_t correction_count;
    kt_check_spec *checks;
    size_t check_count;
    char pages_hash[KT_HASH_SIZE]; /* of what no official figure is made of */
    char hash[KT_HASH_SIZE]; /* of names and bytes of every file used; no absolute path is in it */
} kt_config;

/** The file to use: the one asked for, else config/kohtaanto.json, else
 * /etc/kohtaanto/kohtaanto.json. */
kt_status kt_config_find(const char *asked, const char **path, kt_error *err) KT_MUST_CHECK;

/** Loads a configuration; mistakes go to problems, and NULL is returned if there was any. */
kt_config *kt_config_load(const char *path, kt_arena *arena, kt_problems *problems);

/**
 * Tells corrections of cells that no table can have: a measure, region or occupation that nobody
 * knows. A night stops the table concerned and goes on, so loading does not refuse them.
 */
void kt_config_corrections_check(const kt_config *config, kt_arena *arena, kt_problems *problems);

/**
 * Tells what a night would stop single tables for: regions in two places, and corrections as above.
 */
void kt_config_tables_check(const kt_config *config, kt_arena *arena, kt_problems *problems);

/** The position of the source of that id, or config->source_count. */
size_t kt_config_source(const kt_config *config, const char *id);

#endif
