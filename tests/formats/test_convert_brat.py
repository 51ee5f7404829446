"""Whole documents in brat: everything comes back, and files of other projects are read as far as they go."""

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from exchange_lines import clusters, gold_lines, there_and_back, typed
from hypothesis import given, settings
from merged_gold import Merged, merged

from goldassay.exchange.convert import read_file, write_file
from goldassay.exchange.reading import Read
from goldassay.formats.gold import GoldLine
from goldassay.model.entities import Mention

LAYERS = ("entities", "mentions", "propositions", "attributions", "stances", "numeric_facts", "times")


def by_id(line: Any) -> dict[str, Any]:
    lists = msgspec.to_builtins(line)
    return {name: sorted(lists[name] or [], key=lambda one: one["id"]) for name in LAYERS}


@given(line=gold_lines())
@settings(max_examples=60, deadline=None)
def test_entities_come_back_whole(line: GoldLine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "brat", Path(folder))
    assert (read.findings, read.lost, read.assumed, lost) == ((), {}, {}, {})
    assert by_id(read.lines[0]) == by_id(line)


@given(drawn=merged())
@settings(max_examples=60, deadline=None)
def test_all_layers_come_back_or_are_counted(drawn: Merged) -> None:
    line = msgspec.convert(msgspec.to_builtins(drawn), GoldLine)
    with tempfile.TemporaryDirectory() as folder:
        read, lost = there_and_back([line], "brat", Path(folder))
    assert not [found for found in read.findings if found.severity == "error"]
    assert (read.lost, read.assumed) == ({}, {})
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert typed(back) == typed(line)
    assert clusters(back) == clusters(line)
    # Entities that nothing mentions have no place, and a link of one mention gives way to its entity's.
    expected, found = by_id(line), by_id(back)
    del lost["origins of documents"]
    layers = {what for what in lost if what.startswith("layers of ")}
    allowed = {
        "entities without a mention",
        "links of single mentions (their entity's are written)",
        "numeric facts without a place",
        "links to no numeric fact",
        "links to numeric facts without a place",
        "extents without words",
    }
    assert set(lost) <= allowed | layers
    if not lost:
        assert found == expected
    assert [one["id"] for one in found["stances"]] == [one["id"] for one in expected["stances"]]


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        stem, _, end = name.rpartition("_")
        (tmp_path / f"{stem}.{end}").write_bytes(content.encode())
    return tmp_path


FOREIGN = """T1\tLocation 0 5;16 24\tNorth Borduria
T2\tLocation 10 24\tSouth Borduria
T3\tAttack 25 33\tattacked
T4\tPerson 34 38\tRuri
E1\tAttack:T3 Agent:T1 Target:T4
R1\tNear Arg1:T1 Arg2:T2\t
*\tEquiv T1 T2
A1\tNegated E1
A2\tCertainty T1 High
N1\tReference T4 Wikipedia:12345\tRuri
#1\tAnnotatorNotes T4\tplease check
"""


def read_foreign(
    tmp_path: Path, annotations: str = FOREIGN, text: str = "North and South Borduria attacked Ruri"
) -> Read:
    return read_file(folder_of(tmp_path, news_txt=text, news_ann=annotations))


def test_files_of_other_projects(tmp_path: Path) -> None:
    result = read_foreign(tmp_path)
    assert result.findings == ()
    (line,) = result.lines
    assert isinstance(line, GoldLine)
    assert line.doc_id == "news"
    assert typed(line) == {
        (((0, 5), (16, 24)), "Location"): 1,
        (((10, 24),), "Location"): 1,
        (((34, 38),), "Person"): 1,
    }
    assert clusters(line) == {frozenset({((0, 5), (16, 24)), ((10, 24),)}): 1}
    assert line.stances is None
    assert result.lost == {
        "events Attack": 1,
        "relations Near": 1,
        "attributes Negated": 1,
        "attributes Certainty": 1,
        "normalizations Wikipedia": 1,
        "notes AnnotatorNotes": 1,
    }
    assert result.assumed == {"mentions without a level, taken for NAM": 3}


def test_bad_files_are_findings_with_file_and_line(tmp_path: Path) -> None:
    broken = "T1\tLocation 0 5\tNorth\nT2\tLocation 6 9\tSouth\nwhat is this\nR1\tCoref Arg1:T1 Arg2:T9\n"
    result = read_foreign(tmp_path, broken)
    places = [(found.code, Path(str(found.where.file)).name, found.where.line) for found in result.findings]
    assert places == [("E105", "news.ann", 3), ("E302", "news.ann", None), ("E203", "news.ann", 2)]
    (tmp_path / "lone.ann").write_text("T1\tLocation 0 5\tNorth\n")
    (tmp_path / "bytes.txt").write_bytes(b"\xff")
    codes = [found.code for found in read_file(tmp_path).findings]
    assert codes[:2] == ["E101", "E407"]


def test_names_of_documents_are_never_paths(tmp_path: Path) -> None:
    names = ["../up", "/etc/x", "a/b", ".hidden", "ü 1", "con%41", "..", "~"]
    lines = [GoldLine(doc_id=name, text="Zenda", mentions=()) for name in names]
    out = tmp_path / "deep" / "out"
    write_file(lines, out, "brat")
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {out}
    assert sorted(line.doc_id for line in read_file(out).lines) == sorted(names)


def test_brat_counts_what_ends_with_a_carriage_return(tmp_path: Path) -> None:
    mention = Mention(id="m1", entity=None, spans=[(0, 6)], text="Zenda\r", level="NAM", type="GPE")
    line = GoldLine(doc_id="d", text="Zenda\r\nfell", mentions=(mention,))
    assert write_file([line], tmp_path / "out", "brat") == {"mentions that end with a carriage return": 1}
    (back,) = read_file(tmp_path / "out").lines
    assert back.text == line.text


def test_a_text_that_begins_with_a_mark_keeps_it(tmp_path: Path) -> None:
    """The mark is the first character of the text: offsets count it."""
    text = "\ufeffZenda fell."
    mention = Mention(id="m1", entity=None, spans=[(1, 6)], text="Zenda", level="NAM", type="GPE")
    line = GoldLine(doc_id="d", text=text, mentions=(mention,), entities=())
    write_file([line], tmp_path / "out", "brat")
    read = read_file(tmp_path / "out")
    (back,) = read.lines
    assert isinstance(back, GoldLine)
    assert (read.findings, back.text, back.mentions) == ((), text, (mention,))


def test_links_beyond_the_first_are_counted(tmp_path: Path) -> None:
    """T1 has two, T2 of the same entity a third; T3 stands alone with two."""
    annotations = (
        "T1\tGPE 0 5\tNorth\nT2\tGPE 10 15\tSouth\nT3\tGPE 34 38\tRuri\n*\tEquiv T1 T2\n"
        "N1\tReference T1 Wikidata:Q1\tNorth\nN2\tReference T1 Wikidata:Q2\tNorth\n"
        "N3\tReference T2 Wikidata:Q3\tSouth\nN4\tReference T2 Wikidata:Q3\tSouth\n"
        "N5\tReference T3 Wikidata:Q4\tRuri\nN6\tReference T3 Wikidata:Q5\tRuri\n"
    )
    read = read_foreign(tmp_path, annotations)
    assert read.findings == ()
    (line,) = read.lines
    assert isinstance(line, GoldLine)
    assert [one.kb_id for one in line.entities or ()] == ["Q1"]
    assert [one.kb_id for one in line.mentions or ()] == [None, None, "Q4"]
    assert read.lost == {"links of a mark or an entity beyond the first": 3}


def test_other_files_in_the_folder_are_counted(tmp_path: Path) -> None:
    folder_of(tmp_path, news_txt="Zenda", news_ann="", news_xmi="<x/>", annotation_conf="")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "README").write_text("mine")
    assert read_file(tmp_path).lost == {
        "files .xmi beside those of brat": 1,
        "files without a suffix beside those of brat": 1,
    }


def test_offsets_off_by_one_are_moved_with_a_warning(tmp_path: Path) -> None:
    """Be it a single mention: its words stand one step aside, and only there."""
    read = read_foreign(tmp_path, "T1\tGPE 1 6\tNorth\n")
    (found,) = read.findings
    assert (found.code, found.severity, found.found) == ("E204", "warning", "shifted by +1 in 1 to 6")
    assert typed(read.lines[0]) == {(((0, 5),), "GPE"): 1}  # type: ignore[arg-type]
