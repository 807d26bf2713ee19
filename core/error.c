/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

kt_status kt_fail(kt_error *err, kt_status status, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        err->status = status;
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
        kt_text_flatten(err->message);
    }
    return status;
}

static kt_status status_of_errno(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return KT_ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
        return KT_ERR_PERMISSION;
    case EROFS:
    case EISDIR:
    case EEXIST:
        return KT_ERR_CANTCREATE;
    default:
        return KT_ERR_IO;
    }
}

kt_status kt_fail_errno(kt_error *err, const char *path, const char *what)
{
    const int number = errno;
    return kt_fail(err, status_of_errno(number), "%s: %s: %s", path, what, strerror(number));
}
