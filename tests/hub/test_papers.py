"""croissant.json and CITATION.cff: valid by outside rules, readable, fresh, and refused when they are not."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

import mlcroissant
import pytest

from goldassay.corpus.features import CONFIGS
from goldassay.corpus.manifest import read_manifest
from goldassay.generate.papers import check_papers, citable_version, write_papers
from goldassay.hub.citation import check_citation, read_citation, write_version
from goldassay.hub.croissant import CONFORMS_TO
from goldassay.model.views import CANARY

# mlcroissant calls rdflib by an old name.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = Path(__file__).parents[2]
# What the NeurIPS track for evaluations and datasets asks for beside the core.
MINIMAL_RAI = {
    "rai:dataLimitations",
    "rai:dataBiases",
    "rai:personalSensitiveInformation",
    "rai:dataUseCases",
    "rai:dataSocialImpact",
    "rai:hasSyntheticData",
    "prov:wasDerivedFrom",
    "prov:wasGeneratedBy",
}
VALID = """cff-version: 1.2.0
title: "A corpus"
message: "Cite it."
type: dataset
authors:
  - family-names: Hentzau
    given-names: Rupert
    name-particle: of
  - name: The Strelsau corpus group
date-released: 2030-01-31
version: "1.0.0"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    write_papers(tmp_path)
    return tmp_path


def test_the_committed_papers_are_fresh() -> None:
    assert check_papers(ROOT) == []


def test_croissant_is_valid_and_gives_the_records_back(checkout: Path) -> None:
    data = mlcroissant.Dataset(jsonld=checkout / "croissant.json")
    issues = data.metadata.ctx.issues
    assert set(issues.errors) == set()
    # A date of publication stands in the file once CITATION.cff has one.
    assert [issue for issue in issues.warnings if "datePublished" not in issue] == []
    sets = {one.id for one in data.metadata.record_sets}
    assert sets == {f"{config}_validation" for config in CONFIGS}
    for config in CONFIGS:
        folder = "annotations" if config in ("entities", "stances", "numeric_facts") else "corpus"
        lines = (checkout / folder / config / "validation.jsonl").read_text(encoding="utf-8").splitlines()
        records = list(data.records(f"{config}_validation"))
        ids = [record[f"{config}_validation/doc_id"].decode() for record in records]
        assert ids == [json.loads(line)["doc_id"] for line in lines]
    (first, *_) = data.records("entities_validation")
    types = [one["entities_validation/entities/type"].decode() for one in first["entities_validation/entities"]]
    stored = json.loads((checkout / "annotations/entities/validation.jsonl").read_bytes().splitlines()[0])
    assert types == [entity["type"] for entity in stored["entities"]]


def test_croissant_refuses_a_file_that_was_changed(checkout: Path) -> None:
    path = checkout / "annotations" / "stances" / "validation.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"act":"deny"', b'"act":"plan"'))
    data = mlcroissant.Dataset(jsonld=checkout / "croissant.json")
    with pytest.raises(mlcroissant.GenerationError) as raised:
        list(data.records("stances_validation"))
    assert "Hash of" in str(raised.value.__cause__)
    assert {item.where.file for item in check_papers(checkout)} == {"croissant.json"}


def test_croissant_says_what_is_asked_of_it(checkout: Path) -> None:
    data = json.loads((checkout / "croissant.json").read_bytes())
    assert data.keys() >= MINIMAL_RAI | {"license", "version", "creator", "citeAs", "usageInfo"}
    assert data["conformsTo"] == list(CONFORMS_TO)
    assert data["version"] == read_manifest(checkout).version
    assert data["identifier"] == CANARY
    for file in data["distribution"]:
        content = (checkout / file["contentUrl"]).read_bytes()
        assert (file["sha256"], file["contentSize"]) == (sha256(content).hexdigest(), f"{len(content)} B")


def test_a_date_and_an_address_of_the_citation_reach_croissant(checkout: Path) -> None:
    with (checkout / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write("date-released: 2030-01-31\nurl: https://example.org/corpus\n")
    assert [item.where.file for item in check_papers(checkout)] == ["croissant.json"]
    write_papers(checkout)
    assert check_papers(checkout) == []
    data = mlcroissant.Dataset(jsonld=checkout / "croissant.json")
    assert not data.metadata.ctx.issues.warnings
    assert data.metadata.url == "https://example.org/corpus"


def test_the_citation_is_well_formed_and_of_todays_version() -> None:
    assert check_citation(ROOT, citable_version(read_manifest(ROOT))) == []


def cite(folder: Path, text: str) -> list[tuple[str, int | None, str | None]]:
    (folder / "CITATION.cff").write_text(text, encoding="utf-8")
    return [(item.code, item.where.line, item.where.field) for item in check_citation(folder, "1.0.0")]


def test_a_valid_citation_file_is_read(tmp_path: Path) -> None:
    assert cite(tmp_path, VALID) == []
    citation, _ = read_citation(tmp_path)
    assert citation is not None
    assert citation.names == ["Rupert of Hentzau", "The Strelsau corpus group"]
    assert citation.date_released == "2030-01-31"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('message: "Cite it."\n', "", ("E104", 1, "message")),
        ("cff-version: 1.2.0", "cff-version: 1.3.0", ("E106", 1, "cff-version")),
        ("type: dataset", "type: corpus", ("E106", 4, "type")),
        ("date-released: 2030-01-31", "date-released: 31.1.2030", ("E401", 10, "date-released")),
        ("date-released", "date_released", ("E103", 10, "date_released")),
        ("  - name: The", "  - nam: The", ("E103", 9, "authors[1].nam")),
        ('title: "A corpus"', 'title: ""', ("E407", 2, "title")),
        ('version: "1.0.0"', 'version: "0.9.0"', ("E608", None, "version")),
        ('version: "1.0.0"\n', "", ("E608", None, "version")),
        ("title:", "title: [", ("E102", None, None)),
    ],
)
def test_what_breaks_the_format_is_found(
    tmp_path: Path, old: str, new: str, expected: tuple[str, int | None, str | None]
) -> None:
    assert old in VALID
    found = cite(tmp_path, VALID.replace(old, new, 1))
    assert [code for code, _, _ in found] == [expected[0]]
    assert found[0][2] == expected[2]
    assert expected[1] is None or found[0][1] == expected[1]


def test_authors_are_needed_by_name(tmp_path: Path) -> None:
    head = VALID.split("authors:")[0]
    assert cite(tmp_path, f"{head}authors: []\n") == [("E407", None, "authors")]
    assert cite(tmp_path, f"{head}authors:\n  - affiliation: Strelsau\n") == [("E407", None, "authors[0]")]


def test_the_version_is_set_and_nothing_else(tmp_path: Path) -> None:
    cite(tmp_path, VALID)
    write_version(tmp_path, "2.0.0")
    assert (tmp_path / "CITATION.cff").read_text(encoding="utf-8") == VALID.replace('"1.0.0"', '"2.0.0"')
    cite(tmp_path, VALID.replace('version: "1.0.0"\n', ""))
    write_version(tmp_path, "1.0.0")
    assert (tmp_path / "CITATION.cff").read_text(encoding="utf-8") == VALID


def test_a_corpus_without_a_citation_file_has_a_valid_croissant_all_the_same(checkout: Path) -> None:
    (checkout / "CITATION.cff").unlink()
    write_papers(checkout)
    assert check_papers(checkout) == []
    assert not mlcroissant.Dataset(jsonld=checkout / "croissant.json").metadata.ctx.issues.errors
