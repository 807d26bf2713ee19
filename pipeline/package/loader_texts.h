/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PACKAGE_LOADER_TEXTS_H
#define KT_PACKAGE_LOADER_TEXTS_H

#include <stddef.h>

/** The files of pipeline/package/load/, byte for byte; CMake makes arrays of them. */
extern const unsigned char kt_loader_py[];
extern const size_t kt_loader_py_length;
extern const unsigned char kt_loader_r[];
extern const size_t kt_loader_r_length;
extern const unsigned char kt_loader_pq[];
extern const size_t kt_loader_pq_length;

#endif
