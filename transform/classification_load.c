/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/classification.h"

#include <string.h>

#include "classification_check.h"
#include "core/text.h"

static const char *const region_levels[] = {
    "country",        "kunta",           "seutukunta",  "maakunta", "ely", "suuralue",
    "tyollisyysalue", "elinvoimakeskus", "coordinator", "own",      "_X",  NULL};
static const char *const occupation_levels[] = {"_T",    "isco1", "isco2",   "isco3",
                                                "isco4", "_X",    "unknown", NULL};
static const char *const sector_levels[] = {"_T", "tol1", "tol2", "_X", "unknown", NULL};

const char *const *kt_region_levels(void)
{
    return region_levels;
}

const char *const *kt_occupation_levels(void)
{
    return occupation_levels;
}

const char *const *kt_sector_levels(void)
{
    return sector_levels;
}

/* Columns that every item file has, and their places in a sheet. */
enum { CODE, LEVEL, NAME_FI, NAME_SV, NAME_EN, EXTRA_1, EXTRA_2, EXTRA_3 };
enum { MEMBER, PARENT, PARENT_LEVEL, FROM, TO, VERIFIED = PARENT_LEVEL };
enum { ABOLISHED, SUCCESSOR, DAY, KIND };

/* One classification while it is read. */
typedef struct class_draft {
    kt_classification *made;
    const char *const *levels;
    kt_class_item *items;
    kt_codes *seen;
    kt_claim *claims;
    size_t claim_count;
    const char *revision; /* rows of another are passed over; NULL: the file has none */
    kt_arena *arena;
} class_draft;

static const char *first_name(const char *a, const char *b, const char *c)
{
    return a[0] != '\0' ? a : b[0] != '\0' ? b : c;
}

static char *level_list(const char *const *levels, kt_arena *arena)
{
    char *list = kt_arena_copy(arena, levels[0]);
    for (size_t i = 1; levels[i] != NULL; i++) {
        list = kt_arena_print(arena, "%s, %s", list, levels[i]);
    }
    return list;
}

static void add_item(class_draft *draft, const kt_sheet *sheet, size_t row, kt_class_item extra)
{
    const char *code = kt_sheet_field(sheet, row, CODE);
    const char *level = kt_sheet_field(sheet, row, LEVEL);
    const char *fi = kt_sheet_field(sheet, row, NAME_FI), *sv = kt_sheet_field(sheet, row, NAME_SV);
    const char *en = kt_sheet_field(sheet, row, NAME_EN);
    if (draft->levels[kt_level_rank(draft->levels, level)] == NULL) {
        kt_sheet_wrong(sheet, row, "level", "\"%s\" is no level, expected one of %s", level,
                       level_list(draft->levels, draft->arena));
    } else if (first_name(fi, sv, en)[0] == '\0') {
        kt_sheet_wrong(sheet, row, "name_fi", "%s has no name in any language", code);
    } else if (code[0] == '\0' || kt_codes_add(draft->seen, code, NULL) == KT_NO_CODE) {
        kt_sheet_wrong(sheet, row, "code", "\"%s\", expected a code that no other row has", code);
    } else if (kt_sheet_days(sheet, row, extra.valid_from, extra.valid_to)) {
        draft->items[draft->made->item_count++] = (kt_class_item){
            .code = code,
            .level = level,
            .name_fi = first_name(fi, sv, en),
            .name_sv = first_name(sv, fi, en),
            .name_en = first_name(en, fi, sv),
            .valid_from = extra.valid_from,
            .valid_to = extra.valid_to,
            .revision = extra.revision,
            .in_use = extra.in_use,
        };
    }
}

/* Both ends of a membership must be known and the parent must be of its level. */
static void add_claim(class_draft *draft, const kt_sheet *sheet, size_t row,
                      kt_membership membership)
{
    const kt_class_item *parent = kt_class_find(draft->made, membership.parent);
    if (kt_class_find(draft->made, membership.member) == NULL) {
        kt_sheet_wrong(sheet, row, "member", "unknown code \"%s\"", membership.member);
    } else if (parent == NULL) {
        kt_sheet_wrong(sheet, row, "parent", "unknown parent \"%s\" of %s", membership.parent,
                       membership.member);
    } else if (strcmp(parent->level, membership.parent_level) != 0) {
        kt_sheet_wrong(sheet, row, "parent_level", "%s is of level %s, expected %s",
                       membership.parent, parent->level, membership.parent_level);
    } else if (kt_sheet_days(sheet, row, membership.valid_from, membership.valid_to)) {
        draft->claims[draft->claim_count++] = (kt_claim){membership, sheet, row};
    }
}

static class_draft draft_new(kt_classification *made, const char *const *levels, size_t items,
                             size_t claims, kt_arena *arena)
{
    return (class_draft){
        .made = made,
        .levels = levels,
        .items = kt_arena_array(arena, kt_class_item, items + 1),
        .seen = kt_codes_new(arena),
        .claims = kt_arena_array(arena, kt_claim, claims + 1),
        .arena = arena,
    };
}

static void load_region_items(const kt_sheet *sheet, class_draft *draft)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        add_item(draft, sheet, i,
                 (kt_class_item){.valid_from = kt_sheet_field(sheet, i, EXTRA_1),
                                 .valid_to = kt_sheet_field(sheet, i, EXTRA_2),
                                 .revision = "",
                                 .in_use = true});
    }
    kt_class_arrange(draft->made, draft->items, region_levels, draft->arena);
}

static void claim_members(const kt_sheet *sheet, class_draft *draft)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        add_claim(draft, sheet, i,
                  (kt_membership){.member = kt_sheet_field(sheet, i, MEMBER),
                                  .parent = kt_sheet_field(sheet, i, PARENT),
                                  .parent_level = kt_sheet_field(sheet, i, PARENT_LEVEL),
                                  .valid_from = kt_sheet_field(sheet, i, FROM),
                                  .valid_to = kt_sheet_field(sheet, i, TO)});
    }
}

/* `verified` is for people; that it is there and says yes or no is what can be checked. */
static void check_verified(const kt_sheet *sheet, size_t row, size_t place)
{
    const char *verified = kt_sheet_field(sheet, row, place);
    if (strcmp(verified, "yes") != 0 && strcmp(verified, "no") != 0) {
        kt_sheet_wrong(sheet, row, "verified", "\"%s\", expected yes or no", verified);
    }
}

static void claim_coordinators(const kt_sheet *sheet, class_draft *draft)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        check_verified(sheet, i, VERIFIED);
        add_claim(draft, sheet, i,
                  (kt_membership){.member = kt_sheet_field(sheet, i, MEMBER),
                                  .parent = kt_sheet_field(sheet, i, PARENT),
                                  .parent_level = "coordinator",
                                  .valid_from = "",
                                  .valid_to = ""});
    }
}

static void load_regions(const char *folder, kt_arena *arena, kt_problems *problems,
                         kt_classification *out)
{
    static const char *const item_columns[] = {"code",    "level",      "name_fi",  "name_sv",
                                               "name_en", "valid_from", "valid_to", NULL};
    static const char *const member_columns[] = {"member",     "parent",   "parent_level",
                                                 "valid_from", "valid_to", NULL};
    static const char *const coordinator_columns[] = {"member", "parent", "verified", NULL};
    const kt_sheet items = kt_sheet_open(folder, "regions.csv", item_columns, arena, problems);
    const kt_sheet members =
        kt_sheet_open(folder, "memberships.csv", member_columns, arena, problems);
    const kt_sheet coordinators =
        kt_sheet_open(folder, "coordinators.csv", coordinator_columns, arena, problems);
    if (items.table == NULL) {
        return; /* whatever speaks of regions would be told for nothing */
    }
    const size_t claims = kt_sheet_rows(&members) + kt_sheet_rows(&coordinators);
    class_draft draft = draft_new(out, region_levels, kt_sheet_rows(&items), claims, arena);
    load_region_items(&items, &draft);
    claim_members(&members, &draft);
    claim_coordinators(&coordinators, &draft);
    kt_class_join(out, draft.claims, draft.claim_count, arena);
}

static bool good_change(const kt_classification *regions, const kt_sheet *sheet, size_t row)
{
    const char *code = kt_sheet_field(sheet, row, ABOLISHED);
    const char *successor = kt_sheet_field(sheet, row, SUCCESSOR);
    const char *day = kt_sheet_field(sheet, row, DAY), *kind = kt_sheet_field(sheet, row, KIND);
    if (kt_class_find(regions, code) == NULL) {
        kt_sheet_wrong(sheet, row, "abolished", "unknown code \"%s\"", code);
    } else if (kt_class_find(regions, successor) == NULL || strcmp(code, successor) == 0) {
        kt_sheet_wrong(sheet, row, "successor", "\"%s\", expected another known region", successor);
    } else if (strcmp(kind, "whole") != 0 && strcmp(kind, "main") != 0 &&
               strcmp(kind, "part") != 0) {
        kt_sheet_wrong(sheet, row, "kind", "\"%s\", expected whole, main or part", kind);
    } else if (day[0] == '\0') {
        kt_sheet_wrong(sheet, row, "date", "no day, expected YYYY-MM-DD");
    } else {
        return kt_sheet_days(sheet, row, day, "");
    }
    return false;
}

static const char *other_successors(const kt_sheet *sheet, const char *code, kt_arena *arena)
{
    const char *others = "";
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        if (strcmp(kt_sheet_field(sheet, i, KIND), "part") == 0 &&
            strcmp(kt_sheet_field(sheet, i, ABOLISHED), code) == 0) {
            others = kt_arena_print(arena, "%s%s%s", others, others[0] == '\0' ? "" : ", ",
                                    kt_sheet_field(sheet, i, SUCCESSOR));
        }
    }
    return others;
}

static void load_changes(const char *folder, kt_arena *arena, kt_problems *problems,
                         kt_classification *out)
{
    static const char *const columns[] = {"abolished", "successor", "date", "kind", NULL};
    const kt_sheet sheet =
        kt_sheet_open(folder, "municipality_changes.csv", columns, arena, problems);
    const size_t rows = out->index == NULL ? 0 : kt_sheet_rows(&sheet);
    kt_succession *changes = kt_arena_array(arena, kt_succession, rows + 1);
    kt_codes *seen = kt_codes_new(arena);
    for (size_t i = 0; i < rows; i++) {
        if (!good_change(out, &sheet, i) || strcmp(kt_sheet_field(&sheet, i, KIND), "part") == 0) {
            continue;
        }
        const char *code = kt_sheet_field(&sheet, i, ABOLISHED);
        if (kt_codes_add(seen, code, NULL) == KT_NO_CODE) {
            kt_sheet_wrong(&sheet, i, "abolished", "%s has two successors, expected kind part",
                           code);
            continue;
        }
        changes[out->succession_count++] =
            (kt_succession){code, kt_sheet_field(&sheet, i, SUCCESSOR),
                            kt_sheet_field(&sheet, i, DAY), other_successors(&sheet, code, arena)};
    }
    out->successions = changes;
    for (size_t i = 0; i < out->succession_count; i++) {
        const char *today = kt_class_today(out, changes[i].abolished);
        if (kt_codes_find(seen, today) != KT_NO_CODE) {
            kt_problems_add(problems, sheet.path, "", "the successors of %s lead round in a circle",
                            changes[i].abolished);
        }
    }
}

static bool is_drafted(const class_draft *draft, const kt_sheet *sheet, size_t row)
{
    return draft->revision == NULL ||
           strcmp(kt_sheet_field(sheet, row, EXTRA_2), draft->revision) == 0;
}

/* Occupations and sectors carry their one parent in the row; parent is that column's place. */
static void claim_parents(const kt_sheet *sheet, size_t parent, class_draft *draft)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        const char *code = kt_sheet_field(sheet, i, parent);
        if (code[0] == '\0' || !is_drafted(draft, sheet, i)) {
            continue;
        }
        const kt_class_item *item = kt_class_find(draft->made, code);
        add_claim(draft, sheet, i,
                  (kt_membership){.member = kt_sheet_field(sheet, i, CODE),
                                  .parent = code,
                                  .parent_level = item == NULL ? "" : item->level,
                                  .valid_from = "",
                                  .valid_to = ""});
    }
    kt_class_join(draft->made, draft->claims, draft->claim_count, draft->arena);
}

static void load_occupations(const char *folder, kt_arena *arena, kt_problems *problems,
                             kt_classification *out)
{
    static const char *const columns[] = {"code",    "level",  "name_fi", "name_sv",
                                          "name_en", "parent", "in_use",  NULL};
    const kt_sheet sheet = kt_sheet_open(folder, "occupations.csv", columns, arena, problems);
    const size_t rows = kt_sheet_rows(&sheet);
    class_draft draft = draft_new(out, occupation_levels, rows, rows, arena);
    for (size_t i = 0; i < rows; i++) {
        const char *in_use = kt_sheet_field(&sheet, i, EXTRA_2);
        if (strcmp(in_use, "yes") != 0 && strcmp(in_use, "no") != 0) {
            kt_sheet_wrong(&sheet, i, "in_use", "\"%s\", expected yes or no", in_use);
        }
        add_item(&draft, &sheet, i,
                 (kt_class_item){.valid_from = "",
                                 .valid_to = "",
                                 .revision = "",
                                 .in_use = strcmp(in_use, "yes") == 0});
    }
    kt_class_arrange(out, draft.items, occupation_levels, arena);
    claim_parents(&sheet, EXTRA_1, &draft);
}

/* TOL 2008 or TOL 2025, of which a code of the other may stand in the same file. */
static void load_revision(const kt_sheet *sheet, kt_sector_revision revision, kt_arena *arena,
                          kt_classification *out)
{
    const char *name = kt_sector_revision_name(revision);
    const size_t rows = kt_sheet_rows(sheet);
    class_draft draft = draft_new(out, sector_levels, rows, rows, arena);
    draft.revision = name;
    for (size_t i = 0; i < rows; i++) {
        if (is_drafted(&draft, sheet, i)) {
            add_item(&draft, sheet, i,
                     (kt_class_item){
                         .valid_from = "", .valid_to = "", .revision = name, .in_use = true});
        }
    }
    kt_class_arrange(out, draft.items, sector_levels, arena);
    claim_parents(sheet, EXTRA_1, &draft);
}

static void check_sectors(const kt_sheet *sheet)
{
    for (size_t i = 0; i < kt_sheet_rows(sheet); i++) {
        const char *revision = kt_sheet_field(sheet, i, EXTRA_2);
        if (strcmp(revision, kt_sector_revision_name(KT_TOL2008)) != 0 &&
            strcmp(revision, kt_sector_revision_name(KT_TOL2025)) != 0) {
            kt_sheet_wrong(sheet, i, "revision", "\"%s\", expected tol2008 or tol2025", revision);
        }
        check_verified(sheet, i, EXTRA_3);
    }
}

/* NACE has the codes of TOL, and its names. */
static kt_classification same_codes(const kt_classification *tol, kt_sector_revision revision,
                                    kt_arena *arena)
{
    kt_classification nace = *tol;
    kt_class_item *items = kt_arena_array(arena, kt_class_item, tol->item_count + 1);
    for (size_t i = 0; i < tol->item_count; i++) {
        items[i] = tol->items[i];
        items[i].revision = kt_sector_revision_name(revision);
    }
    nace.items = items;
    return nace;
}

static void load_sectors(const char *folder, kt_arena *arena, kt_problems *problems,
                         kt_classifications *all)
{
    static const char *const columns[] = {"code",   "level",    "name_fi",  "name_sv", "name_en",
                                          "parent", "revision", "verified", NULL};
    const kt_sheet sheet = kt_sheet_open(folder, "sectors.csv", columns, arena, problems);
    check_sectors(&sheet);
    load_revision(&sheet, KT_TOL2008, arena, &all->sectors[KT_TOL2008]);
    load_revision(&sheet, KT_TOL2025, arena, &all->sectors[KT_TOL2025]);
    all->sectors[KT_NACE2] = same_codes(&all->sectors[KT_TOL2008], KT_NACE2, arena);
    all->sectors[KT_NACE21] = same_codes(&all->sectors[KT_TOL2025], KT_NACE21, arena);
    kt_class_load_flows(folder, arena, problems, all);
}

kt_classifications *kt_classifications_load(const char *folder, kt_arena *arena,
                                            kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_classifications *all = kt_arena_new(arena, kt_classifications);
    all->folder = kt_arena_copy(arena, folder);
    load_regions(folder, arena, problems, &all->regions);
    load_changes(folder, arena, problems, &all->regions);
    load_occupations(folder, arena, problems, &all->occupations);
    load_sectors(folder, arena, problems, all);
    return kt_problems_count(problems) == before ? all : NULL;
}
