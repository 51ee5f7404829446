"""`goldassay run` in a process of its own: files, exit codes, warnings, suggestions."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXTS = {"d1": "Sylda has 12 lighthouses.", "d2": "Marta Quill praised Iceland."}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    rows = [
        {
            "doc_id": doc_id,
            "title": None,
            "text": text,
            "language": "en",
            "dct": None,
            "dct_evidence": None,
            "source": "invented",
            "rights": "CC0-1.0",
            "origin": "composed",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "sentences": [[0, len(text)]],
            "entities": [],
            "mentions": [],
        }
        for doc_id, text in TEXTS.items()
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def goldassay(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "goldassay", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=120)


def answered(out: Path) -> list[str]:
    return [json.loads(line)["doc_id"] for line in (out / "predictions.jsonl").read_text("utf-8").splitlines()]


def test_a_shipped_system_runs_and_its_predictions_can_be_scored(gold: Path, tmp_path: Path) -> None:
    done = goldassay("run", "rules-mentions", "--gold", gold, "--out", tmp_path / "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"2 of 2 documents answered. Written to {tmp_path / 'out'}\n"
    assert answered(tmp_path / "out") == ["d1", "d2"]
    said = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert said["system"]["name"] == "rules-mentions"
    assert said["system"]["command"] is None
    assert str(tmp_path) not in json.dumps(said["system"])
    assert set(said["system"]["packages"]) == {"babel", "countryinfo"}
    assert goldassay("score", tmp_path / "out", "--gold", gold, cwd=tmp_path).returncode == 0


def test_a_function_of_the_working_directory_runs(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def find(document):\n    return [{'text': 'Sylda', 'type': 'GPE'}]\n")
    done = goldassay("run", "mine:find", "--gold", gold, "--out", "out", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert answered(tmp_path / "out") == ["d1", "d2"]


def test_unanswered_documents_are_a_warning_with_counts(gold: Path, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import sys, json\n"
        "for line in sys.stdin:\n"
        "    doc_id = json.loads(line)['doc_id']\n"
        "    if doc_id == 'd1': sys.exit('boom')\n"
        "    print(json.dumps({'doc_id': doc_id, 'mentions': []}), flush=True)\n"
    )
    command = f"{sys.executable} {worker}"
    arguments = ("run", "theirs", "--command", command, "--layer", "entities", "--unseen-seeds", "--family", "lark")
    done = goldassay(*arguments, "--gold", gold, "--out", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == "1 of 2 documents answered. Written to out\n"
    assert done.stderr.splitlines() == [
        "Warning: 1 of 2 documents are unanswered (crash 1):",
        "  d1: crash: ended with exit code 1",
        f"  all of them are in {Path('out') / 'run.json'}. Scores count them as empty.",
    ]
    said = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert said["documents"][0]["stderr"] == "boom"
    assert said["system"]["layers"] == ["entities"]
    assert (said["system"]["seen_seeds"], said["system"]["family"]) == (False, "lark")


def test_a_run_without_any_answer_fails(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def find(document):\n    raise ValueError(document.doc_id)\n")
    done = goldassay("run", "mine:find", "--gold", gold, "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "0 of 2 documents answered. Written to out\n"
    assert done.stderr.splitlines()[0] == "Warning: 2 of 2 documents are unanswered (error 2):"
    assert "answers" not in done.stderr


def test_answers_with_errors_are_a_warning_with_the_first_three(gold: Path, tmp_path: Path) -> None:
    """What the check says, in its words and its number; the answers are kept and the run has not failed."""
    (tmp_path / "mine.py").write_text(
        "def find(document):\n"
        "    good = {'text': document.text[:5], 'type': 'GPE'}\n"
        "    bad = [good | {'type': 'PLACE'}, {'begin': 0, 'end': 5, 'type': 'GPE'}, (0, 5), good | {'type': 'CITY'}]\n"
        "    return [good, *(bad if document.doc_id == 'd2' else [])]\n"
    )
    gold = gold.rename(tmp_path / "my gold.jsonl")
    done = goldassay("run", "mine:find", "--gold", gold, "--out", "out", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert answered(tmp_path / "out") == ["d1", "d2"]
    path = Path("out") / "predictions.jsonl"
    listed = goldassay("check", path, "--gold", gold, "--format", "json", cwd=tmp_path)
    assert listed.returncode == 3
    errors = [item for item in json.loads(listed.stdout) if item["severity"] == "error"]
    assert len(errors) == 4
    first, *found, last = done.stderr.splitlines()
    assert first == "Warning: 1 of 2 answers has errors, 4 in all:"
    assert len(found) == 3
    for line in found:
        assert any(line.startswith(f"  {path}:2: d2 {item['where']['field']} {item['code']} ") for item in errors)
    assert last == (
        f"  and 1 more; `goldassay check {path} --gold '{gold}'` lists all. `goldassay score` refuses such a file, "
        "or with --on-invalid drop counts what is wrong in it as wrong."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rules-mention"], "no system 'rules-mention'; did you mean 'rules-mentions'?"),
        (["no_such_module:find"], "cannot import 'no_such_module'"),
        (["theirs", "--command", "no-such-program-here"], "cannot run theirs: "),
        (["empty", "--command", "cat"], "'empty' is a system of its own; choose another name for the command"),
        (["theirs", "--command", "cat", "--layer", "events"], "no layer 'events'; the layers are"),
        (["theirs", "--command", "cat 'x"], "the command cannot be read: No closing quotation"),
        (["empty", "--family", "lark"], "--layer, --seen-seeds and --family describe a --command"),
        (["empty", "--gold", "nowhere"], "nowhere"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_remedy(gold: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    more = [] if "--gold" in arguments else ["--gold", gold]
    done = goldassay("run", *arguments, *more, "--out", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_another_systems_predictions_stay(gold: Path, tmp_path: Path) -> None:
    assert goldassay("run", "empty", "--gold", gold, "--out", "out", cwd=tmp_path).returncode == 0
    before = (tmp_path / "out" / "predictions.jsonl").read_bytes()
    done = goldassay("run", "rules-numbers", "--gold", gold, "--out", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert 'out holds predictions of "empty"' in done.stderr
    assert (tmp_path / "out" / "predictions.jsonl").read_bytes() == before
    done = goldassay("run", "rules-numbers", "--gold", gold, "--out", "out", "--no-resume", cwd=tmp_path)
    assert done.returncode == 0
