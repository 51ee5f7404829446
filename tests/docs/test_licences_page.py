"""LICENSES.md: the texts stand where it says and nowhere else, and all papers name the same three parts."""

import json
import re
import tomllib
from pathlib import Path

import yaml

from goldassay.corpus.corpus import load_corpus

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "LICENSES.md").read_text(encoding="utf-8")
FOLDERS = ("corpus", "annotations", "benchmarks", "docs", "tests", "toolkit")
DRAWN = "benchmarks/results/report.html"  # a page that `make bench` writes and nobody commits
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def text_files() -> set[str]:
    """The files that hold a sentence of 15 or more words of a text."""
    found = set()
    sentences = [
        sentence
        for document in load_corpus(ROOT).documents
        for start, end in document.sentences
        if len((sentence := document.text[start:end]).split()) >= 15
    ]
    assert len(sentences) > 20
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in [*files, *(path for path in ROOT.iterdir() if path.is_file())]:
        content = path.read_bytes().decode("utf-8", "replace")
        if any(sentence in content for sentence in sentences):
            found.add(path.relative_to(ROOT).as_posix())
    return found


def test_texts_stand_where_the_page_says() -> None:
    places = re.findall(r"`(corpus/\w+/|annotations/releases/)`", PAGE)
    assert sorted(places) == [
        "annotations/releases/",
        *("corpus/documents/", "corpus/full/", "corpus/seeds/", "corpus/tokens/"),
    ]
    found = text_files()
    assert {file for file in found if not file.startswith(tuple(places))} <= {DRAWN}
    assert "`goldassay report`" in PAGE
    # Tokens are words one by one, so no sentence stands there.
    assert {place for place in places if not any(file.startswith(place) for file in found)} == {"corpus/tokens/"}


def test_no_paper_gives_one_licence_for_all() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"`{project['license']}`" in PAGE
    assert set(project["license-files"]) == {"LICENSE", "LICENSES.md"}
    assert CC_BY in PAGE
    licences = json.loads((ROOT / "croissant.json").read_bytes())["license"]
    assert [one.get("url") for one in licences] == [CC_BY, None]
    assert "for the annotations alone" in licences[0]["name"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == "CC-BY-4.0"
    assert "annotations alone" in citation["abstract"]
    head = yaml.safe_load((ROOT / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert (head["license"], head["license_link"]) == ("other", "LICENSES.md")
    for page in ("README.md", "docs/data.md", "corpus/DATASHEET.md"):
        assert "LICENSES.md" in (ROOT / page).read_text(encoding="utf-8"), page
