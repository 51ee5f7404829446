"""The committed table of numbers and times found is what the committed predictions give."""

from pathlib import Path

from goldassay.bench import FOUND, render_numbers_found
from goldassay.corpus.hard_negatives import read_hard_negatives
from goldassay.extract.registry import SHIPPED
from goldassay.gold import load_gold

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


def test_the_table_is_of_the_committed_predictions() -> None:
    finders = [name for name, row in SHIPPED.items() if row.layers & {"numeric_facts", "times"}]
    assert [name for name in finders if not (RESULTS / name / "run.json").exists()] == []
    table = render_numbers_found(RESULTS, load_gold(ROOT), hard_negatives=read_hard_negatives(ROOT))
    assert (RESULTS / FOUND).read_text(encoding="utf-8") == table, "run: goldassay bench --out benchmarks/results"
