"""What `goldassay score` shows, and in which order: numbers, documents, what was noticed, then short tables."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goldassay.cli.main import cli

TEXT = "Zed praised Ruritania. Ruritania sent about 40 tanks."
ENTITIES = [{"id": "e1", "type": "PERSON", "name": "Zed"}, {"id": "e2", "type": "GPE", "name": "Ruritania"}]
MENTIONS = [
    {"id": "m1", "entity": "e1", "spans": [[0, 3]], "text": "Zed", "level": "NAM"},
    {"id": "m2", "entity": "e2", "spans": [[12, 21]], "text": "Ruritania", "level": "NAM"},
    {"id": "m3", "entity": "e2", "spans": [[23, 32]], "text": "Ruritania", "level": "NAM"},
]
STANCE = {
    "id": "s1",
    "holder": "e1",
    "target": {"kind": "entity", "id": "e2"},
    "dimension": "evaluation",
    "grade": 1,
    "act": "support",
    "expression_spans": [[4, 11]],
    "sources": ["AUTHOR"],
}
STANCES = {"stances": [STANCE], "propositions": [], "attributions": []}
SAID = {"mentions": [{"start": 0, "end": 3, "type": "PERSON"}, {"text": "Borduria", "type": "GPE"}]}
SIDES = [
    {"holder": "Zed", "target": "Ruritania", "polarity": "against"},
    {"holder": "Elvis", "target": "fish", "polarity": "against"},
]


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def gold_file(folder: Path, n: int = 2, *, stances: bool = True) -> Path:
    row = {"text": TEXT, "entities": ENTITIES, "mentions": MENTIONS} | (STANCES if stances else {})
    return write(folder / "gold.jsonl", *(row | {"doc_id": f"d{i}"} for i in range(n)))


def said_file(folder: Path, n: int = 2, *, stances: bool = True) -> Path:
    row = SAID | ({"stances": SIDES} if stances else {})
    return write(folder / "said.jsonl", *(row | {"doc_id": f"d{i}"} for i in range(n)))


def call(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def score(folder: Path, *words: object, n: int = 2, stances: bool = True) -> str:
    gold, said = gold_file(folder, n, stances=stances), said_file(folder, n, stances=stances)
    result = call("score", said, "--gold", gold, *words)
    assert result.exit_code == 0, result.output
    return result.output


def titles(text: str) -> list[str]:
    """The titles of the tables of a text or Markdown report."""
    return re.findall(r"^(?:### )?((?:entities|coreference|stances), [^;\n]*?) *(?:;.*)?$", text, re.MULTILINE)


def test_first_things_come_first(tmp_path: Path) -> None:
    gold, said = gold_file(tmp_path, 3), said_file(tmp_path, 2)
    lines = call("score", said, "--gold", gold, "--top-errors", 1).output.splitlines()
    marks = [
        "  entities: strict F1 of names",
        "Quote as: ",
        "1 of 3 documents has no predictions and counts as empty: d2",
        "3 documents: too few",
        "Not resolved to the gold",
        "Noticed: ",
        "What is wrong",
        "P, R, F1: higher is better",
        "entities, names",
        "Signature: ",
    ]
    places = [next(n for n, line in enumerate(lines) if line.startswith(mark)) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_short_report_has_the_first_view_of_each_layer(tmp_path: Path, form: str) -> None:
    short, full = (titles(score(tmp_path, "--format", form, *more)) for more in ([], ["--full"]))
    assert short == ["entities, names", "stances, opinion", "stances, opinion: rates", "stances, belief"]
    assert set(short) < set(full)
    assert {"entities, all", "stances, opinion-errors: rates", "stances, resolution: rates"} <= set(full)


def test_markdown_has_the_rows_of_the_text(tmp_path: Path) -> None:
    for more in ([], ["--full"], ["--measure", "strict"], ["--measure", "flip", "--full"]):
        text, markdown = (score(tmp_path, "--format", form, *more) for form in ("text", "markdown"))
        assert titles(text) == titles(markdown)
        numbers = re.compile(r"(?<!\S)(?:[01]\.\d{3}|–)(?!\S)")
        shown, told = ([numbers.findall(line) for line in form.splitlines()] for form in (text, markdown))
        start = next(n for n, line in enumerate(text.splitlines()) if line.startswith("P, R, F1"))
        other = next(n for n, line in enumerate(markdown.splitlines()) if line.startswith("P, R, F1"))
        assert [row for row in shown[start:] if row] == [row for row in told[other:] if row]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_was_not_resolved_is_told(tmp_path: Path, form: str) -> None:
    told = score(tmp_path, "--format", form).replace("\\", "")
    assert "stances 2 of 4 holders, 2 of 4 targets" in told
    assert "holder “Elvis” matches no entity of the gold (2 times, first in d0 stances[1].holder)" in told
    assert "target “fish” matches nothing of the gold (token F1 below 0.5)" in told


def test_what_was_not_resolved_stands_in_json_and_beside_the_wrong_item(tmp_path: Path) -> None:
    file = json.loads(score(tmp_path, "--format", "json", "--out", tmp_path / "out"))
    assert [(one["role"], one["unresolved"], one["said"]) for one in file["unresolved"]] == [
        ("holder", 2, 4),
        ("target", 2, 4),
    ]
    records = [json.loads(line) for line in (tmp_path / "out/errors.jsonl").read_text(encoding="utf-8").splitlines()]
    (reason,) = {one["reason"] for one in records if one["predicted_text"] == "Elvis on fish"}
    assert reason.endswith("target “fish” matches nothing of the gold (token F1 below 0.5)")
    assert f"stances: spurious {{Elvis on fish|against}}; {reason}" in score(tmp_path, "--top-errors", 9)


def test_nothing_unresolved_is_not_told(tmp_path: Path) -> None:
    gold = gold_file(tmp_path, 1)
    said = write(tmp_path / "said.jsonl", SAID | {"doc_id": "d0", "stances": SIDES[:1]})
    told = call("score", said, "--gold", gold, "--format", "json").output
    assert [one["unresolved"] for one in json.loads(told)["unresolved"]] == [0, 0]
    assert "Not resolved" not in call("score", said, "--gold", gold).output


def test_rates_have_a_table_of_their_own(tmp_path: Path) -> None:
    """Zed praises Ruritania in both documents and is predicted to be against it: two flips of two."""
    lines = score(tmp_path, "--full").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("stances, opinion: rates"))
    assert lines[at + 2].split() == ["match", "group", "rate", "one", "document", "of", "counted"]
    assert lines[at + 4].split() == ["flip", "↓", "all", "1.000", "1.000…1.000", "2", "2"]
    at = next(n for n, line in enumerate(lines) if line.startswith("stances, opinion-errors: rates"))
    missed = next(line for line in lines[at:] if line.strip().startswith("missed"))
    assert missed.split() == ["missed", "↓", "all", "0.000", "0.000…0.000", "2", "0"]
    heads = [line for line in lines if line.lstrip().startswith("match ")]
    assert not any(("F1" in head) == ("counted" in head) for head in heads)
    assert not any("right" in head.split() for head in heads)


@pytest.mark.parametrize("form", ["text", "markdown", "latex"])
def test_a_range_is_called_an_interval_only_where_it_is_one(tmp_path: Path, form: str) -> None:
    def headings(n: int, *words: str) -> str:
        return " ".join(score(tmp_path, "--format", form, "--resamples", "20", *words, n=n).replace("\\", "").split())

    few, many = headings(2), headings(20)
    assert "range without" in few
    assert "95 % interval" not in few
    assert "95 % interval" in many
    assert "range without" not in many
    assert "95 % interval" not in headings(20, "--no-intervals")


def test_a_comparison_names_its_ranges_as_well(tmp_path: Path) -> None:
    gold, said = gold_file(tmp_path), said_file(tmp_path)
    other = write(tmp_path / "other.jsonl", *({"doc_id": f"d{n}", "mentions": []} for n in range(2)))
    words = ["compare", said, other, "--gold", gold, "--layer", "entities", "--format"]
    for form in ("markdown", "latex"):
        told = call(*words, form).output
        assert "range without one document" in told
        assert "| interval |" not in told
        assert "& interval &" not in told


def test_one_measure_shows_less_than_all(tmp_path: Path) -> None:
    plain, one = score(tmp_path), score(tmp_path, "--measure", "strict")
    assert len(one.splitlines()) < len(plain.splitlines())
    assert titles(one) == ["entities, names", "entities, all"]
    assert "macro" not in one
    assert "partial" not in one
    names = one[one.index("entities, names") : one.index("entities, all")]
    assert {"PERSON", "GPE"} <= set(names.split())
    assert "PERSON" not in one[one.index("entities, all") :]


def test_the_family_of_a_measure_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    full = score(tmp_path, "--measure", "strict", "--full")
    token = score(tmp_path, "--measure", "entities.f1(match=strict")
    for told in (full, token):
        assert {"entities, names", "entities, all-by-gold-type", "entities, nominals"} <= set(titles(told))
        assert all(f"all, {average}" in told for average in ("macro", "weighted", "document"))


def test_a_detail_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    told = score(tmp_path, "--measure", "characters")
    assert titles(told) == ["entities, names-characters", "entities, all-characters"]
    assert "Nothing that was scored" in score(tmp_path, "--measure", "core")


def test_data_keep_all_rows_of_a_measure(tmp_path: Path) -> None:
    rows = json.loads(score(tmp_path, "--measure", "strict", "--format", "json"))["scores"]
    assert {"avg=macro" in row["measure"] for row in rows} == {True, False}
    assert "avg=macro" in score(tmp_path, "--measure", "strict", "--format", "csv")


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_a_line_fails(tmp_path: Path, content: str) -> None:
    gold, empty = gold_file(tmp_path), tmp_path / "empty.jsonl"
    empty.write_text(content, encoding="utf-8")
    for more in ([], ["--layer", "entities"], ["--on-invalid", "drop"]):
        result = call("score", empty, "--gold", gold, *more)
        assert result.exit_code == 2
        assert "empty.jsonl has no line" in result.stderr
    write(empty, *({"doc_id": f"d{n}", "mentions": []} for n in range(2)))
    assert call("score", empty, "--gold", gold).exit_code == 0


def test_a_fact_without_a_value_is_noticed(tmp_path: Path) -> None:
    facts = {"numeric_facts": [], "times": []}
    gold = write(tmp_path / "gold.jsonl", {"doc_id": "d0", "text": TEXT, "entities": [], "mentions": []} | facts)
    said = [{"value": None}, {"value": "40"}, {"text": "40"}, {"value": None, "kind": "identifier"}]
    path = write(tmp_path / "said.jsonl", {"doc_id": "d0", "numeric_facts": said})
    told = json.loads(call("score", path, "--gold", gold, "--format", "json").output)["findings"]
    assert [(one["code"], one["severity"], one["where"]["field"], one["found"]) for one in told] == [
        ("E407", "info", "numeric_facts[0]", "2 of 4 facts without a value")
    ]


def test_a_folder_of_runs_says_which_there_are(tmp_path: Path) -> None:
    gold = gold_file(tmp_path)
    for name in ("b", "a"):
        (tmp_path / "runs" / name).mkdir(parents=True)
        said_file(tmp_path).rename(tmp_path / "runs" / name / "predictions.jsonl")
    (tmp_path / "runs" / "notes").mkdir()
    result = call("score", tmp_path / "runs", "--gold", gold)
    assert result.exit_code == 2
    assert "2 of its folders do: a, b." in result.stderr
    assert f"goldassay score {tmp_path / 'runs' / 'a'}" in result.stderr
    nothing = call("score", tmp_path / "runs" / "notes", "--gold", gold)
    assert "cannot read" in nothing.stderr
