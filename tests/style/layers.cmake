# Which folder may include what. The compiler already refuses the headers of a stage that is not
# linked: their folder is not on the include path. This closes the two holes that leaves: "../" paths,
# and system headers, which every file can see.
set(external "^(curl/|gsl/|jansson|csv\\.h|sqlite3|zstd|zlib|nettle/|xxhash|microhttpd|libvoikko/|unicase\\.h|unictype\\.h|unistr\\.h|zip\\.h|expat|xlsxwriter)")
set(stages "^(core|fetch|transform|analysis|pipeline)/")
set(may_core "^core/|^jansson|^csv\\.h|^zstd|^nettle/|^xxhash")
set(may_fetch "^(core|fetch)/|^curl/|^jansson|^zstd")
set(may_transform "^(core|transform)/|^jansson|^zip\\.h|^expat|^libvoikko/|^unicase\\.h|^unictype\\.h|^unistr\\.h")
set(may_analysis "^(core|analysis)/|^gsl/")
set(may_pipeline "^(core|fetch|transform|analysis|pipeline)/|^jansson|^sqlite3|^xlsxwriter")

foreach(layer core fetch transform analysis pipeline)
    file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/${layer}/*.c ${ROOT}/${layer}/*.h)
    foreach(file IN LISTS files)
        file(STRINGS ${ROOT}/${file} lines REGEX "^[ ]*#[ ]*include")
        foreach(line IN LISTS lines)
            string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]+)[>\"].*" "\\1" header "${line}")
            if(header MATCHES "\\.\\./" OR
               (header MATCHES "${stages}|${external}" AND NOT header MATCHES "${may_${layer}}"))
                message(SEND_ERROR "${file}: ${layer} may not include ${header}")
            endif()
        endforeach()
    endforeach()
endforeach()
