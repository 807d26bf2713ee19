/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/laari_reasons.h"

#include <string.h>

#include "analysis/laari_result.h"
#include "core/text.h"

/* How each reason begins, without the numbers in it, and its code. */
static const struct {
    const char *words, *code;
} reasons[] = {
    {"fewer than ", "few_projects"},      {"not homogeneous", "not_homogeneous"},
    {"no project", "no_project"},         {"not reported", "not_reported"},
    {KT_REASON_HIDDEN, "hidden"},         {"more than its base", "above_base"},
    {"nobody in its base", "empty_base"}, {KT_OTHER_DAYS, "other_days"},
};

static const char *code_of(const char *reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (kt_text_starts(reason, reasons[i].words)) {
            return reasons[i].code;
        }
    }
    return kt_text_ends(reason, " left out as inconsistent") ? "inconsistent" : "other";
}

const char *kt_laari_reason_codes(const char *reasons_said, kt_arena *arena)
{
    const char *codes = NULL;
    for (const char *at = reasons_said; at != NULL && *at != '\0';) {
        const size_t length = strcspn(at, ":;");
        const char *code = code_of(kt_arena_copy_n(arena, at, length));
        codes = codes == NULL ? code : kt_arena_print(arena, "%s|%s", codes, code);
        at += length;
        at += strspn(at, ":; ");
    }
    return codes;
}
