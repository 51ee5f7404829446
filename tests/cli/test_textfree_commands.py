"""`goldassay dehydrate`, `rehydrate` and `cite`: what they print, write and refuse."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay import __version__
from goldassay.cli.main import cli
from goldassay.gold import load_gold
from goldassay.hub.cite import Work, render_bibtex, render_citation

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, [str(item) for item in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def text_free(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.textfree.jsonl"
    assert run("dehydrate", "--root", ROOT, "-o", path).exit_code == 0
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for path in (ROOT / "corpus" / "seeds").glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def test_there_and_back(text_free: Path, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    result = run("rehydrate", text_free, "--texts", texts, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 of 2 documents" in result.stdout
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert len(files) == 5
    assert [path for path in files if (out / path).read_bytes() != (ROOT / path).read_bytes()] == []
    predictions = ROOT / "benchmarks" / "results" / "empty" / "predictions.jsonl"
    assert run("score", predictions, "--gold", out).exit_code == 0
    assert run("rehydrate", text_free, "--texts", texts, "--out", out).exit_code == 2
    assert run("dehydrate", "--root", out).stdout_bytes == text_free.read_bytes()


def test_a_version_that_nothing_vouches_for_is_marked(text_free: Path, texts: Path, tmp_path: Path) -> None:
    text_free.write_bytes(text_free.read_bytes().replace(b'"version":"1.0.0"', b'"version":"9.0.0"', 1))
    result = run("rehydrate", text_free, "--texts", texts, "--out", tmp_path / "corpus")
    assert result.exit_code == 0
    assert "Version 9.0.0+unverified: no release known here has this gold." in result.stdout
    predictions = ROOT / "benchmarks" / "results" / "empty" / "predictions.jsonl"
    shown = run("score", predictions, "--gold", tmp_path / "corpus", "--format", "json").stdout
    assert "data:9.0.0+unverified" in shown


def test_without_a_file_it_is_printed_and_a_file_is_not_replaced(text_free: Path) -> None:
    assert run("dehydrate", "--root", ROOT).stdout_bytes == text_free.read_bytes()
    before = text_free.read_bytes()
    text_free.write_bytes(b"mine")
    assert run("dehydrate", "--root", ROOT, "-o", text_free).exit_code == 2
    assert text_free.read_bytes() == b"mine"
    assert run("dehydrate", "--root", ROOT, "-o", text_free, "--force").exit_code == 0
    assert text_free.read_bytes() == before


def test_a_changed_text_writes_nothing_unless_a_part_is_asked_for(text_free: Path, texts: Path, tmp_path: Path) -> None:
    path = next(iter(texts.glob("002*")))
    path.write_bytes(path.read_bytes().replace(b"Russia", b"Ruritania", 1))
    out = tmp_path / "corpus"
    result = run("rehydrate", text_free, "--texts", texts, "--out", out)
    assert (result.exit_code, out.exists()) == (3, False)
    assert "E601" in result.stderr
    assert "seed-002" in result.stderr
    assert "Nothing was written." in result.stderr
    result = run("rehydrate", text_free, "--texts", texts, "--out", out, "--partial")
    assert (result.exit_code, "1 of 2 documents" in result.stdout) == (3, True)
    gold = load_gold(out)
    assert [item.document.doc_id for item in gold.documents] == ["seed-000"]
    assert "dirty" in gold.version


def test_wrong_places_are_usage_errors(text_free: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    for folder in (tmp_path / "none", tmp_path / "nowhere"):
        result = run("rehydrate", text_free, "--texts", folder, "--out", tmp_path / "corpus")
        assert (result.exit_code, "no texts" in result.stderr) == (2, True)
    assert run("dehydrate", "--root", tmp_path).exit_code == 2
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_bytes(b'{"textfree":1}\n\xff\n')
    result = run("rehydrate", damaged, "--texts", ROOT / "corpus" / "seeds", "--out", tmp_path / "corpus")
    assert (result.exit_code, "E104" in result.stderr, "E101" in result.stderr or "E102" in result.stderr) == (
        3,
        True,
        True,
    )


def test_cite_names_version_and_fingerprint_of_the_gold() -> None:
    gold = load_gold(ROOT)
    shown = run("cite", "--root", ROOT).stdout
    data, software = shown.split("\n\n")
    assert f"version = {{{gold.version}}}" in data
    assert f"split {gold.split}, fingerprint {gold.fingerprint[:16]}" in data
    assert f"version = {{{__version__}}}" in software
    assert "fingerprint" not in software
    assert (
        run("cite", "--root", ROOT, "--only", "data").stdout + "\n" + run("cite", "--only", "software").stdout == shown
    )
    line = run("cite", "--root", ROOT, "--only", "data", "--format", "text").stdout
    assert line.count("\n") == 1
    assert gold.version in line
    assert gold.fingerprint[:16] in line


def test_cite_shows_edits_and_the_year_of_a_release(tmp_path: Path) -> None:
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    extra = "doi: 10.1234/zenda_1\nurl: https://example.org/c\n"
    (tmp_path / "CITATION.cff").write_text(citation + extra, encoding="utf-8")
    release = tmp_path / "annotations/releases/1.0.0.json"
    release.write_text(
        re.sub(r'"date": "\d{4}', '"date": "2030', release.read_text(encoding="utf-8")), encoding="utf-8"
    )
    shown = run("cite", "--root", tmp_path, "--only", "data").stdout
    assert "year = {2030}" in shown
    assert "doi = {10.1234/zenda_1}" in shown
    assert "url = {https://example.org/c}" in shown
    assert "(2030)" in run("cite", "--root", tmp_path, "--format", "text").stdout
    path = tmp_path / "annotations" / "entities" / "validation.jsonl"
    assert b'"name":"NATO"' in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b'"name":"NATO"', b'"name":"Nato"', 1))
    shown = run("cite", "--root", tmp_path, "--only", "data").stdout
    assert "dirty" in shown
    assert "year" not in shown, "gold that is no release has no year of release"
    path.write_bytes(b"{}\n")
    assert run("cite", "--root", tmp_path).exit_code == 3
    assert run("cite", "--root", tmp_path / "nowhere").exit_code == 2


def test_bibtex_is_well_formed_whatever_the_names() -> None:
    work = Work("a b,{c}", ["Zoë {Hentzau} & Co", "x"], "50% of $1_#^~\\ \x1b[31m", "1.0.0", note="n")
    entry = render_bibtex(work)
    assert entry.startswith("@misc{a-b--c-,\n")
    bare = re.sub(r"\\[&%$#_{}~^]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert "\x1b" not in entry + render_citation(work)
    assert r"Zoë \{Hentzau\} \& Co} and {x" in entry
