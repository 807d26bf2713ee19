/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corrections.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/number.h"
#include "core/text.h"

static bool is_known(const kt_correction *one, kt_instant as_of)
{
    return as_of != KT_NO_INSTANT && one->from <= as_of;
}

/* True if a later correction of the same cell is known too. */
static bool is_replaced(const kt_config *config, const kt_correction *one, kt_instant as_of)
{
    for (size_t i = 0; i < config->correction_count; i++) {
        const kt_correction *other = &config->corrections[i];
        if (other->from > one->from && is_known(other, as_of) &&
            kt_correction_same_cell(one, other)) {
            return true;
        }
    }
    return false;
}

kt_correction_choice kt_corrections_choose(const kt_config *config, const char *source,
                                           kt_instant as_of, kt_arena *arena)
{
    const kt_correction **list =
        kt_arena_array(arena, const kt_correction *, config->correction_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < config->correction_count; i++) {
        const kt_correction *one = &config->corrections[i];
        if (strcmp(one->source, source) == 0 && is_known(one, as_of) &&
            !is_replaced(config, one, as_of)) {
            list[count++] = one;
        }
    }
    return (kt_correction_choice){list, count};
}

bool kt_corrections_same(const kt_config *config, kt_instant a, kt_instant b)
{
    for (size_t i = 0; i < config->correction_count; i++) {
        if (is_known(&config->corrections[i], a) != is_known(&config->corrections[i], b)) {
            return false;
        }
    }
    return true;
}

const char *kt_corrections_key(kt_correction_choice choice, kt_arena *arena)
{
    const char *key = "";
    for (size_t i = 0; i < choice.count; i++) {
        key = kt_arena_print(arena, "%s %s", key, strchr(choice.at[i]->place, ':'));
    }
    return key;
}

static const char *coordinates(const kt_correction *one, kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s %s %s %s %s", one->source, one->period, one->region,
                          one->occupation, one->measure, one->group);
}

static kt_status absent(const kt_corrected *is, const char *place, kt_error *err)
{
    const kt_correction *one = is->correction;
    const char *const codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = one->period, [KT_ROLE_MEASURE] = one->measure,
        [KT_ROLE_REGION] = one->region, [KT_ROLE_OCCUPATION] = one->occupation,
        [KT_ROLE_SECTOR] = KT_TOTAL,    [KT_ROLE_GROUP] = one->group,
    };
    return is->missing == KT_ROLES
               ? kt_fail(err, KT_ERR_CONFIG,
                         "%s: %s: no such cell, expected one that the table has a figure for",
                         one->place, place)
               : kt_fail(err, KT_ERR_CONFIG, "%s: %s: no such cell, the table has no %s %s",
                         one->place, place, kt_role_name(is->missing), codes[is->missing]);
}

kt_status kt_corrections_verify(const kt_corrected *list, size_t count, const kt_source *source,
                                kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open(source->id, 0);
    for (size_t i = 0; i < count; i++) {
        const char *place = coordinates(list[i].correction, scratch);
        if (list[i].state == KT_CORRECTION_ABSENT) {
            return absent(&list[i], place, err);
        }
        if (list[i].state == KT_CORRECTION_REFUSED) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "%s: %s: the source protects this figure, expected status Q or no "
                           "correction",
                           list[i].correction->place, place);
        }
    }
    return KT_OK;
}

static const char *figure_words(double value, kt_arena *arena)
{
    char number[KT_NUMBER_SIZE];
    if (isnan(value)) {
        return "no figure";
    }
    (void)kt_number_write(value, number);
    return kt_arena_copy(arena, number);
}

/* What the source has by now, in place of what was corrected. */
static const char *outdated_words(const kt_corrected *one, kt_obs obs, kt_arena *arena)
{
    if (kt_obs_is_protected(obs)) {
        return "not applied: the source protects the figure by now";
    }
    return kt_obs_is_hidden(obs)
               ? "not applied: the source has another figure by now, which is covered"
               : kt_arena_print(arena, "not applied: the source has %s by now, expected %s",
                                figure_words(one->found, arena),
                                figure_words(one->correction->was, arena));
}

static const char *applied_words(const kt_corrected *one, kt_obs obs, kt_arena *arena)
{
    const kt_correction *is = one->correction;
    if (kt_obs_is_hidden(obs)) {
        return kt_arena_print(arena, "protected: %s", is->reason);
    }
    return kt_arena_print(arena, "%s in place of %s: %s",
                          isnan(is->value) ? "taken away" : figure_words(is->value, arena),
                          figure_words(one->found, arena), is->reason);
}

kt_check kt_correction_check(const kt_corrected *one, kt_obs obs, kt_arena *arena)
{
    const bool applied = one->state == KT_CORRECTION_APPLIED;
    return (kt_check){
        .name = "correction_applied",
        .subject = coordinates(one->correction, arena),
        .severity = "note",
        .passed = applied,
        .measured = kt_obs_is_hidden(obs) ? (double)NAN : one->found,
        .threshold = NAN,
        .cells_checked = 1,
        .cells_failed = applied ? 0 : 1,
        .examples = applied ? applied_words(one, obs, arena) : outdated_words(one, obs, arena),
    };
}

static const char *copy(const char *text, kt_arena *arena)
{
    return kt_arena_copy(arena, text);
}

kt_correction kt_correction_applied(const kt_corrected *one, kt_obs obs, kt_arena *arena)
{
    const kt_correction *is = one->correction;
    const bool hidden = kt_obs_is_hidden(obs);
    return (kt_correction){
        .place = "",
        .date = copy(is->date, arena),
        .from = is->from,
        .source = copy(is->source, arena),
        .period = copy(is->period, arena),
        .region = copy(is->region, arena),
        .occupation = copy(is->occupation, arena),
        .measure = copy(is->measure, arena),
        .group = copy(is->group, arena),
        .value = hidden ? (double)NAN : is->value,
        .obs = hidden ? KT_OBS_PROTECTED : is->obs,
        .was = hidden ? (double)NAN : one->found,
        .reason = copy(is->reason, arena),
    };
}

static json_t *count_or_null(double value)
{
    return isnan(value) ? json_null() : json_integer((json_int_t)value);
}

json_t *kt_corrections_pack(const kt_correction *list, size_t count)
{
    json_t *packed = json_array();
    for (size_t i = 0; i < count; i++) {
        const kt_correction *one = &list[i];
        const char status[] = {kt_obs_letter(one->obs), '\0'};
        json_array_append_new(
            packed, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "date",
                              one->date, "source", one->source, "period", one->period, "region",
                              one->region, "occupation", one->occupation, "measure", one->measure,
                              "group", one->group, "value", count_or_null(one->value), "status",
                              status, "was", count_or_null(one->was), "reason", one->reason));
    }
    return packed;
}

static double read_count(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? (double)json_integer_value(value) : (double)NAN;
}

static bool unpack(const json_t *packed, kt_arena *arena, kt_correction *out)
{
    static const char *const keys[] = {"date",       "source",  "period", "region",
                                       "occupation", "measure", "group",  "reason"};
    const char **const texts[] = {&out->date,       &out->source,  &out->period, &out->region,
                                  &out->occupation, &out->measure, &out->group,  &out->reason};
    const char *status = json_string_value(json_object_get(packed, "status"));
    out->place = "";
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *text = json_string_value(json_object_get(packed, keys[i]));
        *texts[i] = text == NULL ? NULL : kt_arena_copy(arena, text);
        if (text == NULL) {
            return false;
        }
    }
    out->value = read_count(packed, "value");
    out->was = read_count(packed, "was");
    return status != NULL && kt_obs_read(status[0], &out->obs) &&
           kt_instant_read(out->date, false, &out->from);
}

bool kt_corrections_unpack(const json_t *packed, kt_arena *arena, kt_correction **out,
                           size_t *count)
{
    *count = json_array_size(packed);
    *out = kt_arena_array(arena, kt_correction, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        if (!unpack(json_array_get(packed, i), arena, &(*out)[i])) {
            return false;
        }
    }
    return json_is_array(packed);
}
