/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_WORDS_H
#define KT_CORE_WORDS_H

#include "core/json.h"
#include "core/source.h"

/** Reads {"fi": "...", "sv": "...", "en": "..."}, all of them needed; empty texts, and a problem,
 * where it is none. */
kt_words kt_words_read(kt_json place);

#endif
