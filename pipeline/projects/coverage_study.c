/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "projects/coverage_sheet.h"

/* Years that a list of projects of the structural funds can mean; other days count as no day. */
#define FIRST_YEAR 1995
#define LAST_YEAR  2060

static const char *const schemes[] = {"theme", "target_group"};

#define SCHEMES (sizeof schemes / sizeof schemes[0])

static kt_money_shares shares_in(const kt_project_themes *themes, const char *scheme,
                                 kt_codes *codes, kt_arena *arena)
{
    kt_money_share *shares = kt_arena_array(arena, kt_money_share, themes->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < themes->count; i++) {
        const kt_project_theme *theme = &themes->at[i];
        if (strcmp(theme->scheme, scheme) == 0) {
            shares[count++] = (kt_money_share){kt_codes_intern(codes, theme->code), theme->weight};
        }
    }
    if (count == 0) {
        shares[count++] = (kt_money_share){kt_codes_intern(codes, KT_TOPIC_UNKNOWN), 1.0};
    }
    return (kt_money_shares){shares, count};
}

static kt_money_shares places_of(const kt_coverage_study *of, size_t project, kt_arena *arena)
{
    const kt_project_places *places = &of->projects->places[project];
    kt_money_share *shares = kt_arena_array(arena, kt_money_share, places->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < places->count; i++) {
        if (places->at[i].role == KT_PLACE_IMPLEMENTATION) {
            shares[count++] = (kt_money_share){
                kt_coverage_place(&of->places, &places->at[i], arena), places->at[i].weight};
        }
    }
    return (kt_money_shares){shares, count};
}

/* A parallel project and its sister are one undertaking. */
static size_t undertaking_of(const kt_project_related *related, size_t at)
{
    const bool parallel = related[at].relation == KT_RELATION_PARALLEL;
    return parallel && related[at].parent != KT_NO_PROJECT ? related[at].parent : at;
}

static kt_funded_project funded(const kt_coverage_study *of, size_t at, kt_arena *arena)
{
    const kt_project *is = &of->projects->at[at]->is;
    return (kt_funded_project){.granted = is->sum[KT_PROJECT_GRANTED],
                               .realised = is->sum[KT_PROJECT_REALISED],
                               .start_day = is->start_day,
                               .end_day = is->end_day,
                               .seen_day = of->projects->at[at]->last_snapshot_day,
                               .places = places_of(of, at, arena),
                               .undertaking = undertaking_of(of->projects->related, at),
                               .counts = of->projects->related[at].relation != KT_RELATION_GHOST};
}

static int year_of(int64_t day)
{
    int year = 1970 + (int)(day / 366);
    while (kt_period_last_day((kt_period){KT_YEARLY, year}) < day) {
        year++;
    }
    return year;
}

static kt_funding_span span_of(int year)
{
    return (kt_funding_span){kt_period_last_day((kt_period){KT_YEARLY, year - 1}) + 1,
                             kt_period_last_day((kt_period){KT_YEARLY, year})};
}

static int64_t within(int64_t day)
{
    const int64_t first = span_of(FIRST_YEAR).first_day, last = span_of(LAST_YEAR).last_day;
    return day < first ? first : day > last ? last : day;
}

static void find_years(kt_coverage_study *of, kt_arena *arena)
{
    int first = LAST_YEAR + 1, last = FIRST_YEAR - 1;
    for (size_t i = 0; i < of->projects->count; i++) {
        const kt_project *is = &of->projects->at[i]->is;
        if (is->start_day != KT_NO_DAY && is->end_day != KT_NO_DAY) {
            const int begins = year_of(within(is->start_day)), ends = year_of(within(is->end_day));
            first = begins < first ? begins : first;
            last = ends > last ? ends : last;
        }
    }
    of->first_year = first;
    of->year_count = last < first ? 0 : (size_t)(last - first) + 1;
    of->years = kt_arena_array(arena, kt_funding_span, of->year_count + 1);
    for (size_t i = 0; i < of->year_count; i++) {
        of->years[i] = span_of(first + (int)i);
    }
}

static void make_scheme(const kt_coverage_study *of, const char *name,
                        const kt_funded_project *placed, kt_arena *arena, kt_coverage_scheme *out)
{
    const size_t count = of->projects->count;
    kt_funded_project *projects = kt_arena_array(arena, kt_funded_project, count + 1);
    *out = (kt_coverage_scheme){
        .name = name, .codes = kt_codes_new(arena), .sectors = kt_codes_new(arena)};
    for (size_t i = 0; i < count; i++) {
        const kt_project_themes *themes = &of->projects->themes[i];
        projects[i] = placed[i];
        projects[i].themes = shares_in(themes, name, out->codes, arena);
        projects[i].sectors = shares_in(themes, KT_COVERAGE_SECTORS, out->sectors, arena);
    }
    out->question = (kt_funding_question){.projects = projects,
                                          .count = count,
                                          .spans = of->years,
                                          .span_count = of->year_count,
                                          .places = of->places.place_count,
                                          .themes = kt_codes_count(out->codes),
                                          .sectors = kt_codes_count(out->sectors)};
    out->funding = kt_funding_make(&out->question, arena);
}

static int64_t newest_day(const kt_project_study *study)
{
    int64_t newest = KT_NO_DAY;
    for (size_t i = 0; i < study->count; i++) {
        const int64_t day = study->at[i]->last_snapshot_day;
        newest = day > newest ? day : newest;
    }
    return newest;
}

kt_status kt_coverage_study_make(const kt_config *config, const kt_project_study *projects,
                                 const kt_panel_place *from, kt_arena *arena,
                                 kt_coverage_study *out, kt_error *err)
{
    *out = (kt_coverage_study){
        .config = config, .projects = projects, .seen_day = newest_day(projects)};
    if (projects->count == 0) {
        return KT_OK;
    }
    kt_coverage_places_make(projects, config, arena, &out->places);
    KT_TRY(kt_coverage_figures_read(config, &out->places, from, arena, &out->figures, err));
    find_years(out, arena);
    kt_funded_project *placed = kt_arena_array(arena, kt_funded_project, projects->count + 1);
    for (size_t i = 0; i < projects->count; i++) {
        placed[i] = funded(out, i, arena);
    }
    out->schemes = kt_arena_array(arena, kt_coverage_scheme, SCHEMES);
    for (size_t i = 0; i < SCHEMES; i++) {
        make_scheme(out, schemes[i], placed, arena, &out->schemes[out->scheme_count++]);
        out->schemes[i].funding.question = &out->schemes[i].question;
    }
    return KT_OK;
}
