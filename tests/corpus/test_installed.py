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
