/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limits.h"

#include <jansson.h>
#include <math.h>

static kt_status read_number(const json_t *config, const char *key, const char *name, double *out,
                             kt_error *err)
{
    const json_t *value = json_object_get(config, key);
    const double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= 1.0) || number > 1e9 || floor(number) != number) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: expected a whole number from 1 to 1e9", name,
                       key);
    }
    *out = number;
    return KT_OK;
}

static kt_status read_calls(const json_t *config, const kt_limit_names *names, const char *name,
                            kt_service_limits *out, kt_error *err)
{
    double calls = 0.0;
    if (names->calls_may_lack && json_object_get(config, names->calls) == NULL) {
        return KT_OK;
    }
    KT_TRY(read_number(config, names->calls, name, &calls, err));
    KT_TRY(read_number(config, names->window_s, name, &out->window_s, err));
    if (out->window_s > KT_WINDOW_MAX_S) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s: %g s, expected at most %g", name,
                       names->window_s, out->window_s, KT_WINDOW_MAX_S);
    }
    out->calls = (size_t)calls;
    return KT_OK;
}

kt_status kt_limits_read(kt_body body, const kt_limit_names *names, kt_service_limits *out,
                         kt_error *err)
{
    json_error_t at = {0};
    json_auto_t *config = json_loadb(body.bytes, body.length, JSON_REJECT_DUPLICATES, &at);
    if (!json_is_object(config)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected the service's limits as a JSON object%s%s",
                       body.name, config == NULL ? ": " : "", at.text);
    }
    const bool older = names->cells_too != NULL && json_object_get(config, names->cells) == NULL;
    kt_service_limits limits = {0};
    double cells = 0.0;
    KT_TRY(read_number(config, older ? names->cells_too : names->cells, body.name, &cells, err));
    KT_TRY(read_calls(config, names, body.name, &limits, err));
    limits.cells = (size_t)cells;
    *out = limits;
    return KT_OK;
}
