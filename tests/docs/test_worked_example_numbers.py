"""The worked example of numbers: its code prints what it says, its table is that of the scores, its prose is right."""

import doctest
import re
from pathlib import Path
from typing import Any

from goldassay.layers import get_layers
from goldassay.measures.measure import parse_measure

PAGE = Path(__file__).parents[2] / "docs" / "worked-example-numbers.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"<!-- table -->\n(.*?)<!-- end of table -->", re.DOTALL)


def run_page() -> tuple[dict[str, Any], str]:
    """What the code of the page defines, and what failed."""
    names: dict[str, Any] = {}
    source = "\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    example = doctest.DocTestParser().get_doctest(source, names, "numbers", str(PAGE), 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(example, out=said.append, clear_globs=False)
    return example.globs, "".join(said)


def rows_of(results: dict[str, dict[str, float | None]]) -> dict[str, list[float | None]]:
    """The rows that some variant moves, by `match` (view facts) or `match`, aligned."""
    rows = {}
    for token in results["as the gold"]:
        measure = parse_measure(token)
        if measure.average != "micro" or measure.statistic in ("precision", "recall"):
            continue
        values = [result[token] for result in results.values()]
        if len(set(values)) > 1:
            name = f"`{measure.match}`"
            rows[name if measure.view == "facts" else f"{name}, aligned"] = values
    return rows


def render(results: dict[str, dict[str, float | None]]) -> str:
    lines = [f"| row | {' | '.join(results)} |", f"|---|{'---|' * len(results)}"]
    for name, (best, *others) in rows_of(results).items():
        cells = [f"{best:.3f}", *("=" if other == best else f"{other:.3f}" for other in others)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_page_holds() -> None:
    found, failures = run_page()
    assert failures == ""
    assert len(found["results"]) == 5


def test_the_table_is_that_of_the_scores() -> None:
    wanted = render(run_page()[0]["results"])
    (table,) = TABLE.findall(PAGE.read_text(encoding="utf-8"))
    assert table == wanted, f"the table should be\n{wanted}"


def test_each_variant_moves_the_rows_that_it_should() -> None:
    results = run_page()[0]["results"]
    rows = rows_of(results)
    order = list(results)
    moved = {name: {row for row, values in rows.items() if values[n] != values[0]} for n, name in enumerate(order)}
    ends = ("", "-1e-5", "-1pct", "-5pct", "-rounding", "-magnitude", "-printed", "-iou", "-soft")
    values = {f"`value{end}`" for end in ends}
    aligned = {f"{row}, aligned" for row in values}
    assert moved["as the gold"] == set()
    assert moved["status swapped"] == {"`status`", "`status`, aligned", "`strict`", "`soft`"}
    assert moved["source dropped"] == {"`sources`", "`sources`, aligned", "`soft`"}
    more = {"`core`", "`strict`", "`soft`", "`slip`", "`ungrounded`", "`slip-div1000`, aligned"}
    assert moved["12 for 12,000"] == values | aligned | more
    approx = {"`approx`", "`approx`, aligned", "`approx-macro-f1`, aligned"}
    assert moved["without “around”"] == approx | {"`strict`", "`soft`"}
    # (2 * 1 / (2 + 1) + 0 / (0 + 1)) / 2
    assert abs(rows["`approx-macro-f1`, aligned"][-1] - 1 / 3) < 1e-12  # type: ignore[operator]


def test_the_gold_is_best_in_every_row() -> None:
    results = run_page()[0]["results"]["as the gold"]
    for token, value in results.items():
        measure = parse_measure(token)
        match = get_layers()["numeric_facts"].match(measure.match, measure.view)
        assert value in {None, match.best}, token


def test_the_readme_shows_rows_of_this_page() -> None:
    """The README's table has the page's columns, and each of its rows stands in the page as it is."""
    page = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8").splitlines()
    start = readme.index(page[0])
    shown = [line for line in readme[start : start + 12] if line.startswith("|")]
    assert len(shown) >= 8
    assert [line for line in shown if line not in page] == []
