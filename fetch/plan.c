/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"

static size_t divide_up(size_t a, size_t b)
{
    return (a + b - 1) / b;
}

size_t kt_wanted_cells(const kt_wanted *wanted)
{
    size_t cells = 1;
    for (size_t i = 0; i < wanted->variable_count; i++) {
        const size_t count = wanted->variables[i].count;
        if (count > 0 && cells > KT_CUBE_LIMIT / count) {
            return KT_CUBE_LIMIT + 1;
        }
        cells *= count;
    }
    return cells;
}

size_t kt_part_cells(const kt_part *part, size_t variable_count)
{
    size_t cells = 1;
    for (size_t i = 0; i < variable_count; i++) {
        cells *= part->count[i];
    }
    return cells;
}

/*
 * The search for
 *
 *     min prod p_i   subject to   prod ceil(n_i / p_i) <= limit,    1 <= p_i <= n_i,
 *
 * by branch and bound, one variable after the other. Only those p matter at which the longest run
 * ceil(n / p) becomes shorter: about 2 sqrt(n) of them. With p_1 .. p_d chosen, the others must
 * still bring prod ceil(n_i / p_i) * prod rest below the limit, which takes at least the quotient
 * of the two further parts, since ceil(n / p) >= n / p.
 */
typedef struct search {
    size_t variable_count, limit, cells;
    size_t size[KT_WANTED_VARIABLES];
    size_t rest[KT_WANTED_VARIABLES + 1];    /* cells of the variables from here on */
    size_t parts[KT_WANTED_VARIABLES];       /* chosen */
    size_t calls[KT_WANTED_VARIABLES + 1];   /* parts of the variables before this one */
    size_t largest[KT_WANTED_VARIABLES + 1]; /* cells of their largest part */
    size_t best[KT_WANTED_VARIABLES];
    size_t best_calls, best_largest;
} search;

static void start_search(search *find, const kt_wanted *wanted, size_t limit)
{
    *find = (search){.variable_count = wanted->variable_count,
                     .limit = limit,
                     .best_calls = SIZE_MAX,
                     .best_largest = SIZE_MAX};
    find->calls[0] = 1;
    find->largest[0] = 1;
    find->rest[wanted->variable_count] = 1;
    for (size_t i = wanted->variable_count; i-- > 0;) {
        find->size[i] = wanted->variables[i].count;
        find->rest[i] = find->rest[i + 1] * find->size[i];
    }
    for (size_t i = 0; i < KT_WANTED_VARIABLES; i++) {
        find->parts[i] = 1;
    }
    find->cells = find->rest[0];
}

/* The next number of parts with a shorter longest run; false if there is none worth a look. */
static bool next_parts(search *find, size_t at)
{
    const size_t run = divide_up(find->size[at], find->parts[at]);
    if (run <= 1) {
        return false;
    }
    find->parts[at] = divide_up(find->size[at], run - 1);
    return find->calls[at] * find->parts[at] <= find->best_calls;
}

/* True if the choice up to and with variable `at` can still lead to a better plan. */
static bool is_hopeful(search *find, size_t at)
{
    find->calls[at + 1] = find->calls[at] * find->parts[at];
    find->largest[at + 1] = find->largest[at] * divide_up(find->size[at], find->parts[at]);
    const size_t least =
        find->calls[at + 1] * divide_up(find->largest[at + 1] * find->rest[at + 1], find->limit);
    if (least != find->best_calls) {
        return least < find->best_calls;
    }
    return find->best_largest > divide_up(find->cells, find->best_calls);
}

static void keep_if_better(search *find)
{
    const size_t calls = find->calls[find->variable_count];
    const size_t largest = find->largest[find->variable_count];
    if (largest <= find->limit &&
        (calls < find->best_calls || (calls == find->best_calls && largest < find->best_largest))) {
        find->best_calls = calls;
        find->best_largest = largest;
        memcpy(find->best, find->parts, sizeof find->best);
    }
}

/* To the next choice, of an earlier variable if this one has no more; false after the last. */
static bool step_on(search *find, size_t *at)
{
    while (!next_parts(find, *at)) {
        if (*at == 0) {
            return false;
        }
        (*at)--;
    }
    return true;
}

static void run_search(search *find)
{
    size_t at = 0;
    bool more = true;
    while (more) {
        const bool hopeful = is_hopeful(find, at);
        if (hopeful && at + 1 < find->variable_count) {
            at++;
            find->parts[at] = 1;
            continue;
        }
        if (hopeful) {
            keep_if_better(find);
        }
        more = step_on(find, &at);
    }
}

/* Run number k of p, as even as can be: the first ones are longer by one. */
static void set_run(kt_part *part, size_t variable, size_t size, size_t p, size_t k)
{
    const size_t longer = size % p;
    part->count[variable] = size / p + (k < longer ? 1 : 0);
    part->start[variable] = k * (size / p) + (k < longer ? k : longer);
}

static kt_part *list_parts(const search *find, kt_arena *arena)
{
    kt_part *parts = kt_arena_array(arena, kt_part, find->best_calls);
    for (size_t i = 0; i < find->best_calls; i++) {
        size_t rest = i;
        for (size_t v = find->variable_count; v-- > 0;) {
            set_run(&parts[i], v, find->size[v], find->best[v], rest % find->best[v]);
            rest /= find->best[v];
        }
    }
    return parts;
}

kt_status kt_plan_parts(const kt_wanted *wanted, size_t limit, kt_arena *arena, kt_part **parts,
                        size_t *count, kt_error *err)
{
    if (limit == 0) {
        return kt_fail(err, KT_ERR_CONFIG, "a limit of 0 cells a call leaves nothing to ask for");
    }
    const size_t cells = kt_wanted_cells(wanted);
    if (cells == 0 || wanted->variable_count == 0) {
        return kt_fail(err, KT_ERR_DATA, "nothing is wanted of the table");
    }
    if (cells > KT_CUBE_LIMIT) {
        return kt_fail(err, KT_ERR_DATA, "more cells are wanted than the limit of %zu",
                       KT_CUBE_LIMIT);
    }
    search find;
    start_search(&find, wanted, limit);
    run_search(&find);
    *parts = list_parts(&find, arena);
    *count = find.best_calls;
    return KT_OK;
}

bool kt_part_split(const kt_part *part, size_t variable_count, kt_part halves[2])
{
    size_t longest = 0;
    for (size_t i = 1; i < variable_count; i++) {
        longest = part->count[i] > part->count[longest] ? i : longest;
    }
    const size_t length = part->count[longest];
    if (length < 2) {
        return false;
    }
    const kt_part all = *part;
    for (size_t i = 0; i < 2; i++) {
        halves[i] = all;
        set_run(&halves[i], longest, length, 2, i);
        halves[i].start[longest] += all.start[longest];
    }
    return true;
}

/* A bit for each wanted cell, and what was found wrong with the parts so far. */
typedef struct proof {
    const kt_wanted *wanted;
    size_t stride[KT_WANTED_VARIABLES];
    uint64_t *covered;
    size_t doubles, first_double;
} proof;

static void cover_cell(proof *of, size_t cell)
{
    const uint64_t bit = (uint64_t)1 << (cell % 64);
    if ((of->covered[cell / 64] & bit) != 0) {
        of->first_double = of->doubles == 0 ? cell : of->first_double;
        of->doubles++;
    }
    of->covered[cell / 64] |= bit;
}

static void cover_part(proof *of, const kt_part *part)
{
    const size_t variable_count = of->wanted->variable_count;
    const size_t cells = kt_part_cells(part, variable_count);
    for (size_t i = 0; i < cells; i++) {
        size_t rest = i;
        size_t cell = 0;
        for (size_t v = variable_count; v-- > 0;) {
            cell += (part->start[v] + rest % part->count[v]) * of->stride[v];
            rest /= part->count[v];
        }
        cover_cell(of, cell);
    }
}

static kt_status check_bounds(const kt_wanted *wanted, const kt_part *part, kt_error *err)
{
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        if (part->start[v] > variable->count || part->count[v] > variable->count - part->start[v]) {
            return kt_fail(err, KT_ERR_DATA, "a part asks for code %zu of %s, which has %zu",
                           part->start[v] + part->count[v], variable->name, variable->count);
        }
    }
    return KT_OK;
}

/* "Alue=MK01 timeperiod_m=2023M10" */
static const char *name_cell(const proof *of, size_t cell, kt_arena *arena)
{
    const char *words = "";
    for (size_t v = 0; v < of->wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &of->wanted->variables[v];
        words = kt_arena_print(arena, "%s%s%s=%s", words, v == 0 ? "" : " ", variable->name,
                               variable->codes[cell / of->stride[v] % variable->count]);
    }
    return words;
}

static kt_status judge(const proof *of, size_t cells, kt_arena *arena, kt_error *err)
{
    if (of->doubles > 0) {
        return kt_fail(err, KT_ERR_DATA,
                       "%zu of %zu wanted cells are in more than one part, the first is %s",
                       of->doubles, cells, name_cell(of, of->first_double, arena));
    }
    size_t missing = 0;
    size_t first = 0;
    for (size_t cell = cells; cell-- > 0;) {
        if ((of->covered[cell / 64] >> (cell % 64) & 1) == 0) {
            missing++;
            first = cell;
        }
    }
    if (missing > 0) {
        return kt_fail(err, KT_ERR_DATA, "%zu of %zu wanted cells are in no part, the first is %s",
                       missing, cells, name_cell(of, first, arena));
    }
    return KT_OK;
}

kt_status kt_plan_prove(const kt_wanted *wanted, const kt_part *parts, size_t count, kt_error *err)
{
    const size_t cells = kt_wanted_cells(wanted);
    if (cells > KT_CUBE_LIMIT) {
        return kt_fail(err, KT_ERR_DATA, "more cells are wanted than the limit of %zu",
                       KT_CUBE_LIMIT);
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("proof of a plan", 0);
    proof of = {.wanted = wanted, .covered = kt_arena_array(arena, uint64_t, cells / 64 + 1)};
    size_t stride = 1;
    for (size_t v = wanted->variable_count; v-- > 0;) {
        of.stride[v] = stride;
        stride *= wanted->variables[v].count;
    }
    for (size_t i = 0; i < count; i++) {
        KT_TRY(check_bounds(wanted, &parts[i], err));
        cover_part(&of, &parts[i]);
    }
    return judge(&of, cells, arena, err);
}
