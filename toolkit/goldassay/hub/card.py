"""What `datasets.load_dataset(<checkout>, config)` reads: the front matter of README.md, and `.huggingface.yaml`.

The front matter says which files make up a configuration; the features, which are long, stand in the second file, so
that the README stays a page for people. `datasets` reads the two as one.

`datasets` caches a local directory by its configuration alone, so edited gold would silently load as the old one. The
hash of the content therefore stands in each configuration's description and changes with every edit. Gold that is no
release says so beside it; the second file carries the same words to `load_dataset(…).info.description`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from goldassay.corpus.corpus import by_doc_id, load_corpus
from goldassay.corpus.features import CONFIGS, DEFAULT, dataset_features
from goldassay.corpus.layout import find_splits
from goldassay.corpus.version import plain_number
from goldassay.corpus.views import count_token_losses, sum_losses
from goldassay.formats.files import write_atomically
from goldassay.hub.contents import count_contents
from goldassay.model.finding import Finding, finding

FOLDERS = {name: f"corpus/{name}" for name in ("full", "documents", "tokens")}
"""Where the files of a configuration that hold the texts lie; every other one under annotations/<name>."""

README = "README.md"
FEATURES = ".huggingface.yaml"

_HEAD: dict[str, Any] = {
    "pretty_name": "goldassay-news",
    "license": "other",
    "license_name": "annotations-cc-by-4.0-texts-of-their-publishers",
    "license_link": "LICENSES.md",
    "annotations_creators": ["machine-generated"],
    "task_categories": ["token-classification", "text-classification"],
    "tags": ["named-entity-recognition", "coreference", "stance-detection", "attribution", "quantities"],
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

    `datasets` asks for versions of three numbers, so what stands after them is said in the descriptions.

    Raises:
        InvalidDataError: A row of the corpus cannot be read.
    """
    said = describe_configs(root, version)
    contents = count_contents(root)
    configs = [
        {
            "config_name": name,
            **({"default": True} if name == DEFAULT else {}),
            "version": plain_number(version),
            "description": said[name],
            "data_files": [{"split": path.stem, "path": path.relative_to(root).as_posix()} for path in files],
        }
        for name, files in _files(root).items()
    ]
    head = {**_HEAD, "language": list(contents.languages), "size_categories": [contents.size]}
    return f"---\n{_yaml({**head, 'configs': configs})}---\n"


def describe_configs(root: Path, version: str) -> dict[str, str]:
    """What each configuration says of itself: the hash of its content, the version if it is no release, its losses."""
    said = {}
    for name, files in _files(root).items():
        parts = [f"content sha256:{content_hash(files)}"]
        parts += [] if version == plain_number(version) else [f"{version}, not a release"]
        parts += [describe_losses(root)] if name == "tokens" else []
        said[name] = "; ".join(parts)
    return said


def describe_features(root: Path, version: str) -> str:
    """What `datasets` makes the `info` of a configuration of: the text of `.huggingface.yaml`."""
    said = describe_configs(root, version)
    info = [
        {
            "config_name": name,
            "description": said[name],
            "features": dataset_features(CONFIGS[name])._to_yaml_list(),
            "splits": [
                {"name": path.stem, "num_bytes": path.stat().st_size, "num_examples": _rows(path)} for path in files
            ],
        }
        for name, files in _files(root).items()
    ]
    return (
        "# Generated by `goldassay build`; `datasets` reads it together with the front matter of README.md.\n"
        + _yaml({"dataset_info": info})
    )


def _files(root: Path) -> dict[str, list[Path]]:
    return {name: files for name in CONFIGS if (files := config_files(root, name))}


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)


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
    """Write the front matter of README.md, whose text below stays as it is, and the file of features."""
    path = root / README
    body = split_card(path.read_text(encoding="utf-8"))[1]
    write_atomically(path, [(front_matter(root, version) + body).encode()])
    write_atomically(root / FEATURES, [describe_features(root, version).encode()])


def check_card(root: Path, version: str) -> list[Finding]:
    """E608 for what is not as the files on disk call for."""
    findings = []
    head, _ = split_card((root / README).read_text(encoding="utf-8"))
    if head != front_matter(root, version):
        there, wanted = "front matter of other content", "fresh front matter"
        findings.append(finding("E608", file=README, line=1, found=there, expected=wanted))
    path = root / FEATURES
    if not path.is_file() or path.read_text(encoding="utf-8") != describe_features(root, version):
        there = "other content" if path.is_file() else "no file"
        findings.append(finding("E608", file=FEATURES, found=there, expected="the features of the records"))
    return findings
