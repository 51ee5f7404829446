"""Systems by name: the shipped baselines, those of other packages (entry points) and functions as `module:function`."""

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TypedDict

from goldassay._version import __version__
from goldassay.errors import UsageError
from goldassay.extract.base import ALL_LAYERS, COVERED, Extract, System, UnknownSystemError
from goldassay.extract.command import digest_files
from goldassay.extract.functions import as_system, import_object
from goldassay.extract.runfile import installed_version
from goldassay.model.document import Document
from goldassay.model.printable import printable

ENTRY_POINTS = "goldassay.extractors"
"""Group of entry points; each names an extractor, or a function without arguments that returns one."""

_NAME_LIMIT = 80
_GUIDELINE_LISTS = "its word lists are those of the annotation guidelines, whose authors know the seed articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A shipped baseline: the function that makes its extract function, what it covers, what it needs."""

    load: str
    layers: frozenset[str]
    summary: str
    packages: tuple[str, ...] = ()
    version_of: str = "goldassay"
    seen_seeds: bool = False
    note: str | None = None


SHIPPED: dict[str, Shipped] = {
    "dateparser": Shipped(
        load="goldassay.extract.date_search:load",
        layers=frozenset({"times"}),
        summary="the date search of that package, in English, as it is",
        packages=("dateparser",),
        version_of="dateparser",
    ),
    "empty": Shipped(
        load="goldassay.extract.empty:load",
        layers=ALL_LAYERS,
        summary="finds nothing; the floor",
    ),
    "quantulum3": Shipped(
        load="goldassay.extract.quantities:load",
        layers=frozenset({"numeric_facts"}),
        summary="the quantity extractor of that name, as it is",
        packages=("quantulum3", "inflect", "num2words"),
        version_of="quantulum3",
    ),
    "recognizers-text": Shipped(
        load="goldassay.extract.recognizers:load",
        layers=frozenset({"numeric_facts", "times"}),
        summary="Microsoft's recognizers of numbers, units, dates and times, as they are",
        packages=(
            "emoji",
            "recognizers-text-date-time",
            "recognizers-text-number",
            "recognizers-text-number-with-unit",
            "recognizers-text-suite",
        ),
        version_of="recognizers-text-suite",
    ),
    "rules-mentions": Shipped(
        load="goldassay.extract.rules_mentions:load",
        layers=frozenset({"entities"}),
        summary="gazetteer of states and orthographic patterns",
        packages=("babel", "countryinfo"),
    ),
    "rules-numbers": Shipped(
        load="goldassay.extract.rules_numbers:load",
        layers=frozenset({"numeric_facts"}),
        summary="number grammar with approximators, bounds, counted nouns and status cues",
        seen_seeds=True,
        note=_GUIDELINE_LISTS,
    ),
    "rules-stances": Shipped(
        load="goldassay.extract.rules_stances:load",
        layers=frozenset({"stances"}),
        summary="reporting verbs and polar words with the nearest names",
        packages=("babel", "countryinfo"),
        seen_seeds=True,
        note=_GUIDELINE_LISTS,
    ),
    "sklearn-tagger": Shipped(
        load="goldassay.extract.tagger:load",
        layers=frozenset({"entities"}),
        summary="linear token classifier trained at run time on text made by this project's own code",
        packages=("babel", "countryinfo", "scikit-learn"),
        note="trained on text made by this project's own code",
    ),
    "text2num": Shipped(
        load="goldassay.extract.number_words:load",
        layers=frozenset({"numeric_facts"}),
        summary="the number words that the package of that name finds, as it is",
        packages=("text2num",),
        version_of="text2num",
    ),
}


def system_names() -> list[str]:
    """All names that can be run, sorted."""
    return sorted({*SHIPPED, *(point.name for point in entry_points(group=ENTRY_POINTS))})


def list_systems() -> list[str]:
    """One line a system: name, layers, what it is.

    >>> next(line for line in list_systems() if line.startswith("empty"))
    'empty            entities, numeric_facts, stances, times: finds nothing; the floor'
    """
    return [f"{name:<17}{_summary(name)}" for name in system_names()]


def _summary(name: str) -> str:
    row = SHIPPED.get(name)
    return f"{', '.join(sorted(row.layers))}: {row.summary}" if row else "of another package"


def load_extractor(spec: str) -> System:
    """Load an extractor into this process: a shipped name, an entry point, or `module:function`.

    Raises:
        UnknownSystemError: There is none, or it cannot be loaded; the message says what to do.

    >>> load_extractor("empty").layers == ALL_LAYERS
    True
    >>> load_extractor("rules-mention")
    Traceback (most recent call last):
    goldassay.extract.base.UnknownSystemError: no system 'rules-mention'; did you mean 'rules-mentions'?
    """
    if spec not in SHIPPED:
        return as_system(import_object(_target(spec)), spec)
    return System(extract=_loaded_at_first_use(SHIPPED[spec].load), spec=spec, **shipped_labels(spec))


def _loaded_at_first_use(target: str) -> Extract:
    """The extract function of a shipped baseline; word lists are read and models trained when it is first called."""

    @functools.cache
    def loaded() -> Extract:
        load: Callable[[], Extract] = import_object(target)  # type: ignore[assignment]
        return load()

    def extract(document: Document) -> Mapping[str, object]:
        return loaded()(document)

    return extract


class Labels(TypedDict):
    """What is said of a shipped baseline, whether it runs in this process or in another."""

    name: str
    version: str
    layers: frozenset[str]
    seen_seeds: bool
    note: str | None
    packages: tuple[str, ...]
    code: str


def shipped_labels(name: str) -> Labels:
    """The labels of a shipped baseline.

    `code` is a digest of all code and word lists that a baseline may use, so that an edited one is run anew.

    Raises:
        UnknownSystemError: Its packages are not installed.
    """
    row = SHIPPED[name]
    missing = [package for package in row.packages if installed_version(package) is None]
    if missing:
        raise UnknownSystemError(f"{name} needs {', '.join(missing)}; run: pip install 'goldassay[baselines]'")
    package = Path(__file__).parent.parent
    parts = [path for part in ("extract", "formats", "lexicons") for path in (package / part).rglob("*")]
    return Labels(
        name=name,
        version=installed_version(row.version_of) or __version__,
        layers=row.layers,
        seen_seeds=row.seen_seeds,
        note=row.note,
        packages=row.packages,
        code=digest_files(sorted(path for path in parts if path.suffix in {".py", ".toml"})),
    )


def check_label(name: str, layers: Iterable[str]) -> None:
    """Refuse a name that would pass for another system's, and layers that do not exist.

    Raises:
        UsageError: It says what to choose instead.

    >>> check_label("empty", [])
    Traceback (most recent call last):
    goldassay.errors.UsageError: 'empty' is a system of its own; choose another name for the command
    """
    if name in system_names():
        raise UsageError(f"{name!r} is a system of its own; choose another name for the command")
    if not name.strip() or not name.isprintable() or len(name) > _NAME_LIMIT:
        raise UsageError(f"{printable(name)!r} is no name; give up to {_NAME_LIMIT} printable characters")
    if unknown := sorted(set(layers) - ALL_LAYERS):
        raise UsageError(f"no layer {unknown[0]!r}; the layers are {', '.join(COVERED)}")


def _target(spec: str) -> str:
    if points := sorted(point.value for point in entry_points(group=ENTRY_POINTS, name=spec)):
        return points[0]
    if ":" in spec:
        return spec
    known = system_names()
    close = difflib.get_close_matches(spec, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}, or module:function"
    raise UnknownSystemError(f"no system {spec!r}; {hint}")
