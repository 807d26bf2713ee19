/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_EARLY_WARNING_H
#define KT_PIPELINE_EARLY_WARNING_H

#include "analysis/early_warning.h"
#include "pipeline/time_series.h"

/** What the table `early_warning` is made with: which published figures are signals, and how they
 * are weighed. */
typedef struct kt_warning_signal {
    const char *name; /* as the contract has it */
    bool as_mean;     /* what is shown: the mean of the months in place of their sum */
    kt_series_ask *asks;
    size_t ask_count;
} kt_warning_signal;

typedef struct kt_warning_plan {
    size_t months; /* that make a figure; 0: there is no such table */
    size_t shown;  /* the newest months that have rows */
    kt_warning_settings rules;
    kt_warning_signal *signals;
    size_t signal_count;
} kt_warning_plan;

#endif
