"""`datasets.load_dataset` on a checkout: offline, typed, and right after every edit."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets

from goldassay.corpus.features import CONFIGS, dataset_features
from goldassay.corpus.layout import VIEWS
from goldassay.corpus.manifest import read_manifest
from goldassay.generate.files import check_generated, write_generated
from goldassay.hub.card import FEATURES, FOLDERS, README, check_card, write_card
from goldassay.model.views import CANARY, TAGS

ROOT = Path(__file__).parents[2]
VERSION = read_manifest(ROOT).version


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A copy of what a data user needs, in a folder of its own."""
    root = tmp_path / "checkout"
    for name in ("corpus", "annotations"):
        shutil.copytree(ROOT / name, root / name)
    for name in (README, FEATURES):
        shutil.copy(ROOT / name, root / name)
    datasets.disable_progress_bars()
    yield root
    datasets.enable_progress_bars()


def load(root: Path, config: str, cache: Path, **options: object) -> datasets.Dataset:
    return datasets.load_dataset(str(root), config, split="validation", cache_dir=str(cache), **options)


def stored(root: Path, config: str) -> list[dict[str, Any]]:
    lines = (root / FOLDERS.get(config, f"annotations/{config}") / "validation.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in lines.splitlines()]


@pytest.mark.parametrize("config", sorted(CONFIGS))
def test_every_configuration_loads_typed_and_whole(checkout: Path, tmp_path: Path, config: str) -> None:
    loaded = load(checkout, config, tmp_path / "cache")
    assert loaded.features == dataset_features(CONFIGS[config])
    expected = stored(ROOT, config)
    for row in expected if config == "tokens" else ():
        row["ner_tags"] = [TAGS.index(tag) for tag in row["ner_tags"]]
    assert expected
    assert list(loaded) == expected


def test_the_default_is_everything_of_a_document(checkout: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(checkout), split="validation", cache_dir=str(tmp_path / "cache"))
    layers = [{row["doc_id"]: row for row in stored(ROOT, config)} for config in CONFIGS if config not in VIEWS]
    assert len(layers) == 4
    for row in loaded:
        merged = {key: value for layer in layers for key, value in layer[row["doc_id"]].items()}
        assert row == merged | {"canary": CANARY}


@pytest.mark.parametrize("config", sorted(CONFIGS))
def test_streaming(checkout: Path, tmp_path: Path, config: str) -> None:
    rows = load(checkout, config, tmp_path / "cache", streaming=True)
    assert rows.features == dataset_features(CONFIGS[config])
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
    stale = [(item.code, item.where.file) for item in check_card(checkout, VERSION)]
    assert stale == [("E608", README), ("E608", FEATURES)]
    assert "deny" in acts(checkout, cache), "datasets has become able to see edits: the content hash may go"
    write_card(checkout, VERSION)
    assert check_card(checkout, VERSION) == []
    assert "deny" not in acts(checkout, cache)


def test_an_edit_reaches_the_views_once_they_are_built(checkout: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert "deny" in {stance["act"] for row in load(checkout, "full", cache) for stance in row["stances"]}
    edit(checkout)
    stale = {item.where.file for item in check_generated(checkout)}
    assert stale >= {"corpus/full/validation.jsonl", "README.md"}
    write_generated(checkout)
    assert check_generated(checkout) == []
    assert "deny" not in {stance["act"] for row in load(checkout, "full", cache) for stance in row["stances"]}


@pytest.mark.parametrize("streaming", [False, True])
def test_gold_that_is_no_release_says_so(checkout: Path, tmp_path: Path, streaming: bool) -> None:
    """`datasets` takes three numbers for a version, so the rest of it stands in the description."""
    cache = tmp_path / "cache"
    released = {config: load(checkout, config, cache, streaming=streaming).info for config in CONFIGS}
    edit(checkout)
    write_generated(checkout)
    assert read_manifest(checkout).version == "1.0.0+dirty"
    for config, before in released.items():
        info = load(checkout, config, cache, streaming=streaming).info
        assert str(info.version) == str(before.version) == "1.0.0"
        assert "; 1.0.0+dirty, not a release" in info.description
        assert info.description.startswith("content sha256:")
        assert "dirty" not in before.description


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
