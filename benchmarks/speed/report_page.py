"""How fast the HTML report of 500 documents is in headless Chromium: first paint, and each kind of filter.

    python benchmarks/speed/report_page.py [DOCUMENTS]

The documents are those of the corpus over and over under new ids, with the committed predictions of two systems. Times
are of one machine; the limits of the project are 2 s to the first paint and 200 ms for a filter, until it is painted.
Needs Chromium, chromedriver and the packages of the extra `dev`.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from goldassay.gold import Gold, load_gold
from goldassay.layers.base import GoldDocument
from goldassay.reporting import report_html

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
SYSTEMS = {"rules": ("rules-mentions", "rules-stances", "rules-numbers"), "tagger": ("sklearn-tagger",)}
REPEATS = 5

FILTERS = {
    "layer off and on": "byId('layers').querySelector('input').click()",
    "type": "(byId('group').value = byId('group').value === '-1' ? '1' : '-1', "
    "byId('group').dispatchEvent(new Event('change')))",
    "error class": "byId('classes').querySelector('input').click()",
    "search": "(byId('search').value = byId('search').value ? '' : 'south', "
    "byId('search').dispatchEvent(new Event('input')))",
    "next document": "openDocument((chosen.doc + 1) % index.docs.length)",
}
"""Each is done, then undone, so that every repeat finds the same page."""

TIMED = """
const done = arguments[0];
requestAnimationFrame(() => {
  const start = performance.now();
  %s;
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
});
"""


def multiply(gold: Gold, count: int) -> Gold:
    """The documents over and over, each under its own id."""
    documents = []
    for number in range(count):
        one = gold.documents[number % len(gold.documents)]
        doc_id = f"{one.document.doc_id}-{number:04}"
        documents.append(
            GoldDocument(
                replace(one.document, doc_id=doc_id),
                one.entities and replace(one.entities, doc_id=doc_id),
                one.stances and replace(one.stances, doc_id=doc_id),
                one.numeric_facts and replace(one.numeric_facts, doc_id=doc_id),
            )
        )
    return Gold(gold.name, gold.version, gold.split, gold.fingerprint, gold.annotators, tuple(documents))


def predict(gold: Gold, many: Gold, systems: tuple[str, ...], path: Path) -> Path:
    """The committed predictions of these systems as one, for every copy of a document."""
    lines: dict[str, dict[str, Any]] = {item.document.doc_id: {} for item in gold.documents}
    for system in systems:
        for text in (RESULTS / system / "predictions.jsonl").read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            lines[line["doc_id"]].update(line)
    with path.open("w", encoding="utf-8") as file:
        for item in many.documents:
            line = lines[item.document.doc_id.rsplit("-", 1)[0]]
            file.write(json.dumps(line | {"doc_id": item.document.doc_id}) + "\n")
    return path


def start_browser(profile: str) -> Any:
    """A headless Chromium with a profile of its own."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1400,1000",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def measure(browser: Any, page: Path) -> dict[str, list[float]]:
    """Milliseconds by what was timed, one a repeat."""
    times: dict[str, list[float]] = {"first paint": [], "all of the page ready": []}
    for _ in range(REPEATS):
        browser.get("about:blank")
        browser.get(page.as_uri())
        time.sleep(0.5)
        times["first paint"].append(
            browser.execute_script("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        )
        times["all of the page ready"].append(
            browser.execute_script("return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        )
    for name, action in FILTERS.items():
        times[name] = [browser.execute_async_script(TIMED % action) for _ in range(2 * REPEATS)]
    return times


def main(count: int) -> None:
    """Make the report, open it, print the times."""
    gold = load_gold(ROOT)
    many = multiply(gold, count)
    with tempfile.TemporaryDirectory() as folder:
        runs = [predict(gold, many, parts, Path(folder) / f"{name}.jsonl") for name, parts in SYSTEMS.items()]
        start = time.perf_counter()
        page = Path(folder) / "report.html"
        page.write_text(report_html(runs, many, resampling=None), encoding="utf-8")
        made = time.perf_counter() - start
        print(f"{count} documents, {len(runs)} systems: made in {made:.1f} s, {page.stat().st_size / 1e6:.1f} MB")
        browser = start_browser(str(Path(folder) / "profile"))
        try:
            times = measure(browser, page)
            errors = browser.execute_script("return systems.map((one) => one.doc.length)")
            version = browser.capabilities["browserVersion"]
        finally:
            browser.quit()
    print(f"Chromium {version}; {' and '.join(map(str, errors))} errors; median and worst in ms")
    for name, found in times.items():
        print(f"  {name:<24}{statistics.median(found):>8.0f}{max(found):>8.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
