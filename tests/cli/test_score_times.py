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
    args = ["score", str(tmp_path / "predicted.jsonl"), "--gold", str(tmp_path / "gold.jsonl"), "--format", how]
    with pytest.raises(SystemExit) as stop:
        main(args)
    assert not stop.value.code
    tables = rows(capsys.readouterr().out, mark)
    assert list(tables) == ["expressions", "text-only", "with-dct", "outside", "intervals"]
    first = {view: [cell for cell in table[0] if cell != ""] for view, table in tables.items()}
    # Both strings are found; Monday is right as a whole, Friday has a week too many.
    assert first["expressions"] == ["whole", "all", "0.500", "0.500", "0.500", "–", "2", "2", "1"]
    assert first["text-only"] == ["value", "all", "0.500", "0.500", "0.500", "–", "2", "2", "1"]
    # Nobody knows when this was written, so nothing can be said of the resolved values.
    for view, name in (("with-dct", "value"), ("outside", "value"), ("intervals", "interval")):
        assert first[view] == [name, "all", "–", "–", "–", "–", "0", "0", "0"]
    shown = [cells[0] for cells in tables["text-only"]]
    plain = [name.replace("\\", "").removesuffix(" ↓") for name in shown[:3]]
    assert plain == ["value", "over-resolved", "under-resolved"]
    assert ("compatible" in shown) == (how == "markdown")  # a detail: only the short report leaves it out
