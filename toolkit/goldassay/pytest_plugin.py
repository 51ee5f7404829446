"""L6: the pytest plugin: fixtures that load gold and score an extractor, a table at the end, limits on values.

pytest loads this module in every session of an environment that has goldassay, so it imports nothing of the toolkit
until a fixture or an option is used.
"""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from goldassay.extract.base import System
    from goldassay.gold import Gold
    from goldassay.model.document import Document
    from goldassay.model.scorefile import Score, ScoreFile
    from goldassay.scoring import OnInvalid

PROPERTY = "goldassay.score"
"""Name of the property that carries a score from a test, also out of another process, into the table and JUnit XML."""

GOLD = "goldassay_gold"
"""Name of the setting in pytest's configuration that `--goldassay-gold` overrides."""

TABLE = "goldassay-table"
_SHOWN = 5


class ScoreExtractor(Protocol):
    """What the fixture `score_extractor` gives."""

    def __call__(
        self,
        extractor: object,
        name: str | None = None,
        *,
        layers: Sequence[str] | None = None,
        on_invalid: "OnInvalid" = "error",
    ) -> "ScoreFile":
        """Run an extractor over the gold and score it; see `score_extractor`."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("goldassay", "scores of extractors against gold annotation")
    group.addoption(
        "--goldassay-gold",
        metavar="PATH",
        help="gold to score against: a checkout, or a JSONL file of gold lines (default: what the configuration names "
        "as goldassay_gold, else the corpus of the package). Write it with '=': after a space pytest takes a path for "
        "one of tests, and its folder for the root of the session",
    )
    parser.addini(GOLD, "gold to score against, from the folder of this configuration file; see --goldassay-gold")
    group.addoption(
        "--goldassay-fail-under",
        action="append",
        default=[],
        metavar="M=X",
        help="fail a test whose extractor is under X in measure M (a token, or a layer for its headline number); "
        "fail the session if no test scored it (repeatable)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read the limits and start the table; wrong limits end the session before any test."""
    config.pluginmanager.register(ScoreTable(read_limits(config)), TABLE)


def read_limits(config: pytest.Config) -> dict[str, float]:
    """The limits on the command line: {measure token: smallest value}."""
    said: list[str] = config.getoption("--goldassay-fail-under")
    if not said:
        return {}
    from goldassay.errors import UsageError
    from goldassay.limits import parse_limits

    try:
        return parse_limits(said)
    except UsageError as error:
        raise pytest.UsageError(f"--goldassay-fail-under: {error}") from None


@pytest.fixture(scope="session")
def gold_corpus(pytestconfig: pytest.Config) -> "Gold":
    """The gold to score against: `--goldassay-gold`, else `goldassay_gold`, else the corpus of the package."""
    from goldassay.corpus.locate import find_root
    from goldassay.errors import InvalidDataError, UsageError
    from goldassay.gold import load_gold
    from goldassay.report.findings import render_findings

    path, said = find_gold(pytestconfig)
    try:
        return load_gold(find_root(option="--goldassay-gold") if path is None else path)
    except UsageError as error:
        reason = f"{said}: {error}"
    except InvalidDataError as error:
        reason = f"the gold has errors:\n{render_findings(error.findings)}"
    # Outside of the exception, which pytest would print above the reason.
    pytest.fail(reason, pytrace=False)


def find_gold(config: pytest.Config) -> tuple[Path | None, str]:
    """Where the gold is, null for the corpus of the package, and who says so.

    A path in the configuration starts from the folder of its file, so that it holds wherever pytest is started.
    """
    given = config.getoption("--goldassay-gold")
    if given is not None:
        return Path(given), "--goldassay-gold"
    setting = config.getini(GOLD)
    if not setting:
        return None, GOLD
    return (config.rootpath if config.inipath is None else config.inipath.parent) / setting, GOLD


@pytest.fixture
def score_extractor(request: pytest.FixtureRequest, gold_corpus: "Gold") -> ScoreExtractor:
    """A function that runs an extractor over the gold and scores it, as `goldassay run` and `goldassay score` do.

    It takes what `goldassay run` takes by name, or a function of a document, or an extractor object, and gives the
    score file. The test fails if a document stays without an answer, if an answer has errors, or if a value is under
    `--goldassay-fail-under`. The headline numbers stand in a table at the end of the session and in JUnit XML.
    """
    from goldassay.model.printable import printable
    from goldassay.report.headlines import headline_claim

    limits = request.config.pluginmanager.get_plugin(TABLE).limits  # type: ignore[union-attr]

    def score(
        extractor: object,
        name: str | None = None,
        *,
        layers: Sequence[str] | None = None,
        on_invalid: "OnInvalid" = "error",
    ) -> "ScoreFile":
        system = as_named_system(extractor, name)
        documents = [item.document for item in gold_corpus.documents]
        file = score_lines(system, answer_lines(system, documents), gold_corpus, layers, on_invalid)
        record = {
            "system": printable(system.name),
            "signature": file.signature,
            "claim": headline_claim([file]),
            **headline_values(file.scores, limits),
        }
        request.node.user_properties.append((PROPERTY, json.dumps(record, ensure_ascii=False)))
        if under := values_under(file.scores, limits):
            pytest.fail(f"{system.name}: {'; '.join(under)}", pytrace=False)
        return file

    return score


def as_named_system(extractor: object, name: str | None) -> "System":
    """The extractor under the name that the table shows."""
    from dataclasses import replace

    from goldassay.extract.functions import as_system
    from goldassay.extract.registry import load_extractor

    if isinstance(extractor, str):
        system = load_extractor(extractor)
    else:
        own = getattr(extractor, "__name__", type(extractor).__name__)
        system = as_system(extractor, own)
    return system if name is None else replace(system, name=name)


def answer_lines(system: "System", documents: "Sequence[Document]") -> list[dict[str, object]]:
    """One prediction line a document; a document without one fails the test, because that is no low score."""
    from goldassay.extract.answer import answer_here

    lines, failed = [], []
    for document, outcome in answer_here(system, documents):
        if outcome.line is None:
            failed.append(f"{document.doc_id}: {outcome.message}")
        else:
            lines.append(outcome.line)
    if failed:
        more = [f"and {len(failed) - _SHOWN} more"] if len(failed) > _SHOWN else []
        shown = "\n".join([*failed[:_SHOWN], *more])
        pytest.fail(f"{system.name} leaves {len(failed)} of {len(documents)} documents unanswered:\n{shown}", False)
    return lines


def score_lines(
    system: "System",
    lines: Sequence[Mapping[str, object]],
    gold: "Gold",
    layers: Sequence[str] | None,
    on_invalid: "OnInvalid",
) -> "ScoreFile":
    """The score file of prediction lines; lines with errors fail the test with every finding."""
    from goldassay.errors import InvalidDataError
    from goldassay.report.findings import render_findings
    from goldassay.scoring import score_predictions

    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    try:
        found = BytesIO(content)
        return score_predictions(found, gold, layers=layers, on_invalid=on_invalid, allow_empty=True).file
    except InvalidDataError as error:
        findings = error.findings
    # Outside of the exception as well, which repeats the first finding.
    pytest.fail(f"{system.name}: its answers have errors\n{render_findings(findings)}", pytrace=False)


def headline_values(scores: "Sequence[Score]", limits: Mapping[str, float]) -> dict[str, object]:
    """What the table shows: the headline numbers with their intervals, and which limits were asked of these scores."""
    from goldassay.report.headlines import format_spread
    from goldassay.report.table import headline_scores

    measured = {score.measure for score in scores if score.group == "all"}
    return {
        "values": {title: format_spread(score) for title, score in headline_scores(scores)},
        "limits": [token for token in limits if token in measured],
    }


def values_under(scores: "Sequence[Score]", limits: Mapping[str, float]) -> list[str]:
    """The scored measures under their limits, in words; measures of layers that were not scored are left out here."""
    values = {score.measure: score.value for score in scores if score.group == "all"}
    return [
        f"{token} is {'undefined' if values[token] is None else format(values[token], '.4g')}, under {limit:g}"
        for token, limit in limits.items()
        if token in values and (values[token] is None or values[token] < limit)  # type: ignore[operator]
    ]


class ScoreTable:
    """Collects the scores of a session, from its own tests and from worker processes, and prints them at the end."""

    def __init__(self, limits: Mapping[str, float]) -> None:
        self.limits = limits
        self.records: list[tuple[str, dict[str, object]]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the scores of a test; all of them are known when it is torn down."""
        if report.when == "teardown":
            self.records += [
                (report.nodeid, json.loads(str(value))) for name, value in report.user_properties if is_ours(name)
            ]

    def unmet(self) -> list[str]:
        """The limits that no test measured."""
        measured = {token for _, record in self.records for token in record["limits"]}  # type: ignore[attr-defined]
        return [token for token in self.limits if token not in measured]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """A limit that nothing was measured by is a failure, unless something worse has happened."""
        worker = hasattr(session.config, "workerinput")
        fine = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        if not worker and fine and not session.config.option.collectonly and self.unmet():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
        """One line a score, then what was not measured."""
        unmet = [] if config.option.collectonly else self.unmet()
        if not self.records and not unmet:
            return
        from goldassay.report.session_table import table_lines

        terminalreporter.section("goldassay", sep="=")
        for line in table_lines(self.records):
            terminalreporter.write_line(line)
        for token in unmet:
            terminalreporter.write_line(f"FAILED: no test scored {token} (--goldassay-fail-under)", red=True)


def is_ours(name: object) -> bool:
    """Whether a property of a test is a score."""
    return name == PROPERTY
