/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jsonstat.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"

#define SETS_LIMIT 4096 /* data sets that one body may hold or link to */
#define LIST_BYTES 300  /* of their names in a message */

const char *const kt_jsonstat_keys[KT_JSONSTAT_MEMBERS + 1] = {
    "version", "class",  "id",        "size",  "dimension", "role", "updated",
    "label",   "source", "extension", "value", "status",    "link", NULL};

/* What may be meant in a body that holds several. */
typedef struct held_set {
    const char *name;    /* of a bundle's member; the label of a collection's item, or NULL */
    const char *address; /* of a collection's item, or NULL */
    kt_jsonspan span;    /* start is NULL: the body only links to it */
} held_set;

typedef struct held_sets {
    const kt_reply *reply;
    held_set *set;
    size_t count, room;
} held_sets;

static kt_status keep_set(held_sets *sets, held_set set, kt_error *err)
{
    if (sets->count == SETS_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: more data sets than the limit of %d",
                       sets->reply->name, SETS_LIMIT);
    }
    sets->set = kt_arena_grow(sets->reply->arena, sets->set, sets->count, &sets->room, sizeof set);
    sets->set[sets->count++] = set;
    return KT_OK;
}

static const char *name_of(const held_set *set)
{
    const char *name = set->name != NULL ? set->name : set->address;
    return name == NULL ? "one without a name" : name;
}

/* "oecd, canada": what to write into the source file, or where else to ask. */
static char *list_sets(const held_sets *sets, bool addresses)
{
    KT_AUTO(text) kt_text list = {0};
    kt_text_put(&list, "");
    for (size_t i = 0; i < sets->count && list.length < LIST_BYTES; i++) {
        const held_set *set = &sets->set[i];
        const char *name = addresses && set->address != NULL ? set->address : name_of(set);
        kt_text_print(&list, "%s%.100s", i == 0 ? "" : ", ", name);
    }
    return kt_arena_copy(sets->reply->arena, list.bytes);
}

/* NULL with a line if there is none, or nothing of it is here. */
static const held_set *find_wanted(const held_sets *sets, const char *wanted, kt_error *err)
{
    const held_set *found = NULL;
    for (size_t i = 0; i < sets->count; i++) {
        const held_set *set = &sets->set[i];
        if (!kt_text_same(set->name, wanted) && !kt_text_same(set->address, wanted)) {
            continue;
        }
        if (found != NULL) {
            (void)kt_fail(err, KT_ERR_FORMAT, "%s: several data sets are called \"%s\"",
                          sets->reply->name, wanted);
            return NULL;
        }
        found = set;
    }
    if (found == NULL) {
        (void)kt_fail(err, KT_ERR_FORMAT, "%s: no data set \"%s\", expected one of %s",
                      sets->reply->name, wanted, list_sets(sets, false));
        return NULL;
    }
    if (found->span.start == NULL) {
        (void)kt_fail(err, KT_ERR_FORMAT,
                      "%s: a collection that only links to \"%s\", expected the data set "
                      "itself%s%s",
                      sets->reply->name, wanted, found->address == NULL ? "" : ", which is at ",
                      found->address == NULL ? "" : found->address);
        return NULL;
    }
    return found;
}

/* The only one that is there in full; NULL with a line if there is none, or several. */
static const held_set *find_single(const held_sets *sets, kt_error *err)
{
    const held_set *found = NULL;
    size_t full = 0;
    for (size_t i = 0; i < sets->count; i++) {
        if (sets->set[i].span.start != NULL) {
            found = &sets->set[i];
            full++;
        }
    }
    if (full == 1) {
        return found;
    }
    if (full == 0) {
        (void)kt_fail(err, KT_ERR_FORMAT,
                      "%s: a collection that only links to its data sets, expected one of them; "
                      "they are at %s",
                      sets->reply->name, list_sets(sets, true));
    } else {
        (void)kt_fail(err, KT_ERR_FORMAT,
                      "%s: %zu data sets, expected \"dataset\" in the source file to name one of "
                      "%s",
                      sets->reply->name, full, list_sets(sets, false));
    }
    return NULL;
}

/* Goes on with the one that is meant as if it stood alone. */
static kt_status enter(const held_sets *sets, const char *wanted, kt_jsonstat *out, kt_error *err)
{
    const held_set *set = wanted != NULL ? find_wanted(sets, wanted, err) : find_single(sets, err);
    if (set == NULL) {
        return KT_ERR_FORMAT;
    }
    kt_reply *reply = &out->reply;
    reply->bytes = set->span.start;
    reply->length = kt_jsonspan_length(set->span);
    reply->name = kt_arena_print(reply->arena, "%s: data set %.100s", reply->name, name_of(set));
    return kt_jsonscan_members(reply->bytes, reply->length, reply->name, kt_jsonstat_keys,
                               out->member, err);
}

/* The key of a member as a text, its escapes undone. */
static kt_status read_key(const kt_reply *reply, kt_jsonspan key, const char **out, kt_error *err)
{
    const kt_jsonspan quoted = {.start = key.start - 1, .end = key.end + 1};
    return kt_reply_text(reply, quoted, "key", out, err);
}

/* 1.x: every member of the body is a data set. */
static kt_status keep_member(held_sets *sets, kt_jsonspan key, kt_jsonspan value, kt_error *err)
{
    static const char *const keys[] = {"value", "dimension", NULL};
    const kt_reply *reply = sets->reply;
    kt_jsonspan members[2];
    if (*value.start != '{') {
        return KT_OK;
    }
    KT_TRY(kt_jsonscan_members(value.start, kt_jsonspan_length(value), reply->name, keys, members,
                               err));
    if (members[0].start == NULL || members[1].start == NULL) {
        return KT_OK;
    }
    held_set set = {.span = value};
    KT_TRY(read_key(reply, key, &set.name, err));
    return keep_set(sets, set, err);
}

static kt_status open_bundle(const kt_reply *reply, const char *wanted, kt_jsonstat *out,
                             kt_error *err)
{
    held_sets sets = {.reply = reply};
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(reply->bytes, reply->length, reply->name, &scan, err));
    for (;;) {
        kt_jsonspan key;
        kt_jsonspan value;
        bool more = false;
        KT_TRY(kt_jsonscan_next(&scan, &key, &value, &more, err));
        if (!more) {
            break;
        }
        KT_TRY(keep_member(&sets, key, value, err));
    }
    if (sets.count == 0) {
        return kt_reply_refuse(reply, "expected a JSON-stat data set", err);
    }
    out->is_old = true;
    return enter(&sets, wanted, out, err);
}

static kt_status keep_item(held_sets *sets, kt_jsonspan item, kt_error *err)
{
    static const char *const keys[] = {"class", "href", "label", "value", "dimension", NULL};
    const kt_reply *reply = sets->reply;
    kt_jsonspan members[5];
    if (*item.start != '{') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"link\": expected objects in \"item\"",
                       reply->name);
    }
    KT_TRY(
        kt_jsonscan_members(item.start, kt_jsonspan_length(item), reply->name, keys, members, err));
    held_set set = {0};
    const char *class = NULL;
    KT_TRY(kt_reply_text(reply, members[0], "class", &class, err));
    KT_TRY(kt_reply_text(reply, members[1], "href", &set.address, err));
    KT_TRY(kt_reply_text(reply, members[2], "label", &set.name, err));
    if (kt_text_same(class, "dataset") && members[3].start != NULL && members[4].start != NULL) {
        set.span = item;
    }
    return keep_set(sets, set, err);
}

/* 2.0: what a collection holds or links to are its link's items. */
static kt_status open_collection(const kt_reply *reply, const char *wanted, kt_jsonstat *out,
                                 kt_error *err)
{
    static const char *const keys[] = {"item", NULL};
    const kt_jsonspan link = out->member[KT_JSONSTAT_LINK];
    held_sets sets = {.reply = reply};
    kt_jsonspan items = {0};
    kt_jsonscan scan;
    if (link.start != NULL && *link.start == '{') {
        KT_TRY(kt_jsonscan_members(link.start, kt_jsonspan_length(link), reply->name, keys, &items,
                                   err));
    }
    if (items.start == NULL || *items.start != '[' || items.count == 0) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: a collection without data sets, expected them in \"item\" of \"link\"",
                       reply->name);
    }
    KT_TRY(kt_jsonscan_open(items.start, kt_jsonspan_length(items), reply->name, &scan, err));
    for (;;) {
        kt_jsonspan none;
        kt_jsonspan item;
        bool more = false;
        KT_TRY(kt_jsonscan_next(&scan, &none, &item, &more, err));
        if (!more) {
            break;
        }
        KT_TRY(keep_item(&sets, item, err));
    }
    return enter(&sets, wanted, out, err);
}

/* What the specification says of the class, in the words that help whoever meets another one. */
static kt_status refuse_class(const kt_reply *reply, const char *class, kt_error *err)
{
    if (kt_text_same(class, "dimension")) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: JSON-stat of class \"dimension\", which has categories and no values, "
                       "expected a data set",
                       reply->name);
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: JSON-stat of class \"%.40s\", expected a dataset",
                   reply->name, class == NULL ? "" : class);
}

/* Until 2.0 a data set that stood alone had a class, seldom a version, and its ids in dimension. */
static bool is_old_set(const kt_jsonstat *set, const char *version)
{
    return (version == NULL || strncmp(version, "1.", 2) == 0) &&
           set->member[KT_JSONSTAT_DIMENSION].start != NULL &&
           set->member[KT_JSONSTAT_ID].start == NULL;
}

/* What has a class is a data set, or holds some. */
static kt_status open_class(const char *class, const char *wanted, kt_jsonstat *out, kt_error *err)
{
    const kt_reply whole = out->reply;
    const char *version = NULL;
    KT_TRY(kt_reply_text(&whole, out->member[KT_JSONSTAT_VERSION], "version", &version, err));
    if (kt_text_same(class, "bundle")) {
        return open_bundle(&whole, wanted, out, err);
    }
    const bool is_collection = kt_text_same(class, "collection");
    if (!is_collection && !kt_text_same(class, "dataset")) {
        return refuse_class(&whole, class, err);
    }
    out->is_old = !is_collection && is_old_set(out, version);
    if (!out->is_old && !kt_text_same(version, "2.0")) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: JSON-stat version \"%.20s\", expected 2.0",
                       whole.name, version == NULL ? "" : version);
    }
    return is_collection ? open_collection(&whole, wanted, out, err) : KT_OK;
}

kt_status kt_jsonstat_open(const kt_reply *reply, const char *wanted, kt_jsonstat *out,
                           kt_error *err)
{
    const char *class = NULL;
    *out = (kt_jsonstat){.reply = *reply};
    KT_TRY(kt_reply_members(reply, kt_jsonstat_keys, out->member, err));
    if (out->member[KT_JSONSTAT_CLASS].start == NULL) {
        const bool is_headless = out->member[KT_JSONSTAT_VALUE].start != NULL &&
                                 out->member[KT_JSONSTAT_DIMENSION].start != NULL;
        return is_headless ? kt_fail(err, KT_ERR_FORMAT,
                                     "%s: a JSON-stat data set without \"class\" and \"version\", "
                                     "expected dataset and 2.0",
                                     reply->name)
                           : open_bundle(reply, wanted, out, err);
    }
    KT_TRY(kt_reply_text(reply, out->member[KT_JSONSTAT_CLASS], "class", &class, err));
    return open_class(class, wanted, out, err);
}
