/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_COMPLAINT_H
#define KT_FETCH_COMPLAINT_H

#include "core/arena.h"
#include "protocol.h"

/**
 * What a service says when it does not give what it was asked for, as a few words of one line in
 * the arena: a short plain body, the error of a JSON body in any of the shapes that statistics
 * services have, the fault of an XML one. "" where there are no such words, as on a page for
 * people.
 */
const char *kt_complaint(const kt_answer *answer, kt_arena *arena);

#endif
