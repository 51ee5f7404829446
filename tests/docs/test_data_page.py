"""docs/data.md: its code runs, its commands exist, its table is that of the configurations."""

import re
from pathlib import Path
from typing import Any

import pytest

from goldassay.cli.main import COMMANDS
from goldassay.corpus.features import CONFIGS, DEFAULT
from goldassay.corpus.layout import LAYERS
from goldassay.hub.card import FOLDERS
from goldassay.model.views import CANARY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_code_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.chdir(ROOT)
    assert len(BLOCKS) == 4
    datasets.disable_progress_bars()
    names: dict[str, Any] = {}
    for block in BLOCKS:
        exec(compile(block.replace("/path/to/checkout", str(ROOT)), "docs/data.md", "exec"), names)
    datasets.enable_progress_bars()
    # The last example joins by hand what a row a mention has joined already, here of the last document.
    flat = names["mentions"].query("doc_id == @row['doc_id']", local_dict={"row": names["row"]})
    assert names["found"] == list(zip(flat["text"], flat["type"], strict=True))
    assert (names["mentions"]["entity_name"] == "NATO").any()


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


def test_the_canary_stands_where_the_page_says_and_nowhere_else_in_the_data() -> None:
    table = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE.partition("## Canary")[2], re.MULTILINE))
    without = [
        folder for place, said in table.items() if said.startswith("none") for folder in re.findall("`(.+?)/`", place)
    ]
    folders = [one for name in without for one in ([name] if "<" not in name else [f"annotations/{x}" for x in LAYERS])]
    assert {"corpus/documents", "annotations/stances", "annotations/passes"} <= set(folders)
    held = [path for name in folders for path in (ROOT / name).rglob("*.[jy]*") if CANARY.encode() in path.read_bytes()]
    assert held == []
    for name in ("corpus/full", "corpus/tokens"):
        (path,) = (ROOT / name).glob("*.jsonl")
        assert all(CANARY in line for line in path.read_text(encoding="utf-8").splitlines())
    assert CANARY in (ROOT / "croissant.json").read_text(encoding="utf-8")
    assert CANARY in PAGE
