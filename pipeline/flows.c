/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flows.h"

#include <string.h>

#include "core/cube.h"

static const kt_flow flows[] = {
    {.measure = "vacancies_new",
     .name = {.fi = "Uudet avoimet työpaikat", .sv = "Nya lediga platser", .en = "New vacancies"},
     .definition = {.fi = "Jakson aikana julkiseen työnvälitykseen ilmoitetut uudet paikat; ei "
                          "niitä, joita ei ilmoiteta sinne",
                    .sv = "Nya platser som anmälts till den offentliga arbetsförmedlingen under "
                          "perioden; inte dem som inte anmäls dit",
                    .en = "New posts notified to the public employment service during the period; "
                          "not those that nobody notifies"},
     .unit = "posts"},
    {.measure = "vacancies_open",
     .name = {.fi = "Jakson aikana avoinna olleet työpaikat",
              .sv = "Platser som varit lediga under perioden",
              .en = "Vacancies open during the period"},
     .definition = {.fi = "Ilmoitetut paikat, jotka olivat avoinna ainakin osan jaksosta; ei vain "
                          "jakson lopussa avoinna olevia",
                    .sv = "Anmälda platser som var lediga åtminstone en del av perioden; inte bara "
                          "dem som är lediga vid periodens slut",
                    .en = "Notified posts open for at least a part of the period; not only those "
                          "open at its end"},
     .unit = "posts"},
    {.measure = "vacancies_filled",
     .name = {.fi = "Täyttyneet ilmoitetut työpaikat",
              .sv = "Tillsatta anmälda platser",
              .en = "Filled notified vacancies"},
     .definition = {.fi = "Jakson aikana täyttyneet ilmoitetut paikat; ei kaikkia rekrytointeja",
                    .sv = "Anmälda platser som tillsatts under perioden; inte alla rekryteringar",
                    .en = "Notified posts filled during the period; not all hires"},
     .unit = "posts"},
    {.measure = "open_days",
     .name = {.fi = "Täyttyneiden paikkojen avoinnaolo keskimäärin",
              .sv = "Tillsatta platsers genomsnittliga tid som lediga",
              .en = "Mean time open of filled vacancies"},
     .definition = {.fi = "Jakson aikana täyttyneiden paikkojen keskimääräinen avoinnaolo päivinä; "
                          "ei vielä avoinna olevien eikä täyttämättä poistettujen",
                    .sv = "Genomsnittlig tid som lediga i dagar för platser som tillsatts under "
                          "perioden; inte för dem som ännu är lediga eller dragits tillbaka",
                    .en = "Mean days open of posts filled during the period; not of those still "
                          "open or withdrawn unfilled"},
     .unit = "days"},
    {.measure = "spells_started",
     .name = {.fi = "Alkaneet työttömyysjaksot",
              .sv = "Påbörjade arbetslöshetsperioder",
              .en = "Spells of unemployment that began"},
     .definition = {.fi = "Jakson aikana alkaneet työttömyysjaksot; ei henkilöitä, joilla voi olla "
                          "useita jaksoja",
                    .sv = "Arbetslöshetsperioder som börjat under perioden; inte personer, som kan "
                          "ha flera",
                    .en = "Spells of unemployment that began during the period; not persons, who "
                          "may have several"},
     .unit = "spells"},
    {.measure = "spells_ended",
     .name = {.fi = "Päättyneet työttömyysjaksot",
              .sv = "Avslutade arbetslöshetsperioder",
              .en = "Spells of unemployment that ended"},
     .definition = {.fi = "Jakson aikana päättyneet työttömyysjaksot syystä riippumatta; ei vain "
                          "työllistymisiä",
                    .sv = "Arbetslöshetsperioder som avslutats under perioden oavsett orsak; inte "
                          "bara till följd av arbete",
                    .en = "Spells of unemployment that ended during the period, whatever the "
                          "reason; not only in employment"},
     .unit = "spells"},
    {.measure = "job_seekers_during",
     .name = {.fi = "Työnhakijat jakson aikana",
              .sv = "Arbetssökande under perioden",
              .en = "Job seekers during the period"},
     .definition = {.fi = "Henkilöt, jotka olivat työnhakijoina ainakin osan jaksosta; ei vain "
                          "työttömiä eikä jakson lopun määrä",
                    .sv = "Personer som var arbetssökande åtminstone en del av perioden; inte bara "
                          "arbetslösa och inte antalet vid periodens slut",
                    .en = "Persons who were job seekers for at least a part of the period; not the "
                          "unemployed alone nor the number at its end"},
     .unit = "persons"},
};

const kt_flow *kt_flow_find(const char *measure)
{
    for (size_t i = 0; i < sizeof flows / sizeof flows[0]; i++) {
        if (strcmp(flows[i].measure, measure) == 0) {
            return &flows[i];
        }
    }
    return NULL;
}

const char *kt_flow_group(const kt_source *source, const char *code)
{
    const kt_variable_spec *spec = kt_source_variable(source, KT_ROLE_GROUP);
    return spec != NULL && spec->total != NULL && strcmp(spec->total, code) == 0 ? KT_TOTAL : code;
}

const char *kt_flow_name(const kt_measure_spec *spec, const char *group, kt_arena *arena)
{
    return strcmp(group, KT_TOTAL) == 0 ? spec->measure
                                        : kt_arena_print(arena, "%s_%s", spec->measure, group);
}

/* "spells_ended_work" is of spells_ended_work, else of spells_ended and its group work. */
static bool is_of(const kt_measure_spec *spec, const char *flow)
{
    const size_t length = strlen(spec->measure);
    return kt_flow_find(spec->base) != NULL && strncmp(spec->measure, flow, length) == 0 &&
           (flow[length] == '\0' || flow[length] == '_');
}

const kt_measure_spec *kt_flow_measure(const kt_source *source, const char *flow)
{
    const kt_measure_spec *found = NULL;
    for (size_t i = 0; i < source->measure_count; i++) {
        const kt_measure_spec *spec = &source->measures[i];
        const bool longer = found == NULL || strlen(spec->measure) > strlen(found->measure);
        found = is_of(spec, flow) && longer ? spec : found;
    }
    return found;
}

bool kt_feeds_flows(const kt_source *source)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (kt_flow_find(source->measures[i].base) != NULL) {
            return true;
        }
    }
    return false;
}

const kt_words *kt_flow_definition(const kt_measure_spec *spec)
{
    return spec->definition.fi != NULL ? &spec->definition : &kt_flow_find(spec->base)->definition;
}
