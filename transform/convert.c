/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/convert.h"

#include <string.h>

#include "core/cells.h"
#include "core/text.h"
#include "rollup_plan.h"

#define SECTION  "tol1"
#define DIVISION "tol2"

/* A flow between lines: from one of the roll-up to a code of the new revision. */
typedef struct piece {
    size_t line, to; /* to: an item of the new revision */
    double share;
    kt_certainty certainty;
    bool takes_rest; /* of its line, the largest share */
    bool is_all;     /* of its line's flows, all that lead to this sector are here */
} piece;

/* One line of the new revision and what it is made of. */
typedef struct recipe {
    piece *pieces;
    size_t count;
    bool exact; /* one sector under another code */
} recipe;

struct kt_conversion {
    const kt_rollup *rollup;
    kt_sector_revision to;
    const kt_classification *from_items, *to_items;
    kt_sector_flows flows;
    const size_t *connected; /* of each sector of the new revision */
    kt_rollup_line *lines;
    recipe *recipes;
    kt_conversion_part **parts;
    size_t count;
    kt_codes *codes;
    kt_arena *arena;
};

static const char *const certainty_words[] = {
    [KT_FLOW_EXACT] = "exact", [KT_FLOW_MAIN] = "main", [KT_FLOW_UNVERIFIED] = "unverified"};

/* The line of an item of the old revision at a level; _X stands at both. */
static size_t line_of(const kt_conversion *of, const kt_class_item *item, const char *level)
{
    const kt_outline *outline = &of->rollup->sectors;
    return kt_rollup_line_find(outline->line, outline->count, level, item->code);
}

/* The largest share of a split takes what is left, of equal ones the first. */
static bool takes_rest(const kt_sector_flows *flows, size_t at)
{
    for (size_t i = 0; i < flows->count; i++) {
        const bool same = flows->at[i].from == flows->at[at].from;
        if (same && (flows->at[i].share > flows->at[at].share ||
                     (flows->at[i].share == flows->at[at].share && i < at))) {
            return false;
        }
    }
    return true;
}

/* True if the sector of a flow's end lies in the wanted one, or is it. */
static bool leads_to(const kt_conversion *of, const kt_sector_flow *flow, const kt_class_item *to)
{
    const kt_class_item *end = &of->to_items->items[flow->to];
    return strcmp(end->code, to->code) == 0 ||
           (strcmp(to->level, SECTION) == 0 && strcmp(end->level, DIVISION) == 0 &&
            kt_text_same(kt_class_parent(of->to_items, end->code, SECTION), to->code));
}

static bool is_at(const kt_conversion *of, const kt_sector_flow *flow, const char *level)
{
    const char *own = of->from_items->items[flow->from].level;
    return strcmp(own, level) == 0 || strcmp(own, "_X") == 0;
}

/* True if everything of a flow's beginning leads to the wanted sector. */
static bool is_whole(const kt_conversion *of, const kt_sector_flow *flow, const kt_class_item *to)
{
    for (size_t i = 0; i < of->flows.count; i++) {
        const kt_sector_flow *other = &of->flows.at[i];
        if (other->from == flow->from && !leads_to(of, other, to)) {
            return false;
        }
    }
    return true;
}

/* What the sector is made of, from lines of a level; none if one that leads to it is not there. */
static recipe gather(const kt_conversion *of, const kt_class_item *to, const char *level)
{
    recipe made = {.pieces = kt_arena_array(of->arena, piece, of->flows.count + 1)};
    for (size_t i = 0; i < of->flows.count; i++) {
        const kt_sector_flow *flow = &of->flows.at[i];
        if (!is_at(of, flow, level) || !leads_to(of, flow, to)) {
            continue;
        }
        const size_t line = line_of(of, &of->from_items->items[flow->from], level);
        if (line == KT_NO_CODE) {
            return (recipe){0};
        }
        made.pieces[made.count++] = (piece){.line = line,
                                            .to = flow->to,
                                            .share = flow->share,
                                            .certainty = flow->certainty,
                                            .takes_rest = takes_rest(&of->flows, i),
                                            .is_all = is_whole(of, flow, to)};
    }
    return made;
}

static bool splits(const recipe *made)
{
    for (size_t i = 0; i < made->count; i++) {
        if (!made->pieces[i].is_all) {
            return true;
        }
    }
    return false;
}

static void join(size_t *number, size_t count, size_t a, size_t b)
{
    const size_t was = number[b];
    for (size_t i = 0; i < count; i++) {
        number[i] = number[i] == was ? number[a] : number[i];
    }
}

/* A number for each sector of the new revision, the same for sections that split ones connect. */
static const size_t *connected(const kt_conversion *of)
{
    const size_t count = of->to_items->item_count;
    size_t *number = kt_arena_array(of->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        number[i] = i;
    }
    for (size_t i = 1; i < of->flows.count * of->flows.count; i++) {
        const kt_sector_flow *a = &of->flows.at[i / of->flows.count];
        const kt_sector_flow *b = &of->flows.at[i % of->flows.count];
        if (a->from == b->from && is_at(of, a, SECTION)) {
            join(number, count, a->to, b->to);
        }
    }
    return number;
}

/* True if the divisions are there of all sections that share a split one with this: else a part of
 * it would be counted in two of them, or in none. */
static bool divisions_serve(const kt_conversion *of, const kt_class_item *to)
{
    const kt_class_item *items = of->to_items->items;
    for (size_t i = 0; i < of->to_items->item_count; i++) {
        if (of->connected[i] == of->connected[to - items] &&
            gather(of, &items[i], DIVISION).count == 0) {
            return false;
        }
    }
    return true;
}

/* True if a section that goes to this one and to others is there to be split. */
static bool has_split_section(const kt_conversion *of, const kt_class_item *to)
{
    for (size_t i = 0; i < of->flows.count; i++) {
        const kt_sector_flow *flow = &of->flows.at[i];
        if (is_at(of, flow, SECTION) && leads_to(of, flow, to) && !is_whole(of, flow, to) &&
            line_of(of, &of->from_items->items[flow->from], SECTION) != KT_NO_CODE) {
            return true;
        }
    }
    return false;
}

static recipe recipe_of(const kt_conversion *of, const kt_class_item *to, const char *level)
{
    const recipe own = gather(of, to, level);
    if (strcmp(level, SECTION) != 0 || strcmp(to->level, SECTION) != 0 ||
        (own.count > 0 && !splits(&own))) {
        return own;
    }
    const bool by_divisions = divisions_serve(of, to) || !has_split_section(of, to);
    return by_divisions ? gather(of, to, DIVISION) : own;
}

static kt_certainty least_sure(const recipe *made)
{
    kt_certainty least = KT_FLOW_EXACT;
    for (size_t i = 0; i < made->count; i++) {
        /* Of a sector that arrives whole it does not matter which way its parts took. */
        const kt_certainty own = made->pieces[i].is_all && made->pieces[i].certainty > KT_FLOW_MAIN
                                     ? KT_FLOW_MAIN
                                     : made->pieces[i].certainty;
        least = own > least ? own : least;
    }
    return least;
}

/* The pieces as others see them: of a line that arrives whole one part. */
static kt_conversion_part *parts_of(const kt_conversion *of, recipe *made)
{
    kt_conversion_part *parts = kt_arena_array(of->arena, kt_conversion_part, made->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < made->count; i++) {
        const piece *one = &made->pieces[i];
        if (count > 0 && parts[count - 1].line == one->line) {
            parts[count - 1].share = one->is_all ? 1.0 : parts[count - 1].share + one->share;
            continue;
        }
        parts[count++] = (kt_conversion_part){.line = one->line,
                                              .share = one->is_all ? 1.0 : one->share,
                                              .certainty = one->certainty};
    }
    return parts;
}

static void add_line(kt_conversion *of, const kt_class_item *to, const char *level)
{
    recipe made = recipe_of(of, to, level);
    if (made.count == 0) {
        return;
    }
    made.exact = made.count == 1 && made.pieces[0].certainty == KT_FLOW_EXACT;
    const bool unknown = strcmp(to->code, "_X") == 0;
    of->lines[of->count] = (kt_rollup_line){level, to->code, certainty_words[least_sure(&made)]};
    of->recipes[of->count] = made;
    of->parts[of->count] = parts_of(of, &made);
    (void)kt_codes_add(of->codes,
                       unknown ? kt_arena_print(of->arena, "%s/%s", level, to->code) : to->code,
                       to->code);
    of->count++;
}

static void add_level(kt_conversion *of, const char *level)
{
    for (size_t i = 0; i < of->to_items->item_count; i++) {
        const kt_class_item *item = &of->to_items->items[i];
        const bool unknown = strcmp(item->level, "_X") == 0 && strcmp(level, KT_TOTAL) != 0;
        if (strcmp(item->level, level) == 0 || unknown) {
            add_line(of, item, level);
        }
    }
}

void kt_conversion_new(const kt_rollup *rollup, kt_sector_revision to, kt_arena *arena,
                       kt_conversion **out)
{
    *out = NULL;
    if (rollup->revision == KT_SECTOR_REVISIONS || kt_sector_revisions_same(rollup->revision, to)) {
        return;
    }
    const kt_classifications *all = rollup->classifications;
    const size_t most = all->sectors[to].item_count + 2;
    kt_conversion *of = kt_arena_new(arena, kt_conversion);
    *of = (kt_conversion){
        .rollup = rollup,
        .to = to,
        .from_items = &all->sectors[rollup->revision],
        .to_items = &all->sectors[to],
        .flows = kt_sector_flows_between(all, rollup->revision, to),
        .lines = kt_arena_array(arena, kt_rollup_line, most),
        .recipes = kt_arena_array(arena, recipe, most),
        .parts = kt_arena_array(arena, kt_conversion_part *, most),
        .codes = kt_codes_new(arena),
        .arena = arena,
    };
    of->connected = connected(of);
    add_level(of, KT_TOTAL);
    add_level(of, SECTION);
    add_level(of, DIVISION);
    *out = of;
}

kt_sector_revision kt_conversion_revision(const kt_conversion *conversion)
{
    return conversion->to;
}

size_t kt_conversion_sectors(const kt_conversion *conversion, const kt_rollup_line **lines)
{
    *lines = conversion->lines;
    return conversion->count;
}

size_t kt_conversion_parts(const kt_conversion *conversion, size_t line,
                           const kt_conversion_part **out)
{
    const recipe *made = &conversion->recipes[line];
    *out = conversion->parts[line];
    size_t count = 0;
    for (size_t i = 0; i < made->count; i++) {
        count += i == 0 || made->pieces[i].line != made->pieces[i - 1].line;
    }
    return count;
}

/* The part of a figure that takes one flow: whole posts, and what is left to the largest. */
static double amount_of(const kt_conversion *of, const piece *one, double figure)
{
    if (!one->takes_rest) {
        return floor(figure * one->share);
    }
    const kt_rollup_line *line = &of->rollup->sectors.line[one->line];
    double rest = figure;
    for (size_t i = 0; i < of->flows.count; i++) {
        const kt_sector_flow *flow = &of->flows.at[i];
        const kt_class_item *from = &of->from_items->items[flow->from];
        if (strcmp(from->code, line->code) == 0 && flow->to != one->to) {
            rest -= floor(figure * flow->share);
        }
    }
    return rest;
}

/* Pieces of a line that goes several ways. */
static void add_share(const kt_conversion *of, const piece *pieces, size_t count, kt_cell_row from,
                      size_t f, kt_cell_row to)
{
    const kt_obs obs = (kt_obs)from.status[f];
    double value = kt_obs_has_interval(obs) ? 0.0 : NAN, low = value, high = from.high[f];
    uint8_t status = from.status[f];
    for (size_t i = 0; i < count; i++) {
        value += amount_of(of, &pieces[i], from.value[f]);
    }
    kt_cell_add(to, 0, (kt_cell_row){&value, &low, &high, &status}, 0);
}

/* The ends of what went into the figure are not those of the figure: of no main flow and of no
 * split is it known how much moved. */
static void leave_open(kt_cell_row cell)
{
    const kt_obs obs = (kt_obs)cell.status[0];
    cell.low[0] = cell.high[0] = NAN;
    if (obs == KT_OBS_OBSERVED || obs == KT_OBS_PROVISIONAL) {
        cell.status[0] = KT_OBS_ESTIMATED;
    } else if (kt_obs_is_hidden(obs)) {
        cell.status[0] = KT_OBS_COVERED;
    }
}

/* One cell of a line of the new revision. */
static void fill_cell(const kt_conversion *of, const recipe *made, kt_cell_row from, size_t group,
                      size_t groups, kt_cell_row to)
{
    size_t count = 0;
    for (size_t i = 0; i < made->count; i += count) {
        const piece *first = &made->pieces[i];
        const size_t f = first->line * groups + group;
        for (count = 1; i + count < made->count && first[count].line == first->line;) {
            count++;
        }
        if (first->is_all) {
            kt_cell_add(to, 0, from, f);
        } else {
            add_share(of, first, count, from, f, to);
        }
    }
    if (!made->exact) {
        leave_open(to);
    }
}

/* All sectors and groups of one row (a measure, region and occupation). */
static void fill_row(const kt_conversion *of, bool counted, kt_cell_row from, kt_cell_row to,
                     size_t groups)
{
    for (size_t line = 0; line < of->count; line++) {
        const recipe *made = &of->recipes[line];
        for (size_t group = 0; group < groups && (counted || made->exact); group++) {
            const size_t t = line * groups + group;
            const kt_cell_row cell = {to.value + t, to.low + t, to.high + t, to.status + t};
            kt_cell_row_begin(cell, 1);
            fill_cell(of, made, from, group, groups, cell);
        }
    }
}

kt_status kt_conversion_period(const kt_conversion *conversion, const kt_cube *slab,
                               kt_arena *arena, kt_cube **out, kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    memcpy(codes, slab->codes, sizeof codes);
    codes[KT_ROLE_SECTOR] = conversion->codes;
    KT_TRY(kt_cube_new(arena, codes, out, err));
    const kt_source *source = conversion->rollup->source;
    const size_t row = slab->stride[KT_ROLE_OCCUPATION];
    const size_t new_row = (*out)->stride[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < slab->cells / row; i++) {
        const size_t m = i * row / slab->stride[KT_ROLE_MEASURE] % slab->size[KT_ROLE_MEASURE];
        fill_row(conversion, kt_source_counts(source, kt_codes_at(slab->codes[KT_ROLE_MEASURE], m)),
                 kt_cell_row_at(slab, i * row), kt_cell_row_at(*out, i * new_row),
                 slab->stride[KT_ROLE_SECTOR]);
    }
    return KT_OK;
}
