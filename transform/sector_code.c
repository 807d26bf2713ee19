/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_code.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

#define PREFIX          "TOL-"
#define DIVISION_LENGTH 2

static const kt_classification *sectors_of(const kt_planner *planner, kt_sector_revision revision)
{
    return &planner->classifications->sectors[revision];
}

/* "C", "62" or "TOL-62" to TOL-62; of J62 the division. */
static const char *own_code(const char *code, kt_arena *arena)
{
    const char *bare = kt_text_starts(code, PREFIX) ? code + strlen(PREFIX) : code;
    const bool eurostat = isupper((unsigned char)bare[0]) && strlen(bare) == 1 + DIVISION_LENGTH &&
                          isdigit((unsigned char)bare[1]) && isdigit((unsigned char)bare[2]);
    return kt_arena_print(arena, PREFIX "%s", eurostat ? bare + 1 : bare);
}

/* Letters and numbers of sectors joined by - or _: B-S, C10-C12, K_L, B-S_X_O. */
static bool is_aggregate(const char *code)
{
    size_t parts = 0;
    bool joined = false;
    if (strcmp(code, "TOTAL") == 0) {
        return true;
    }
    while (*code != '\0') {
        const size_t letters = isupper((unsigned char)*code) ? 1 : 0;
        const size_t digits = strspn(code + letters, "0123456789");
        if (letters + digits == 0) {
            return false;
        }
        code += letters + digits;
        parts++;
        joined = joined || *code == '-' || *code == '_';
        code += *code == '-' || *code == '_' ? 1 : 0;
    }
    return joined && parts > 1;
}

static kt_status unknown_code(const kt_planner *planner, const char *code,
                              kt_sector_revision revision, kt_error *err)
{
    const char *id = planner->source->id, *ours = own_code(code, planner->arena);
    for (kt_sector_revision other = KT_TOL2008; other <= KT_TOL2025; other++) {
        if (kt_class_find(sectors_of(planner, other), ours) != NULL) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: sector %s is of %s, expected a code of %s in sectors.csv", id, code,
                           kt_sector_revision_name(other), kt_sector_revision_name(revision));
        }
    }
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: unknown sector %s, expected a code of %s in sectors.csv", id, code,
                   kt_sector_revision_name(revision));
}

/* J62 stands in section J, as the revision has it. */
static kt_status check_section(const kt_planner *planner, const char *code,
                               const kt_class_item *item, kt_sector_revision revision,
                               kt_error *err)
{
    const char *section = kt_class_parent(sectors_of(planner, revision), item->code, "tol1");
    const int letter = section == NULL ? 0 : section[strlen(PREFIX)];
    if (strlen(code) != 1 + DIVISION_LENGTH || letter == 0 || code[0] == letter) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: sector %s, expected %c%s as in %s", planner->source->id,
                   code, letter, code + 1, kt_sector_revision_name(revision));
}

kt_status kt_sector_code_read(const kt_planner *planner, size_t row, const kt_class_item **out,
                              kt_error *err)
{
    const char *code = kt_codes_at(planner->cube->codes[KT_ROLE_SECTOR], row);
    const kt_sector_revision revision = kt_sector_revision_find(planner->source->sector_revision);
    *out = NULL;
    if (revision == KT_SECTOR_REVISIONS) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: sector %s of no revision", planner->source->id,
                       code);
    }
    const kt_class_item *item =
        kt_class_find(sectors_of(planner, revision), own_code(code, planner->arena));
    if (item == NULL) {
        return is_aggregate(code) ? KT_OK : unknown_code(planner, code, revision, err);
    }
    KT_TRY(check_section(planner, code, item, revision, err));
    *out = item;
    return KT_OK;
}
