"""A folder of somebody's texts: read once, looked up by hash, by name, and at last one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from goldassay.errors import UsageError
from goldassay.formats.folding import fold
from goldassay.model.finding import Finding, finding

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by the path of their file below the folder, and what could not be read."""

    texts: dict[str, str]
    findings: tuple[Finding, ...] = ()
    _hashes: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    def of_hash(self, digest: str) -> str | None:
        """The text of a SHA-256, null if there is none."""
        if not self._hashes:
            self._hashes.update({sha256(text.encode()).hexdigest(): name for name, text in self.texts.items()})
        return self.texts[self._hashes[digest]] if digest in self._hashes else None

    def folded(self, name: str) -> str:
        """The folded text of a file."""
        if name not in self._folded:
            self._folded[name] = fold(self.texts[name])
        return self._folded[name]

    def in_order(self, doc_id: str) -> Iterator[str]:
        """The names of all files, those named after the document first."""
        return iter(sorted(self.texts, key=lambda name: (Path(name).stem != doc_id, Path(name).name != doc_id, name)))


def read_texts(folder: Path) -> Texts:
    """All files below a folder but hidden ones, as UTF-8 or, with a byte order mark, as UTF-16.

    Raises:
        UsageError: There is no such folder, or no file in it.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    paths = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    if not paths:
        raise UsageError(f"no texts in {folder}")
    texts: dict[str, str] = {}
    findings = []
    for path in paths:
        raw, name = path.read_bytes(), path.relative_to(folder).as_posix()
        coding = next((coding for mark, coding in _MARKS if raw.startswith(mark)), "utf-8")
        try:
            texts[name] = raw.decode(coding)
        except UnicodeDecodeError as error:
            found = f"byte 0x{raw[error.start]:02x}" if error.start < len(raw) else "half a character"
            findings.append(finding("E101", found=found, expected="UTF-8", file=name, severity="warning"))
    return Texts(texts, tuple(findings))
