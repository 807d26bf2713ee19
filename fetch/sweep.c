/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep.h"

#include <unistd.h>

#include "core/file.h"
#include "core/text.h"

kt_status kt_sweep_folder(const char *folder, kt_arena *arena, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(folder, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        const char *path = kt_path_join(arena, folder, names[i]);
        if (kt_text_ends(names[i], ".tmp") && unlink(path) != 0) {
            return kt_fail_errno(err, path, "cannot remove");
        }
    }
    return KT_OK;
}
