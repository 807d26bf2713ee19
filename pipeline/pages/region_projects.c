/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/region_projects.h"

#include <string.h>

#include "pages/area.h"

#define SPOTS         40
#define PROJECTS      40
#define ORGANISATIONS 25
#define PAIRS         10
#define MAAKUNTA      "maakunta"

/* What the sections share. */
typedef struct work {
    const kt_place *of;
    kt_area area;
    bool is_country, is_listed; /* listed: the run has lists of projects */
    kt_sheet places;            /* of projects, in the area */
} work;

/* Without lists every section is empty for the same reason. */
static void put(kt_page *page, const work *in, kt_page_part part, const kt_sheet *rows)
{
    part.nothing = in->is_listed ? part.nothing : KT_WORD_lists_none;
    kt_page_put_part(page, &part, rows);
}

static void put_coverage(kt_page *page, const work *in)
{
    const kt_page_part part = {"coverage",
                               KT_WORD_coverage,
                               KT_WORD_coverage_note,
                               KT_WORD_coverage_none,
                               kt_page_coverage_columns,
                               0};
    const kt_sheet rows = kt_page_coverage(page, in->area.level, in->area.code);
    put(page, in, part, &rows);
}

/* The newest year in which the need is known in any maakunta. */
static kt_sheet newest_summary(const kt_page *page)
{
    kt_sheet found =
        kt_book_rows(page->book, "coverage_summary", KT_FILLED("region_level", "sector_code"),
                     KT_FILLED(MAAKUNTA, "_T"));
    kt_page_keep_newest_year(&found, "spearman");
    return found;
}

/* The whole country has no neighbours to be held against: how evenly money follows needs. */
static void put_summary(kt_page *page, const work *in)
{
    static const kt_page_column columns[] = {
        KT_NAMES("need", "indicator"),
        KT_NAMES("theme", "theme"),
        KT_CELLS("time_period"),
        KT_NUMBERS("dissimilarity", 1),
        KT_NUMBERS("spearman", 2),
        KT_NUMBERS("located_eur", 0),
        KT_NUMBERS("national_eur", 0),
        KT_NUMBERS("unlocated_eur", 0),
        KT_NUMBERS("located_share", 1),
        KT_NUMBERS("classified_share", 1),
        KT_NO_MORE,
    };
    const kt_page_part part = {
        "coverage", KT_WORD_coverage, KT_WORD_summary_note, KT_WORD_coverage_none, columns, 0};
    const kt_sheet rows = newest_summary(page);
    put(page, in, part, &rows);
}

static void put_white_spots(kt_page *page, const work *in)
{
    static const kt_page_column columns[] = {
        KT_NAMES("region_code", "region"),
        KT_NAMES("need", "indicator"),
        KT_NAMES("theme", "theme"),
        KT_NAMES("sector_code", "sector"),
        KT_CELLS("time_period"),
        KT_NUMBERS("need_value", 0),
        KT_NUMBERS("rank", 0),
        KT_SAID("robustness", "robustness"),
        KT_NAMES("nearest_project_code", "project"),
        KT_NO_MORE,
    };
    const kt_page_part part = {"white-spots",
                               KT_WORD_white_spots,
                               KT_WORD_white_spots_note,
                               KT_WORD_white_spots_none,
                               in->is_country ? columns : columns + 1,
                               SPOTS};
    const kt_sheet rows =
        in->is_country
            ? kt_book_rows(page->book, "white_spots", KT_FILLED("region_level"),
                           KT_FILLED(MAAKUNTA))
            : kt_book_rows(page->book, "white_spots", KT_FILLED("region_level", "region_code"),
                           KT_FILLED(in->area.level, in->area.code));
    put(page, in, part, &rows);
}

/* Whether a project of the cluster works in the area. */
static bool is_active(const kt_sheet *places, const char *projects)
{
    for (size_t row = 0; row < places->row_count; row++) {
        if (kt_list_has(projects, '|', kt_sheet_cell(places, row, "project_code"))) {
            return true;
        }
    }
    return false;
}

/* The results of the clusters' primary indicators: of the wholes, or of the projects here. */
static kt_sheet primary_results(const kt_page *page, const work *in, bool whole)
{
    kt_sheet all = {0};
    const kt_sheet laarit =
        kt_book_rows(page->book, "laari", KT_FILLED("basis"), KT_FILLED("configured"));
    for (size_t i = 0; i < laarit.row_count; i++) {
        if (!is_active(&in->places, kt_sheet_cell(&laarit, i, "projects"))) {
            continue;
        }
        const kt_sheet of =
            kt_book_rows(page->book, "laari_results", KT_FILLED("laari_id", "indicator_code"),
                         KT_FILLED(kt_sheet_cell(&laarit, i, "laari_id"),
                                   kt_sheet_cell(&laarit, i, "primary_indicator")));
        kt_sheet_join(&all, &of, page->arena);
    }
    kt_sheet kept = {.schema = all.schema, .rows = all.rows};
    for (size_t row = 0; row < all.row_count; row++) {
        const char *code = kt_sheet_cell(&all, row, "project_code");
        const bool is_whole = strcmp(code, "_T") == 0;
        const bool is_here =
            kt_sheet_find(&in->places, "project_code", code, 0) < in->places.row_count;
        if (whole ? is_whole : !is_whole && is_here) {
            kept.rows[kept.row_count++] = all.rows[row];
        }
    }
    return kept;
}

static void put_clusters(kt_page *page, const work *in)
{
    static const kt_page_column wholes[] = {
        KT_NAMES("laari_id", "laari"),
        KT_NAMES("indicator_code", "report"),
        KT_NUMBERS("k_projects", 0),
        KT_NUMBERS("n_reporting", 0),
        KT_NUMBERS("rate", 1),
        KT_NUMBERS("ci_low", 1),
        KT_NUMBERS("ci_high", 1),
        KT_SAID("homogeneous", "yes"),
        KT_SAID("reason_codes", "reason"),
        KT_NO_MORE,
    };
    static const kt_page_column own[] = {
        KT_NAMES("project_code", "project"),
        KT_NAMES("laari_id", "laari"),
        KT_NUMBERS("rate", 1),
        KT_NUMBERS("ci_low", 1),
        KT_NUMBERS("ci_high", 1),
        KT_SAID("outside_funnel", "yes"),
        KT_SAID("reason_codes", "reason"),
        KT_NO_MORE,
    };
    const kt_sheet pooled = primary_results(page, in, true);
    const kt_sheet here = primary_results(page, in, false);
    kt_page_section(page, "clusters", kt_page_say(page, KT_WORD_clusters));
    if (pooled.row_count == 0) {
        kt_html_element(
            &page->html, "p", NULL,
            kt_page_say(page, in->is_listed ? KT_WORD_clusters_none : KT_WORD_lists_none));
    } else {
        kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                        kt_page_say(page, KT_WORD_clusters_note));
        kt_page_table(page, kt_page_say(page, KT_WORD_clusters_whole), &pooled, wholes, 0);
        kt_page_table(page, kt_page_say(page, KT_WORD_clusters_here), &here, own, PROJECTS);
    }
    kt_html_close(&page->html);
}

typedef struct model_rows {
    const kt_page *page;
    const work *in;
    bool absent;
} model_rows;

/* Of a model that is absent only where a need of its theme is high. */
static bool is_model_row(void *context, const kt_sheet *uses, size_t row)
{
    const model_rows *of = context;
    const bool absent = strcmp(kt_sheet_cell(uses, row, "state"), "absent") == 0;
    const kt_area place = {kt_sheet_cell(uses, row, "region_level"),
                           kt_sheet_cell(uses, row, "region_code")};
    return absent == of->absent && (!absent || *kt_sheet_cell(uses, row, "needs") != '\0') &&
           kt_area_holds(of->page, of->in->area, place);
}

static void put_models(kt_page *page, const work *in)
{
    static const kt_page_column missing[] = {
        KT_NAMES("model_id", "model"),
        KT_NAMES("region_code", "region"),
        KT_NAMES("needs", "indicator"),
        KT_NO_MORE,
    };
    static const kt_page_column used[] = {
        KT_NAMES("model_id", "model"),
        KT_NAMES("region_code", "region"),
        KT_SAID("state", "use"),
        KT_CELLS("organisation"),
        KT_CELLS("since"),
        KT_NO_MORE,
    };
    const kt_sheet *all = kt_book_table(page->book, "model_use");
    model_rows of = {page, in, true};
    const kt_sheet absent = kt_sheet_those(all, is_model_row, &of, page->arena);
    of.absent = false;
    const kt_sheet uses = kt_sheet_those(all, is_model_row, &of, page->arena);
    kt_page_section(page, "models", kt_page_say(page, KT_WORD_models));
    if (absent.row_count > 0) {
        kt_page_table(page, kt_page_say(page, KT_WORD_models_absent), &absent, missing, SPOTS);
    } else {
        kt_html_element(
            &page->html, "p", NULL,
            kt_page_say(page, in->is_listed ? KT_WORD_models_absent_none : KT_WORD_lists_none));
    }
    if (uses.row_count > 0) {
        kt_page_table(page, kt_page_say(page, KT_WORD_models_used), &uses, used, SPOTS);
    } else if (in->is_listed) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_models_used_none));
    }
    kt_html_close(&page->html);
}

static void put_organisations(kt_page *page, const work *in)
{
    static const kt_page_column columns[] = {
        KT_CELLS("organisation"),
        KT_CELLS("period"),
        KT_SAID("role", "role"),
        KT_NUMBERS("projects", 0),
        KT_NUMBERS("projects_running", 0),
        KT_NUMBERS("projects_ending", 0),
        KT_NUMBERS("projects_starting", 0),
        KT_NUMBERS("granted_eu_state_eur", 0),
        KT_NUMBERS("realised_eu_state_eur", 0),
        KT_NO_MORE,
    };
    const kt_page_part part = {"organisations",
                               KT_WORD_organisations,
                               KT_WORD_organisations_note,
                               KT_WORD_organisations_none,
                               columns,
                               ORGANISATIONS};
    kt_sheet rows =
        kt_book_rows(page->book, "organisations", KT_FILLED("region_level", "region_code"),
                     KT_FILLED(in->area.level, in->area.code));
    if (rows.row_count > 0) {
        kt_sheet_rank(&rows, "granted_eu_state_eur", page->arena);
    }
    put(page, in, part, &rows);
}

/* Who begins or ends soon comes first. */
static void put_ongoing(kt_page *page, const work *in)
{
    static const char *const phases[] = {"starting", "ending", "running"};
    const kt_page_part part = {"projects",           KT_WORD_ongoing,         KT_WORDS,
                               KT_WORD_ongoing_none, kt_page_ongoing_columns, PROJECTS};
    kt_sheet all = {0};
    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        const kt_sheet some = kt_book_rows(page->book, "ongoing_projects",
                                           KT_FILLED("region_level", "region_code", "phase"),
                                           KT_FILLED(in->area.level, in->area.code, phases[i]));
        kt_sheet_join(&all, &some, page->arena);
    }
    put(page, in, part, &all);
}

/* A list of contacts is for the coordinators as long as the contract says so. */
static void put_pairs(kt_page *page, const work *in)
{
    static const kt_page_column columns[] = {
        KT_CELLS("name_a"),
        KT_CELLS("beneficiary_a"),
        KT_CELLS("name_b"),
        KT_CELLS("beneficiary_b"),
        KT_CELLS("shared_terms"),
        KT_SAID("relation", "relation"),
        KT_NO_MORE,
    };
    const kt_sheet *all = kt_book_table(page->book, "project_overlaps");
    const bool shown = all->schema != NULL && all->schema->is_public;
    const kt_page_part part = {"overlaps", KT_WORD_pairs,
                               KT_WORDS,   shown ? KT_WORD_pairs_none : KT_WORD_pairs_internal,
                               columns,    PAIRS};
    kt_sheet rows = {.schema = all->schema};
    if (shown) {
        rows = kt_book_rows(page->book, "project_overlaps", KT_FILLED("coordinator_area_a"),
                            KT_FILLED(in->area.code));
    }
    put(page, in, part, &rows);
}

void kt_region_projects(kt_page *page, const kt_place *of)
{
    work in = {.of = of,
               .area = {of->level, of->code},
               .is_country = strcmp(of->code, KT_COUNTRY) == 0,
               .is_listed = kt_book_table(page->book, "projects")->row_count > 0};
    in.places = kt_area_places(page, in.area);
    if (in.is_country) {
        put_summary(page, &in);
    } else {
        put_coverage(page, &in);
    }
    put_white_spots(page, &in);
    put_clusters(page, &in);
    put_models(page, &in);
    put_organisations(page, &in);
    put_ongoing(page, &in);
    put_pairs(page, &in);
}
