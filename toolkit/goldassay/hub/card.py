"""The front matter of README.md: what `datasets.load_dataset(<checkout>, config)` reads.

`datasets` caches a local directory by its configuration alone, so edited gold would silently load as the old one. The
hash of the content therefore stands in each configuration's description and changes with every edit.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from goldassay.corpus.corpus import by_doc_id, load_corpus
from goldassay.corpus.features import CONFIGS, DEFAULT, dataset_features
from goldassay.corpus.layout import find_splits
from goldassay.corpus.views import count_token_losses, sum_losses
from goldassay.model.finding import Finding, finding

FOLDERS = {name: f"corpus/{name}" for name in ("full", "documents", "tokens")}
"""Where the files of a configuration that hold the texts lie; every other one under annotations/<name>."""

_HEAD: dict[str, Any] = {
    "pretty_name": "goldassay-news",
    "language": ["en"],
    "license": "other",
    "license_name": "annotations-cc-by-4.0-texts-of-their-publishers",
    "license_link": "corpus/DATASHEET.md",
    "annotations_creators": ["machine-generated"],
    "task_categories": ["token-classification", "text-classification"],
    "tags": ["named-entity-recognition", "coreference", "stance-detection", "attribution", "quantities"],
    "size_categories": ["n<1K"],
}

_KEPT = ("names", "kept")


def config_files(root: Path, config: str) -> list[Path]:
    """The JSONL files of a configuration, one a split, sorted by name."""
    return sorted((root / FOLDERS.get(config, f"annotations/{config}")).glob("*.jsonl"))


def content_hash(files: list[Path]) -> str:
    """Hash of names and bytes of the files, 16 hexadecimal digits."""
    digest = sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def describe_losses(root: Path) -> str:
    """What the tags of all splits give back of the names, and what they do not."""
    counts: list[dict[str, int]] = []
    for split in find_splits(root):
        corpus = load_corpus(root, split=split)
        entities = by_doc_id(corpus.entities)
        counts += [count_token_losses(one, entities[one.doc_id]) for one in corpus.documents if one.doc_id in entities]
    total = sum_losses(counts)
    lost = [f"{number} {name.replace('_', ' ')}" for name, number in sorted(total.items()) if name not in _KEPT]
    return f"IOB2 tags of {total['kept']} of {total['names']} names; not given back: {', '.join(lost) or 'none'}"


def front_matter(root: Path, version: str) -> str:
    """The YAML block between the two `---` lines, with both.

    Raises:
        InvalidDataError: A row of the corpus cannot be read.
    """
    configs, info = [], []
    losses = describe_losses(root)
    for name, record in CONFIGS.items():
        files = config_files(root, name)
        if not files:
            continue
        splits = [{"name": path.stem, "num_bytes": path.stat().st_size, "num_examples": _rows(path)} for path in files]
        configs.append(
            {
                "config_name": name,
                **({"default": True} if name == DEFAULT else {}),
                "version": version,
                "description": f"content sha256:{content_hash(files)}" + (f"; {losses}" if name == "tokens" else ""),
                "data_files": [{"split": path.stem, "path": path.relative_to(root).as_posix()} for path in files],
            }
        )
        info.append({"config_name": name, "features": dataset_features(record)._to_yaml_list(), "splits": splits})
    data = {**_HEAD, "configs": configs, "dataset_info": info}
    return "---\n" + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000) + "---\n"


def _rows(path: Path) -> int:
    return sum(1 for line in path.read_bytes().splitlines() if line.strip())


def split_card(text: str) -> tuple[str, str]:
    r"""Front matter (may be empty) and body of a README.

    >>> split_card("---\nlicense: other\n---\n# Title\n")
    ('---\nlicense: other\n---\n', '# Title\n')
    """
    if not text.startswith("---\n"):
        return "", text
    head, _, body = text[4:].partition("---\n")
    return f"---\n{head}---\n", body


def write_card(root: Path, version: str) -> None:
    """Write the front matter into README.md; the text below it stays as it is."""
    path = root / "README.md"
    body = split_card(path.read_text(encoding="utf-8"))[1]
    path.write_text(front_matter(root, version) + body, encoding="utf-8")


def check_card(root: Path, version: str) -> list[Finding]:
    """E608 if the front matter is not what the files on disk call for."""
    head, _ = split_card((root / "README.md").read_text(encoding="utf-8"))
    if head == front_matter(root, version):
        return []
    return [
        finding("E608", file="README.md", line=1, found="front matter of other content", expected="fresh front matter")
    ]
