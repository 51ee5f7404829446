"""Reporting verbs of the annotation guidelines, found in tokens by their inflected forms."""

from dataclasses import dataclass
from functools import cache

from goldassay.extract.text import Sentence
from goldassay.lexicons import ReportingVerb, load_lexicon, verb_forms


@dataclass(frozen=True, slots=True)
class FoundVerb:
    """A reporting verb at a place in a sentence: tokens `start` to `end`; `participle` and `gerund` by its form."""

    verb: ReportingVerb
    start: int
    end: int
    participle: bool
    gerund: bool


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], ReportingVerb]]]:
    """Verbs by the first word of each of their forms, longer ones first."""
    table: dict[str, list[tuple[tuple[str, ...], ReportingVerb]]] = {}
    for verb in load_lexicon("reporting_verbs"):
        for form in dict.fromkeys(verb_forms(verb)):
            words = tuple(form.split())
            table.setdefault(words[0], []).append((words, verb))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in table.items()}


def is_reporting_form(word: str) -> bool:
    """Whether a word can be a form of a reporting verb of one word.

    >>> is_reporting_form("denied"), is_reporting_form("lighthouse")
    (True, False)
    """
    return any(len(words) == 1 for words, _ in _forms().get(word, []))


def find_verbs(tokens: Sentence) -> list[FoundVerb]:
    """The reporting verbs of a sentence; one inside a longer one ("call" in "call for") is no verb of its own.

    >>> from goldassay.extract.text import tokenize
    >>> verbs = find_verbs(tokenize("Borduria called for calm and denied it."))
    >>> [(found.verb.lemma, found.verb.act) for found in verbs]
    [('call for', 'request'), ('deny', 'deny')]
    """
    words = [token.text.lower() for token in tokens]
    found: list[FoundVerb] = []
    for start, word in enumerate(words):
        if found and start < found[-1].end:
            continue
        for form, verb in _forms().get(word, []):
            if tuple(words[start : start + len(form)]) == form:
                _, past, participle, gerund = verb_forms(verb)[1:]
                joined = " ".join(form)
                found.append(FoundVerb(verb, start, start + len(form), joined in (past, participle), joined == gerund))
                break
    return found
