/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch_settings.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "pipeline/signals.h"

/* "https://pxdata.stat.fi=http://127.0.0.1:8081"; an address may hold further signs of equality. */
static kt_status read_redirect(const char *word, kt_arena *arena, kt_redirect *out, kt_error *err)
{
    const char *equals = strstr(word, "=http");
    if (equals == NULL || equals == word || strncmp(word, "http", 4) != 0) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--redirect: expected FROM=TO, both addresses that begin with http:// or "
                       "https://, found \"%s\"",
                       word);
    }
    *out = (kt_redirect){.from = kt_arena_copy_n(arena, word, (size_t)(equals - word)),
                         .to = equals + 1};
    return KT_OK;
}

static kt_status read_redirects(const kt_arguments *arguments, kt_arena *arena,
                                kt_fetch_options *out, kt_error *err)
{
    const size_t count = arguments->counts[KT_OPTION_REDIRECT];
    kt_redirect *redirects = kt_arena_array(arena, kt_redirect, count + 1);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(read_redirect(arguments->values[KT_OPTION_REDIRECT][i], arena, &redirects[i], err));
    }
    out->redirects = redirects;
    out->redirect_count = count;
    return KT_OK;
}

kt_status kt_fetch_settings(const kt_http_settings *http, const char *workspace,
                            const kt_arguments *arguments, kt_arena *arena, kt_fetch_options *out,
                            kt_error *err)
{
    *out = (kt_fetch_options){
        .user_agent = kt_arena_print(arena, "kohtaanto/%s", kt_version()),
        .connect_timeout_s = http->connect_timeout_s,
        .stall_timeout_s = http->stall_timeout_s,
        .total_timeout_s = http->total_timeout_s,
        .reply_limit_bytes = http->reply_limit_bytes,
        .parallel = http->parallel,
        .retry_budget = http->retry_budget,
        .calls_reserve = http->calls_reserve,
        .backoff_s = http->backoff_s,
        .limiter_folder = kt_path_join(arena, workspace, "store/limits"),
        .cancelled = kt_signals_flag(),
    };
    return read_redirects(arguments, arena, out, err);
}

kt_status kt_fetch_scratch(kt_arena *arena, kt_fetch_options *out, kt_error *err)
{
    const char *parent = getenv("TMPDIR");
    char *folder = kt_arena_print(arena, "%s/kohtaanto.XXXXXX",
                                  parent == NULL || parent[0] == '\0' ? "/tmp" : parent);
    if (mkdtemp(folder) == NULL) {
        return kt_fail_errno(err, folder, "cannot create");
    }
    out->limiter_folder = folder;
    return KT_OK;
}
