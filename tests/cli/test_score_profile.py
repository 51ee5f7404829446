"""`goldassay score --profile`: vector cases in our own formats give the numbers that the official scorers printed."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import goldassay
from goldassay.cli.main import main
from goldassay.errors import UsageError
from goldassay.model.scorefile import ScoreFile
from goldassay.profile_records import CONVERSIONS
from goldassay.profiles import PROFILES

VECTORS = Path(__file__).parents[1] / "parity" / "entities"
TYPES = {
    "PER": "PERSON",
    "DATE": "LAW",
    "MISC-X": "PRODUCT",
    "A": "FAC",
    "B": "GPE",
    "X": "WORK_OF_ART",
    "x": "LAW",
    "y": "NORP",
    "ENT": "ORG",
}
"""Types of the vectors as labels of our scheme; the others are labels already."""
TOLERANCE = 1e-8
SPANS = {
    "nervaluate@0.3.1": ["nervaluate-0.3"],
    "nervaluate@1.1.0": ["nervaluate-1.1"],
    "nervaluate@1.2.1": ["nervaluate-1.2"],
    "spacy@3.8.18": ["spacy"],
}
TAGS = {"seqeval@1.2.2": ["seqeval", "seqeval-strict"]}
TAGS_OF_SPANS = {"seqeval@1.2.2": ["seqeval:spans", "seqeval-strict:spans"]}
CLUSTERS = {
    "coval@87071a6": ["coval"],
    "corefud-scorer@4fd7b0e": ["corefud"],
    "reference-coreference-scorers@8.01": ["conll-8.01"],
    "reference-coreference-scorers@9.0.0-alpha": ["conll-9.0-alpha"],
    "neleval@3.1.1": ["neleval:clusters"],
}
LINKS = {"neleval@3.1.1": ["neleval"], "spacy@3.8.18": ["spacy:links"]}


def cases(name: str, step: int = 1) -> list[dict[str, Any]]:
    """Every so many cases of a file whose gold our format can hold: no mention stands twice."""
    lines = (VECTORS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines][::step]
    return [case for case in read if not any(repeated(document["gold"]) for document in case["docs"])]


def repeated(items: list[dict[str, Any]]) -> bool:
    places = Counter((item["start"], item["end"]) for item in items)
    return any(count > 1 for count in places.values())


def write(folder: Path, case: dict[str, Any]) -> tuple[Path, Path]:
    """Gold and predictions of a case as files of our formats."""
    gold, predicted = folder / "gold.jsonl", folder / "predictions.jsonl"
    gold.write_text("".join(f"{json.dumps(gold_line(document))}\n" for document in case["docs"]))
    predicted.write_text("".join(f"{json.dumps(predicted_line(document))}\n" for document in case["docs"]))
    return gold, predicted


def gold_line(document: dict[str, Any]) -> dict[str, Any]:
    text, items = document["text"], document["gold"]
    clustered = [item for item in items if item.get("cluster") is not None and "kb_id" not in item]
    entities = {item["cluster"]: {"id": item["cluster"], "type": typed(item), "name": "x"} for item in clustered}
    mentions = [
        {
            "id": f"m{number}",
            "entity": item["cluster"] if "kb_id" not in item else None,
            "spans": [[item["start"], item["end"]]],
            "text": text[item["start"] : item["end"]],
            "level": "NAM",
            "type": typed(item),
            "kb_id": kb_id(item),
        }
        for number, item in enumerate(items)
    ]
    return {"doc_id": document["doc_id"], "text": text, "entities": list(entities.values()), "mentions": mentions}


def predicted_line(document: dict[str, Any]) -> dict[str, Any]:
    mentions = []
    for item in document["pred"]:
        mention = {"start": item["start"], "end": item["end"], "type": typed(item), "kb_id": kb_id(item)}
        mentions.append(mention | ({} if "kb_id" in item else {"cluster": item.get("cluster")}))
    return {"doc_id": document["doc_id"], "mentions": mentions}


def typed(item: dict[str, Any]) -> str:
    return TYPES.get(item["type"], str(item["type"]))


def kb_id(item: dict[str, Any]) -> str | None:
    """In these files the cluster of a mention without an id is its NIL with a number."""
    return (item["kb_id"] or item["cluster"]) if "kb_id" in item else None


def run(*args: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(arg) for arg in args])
    return int(stop.value.code or 0)


def score(folder: Path, case: dict[str, Any], names: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The scores of these profiles by measure, from the command line."""
    gold, predicted = write(folder, case)
    found: dict[str, Any] = {}
    for name in names:
        assert run("score", predicted, "--gold", gold, "--profile", name, "--format", "json") == 0, case["case"]
        file = json.loads(capsys.readouterr().out)
        assert {item["profile"] for item in file["scores"]} == {name.partition(":")[0]}
        found |= {measure_of(item["measure"], name): item for item in file["scores"]}
    return found


def measure_of(measure: str, profile: str) -> str:
    """The vectors name IOB2 in the metrics of strict mode on spans; on tags the scheme is an option of the case."""
    return measure.replace("strict/", "strict-IOB2/") if profile == "seqeval-strict" else measure


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(value, dict) or "error" in value:
        yield path, value
        return
    for key, item in value.items():
        yield from leaves(item, (*path, key))


def compare(scores: dict[str, Any], expected: dict[str, Any]) -> tuple[int, list[str]]:
    """How many official numbers were compared, and those that are not ours."""
    compared, wrong = 0, []
    for (head, *rest), theirs in leaves(expected):
        prefix, slash, type_ = head.rpartition("/")
        metric = f"{prefix}{slash}{TYPES.get(type_, type_)}"
        name = ".".join([metric, *rest])
        if isinstance(theirs, dict):  # the original raised: at this metric, or as a whole
            at = [item["value"] for key, item in scores.items() if metric in ("not_expressible", *key.split("."))]
            compared += 1
            if not at or any(value is not None for value in at):
                wrong.append(f"{name}: {at}, theirs {theirs}")
            continue
        beside = next((item for measure, item in scores.items() if measure.rpartition(".")[0] == metric), None)
        if name in scores:
            ours = scores[name]["value"]
        elif beside is not None and rest and rest[-1] in beside["counts"]:
            ours = beside["counts"][rest[-1]]
        else:
            wrong.append(f"{name}: no such number")
            continue
        compared += 1
        if theirs is None or isinstance(theirs, str):
            same = ours is None
        else:
            same = ours is not None and abs(ours - theirs) <= max(TOLERANCE, 1e-9 * abs(theirs))
        if not same:
            wrong.append(f"{name}: {ours}, theirs {theirs}")
    return compared, wrong


@pytest.mark.parametrize(
    ("file", "step", "profiles", "at_least"),
    [
        ("span_edge", 1, SPANS, 1000),
        ("span_edge", 1, TAGS_OF_SPANS, 200),
        ("span_random", 2, SPANS, 4000),
        ("span_random", 2, TAGS, 2000),
        ("span_random", 2, TAGS_OF_SPANS, 2000),
        ("span_nested_random", 2, SPANS, 1000),
        ("cluster_edge", 1, CLUSTERS, 1000),
        ("cluster_random", 2, CLUSTERS, 3000),
        ("link_random", 2, LINKS, 500),
    ],
)
def test_the_command_gives_the_official_numbers(
    file: str,
    step: int,
    profiles: dict[str, list[str]],
    at_least: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    total = 0
    for case in cases(file, step):
        for scorer, names in profiles.items():
            if scorer in case["expected"]:
                scores = score(tmp_path, case, names, capsys)
                compared, wrong = compare(scores, case["expected"][scorer])
                assert wrong == [], (case["case"], scorer)
                total += compared
    assert total >= at_least


def test_a_wrong_official_number_would_be_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = cases("span_random")[0]
    scores = score(tmp_path, case, ["spacy"], capsys)
    expected = case["expected"]["spacy@3.8.18"]
    assert compare(scores, expected)[1] == []
    expected["get_ner_prf"]["f1"] += 1e-6
    assert len(compare(scores, expected)[1]) == 1


TEXT = "North and South Ruritania won."
GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "entities": [],
    "mentions": [
        {"id": "m1", "entity": None, "spans": [[0, 5], [16, 25]], "text": "North Ruritania", "level": "NAM"},
        {"id": "m2", "entity": None, "spans": [[10, 25]], "text": "South Ruritania", "level": "NAM"},
        {"id": "m3", "entity": None, "spans": [[16, 25]], "text": "Ruritania", "level": "NAM"},
    ],
}
SAID = {
    "doc_id": "d1",
    "mentions": [{"start": 10, "end": 25, "type": "GPE"}, {"start": 10, "end": 15, "type": "GPE"}],
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    mentions = [mention | {"type": "GPE"} for mention in GOLD["mentions"]]  # type: ignore[operator]
    gold.write_text(json.dumps(GOLD | {"mentions": mentions}) + "\n")
    predicted.write_text(json.dumps(SAID) + "\n")
    return gold, predicted


def told(file: ScoreFile) -> list[tuple[str, str]]:
    return [(item.code, item.found) for item in file.findings if item.code.startswith("E7")]


def test_tags_leave_nested_and_broken_mentions_out_and_say_so(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    file = goldassay.score(predicted, gold, profile="seqeval")
    values = {item.measure: item.value for item in file.scores}
    assert values["default/micro.f1"] == 1.0  # South Ruritania on both sides, the longest
    assert told(file) == [
        ("E701", "1 of 3 gold mentions discontinuous: left out"),
        ("E701", "1 of 3 gold mentions that overlap a longer one, or repeat it: left out"),
        ("E701", "1 of 2 predicted mentions that overlap a longer one, or repeat it: left out"),
    ]
    assert {item.support for item in file.scores} == {1}


def test_where_the_original_refuses_the_value_is_null_and_a_finding_says_why(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    file = goldassay.score(predicted, gold, profile="seqeval:spans")
    assert [(item.measure, item.value) for item in file.scores] == [("*", None)]
    assert told(file)[-1] == ("E702", "spans of document 'd1' overlap: no tag sequence holds them")
    values = {item.measure: item.value for item in goldassay.score(predicted, gold, profile="spacy").scores}
    assert values["get_ner_prf"] is None
    assert values["score_spans_overlap.f1"] == 0.5  # one of two on both sides


def test_a_missing_document_crashes_coval_and_is_empty_for_perl(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    said = {"doc_id": "d1", "mentions": [SAID["mentions"][0] | {"cluster": "a"}]}  # type: ignore[operator]
    with gold.open("a") as lines:
        lines.write(json.dumps({"doc_id": "d2", "text": "No.", "entities": [], "mentions": []}) + "\n")
    predicted.write_text(json.dumps(said) + "\n")
    coval = goldassay.score(predicted, gold, profile="coval")
    assert [item.value for item in coval.scores] == [None]
    assert ("E702", "the response lacks document 'd2'; the original raises KeyError") in told(coval)
    perl = {item.measure: item.value for item in goldassay.score(predicted, gold, profile="conll-8.01").scores}
    assert perl["mentions.recall"] == 0.5


def test_the_signature_and_the_quote_name_the_profile(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    file = goldassay.score(predicted, gold, profile="seqeval")
    assert "goldassay:entities|" in file.signature
    assert "|profile:seqeval.tags|" in file.signature
    assert "match:" not in file.signature
    assert file.quote_as[0].startswith("numbers by the rules of seqeval on gold unversioned")
    assert file.signature != goldassay.score(predicted, gold, profile="seqeval-strict").signature


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_tables_show_the_numbers(form: str, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    gold, predicted = files
    assert run("score", predicted, "--gold", gold, "--profile", "nervaluate-1.2", "--format", form) == 0
    out = capsys.readouterr().out.replace("\\", "")
    assert "by the rules of nervaluate-1.2" in out
    row = next(line for line in out.splitlines() if "strict " in line and "0.500" in line)
    # One of two right; the other prediction overlaps no gold mention that is free but the whole one.
    assert row.count("0.500") == 3
    assert "discontinuous: left out" in out
    assert "not covered" not in out


def test_wrong_usage_ends_with_2(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    gold, predicted = files
    for name, words in [
        ("nervaluate-1.3", "did you mean 'nervaluate-1.2'?"),
        ("neleval", "the predictions carry no kb_id"),
        ("coval", "the predictions carry no clusters"),
        ("spacy:tags", "profile 'spacy' reads spans or links, not 'tags'"),
    ]:
        assert run("score", predicted, "--gold", gold, "--profile", name) == 2
        assert words in capsys.readouterr().err
    assert run("score", predicted, "--gold", gold, "--profile", "spacy", "--layer", "entities") == 2
    assert "leave --layer and --measure out" in capsys.readouterr().err


def test_a_kind_without_a_conversion_is_said(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    gold, predicted = files
    monkeypatch.delitem(CONVERSIONS, "clusters")
    with pytest.raises(UsageError, match="reads clusters, and there is no conversion"):
        goldassay.score(predicted, gold, profile="coval")


def test_list_profiles_says_what_each_one_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "profiles") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [tuple(line.split()[:2]) for line in lines] == [(name, kind) for name, kind, _, _ in PROFILES]
    assert all(len(line.split()) > 4 for line in lines)
