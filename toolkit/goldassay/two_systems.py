"""L5: the public functions of two systems: what the commands `compare`, `gate` and `power` do."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from goldassay.checks.mapped_labels import build_options
from goldassay.comparing import compare_files
from goldassay.detectable import power_files
from goldassay.formats.python_lines import Lines
from goldassay.gating import gate_files
from goldassay.given import AnyGold, load_given, placed_lines
from goldassay.limits import parse_limits
from goldassay.report.comparison import Comparison
from goldassay.report.gate import GateReport
from goldassay.report.power import PowerReport
from goldassay.resampling import Resampling, Unit
from goldassay.scoring import Ids, OnInvalid
from goldassay.verdicts import Limits


def compare(
    *systems: Lines,
    gold: AnyGold = None,
    split: str | None = None,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    groups: bool = False,
    ids: Ids = "own",
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    resampling: Resampling | None = None,
) -> list[Comparison]:
    """Compare the first system with each of the others as `goldassay compare` does; one comparison a pair.

    A system is a JSONL file, the folder of a run, a folder of runs, a stream opened in binary mode, or a list of dicts,
    one a line. All are scored now, on one gold, by default the corpus. `resampling` holds seed, draws and unit; the
    other arguments are the options of their names.

    Raises:
        InvalidDataError: The gold or predictions have errors.
        UsageError: Fewer than two systems, results of other gold or rules, nothing to compare, or as for `score`.

    >>> nothing = [{"doc_id": name, "mentions": []} for name in ("seed-000", "seed-002")]
    >>> one = [{"doc_id": "seed-000", "mentions": [{"start": 0, "end": 1, "type": "GPE"}]}, nothing[1]]
    >>> (pair,) = compare(nothing, one)
    >>> [(item.difference, item.p, item.n_differing) for item in pair.differences]
    [(0.0, 1.0, 1)]
    """
    with placed_lines(*systems) as paths:
        return compare_files(
            paths,
            load_given(gold, split),
            layers=layers,
            measures=measures,
            groups=groups,
            options=build_options(ids, trim, labels),
            resampling=resampling,
        )


def gate(
    run: Lines,
    baseline: Lines,
    gold: AnyGold = None,
    *,
    split: str | None = None,
    max_drop: float = 0.005,
    alpha: float = 0.01,
    fail_under: Mapping[str, float] | None = None,
    measures: Sequence[str] = (),
    layers: Sequence[str] | None = None,
    gate_groups: bool = False,
    items: bool = False,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    resampling: Resampling | None = None,
    require_baseline: bool = False,
) -> GateReport:
    """Judge a run by a baseline as `goldassay gate` does; `result.verdict` and `result.exit_code` say what came of it.

    Both are given as the systems of `compare`; a baseline that is a path where nothing is yet is written from the run.
    `fail_under` holds smallest values by measure, a layer's name standing for its headline number; `resampling` holds
    seed, draws and unit; the other arguments are the options of their names.

    Raises:
        InvalidDataError: The gold or predictions have errors.
        UsageError: Nothing to gate, a limit that is no share of 1, or as for `score`.

    >>> lines = [{"doc_id": name, "mentions": []} for name in ("seed-000", "seed-002")]
    >>> gate(lines, lines).result.verdict, gate(lines[:1], lines).result.exit_code
    ('inconclusive', 4)
    """
    under = parse_limits([f"{name}={limit}" for name, limit in (fail_under or {}).items()])
    with placed_lines(run, baseline) as (now, before):
        return gate_files(
            now,
            before,
            load_given(gold, split),
            limits=Limits(max_drop, alpha, under, items),
            layers=layers,
            measures=measures,
            groups=gate_groups,
            options=build_options(ids, trim, labels),
            on_invalid=on_invalid,
            resampling=resampling,
            require_baseline=require_baseline,
        )


def power(
    first: Lines,
    second: Lines,
    gold: AnyGold = None,
    *,
    difference: float | None = None,
    split: str | None = None,
    layers: Sequence[str] | None = None,
    measures: Sequence[str] = (),
    groups: bool = False,
    alpha: float = 0.05,
    power: float = 0.8,
    on_invalid: OnInvalid = "error",
    ids: Ids = "own",
    trim: Sequence[str] = (),
    labels: str | Path | None = None,
    unit: Unit = "document",
) -> PowerReport:
    """The smallest difference that two systems could show on these documents, as `goldassay power` says it.

    Both are given as the systems of `compare`; the other arguments are the options of their names.

    Raises:
        InvalidDataError: The gold or predictions have errors.
        UsageError: Nothing to estimate, a share that is none, or as for `compare`.

    >>> lines = [{"doc_id": name, "mentions": []} for name in ("seed-000", "seed-002")]
    >>> [(one.n_units, one.detectable) for one in power(lines, lines).measures]  # two documents show nothing
    [(2, None)]
    """
    with placed_lines(first, second) as (one, other):
        return power_files(
            one,
            other,
            load_given(gold, split),
            difference=difference,
            layers=layers,
            measures=measures,
            groups=groups,
            alpha=alpha,
            power=power,
            options=build_options(ids, trim, labels),
            on_invalid=on_invalid,
            unit=unit,
        )
