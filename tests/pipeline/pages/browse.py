# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens every page in a real browser and looks at it as its readers do.

browse.py FOLDER PICTURES [AXE]: every FOLDER/**/*.html, as a phone shows it: nothing is said on the
console and nothing is fetched; the keyboard alone reaches all there is, where the reader sees it,
and opens what is closed; nothing stands beside the screen; axe-core (the file AXE) finds no
violation, in light and in dark; the file is no larger than 400 kB. Of an index the search is tried,
with scripts and without. Pictures of some pages go to the folder PICTURES.
"""

import base64
import concurrent.futures
import contextlib
import glob
import json
import os
import pathlib
import shutil
import sys
import tempfile

from webdriver import ENTER, TAB, Browser, Driver

PHONE, LAPTOP, PAPER = (390, 844), (1280, 800), (718, 1016)  # A4 within margins of 1 cm, at 96 dpi
KINDS = (
    ("phone", PHONE, "screen", "dark"),
    ("laptop", LAPTOP, "screen", "light"),
    ("print", PAPER, "print", "light"),
)
LARGEST = 400_000  # bytes
SESSIONS = 2
WORDS_SHOWN = 300
PICTURED = {
    "fi": {"SSS", "MK19", "TA01", "index", "run", "project_M10001"},
    "sv": {"SSS", "MK19", "index"},
    "en": {"SSS", "run"},
}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

# Whatever the keyboard has to reach, in the order of the page.
REACHED = "a[href],summary,input,select,button,[tabindex='0']"

# Writes down what gets the focus, and whether its reader can see that it has it.
WATCH = """
const stops = [...document.querySelectorAll(arguments[0])];
const told = window.stopsReached = [];
document.addEventListener('click', event => {  // whoever opens the wrong thing stays here
  if (event.target.closest('a')) event.preventDefault();
});
document.addEventListener('focusin', event => {
  const at = event.target, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  told.push({
    stop: stops.indexOf(at),
    marked: at.matches(':focus-visible') && style.outlineStyle !== 'none' &&
            parseFloat(style.outlineWidth) >= 1,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight &&
          box.right > 0 && box.left < width,
  });
});
return stops.map(stop => ({
  tag: stop.tagName, name: (stop.textContent || stop.className).trim().slice(0, 60)}));
"""

CLOSED = """
return [...document.querySelectorAll('details')].filter(one =>
  !one.open || !(one.lastElementChild.getBoundingClientRect().height > 0)).length;
"""

# On paper nothing can be opened or moved: each table is there, and whole, its numbers in one line.
ON_PAPER = """
const width = document.documentElement.clientWidth;
const lost = [...document.querySelectorAll('table')].filter(table => {
  const box = table.getBoundingClientRect();
  return !(box.height > 0) || !table.checkVisibility() || box.right > width + 1;
});
const broken = [...document.querySelectorAll('td.n')].filter(cell => {
  if (!/^[^a-z ]*$/i.test(cell.textContent)) return false;
  const text = document.createRange();
  text.selectNodeContents(cell);
  return new Set([...text.getClientRects()].map(line => line.top)).size > 1;
});
return lost.map(table => table.caption.textContent + ' ' + table.getBoundingClientRect().right).concat(
  broken.map(cell => 'a number in two lines: ' + cell.textContent));
"""

BESIDE = """
const page = document.scrollingElement, width = page.clientWidth;
const wide = [...document.querySelectorAll('body *')].filter(one =>
  !one.closest('.table,.skip,svg') && one.getBoundingClientRect().right > width + 1);
return {beside: page.scrollWidth - width, wide: wide.slice(0, 3).map(one =>
  one.tagName + ' ' + one.className + ' ' + one.textContent.trim().slice(0, 40))};
"""

LOOK = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']}).then(found => done({
  rules: found.passes.length,
  faults: found.violations.map(one => one.id + ': ' + one.help + ' (' + one.nodes.length + '): ' +
    one.nodes[0].html.slice(0, 160) + ' ' + one.nodes[0].any.concat(one.nodes[0].all,
    one.nodes[0].none).map(why => why.message).join('; '))}), why => done({rules: 0, faults: [String(why)]}));
"""

SHOWN_ROWS = """
return [...document.querySelectorAll('main tbody tr')].filter(row =>
  row.getBoundingClientRect().height > 0).map(row => row.textContent);
"""

TOLD = "return document.querySelector('#search [role=status]').textContent;"


class Page:
    """A page that is open in a browser, and what is wrong with it."""

    def __init__(self, browser, file):
        self.browser, self.file, self.faults = browser, file, []
        self.address = pathlib.Path(file).resolve().as_uri()

    def fault(self, words):
        self.faults.append(words)

    def open(self):
        self.browser.resize(*PHONE, mobile=True)
        self.browser.show_as()
        self.browser.log("performance")  # of the page before
        self.browser.open(self.address)
        for entry in self.browser.log("browser"):
            self.fault(f"the console says {entry['level']}: {entry['message'][:WORDS_SHOWN]}")
        for entry in self.browser.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked = message["params"]["request"]["url"]
                if asked != self.address:
                    self.fault(f"it fetches {asked[:WORDS_SHOWN]}")

    def walk(self):
        """Tab from one end to the other; Enter on what opens."""
        stops = self.browser.run(WATCH, REACHED)
        keys = []
        for stop in stops:
            keys += [TAB, ENTER] if stop["tag"] == "SUMMARY" else [TAB]
        self.browser.press(keys)
        reached = self.browser.run("return window.stopsReached;")
        names = [f"{stop['tag'].lower()} \"{stop['name']}\"" for stop in stops]
        if [one["stop"] for one in reached] != list(range(len(stops))):
            missed = [name for at, name in enumerate(names) if at not in {one["stop"] for one in reached}]
            self.fault(f"the keyboard reaches {len(reached)} of {len(stops)} in the page's order; not {missed[:5]}")
        for one in reached:
            if not (one["marked"] and one["seen"]):
                where = names[one["stop"]] if one["stop"] >= 0 else "something that is no control"
                self.fault(f"the focus cannot be seen on {where}: {one}")
        closed = self.browser.run(CLOSED)
        if closed:
            self.fault(f"{closed} tables stay closed at Enter")
        return len(stops)

    def keep_within(self, width):
        found = self.browser.run(BESIDE)
        if found["beside"] > 0 or found["wide"]:
            self.fault(f"it is {found['beside']} px wider than {width}: {found['wide']}")

    def print_out(self):
        self.browser.resize(*PAPER)
        self.browser.show_as("print")
        lost = self.browser.run(ON_PAPER)
        if lost:
            self.fault(f"on paper of {PAPER[0]} px {len(lost)} tables or numbers are not whole: {lost[:5]}")
        self.browser.resize(*PHONE, mobile=True)
        self.browser.show_as()

    def look(self, axe):
        """In dark only the colours are others, so only their rules are asked again."""
        self.browser.run(axe + ";window.axe = axe;")
        for scheme, rules in (
            ("light", {"type": "tag", "values": AXE_TAGS}),
            ("dark", {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}),
        ):
            self.browser.show_as(scheme=scheme)
            found = self.browser.run_later(LOOK, rules)
            for words in found["faults"]:
                self.fault(f"axe in {scheme}: {words}")
            if found["rules"] == 0:
                self.fault(f"axe in {scheme} tried no rule")

    def search(self):
        """Words that stand in some rows leave these, and their number is told; none brings all back."""
        rows = self.browser.run(SHOWN_ROWS)
        wanted = "lap"
        fitting = [row for row in rows if wanted in row.lower()]
        self.browser.run("document.querySelector('#search input').focus();")
        for keys, expected in ((wanted, fitting), ("\ue003" * len(wanted), rows), ("#", [])):
            self.browser.press(keys)
            shown, told = self.browser.run(SHOWN_ROWS), self.browser.run(TOLD)
            if shown != expected:
                self.fault(f"the search of {keys!r} leaves {len(shown)} rows, expected {len(expected)}")
            if len(expected) < len(rows) and str(len(expected)) not in told.split():
                self.fault(f"the search of {keys!r} tells \"{told}\", not {len(expected)}")
        if not 0 < len(fitting) < len(rows):
            self.fault(f"\"{wanted}\" stands in {len(fitting)} of {len(rows)} rows: nothing was tried")

    def take_pictures(self, folder, name):
        for kind, (width, height), media, scheme in KINDS:
            self.browser.open(self.address)
            self.browser.resize(width, height, mobile=width == PHONE[0])
            self.browser.show_as(media, scheme)
            self.keep_within(width)
            with open(f"{folder}/{name}_{kind}.png", "wb") as picture:
                picture.write(base64.b64decode(self.browser.picture()))
        self.browser.show_as()


def look_at(browser, file, axe, pictures):
    """What is wrong with the page, and how many stops its keyboard has."""
    page = Page(browser, file)
    size = os.path.getsize(file)
    if size > LARGEST:
        page.fault(f"{size} bytes, at most {LARGEST}")
    page.open()
    page.print_out()
    page.keep_within(PHONE[0])
    stops = page.walk()
    page.keep_within(PHONE[0])
    if axe is not None:
        page.look(axe)
    code = pathlib.Path(file).stem
    if code == "index":
        page.open()
        page.search()
    language = pathlib.Path(file).parent.name
    if code in PICTURED.get(language, ()):
        page.take_pictures(pictures, f"{language}_{code}")
    return page.faults, stops


def look_without_scripts(driver, chromium, file, rows):
    """An index loses no row to a reader without scripts, and shows no field that does nothing."""
    with Browser(driver, chromium, scripts=False) as browser:
        browser.open(pathlib.Path(file).resolve().as_uri())
        snapshot = browser.devtools("DOMSnapshot.captureSnapshot", computedStyles=[])
        names = snapshot["strings"]
        document = snapshot["documents"][0]
        shown = {at for at, box in zip(document["layout"]["nodeIndex"], document["layout"]["bounds"]) if box[3] > 0}
        kinds = [names[name] for name in document["nodes"]["nodeName"]]
        parents = document["nodes"]["parentIndex"]
        bodies = [at for at in shown if kinds[at] == "TR" and kinds[parents[at]] == "TBODY"]
        if len(bodies) != rows or any(kinds[at] == "INPUT" for at in shown):
            return [f"without scripts {len(bodies)} rows of {rows} are shown, or a field is"]
    return []


def look_at_all(driver, chromium, files, axe, pictures):
    """One session's share: file, faults, stops of each page."""
    found = []
    with Browser(driver, chromium) as browser:
        for file in files:
            try:
                found.append((file, *look_at(browser, file, axe, pictures)))
            except (RuntimeError, KeyError, OSError) as why:
                found.append((file, [f"not looked at to its end: {why}"], 0))
    return found


def main():
    folder, pictures, *rest = sys.argv[1:]
    chromium, program = shutil.which("chromium"), shutil.which("chromedriver")
    axe = pathlib.Path(rest[0]).read_text(encoding="utf-8") if rest else None
    files = sorted(glob.glob(f"{folder}/**/*.html", recursive=True))
    os.makedirs(pictures, exist_ok=True)
    found = []
    with contextlib.ExitStack() as stack:
        driver = stack.enter_context(Driver(program, stack.enter_context(tempfile.TemporaryDirectory())))
        pool = stack.enter_context(concurrent.futures.ThreadPoolExecutor(SESSIONS))
        shares = [
            pool.submit(look_at_all, driver, chromium, files[start::SESSIONS], axe, pictures)
            for start in range(SESSIONS)
        ]
        for share in shares:
            found += share.result()
        for file in (file for file in files if pathlib.Path(file).stem == "index"):
            rows = pathlib.Path(file).read_text(encoding="utf-8").split("<main")[1].count('<th scope="row">')
            found.append((file, look_without_scripts(driver, chromium, file, rows), 0))
    count = 0
    for file, faults, _ in sorted(found):
        for words in faults:
            count += 1
            print(f"{os.path.relpath(file, folder)}: {words}")
    print(f"{len(files)} pages, {sum(stops for _, _, stops in found)} stops of the keyboard, {count} faults")
    sys.exit(bool(count) or not files)


if __name__ == "__main__":
    main()
