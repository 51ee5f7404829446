"""Draws docs/images/report.png: the HTML report of two shipped baselines on the guidelines' invented article.

    python docs/images/draw_report.py

Needs Chromium, chromedriver and the packages of the extra `dev`. The article and its gold are the worked example of
annotations/guidelines, so that no newspaper's text is in the picture.
"""

import re
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from goldassay.corpus.sentences import split_sentences
from goldassay.extract.registry import load_extractor
from goldassay.formats.authoring import parse_authoring
from goldassay.gold import Gold
from goldassay.model.document import Document
from goldassay.passes.load import as_gold
from goldassay.reporting import Source, report_html
from goldassay.running import run_extractor

IMAGES = Path(__file__).parent
GUIDELINES = IMAGES.parents[1] / "annotations" / "guidelines"
PAGES = ("entities", "stances", "numeric_facts")
SYSTEMS = ("rules-mentions", "sklearn-tagger")
SIZE = (1400, 960)
CHOSEN = "select(1, passing(0, 1).find((number) => blockOf(0).entries[1][number].indexOf(-1) < 0), false)"
"""The first error of the second system in which both sides met."""


def read_example() -> Gold:
    """The worked example of the guidelines as gold."""
    pages = [(GUIDELINES / f"{name}.md").read_text(encoding="utf-8") for name in PAGES]
    text = fences(pages[0], "text")[0].removesuffix("\n")
    form = "\n".join(part for page in pages for part in fences(page, "yaml"))
    named = re.search(r'^doc: "(.+)"$', form, re.MULTILINE)
    document = Document(
        doc_id=named[1] if named else "toll",
        title=(0, text.index("\n")),
        text=text,
        language="en",
        dct=None,
        dct_evidence=None,
        source="invented",
        rights="free",
        origin="composed",
        sha256=sha256(text.encode()).hexdigest(),
        sentences=split_sentences(text),
    )
    authored, findings = parse_authoring(form if named else f'doc: "toll"\n{form}', document, file="worked example")
    if authored is None:
        raise SystemExit(f"the worked example cannot be read: {findings}")
    fingerprint = sha256(form.encode()).hexdigest()
    return Gold(
        "worked-example", "0.2.0", "all", fingerprint, "invented for the guidelines", (as_gold(document, authored),)
    )


def fences(page: str, language: str) -> list[str]:
    """The fenced blocks of a Markdown page in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def make_page(gold: Gold, folder: Path) -> Path:
    """Run the systems and write their report."""
    documents = [item.document for item in gold.documents]
    for name in SYSTEMS:
        run_extractor(load_extractor(name), documents, folder / name)
    page = folder / "report.html"
    sources = [Source(folder / name, name, ("entities",)) for name in SYSTEMS]
    page.write_text(report_html(sources, gold, by_guidelines=True), encoding="utf-8")
    return page


def photograph(page: Path, profile: Path) -> bytes:
    """The document view of the page as PNG, with one error chosen."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    width, height = SIZE
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    browser: Any = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        browser.get(page.as_uri())
        browser.execute_script(f"{CHOSEN}; document.getElementById('documents').scrollIntoView()")
        return bytes(browser.get_screenshot_as_png())
    finally:
        browser.quit()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = make_page(read_example(), Path(folder))
        (IMAGES / "report.png").write_bytes(photograph(made, Path(folder) / "profile"))
