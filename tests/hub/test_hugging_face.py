"""`datasets.load_dataset` on a checkout: offline, typed, and right after every edit."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets

from goldassay.corpus.manifest import read_manifest
from goldassay.hub.card import check_card, write_card
from goldassay.hub.features import CONFIGS, dataset_features

ROOT = Path(__file__).parents[2]
VERSION = read_manifest(ROOT).version


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A copy of what a data user needs, in a folder of its own."""
    root = tmp_path / "checkout"
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "README.md", root / "README.md")
    datasets.disable_progress_bars()
    yield root
    datasets.enable_progress_bars()


def load(root: Path, config: str, cache: Path, **options: object) -> datasets.Dataset:
    return datasets.load_dataset(str(root), config, split="validation", cache_dir=str(cache), **options)


@pytest.mark.parametrize("config", sorted(CONFIGS))
def test_every_configuration_loads_typed_and_whole(checkout: Path, tmp_path: Path, config: str) -> None:
    loaded = load(checkout, config, tmp_path / "cache")
    assert loaded.features == dataset_features(CONFIGS[config])
    folder = "corpus/documents" if config == "documents" else f"annotations/{config}"
    lines = (ROOT / folder / "validation.jsonl").read_text(encoding="utf-8").splitlines()
    assert list(loaded) == [json.loads(line) for line in lines]


def test_streaming(checkout: Path, tmp_path: Path) -> None:
    rows = load(checkout, "entities", tmp_path / "cache", streaming=True)
    assert {row["doc_id"] for row in rows} == {"seed-000", "seed-002"}


def edit(root: Path) -> None:
    path = root / "annotations/stances/validation.jsonl"
    text = path.read_text(encoding="utf-8")
    assert '"act":"deny"' in text
    path.write_text(text.replace('"act":"deny"', '"act":"accuse"'), encoding="utf-8")


def acts(root: Path, cache: Path) -> set[str]:
    return {stance["act"] for row in load(root, "stances", cache) for stance in row["stances"]}


def test_an_edit_is_seen_once_the_card_is_fresh(checkout: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert "deny" in acts(checkout, cache)
    edit(checkout)
    assert [item.code for item in check_card(checkout, VERSION)] == ["E608"]
    assert "deny" in acts(checkout, cache), "datasets has become able to see edits: the content hash may go"
    write_card(checkout, VERSION)
    assert check_card(checkout, VERSION) == []
    assert "deny" not in acts(checkout, cache)


def test_another_checkout_of_the_same_name_is_not_mistaken_for_this_one(checkout: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    other = tmp_path / "other" / "checkout"
    shutil.copytree(checkout, other)
    assert "deny" in acts(checkout, cache)
    edit(other)
    write_card(other, VERSION)
    assert "deny" not in acts(other, cache)


def test_the_committed_card_is_fresh() -> None:
    assert check_card(ROOT, VERSION) == []
