/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "overlap.h"

/* A document that a later one covers in some period and measure. */
typedef struct covering {
    const kt_catalogue *catalogue;
    const kt_holding *older;
    size_t edition; /* of the later one */
    size_t slot;    /* the place of both in the table of owners */
} covering;

/* True of each code that the edition has along the role. */
static bool *codes_of(const covering *of, int role, kt_arena *arena)
{
    const kt_catalogue *catalogue = of->catalogue;
    bool *has = kt_arena_array(arena, bool, kt_codes_count(catalogue->codes[role]) + 1);
    for (size_t i = 0; i < catalogue->count; i++) {
        const kt_holding *holding = &catalogue->holdings[i];
        for (size_t k = 0; holding->edition == of->edition && k < holding->count[role]; k++) {
            has[holding->code[role][k]] = true;
        }
    }
    return has;
}

static const char *name_of_edition(const covering *of)
{
    size_t i = 0;
    while (of->catalogue->holdings[i].edition != of->edition) {
        i++;
    }
    return of->catalogue->holdings[i].name;
}

static kt_status fail_covered(const covering *of, int role, size_t lacking, const char *first,
                              kt_error *err)
{
    const kt_codes *const *codes = (const kt_codes *const *)of->catalogue->codes;
    const size_t groups = kt_codes_count(codes[KT_ROLE_GROUP]);
    const size_t measures = kt_codes_count(codes[KT_ROLE_MEASURE]);
    const size_t measure = of->slot / groups % measures;
    return kt_fail(err, KT_ERR_DATA,
                   "%s: %s %s: %zu of its %zu %ss (%s) are not in %s, which has that period too; "
                   "expected a whole period in one file",
                   of->older->name,
                   kt_codes_at(codes[KT_ROLE_PERIOD], of->slot / groups / measures),
                   kt_codes_at(codes[KT_ROLE_MEASURE], measure), lacking, of->older->count[role],
                   kt_role_name((kt_role)role), first, name_of_edition(of));
}

static kt_status check_role(const covering *of, int role, kt_arena *arena, kt_error *err)
{
    const bool *has = codes_of(of, role, arena);
    const size_t count = of->older->count[role];
    size_t lacking = 0, first = 0;
    for (size_t i = count; i-- > 0;) {
        if (!has[of->older->code[role][i]]) {
            lacking++;
            first = of->older->code[role][i];
        }
    }
    return lacking == 0 || 2 * lacking < count
               ? KT_OK
               : fail_covered(of, role, lacking, kt_codes_at(of->catalogue->codes[role], first),
                              err);
}

static kt_status compare(const covering *of, kt_arena *arena, kt_error *err)
{
    for (int role = KT_ROLE_REGION; role <= KT_ROLE_SECTOR; role++) {
        KT_TRY(check_role(of, role, arena, err));
    }
    return KT_OK;
}

static kt_status check_holding(const kt_catalogue *catalogue, const kt_holding *holding,
                               kt_arena *arena, kt_error *err)
{
    const size_t own = holding->edition + 1;
    size_t looked_at = own; /* the owner that was compared last */
    for (size_t n = 0; n < kt_holding_slots(holding); n++) {
        const size_t slot = kt_holding_slot(catalogue, holding, n);
        const size_t owner = catalogue->owner[slot];
        const bool is_new = owner != own && owner != looked_at;
        looked_at = is_new ? owner : looked_at;
        KT_TRY(is_new ? compare(&(covering){catalogue, holding, owner - 1, slot}, arena, err)
                      : KT_OK);
    }
    return KT_OK;
}

kt_status kt_overlap_check(const kt_catalogue *catalogue, kt_arena *arena, kt_error *err)
{
    for (size_t i = 0; kt_source_is_document(catalogue->source) && i < catalogue->count; i++) {
        KT_TRY(check_holding(catalogue, &catalogue->holdings[i], arena, err));
    }
    return KT_OK;
}
