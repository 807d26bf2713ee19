/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/status.h"

#include <string.h>

static const char letters[] = "APEMLOQQQQQB"; /* in the order of kt_obs */

char kt_obs_letter(kt_obs obs)
{
    return letters[obs];
}

bool kt_obs_read(char letter, kt_obs *out)
{
    const char *at = letter == '\0' ? NULL : strchr(letters, letter);
    if (at == NULL) {
        return false;
    }
    *out = (kt_obs)(at - letters);
    return true;
}
