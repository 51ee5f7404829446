"""Names in predictions that the text does not have (E503): nothing can tell whom they mean."""

import re
from collections.abc import Iterable, Iterator

from goldassay.formats.folding import fold
from goldassay.formats.grounding import Quote, ground_strings
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.predictions import Prediction, Reference
from goldassay.model.printable import quoted

_WORD = re.compile(r"\w+")


def check_names(prediction: Prediction, document: Document, *, file: str) -> Iterator[Finding]:
    """A warning for each holder, source, `toward` and subject named by words that do not stand in the text.

    Words that all stand there, but not side by side (a title before a surname), pass. Targets are not judged: they may
    be propositions in the system's own words.
    """
    words = set(_WORD.findall(fold(document.text, case=True)))
    for place, name in _iterate_names(prediction):
        apart = set(_WORD.findall(fold(name, case=True)))
        if apart <= words or ground_strings(document.text, [Quote(name)])[0].span is not None:
            continue
        yield finding(
            "E503",
            found=quoted(name),
            expected="a name that stands in the text",
            file=file,
            line=prediction.line,
            doc_id=document.doc_id,
            field=place,
        )


def _iterate_names(prediction: Prediction) -> Iterator[tuple[str, str]]:
    for index, stance in enumerate(prediction.stances or ()):
        named = [("holder", stance.holder), ("toward", stance.toward), *_sources(stance.sources)]
        yield from _texts(f"stances[{index}]", named)
    for index, fact in enumerate(prediction.numeric_facts or ()):
        yield from _texts(f"numeric_facts[{index}]", [("subject", fact.subject), *_sources(fact.sources)])


def _sources(sources: tuple[Reference, ...] | None) -> list[tuple[str, Reference | None]]:
    # AUTHOR may have been added in front, so that a position would not always be that of the line.
    return [("sources", source) for source in sources or ()]


def _texts(path: str, named: Iterable[tuple[str, Reference | None]]) -> Iterator[tuple[str, str]]:
    for field, reference in named:
        if reference is not None and reference.text is not None and reference.entity is None:
            yield f"{path}.{field}", reference.text
