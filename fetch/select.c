/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "select.h"

#include "core/period.h"
#include "open.h"

#define DAY_S 86400

static bool was_asked_for(const kt_table *table, const kt_wanted_variable *variable)
{
    const kt_codes *asked = kt_table_asked(table, variable->name);
    for (size_t i = 0; i < variable->count; i++) {
        if (kt_codes_find(asked, variable->codes[i]) == KT_NO_CODE) {
            return false;
        }
    }
    return true;
}

/*
 * Days are counted, not hours: a night that begins a little earlier than the last one is a night. A
 * day that is yet to come was a clock's mistake and says nothing.
 */
static bool is_too_long_ago(const kt_table *table, kt_instant now)
{
    const kt_instant last = table->vintage->last_whole;
    if (last == KT_NO_INSTANT) {
        return true;
    }
    const kt_instant days = now / DAY_S - last / DAY_S;
    return days < 0 || days >= table->source->whole_every_days;
}

bool kt_table_is_due(const kt_table *table)
{
    if (table->vintage->reply_count == 0 || is_too_long_ago(table, kt_instant_now())) {
        return true;
    }
    if (kt_table_is_open(table)) {
        return kt_open_lacks(table);
    }
    for (size_t v = 0; v < table->wanted.variable_count; v++) {
        const kt_wanted_variable *variable = &table->wanted.variables[v];
        if (!variable->is_time && !was_asked_for(table, variable)) {
            return true;
        }
    }
    return false;
}

static kt_status read_periods(const kt_table *table, const kt_wanted_variable *variable,
                              kt_period *periods, kt_error *err)
{
    for (size_t i = 0; i < variable->count; i++) {
        if (!kt_period_read(variable->codes[i], &periods[i])) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: %s: %s is no period, expected 2026M06, 2026Q2 or 2026",
                           table->source->id, variable->name, variable->codes[i]);
        }
    }
    return KT_OK;
}

/* How many of the periods are newer than that one. */
static size_t newer_than(const kt_period *periods, size_t count, kt_period than)
{
    size_t newer = 0;
    for (size_t i = 0; i < count; i++) {
        newer += kt_period_compare(periods[i], than) > 0 ? 1 : 0;
    }
    return newer;
}

static kt_status restrict_periods(const kt_table *table, kt_wanted_variable *variable,
                                  kt_error *err)
{
    kt_arena *arena = table->errand->arena;
    const kt_codes *fetched = kt_table_asked(table, variable->name);
    kt_period *periods = kt_arena_array(arena, kt_period, variable->count);
    const char **kept = kt_arena_array(arena, const char *, variable->count);
    size_t count = 0;
    KT_TRY(read_periods(table, variable, periods, err));
    for (size_t i = 0; i < variable->count; i++) {
        const size_t newer = newer_than(periods, variable->count, periods[i]);
        if (newer < (size_t)table->source->refetch_periods ||
            kt_codes_find(fetched, variable->codes[i]) == KT_NO_CODE) {
            kept[count++] = variable->codes[i];
        }
    }
    variable->codes = kept;
    variable->count = count;
    return KT_OK;
}

kt_status kt_table_select(const kt_table *table, bool whole, kt_selection *out, kt_error *err)
{
    kt_selection selection = {.wanted = table->wanted, .whole = true};
    for (size_t v = 0; !whole && v < selection.wanted.variable_count; v++) {
        kt_wanted_variable *variable = &selection.wanted.variables[v];
        const size_t all = variable->count;
        KT_TRY(variable->is_time ? restrict_periods(table, variable, err) : KT_OK);
        selection.whole = selection.whole && variable->count == all;
    }
    *out = selection;
    return KT_OK;
}
