/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/number.h"
#include "core/period.h"

/* True if the whole of word stands in choices, which are parted by single blanks. */
static bool is_choice(const char *choices, const char *word)
{
    const size_t length = strlen(word);
    const char *at = choices;
    while (at != NULL && *at != '\0') {
        const size_t here = strcspn(at, " ");
        if (here == length && length > 0 && memcmp(at, word, length) == 0) {
            return true;
        }
        at += here;
        at += strspn(at, " ");
    }
    return false;
}

static bool is_bounded(const kt_param *param)
{
    return param->least != 0.0 || param->most != 0.0;
}

static bool is_inside(const kt_param *param, double number)
{
    if (!is_bounded(param)) {
        return true;
    }
    return param->open ? number > param->least && number < param->most
                       : number >= param->least && number <= param->most;
}

static kt_status refuse_number(const kt_param *param, const char *text, kt_error *err)
{
    const char *what = param->kind == KT_PARAM_INTEGER ? "a whole number" : "a number";
    const char *or_word = param->choices != NULL ? " or one of: " : "";
    const char *words = param->choices != NULL ? param->choices : "";
    char range[128] = "";
    if (is_bounded(param)) {
        (void)snprintf(range, sizeof range,
                       param->open ? " above %.17g and below %.17g" : " from %.17g to %.17g",
                       param->least, param->most);
    }
    return kt_fail(err, KT_ERR_USAGE, "parameter %s: \"%s\" is not %s%s%s%s", param->name, text,
                   what, range, or_word, words);
}

static kt_status read_number(const kt_param *param, const char *text, kt_param_value *out,
                             kt_error *err)
{
    if (is_choice(param->choices, text)) {
        *out = (kt_param_value){.number = NAN, .text = text};
        return KT_OK;
    }
    double number;
    if (!kt_number_read(text, strlen(text), &number) || !is_inside(param, number) ||
        (param->kind == KT_PARAM_INTEGER && number != floor(number))) {
        return refuse_number(param, text, err);
    }
    *out = (kt_param_value){.number = number};
    return KT_OK;
}

/* Reads the period at the start of text; *length is that of its text up to ';' or the end. */
static bool read_one_period(const char *text, size_t *length, kt_period *out)
{
    char word[KT_PERIOD_SIZE];
    *length = strcspn(text, ";");
    if (*length >= sizeof word) {
        return false;
    }
    memcpy(word, text, *length);
    word[*length] = '\0';
    return kt_period_read(word, out);
}

static kt_status read_periods(const kt_param *param, const char *text, kt_param_value *out,
                              kt_error *err)
{
    kt_period before = {0};
    const char *at = text;
    while (*at != '\0') {
        kt_period period;
        size_t length;
        const bool first = at == text;
        const bool reads = read_one_period(at, &length, &period);
        const bool more = reads && at[length] == ';';
        if (!reads || (more && at[length + 1] == '\0') ||
            (!first &&
             (period.frequency != before.frequency || kt_period_compare(before, period) >= 0))) {
            return kt_fail(err, KT_ERR_USAGE,
                           "parameter %s: \"%s\" is not periods of one frequency in rising order "
                           "joined by ';', such as 2008M09;2013M01",
                           param->name, text);
        }
        before = period;
        at += length + (more ? 1 : 0);
    }
    *out = (kt_param_value){.number = NAN, .text = text};
    return KT_OK;
}

kt_status kt_param_read(const kt_param *param, const char *text, kt_param_value *out, kt_error *err)
{
    const char *given = text != NULL ? text : param->fallback;
    if (given == NULL) {
        return kt_fail(err, KT_ERR_USAGE, "parameter %s is missing: %s", param->name,
                       param->meaning);
    }
    switch (param->kind) {
    case KT_PARAM_NUMBER:
    case KT_PARAM_INTEGER:
        return read_number(param, given, out, err);
    case KT_PARAM_PERIODS:
        return read_periods(param, given, out, err);
    case KT_PARAM_CHOICE:
        break;
    }
    if (!is_choice(param->choices, given)) {
        return kt_fail(err, KT_ERR_USAGE, "parameter %s: \"%s\" is not one of: %s", param->name,
                       given, param->choices);
    }
    *out = (kt_param_value){.number = NAN, .text = given};
    return KT_OK;
}
