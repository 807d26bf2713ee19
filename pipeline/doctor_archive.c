/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/file.h"
#include "doctor.h"
#include "pipeline/exit_code.h"

#define CLOCK_SLACK_S 300

/* Of the replies that tables are made of: how many lie in the archive, and the first that does not.
 */
typedef struct stock {
    size_t bodies, absent;
    const char *first_absent;
    const char *source; /* whose */
} stock;

/* A look at the name and the size: reading them all would take as long as a night. */
static bool is_there(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && about.st_size > 0;
}

static void look_for(const kt_doctor *doctor, const kt_archive *archive, const kt_receipt *receipt,
                     stock *of)
{
    const char *path = kt_archive_path(archive, receipt->sha256, doctor->arena);
    of->bodies++;
    if (!is_there(path) && of->absent++ == 0) {
        of->first_absent = path;
        of->source = receipt->source;
    }
}

static void check_bodies(kt_doctor *doctor, const kt_archive *archive, kt_checked of)
{
    stock found = {0};
    for (size_t i = 0; i < doctor->receipts.count; i++) {
        const kt_receipt *receipt = &doctor->receipts.at[i];
        if (receipt->purpose == KT_PURPOSE_DATA && kt_receipt_is_good(receipt)) {
            look_for(doctor, archive, receipt, &found);
        }
    }
    if (found.absent == 0) {
        kt_doctor_ok(doctor, of, "%zu receipts, %zu bodies of data, each in its place",
                     doctor->receipts.count, found.bodies);
        return;
    }
    kt_doctor_fault(doctor, of, KT_EXIT_IO,
                    "copy it back from the backup of the archive; until then the table is held",
                    "%zu of %zu bodies of data are gone, such as %s of %s; expected each that a "
                    "receipt names",
                    found.absent, found.bodies, found.first_absent, found.source);
}

static kt_instant newest_receipt(const kt_doctor *doctor)
{
    kt_instant newest = KT_NO_INSTANT;
    for (size_t i = 0; i < doctor->receipts.count; i++) {
        const kt_instant time = doctor->receipts.at[i].time;
        newest = time > newest ? time : newest;
    }
    return newest;
}

static void check_clock(kt_doctor *doctor)
{
    char now[KT_INSTANT_SIZE];
    char then[KT_INSTANT_SIZE];
    const kt_checked of = {"clock", "this machine"};
    const kt_instant newest = newest_receipt(doctor);
    (void)kt_instant_write(doctor->now, now);
    if (newest == KT_NO_INSTANT) {
        kt_doctor_ok(doctor, of, "%s, and no receipt to hold it against", now);
    } else if (newest > doctor->now + CLOCK_SLACK_S) {
        kt_doctor_fault(doctor, of, KT_EXIT_CONFIG,
                        "set the clock by ntp: timedatectl set-ntp true",
                        "%s, and the newest receipt is of %s; expected a clock that has passed it",
                        now, kt_instant_write(newest, then));
    } else {
        kt_doctor_ok(doctor, of, "%s, after the newest receipt of %s", now,
                     kt_instant_write(newest, then));
    }
}

static kt_status read_receipts(kt_doctor *doctor, kt_archive **archive, kt_error *err)
{
    kt_receipt *receipts = NULL;
    KT_TRY(kt_archive_open(doctor->workspace, archive, err));
    KT_TRY(kt_archive_receipts(*archive, doctor->arena, &receipts, &doctor->receipts.count, err));
    doctor->receipts.at = receipts;
    return KT_OK;
}

void kt_doctor_archive(kt_doctor *doctor)
{
    const kt_checked of = {"archive", kt_path_join(doctor->arena, doctor->workspace, "archive")};
    kt_archive *archive = NULL;
    kt_error err = {0};
    /* Opening would make it, and then it would be ours and not the nightly user's. */
    if (!kt_file_exists(kt_path_join(doctor->arena, of.subject, "receipts"))) {
        kt_doctor_ok(doctor, of, "nothing was fetched yet");
    } else if (read_receipts(doctor, &archive, &err) == KT_OK) {
        check_bodies(doctor, archive, of);
    } else {
        doctor->receipts = (kt_receipts){0};
        kt_doctor_fault(doctor, of, (kt_exit)kt_exit_code(err.status),
                        "put that file back from the backup of the archive; of the lines that it "
                        "may lack the replies are fetched again",
                        "%s", err.message);
    }
    check_clock(doctor);
    kt_archive_close(archive);
}
