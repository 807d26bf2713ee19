/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jsonstat.h"

#include <strings.h>

/* Puts the codes of an index object at their positions; each position must be taken exactly once.
 */
static kt_status place_codes(const kt_jsonstat *set, const char *id, json_t *index,
                             const char **codes, kt_error *err)
{
    const size_t size = json_object_size(index);
    const char *code = NULL;
    json_t *place = NULL;
    json_object_foreach(index, code, place)
    {
        size_t at = 0;
        if (!kt_jsonstat_number(set, place, &at) || at >= size || codes[at] != NULL) {
            return kt_fail(
                err, KT_ERR_FORMAT,
                "%s: dimension %s: the positions in \"index\" are not 0 to %zu, each once "
                "(%s)",
                set->reply.name, id, size - 1, code);
        }
        codes[at] = code;
    }
    return KT_OK;
}

static kt_status list_codes(const kt_reply *reply, const char *id, json_t *index,
                            const char **codes, kt_error *err)
{
    for (size_t i = 0; i < json_array_size(index); i++) {
        codes[i] = json_string_value(json_array_get(index, i));
        if (codes[i] == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: \"index\": expected texts",
                           reply->name, id);
        }
    }
    return KT_OK;
}

/* How many codes an index names; one without an index has its single code in the labels. */
static size_t count_codes(const json_t *index, const json_t *labels)
{
    if (json_is_array(index)) {
        return json_array_size(index);
    }
    return json_object_size(index != NULL ? index : labels);
}

/*
 * The codes of a dimension in the order of its values: "index" as an object of positions or as an
 * array, or absent where a single category stands in "label".
 */
static kt_status read_order(const kt_jsonstat *set, const char *id, const json_t *category,
                            const char **codes, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    json_t *index = json_object_get(category, "index");
    json_t *labels = json_object_get(category, "label");
    if (json_is_object(index)) {
        return place_codes(set, id, index, codes, err);
    }
    if (json_is_array(index)) {
        return list_codes(reply, id, index, codes, err);
    }
    if (index != NULL || json_object_size(labels) != 1) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: dimension %s: \"index\": expected an object or an array", reply->name,
                       id);
    }
    codes[0] = json_object_iter_key(json_object_iter(labels));
    return KT_OK;
}

static kt_status read_codes(const kt_jsonstat *set, const json_t *category, size_t size,
                            kt_dimension *dimension, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    const json_t *labels = json_object_get(category, "label");
    const size_t found = count_codes(json_object_get(category, "index"), labels);
    if (found != size) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: %zu categories, but its size is %zu",
                       reply->name, dimension->id, found, size);
    }
    const char **codes = kt_arena_array(reply->arena, const char *, size);
    KT_TRY(read_order(set, dimension->id, category, codes, err));
    dimension->codes = kt_codes_new(reply->arena);
    for (size_t i = 0; i < size; i++) {
        const char *label = json_string_value(json_object_get(labels, codes[i]));
        if (kt_codes_add(dimension->codes, codes[i], label) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: the code %s is there twice",
                           reply->name, dimension->id, codes[i]);
        }
    }
    return KT_OK;
}

/*
 * The unit of a category: PxWeb writes a "base", others the "label" or the "symbol" that the
 * specification knows. With a "multiplier" of 3 the figures are thousands of the base.
 */
static const char *unit_of(const json_t *unit, kt_arena *arena)
{
    const char *label = kt_text_member(unit, "label", arena);
    const char *base = kt_text_member(unit, "base", arena);
    const json_int_t zeros = json_integer_value(json_object_get(unit, "multiplier"));
    if (zeros > 0 && zeros <= 9) {
        return label != NULL
                   ? label
                   : kt_arena_print(arena, "1%0*d %s", (int)zeros, 0, base == NULL ? "" : base);
    }
    static const char *const keys[] = {"base", "label", "symbol"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *words = kt_text_member(unit, keys[i], arena);
        if (words != NULL && *words != '\0') {
            return words;
        }
    }
    return NULL;
}

/* Eurostat's units are a dimension of their own: there the categories themselves say it. */
static void take_labels(const kt_reply *reply, kt_dimension *dimension)
{
    const size_t size = kt_codes_count(dimension->codes);
    dimension->units = kt_arena_array(reply->arena, const char *, size);
    for (size_t i = 0; i < size; i++) {
        dimension->units[i] = kt_codes_label(dimension->codes, i);
    }
}

static void read_units(const kt_reply *reply, const json_t *units, kt_dimension *dimension)
{
    if (json_object_size(units) == 0) {
        if (strcasecmp(dimension->id, "unit") == 0) {
            take_labels(reply, dimension);
        }
        return;
    }
    const size_t size = kt_codes_count(dimension->codes);
    dimension->units = kt_arena_array(reply->arena, const char *, size);
    for (size_t i = 0; i < size; i++) {
        const json_t *unit = json_object_get(units, kt_codes_at(dimension->codes, i));
        dimension->units[i] = unit_of(unit, reply->arena);
    }
}

/* Which categories are the direct parts of which: edges in the order of their parents. */
typedef struct family {
    const kt_reply *reply;
    const kt_dimension *dimension;
    size_t *first; /* of each category: where its children begin; one more for the end */
    size_t *child;
    size_t *parents; /* of each category: how many are still to be taken away */
} family;

static kt_status fail_child(const family *tree, const char *code, const char *why, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: \"child\": %s%s", tree->reply->name,
                   tree->dimension->id, code, why);
}

static kt_status read_children(family *tree, size_t parent, const json_t *children, kt_error *err)
{
    const kt_codes *codes = tree->dimension->codes;
    size_t edge = tree->first[parent];
    for (size_t i = 0; i < json_array_size(children); i++) {
        const char *code = json_string_value(json_array_get(children, i));
        const size_t at = code == NULL ? KT_NO_CODE : kt_codes_find(codes, code);
        if (at == KT_NO_CODE) {
            return fail_child(tree, code == NULL ? "a part that is no text" : code,
                              code == NULL ? "" : " is no category of it", err);
        }
        tree->child[edge++] = at;
        tree->parents[at]++;
    }
    tree->first[parent + 1] = edge;
    return KT_OK;
}

/* All that name children must be categories, and the children lists. */
static kt_status check_parents(const family *tree, json_t *all, size_t *edges, kt_error *err)
{
    const char *code = NULL;
    json_t *children = NULL;
    if (!json_is_object(all)) {
        return fail_child(tree, "", "expected an object", err);
    }
    json_object_foreach(all, code, children)
    {
        if (kt_codes_find(tree->dimension->codes, code) == KT_NO_CODE) {
            return fail_child(tree, code, " is no category of it", err);
        }
        if (!json_is_array(children)) {
            return fail_child(tree, code, ": expected an array of its parts", err);
        }
        *edges += json_array_size(children);
    }
    return KT_OK;
}

/* A parent less for each of its children; who has none left by that joins the queue's end. */
static size_t take_away(const family *tree, size_t parent, size_t *queue, size_t end)
{
    for (size_t e = tree->first[parent]; e < tree->first[parent + 1]; e++) {
        if (--tree->parents[tree->child[e]] == 0) {
            queue[end++] = tree->child[e];
        }
    }
    return end;
}

/* Takes away who has no parent left, again and again; whoever stays is a part of itself. */
static kt_status check_cycles(const family *tree, kt_error *err)
{
    const size_t size = kt_codes_count(tree->dimension->codes);
    size_t *queue = kt_arena_array(tree->reply->arena, size_t, size);
    size_t end = 0;
    for (size_t i = 0; i < size; i++) {
        if (tree->parents[i] == 0) {
            queue[end++] = i;
        }
    }
    for (size_t at = 0; at < end; at++) {
        end = take_away(tree, queue[at], queue, end);
    }
    for (size_t i = 0; end < size && i < size; i++) {
        if (tree->parents[i] > 0) {
            return fail_child(tree, kt_codes_at(tree->dimension->codes, i),
                              " is a part of itself, or of what is", err);
        }
    }
    return KT_OK;
}

/* A hierarchy: a category may be a part of several, none of itself. */
static kt_status check_hierarchy(const kt_reply *reply, json_t *all, const kt_dimension *dimension,
                                 kt_error *err)
{
    const size_t size = kt_codes_count(dimension->codes);
    family tree = {.reply = reply, .dimension = dimension};
    size_t edges = 0;
    if (all == NULL || json_is_null(all)) {
        return KT_OK;
    }
    KT_TRY(check_parents(&tree, all, &edges, err));
    tree.first = kt_arena_array(reply->arena, size_t, size + 1);
    tree.child = kt_arena_array(reply->arena, size_t, edges + 1);
    tree.parents = kt_arena_array(reply->arena, size_t, size);
    for (size_t i = 0; i < size; i++) {
        const json_t *children = json_object_get(all, kt_codes_at(dimension->codes, i));
        KT_TRY(read_children(&tree, i, children, err));
    }
    return check_cycles(&tree, err);
}

kt_status kt_jsonstat_categories(const kt_jsonstat *set, const json_t *category, size_t size,
                                 kt_dimension *dimension, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    KT_TRY(read_codes(set, category, size, dimension, err));
    read_units(reply, json_object_get(category, "unit"), dimension);
    return check_hierarchy(reply, json_object_get(category, "child"), dimension, err);
}
