/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/classification.h"

#include <string.h>

#include "core/text.h"

/* Parents of parents: no level of ours is more than four steps from another. */
#define PARENT_STEPS 16
/* Municipalities that were merged into one that was merged later. */
#define SUCCESSION_STEPS 16

const kt_class_item *kt_class_find(const kt_classification *classification, const char *code)
{
    const size_t at = kt_codes_find(classification->index, code);
    return at == KT_NO_CODE ? NULL : &classification->items[at];
}

/* The last membership of items[item] at that level that had begun by the day (NULL: of all). */
static const kt_membership *last_by(const kt_classification *classification, size_t item,
                                    const char *level, const char *day)
{
    const kt_membership *found = NULL;
    for (size_t i = classification->first[item]; i < classification->first[item + 1]; i++) {
        const kt_membership *one = &classification->memberships[i];
        const bool begun = day == NULL || strcmp(one->valid_from, day) <= 0;
        if (begun && strcmp(one->parent_level, level) == 0) {
            found = one;
        }
    }
    return found;
}

/* Adds the parent of each level of items[item] on that day to the queue. */
static size_t queue_parents(const kt_classification *classification, size_t item, const char *day,
                            size_t *queue, size_t count)
{
    const size_t end = classification->first[item + 1];
    for (size_t i = classification->first[item]; i < end && count < PARENT_STEPS; i++) {
        const kt_membership *one = &classification->memberships[i];
        if (one == last_by(classification, item, one->parent_level, day)) {
            queue[count++] = kt_codes_find(classification->index, one->parent);
        }
    }
    return count;
}

const char *kt_class_parent(const kt_classification *classification, const char *code,
                            const char *level)
{
    return kt_class_parent_on(classification, code, level, NULL);
}

const char *kt_class_parent_on(const kt_classification *classification, const char *code,
                               const char *level, const char *day)
{
    size_t queue[PARENT_STEPS];
    size_t count = 0;
    const size_t start = kt_codes_find(classification->index, code);
    if (start != KT_NO_CODE) {
        queue[count++] = start;
    }
    for (size_t next = 0; next < count; next++) {
        const kt_membership *found = last_by(classification, queue[next], level, day);
        if (found != NULL) {
            return found->parent;
        }
        count = queue_parents(classification, queue[next], day, queue, count);
    }
    return NULL;
}

static const char *successor_of(const kt_classification *classification, const char *code)
{
    for (size_t i = 0; i < classification->succession_count; i++) {
        if (strcmp(classification->successions[i].abolished, code) == 0) {
            return classification->successions[i].successor;
        }
    }
    return NULL;
}

const char *kt_class_today(const kt_classification *classification, const char *code)
{
    for (int step = 0; step < SUCCESSION_STEPS; step++) {
        const char *successor = successor_of(classification, code);
        if (successor == NULL) {
            break;
        }
        code = successor;
    }
    return code;
}

/* True if code, or the municipality it was merged into, is the member or lies in it. */
static bool is_below(const kt_classification *regions, const char *code,
                     const kt_class_item *member)
{
    const char *today = kt_class_today(regions, code);
    return strcmp(code, member->code) == 0 || strcmp(today, member->code) == 0 ||
           kt_text_same(kt_class_parent(regions, today, member->level), member->code);
}

static bool concerns(const kt_classification *regions, const kt_class_conflict *conflict,
                     const kt_codes *codes)
{
    const kt_class_item *member = kt_class_find(regions, conflict->member);
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        if (is_below(regions, kt_codes_at(codes, i), member)) {
            return true;
        }
    }
    return false;
}

kt_status kt_class_certain(const kt_classification *regions, const kt_codes *codes, kt_error *err)
{
    for (size_t i = 0; i < regions->conflict_count; i++) {
        const kt_class_conflict *conflict = &regions->conflicts[i];
        if (concerns(regions, conflict, codes)) {
            return kt_fail(err, KT_ERR_CONFIG, "%s", conflict->line);
        }
    }
    return KT_OK;
}

static bool has_all(const kt_classification *a, const kt_classification *b)
{
    for (size_t i = 0; i < b->item_count; i++) {
        if (kt_class_find(a, b->items[i].code) == NULL) {
            return false;
        }
    }
    return true;
}

bool kt_classes_cover(const kt_classifications *a, const kt_classifications *b)
{
    for (int revision = 0; revision < KT_SECTOR_REVISIONS; revision++) {
        if (!has_all(&a->sectors[revision], &b->sectors[revision])) {
            return false;
        }
    }
    return has_all(&a->regions, &b->regions) && has_all(&a->occupations, &b->occupations);
}
