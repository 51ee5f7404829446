"""Documents as files of other tools have them: ids that are safe, texts that can be written, names for files."""

import re
from urllib.parse import quote, unquote

import msgspec

from goldassay.errors import UsageError
from goldassay.exchange.reading import Reading
from goldassay.formats.gold import GoldLine, hash_text
from goldassay.model.printable import quoted

_LONGEST_ID, _LONGEST_NAME = 128, 200


class Ids:
    """The ids of the documents of one file, each given once."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._seen = reading, set[str]()

    def accept(self, doc_id: object, *, line: int | None = None) -> str | None:
        """The id as a word, or null with a finding where it cannot be one or was there before.

        A number is taken for its digits.
        """
        plain = str(doc_id) if type(doc_id) is int else doc_id
        if not isinstance(plain, str) or not 0 < len(plain) <= _LONGEST_ID or not is_writable(plain):
            found = quoted(plain) if isinstance(plain, str) else type(plain).__name__
            self._reading.report("E105", found, f"an id of 1 to {_LONGEST_ID} characters", line=line, field="id")
            return None
        if plain in self._seen:
            self._reading.report("E306", "a second document of this id", "each id once", line=line, doc_id=plain)
            return None
        self._seen.add(plain)
        return plain

    def accept_text(self, text: str, doc_id: str, *, line: int | None = None) -> bool:
        """Whether the text can be written as UTF-8, with a finding where it cannot."""
        if not is_writable(text):
            self._reading.report("E101", "half of a surrogate pair", "text in Unicode", line=line, doc_id=doc_id)
            return False
        return True


def is_writable(text: str) -> bool:
    """Whether UTF-8 has bytes for it; JSON may smuggle in halves of surrogate pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def file_name(doc_id: str) -> str:
    """A document's id as the stem of a file, from which `id_of` gives it back; never a path.

    >>> file_name("../news 1"), id_of(file_name("../news 1"))
    ('%2E.%2Fnews%201', '../news 1')

    Raises:
        UsageError: The name would be longer than file systems take.
    """
    name = quote(doc_id, safe="")
    if name.startswith((".", "~")):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"the id {quoted(doc_id)} is too long for the name of a file; shorten it")
    return name


def escape_id(word: str) -> str:
    r"""An id or a label without white space and control characters, from which `id_of` gives it back.

    >>> escape_id("news 1\n"), id_of("news%201%0A")
    ('news%201%0A', 'news 1\n')
    """
    return re.sub(r"[\s%\x00-\x1f\x7f-\x9f]", lambda match: quote(match[0]), word)


def id_of(name: str) -> str:
    """The id that a file's stem or an escaped word stands for; one that is no escape stands for itself.

    >>> id_of("100%"), id_of("%FF")
    ('100%', '%FF')
    """
    try:
        return unquote(name, errors="strict")
    except UnicodeDecodeError:
        return name


def begin_line(doc_id: str, text: str, **fields: object) -> GoldLine:
    """A gold line to add layers to, with the hash of its text."""
    return msgspec.structs.replace(GoldLine(doc_id=doc_id, text=text, sha256=hash_text(text)), **fields)
