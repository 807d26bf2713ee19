/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/exit_code.h"

#include <signal.h>

#include "pipeline/signals.h"

static int of_signal(void)
{
    const int signal_number = kt_signals_received();
    return KT_EXIT_SIGNAL + (signal_number == 0 ? SIGTERM : signal_number);
}

int kt_exit_code(kt_status status)
{
    static const kt_exit codes[] = {
        [KT_OK] = KT_EXIT_OK,
        [KT_ERR_USAGE] = KT_EXIT_USAGE,
        [KT_ERR_CONFIG] = KT_EXIT_CONFIG,
        [KT_ERR_FORMAT] = KT_EXIT_DATA,
        [KT_ERR_DATA] = KT_EXIT_DATA,
        [KT_ERR_NO_DATA] = KT_EXIT_DATA,
        [KT_ERR_HTTP] = KT_EXIT_UNREACHED,
        [KT_ERR_UNREACHED] = KT_EXIT_UNREACHED,
        [KT_ERR_NOT_FOUND] = KT_EXIT_DATA,
        [KT_ERR_PERMISSION] = KT_EXIT_PERMISSION,
        [KT_ERR_CANTCREATE] = KT_EXIT_CANTCREATE,
        [KT_ERR_IO] = KT_EXIT_IO,
        [KT_ERR_BUSY] = KT_EXIT_BUSY,
        [KT_ERR_BUG] = KT_EXIT_BUG,
    };
    return status == KT_ERR_CANCELLED ? of_signal() : (int)codes[status];
}
