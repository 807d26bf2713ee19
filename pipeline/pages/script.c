/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/script.h"

const char kt_page_script[] =
    "\"use strict\";(function(){"
    "var place=document.getElementById(\"search\");"
    "var label=document.createElement(\"label\"),field=document.createElement(\"input\");"
    "var told=document.createElement(\"p\");"
    "field.type=\"search\";label.append(place.dataset.label+\" \",field);"
    "told.setAttribute(\"role\",\"status\");told.className=\"note\";place.append(label,told);"
    "field.addEventListener(\"input\",function(){"
    "var wanted=field.value.trim().toLowerCase(),shown=0;"
    "document.querySelectorAll(\"main tbody tr\").forEach(function(row){"
    "var fits=row.textContent.toLowerCase().includes(wanted);row.hidden=!fits;shown+=fits?1:0;});"
    "document.querySelectorAll(\"main section\").forEach(function(part){"
    "part.hidden=part.querySelector(\"tbody tr:not([hidden])\")===null;});"
    "told.textContent=wanted===\"\"?\"\":place.dataset.found+\" \"+shown;});})();";
