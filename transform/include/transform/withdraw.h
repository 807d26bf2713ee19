/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_WITHDRAW_H
#define KT_TRANSFORM_WITHDRAW_H

#include "transform/reconcile.h"

/**
 * The latest protection in an older version of a table. A figure that the source protects by now is
 * withdrawn: it was known, so it stays inside sums and the margins of its day hold with it, but it
 * is shown as any protected figure is. Intervals and points are to be made afterwards.
 */

/** Withdraws the figures of cube that the source protects in newest. What newest covers for another
 * reason, or does not have, stays as it is. */
void kt_withdraw(kt_cube *cube, const kt_cube *newest, kt_arena *arena);

/**
 * Withdraws totals that are one withdrawn figure and zeros, too: they say the same. Strict
 * disclosure does not need it, for it decides of every total.
 */
void kt_withdraw_totals(const kt_reconcile_table *table, kt_arena *arena);

#endif
