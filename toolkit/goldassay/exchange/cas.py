"""UIMA CAS as XMI or JSON, in the types of DKPro Core that INCEpTION and its like know.

A mention is a `NamedEntity` (`value`, `identifier`), an entity a `CoreferenceChain` of links, a sentence a `Sentence`.
Each document is a file of its own; beside XMI files lies `TypeSystem.xml`. dkpro-cassis turns offsets into UTF-16.
"""

import io
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from goldassay.corpus.sentences import split_sentences
from goldassay.errors import UsageError
from goldassay.exchange.assembly import assemble, type_of
from goldassay.exchange.documents import Ids, begin_line, file_name, id_of
from goldassay.exchange.losses import Carried, count_outvoted, count_rest, with_entities
from goldassay.exchange.paired import Placed, pair_up
from goldassay.exchange.reading import Counts, Line, Read, Reading, WriteOptions, Written
from goldassay.exchange.tokens import SENTENCES_MADE
from goldassay.formats.gold import GoldLine
from goldassay.model.record import Span

CARRIES: tuple[Carried, ...] = ("mentions", "clusters", "kb_ids", "sentences")

_API = "de.tudarmstadt.ukp.dkpro.core.api"
NAMED = f"{_API}.ner.type.NamedEntity"
LINK, CHAIN = f"{_API}.coref.type.CoreferenceLink", f"{_API}.coref.type.CoreferenceChain"
SENTENCE = f"{_API}.segmentation.type.Sentence"
TYPES = "TypeSystem.xml"
_OURS = (NAMED, LINK, CHAIN, SENTENCE, "uima.tcas.DocumentAnnotation", "uima.cas.Sofa", "uima.cas.FSArray")


def _cassis() -> ModuleType:
    try:
        return import_module("cassis")
    except ImportError as error:
        raise UsageError("UIMA CAS needs dkpro-cassis; install goldassay[formats]") from error


def _dkpro_types() -> Any:
    with warnings.catch_warnings():
        # The library reads its own file in a way that the standard library would rather not have.
        warnings.simplefilter("ignore", DeprecationWarning)
        return _cassis().load_dkpro_core_typesystem()


def write_xmi(lines: Sequence[Line], options: WriteOptions) -> Written:
    """An XMI file for each document and the type system.

    Raises:
        UsageError: dkpro-cassis is not installed.
    """
    types = _dkpro_types()
    written = _write(lines, ".xmi", lambda cas: str(cas.to_xmi()))
    return Written({**written.files, TYPES: types.to_xml().encode()}, written.lost, written.documents)


def write_cas_json(lines: Sequence[Line], options: WriteOptions) -> Written:
    """A JSON file for each document, with its types.

    Raises:
        UsageError: dkpro-cassis is not installed.
    """
    return _write(lines, ".json", lambda cas: str(cas.to_json(pretty_print=True)))


def _write(lines: Sequence[Line], suffix: str, encode: Callable[[Any], str]) -> Written:
    cassis, types = _cassis(), _dkpro_types()
    lost: Counts = Counter()
    files: dict[str, bytes] = {}
    for line in with_entities(lines, lost):
        if not all(one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff") for one in line.text):
            lost["documents with characters that XML has not"] += 1
            continue
        lost += count_rest(line, CARRIES)
        files[f"{file_name(line.doc_id)}{suffix}"] = encode(
            _fill(line, cassis.Cas(typesystem=types), types, lost)
        ).encode()
    return Written(files, lost, len(files))


def _fill(line: GoldLine, cas: Any, types: Any, lost: Counts) -> Any:
    cas.sofa_string, cas.sofa_mime = line.text, "text/plain"
    named, linked, chain, sentence = (types.get_type(name) for name in (NAMED, LINK, CHAIN, SENTENCE))
    sentences = line.sentences or split_sentences(line.text)
    lost[SENTENCES_MADE] += 0 if line.sentences else len(sentences)
    for start, end in sentences:
        cas.add(sentence(begin=start, end=end))
    entities = {one.id: one for one in line.entities or ()}
    whole = {one.id: type_of(one, entities) for one in line.mentions or () if len(one.spans) == 1}
    lost += count_outvoted(line, whole, links=True)
    lost["links of mentions at one place with one type, which may change places"] += _count_alike(line, whole)
    links: dict[str, list[Any]] = {}
    for one in line.mentions or ():
        if len(one.spans) > 1:
            lost["discontinuous mentions"] += 1
            continue
        (start, end), entity, type_ = one.spans[0], entities.get(one.entity or ""), type_of(one, entities)
        kb_id = one.kb_id or (entity.kb_id if entity is not None else None)
        cas.add(named(begin=start, end=end, value=type_, identifier=kb_id))
        if one.entity is not None:
            links.setdefault(one.entity, []).append(linked(begin=start, end=end, referenceType=type_))
    for members in links.values():
        for one, following in zip(members, [*members[1:], None], strict=True):
            one.next = following
            cas.add(one)
        cas.add(chain(first=members[0]))
    return cas


def _count_alike(line: GoldLine, types: Mapping[str, str]) -> int:
    """The mentions that only their links tell apart, which a coreference link does not have."""
    entities = {one.id: one for one in line.entities or ()}
    found: dict[tuple[Span, str], list[str | None]] = {}
    for one in line.mentions or ():
        if one.id in types:
            entity = entities.get(one.entity or "")
            link = one.kb_id or (entity.kb_id if entity is not None else None)
            found.setdefault((one.spans[0], types[one.id]), []).append(link)
    return sum(len(links) for links in found.values() if len(set(links)) > 1)


def read_xmi(reading: Reading) -> Read:
    """An XMI file with `TypeSystem.xml` beside it, or a folder of such files.

    Raises:
        UsageError: dkpro-cassis is not installed.
    """
    cassis = _cassis()
    folder = reading.path if reading.path.is_dir() else reading.path.parent
    source = folder / TYPES
    types = None
    if source.is_file() and _is_plain(source.read_bytes(), str(source), reading):
        types = _load(lambda: cassis.load_typesystem(io.BytesIO(source.read_bytes())), str(source), reading)
    elif not source.is_file():
        reading.report("E407", f"no {TYPES}", "the type system beside its documents")
    if types is None:
        return reading.done([])

    def load(raw: bytes) -> Any:
        return cassis.load_cas_from_xmi(io.BytesIO(raw), typesystem=types, lenient=True)

    return reading.done(list(_lines(reading, ".xmi", load)))


def read_cas_json(reading: Reading) -> Read:
    """A JSON file, or a folder of such files.

    Raises:
        UsageError: dkpro-cassis is not installed.
    """
    cassis = _cassis()
    return reading.done(list(_lines(reading, ".json", lambda raw: cassis.load_cas_from_json(io.BytesIO(raw)))))


def _lines(reading: Reading, suffix: str, load: Callable[[bytes], Any]) -> Iterator[GoldLine]:
    ids = Ids(reading)
    paths = sorted(reading.path.glob(f"*{suffix}")) if reading.path.is_dir() else [reading.path]
    for path in paths:
        raw, doc_id = path.read_bytes(), ids.accept(id_of(path.stem))
        if doc_id is None or not _is_plain(raw, str(path), reading):
            continue
        cas = _load(lambda raw=raw: load(raw), str(path), reading)  # type: ignore[misc]
        if cas is not None and isinstance(cas.sofa_string, str) and ids.accept_text(cas.sofa_string, doc_id):
            yield _line(cas, doc_id, path, reading)
        elif cas is not None:
            reading.report("E104", "no text", "a view with a text", doc_id=doc_id)


def _is_plain(raw: bytes, file: str, reading: Reading) -> bool:
    """Whether XML declares no entities of its own: they could stand for other files, or for far too much."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        reading.report("E105", f"a document type in {Path(file).name}", "plain XML", fix="delete the document type")
        return False
    return True


def _load(load: Callable[[], Any], file: str, reading: Reading) -> Any | None:
    # Whatever the library stumbles over is a fault of the file; it has no exception of its own for that.
    try:
        return load()
    except Exception as error:
        found = f"{Path(file).name}: {type(error).__name__}"
        reading.report("E105", found, "a CAS that dkpro-cassis reads")
        return None


def _line(cas: Any, doc_id: str, path: Path, reading: Reading) -> GoldLine:
    text = cas.sofa_string
    known = {one.name for one in cas.typesystem.get_types(built_in=True)}
    clusters: dict[str, list[Placed]] = {}
    for number, chain in enumerate(cas.select(CHAIN) if CHAIN in known else (), start=1):
        clusters[str(number)] = list(_members(chain, text, reading))
    named = [one for one in (cas.select(NAMED) if NAMED in known else ()) if _fits(one, text, doc_id, reading)]
    alone = [Placed((one.begin, one.end), one.value or None, one.identifier or None) for one in named]
    for one in cas.select_all_fs():
        if one.type.name not in _OURS:
            reading.lost[f"annotations of type {one.type.name.rsplit('.', 1)[-1]}"] += 1
    sentences = tuple((one.begin, one.end) for one in (cas.select(SENTENCE) if SENTENCE in known else ()))
    entities, mentions = assemble(text, pair_up(clusters, alone), reading)
    return begin_line(doc_id, text, sentences=sentences, entities=entities, mentions=mentions)


def _members(chain: Any, text: str, reading: Reading) -> Iterator[Placed]:
    seen: set[int] = set()
    link = chain.first
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        if _fits(link, text, None, reading):
            yield Placed((link.begin, link.end), link.referenceType or None)
        link = link.next


def _fits(one: Any, text: str, doc_id: str | None, reading: Reading) -> bool:
    if type(one.begin) is int and type(one.end) is int and 0 <= one.begin < one.end <= len(text):
        return True
    found = f"{one.begin} to {one.end}"
    reading.report("E202", found, f"offsets up to {len(text)}", doc_id=doc_id, field=one.type.name.rsplit(".", 1)[-1])
    return False
