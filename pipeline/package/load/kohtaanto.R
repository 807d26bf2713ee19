# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads one published run of kohtaanto, with the types that its datapackage.json declares.
#
#     source("kohtaanto.R")
#     run <- kohtaanto_run("/srv/kohtaanto/published")   # or the folder of one run
#     table <- kohtaanto_table(run, "observations")      # a data.frame
#
# Which run is newest is asked once, by kohtaanto_run: MANIFEST.json is read through `current`, and
# every later file is taken from the run that it names. A run never changes, so tables of one run
# belong together even if another one is published meanwhile.
#
# Codes and periods are text (so is the code NA), an empty cell is missing, days are Dates. Base R is
# enough; jsonlite is used where it is installed, for it reads JSON faster.

# JSON without a package: tokens by one regular expression, then one pass over them. Objects become
# named lists, arrays lists.
kohtaanto_json_base <- function(text) {
    pattern <- '"(?:[^"\\\\]|\\\\.)*"|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|[][{}:,]'
    # Byte by byte: places in a long text of UTF-8 are counted from its beginning each time.
    tokens <- regmatches(text, gregexpr(pattern, text, perl = TRUE, useBytes = TRUE))[[1]]
    Encoding(tokens) <- "UTF-8"
    at <- 0L
    string <- function(token) {
        inner <- substr(token, 2L, nchar(token) - 1L)
        if (!grepl("\\", inner, fixed = TRUE)) return(inner)
        # R writes the same escapes, except for the slash.
        parse(text = paste0('"', gsub("\\/", "/", inner, fixed = TRUE), '"'), encoding = "UTF-8")[[1]]
    }
    value <- function() {
        at <<- at + 1L
        token <- tokens[[at]]
        switch(substr(token, 1L, 1L),
            "{" = {
                names <- character(0)
                out <- list()
                while (tokens[[at + 1L]] != "}") {
                    if (tokens[[at + 1L]] == ",") at <<- at + 1L
                    names <- c(names, string(tokens[[at + 1L]]))
                    at <<- at + 2L
                    out <- c(out, list(value()))
                }
                at <<- at + 1L
                stats::setNames(out, names)
            },
            "[" = {
                out <- list()
                while (tokens[[at + 1L]] != "]") {
                    if (tokens[[at + 1L]] == ",") at <<- at + 1L
                    out <- c(out, list(value()))
                }
                at <<- at + 1L
                out
            },
            "\"" = string(token),
            "t" = TRUE,
            "f" = FALSE,
            "n" = NULL,
            as.numeric(token))
    }
    value()
}

kohtaanto_json <- function(path, base = !requireNamespace("jsonlite", quietly = TRUE)) {
    bytes <- readBin(path, "raw", n = file.size(path))
    text <- rawToChar(bytes)
    Encoding(text) <- "UTF-8"
    if (base) kohtaanto_json_base(text) else jsonlite::fromJSON(text, simplifyVector = FALSE)
}

# folder: the folder that holds `current`, or that of one run.
kohtaanto_run <- function(folder, ...) {
    link <- file.path(folder, "current", "MANIFEST.json")
    if (file.exists(link)) {
        manifest <- kohtaanto_json(link, ...)
        name <- paste0(gsub("[-:]", "", manifest$as_of), "_", manifest$run_id)
        folder <- file.path(folder, "runs", name)
    } else {
        folder <- normalizePath(folder) # `current` itself was named
        manifest <- kohtaanto_json(file.path(folder, "MANIFEST.json"), ...)
    }
    package <- kohtaanto_json(file.path(folder, "datapackage.json"), ...)
    if (package$run_id != manifest$run_id) {
        stop(folder, ": datapackage.json is of run ", package$run_id)
    }
    names(package$resources) <- vapply(package$resources, function(one) one$name, "")
    list(folder = folder, manifest = manifest, package = package)
}

kohtaanto_tables <- function(run) names(run$package$resources)

kohtaanto_typed <- function(cells, type) {
    switch(type,
        integer = {
            numbers <- as.numeric(cells)
            # R's integers end at 2^31.
            large <- any(abs(numbers) > .Machine$integer.max, na.rm = TRUE)
            if (large) numbers else as.integer(numbers)
        },
        number = as.numeric(cells),
        date = as.Date(cells, format = "%Y-%m-%d"),
        cells)
}

kohtaanto_part <- function(run, part, names) {
    path <- file.path(run$folder, part$path)
    if (file.size(path) != part$bytes) {
        stop(path, ": ", file.size(path), " bytes, expected ", part$bytes)
    }
    # Every cell as text: nothing is guessed, and NA is a text like others.
    cells <- utils::read.csv(path,
        colClasses = "character", na.strings = character(0), quote = "\"", comment.char = "",
        check.names = FALSE, strip.white = FALSE, encoding = "UTF-8", fill = FALSE)
    if (!identical(names(cells), names) || nrow(cells) != part$rows) {
        stop(path, ": other columns or rows than datapackage.json says")
    }
    cells
}

kohtaanto_table <- function(run, table) {
    resource <- run$package$resources[[table]]
    if (is.null(resource)) stop(run$folder, ": no table ", table)
    fields <- resource$schema$fields
    names <- vapply(fields, function(field) field$name, "")
    out <- do.call(rbind, lapply(resource$parts, function(part) kohtaanto_part(run, part, names)))
    for (field in fields) {
        cells <- out[[field$name]]
        cells[cells == ""] <- NA_character_
        out[[field$name]] <- kohtaanto_typed(cells, field$type)
    }
    out
}
