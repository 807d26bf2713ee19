/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/project_found.h"

static const char *const roles[] = {"implementation", "beneficiary_seat", "programme_section"};

static const char *const bases[] = {"stated",     "equal_split",       "location_code", "postcode",
                                    "name_match", "programme_section", "authority",     "none"};

const char *kt_place_role_name(kt_place_role role)
{
    return roles[role];
}

const char *kt_place_basis_name(kt_place_basis basis)
{
    return bases[basis];
}
