/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/style.h"

/*
 * Every text has a contrast of 4.5 to 1 or more on what it stands on, and every mark of 3 to 1, in
 * light and dark; nothing is told by colour alone. Sizes are those that the reader has chosen.
 */
const char kt_page_style[] =
    ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--soft:#4a5560;--line:#c3cad1;"
    "--field:#f3f5f7;--own:#0b5cad;--other:#8a4b00;--warn:#fff4d6;--warn-ink:#4f3800}"
    "@media (prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#eceff2;--soft:#b3bcc5;"
    "--line:#46505a;--field:#1f252b;--own:#7db8f5;--other:#f0b26b;--warn:#3a2f10;"
    "--warn-ink:#ffe6a8}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}"
    "main,header,footer{max-width:68rem;margin:0 auto;padding:0 1rem}"
    "h1{font-size:1.7rem;line-height:1.25;margin:1.2rem 0 .3rem}"
    "h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line)}"
    "p{max-width:46rem}a{color:var(--own)}"
    ".sub,.note{color:var(--soft)}.note{font-size:.9rem}"
    ".skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);"
    "padding:.4rem}"
    ".warn{background:var(--warn);color:var(--warn-ink);padding:.6rem 1rem;max-width:none}"
    ".table{overflow-x:auto}"
    "table{border-collapse:collapse;font-size:.92rem;margin:.4rem 0}"
    "caption{text-align:left;color:var(--soft);padding:.3rem 0}"
    "th,td{padding:.3rem .7rem;border-bottom:1px solid var(--line);text-align:left;"
    "vertical-align:top}"
    "thead th{background:var(--field)}th:first-child{min-width:12rem}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;"
    "padding:0;list-style:none}"
    ".tiles li{background:var(--field);padding:.8rem 1rem;border-left:4px solid var(--own)}"
    ".tiles b,.tiles span{display:block}.tiles b{font-size:1.6rem}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}"
    "dt{color:var(--soft)}dd{margin:0}"
    "svg{max-width:100%;height:auto}svg text{fill:var(--ink);font-size:13px}"
    ".grid{stroke:var(--line)}.own{stroke:var(--own);fill:none;stroke-width:2.5}"
    ".other{stroke:var(--other);fill:none;stroke-width:2;stroke-dasharray:6 4}"
    "details{margin:.4rem 0}summary{cursor:pointer}"
    "@media print{:root{--paper:#fff;--ink:#000;--soft:#333;--field:#fff}"
    "section{break-inside:avoid-page}.skip,nav{display:none}details>*{display:block}}";
