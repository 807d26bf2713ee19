/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/parallel.h"
#include "core/problems.h"
#include "core/text.h"
#include "publish/check_output.h"
#include "publish/dialect.h"
#include "publish/feed.h"
#include "publish/layout.h"
#include "publish/manifest.h"
#include "publish/stage.h"

#define CURRENT         "current"
#define STAGING         ".staging-"
#define STAGING_CURRENT ".staging-current"

/* Where a publication goes. */
typedef struct publish_place {
    const char *folder;  /* that the staging folder is made in */
    const char *staging; /* on the same file system as target */
    const char *parent;  /* of target; synced after the rename */
    const char *target;
    const char *link; /* what current shall say, relative to folder; NULL: current stays */
} publish_place;

/* "DIR/" is DIR: its parent is not DIR itself. */
static const char *without_slash(const char *path, kt_arena *arena)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return kt_arena_copy_n(arena, path, length);
}

static publish_place place_of(const kt_publication *publication, kt_arena *arena)
{
    publish_place place = {0};
    if (publication->out != NULL) {
        place.target = without_slash(publication->out, arena);
        place.parent = place.folder = kt_path_folder(arena, place.target);
    } else {
        const char *name = kt_run_name(publication->as_of, publication->run_id, arena);
        place.folder = publication->published;
        place.parent = kt_path_join(arena, publication->published, "runs");
        place.target = kt_path_join(arena, place.parent, name);
        place.link = kt_arena_print(arena, "runs/%s", name);
    }
    place.staging = kt_path_join(arena, place.folder,
                                 kt_arena_print(arena, "%s%s", STAGING, publication->run_id));
    return place;
}

/* What an interrupted publication left; nobody else can be writing, for the caller holds the lock.
 */
static kt_status remove_leftovers(const publish_place *place, kt_arena *arena, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(place->folder, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        const char *path = kt_path_join(arena, place->folder, names[i]);
        const bool ours = place->link != NULL ? kt_text_starts(names[i], STAGING)
                                              : strcmp(path, place->staging) == 0;
        const bool gone = ours && unlink(path) == 0;
        KT_TRY(ours && !gone ? kt_folder_remove(path, err) : KT_OK);
    }
    return KT_OK;
}

const char *kt_published_current(const char *published, kt_arena *arena)
{
    char link[512];
    const ssize_t length = readlink(kt_path_join(arena, published, CURRENT), link, sizeof link);
    if (length <= 0 || (size_t)length >= sizeof link) {
        return NULL;
    }
    const char *folder =
        kt_path_join(arena, published, kt_arena_copy_n(arena, link, (size_t)length));
    return kt_file_exists(folder) ? folder : NULL;
}

kt_status kt_published_of(const char *workspace, kt_arena *arena, const char **folder,
                          kt_error *err)
{
    *folder = kt_published_current(kt_path_join(arena, workspace, "published"), arena);
    return *folder != NULL
               ? KT_OK
               : kt_fail(err, KT_ERR_NO_DATA, "%s: nothing is published yet", workspace);
}

/* A reader sees the old run or the new one at every moment: the link is replaced by a rename. */
static kt_status point_current(const publish_place *place, kt_arena *arena, kt_error *err)
{
    if (place->link == NULL) {
        return KT_OK;
    }
    const char *current = kt_path_join(arena, place->folder, CURRENT);
    char now[512];
    const ssize_t length = readlink(current, now, sizeof now - 1);
    if (length > 0 && (size_t)length == strlen(place->link) &&
        memcmp(now, place->link, (size_t)length) == 0) {
        return KT_OK;
    }
    const char *fresh = kt_path_join(arena, place->folder, STAGING_CURRENT);
    (void)unlink(fresh);
    if (symlink(place->link, fresh) != 0) {
        return kt_fail_errno(err, fresh, "cannot create the link");
    }
    if (rename(fresh, current) != 0) {
        return kt_fail_errno(err, current, "cannot replace the link");
    }
    return kt_folder_sync(place->folder, err);
}

static kt_status check_staging(const kt_new_output *made, kt_arena *arena, kt_error *err)
{
    kt_problems *problems = kt_problems_new(arena);
    KT_TRY(kt_check_new_output(made, arena, problems, err));
    const size_t count = kt_problems_count(problems);
    if (count > 0) {
        return kt_fail(err, KT_ERR_DATA, "%s (%zu such lines; nothing was published)",
                       kt_problems_at(problems, 0), count);
    }
    return KT_OK;
}

static kt_status move_into_place(const publish_place *place, kt_error *err)
{
    if (rename(place->staging, place->target) != 0) {
        return kt_fail_errno(err, place->target, "cannot move the run to this name");
    }
    return kt_folder_sync(place->parent, err);
}

static kt_status stage_and_move(const kt_publication *publication, const publish_place *place,
                                kt_arena *arena, kt_publish_result *out, kt_error *err)
{
    const char *earlier = place->link == NULL ? NULL : kt_published_current(place->folder, arena);
    KT_TRY(kt_stage_run(publication, earlier, place->staging, arena, out, err));
    const kt_new_output made = {.dir = place->staging,
                                .contract = publication->contract,
                                .proven = out->proven,
                                .same = out->same,
                                .same_count = out->same_count,
                                .threads = publication->threads};
    KT_TRY(check_staging(&made, arena, err));
    return move_into_place(place, err);
}

/* A folder that the user named: it may be absent or empty, nothing else. */
static kt_status check_target(const publish_place *place, kt_arena *arena, kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(place->target, arena, &names, &count, err));
    return count == 0 ? KT_OK : kt_fail(err, KT_ERR_CANTCREATE, "%s: is not empty", place->target);
}

/* What readers look at from now on; the run itself is there already. */
static kt_status show(const kt_publication *publication, const publish_place *place,
                      kt_arena *arena, kt_error *err)
{
    KT_TRY(point_current(place, arena, err));
    return kt_feeds_write(publication, arena, err);
}

kt_status kt_publish(const kt_publication *publication, kt_arena *arena, kt_publish_result *out,
                     kt_error *err)
{
    const publish_place place = place_of(publication, arena);
    *out = (kt_publish_result){.folder = place.target};
    KT_TRY(kt_folder_make(place.parent, err));
    KT_TRY(remove_leftovers(&place, arena, err));
    if (kt_file_exists(place.target)) {
        if (place.link != NULL) {
            return show(publication, &place, arena, err);
        }
        KT_TRY(check_target(&place, arena, err));
    }
    const kt_status status = stage_and_move(publication, &place, arena, out, err);
    if (status != KT_OK) {
        /* What cannot be removed now is removed by the next publication. */
        const kt_status removed = kt_folder_remove(place.staging, NULL);
        (void)removed;
        return status;
    }
    out->published = true;
    return show(publication, &place, arena, err);
}
