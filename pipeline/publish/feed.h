/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_FEED_H
#define KT_PUBLISH_FEED_H

#include "publish/publish.h"

/**
 * Feeds beside the runs, feed-<language>.xml (Atom, RFC 4287): what each run that is there says of
 * itself (html/<language>/entry.xml), the newest of the last KT_FEED_MOST first. They are made anew
 * after each publication, and nothing of a run depends on them.
 */
#define KT_FEED_MOST 30

/** Writes those whose text has changed; none for a publication without pages, or into a folder of
 * its own. */
kt_status kt_feeds_write(const kt_publication *publication, kt_arena *arena,
                         kt_error *err) KT_MUST_CHECK;

#endif
