/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_view.h"

#include <string.h>

#include "core/file.h"
#include "projects/lists.h"
#include "split.h"

kt_status kt_store_view(kt_session *session, kt_night *out, kt_error *err)
{
    *out = (kt_night){.session = session,
                      .arguments = session->arguments,
                      .arena = session->arena,
                      .lock = -1,
                      .until = KT_NO_INSTANT};
    KT_TRY(kt_night_config(session, &out->config, err));
    const char *workspace = kt_arguments_text(session->arguments, KT_OPTION_WORKSPACE);
    out->workspace = workspace == NULL ? out->config->workspace : workspace;
    out->store = kt_path_join(out->arena, out->workspace, "store");
    if (kt_file_exists(kt_path_join(out->arena, out->workspace, "archive"))) {
        KT_TRY(kt_archive_open(out->workspace, &out->archive, err));
        KT_TRY(kt_night_receipts(out, err));
    }
    kt_night_tables(out);
    return out->archive == NULL ? KT_OK : kt_night_lists(out, err);
}

kt_status kt_store_source(const kt_night *night, const char *id, const char *said, size_t *out,
                          kt_error *err)
{
    const kt_config *config = night->config;
    const char *all = "";
    *out = kt_config_source(config, id);
    if (*out < config->source_count) {
        return KT_OK;
    }
    for (size_t i = 0; i < config->source_count; i++) {
        all =
            kt_arena_print(night->arena, "%s%s%s", all, i == 0 ? "" : ", ", config->sources[i]->id);
    }
    return kt_fail(err, KT_ERR_USAGE, "%s: no source \"%s\"; there are %s", said, id, all);
}

/* Of tables and, behind them, of lists of projects. */
static kt_status find_wanted(const kt_night *night, const char *id, size_t *out, kt_error *err)
{
    const kt_project_settings *lists = &night->config->projects;
    for (size_t i = 0; i < lists->source_count; i++) {
        if (strcmp(lists->sources[i]->id, id) == 0) {
            *out = night->config->source_count + i;
            return KT_OK;
        }
    }
    return kt_store_source(night, id, "--tables", out, err);
}

kt_status kt_store_wanted(kt_night *night, kt_error *err)
{
    const size_t sources = night->config->source_count + night->config->projects.source_count;
    const char **ids = NULL;
    const size_t count = kt_text_split(kt_arguments_text(night->arguments, KT_OPTION_TABLES), ',',
                                       night->arena, &ids);
    night->wanted = kt_arena_array(night->arena, bool, sources + 1);
    for (size_t i = 0; i < sources; i++) {
        night->wanted[i] = count == 0;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        KT_TRY(find_wanted(night, ids[i], &at, err));
        night->wanted[at] = true;
    }
    return KT_OK;
}
