/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/json.h"
#include "package/parts.h"

/*
 * dcat.jsonld: the run as DCAT-AP describes a data set, for an open-data portal. Addresses are
 * relative to the file, wherever the run is put. Who publishes it is for whoever puts it there: the
 * program does not know.
 */

static const kt_words description = {
    .fi =
        "Avoimet työpaikat ja työttömät työnhakijat alueittain ja ammateittain, kohtaantoindeksit "
        "vaihteluväleineen ja hankkeiden rahoitus tarpeisiin nähden. Tyhjän solun syy on rivin "
        "tilassa.",
    .sv = "Lediga platser och arbetslösa arbetssökande efter område och yrke, matchningsindex med "
          "intervall och projektens finansiering i förhållande till behoven. Varför en cell är tom "
          "står i radens status.",
    .en = "Vacancies and unemployed job seekers by region and occupation, indices of mismatch with "
          "their ranges, and money of projects against needs. Why a cell is empty stands in the "
          "row's status.",
};

static json_t *words_of(kt_words words)
{
    return json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}]", "@language", "fi", "@value", words.fi,
                     "@language", "sv", "@value", words.sv, "@language", "en", "@value", words.en);
}

static json_t *typed(const char *type, const char *value)
{
    return json_pack("{s:s, s:s}", "@type", type, "@value", value);
}

static json_t *link_to(const char *address)
{
    return json_pack("{s:s}", "@id", address);
}

/* The names that the record uses, by the vocabularies that they are of. */
static json_t *context(void)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "dcat", "http://www.w3.org/ns/dcat#", "dct",
                     "http://purl.org/dc/terms/", "xsd", "http://www.w3.org/2001/XMLSchema#",
                     "spdx", "http://spdx.org/rdf/terms#");
}

static const char *licence_of(const kt_package *package)
{
    const char *path = package->licence_count == 1 ? package->licences[0].path : "";
    return *path == '\0' ? NULL : path;
}

static json_t *checksum_of(const kt_run_file *file)
{
    return json_pack("{s:s, s:o, s:o}", "@type", "spdx:Checksum", "spdx:algorithm",
                     link_to("spdx:checksumAlgorithm_sha256"), "spdx:checksumValue",
                     typed("xsd:hexBinary", file->is.sha256));
}

/* One file of csv/. */
static json_t *distribution_of(const kt_package *package, const kt_schema *schema,
                               const kt_run_file *file)
{
    json_t *out =
        json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "@id", file->path, "@type",
                  "dcat:Distribution", "dct:title", words_of(schema->title), "dcat:accessURL",
                  link_to(file->path), "dcat:downloadURL", link_to(file->path), "dcat:mediaType",
                  link_to("https://www.iana.org/assignments/media-types/text/csv"), "dcat:byteSize",
                  typed("xsd:decimal", kt_arena_print(package->arena, "%zu", file->is.bytes)),
                  "spdx:checksum", checksum_of(file));
    const char *licence = licence_of(package);
    if (licence != NULL) {
        json_object_set_new(out, "dct:license", link_to(licence));
    }
    return out;
}

static json_t *distributions(const kt_package *package)
{
    json_t *list = json_array();
    for (size_t i = 0; i < package->table_count; i++) {
        const kt_package_table *table = &package->tables[i];
        for (size_t j = 0; j < table->file_count; j++) {
            json_array_append_new(list, distribution_of(package, table->schema, &table->files[j]));
        }
    }
    return list;
}

static json_t *sources_of(const kt_publication *publication)
{
    json_t *list = json_array();
    for (size_t i = 0; i < publication->source_count; i++) {
        if (kt_package_is_url(publication->sources[i].address)) {
            json_array_append_new(list, link_to(publication->sources[i].address));
        }
    }
    return list;
}

static json_t *document_of(const kt_package *package)
{
    char as_of[KT_INSTANT_SIZE];
    const kt_publication *publication = package->input->publication;
    (void)kt_instant_write(publication->as_of, as_of);
    return json_pack(
        "{s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "@context", context(),
        "@id", "datapackage.json", "@type", "dcat:Dataset", "dct:identifier", publication->run_id,
        "dct:title", words_of(kt_package_title), "dct:description", words_of(description),
        "dct:issued", typed("xsd:dateTime", as_of), "dct:accrualPeriodicity",
        link_to("http://publications.europa.eu/resource/authority/frequency/DAILY"), "dct:spatial",
        link_to("http://publications.europa.eu/resource/authority/country/FIN"), "dcat:theme",
        link_to("http://publications.europa.eu/resource/authority/data-theme/SOCI"), "dct:source",
        sources_of(publication), "dcat:distribution", distributions(package));
}

kt_status kt_package_dcat(kt_package *package, kt_error *err)
{
    KT_AUTO(text) kt_text text = {0};
    KT_TRY(kt_json_dump(document_of(package), JSON_INDENT(1), KT_PACKAGE_DCAT, &text, err));
    kt_text_put_char(&text, '\n');
    kt_package_add(package, KT_PACKAGE_DCAT, text.bytes, text.length);
    return KT_OK;
}
