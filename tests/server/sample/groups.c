/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/groups.h"

#include <math.h>

#include "server/sample/dice.h"

#define PER_COUNTRY  10000.0
#define GROUP_SPREAD 0.15
#define FOR_GROUPS   5 /* dice of their own, beside the model's */

static const struct {
    const char *code, *text;
} groups[KT_GROUPS] = {
    [KT_GROUP_MEN] = {"TYOTTOMATMIEHET", "Työttömät työnhakijat, miehet (lkm.)"},
    [KT_GROUP_WOMEN] = {"TYOTTOMATNAISET", "Työttömät työnhakijat, naiset (lkm.)"},
    [KT_GROUP_UNDER_25] = {"TYOTTOMAT25", "Alle 25-v. työttömät työnhakijat (lkm.)"},
    [KT_GROUP_OVER_50] = {"TYOTTOMAT50", "Yli 50-v. työttömät työnhakijat (lkm.)"},
    [KT_GROUP_LONG_TERM] = {"PITKAAIKAISTYOTTOMAT", "Pitkäaikaistyöttömät (lkm.)"},
    [KT_GROUP_FOREIGN] = {"TYOTTOMATULK",
                          "Ulkomaalaisia työttömiä työnhakijoita laskentapäivänä (lkm.)"},
    [KT_GROUP_REDUCED_WEEK] = {"LYHTYOVKO", "Lyhennetyllä työviikolla laskentapäivänä (lkm.)"},
    [KT_GROUP_LABOUR_TRAINING] = {"TVKOULUTUSLOP",
                                  "Työvoimakoulutuksessa olevat laskentapäivänä (lkm.)"},
    [KT_GROUP_TRIAL] = {"KOKEILULOP", "Työ- ja koulutuskokeilussa olevat laskentapäivänä (lkm.)"},
    [KT_GROUP_JOB_SEEKERS] = {"HAKIJALOPUSSA", "Työnhakijoita laskentapäivänä (lkm.)"},
};

const char *kt_group_code(kt_group group)
{
    return groups[group].code;
}

const char *kt_group_text(kt_group group)
{
    return groups[group].text;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What follows from the others. */
static void settle(int64_t unemployed, int64_t out[KT_GROUPS])
{
    for (kt_group group = KT_GROUP_MEN; group < KT_GROUP_REDUCED_WEEK; group++) {
        out[group] = least(out[group], unemployed);
    }
    out[KT_GROUP_WOMEN] = unemployed - out[KT_GROUP_MEN];
    out[KT_GROUP_OVER_50] = least(out[KT_GROUP_OVER_50], unemployed - out[KT_GROUP_UNDER_25]);
    out[KT_GROUP_JOB_SEEKERS] += unemployed;
    for (kt_group group = KT_GROUP_REDUCED_WEEK; group < KT_GROUP_JOB_SEEKERS; group++) {
        out[KT_GROUP_JOB_SEEKERS] += out[group];
    }
}

kt_status kt_group_draw(const kt_model *model, size_t month, size_t place, int64_t unemployed,
                        int64_t out[KT_GROUPS], kt_error *err)
{
    kt_dice dice = kt_dice_for(model->seed, FOR_GROUPS, month << 16 | place);
    for (kt_group group = 0; group < KT_GROUPS; group++) {
        double share = 0.0;
        KT_TRY(kt_share_of(&model->shares, KT_SHARE_GROUP, groups[group].code, KT_UNEMPLOYED,
                           &share, err));
        const double chance = kt_dice_around_one(&dice, GROUP_SPREAD);
        out[group] = (int64_t)floor((double)unemployed * share / PER_COUNTRY * chance + 0.5);
    }
    settle(unemployed, out);
    return KT_OK;
}
