/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_groups.h"

#include <string.h>

#include "core/cube.h"

#define UNEMPLOYED "unemployed"

/* The codes of people are those that projects use for them. Men and women, and the age groups, are
 * parts of the unemployed; whoever is in services or on a reduced week is not unemployed. */
static const kt_target_group groups[] = {
    {.code = "disabled",
     .measure = "unemployed_disabled",
     .of_unemployed = true,
     .name = {.fi = "Vammaiset ja pitkäaikaissairaat työttömät",
              .sv = "Arbetslösa med funktionsnedsättning eller långvarig sjukdom",
              .en = "Unemployed with a disability or a long-term illness"}},
    {.code = "foreign",
     .measure = "unemployed_foreign",
     .of_unemployed = true,
     .name = {.fi = "Ulkomaalaiset työttömät",
              .sv = "Utländska arbetslösa",
              .en = "Foreign unemployed"}},
    {.code = "fund_members",
     .measure = "unemployed_fund_members",
     .of_unemployed = true,
     .name = {.fi = "Työttömyyskassojen jäsenet työttömistä",
              .sv = "Arbetslösa medlemmar i arbetslöshetskassor",
              .en = "Unemployed members of unemployment funds"}},
    {.code = "in_services",
     .measure = "in_services",
     .is_sum = true,
     .name = {.fi = "Palveluissa olevat", .sv = "Deltagare i service", .en = "In services"},
     .definition = {.fi = "Palveluissa olevat laskentapäivänä: palvelujen osallistujat yhteensä. "
                          "He eivät ole työttömiä työnhakijoita.",
                    .sv = "Deltagare i service på beräkningsdagen: deltagarna i de olika "
                          "tjänsterna sammanlagt. De är inte arbetslösa arbetssökande.",
                    .en = "People in services on the count day: those of the several services "
                          "together. They are not unemployed job seekers."}},
    {.code = "in_services_coaching",
     .measure = "in_services_coaching",
     .name = {.fi = "Valmennuksessa", .sv = "I träning", .en = "In coaching"}},
    {.code = "in_services_labour_training",
     .measure = "in_services_labour_training",
     .name = {.fi = "Työvoimakoulutuksessa",
              .sv = "I arbetskraftsutbildning",
              .en = "In labour market training"}},
    {.code = "in_services_other",
     .measure = "in_services_other",
     .name = {.fi = "Muissa palveluissa", .sv = "I annan service", .en = "In other services"}},
    {.code = "in_services_subsidised_work",
     .measure = "in_services_subsidised_work",
     .name = {.fi = "Työllistettynä tuella tai valtiolle",
              .sv = "Sysselsatta med stöd eller hos staten",
              .en = "In subsidised work"}},
    {.code = "in_services_trial",
     .measure = "in_services_trial",
     .name = {.fi = "Työ- tai koulutuskokeilussa",
              .sv = "I arbets- eller utbildningsprövning",
              .en = "In a trial of work or training"}},
    {.code = "in_services_work_practice",
     .measure = "in_services_work_practice",
     .name = {.fi = "Työharjoittelussa tai työelämävalmennuksessa",
              .sv = "I arbetspraktik eller arbetslivsträning",
              .en = "In work practice"}},
    {.code = "laid_off",
     .measure = "unemployed_laid_off",
     .of_unemployed = true,
     .name = {.fi = "Kokoaikaisesti lomautetut",
              .sv = "Permitterade på heltid",
              .en = "Fully laid off"}},
    {.code = "long_term",
     .measure = "unemployed_long_term",
     .of_unemployed = true,
     .name = {.fi = "Pitkäaikaistyöttömät",
              .sv = "Långtidsarbetslösa",
              .en = "Long-term unemployed"}},
    {.code = "men",
     .measure = "unemployed_men",
     .of_unemployed = true,
     .name = {.fi = "Työttömät miehet", .sv = "Arbetslösa män", .en = "Unemployed men"}},
    {.code = "over_50",
     .measure = "unemployed_over_50",
     .of_unemployed = true,
     .name = {.fi = "Yli 50-vuotiaat työttömät",
              .sv = "Arbetslösa över 50 år",
              .en = "Unemployed over 50"}},
    {.code = "reduced_week",
     .measure = "reduced_week",
     .name = {.fi = "Lyhennetyllä työviikolla",
              .sv = "På förkortad arbetsvecka",
              .en = "On a reduced working week"}},
    {.code = "total_jobseekers",
     .measure = "job_seekers",
     .name = {.fi = "Työnhakijat", .sv = "Arbetssökande", .en = "Job seekers"}},
    {.code = "under_20",
     .measure = "unemployed_under_20",
     .of_unemployed = true,
     .name = {.fi = "Alle 20-vuotiaat työttömät",
              .sv = "Arbetslösa under 20 år",
              .en = "Unemployed under 20"}},
    {.code = "under_25",
     .measure = "unemployed_under_25",
     .of_unemployed = true,
     .name = {.fi = "Alle 25-vuotiaat työttömät",
              .sv = "Arbetslösa under 25 år",
              .en = "Unemployed under 25"}},
    {.code = UNEMPLOYED,
     .measure = UNEMPLOYED,
     .of_unemployed = true,
     .name = {.fi = "Työttömät työnhakijat",
              .sv = "Arbetslösa arbetssökande",
              .en = "Unemployed job seekers"}},
    {.code = "women",
     .measure = "unemployed_women",
     .of_unemployed = true,
     .name = {.fi = "Työttömät naiset", .sv = "Arbetslösa kvinnor", .en = "Unemployed women"}},
};

#define GROUPS (sizeof groups / sizeof groups[0])

const kt_target_group *kt_target_group_at(size_t index)
{
    return index < GROUPS ? &groups[index] : NULL;
}

const kt_target_group *kt_target_group_find(const char *code)
{
    for (size_t i = 0; i < GROUPS; i++) {
        if (strcmp(groups[i].code, code) == 0) {
            return &groups[i];
        }
    }
    return NULL;
}

bool kt_target_group_has_part(const kt_target_group *group, const kt_measure_spec *spec)
{
    return group->is_sum && strcmp(spec->base, group->measure) == 0 &&
           strcmp(spec->group, KT_TOTAL) != 0;
}

bool kt_target_group_is_in(const kt_target_group *group, const kt_source *source)
{
    bool found = !group->is_sum && kt_source_measure(source, group->measure) != NULL;
    for (size_t i = 0; i < source->measure_count; i++) {
        found = found || kt_target_group_has_part(group, &source->measures[i]);
    }
    return found;
}

bool kt_feeds_target_groups(const kt_source *source)
{
    if (kt_source_variable(source, KT_ROLE_OCCUPATION) != NULL ||
        kt_source_variable(source, KT_ROLE_SECTOR) != NULL ||
        kt_source_variable(source, KT_ROLE_GROUP) != NULL) {
        return false;
    }
    for (size_t i = 0; i < GROUPS; i++) {
        if (strcmp(groups[i].code, UNEMPLOYED) != 0 && kt_target_group_is_in(&groups[i], source)) {
            return true;
        }
    }
    return false;
}

size_t kt_target_group_giver(const kt_config *config, const bool *there)
{
    size_t at = 0;
    while (at < config->source_count &&
           !(there[at] && kt_feeds_target_groups(config->sources[at]))) {
        at++;
    }
    return at;
}
