/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_GENERATOR_H
#define KT_ANALYSIS_GENERATOR_H

/** Named in every method that draws: a figure is that of this generator and of the seed beside it.
 */
#define KT_SAMPLE_GENERATOR "xoshiro256starstar"

#endif
