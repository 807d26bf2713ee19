/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ERROR_H
#define KT_CORE_ERROR_H

/**
 * How a failure travels: a status for the program, one line for a person. Whoever meets the failure
 * writes the line with the thing in hand; callers pass it on unchanged.
 */

/** Why something failed, for the program. The text for people is in kt_error. */
typedef enum kt_status {
    KT_OK = 0,
    KT_ERR_USAGE,  /* the command line is wrong */
    KT_ERR_CONFIG, /* a configuration file is wrong */
    KT_ERR_FORMAT, /* bytes from outside do not have the shape they should have */
    KT_ERR_DATA, /* well-formed data that cannot be true: a count below zero, parts above the total
                  */
    KT_ERR_NO_DATA,    /* nothing to compute from; not a fault of anyone */
    KT_ERR_HTTP,       /* a service answered, but not with what was asked for */
    KT_ERR_UNREACHED,  /* a service did not answer at all */
    KT_ERR_NOT_FOUND,  /* a file or a name that is not there */
    KT_ERR_PERMISSION, /* the system refused access */
    KT_ERR_CANTCREATE, /* an output cannot be created */
    KT_ERR_IO,         /* reading, writing or syncing failed; a full disk */
    KT_ERR_BUSY,       /* another run holds the lock */
    KT_ERR_CANCELLED,  /* a signal asked us to stop */
    KT_ERR_BUG,        /* an invariant of ours is broken */
} kt_status;

/** What failed, for people. Lives on the stack of whoever can act on it; initialise with {0}. */
typedef struct kt_error {
    kt_status status;
    char message[1024];
} kt_error;

#define KT_MUST_CHECK __attribute__((warn_unused_result))

/** Fills err (may be NULL) and returns status, so that a failure is one line of code. */
kt_status kt_fail(kt_error *err, kt_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** As kt_fail, with the status and the words that errno calls for: "PATH: what: No such file". */
kt_status kt_fail_errno(kt_error *err, const char *path, const char *what);

/**
 * Passes a failure on unchanged: the function that met it has already said what happened.
 * The loop never comes round: it is the statement that holds the status with one block alone.
 */
#define KT_TRY(call)                                            \
    for (const kt_status kt_try_ = (call); kt_try_ != KT_OK;) { \
        return kt_try_;                                         \
    }

#endif
