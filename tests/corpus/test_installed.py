"""The package installed from a wheel, far from any checkout, finds its gold and does what it does in the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from goldassay.gold import load_gold

ROOT = Path(__file__).parents[2]
PREDICTIONS = ROOT / "benchmarks" / "results" / "rules-mentions"
BUILD = "import sys\nfrom hatchling.build import build_wheel\nprint(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment: our wheel, and all other packages from the environment of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    wheel = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    ).stdout.split()[-1]
    venv.create(folder / "venv", with_pip=False)
    scheme = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    with zipfile.ZipFile(folder / wheel) as archive:
        archive.extractall(packages)
    # A path file is not read for path files of its own, so the editable checkout is not among them.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", scheme)) / "python"


def run(python: Path, folder: Path, *arguments: object) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDASSAY", "PYTHON"))}
    done = subprocess.run(
        [str(python), *map(str, arguments)],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_is_the_wheel_and_it_loads_its_own_gold(python: Path, tmp_path: Path) -> None:
    code = """
import goldassay, json
corpus = goldassay.load_corpus()
gold = goldassay.load_gold()
print(json.dumps([goldassay.__file__, str(corpus.root), gold.version, gold.fingerprint, len(corpus.to_rows("tokens"))]))
"""
    file, root, version, fingerprint, sentences = json.loads(run(python, tmp_path, "-c", code))
    home = python.parents[1]
    assert home in Path(file).parents
    assert home in Path(root).parents
    gold = load_gold(ROOT)
    assert (version, fingerprint) == (gold.version, gold.fingerprint)
    assert sentences == sum(len(item.document.sentences) for item in gold.documents)


def test_it_scores_like_the_checkout(python: Path, tmp_path: Path) -> None:
    shown = run(python, tmp_path, "-m", "goldassay", "score", PREDICTIONS, "--format", "json")
    here = run(Path(sys.executable), ROOT, "-m", "goldassay", "score", PREDICTIONS, "--format", "json")
    assert json.loads(shown)["scores"] == json.loads(here)["scores"] != []


def test_its_other_commands_find_what_they_need(python: Path, tmp_path: Path) -> None:
    gold = load_gold(ROOT)
    assert gold.fingerprint[:16] in run(python, tmp_path, "-m", "goldassay", "cite", "--only", "data")
    assert "The goldassay maintainers" in run(python, tmp_path, "-m", "goldassay", "cite")
    assert "AUTHOR" in run(python, tmp_path, "-m", "goldassay", "show", "seed-002")
    assert len(run(python, tmp_path, "-m", "goldassay", "dehydrate").splitlines()) == 1 + len(gold.documents)


def test_the_editable_package_works_far_from_its_checkout(tmp_path: Path) -> None:
    """The commands that need gold find that of the checkout the package lies in, and say so of a file without it."""
    here = Path(sys.executable)
    shown = run(here, tmp_path, "-m", "goldassay", "score", PREDICTIONS, "--format", "json")
    at_home = run(here, ROOT, "-m", "goldassay", "score", PREDICTIONS, "--format", "json")
    assert json.loads(shown)["scores"] == json.loads(at_home)["scores"] != []
    assert "AUTHOR" in run(here, tmp_path, "-m", "goldassay", "show", "seed-002")
    assert load_gold(ROOT).fingerprint[:16] in run(here, tmp_path, "-m", "goldassay", "cite", "--only", "data")


def test_a_file_is_checked_against_the_installed_texts(python: Path, tmp_path: Path) -> None:
    line = {"doc_id": "seed-002", "mentions": [{"start": 99999, "end": 100000, "text": "Elvis", "type": "PERSON"}]}
    (tmp_path / "p.jsonl").write_text(json.dumps(line), encoding="utf-8")
    for interpreter in (python, Path(sys.executable)):
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("GOLDASSAY", "PYTHON"))
        }
        done = subprocess.run(
            [str(interpreter), "-m", "goldassay", "check", "p.jsonl"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert (done.returncode, "E202  seed-002 mentions[0]" in done.stdout) == (3, True)


def test_it_says_under_which_licences_its_parts_stand(python: Path) -> None:
    (metadata,) = python.parents[1].rglob("goldassay-*.dist-info/METADATA")
    lines = metadata.read_text(encoding="utf-8").splitlines()
    assert "License-Expression: Apache-2.0 AND CC-BY-4.0 AND LicenseRef-texts-of-their-publishers" in lines
    assert {path.name for path in (metadata.parent / "licenses").iterdir()} == {"LICENSE", "LICENSES.md"}
