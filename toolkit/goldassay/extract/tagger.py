"""Baseline `sklearn-tagger`: a linear classifier of tokens, trained on text made by this project's own code.

Logistic regression by stochastic gradient descent (scikit-learn) over hashed features of a token and its neighbours.
Each token is classified by itself; neighbours of one type are joined to a span. Training takes seconds and happens when
the system is loaded: there is no model file. Everything is seeded and runs in one thread.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from goldassay.extract.base import Extract
from goldassay.extract.gazetteer import Gazetteer, load_gazetteer, match_name
from goldassay.extract.synthetic import OUTSIDE, make_sentences
from goldassay.extract.text import Sentence, Token, sentences_of, span_of
from goldassay.model.document import Document
from goldassay.model.record import spans_text

_SEED, _SENTENCES, _FEATURES, _EPOCHS = 13, 2000, 2**15, 5
_NEIGHBOURS = (-2, -1, 1, 2)


def load() -> Extract:
    """The extract function, with the classifier trained."""
    from sklearn.feature_extraction import FeatureHasher

    gazetteer = load_gazetteer()
    hasher = FeatureHasher(_FEATURES, input_type="string", alternate_sign=False)
    classifier = train(gazetteer, hasher)
    return lambda document: {"mentions": list(_tag(document, gazetteer, hasher, classifier))}


def train(gazetteer: Gazetteer, hasher: Any, sentences: int = _SENTENCES) -> Any:
    """Train the classifier on sentences made by code."""
    from sklearn.linear_model import SGDClassifier

    rows: list[list[str]] = []
    tags: list[str] = []
    for labelled in make_sentences(gazetteer, count=sentences, seed=_SEED):
        rows += features(_as_tokens([word for word, _ in labelled]), gazetteer)
        tags += [tag.removeprefix("B-").removeprefix("I-") for _, tag in labelled]
    classifier = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=_EPOCHS, tol=None, average=True, random_state=_SEED, n_jobs=1
    )
    return classifier.fit(hasher.transform(rows), tags)


def _as_tokens(words: Sequence[str]) -> Sentence:
    """Words as tokens, one space apart."""
    tokens, start = [], 0
    for word in words:
        tokens.append(Token(word, start, start + len(word)))
        start += len(word) + 1
    return tokens


def features(tokens: Sentence, gazetteer: Gazetteer) -> list[list[str]]:
    """Features of each token: its word, form, ends and gazetteer type, and word and form of its neighbours."""
    known = _known(tokens, gazetteer)
    rows = []
    for place, token in enumerate(tokens):
        row = [
            "bias",
            f"word={token.text.lower()}",
            f"form={form(token.text)}",
            f"start={token.text[:3]}",
            f"end={token.text[-3:].lower()}",
            f"known={known[place]}",
            f"first={place == 0}",
        ]
        for offset in _NEIGHBOURS:
            inside = 0 <= place + offset < len(tokens)
            word = tokens[place + offset].text if inside else ""
            row += [f"{offset}:word={word.lower()}", f"{offset}:form={form(word)}"]
            row.append(f"{offset}:known={known[place + offset] if inside else ''}")
        row.append(f"forms={form(tokens[place - 1].text) if place else ''}|{form(token.text)}")
        rows.append(row)
    return rows


def _known(tokens: Sentence, gazetteer: Gazetteer) -> list[str]:
    """The gazetteer's type of each token, empty where it has none."""
    known = [""] * len(tokens)
    place = 0
    while place < len(tokens):
        match = match_name(gazetteer, tokens, place)
        length = match[0] if match else 1
        if match:
            known[place : place + length] = [match[1].type] * length
        place += length
    return known


def form(word: str) -> str:
    """How a word is written, in one letter for each stretch of capitals, small letters, digits and marks.

    >>> [form(word) for word in ("Kyiv", "U.N.", "F-16", "al-Rashid", "boats")]
    ['Xx', 'X.X.', 'X.9', 'x.Xx', 'x']
    """
    kinds = ["X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else "." for c in word]
    return "".join(kind for place, kind in enumerate(kinds) if place == 0 or kinds[place - 1] != kind)


def _tag(document: Document, gazetteer: Gazetteer, hasher: Any, classifier: Any) -> Iterator[dict[str, object]]:
    """The names that the classifier finds, as prediction items in text order."""
    for tokens in sentences_of(document):
        tags = [str(tag) for tag in classifier.predict(hasher.transform(features(tokens, gazetteer)))]
        for start, end, kind in join_tags(tags):
            span = span_of(tokens[start:end])
            text = spans_text(document.text, [span])
            yield {"spans": [list(span)], "text": text, "type": kind, "level": "NAM"}


def join_tags(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Spans of tokens that have the same type.

    >>> list(join_tags(["ORG", "ORG", "O", "GPE", "NORP"]))
    [(0, 2, 'ORG'), (3, 4, 'GPE'), (4, 5, 'NORP')]
    """
    place = 0
    for kind, run in groupby(tags):
        length = len(list(run))
        if kind != OUTSIDE:
            yield place, place + length, kind
        place += length
