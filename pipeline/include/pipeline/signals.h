/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SIGNALS_H
#define KT_PIPELINE_SIGNALS_H

#include <stdatomic.h>

#include "core/error.h"

/**
 * SIGINT and SIGTERM ask a run to stop in good order; a second one ends it at once, which is safe
 * too, because nothing is published before the last rename. SIGPIPE is ignored: writing to a closed
 * pipe is an error like others.
 */
void kt_signals_catch(void);

/** The flag that long work looks at: 0, or the signal that came. */
const atomic_int *kt_signals_flag(void);

/** The signal that came, 0 if none did. */
int kt_signals_received(void);

/** KT_ERR_CANCELLED with one line if a signal came. */
kt_status kt_signals_check(kt_error *err) KT_MUST_CHECK;

#endif
