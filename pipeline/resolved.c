/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resolved.h"

#include "core/roles.h"
#include "core/text.h"
#include "fetch/kept_metadata.h"

static bool leaves_open(const kt_source *source)
{
    bool open = source->fixes_others;
    for (size_t i = 0; i < source->measure_count; i++) {
        open = open || source->measures[i].label_count > 0;
    }
    return open;
}

static bool is_of_the_file(const kt_source *source, const kt_fixed_variable *fixed)
{
    for (size_t i = 0; i < source->fixed_count; i++) {
        if (kt_text_matches(fixed->code, source->fixed[i].name) ||
            kt_text_matches(fixed->label, source->fixed[i].name)) {
            return true;
        }
    }
    return false;
}

static kt_resolution of_variable(const kt_source *source, const kt_fixed_variable *fixed,
                                 kt_arena *arena)
{
    return (kt_resolution){
        .subject = kt_arena_print(arena, "%s %s", source->id, fixed->code),
        .found = fixed->value == NULL
                     ? "left out of the question: its total"
                     : kt_arena_print(arena, "%s (%s)", fixed->value[0], fixed->value_label)};
}

static kt_resolution of_content(const kt_source *source, const kt_envelope *metadata,
                                const kt_resolved_variable *contents, size_t i, kt_arena *arena)
{
    const kt_codes *codes = metadata->dimensions[contents->dimension].codes;
    return (kt_resolution){
        .subject = kt_arena_print(arena, "%s %s", source->id, contents->measure[i]->measure),
        .found = kt_arena_print(arena, "%s (%s)", contents->wanted[i],
                                kt_codes_label(codes, contents->position[i]))};
}

static size_t list(const kt_source *source, const kt_envelope *metadata,
                   const kt_resolved *resolved, kt_arena *arena, kt_resolution *out)
{
    const kt_resolved_variable *contents = kt_resolved_find(resolved, KT_ROLE_MEASURE);
    size_t count = 0;
    for (size_t i = 0; source->fixes_others && i < resolved->fixed_count; i++) {
        if (!is_of_the_file(source, &resolved->fixed[i])) {
            out[count++] = of_variable(source, &resolved->fixed[i], arena);
        }
    }
    for (size_t i = 0; contents != NULL && i < contents->wanted_count; i++) {
        if (contents->measure[i]->label_count > 0) {
            out[count++] = of_content(source, metadata, contents, i, arena);
        }
    }
    return count;
}

size_t kt_resolutions(const kt_night *night, const kt_source *source, kt_instant until,
                      kt_arena *arena, kt_resolution **out)
{
    const kt_receipt_list receipts = {night->receipts.at, night->receipts.count, until};
    kt_envelope *metadata = NULL;
    kt_resolved *resolved = NULL;
    kt_error why = {0};
    if (!leaves_open(source) ||
        kt_kept_metadata(night->archive, &receipts, source, arena, &metadata, &why) != KT_OK ||
        metadata == NULL ||
        kt_roles_resolve(source, metadata, true, arena, &resolved, &why) != KT_OK) {
        return 0;
    }
    *out =
        kt_arena_array(arena, kt_resolution, metadata->dimension_count + source->measure_count + 1);
    return list(source, metadata, resolved, arena, *out);
}
