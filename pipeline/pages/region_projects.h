/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_REGION_PROJECTS_H
#define KT_PAGES_REGION_PROJECTS_H

#include "pages/region.h"

/**
 * What funded projects do in a region: money against needs, white spots, clusters, good models,
 * organisations, projects of these days and, if the contract makes it public, pairs of projects
 * that are alike. A section without rows says why.
 */
void kt_region_projects(kt_page *page, const kt_place *of);

#endif
