"""docs/data.md: its code runs, its commands exist, its table is that of the configurations."""

import re
from pathlib import Path

import pytest

from goldassay.cli.main import COMMANDS
from goldassay.corpus.features import CONFIGS, DEFAULT
from goldassay.hub.card import FOLDERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_code_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.chdir(ROOT)
    assert len(BLOCKS) == 2
    datasets.disable_progress_bars()
    for block in BLOCKS:
        exec(compile(block.replace("/path/to/checkout", str(ROOT)), "docs/data.md", "exec"), {})
    datasets.enable_progress_bars()


def test_the_table_is_that_of_the_configurations() -> None:
    rows = re.findall(r"^\| `(\w+)`( \(default\))? \|.*\| `([\w/]+)/`", PAGE, re.MULTILINE)
    assert [(name, folder) for name, _, folder in rows] == [
        (name, FOLDERS.get(name, f"annotations/{name}")) for name in CONFIGS
    ]
    assert [name for name, default, _ in rows if default] == [DEFAULT]


def test_commands_and_links_exist() -> None:
    shell = "\n".join(re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    named = set(re.findall(r"^goldassay (\w+)", shell, re.MULTILINE))
    assert named == {"cite", "dehydrate", "rehydrate", "score"}
    assert named <= set(COMMANDS)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
