/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/file.h"
#include "doctor.h"
#include "pipeline/lock.h"
#include "publish/publish.h"

#define MIB               (1024.0 * 1024.0)
#define FIRST_RUN_MIB     2048.0 /* a run over the whole history, with archive and store */
#define LEAST_MIB         256.0
#define RUNS_OF_ROOM      2.0 /* beside the published run: the next one, and what it is made from */
#define LEAST_FILES_FREE  20000
#define MOST_FILES_LOOKED 1000000

/* What a walk over files finds. */
typedef struct census {
    uid_t owner; /* whose they should be */
    double bytes;
    size_t files, foreign;
    const char *first_foreign;
} census;

/* Folders that are still to be looked into. */
typedef struct pile {
    const char **paths;
    size_t count, room;
    kt_arena *arena;
} pile;

static void put_on(pile *folders, const char *path)
{
    folders->paths = kt_arena_grow(folders->arena, folders->paths, folders->count, &folders->room,
                                   sizeof *folders->paths);
    folders->paths[folders->count++] = path;
}

static void look_at(const char *path, pile *folders, census *of)
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        return;
    }
    of->files++;
    of->bytes += S_ISREG(about.st_mode) ? (double)about.st_size : 0.0;
    if (about.st_uid != of->owner && of->foreign++ == 0) {
        of->first_foreign = path;
    }
    if (S_ISDIR(about.st_mode)) {
        put_on(folders, path);
    }
}

/* A folder that cannot be listed is a matter of rights, which are looked at by themselves. */
static void walk(const char *root, kt_arena *arena, census *of)
{
    pile folders = {.arena = arena};
    look_at(root, &folders, of);
    while (folders.count > 0 && of->files < MOST_FILES_LOOKED) {
        const char *folder = folders.paths[--folders.count];
        char **names = NULL;
        size_t count = 0;
        if (kt_folder_list(folder, arena, &names, &count, NULL) != KT_OK) {
            continue;
        }
        for (size_t i = 0; i < count; i++) {
            look_at(kt_path_join(arena, folder, names[i]), &folders, of);
        }
    }
}

static const char *user_name(uid_t user, kt_arena *arena)
{
    const struct passwd *entry = getpwuid(user);
    return entry == NULL ? kt_arena_print(arena, "%ld", (long)user)
                         : kt_arena_copy(arena, entry->pw_name);
}

/* The folder itself, or the nearest one above it that is there. */
static const char *nearest_there(const char *path, kt_arena *arena)
{
    while (!kt_file_exists(path)) {
        const char *above = kt_path_folder(arena, path);
        if (strcmp(above, path) == 0) {
            return path;
        }
        path = above;
    }
    return path;
}

static void check_absent(kt_doctor *doctor, kt_checked of)
{
    const char *above = nearest_there(kt_path_folder(doctor->arena, of.subject), doctor->arena);
    if (access(above, W_OK | X_OK) == 0) {
        kt_doctor_ok(doctor, of, "not there yet; the first night makes it");
        return;
    }
    kt_doctor_fault(doctor, of, errno == EACCES ? KT_EXIT_PERMISSION : KT_EXIT_CANTCREATE,
                    kt_arena_print(doctor->arena, "mkdir -p %s && chown %s %s, as root", of.subject,
                                   user_name(geteuid(), doctor->arena), of.subject),
                    "not there, and %s: %s; expected a folder in which it can be made", above,
                    strerror(errno));
}

static void check_owners(kt_doctor *doctor, kt_checked of, uid_t owner)
{
    census found = {.owner = owner};
    const char *name = user_name(owner, doctor->arena);
    walk(of.subject, doctor->arena, &found);
    if (found.foreign > 0) {
        kt_doctor_fault(doctor, of, KT_EXIT_PERMISSION,
                        kt_arena_print(doctor->arena, "chown -R %s %s, as root", name, of.subject),
                        "%zu of its %zu files belong to others, such as %s; expected %s, as a "
                        "night cannot change what is another user's",
                        found.foreign, found.files, found.first_foreign, name);
        return;
    }
    kt_doctor_ok(doctor, of, "%zu files, all of %s", found.files, name);
}

/* True if what we write there harms nobody. */
static bool check_rights(kt_doctor *doctor, kt_checked of)
{
    struct stat about;
    kt_arena *arena = doctor->arena;
    if (stat(of.subject, &about) != 0) {
        check_absent(doctor, of);
        return false;
    }
    const char *owner = user_name(about.st_uid, arena);
    const char *as_owner =
        kt_arena_print(arena, "runuser -u %s -- kohtaanto doctor ..., as root", owner);
    if (!S_ISDIR(about.st_mode)) {
        kt_doctor_fault(doctor, of, KT_EXIT_CANTCREATE,
                        "move that file away, or name another --workspace",
                        "is no folder; expected the folder of archive, store and published runs");
    } else if (access(of.subject, R_OK | W_OK | X_OK) != 0) {
        kt_doctor_fault(doctor, of, KT_EXIT_PERMISSION,
                        kt_arena_print(arena, "%s; or chown -R %s %s", as_owner,
                                       user_name(geteuid(), arena), of.subject),
                        "belongs to %s: %s for %s; expected a folder that the night can write to",
                        owner, strerror(errno), user_name(geteuid(), arena));
    } else if (geteuid() == 0 && about.st_uid != 0) {
        kt_doctor_warn(doctor, of, as_owner,
                       "belongs to %s, and we are root, whom nothing is forbidden; expected that "
                       "user",
                       owner);
        check_owners(doctor, of, about.st_uid);
    } else {
        check_owners(doctor, of, about.st_uid);
        return true;
    }
    return false;
}

static double mib_needed(const kt_doctor *doctor)
{
    const char *published = kt_path_join(doctor->arena, doctor->workspace, "published");
    const char *current = kt_published_current(published, doctor->arena);
    census found = {0};
    if (current == NULL) {
        return FIRST_RUN_MIB;
    }
    walk(current, doctor->arena, &found);
    return fmax(RUNS_OF_ROOM * found.bytes / MIB, LEAST_MIB);
}

static void check_disk(kt_doctor *doctor, const char *folder, double needed_mib)
{
    const kt_checked of = {"disk", folder};
    const char *there = nearest_there(folder, doctor->arena);
    struct statvfs about;
    if (statvfs(there, &about) != 0) {
        kt_doctor_fault(doctor, of, KT_EXIT_IO, "see that its file system is mounted", "%s: %s",
                        there, strerror(errno));
        return;
    }
    const double free_mib = (double)about.f_bavail * (double)about.f_frsize / MIB;
    const bool counts_files = about.f_files > 0; /* some file systems have no such limit */
    if (free_mib < needed_mib) {
        kt_doctor_fault(doctor, of, KT_EXIT_IO,
                        "delete old runs in published/runs/ that nobody needs, never archive/; or "
                        "a larger disk",
                        "%.0f MiB are free, expected at least %.0f", free_mib, needed_mib);
    } else if (counts_files && about.f_favail < LEAST_FILES_FREE) {
        kt_doctor_fault(doctor, of, KT_EXIT_IO,
                        "delete old runs in published/runs/ that nobody needs, never archive/",
                        "room for %lu files more, expected at least %d",
                        (unsigned long)about.f_favail, LEAST_FILES_FREE);
    } else {
        kt_doctor_ok(doctor, of, "%.0f MiB are free, a run needs %.0f", free_mib, needed_mib);
    }
}

static void check_lock(kt_doctor *doctor)
{
    const kt_checked of = {"lock", kt_path_join(doctor->arena, doctor->workspace, "lock")};
    const long holder = kt_lock_holder(of.subject);
    doctor->is_locked = holder >= 0;
    if (doctor->is_locked) {
        kt_doctor_warn(
            doctor, of,
            kt_arena_print(doctor->arena, "wait for process %ld, or see what it does", holder),
            "a run is under way (process %ld); another would end at once with 75", holder);
    } else {
        kt_doctor_ok(doctor, of, "free");
    }
}

void kt_doctor_workspace(kt_doctor *doctor)
{
    doctor->is_ours = check_rights(doctor, (kt_checked){"workspace", doctor->workspace});
    const double needed_mib = mib_needed(doctor);
    check_disk(doctor, doctor->workspace, needed_mib);
    check_lock(doctor);
    const char *public_dir = doctor->config == NULL ? NULL : doctor->config->publish.public_dir;
    if (public_dir != NULL) {
        (void)check_rights(doctor, (kt_checked){"public", public_dir});
        check_disk(doctor, public_dir, needed_mib);
    }
}
