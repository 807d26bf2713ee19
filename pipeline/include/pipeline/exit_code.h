/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_EXIT_CODE_H
#define KT_PIPELINE_EXIT_CODE_H

#include "core/error.h"

/** What the program ends with (DESIGN section 3); most are those of sysexits. */
typedef enum kt_exit {
    KT_EXIT_OK = 0,          /* published, or nothing new */
    KT_EXIT_USAGE = 64,      /* the command line is wrong */
    KT_EXIT_DATA = 65,       /* a gate held publication, or bad data for a one-off command */
    KT_EXIT_UNREACHED = 69,  /* no source could be reached */
    KT_EXIT_BUG = 70,        /* an invariant of ours is broken */
    KT_EXIT_CANTCREATE = 73, /* an output cannot be created */
    KT_EXIT_IO = 74,         /* the disk */
    KT_EXIT_BUSY = 75,       /* another run holds the lock */
    KT_EXIT_PERMISSION = 77, /* the system refused access */
    KT_EXIT_CONFIG = 78,     /* the configuration is wrong */
    KT_EXIT_DEGRADED = 100,  /* published, but a source failed, is stale or was held */
    KT_EXIT_SIGNAL = 128     /* plus the signal that asked us to stop */
} kt_exit;

/** The exit code of a command that ended with that status. */
int kt_exit_code(kt_status status);

#endif
