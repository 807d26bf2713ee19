/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/classification.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classification_check.h"
#include "core/number.h"
#include "core/text.h"

#define FILE_NAME "sector_correspondences.csv"
#define TOLERANCE 1e-9 /* of the sum of a sector's shares */

enum { FROM_REVISION, FROM_CODE, TO_REVISION, TO_CODE, SHARE, CERTAINTY };

static const char *const revision_names[] = {[KT_TOL2008] = "tol2008",
                                             [KT_TOL2025] = "tol2025",
                                             [KT_NACE2] = "nace2",
                                             [KT_NACE21] = "nace21"};
static const char *const certainties[] = {
    [KT_FLOW_EXACT] = "exact", [KT_FLOW_MAIN] = "main", [KT_FLOW_UNVERIFIED] = "unverified", NULL};

const char *kt_sector_revision_name(kt_sector_revision revision)
{
    return revision_names[revision];
}

kt_sector_revision kt_sector_revision_find(const char *name)
{
    kt_sector_revision revision = KT_TOL2008;
    while (revision < KT_SECTOR_REVISIONS && !kt_text_same(revision_names[revision], name)) {
        revision++;
    }
    return revision;
}

/* TOL 2008 for it and for NACE Rev. 2, TOL 2025 for the other two. */
static kt_sector_revision tol_of(kt_sector_revision revision)
{
    return revision == KT_TOL2008 || revision == KT_NACE2 ? KT_TOL2008 : KT_TOL2025;
}

bool kt_sector_revisions_same(kt_sector_revision a, kt_sector_revision b)
{
    return tol_of(a) == tol_of(b);
}

kt_sector_flows kt_sector_flows_between(const kt_classifications *all, kt_sector_revision from,
                                        kt_sector_revision to)
{
    const kt_sector_flows none = {0};
    return kt_sector_revisions_same(from, to) ? none : all->flows[tol_of(from) == KT_TOL2025];
}

/* The flows of one direction while they are read. */
typedef struct flow_draft {
    const kt_sheet *sheet;
    const kt_classification *from, *to;
    kt_sector_flow *flows;
    size_t count;
} flow_draft;

static bool good_ends(const kt_sheet *sheet, size_t row, const kt_class_item *from,
                      const kt_class_item *to)
{
    if (from == NULL || to == NULL) {
        const size_t place = from == NULL ? FROM_CODE : TO_CODE;
        kt_sheet_wrong(sheet, row, from == NULL ? "from_code" : "to_code",
                       "unknown sector \"%s\" of %s", kt_sheet_field(sheet, row, place),
                       kt_sheet_field(sheet, row, place - 1));
        return false;
    }
    if (strcmp(from->level, to->level) != 0) {
        kt_sheet_wrong(sheet, row, "to_code", "%s is of level %s, expected %s", to->code, to->level,
                       from->level);
        return false;
    }
    return true;
}

static bool read_share(const kt_sheet *sheet, size_t row, double *share)
{
    const char *text = kt_sheet_field(sheet, row, SHARE);
    if (!kt_number_read(text, strlen(text), share) || !(*share > 0.0) || *share > 1.0) {
        kt_sheet_wrong(sheet, row, "share", "\"%s\", expected a share above 0 and at most 1", text);
        return false;
    }
    return true;
}

static bool read_certainty(const kt_sheet *sheet, size_t row, double share, kt_certainty *out)
{
    const char *text = kt_sheet_field(sheet, row, CERTAINTY);
    const size_t rank = kt_level_rank(certainties, text);
    if (certainties[rank] == NULL) {
        kt_sheet_wrong(sheet, row, "certainty", "\"%s\", expected exact, main or unverified", text);
        return false;
    }
    *out = (kt_certainty)rank;
    if (*out != KT_FLOW_UNVERIFIED && share != 1.0) {
        kt_sheet_wrong(sheet, row, "certainty", "a share of %s is %s, expected unverified",
                       kt_sheet_field(sheet, row, SHARE), text);
        return false;
    }
    return true;
}

static void read_flow(flow_draft *draft, size_t row)
{
    const kt_sheet *sheet = draft->sheet;
    const kt_class_item *from = kt_class_find(draft->from, kt_sheet_field(sheet, row, FROM_CODE));
    const kt_class_item *to = kt_class_find(draft->to, kt_sheet_field(sheet, row, TO_CODE));
    kt_sector_flow flow = {0};
    if (good_ends(sheet, row, from, to) && read_share(sheet, row, &flow.share) &&
        read_certainty(sheet, row, flow.share, &flow.certainty)) {
        flow.from = (size_t)(from - draft->from->items);
        flow.to = (size_t)(to - draft->to->items);
        draft->flows[draft->count++] = flow;
    }
}

static int by_ends(const void *left, const void *right)
{
    const kt_sector_flow *a = left, *b = right;
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return a->to < b->to ? -1 : a->to > b->to ? 1 : 0;
}

static double shares_of(const flow_draft *draft, size_t from)
{
    double sum = 0.0;
    for (size_t i = 0; i < draft->count; i++) {
        sum += draft->flows[i].from == from ? draft->flows[i].share : 0.0;
    }
    return sum;
}

/* Every sector must arrive whole: what is lost on the way would be missing in all sums. */
static void check_whole(const flow_draft *draft, kt_problems *problems)
{
    for (size_t i = 0; i < draft->from->item_count; i++) {
        const kt_class_item *item = &draft->from->items[i];
        const double sum = shares_of(draft, i);
        if (strcmp(item->level, "unknown") != 0 && !(fabs(sum - 1.0) <= TOLERANCE)) {
            kt_problems_add(problems, draft->sheet->path, "",
                            "the shares of %s of %s sum to %.15g, expected 1", item->code,
                            item->revision, sum);
        }
    }
    for (size_t i = 1; i < draft->count; i++) {
        if (by_ends(&draft->flows[i - 1], &draft->flows[i]) == 0) {
            kt_problems_add(problems, draft->sheet->path, "", "%s to %s stands twice",
                            draft->from->items[draft->flows[i].from].code,
                            draft->to->items[draft->flows[i].to].code);
        }
    }
}

static flow_draft read_direction(const kt_sheet *sheet, const kt_classifications *all,
                                 kt_sector_revision from, kt_arena *arena)
{
    const kt_sector_revision to = from == KT_TOL2008 ? KT_TOL2025 : KT_TOL2008;
    flow_draft draft = {
        .sheet = sheet,
        .from = &all->sectors[from],
        .to = &all->sectors[to],
        .flows = kt_arena_array(arena, kt_sector_flow, kt_sheet_rows(sheet) + 1),
    };
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        if (strcmp(kt_sheet_field(sheet, i, FROM_REVISION), revision_names[from]) == 0) {
            read_flow(&draft, i);
        }
    }
    if (draft.count > 0) {
        qsort(draft.flows, draft.count, sizeof *draft.flows, by_ends);
    }
    return draft;
}

static void check_revisions(const kt_sheet *sheet)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        const char *from = kt_sheet_field(sheet, i, FROM_REVISION);
        const char *to = kt_sheet_field(sheet, i, TO_REVISION);
        const bool there = strcmp(from, "tol2008") == 0 && strcmp(to, "tol2025") == 0;
        const bool back = strcmp(from, "tol2025") == 0 && strcmp(to, "tol2008") == 0;
        if (!there && !back) {
            kt_sheet_wrong(sheet, i, "from_revision",
                           "from \"%s\" to \"%s\", expected tol2008 and tol2025", from, to);
        }
    }
}

void kt_class_load_flows(const char *folder, kt_arena *arena, kt_problems *problems,
                         kt_classifications *all)
{
    static const char *const columns[] = {"from_revision", "from_code", "to_revision", "to_code",
                                          "share",         "certainty", NULL};
    const kt_sheet sheet = kt_sheet_open(folder, FILE_NAME, columns, arena, problems);
    const size_t before = kt_problems_count(problems);
    check_revisions(&sheet);
    const flow_draft there = read_direction(&sheet, all, KT_TOL2008, arena);
    const flow_draft back = read_direction(&sheet, all, KT_TOL2025, arena);
    if (sheet.table != NULL && kt_problems_count(problems) == before) {
        check_whole(&there, problems);
        check_whole(&back, problems);
    }
    all->flows[0] = (kt_sector_flows){there.flows, there.count};
    all->flows[1] = (kt_sector_flows){back.flows, back.count};
}
