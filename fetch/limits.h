/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_LIMITS_H
#define KT_FETCH_LIMITS_H

#include "protocol.h"

/** What a service calls its limits in the JSON object that tells them. */
typedef struct kt_limit_names {
    const char *cells;
    const char *cells_too; /* its older name, NULL if there is none */
    const char *calls;
    const char *window_s;
    bool calls_may_lack; /* the service may keep the limit of calls to itself */
} kt_limit_names;

/** Reads them; KT_ERR_FORMAT with the name of what is absent or makes no sense. */
kt_status kt_limits_read(kt_body body, const kt_limit_names *names, kt_service_limits *out,
                         kt_error *err) KT_MUST_CHECK;

/** A window longer than this would let one wrong reply put the night to sleep. */
#define KT_WINDOW_MAX_S 3600.0

#endif
