/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#define TABLE        "early_warning"
#define SIGNAL_LIMIT 100
#define ASK_LIMIT    100
#define MONTH_LIMIT  12
#define SHOWN_LIMIT  1200

static bool is_signal(const kt_contract *contract, const char *name)
{
    const kt_schema *schema = kt_contract_find(contract, TABLE);
    const size_t at = schema == NULL ? KT_NO_COLUMN : kt_schema_column(schema, "signal");
    for (size_t i = 0; at != KT_NO_COLUMN && i < schema->columns[at].value_count; i++) {
        if (strcmp(schema->columns[at].values[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool read_as(kt_json place)
{
    const char *word = kt_json_text_or(place, "sum");
    if (strcmp(word, "sum") != 0 && strcmp(word, "mean") != 0) {
        kt_json_wrong(place, "expected sum or mean, found \"%s\"", word);
    }
    return strcmp(word, "mean") == 0;
}

static void read_signal(kt_json place, const kt_contract *contract, kt_warning_plan *plan)
{
    static const char *const keys[] = {"signal", "as", "of", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    kt_warning_signal *signal = &plan->signals[plan->signal_count];
    const kt_json name = kt_json_member(place, "signal"), of = kt_json_member(place, "of");
    const char *word = kt_json_text(name);
    const size_t count = kt_json_count(of);
    if (word == NULL) {
        return;
    }
    if (!is_signal(contract, word)) {
        kt_json_wrong(name, "\"%s\" is no signal of the table " TABLE, word);
    }
    for (size_t i = 0; i < plan->signal_count; i++) {
        if (strcmp(plan->signals[i].name, word) == 0) {
            kt_json_wrong(name, "the signal \"%s\" is there twice", word);
        }
    }
    if (count == 0 || count > ASK_LIMIT) {
        kt_json_wrong(of, "expected 1 to %d kinds of figures", ASK_LIMIT);
        return;
    }
    *signal = (kt_warning_signal){.name = word,
                                  .as_mean = read_as(kt_json_member(place, "as")),
                                  .asks = kt_arena_array(place.arena, kt_series_ask, count)};
    for (size_t i = 0; i < count; i++) {
        kt_series_ask *ask = &signal->asks[signal->ask_count++];
        kt_config_series_ask(kt_json_element(of, i), contract, ask);
        if (ask->figure_count > 1) {
            kt_json_wrong(kt_json_element(of, i), "a signal has one figure, not %zu",
                          ask->figure_count);
        }
    }
    plan->signal_count++;
}

/* A share that is neither none nor all. */
static double read_share(kt_json place)
{
    const double share = kt_json_number(place, 0.0, 1.0);
    if (share == 0.0 || share == 1.0) {
        kt_json_wrong(place, "expected a number between 0 and 1");
    }
    return share;
}

void kt_config_early_warning(const char *path, kt_config *config, kt_arena *arena,
                             kt_problems *problems)
{
    static const char *const keys[] = {"months",        "shown",   "level", "rate",
                                       "family_weight", "signals", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL || config->contract == NULL) {
        return;
    }
    kt_warning_plan *plan = &config->early_warning;
    kt_json_only(root, keys);
    plan->months = (size_t)kt_json_whole(kt_json_member(root, "months"), 1, MONTH_LIMIT);
    plan->shown = (size_t)kt_json_whole(kt_json_member(root, "shown"), 1, SHOWN_LIMIT);
    plan->rules.level = read_share(kt_json_member(root, "level"));
    plan->rules.rate = read_share(kt_json_member(root, "rate"));
    plan->rules.family_weight = kt_json_number(kt_json_member(root, "family_weight"), 0.0, 1e6);
    const kt_json list = kt_json_member(root, "signals");
    const size_t count = kt_json_count(list);
    if (count > SIGNAL_LIMIT) {
        kt_json_wrong(list, "expected at most %d signals", SIGNAL_LIMIT);
        return;
    }
    plan->signals = kt_arena_array(arena, kt_warning_signal, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_signal(kt_json_element(list, i), config->contract, plan);
    }
}
