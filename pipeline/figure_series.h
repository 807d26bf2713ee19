/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FIGURE_SERIES_H
#define KT_PIPELINE_FIGURE_SERIES_H

#include "pipeline/time_series.h"

/** What a series is of, in the order in which the tables of series are sorted. */
typedef enum kt_series_word {
    KT_SERIES_SOURCE, /* _Z where rows of the table come from several */
    KT_SERIES_REGION_LEVEL,
    KT_SERIES_REGION_CODE,
    KT_SERIES_SECTOR_LEVEL, /* _T where the table knows no sectors; so are occupations */
    KT_SERIES_SECTOR_CODE,
    KT_SERIES_OCCUPATION_LEVEL,
    KT_SERIES_OCCUPATION_CODE,
    KT_SERIES_INDICATOR, /* the column of the figure, or the row's own: its flow */
    KT_SERIES_WORDS
} kt_series_word;

/** One published figure in consecutive periods. */
typedef struct kt_figure_series {
    const char *word[KT_SERIES_WORDS];
    kt_period first;
    size_t count;
    const kt_published_figure *at;
} kt_figure_series;

typedef struct kt_figure_series_list {
    kt_figure_series *at; /* by their words, then by frequency; each once */
    size_t count;
    size_t *asked; /* of each kind of series of the settings: how many there are */
} kt_figure_series_list;

/** The names of the words, as columns have them. */
extern const char *const kt_series_words[KT_SERIES_WORDS];

/** The series that the settings ask for, in the arena. Of two with the same words the first one of
 * the settings stands. */
kt_status kt_figure_series_read(const kt_contract *contract, const kt_series_settings *settings,
                                const kt_panel_place *place, kt_arena *arena,
                                kt_figure_series_list *out, kt_error *err) KT_MUST_CHECK;

/** A stretch of a series without a gap and without a break of the statistic inside. */
typedef struct kt_series_run {
    size_t first, count;
} kt_series_run;

/** The next run that begins at from or later; false if there is none. */
bool kt_series_run_next(const kt_figure_series *series, size_t from, kt_series_run *out);

#endif
