# Runs at installation, when the prefix is known: the units and the cron file, written for prefix /usr,
# get its paths, and so does the configuration.
# With prefix /usr or /usr/local the configuration is in /etc, else in PREFIX/etc. A configuration that
# is there already is the operator's: the new one is then laid beside it as kohtaanto.json.new. Corrections and
# notes are the operator's from the first day.
set(prefix ${CMAKE_INSTALL_PREFIX})
set(etc ${prefix}/etc)
if(prefix MATCHES "^/usr(/local)?$")
    set(etc /etc)
endif()
set(root $ENV{DESTDIR})
set(configuration ${etc}/kohtaanto/kohtaanto.json)

function(fill name target)
    message(STATUS "Installing: ${root}${target}")
    file(READ ${CMAKE_CURRENT_LIST_DIR}/${name} words)
    string(REPLACE "/etc/kohtaanto/kohtaanto.json" "${configuration}" words "${words}")
    string(REPLACE "/usr/bin/kohtaanto" "${prefix}/bin/kohtaanto" words "${words}")
    string(REPLACE "/usr/share/doc/" "${prefix}/share/doc/" words "${words}")
    file(WRITE ${root}${target} "${words}")
endfunction()

fill(kohtaanto.service ${prefix}/lib/systemd/system/kohtaanto.service)
fill(kohtaanto.timer ${prefix}/lib/systemd/system/kohtaanto.timer)
fill(kohtaanto.cron ${etc}/cron.d/kohtaanto) # cron skips names with a point
configure_file(${CMAKE_CURRENT_LIST_DIR}/kohtaanto.sysusers ${root}${prefix}/lib/sysusers.d/kohtaanto.conf COPYONLY)
configure_file(${CMAKE_CURRENT_LIST_DIR}/kohtaanto.tmpfiles ${root}${prefix}/lib/tmpfiles.d/kohtaanto.conf COPYONLY)

file(READ ${CMAKE_CURRENT_LIST_DIR}/../kohtaanto.json text)
set(share ${prefix}/share/kohtaanto/config)
string(REPLACE "\"sources/" "\"${share}/sources/" text "${text}") # a list, one to a line
foreach(path schema/ classifications markets.json breaks.json two_sources.json sectors.json series.json early_warning.json beveridge.json occupation_balance.json effective_tightness.json matching.json pages.json projects/projects.json contract)
    string(REGEX REPLACE "([[:,] *)\"${path}" "\\1\"${share}/${path}" text "${text}")
endforeach()
set(inbox ${root}${share}/projects/sources/project_inbox.json) # whose folder its user may write
file(READ ${inbox} words)
string(REPLACE "file:../inbox" "file:/var/lib/kohtaanto/inbox" words "${words}")
file(WRITE ${inbox} "${words}")
string(REGEX REPLACE "(\"workspace\": *)\"[^\"]*\"" "\\1\"/var/lib/kohtaanto\"" text "${text}")
string(REGEX REPLACE "(\"own\": *)\"[^\"]*\"" "\\1\"/var/lib/kohtaanto/own\"" text "${text}") # written by people
set(corrections ${root}${etc}/kohtaanto/corrections.json)
if(NOT EXISTS ${corrections})
    file(READ ${CMAKE_CURRENT_LIST_DIR}/../corrections.json none)
    string(REPLACE "\"schema/" "\"${share}/schema/" none "${none}")
    file(WRITE ${corrections} "${none}")
    message(STATUS "Installing: ${corrections}")
endif()
set(notes ${root}${etc}/kohtaanto/notes.csv)
if(NOT EXISTS ${notes})
    configure_file(${CMAKE_CURRENT_LIST_DIR}/../notes.csv ${notes} COPYONLY)
endif()
set(target ${root}${configuration})
if(EXISTS ${target})
    file(READ ${target} old)
    if(NOT old STREQUAL text)
        set(target ${target}.new)
        message(STATUS "Kept: ${root}${configuration}")
    endif()
endif()
message(STATUS "Installing: ${target}")
file(WRITE ${target} "${text}")
