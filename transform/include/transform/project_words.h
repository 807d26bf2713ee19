/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_WORDS_H
#define KT_TRANSFORM_PROJECT_WORDS_H

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"
#include "core/project_found.h"
#include "transform/classification.h"
#include "transform/finnish.h"

/**
 * The texts of projects as they can be compared: names of places and the words that every project
 * says of itself say nothing of likeness, and "Ohjaamo Jyväskylä" is no neighbour of every project
 * of Jyväskylä. Which words these are stands in config/projects/words.json, names of places in the
 * classifications and in place_names.csv beside it.
 */
typedef struct kt_wording kt_wording;

/** Loads words.json and place_names.csv of the folder; NULL if there was a problem, all told. */
const kt_wording *kt_wording_load(const char *folder, const kt_classification *regions,
                                  kt_arena *arena, kt_problems *problems);

/** The words of one project, in the arena. What the dictionary does not know stands as it is. */
kt_project_words kt_project_words_of(const kt_wording *wording, kt_finnish *finnish,
                                     const kt_project *project, kt_arena *arena);

#endif
