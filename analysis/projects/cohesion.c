/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/cohesion.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "projects/vectors.h"
#include "sum.h"

/* Cosines of texts with all texts of a cluster together: the sum of its vectors is enough. */
typedef struct measuring {
    const kt_similarity *texts;
    const size_t *cluster_of;
    size_t count, clusters;
    size_t *sizes; /* of each cluster */
    double *sums;  /* text-major: of the text's cosines with the texts of each cluster */
} measuring;

static double dot(const kt_text_vector *vector, const double *sum)
{
    double total = 0.0;
    for (size_t i = 0; i < vector->count; i++) {
        total += (double)vector->at[i].weight * sum[vector->at[i].term];
    }
    return total;
}

static void add_vector(const kt_text_vector *vector, double *sum)
{
    for (size_t i = 0; i < vector->count; i++) {
        sum[vector->at[i].term] += (double)vector->at[i].weight;
    }
}

static void measure_cluster(measuring *m, size_t cluster, double *sum)
{
    memset(sum, 0, kt_similarity_terms(m->texts) * sizeof *sum);
    for (size_t i = 0; i < m->count; i++) {
        if (m->cluster_of[i] == cluster) {
            add_vector(kt_similarity_vector(m->texts, i), sum);
            m->sizes[cluster]++;
        }
    }
    for (size_t i = 0; i < m->count; i++) {
        if (m->cluster_of[i] != KT_NO_CLUSTER) {
            m->sums[i * m->clusters + cluster] = dot(kt_similarity_vector(m->texts, i), sum);
        }
    }
}

/* Terms that one text alone has are not in its vector: its product with itself is below 1. */
static double own_square(const measuring *m, size_t text)
{
    const kt_text_vector *vector = kt_similarity_vector(m->texts, text);
    double square = 0.0;
    for (size_t i = 0; i < vector->count; i++) {
        square += (double)vector->at[i].weight * (double)vector->at[i].weight;
    }
    return square;
}

/* The distance to the nearest other cluster; NAN if none has a text. */
static double nearest(const measuring *m, size_t text)
{
    double least = NAN;
    for (size_t i = 0; i < m->clusters; i++) {
        if (i != m->cluster_of[text] && m->sizes[i] > 0) {
            least = fmin(least, 1.0 - m->sums[text * m->clusters + i] / (double)m->sizes[i]);
        }
    }
    return least;
}

static double silhouette_of(double own, double other)
{
    const double most = fmax(own, other);
    return most > 0.0 ? (other - own) / most : 0.0;
}

static kt_cohesion cohesion_of(const measuring *m, size_t cluster)
{
    const double others = (double)m->sizes[cluster] - 1.0;
    kt_sum cosines = {0}, silhouettes = {0};
    bool alone = false;
    for (size_t i = 0; i < m->count; i++) {
        if (m->cluster_of[i] != cluster) {
            continue;
        }
        const double own = m->sums[i * m->clusters + cluster] - own_square(m, i);
        const double other = nearest(m, i);
        kt_sum_add(&cosines, own);
        alone = alone || isnan(other);
        kt_sum_add(&silhouettes,
                   others > 0.0 && !isnan(other) ? silhouette_of(1.0 - own / others, other) : 0.0);
    }
    const double texts = others + 1.0;
    return (kt_cohesion){
        .texts = m->sizes[cluster],
        .mean_cosine = others > 0.0 ? kt_sum_value(cosines) / (texts * others) : NAN,
        .silhouette = texts > 0.0 && !alone ? kt_sum_value(silhouettes) / texts : NAN};
}

const kt_cohesion *kt_cohesions(const kt_similarity *texts, const size_t *cluster_of, size_t count,
                                size_t clusters, kt_arena *arena)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("cosines of clusters", 0);
    measuring m = {.texts = texts,
                   .cluster_of = cluster_of,
                   .count = count,
                   .clusters = clusters,
                   .sizes = kt_arena_array(scratch, size_t, clusters + 1),
                   .sums = kt_arena_array(scratch, double, count *clusters + 1)};
    double *sum = kt_arena_array(scratch, double, kt_similarity_terms(texts) + 1);
    kt_cohesion *out = kt_arena_array(arena, kt_cohesion, clusters + 1);
    for (size_t i = 0; i < clusters; i++) {
        measure_cluster(&m, i, sum);
    }
    for (size_t i = 0; i < clusters; i++) {
        out[i] = cohesion_of(&m, i);
    }
    return out;
}
