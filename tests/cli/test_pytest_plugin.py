"""The pytest plugin in sessions of its own: fixtures, table, limits, xdist, warnings as errors, no start-up cost."""

import json
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

import goldassay
from goldassay.measures.signature import short_signature
from planted_gold import gold_lines, write_lines

pytest_plugins = ["pytester"]

EXTRACTOR = """
    import re

    def names(document):
        # Every capitalised word, all of them called a place: of five names a document two are places.
        return [{"start": m.start(), "end": m.end(), "type": "GPE"} for m in re.finditer("[A-Z][a-z]+", document.text)]

    def nothing(document):
        return []

    def broken(document):
        raise KeyError(document.doc_id)

    def wrong(document):
        return [{"start": 5, "end": 2, "type": "GPE"}]
"""
# Two other plugins of this environment take seconds to load; a user's session need not have them.
LIKE_A_USER = ("-W", "error", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:anyio")


@pytest.fixture
def gold(pytester: pytest.Pytester) -> Path:
    pytester.makepyfile(my_system=EXTRACTOR)
    return write_lines(pytester.path / "gold.jsonl", gold_lines(4))


def run(pytester: pytest.Pytester, gold: Path, *args: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess(f"--goldassay-gold={gold}", *LIKE_A_USER, *args)


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_scores_stand_in_a_table_and_in_junit(pytester: pytest.Pytester, gold: Path, workers: tuple[str, ...]) -> None:
    pytester.makepyfile(
        """
        import pytest
        from my_system import names, nothing

        def test_corpus(gold_corpus):
            assert len(gold_corpus.documents) == 4

        def test_names(score_extractor):
            score = score_extractor(names, name="capitals")
            strict = [s for s in score.scores if s.measure == "entities.f1(match=strict,view=names,avg=micro)"]
            assert [s.value for s in strict if s.group == "all"] == [0.4]

        @pytest.mark.parametrize("again", [1, 2])
        def test_nothing(score_extractor, again):
            score_extractor(nothing)
        """
    )
    done = run(pytester, gold, "--junitxml", "out.xml", *workers)
    done.assert_outcomes(passed=4)
    done.stdout.fnmatch_lines(
        [
            "*= goldassay =*",
            "system    entities: strict F1 of names  *test",
            "capitals  0.400 * not covered * test_scores_stand*::test_names",
            "nothing   0.000 * not covered * test_scores_stand*::test_nothing?1?",
            "nothing   0.000 * not covered * test_scores_stand*::test_nothing?2?",
        ]
    )
    properties = ElementTree.parse(pytester.path / "out.xml").findall(".//testcase[@name='test_names']//property")
    assert [item.get("name") for item in properties] == ["goldassay.score"]
    record = json.loads(properties[0].get("value") or "")
    assert record["system"] == "capitals"
    # Two of the five names of every document are right: whichever document is left out, it stays 0.4.
    assert record["values"]["entities: strict F1 of names"] == "0.400 0.400…0.400"
    short = short_signature(record["signature"])
    rows = [line for line in done.stdout.lines if re.match("(capitals|nothing) ", line)]
    assert [line.split()[-2] for line in rows] == [short] * 3
    signed = [line for line in done.stdout.lines if "Signature: " in line]
    assert signed == [f"{short}  Signature: {record['signature']}"]
    done.stdout.fnmatch_lines(["4 documents: too few for an interval. *one of them is left out."])


def test_a_test_scores_as_the_command_does(pytester: pytest.Pytester, gold: Path) -> None:
    pytester.makepyfile(
        """
        from my_system import names

        def test_names(score_extractor):
            with open("signature.txt", "w") as file:
                print(score_extractor(names).signature, file=file)
        """
    )
    run(pytester, gold).assert_outcomes(passed=1)
    predictions = pytester.path / "predictions.jsonl"
    lines = [{"doc_id": line["doc_id"], "mentions": []} for line in gold_lines(4)]
    write_lines(predictions, lines)
    expected = goldassay.score(predictions, gold).signature
    assert (pytester.path / "signature.txt").read_text(encoding="utf-8") == f"{expected}\n"


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
@pytest.mark.parametrize(
    ("limit", "passed", "code"),
    [
        ("entities=0.4", 1, pytest.ExitCode.OK),
        ("entities=0.41", 0, pytest.ExitCode.TESTS_FAILED),
        ("stances=0.1", 1, pytest.ExitCode.TESTS_FAILED),
    ],
)
def test_limits(
    pytester: pytest.Pytester, gold: Path, limit: str, passed: int, code: int, workers: tuple[str, ...]
) -> None:
    pytester.makepyfile(
        """
        from my_system import names

        def test_names(score_extractor):
            score_extractor(names)
        """
    )
    done = run(pytester, gold, "--goldassay-fail-under", limit, *workers)
    done.assert_outcomes(passed=passed, failed=1 - passed)
    assert done.ret == code
    if limit.startswith("stances"):
        done.stdout.fnmatch_lines(["FAILED: no test scored stances.f1(match=sign,*"])
    elif not passed:
        done.stdout.fnmatch_lines(["names: entities.f1(match=strict,*) is 0.4, under 0.41", "names   0.400*"])


def test_a_session_in_which_nothing_is_scored_does_not_meet_a_limit(pytester: pytest.Pytester, gold: Path) -> None:
    pytester.makepyfile("def test_other(): pass")
    assert run(pytester, gold, "--goldassay-fail-under", "entities=0.1").ret == pytest.ExitCode.TESTS_FAILED
    assert run(pytester, gold, "--goldassay-fail-under", "entities=0.1", "--collect-only").ret == pytest.ExitCode.OK
    quiet = run(pytester, gold)
    assert quiet.ret == pytest.ExitCode.OK
    quiet.stdout.no_fnmatch_line("*goldassay*=")


def test_missing_and_bad_answers_fail_the_test_with_the_reason(pytester: pytest.Pytester, gold: Path) -> None:
    pytester.makepyfile(
        """
        from my_system import broken, wrong

        def test_broken(score_extractor):
            score_extractor(broken)

        def test_wrong(score_extractor):
            score_extractor(wrong)
        """
    )
    done = run(pytester, gold)
    done.assert_outcomes(failed=2)
    done.stdout.fnmatch_lines(
        [
            "broken leaves 4 of 4 documents unanswered:",
            "doc-000: KeyError: 'doc-000'*",
            "wrong: its answers have errors",
        ]
    )
    done.stdout.fnmatch_lines(["*E201*"])
    printed = done.stdout.str()
    # Once in the failure itself; under CI pytest's last lines repeat the whole message.
    body = printed.split("short test summary info")[0]
    assert re.findall(r"E201 .*(doc-[0-9]+)", body) == [f"doc-{number:03}" for number in range(4)]
    assert "During handling" not in printed
    assert "InvalidDataError" not in printed


def test_gold_that_is_not_there_is_named_once(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_corpus(gold_corpus): pass")
    done = pytester.runpytest_subprocess("--goldassay-gold=nowhere.jsonl", *LIKE_A_USER)
    done.assert_outcomes(errors=1)
    printed = done.stdout.str()
    assert "--goldassay-gold: no gold at nowhere.jsonl; name a checkout or a JSONL file of gold lines" in printed
    assert "During handling" not in printed
    assert "def gold_corpus" not in printed


def commands_of_the_page() -> list[str]:
    """What docs/ci.md shows of `--goldassay-gold`: whole words of shell blocks and of running text."""
    page = (Path(__file__).parents[2] / "docs" / "ci.md").read_text(encoding="utf-8")
    return re.findall(r"--goldassay-gold\S*", page)


def test_the_documented_form_keeps_the_root_of_the_session(pytester: pytest.Pytester) -> None:
    """Gold in a folder with a configuration of its own: `--goldassay-gold PATH` would make that the root."""
    write_lines(pytester.path / "data" / "gold.jsonl", gold_lines(1))
    (pytester.path / "data" / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--not-an-option'\n")
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\nmarkers = ['ours']\n")
    pytester.makepyfile(
        """
        def test_root(pytestconfig, gold_corpus):
            assert len(gold_corpus.documents) == 1
            assert pytestconfig.rootpath == pytestconfig.invocation_params.dir
        """
    )
    shown = commands_of_the_page()
    assert "--goldassay-gold=gold.jsonl" in shown
    assert {word for word in shown if not word.startswith("--goldassay-gold=")} <= {"--goldassay-gold`"}
    done = pytester.runpytest_subprocess("--goldassay-gold=data/gold.jsonl", *LIKE_A_USER)
    done.assert_outcomes(passed=1)


def test_the_configuration_names_the_gold(pytester: pytest.Pytester) -> None:
    """From the folder of the configuration, wherever pytest is started; the option is stronger."""
    write_lines(pytester.path / "data" / "gold.jsonl", gold_lines(3))
    write_lines(pytester.path / "inner" / "two.jsonl", gold_lines(2))
    pytester.makepyprojecttoml("[tool.pytest.ini_options]\ngoldassay_gold = 'data/gold.jsonl'\n")
    test = "def test_corpus(gold_corpus):\n    assert len(gold_corpus.documents) == {}\n"
    (pytester.path / "inner" / "test_three.py").write_text(test.format(3), encoding="utf-8")
    (pytester.path / "inner" / "test_two.py").write_text(test.format(2), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(pytester.path / "inner")
        pytester.runpytest_subprocess(*LIKE_A_USER, "test_three.py").assert_outcomes(passed=1)
        done = pytester.runpytest_subprocess(*LIKE_A_USER, "--goldassay-gold=two.jsonl", "test_two.py")
        done.assert_outcomes(passed=1)


def test_wrong_options_are_wrong_usage(pytester: pytest.Pytester, gold: Path) -> None:
    pytester.makepyfile("def test_corpus(gold_corpus): pass")
    done = run(pytester, gold, "--goldassay-fail-under", "entites=0.1")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*no measure 'entites'; did you mean 'entities'*"])


def test_sessions_that_do_not_use_it_do_not_pay_for_it(pytester: pytest.Pytester) -> None:
    assert [point.value for point in entry_points(group="pytest11", name="goldassay")] == ["goldassay.pytest_plugin"]
    pytester.makepyfile(
        """
        import sys

        def test_light():
            assert "goldassay.pytest_plugin" in sys.modules
            assert not {"numpy", "scipy", "msgspec", "rich"} & set(sys.modules)
        """
    )
    pytester.runpytest_subprocess(*LIKE_A_USER).assert_outcomes(passed=1)


def test_the_module_alone_is_light() -> None:
    code = "import sys, goldassay.pytest_plugin; print([m for m in ('numpy', 'msgspec', 'rich') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout.strip() == "[]"
