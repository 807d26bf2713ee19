# SPDX-License-Identifier: GPL-3.0-or-later
#
# The loader for R on the run of made_run.py, whose cells are known, and on a real one:
#     Rscript loader.R LOADER MADE_PUBLISHED PUBLISHED
arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[[1]])

check <- function(...) stopifnot(...)
has_jsonlite <- requireNamespace("jsonlite", quietly = TRUE)

# By hand, from the rows of made_run.py.
check_values <- function(run) {
    check(identical(run$package$title, "\u00e4 \" \\ / \n \u00e9"))
    trial <- kohtaanto_table(run, "trial")
    check(
        identical(trial$time_period, c("2022M12", "2023M01", "2023M02", "2023M03")),
        identical(trial$period_start, as.Date(c("2022-12-01", "2023-01-01", "2023-02-01", "2023-03-01"))),
        identical(trial$code, c("NA", "TRUE", "1E5", "\u00c5-7")),
        identical(trial$label, c("NA", "a, \"b\"", "#x", " \u00c4\u00e4nekoski ")),
        identical(trial$count, c(3000000000, NA, 0, 7)),
        identical(trial$value, c(0.1, NA, -2.5, 17)),
        identical(trial$status, c("A", "Q", "A", "A")))
}

r_type <- list(string = "character", integer = "integer", number = "numeric", date = "Date")

# Every table of the run with the declared types; empty cells, and nothing else, are missing.
check_real <- function(run) {
    check(length(kohtaanto_tables(run)) > 40)
    for (resource in run$package$resources) {
        table <- kohtaanto_table(run, resource$name)
        rows <- sum(vapply(resource$parts, function(part) part$rows, 0))
        check(nrow(table) == rows, ncol(table) == length(resource$schema$fields))
        raw <- do.call(rbind, lapply(resource$parts, function(part) utils::read.csv(
            file.path(run$folder, part$path), colClasses = "character", na.strings = character(0),
            check.names = FALSE, encoding = "UTF-8")))
        for (field in resource$schema$fields) {
            column <- table[[field$name]]
            wide <- field$type == "integer" && is.double(column)
            check(wide || inherits(column, r_type[[field$type]]))
            check(identical(is.na(column), raw[[field$name]] == ""))
            if (isTRUE(field$constraints$required)) check(!anyNA(column))
        }
    }
}

for (base in unique(c(TRUE, !has_jsonlite))) {
    check_values(kohtaanto_run(arguments[[2]], base = base))
    check_values(kohtaanto_run(file.path(arguments[[2]], "current"), base = base))
}
run <- kohtaanto_run(arguments[[3]], base = TRUE)
if (has_jsonlite) check(isTRUE(all.equal(run, kohtaanto_run(arguments[[3]], base = FALSE))))
check_real(run)
cat(length(kohtaanto_tables(run)), "tables", if (has_jsonlite) "by either reader of JSON", "\n")
