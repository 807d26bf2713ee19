/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "core/cleanup.h"
#include "night.h"
#include "pipeline/lock.h"

static kt_status run(kt_session *session, kt_error *err)
{
    const kt_config *config = NULL;
    KT_TRY(kt_night_config(session, &config, err));
    const char *workspace = kt_arguments_text(session->arguments, KT_OPTION_WORKSPACE);
    workspace = workspace == NULL ? config->workspace : workspace;
    KT_AUTO(lock) int lock = -1;
    KT_TRY(kt_lock_take(workspace, session->arena, &lock, err));
    KT_AUTO(archive) kt_archive *archive = NULL;
    KT_TRY(kt_archive_open(workspace, &archive, err));
    kt_receipt *receipts = NULL;
    size_t count = 0;
    KT_TRY(kt_archive_receipts(archive, session->arena, &receipts, &count, err));
    KT_TRY(kt_ledger_rebuild(workspace, (kt_receipts){.at = receipts, .count = count},
                             session->arena, err));
    (void)printf("%s/ledger.sqlite: made anew from %zu receipts\n", workspace, count);
    return KT_OK;
}

const kt_command kt_command_rebuild_ledger = {
    .name = "rebuild-ledger",
    .options = KT_TAKES_CONFIG,
    .summary = "Make the ledger anew from receipts and manifests",
    .notes = "",
    .run = run,
};
