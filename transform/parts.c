/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "units.h"

/* "12r5" of "tyonv/12r5.px" */
static bool is_address(const char *path, const char *table)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const size_t length = strlen(table);
    return strncmp(name, table, length) == 0 &&
           (name[length] == '\0' || strcmp(name + length, ".px") == 0);
}

/* The name of a table may be longer than its id and end in it: statfin_matk_pxt_117s. */
static bool is_long_name(const char *id, const char *table)
{
    const size_t length = strlen(id);
    const size_t whole = strlen(table);
    return whole > length && table[whole - length - 1] == '_' && kt_text_ends(table, id);
}

static kt_status check_table(const kt_source *source, const kt_envelope *envelope, const char *name,
                             kt_error *err)
{
    bool known = envelope->table == NULL || kt_source_is_document(source) ||
                 strcmp(envelope->table, source->id) == 0 ||
                 is_long_name(source->id, envelope->table);
    for (size_t i = 0; i < source->address_count && !known; i++) {
        known = is_address(source->addresses[i].path, envelope->table);
    }
    return known ? KT_OK
                 : kt_fail(err, KT_ERR_FORMAT, "%s: table %s, expected %s", name, envelope->table,
                           source->id);
}

/* A role that no variable of the reply plays: all its cells are of the total. */
static kt_axis absent_axis(const kt_source *source, kt_role role, kt_arena *arena)
{
    kt_axis axis = {.count = 1, .dimension = KT_NO_CODE};
    axis.code = kt_arena_array(arena, const char *, 1);
    axis.position = kt_arena_array(arena, size_t, 1);
    axis.code[0] = kt_source_absent_code(source, role);
    axis.label = axis.code;
    return axis;
}

/* A content is called as we call it: its own code stands in the label. */
static const char *label_of(const kt_resolved_variable *variable, const kt_codes *codes, size_t i,
                            kt_arena *arena)
{
    const char *code = variable->wanted[i];
    const char *label = kt_codes_label(codes, variable->position[i]);
    if (variable->measure == NULL) {
        return label;
    }
    return strcmp(code, label) == 0 ? code : kt_arena_print(arena, "%s: %s", code, label);
}

static kt_axis present_axis(const kt_resolved_variable *variable, const kt_envelope *envelope,
                            kt_arena *arena)
{
    const kt_codes *codes = envelope->dimensions[variable->dimension].codes;
    kt_axis axis = {.count = variable->wanted_count, .dimension = variable->dimension};
    axis.position = variable->position;
    axis.measure = variable->measure;
    axis.code = kt_arena_array(arena, const char *, axis.count + 1);
    axis.label = kt_arena_array(arena, const char *, axis.count + 1);
    for (size_t i = 0; i < axis.count; i++) {
        axis.code[i] = variable->measure != NULL ? variable->measure[i]->measure
                                                 : kt_our_code(variable->spec, variable->wanted[i]);
        axis.label[i] = label_of(variable, codes, i, arena);
    }
    return axis;
}

/* A table of one content needs no variable for it. */
static kt_status single_measure(const kt_source *source, const char *name, kt_arena *arena,
                                kt_axis *axis, kt_error *err)
{
    if (source->measure_count != 1) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no variable of contents, expected one with %zu",
                       name, source->measure_count);
    }
    axis->measure = kt_arena_array(arena, const kt_measure_spec *, 1);
    axis->measure[0] = &source->measures[0];
    axis->code[0] = source->measures[0].measure;
    return KT_OK;
}

/* Periods are written one way, whatever the source writes: 2026-06 is 2026M06. */
static kt_status write_periods(const kt_source *source, const char *name, kt_arena *arena,
                               kt_axis *axis, kt_error *err)
{
    for (size_t i = 0; i < axis->count; i++) {
        kt_period period;
        char written[KT_PERIOD_SIZE];
        if (!kt_period_read(axis->code[i], &period) || period.frequency != source->frequency) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: \"%s\" is no period of %s, expected 2026M06, "
                           "2026Q2 or 2026",
                           name, axis->code[i], source->id);
        }
        axis->code[i] = kt_arena_copy(arena, kt_period_write(period, written));
    }
    return KT_OK;
}

static void name_total_group(const kt_source *source, kt_axis *axis)
{
    const kt_variable_spec *spec = kt_source_variable(source, KT_ROLE_GROUP);
    for (size_t i = 0; i < axis->count; i++) {
        if (spec != NULL && kt_text_same(axis->code[i], spec->total)) {
            axis->code[i] = KT_TOTAL;
        }
    }
}

/* The unit of the content that the file fixes the table at, NULL if it fixes none. */
static const char *fixed_unit(const kt_resolved *resolved, const kt_envelope *envelope)
{
    for (size_t i = 0; i < resolved->fixed_count; i++) {
        const kt_fixed_variable *fixed = &resolved->fixed[i];
        const kt_dimension *dimension = &envelope->dimensions[fixed->dimension];
        if (dimension->is_metric && dimension->units != NULL && fixed->value != NULL) {
            return dimension->units[kt_codes_find(dimension->codes, fixed->value[0])];
        }
    }
    return NULL;
}

/* What the reply says of the unit of a content: its own, else that of all figures. */
static const char *unit_of(const kt_resolved *resolved, const kt_envelope *envelope,
                           const kt_axis *contents, size_t i)
{
    const char *unit = NULL;
    if (contents->dimension == KT_NO_CODE) {
        unit = fixed_unit(resolved, envelope);
    } else if (envelope->dimensions[contents->dimension].units != NULL) {
        unit = envelope->dimensions[contents->dimension].units[contents->position[i]];
    }
    return unit == NULL ? envelope->unit : unit;
}

/* Shares where persons are wanted would be added up without anybody seeing it. */
static kt_status check_units(const kt_resolved *resolved, const kt_envelope *envelope,
                             const char *name, const kt_axis *contents, kt_error *err)
{
    for (size_t i = 0; i < contents->count; i++) {
        const char *unit = unit_of(resolved, envelope, contents, i);
        const char *expected = NULL;
        if (!kt_unit_fits(contents->measure[i], unit, &expected)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: %s (%s): the unit is \"%s\", expected %s", name,
                           contents->measure[i]->measure, contents->label[i], unit, expected);
        }
    }
    return KT_OK;
}

size_t kt_part_stride(const kt_envelope *envelope, size_t dimension)
{
    size_t stride = 1;
    for (size_t d = dimension + 1; d < envelope->dimension_count; d++) {
        stride *= kt_codes_count(envelope->dimensions[d].codes);
    }
    return stride;
}

/* A whole document has all codes of a variable that is fixed at one. */
static size_t fixed_base(const kt_resolved *resolved, const kt_envelope *envelope)
{
    size_t base = 0;
    for (size_t i = 0; i < resolved->fixed_count; i++) {
        const kt_fixed_variable *fixed = &resolved->fixed[i];
        const kt_codes *codes = envelope->dimensions[fixed->dimension].codes;
        if (fixed->value != NULL) {
            base +=
                kt_codes_find(codes, fixed->value[0]) * kt_part_stride(envelope, fixed->dimension);
        }
    }
    return base;
}

kt_status kt_part_describe(const kt_source *source, const kt_envelope *envelope, const char *name,
                           kt_arena *arena, kt_part *out, kt_error *err)
{
    kt_resolved *resolved = NULL;
    KT_TRY(check_table(source, envelope, name, err));
    KT_TRY(kt_roles_resolve(source, envelope, false, arena, &resolved, err));
    for (int role = 0; role < KT_ROLES; role++) {
        const kt_resolved_variable *variable = kt_resolved_find(resolved, (kt_role)role);
        out->axis[role] = variable == NULL ? absent_axis(source, (kt_role)role, arena)
                                           : present_axis(variable, envelope, arena);
    }
    out->base = fixed_base(resolved, envelope);
    out->name = name;
    kt_axis *contents = &out->axis[KT_ROLE_MEASURE];
    if (contents->measure == NULL) {
        KT_TRY(single_measure(source, name, arena, contents, err));
    }
    KT_TRY(check_units(resolved, envelope, name, contents, err));
    KT_TRY(write_periods(source, name, arena, &out->axis[KT_ROLE_PERIOD], err));
    name_total_group(source, &out->axis[KT_ROLE_GROUP]);
    return KT_OK;
}

kt_catalogue *kt_catalogue_new(const kt_source *source, size_t replies, kt_arena *arena)
{
    kt_catalogue *catalogue = kt_arena_new(arena, kt_catalogue);
    catalogue->source = source;
    catalogue->holdings = kt_arena_array(arena, kt_holding, replies + 1);
    for (int role = 0; role < KT_ROLES; role++) {
        catalogue->codes[role] = kt_codes_new(arena);
    }
    return catalogue;
}

/* The position of a code; a label comes with the first one. */
static size_t note_code(kt_codes *codes, const char *code, const char *label)
{
    const size_t added = kt_codes_add(codes, code, label);
    return added == KT_NO_CODE ? kt_codes_find(codes, code) : added;
}

void kt_catalogue_note(kt_catalogue *catalogue, const kt_part *part, size_t edition,
                       kt_arena *arena)
{
    kt_holding *holding = &catalogue->holdings[catalogue->count++];
    holding->edition = edition;
    holding->name = kt_arena_copy(arena, part->name);
    for (int role = 0; role < KT_ROLES; role++) {
        const kt_axis *axis = &part->axis[role];
        holding->count[role] = axis->count;
        holding->code[role] = kt_arena_array(arena, size_t, axis->count);
        for (size_t i = 0; i < axis->count; i++) {
            holding->code[role][i] =
                note_code(catalogue->codes[role], axis->code[i], axis->label[i]);
        }
    }
}

typedef struct dated {
    kt_period period;
    size_t position;
} dated;

static int compare_dated(const void *left, const void *right)
{
    const dated *a = left, *b = right;
    return kt_period_compare(a->period, b->period);
}

static kt_codes *sort_periods(const kt_codes *codes, kt_arena *arena)
{
    const size_t count = kt_codes_count(codes);
    dated *all = kt_arena_array(arena, dated, count + 1);
    for (size_t i = 0; i < count; i++) {
        all[i].position = i;
        (void)kt_period_read(kt_codes_at(codes, i), &all[i].period);
    }
    qsort(all, count, sizeof *all, compare_dated);
    kt_codes *sorted = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(sorted, kt_codes_at(codes, all[i].position), NULL);
    }
    return sorted;
}

/* The measures that came, in the source's order: one that it may lack takes no cell. */
static kt_codes *sort_measures(const kt_catalogue *catalogue, kt_arena *arena)
{
    const kt_codes *noted = catalogue->codes[KT_ROLE_MEASURE];
    kt_codes *sorted = kt_codes_new(arena);
    for (size_t i = 0; i < catalogue->source->measure_count; i++) {
        const char *measure = catalogue->source->measures[i].measure;
        const size_t at = kt_codes_find(noted, measure);
        if (at != KT_NO_CODE) {
            (void)kt_codes_add(sorted, measure, kt_codes_label(noted, at));
        }
    }
    return sorted;
}

/* The reply that the edition of reply end - 1 begins with. */
static size_t edition_begin(const kt_catalogue *catalogue, size_t end)
{
    size_t first = end - 1;
    while (first > 0 &&
           catalogue->holdings[first - 1].edition == catalogue->holdings[end - 1].edition) {
        first--;
    }
    return first;
}

static void list_codes(const kt_catalogue *catalogue, size_t reply, int role, kt_codes *sorted)
{
    const kt_holding *holding = &catalogue->holdings[reply];
    for (size_t i = 0; i < holding->count[role]; i++) {
        const size_t at = holding->code[role][i];
        (void)kt_codes_add(sorted, kt_codes_at(catalogue->codes[role], at),
                           kt_codes_label(catalogue->codes[role], at));
    }
}

/* The newest edition's codes in the order of its parts, then what only older ones have. */
static kt_codes *newest_first(const kt_catalogue *catalogue, int role, kt_arena *arena)
{
    kt_codes *sorted = kt_codes_new(arena);
    size_t first;
    for (size_t end = catalogue->count; end > 0; end = first) {
        first = edition_begin(catalogue, end);
        for (size_t i = first; i < end; i++) {
            list_codes(catalogue, i, role, sorted);
        }
    }
    return sorted;
}

static void renumber(kt_catalogue *catalogue, int role, kt_codes *sorted, kt_arena *arena)
{
    const kt_codes *old = catalogue->codes[role];
    size_t *now = kt_arena_array(arena, size_t, kt_codes_count(old) + 1);
    for (size_t i = 0; i < kt_codes_count(old); i++) {
        now[i] = kt_codes_find(sorted, kt_codes_at(old, i));
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        kt_holding *holding = &catalogue->holdings[i];
        for (size_t j = 0; j < holding->count[role]; j++) {
            holding->code[role][j] = now[holding->code[role][j]];
        }
    }
    catalogue->codes[role] = sorted;
}

size_t kt_holding_slots(const kt_holding *holding)
{
    return holding->count[KT_ROLE_PERIOD] * holding->count[KT_ROLE_MEASURE] *
           holding->count[KT_ROLE_GROUP];
}

size_t kt_holding_slot(const kt_catalogue *catalogue, const kt_holding *holding, size_t n)
{
    const size_t group = n % holding->count[KT_ROLE_GROUP];
    const size_t row = n / holding->count[KT_ROLE_GROUP];
    const size_t content = row % holding->count[KT_ROLE_MEASURE];
    const size_t period = row / holding->count[KT_ROLE_MEASURE];
    const size_t measures = kt_codes_count(catalogue->codes[KT_ROLE_MEASURE]);
    const size_t groups = kt_codes_count(catalogue->codes[KT_ROLE_GROUP]);
    return (holding->code[KT_ROLE_PERIOD][period] * measures +
            holding->code[KT_ROLE_MEASURE][content]) *
               groups +
           holding->code[KT_ROLE_GROUP][group];
}

void kt_catalogue_close(kt_catalogue *catalogue, kt_arena *arena)
{
    renumber(catalogue, KT_ROLE_PERIOD, sort_periods(catalogue->codes[KT_ROLE_PERIOD], arena),
             arena);
    renumber(catalogue, KT_ROLE_MEASURE, sort_measures(catalogue, arena), arena);
    for (int role = KT_ROLE_REGION; role <= KT_ROLE_SECTOR; role++) {
        renumber(catalogue, role, newest_first(catalogue, role, arena), arena);
    }
    const size_t slots = kt_codes_count(catalogue->codes[KT_ROLE_PERIOD]) *
                         kt_codes_count(catalogue->codes[KT_ROLE_MEASURE]) *
                         kt_codes_count(catalogue->codes[KT_ROLE_GROUP]);
    catalogue->owner = kt_arena_array(arena, size_t, slots + 1);
    for (size_t i = 0; i < catalogue->count; i++) {
        const kt_holding *holding = &catalogue->holdings[i];
        for (size_t n = 0; n < kt_holding_slots(holding); n++) {
            catalogue->owner[kt_holding_slot(catalogue, holding, n)] = holding->edition + 1;
        }
    }
}

bool kt_catalogue_needs(const kt_catalogue *catalogue, size_t i)
{
    const kt_holding *holding = &catalogue->holdings[i];
    for (size_t n = 0; n < kt_holding_slots(holding); n++) {
        if (catalogue->owner[kt_holding_slot(catalogue, holding, n)] == holding->edition + 1) {
            return true;
        }
    }
    return false;
}
