/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_STAGE_H
#define KT_PUBLISH_STAGE_H

#include "publish/publish.h"

/**
 * Fills a staging folder with everything that a run is made of, synced. A file whose bytes are
 * those of the earlier run (NULL: there is none) is a hard link to it, after those bytes were read
 * and hashed again: what the disk has spoilt does not spread. Any other file is a link to the
 * finding itself where that is read-only, as kt_rows leaves it, else a copy. All files are
 * read-only, because a link shares its bytes with every run that has it.
 */
kt_status kt_stage_run(const kt_publication *publication, const char *earlier, const char *staging,
                       kt_arena *arena, kt_publish_result *out, kt_error *err) KT_MUST_CHECK;

#endif
