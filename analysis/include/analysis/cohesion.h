/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_COHESION_H
#define KT_ANALYSIS_COHESION_H

#include "analysis/similarity.h"

/**
 * Whether the texts of a cluster are more like one another than like those of other clusters.
 * Distance is 1 - cosine; of a text, a is its mean distance to the others of its cluster, b that to
 * the nearest other cluster, and the silhouette (Rousseeuw 1987) is (b - a) / max(a, b), 0 of a
 * text that is alone in its cluster.
 */
typedef struct kt_cohesion {
    size_t texts;
    double mean_cosine; /* of all pairs; NAN of fewer than two texts */
    double silhouette;  /* mean over the texts; NAN where no other cluster has any */
} kt_cohesion;

#define KT_NO_CLUSTER ((size_t)-1)

/** One for each cluster, in the arena. cluster_of: of each text its cluster, or KT_NO_CLUSTER. */
const kt_cohesion *kt_cohesions(const kt_similarity *texts, const size_t *cluster_of, size_t count,
                                size_t clusters, kt_arena *arena);

#endif
