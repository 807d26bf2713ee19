/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FETCH_SETTINGS_H
#define KT_PIPELINE_FETCH_SETTINGS_H

#include "core/arena.h"
#include "core/error.h"
#include "fetch/fetch.h"
#include "pipeline/command_line.h"
#include "pipeline/config.h"

/**
 * How services are spoken to: as http of the configuration and --redirect say, with the limiter's
 * folder below the workspace. Nobody listens yet. KT_ERR_USAGE with a redirect that is none.
 */
kt_status kt_fetch_settings(const kt_http_settings *http, const char *workspace,
                            const kt_arguments *arguments, kt_arena *arena, kt_fetch_options *out,
                            kt_error *err) KT_MUST_CHECK;

/**
 * A folder for the limiter, and for a file or two, that belongs to no night; out->limiter_folder
 * becomes it. Whoever asks for it removes it.
 */
kt_status kt_fetch_scratch(kt_arena *arena, kt_fetch_options *out, kt_error *err) KT_MUST_CHECK;

#endif
