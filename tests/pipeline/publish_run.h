/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_PIPELINE_PUBLISH_RUN_H
#define KT_TESTS_PIPELINE_PUBLISH_RUN_H

#include "pipeline/publish_support.h"
#include "publish/publish.h"

/* A night's findings, small enough to read: two regions, two years, one of each kind of row. */
typedef struct finding_file {
    const char *name;
    const char *text;
} finding_file;

#define DIM_HEADER "code,level,parents,name_fi,name_sv,name_en,valid_from,valid_to"
#define OBSERVATIONS_HEADER                                                                      \
    "time_period,period_start,source,region_level,region_code,occupation_level,occupation_code," \
    "region_name,occupation_name,unemployed,unemployed_low,unemployed_high,unemployed_status,"   \
    "vacancies,vacancies_low,vacancies_high,vacancies_status,labour_force,labour_force_status,"  \
    "tightness,tightness_low,tightness_high,tightness_status,obs_status\n"
#define MISMATCH_HEADER                                                                      \
    "time_period,period_start,market,scope,measure,alpha,value,value_low,value_high,"        \
    "value_low_unallocated,value_high_unallocated,model_error,null_value,excess_over_null,"  \
    "markets_n,unemployed_coverage,vacancies_coverage,protected_share,tightness,method,obs_" \
    "status\n"
#define CONTRIBUTIONS_HEADER                                                                 \
    "time_period,period_start,market,scope,alpha,region_level,region_code,occupation_level," \
    "occupation_code,unemployed_share,vacancy_share,contribution,contribution_low,"          \
    "contribution_high,persons_off_proportion,side,method,obs_status\n"

static const finding_file tiny_findings[] = {
    {"checks/checks.csv",
     "check,subject,severity,result,measured,threshold,cells_failed,examples,obs_status\n"
     "regions_within_country,12r5 vacancies maakunta,hold,passed,0.5,1,0,,A\n"
     "trial,\"=1+1;\"\"x\"\"\",note,passed,-0.25,,0,@here,A\n"},
    {"beveridge/beveridge_2023.csv",
     "time_period,period_start,source,region_level,region_code,sector_level,sector_code,"
     "unemployment_rate,vacancy_rate,vacancy_rate_definition,reference_day,"
     "efficient_unemployment_rate,efficient_low,efficient_high,efficient_rate_index,"
     "unemployment_gap,segment,outward_shift,method,obs_status\n"},
    {"breaks/breaks.csv",
     "source,region_level,region_code,sector_level,sector_code,occupation_level,occupation_code,"
     "indicator,break_period,break_low,break_high,direction,size,kind,reason,method,obs_status\n"},
    {"changes/changes.csv", "region_level,region_code,indicator,time_period,period_start,value,valu"
                            "e_low,value_high,previous_period,same_period_last_year,mean_12,year_to"
                            "_date,usual_change,told,comparable,reason,value_low_unallocated,value_"
                            "high_unallocated,obs_status\n"},
    {"code_changes/code_changes.csv",
     "source,table,dimension,code,change,detail,obs_status\n12r5,tyonv,regio"
     "n,MK02,new,2023-02-01: Varsinais-Suomi,A\n"},
    {"contributions/contributions_2023.csv", CONTRIBUTIONS_HEADER
     "2023M01,2023-01-01,maakunta,SSS,0.5,maakunta,MK01,_T,_T,0.75,0.5,0.01,0.01,0.01,100,"
     "looser_than_scope,contributions 1,A\n"
     "2023M01,2023-01-01,maakunta,SSS,0.5,maakunta,MK02,_T,_T,0.25,,,,,,,contributions 1,Q\n"},
    {"counterfactual/counterfactual.csv",
     "time_period,period_start,observed_rate,counterfactual_rate,mismatch_unemployment,method,"
     "obs_status\n2023M01,2023-01-01,0.1,0.1,0,counterfactual_unemployment 1,A\n"},
    {"decomposition/decomposition_2023.csv",
     "time_period,period_start,scope,region_level,occupation_level,alpha,population,mismatch,"
     "mismatch_low,mismatch_high,mismatch_region,within_region,mismatch_occupation,"
     "within_occupation,interaction,shapley_region,shapley_occupation,data_coverage,method,"
     "obs_status\n"},
    {"coverage/coverage.csv",
     "snapshot_as_of,time_period,period_start,region_level,region_code,sector_level,se"
     "ctor_code,need,theme_scheme,theme,n_projects,n_active,funding_eur,funding_realis"
     "ed_eur,national_share_eur,shared_share_eur,unemployed,long_term_unemployed,vacan"
     "cies,need_value,need_low,need_high,need_measure,need_period,need_share,funding_s"
     "hare,coverage_ratio,eur_per_unemployed,eur_per_long_term_unemployed,eur_per_vaca"
     "ncy,unlocated_share,unclassified_share,class,robustness,method,obs_status\n"},
    {"coverage_summary/coverage_summary.csv",
     "snapshot_as_of,time_period,period_start,region_level,sector_level,sector_code,ne"
     "ed,theme_scheme,theme,n_cells,dissimilarity,hhi,gini,concentration_index,spearma"
     "n,located_eur,national_eur,shared_eur,unlocated_eur,listed_eur,undated_eur,locat"
     "ed_share,classified_share,method,obs_status\n"},
    {"dim_indicator/dim_indicator.csv",
     DIM_HEADER ",unit,formula,reference,definition_fi,definition_sv,definition_en,obs_status\n"
                "mismatch,measure,,a,b,c,,,share,M,R,d,e,f,A\n"},
    {"dim_occupation/dim_occupation.csv",
     DIM_HEADER ",obs_status\n_T,_T,,Kaikki ammatit,Alla yrken,All occupations,,,A\n"},
    {"dim_region/dim_region.csv",
     DIM_HEADER ",obs_status\nMK01,maakunta,country=SSS,Uusimaa,Nyland,Uusimaa,,,A\n"
                "MK02,maakunta,country=SSS,Varsinais-Suomi,Egentliga Finland,Southwest Finland,"
                "2011-01-01,,A\n"
                "SSS,country,,Koko maa,Hela landet,Whole country,,,A\n"},
    {"dim_sector/dim_sector.csv", DIM_HEADER
     ",obs_status,revision\nTOL-C,tol1,,Teollisuus,Tillverkning,Manufacturing,,,A,tol2008\n"},
    {"dim_theme/dim_theme.csv", "scheme,code,name_fi,name_sv,name_en,obs_status\n"
                                "theme,kohtaanto,Kohtaanto,Matchning,Matching,A\n"},
    {"effective_tightness/effective_tightness_2023.csv",
     "time_period,period_start,region_level,region_code,unemployed,vacancies,tightness,"
     "effective_tightness,weights,obs_status\n"},
    {"flows/flows_2023.csv", "time_period,period_start,region_level,region_code,occupation_level,"
                             "occupation_code,flow,value,"
                             "value_low,value_high,definition,obs_status\n"},
    {"indicator_compliance/indicator_compliance.csv",
     "snapshot_as_of,project_code,laari_id,required_n,reported_n,completeness,overdue_"
     "n,inconsistent_n,checks_failed,status,late_n,obs_status\n"},
    {"indicator_progress/indicator_progress.csv",
     "project_code,indicator_code,report_period,target,target_status,realised,realised_status,"
     "achievement,achievement_status,elapsed_share,progress,progress_status,obs_status\n"},
    {"indicator_scores/indicator_scores.csv",
     "project_code,indicator_code,report_period,stage,snapshot_date,n,n_status,mean,me"
     "an_status,sd,sd_status,reported_on,source,last_snapshot_date,current,obs_status"
     "\n"},
    {"indicator_values/indicator_values.csv",
     "project_code,indicator_code,report_period,sex,measure,snapshot_date,value,is_cum"
     "ulative,basis,reported_on,source,last_snapshot_date,current,obs_status\n"},
    {"indicators/indicators.csv",
     "indicator_code,period,kind,level,name_en,name_fi,name_sv,unit,parent_code,sensit"
     "ive,successor_code,comparability,sex_split,cumulative,obs_status\n"},
    {"laari/laari.csv",
     "laari_id,basis,name_en,name_fi,name_sv,theme,method,period,primary_indicator,min"
     "_projects,valid_from,valid_to,projects_n,projects,mean_cosine,silhouette,snapsho"
     "t_as_of,obs_status\n"},
    {"laari_indicators/laari_indicators.csv",
     "laari_id,kind,indicator_code,period,name_en,name_fi,name_sv,required,due_at,due_"
     "months,is_primary,weight,scale_least,scale_most,scale_better,scale_correlation,o"
     "bs_status\n"},
    {"laari_results/laari_results.csv",
     "laari_id,indicator_code,project_code,k_projects,n_reporting,target,realised,achi"
     "evement,rate,ci_low,ci_high,change,change_low,change_high,persons,funnel_low,fun"
     "nel_high,outside_funnel,q,df,p_value,i2,homogeneous,mean_cosine,silhouette,cost_"
     "per_output,cost_per_result,reason,snapshot_as_of,obs_status,n_inconsistent,money"
     "_as_of,report_period,n_cost,reason_codes\n"},
    {"matching_function/matching_function.csv",
     "scope,model,term,estimate,standard_error,n,first_period,last_period,admissible,reason,method,"
     "obs_status\nSSS,ols,vacancies,,,2,2022M12,2023M01,false,too few,matching_function 1,M\n"},
    {"mismatch/mismatch_2022.csv",
     MISMATCH_HEADER "2022M12,2022-12-01,maakunta,SSS,mismatch,0.5,0.04,0.04,0.04,,,0.001,0.002,"
                     "0.038,2,1,1,0,0.25,mismatch 1,A\n"},
    {"mismatch/mismatch_2023.csv",
     MISMATCH_HEADER "2023M01,2023-01-01,maakunta,SSS,mismatch,0.3,0.03,0.02,0.05,,,,0.002,0.028,2,"
                     "1,0.9,0.5,0.25,mismatch 1,E\n"
                     "2023M01,2023-01-01,maakunta,SSS,mismatch,0.5,,,,,,,,,0,,,,,mismatch 1,O\n"},
    {"model_use/model_use.csv",
     "model_id,region_level,region_code,organisation_code,state,organisation,since,sou"
     "rce,basis,needs,reference_date,obs_status\n"},
    {"models/models.csv",
     "model_id,name,theme,description,source_projects,evidence,basis,uses,uses_rooted,"
     "uses_ended,maakunnat,reference_date,obs_status\n"},
    {"observations/observations_2022.csv", OBSERVATIONS_HEADER
     "2022M12,2022-12-01,12r5,country,SSS,_T,_T,Koko maa,Kaikki ammatit,400,400,400,A,"
     "100,100,100,A,3000,A,0.25,0.25,0.25,A,A\n"},
    {"observations/observations_2023.csv", OBSERVATIONS_HEADER
     "2023M01,2023-01-01,12r5,country,SSS,_T,_T,Koko maa,Kaikki ammatit,400,400,400,A,"
     "102,101,104,E,3000,A,0.255,0.2525,0.26,E,E\n"
     "2023M01,2023-01-01,12r5,maakunta,MK01,_T,_T,Uusimaa,Kaikki ammatit,300,300,300,A,"
     "100,100,100,A,,L,0.3333333333333333,0.3333333333333333,0.3333333333333333,A,L\n"
     "2023M01,2023-01-01,12r5,maakunta,MK02,_T,_T,Varsinais-Suomi,Kaikki ammatit,100,100,100,A,"
     ",1,4,Q,1000,A,,0.01,0.04,Q,Q\n"},
    {"occupation_balance/occupation_balance_2023.csv",
     "time_period,period_start,region_level,region_code,occupation_level,occupation_co"
     "de,unemployed,vacancies,employed,employed_year,unemployment_rate,vacancy_rate,st"
     "ate_raw,state,degree,distance_to_threshold,months_in_state,robustness,obs_status\n"},
    {"ongoing_projects/ongoing_projects.csv",
     "region_level,region_code,project_code,phase,weight,name,organisation_code,organi"
     "sation,start_date,end_date,granted_eu_state_eur,realised_eu_state_eur,reference_"
     "date,snapshot_as_of,obs_status\n"},
    {"organisations/organisations.csv",
     "region_level,region_code,period,organisation_code,role,organisation,business_id,"
     "projects,projects_running,projects_ending,projects_starting,projects_around,gran"
     "ted_eu_state_eur,realised_eu_state_eur,reference_date,snapshot_as_of,obs_status\n"},
    {"own_counts/own_counts.csv",
     "time_period,period_start,region_level,region_code,name,value,unit,source,origin,obs_status\n"
     "2023M01,2023-01-01,maakunta,MK01,=Yrityskäynnit,12.5,kpl,Uudenmaan omat,own,A\n"},
    {"project_overlaps/project_overlaps.csv",
     "snapshot_as_of,code_a,code_b,cosine,region_overlap,time_overlap,target_jaccard,s"
     "core,relation,same_beneficiary,coordinator_area_a,coordinator_area_b,review,shar"
     "ed_terms,rank,name_a,beneficiary_a,name_b,beneficiary_b,obs_status\n"},
    {"project_regions/project_regions.csv",
     "project_code,region_level,region_code,role,weight,basis,snapshot_as_of,obs_statu"
     "s\n"},
    {"project_themes/project_themes.csv",
     "project_code,scheme,code,weight,basis,confidence,snapshot_as_of,obs_status\n"},
    {"projects/projects.csv",
     "project_code,snapshot_date,period,fund,group_code,name,summary,priority,specific"
     "_objective,national_theme,funding_authority,beneficiary,business_id,status,statu"
     "s_raw,start_date,end_date,granted_eu_state_eur,realised_eu_state_eur,planned_pub"
     "lic_eur,realised_public_eur,planned_total_eur,realised_total_eur,intervention_fi"
     "eld,economic_activity,relation,parent_code,source,source_row,row_hash,last_snaps"
     "hot_date,current,changed,programme_section,location_code,location_name,implement"
     "ation_place,beneficiary_place,approach,obs_status\n"},
    {"rejects/rejects.csv", "source,file,snapshot_date,row,project_code,reason,obs_status\n"},
    {"required_reports/required_reports.csv",
     "snapshot_as_of,project_code,indicator_code,report_period,laari_id,due_date,state,reported_on,"
     "obs_status\n"},
    {"revisions/revisions_2023.csv",
     "source,table,time_period,region_level,region_code,occupation_level,occ"
     "upation_code,indicator,first_value,previous_value,value,first_seen,cha"
     "nged_on,obs_status\n12r5,tyonv,2023M01,maakunta,MK01,_T,_T,vacancies,9"
     "8,98,100,2023-01-20,2023-02-01,A\n12r5,tyonv,2023M01,maakunta,MK02,_T,"
     "_T,vacancies,,,,2023-01-20,2023-02-01,Q\n"},
    {"sectors/sectors_2023.csv",
     "time_period,period_start,source,region_level,region_code,sector_level,sector_code,"
     "sector_revision,sector_name,vacancies,vacancies_low,vacancies_high,employed,employed_year,"
     "vacancy_rate,vacancy_rate_definition,obs_status\n"
     "2023M01,2023-01-01,12r5,maakunta,MK01,tol1,TOL-C,tol2008,Teollisuus,5,5,5,95,2021,0.05,"
     "v_over_v_plus_employed,A\n"
     "2023M01,2023-01-01,12r5,maakunta,MK02,tol1,TOL-C,tol2008,Teollisuus,,1,4,,,,_Z,Q\n"},
    {"sensitivity/sensitivity_2023.csv",
     "time_period,period_start,headline,aspect,setting,value,obs_status,method\n"
     "2023M01,2023-01-01,mismatch maakunta 0.3,protected_cells,0,0.04,E,sensitivity 2\n"},
    {"series/series_2023.csv",
     "time_period,period_start,source,region_level,region_code,sector_level,sector_code,"
     "occupation_level,occupation_code,indicator,raw,seasonally_adjusted,trend,remainder,end_point,"
     "method,reason,obs_status\n"},
    {"early_warning/early_warning_2023.csv",
     "time_period,period_start,region_level,region_code,sector_level,sector_code,occupation_level,"
     "occupation_code,signal,value,usual_low,usual_high,q_value,direction,obs_status\n"},
    {"sources/sources.csv",
     "source,table,title,address,updated_at_source,last_period,first_period,cells,protected_cells,"
     "age_days,warn_days,error_days,state,licence,citation,next_expected,title_sv,title_en,"
     "citation_sv,citation_en,obs_status\n"
     "12r5,tyonv,Työttömät,https://example.org/12r5,,2023M01,2022M12,12,1,20,50,80,fresh,CC BY "
     "4.0,\"Tilastokeskus, 12r5\",2023-03-21,Arbetslösa,Unemployed,\"Statistikcentralen, 12r5\","
     "\"Statistics Finland, 12r5\",A\n"},
    {"target_groups/target_groups_2023.csv",
     "time_period,period_start,region_level,region_code,group_code,persons,persons_low,"
     "persons_high,share_of_unemployed,obs_status\n"},
    {"two_sources/two_sources.csv", "time_period,period_start,region_level,region_code,indicator,"
                                    "register,survey,ratio,obs_status\n"},
    {"white_spots/white_spots.csv",
     "snapshot_as_of,time_period,period_start,region_level,region_code,sector_level,se"
     "ctor_code,need,theme_scheme,theme,rank,need_value,nearest_project_code,nearest_s"
     "imilarity,coordinator_area,robustness,reason,method,obs_status\n"},
};

static inline char *findings_of(void *state)
{
    return path_of(state, "findings");
}

/* Writes the findings, with `from` replaced by `to` in one of the files (NULL: none). */
static inline void write_findings(void *state, const char *file, const char *from, const char *to)
{
    bench *made = state;
    kt_error err = {0};
    for (size_t i = 0; i < COUNT_OF(tiny_findings); i++) {
        const finding_file *finding = &tiny_findings[i];
        const char *path = kt_path_join(made->arena, findings_of(state), finding->name);
        assert_int_equal(kt_folder_make(kt_path_folder(made->arena, path), &err), KT_OK);
        const char *text = finding->text;
        if (file != NULL && strcmp(file, finding->name) == 0) {
            const char *at = strstr(text, from);
            assert_non_null(at);
            text = kt_arena_print(made->arena, "%.*s%s%s", (int)(at - text), text, to,
                                  at + strlen(from));
        }
        assert_int_equal(kt_file_write(path, text, strlen(text), &err), KT_OK);
    }
}

static const char *const tiny_replies[] = {
    "bb00000000000000000000000000000000000000000000000000000000000000",
    "aa00000000000000000000000000000000000000000000000000000000000000"};

static const kt_published_source tiny_sources[] = {
    {.id = "12r5",
     .title = {.fi = "Työttömät", .sv = "Arbetslösa", .en = "Unemployed"},
     .address = "https://example.org/12r5",
     .first_period = "2022M12",
     .last_period = "2023M01",
     .state = "fresh",
     .licence = "CC BY 4.0",
     .citation = {.fi = "Tilastokeskus", .sv = "Statistikcentralen", .en = "Statistics Finland"},
     .replies = tiny_replies,
     .reply_count = 2}};

static const kt_run_fact tiny_facts[] = {{"started", "2026-11-21T05:10:00Z"},
                                         {"host", "\"anywhere\""}};

static inline kt_publication tiny_publication(void *state, const char *run_id)
{
    return (kt_publication){
        .contract = tree_contract(state),
        .findings = findings_of(state),
        .published = path_of(state, "published"),
        .run_id = run_id,
        .as_of = 1795237200, /* 2026-11-21T05:00:00Z */
        .version = "0.1.0",
        .configuration = "cc00000000000000000000000000000000000000000000000000000000000000",
        .fi_months = 25,
        .threads = 2,
        .sources = tiny_sources,
        .source_count = 1,
        .run = tiny_facts,
        .run_count = 2,
    };
}

static inline void must(kt_status status, const kt_error *err)
{
    if (status != KT_OK) {
        print_error("%s\n", err->message);
    }
    assert_int_equal(status, KT_OK);
}

/* What a run of these findings has beside its tables: datapackage.json and dcat.jsonld, three
 * scripts, maps of two levels with their types, and a description of each file. */
#define TINY_PACKAGE (2 + 3 + 2 * 2 + COUNT_OF(tiny_findings))

#define RUN_A "0123456789abcdef"
#define RUN_B "fedcba9876543210"

#endif
