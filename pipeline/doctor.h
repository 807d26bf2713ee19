/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_DOCTOR_H
#define KT_PIPELINE_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/instant.h"
#include "core/problems.h"
#include "fetch/fetch.h"
#include "pipeline/campaigns.h"
#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/exit_code.h"

/**
 * What would make a night fail, looked at before it does: one line a check, each fault with the
 * mend. It changes nothing: no lock is taken, no file of the workspace is written, no figure is
 * asked for. What it asks is counted in store/limits where the workspace is ours.
 */
typedef enum kt_health { KT_HEALTH_OK, KT_HEALTH_WARNING, KT_HEALTH_FAULT } kt_health;

/** What is looked at: the kind of check, and the file, table or service. */
typedef struct kt_checked {
    const char *check, *subject;
} kt_checked;

typedef struct kt_doctor_line {
    kt_checked of;
    kt_health health;
    const char *found;
    const char *mend; /* NULL where all is well */
    kt_exit code;     /* of a fault */
} kt_doctor_line;

typedef struct kt_doctor {
    kt_arena *arena;
    const kt_config *config;
    const char *workspace;
    kt_instant now;
    kt_receipts receipts; /* of the archive, once kt_doctor_archive has read them */
    bool is_locked;       /* by a run that is under way */
    bool is_ours;         /* the workspace is there, and what we write there harms nobody */
    kt_doctor_line *lines;
    size_t count, room;
    size_t calls; /* that were made to services */
} kt_doctor;

void kt_doctor_ok(kt_doctor *doctor, kt_checked of, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void kt_doctor_warn(kt_doctor *doctor, kt_checked of, const char *mend, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void kt_doctor_fault(kt_doctor *doctor, kt_checked of, kt_exit code, const char *mend,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/** A fault for each mistake of the configuration; one line of it if there is none. */
void kt_doctor_config(kt_doctor *doctor, const char *path, const kt_problems *problems);

/** The workspace: whether a night may write there and nobody else has, room on the disk, the lock.
 */
void kt_doctor_workspace(kt_doctor *doctor);

/** The archive's lists and bodies, and the clock against them. */
void kt_doctor_archive(kt_doctor *doctor);

/**
 * Each wanted source at its service: limits, clock, address, codes, age, and how long the whole
 * table would take. Fails only where nothing can be asked at all, or by cancellation.
 */
kt_status kt_doctor_sources(kt_doctor *doctor, const kt_arguments *arguments, const bool *wanted,
                            kt_error *err) KT_MUST_CHECK;

/** Of the lines: what the program ends with, by the fault that a person has to mend first. */
int kt_doctor_exit_code(const kt_doctor *doctor);

/** "3 faults, 1 warning, 14 checks, 5 calls", in the arena. */
const char *kt_doctor_summary(const kt_doctor *doctor);

void kt_doctor_print(const kt_doctor *doctor, bool json, FILE *out);

#endif
