"""`goldassay score` of times: the tables of a short report, and strings that are looked up in the text."""

import json
from pathlib import Path

import pytest

from goldassay.cli.main import main

TEXT = "The tsar left on Monday. He was back on Friday."
GOLD = {
    "doc_id": "d1",
    "text": TEXT,
    "numeric_facts": [],
    "times": [
        {"id": "t1", "spans": [[17, 23]], "text": "Monday", "type": "DATE", "value_text_only": "XXXX-WXX-1"},
        {"id": "t2", "spans": [[40, 46]], "text": "Friday", "type": "DATE", "value_text_only": "XXXX-WXX-5"},
    ],
}
PREDICTION = {
    "doc_id": "d1",
    "times": [
        {"text": "Monday", "type": "DATE", "value_text_only": "XXXX-WXX-1", "value_resolved": "2031-07-07"},
        {"text": "Friday", "type": "DATE", "value_text_only": "2031-07-11", "value_resolved": "2031-07-11"},
    ],
}


def rows(out: str, mark: str | None) -> dict[str, list[list[str]]]:
    """The cells of the rows with this first cell in each table of times, by view."""
    found: dict[str, list[list[str]]] = {}
    view = ""
    for line in out.splitlines():
        start = line.removeprefix("### ")
        if start.startswith("times, "):
            view = start.split(", ")[1].strip()
            found[view] = []
        elif view and " all " in line:
            found[view].append(line.split(mark)[1:-1] if mark else line.split())
    return {name: [[cell.strip() for cell in cells] for cells in table] for name, table in found.items()}


@pytest.mark.parametrize(("how", "mark"), [("text", None), ("markdown", "|")])
def test_reports_show_every_track(
    how: str, mark: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, line in (("gold", GOLD), ("predicted", PREDICTION)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
    args = [
        "score",
        str(tmp_path / "predicted.jsonl"),
        "--gold",
        str(tmp_path / "gold.jsonl"),
        "--format",
        how,
        "--full",
    ]
    with pytest.raises(SystemExit) as stop:
        main(args)
    assert not stop.value.code
    tables = rows(capsys.readouterr().out, mark)
    rates = ["expressions: rates", "text-only: rates"]
    assert [view for view in tables if view not in rates] == [
        "expressions",
        "text-only",
        "with-dct",
        "outside",
        "intervals",
    ]
    first = {view: [cell for cell in table[0] if cell != ""] for view, table in tables.items()}
    # Both strings are found; Monday is right as a whole, Friday has a week too many.
    assert first["expressions"] == ["whole", "all", "0.500", "0.500", "0.500", "–", "2", "2", "1"]
    assert first["text-only"] == ["value", "all", "0.500", "0.500", "0.500", "–", "2", "2", "1"]
    # Nobody knows when this was written, so nothing can be said of the resolved values.
    for view, name in (("with-dct", "value"), ("outside", "value"), ("intervals", "interval")):
        assert first[view] == [name, "all", "–", "–", "–", "–", "0", "0", "0"]
    # Of the two pairs with two values Friday has a digit too many; rate, range, of, counted. Details are not shown.
    assert [cells[0] for cells in tables["text-only"]] == ["value"]
    plain = [[cell for cell in cells if cell not in ("", "↓")] for cells in tables["text-only: rates"]]
    assert [[cell.removesuffix(" ↓") for cell in cells] for cells in plain] == [
        ["over-resolved", "all", "0.500", "–", "2", "1"],
        ["under-resolved", "all", "0.000", "–", "2", "0"],
    ]
