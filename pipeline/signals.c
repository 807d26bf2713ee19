/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/signals.h"

#include <signal.h>
#include <stddef.h>

/* A signal handler reaches nothing but static storage. */
static atomic_int received;

static void remember(int signal_number)
{
    atomic_store(&received, signal_number);
}

void kt_signals_catch(void)
{
    /* SA_RESETHAND: the second signal finds the system's own action. No SA_RESTART: waiting ends.
     */
    struct sigaction stop = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&stop.sa_mask);
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGTERM, &stop, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

const atomic_int *kt_signals_flag(void)
{
    return &received;
}

int kt_signals_received(void)
{
    return atomic_load(&received);
}

kt_status kt_signals_check(kt_error *err)
{
    const int signal_number = kt_signals_received();
    if (signal_number == 0) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_CANCELLED, "stopped by %s",
                   signal_number == SIGINT ? "SIGINT" : "SIGTERM");
}
