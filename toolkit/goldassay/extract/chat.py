"""The same question for every chat model: a versioned prompt out, the model's answers in. No model is called here."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from goldassay.formats.chat_answer import LISTS, NoAnswerError, answer_schema, find_answer, to_prediction
from goldassay.formats.jsonl import iterate_rows
from goldassay.model.document import Document
from goldassay.model.finding import Finding, finding
from goldassay.model.printable import quoted
from goldassay.model.record import Id, Record


class ChatReply(Record, frozen=True, kw_only=True):
    """One line of a file of answers: the text that a model wrote about a document, or its JSON object."""

    doc_id: Id
    answer: str | dict[str, Any] | None
    run: str | int | None = None


@cache
def _template() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("chat_prompt.toml").read_text(encoding="utf-8"))


def prompt_version() -> str:
    """The version of the wording; results of two versions are not comparable.

    >>> prompt_version()
    'chat-1'
    """
    return str(_template()["version"])


def build_messages(document: Document, layers: Sequence[str]) -> list[dict[str, str]]:
    """The messages to send about one document, in the form that chat interfaces share: role and content."""
    template = _template()
    asked = "\n".join(template["layers"][layer].strip() for layer in layers)
    schema = json.dumps(answer_schema(layers), ensure_ascii=False, separators=(",", ":"))
    # str.replace and not str.format: texts and schemas are full of braces. The text goes in last.
    user = template["user"].strip().replace("{layers}", asked).replace("{schema}", schema)
    return [
        {"role": "system", "content": template["system"].strip()},
        {"role": "user", "content": user.replace("{text}", document.text)},
    ]


def write_prompts(documents: Iterable[Document], layers: Sequence[str]) -> Iterator[bytes]:
    """One JSON line a document: `doc_id`, `version` and `messages`."""
    for document in documents:
        messages = build_messages(document, layers)
        line = {"doc_id": document.doc_id, "version": prompt_version(), "messages": messages}
        yield msgspec.json.encode(line) + b"\n"


def read_answers(lines: Iterable[bytes], *, file: str) -> Iterator[dict[str, Any] | Finding]:
    """The prediction line of every answer, or a finding for one that cannot be read; none is passed over.

    A document whose answer is null or holds no JSON has no prediction line: it is unanswered, not answered with
    nothing.
    """
    for row in iterate_rows(lines, ChatReply, file=file):
        yield from row.findings
        if row.value is None:
            continue
        reply = row.value
        text = reply.answer if isinstance(reply.answer, str) else ""
        try:
            answer = reply.answer if isinstance(reply.answer, dict) else find_answer(text)
        except NoAnswerError as error:
            yield finding(
                "E102",
                found=f"{error} in {quoted(text)}",
                expected="one JSON object that fits the schema",
                fix="ask again, or leave the document unanswered",
                file=file,
                line=row.line,
                doc_id=reply.doc_id,
                field="answer",
            )
            continue
        line = to_prediction(reply.doc_id, answer)
        yield line if reply.run is None else line | {"run": reply.run}


def check_layers(layers: Sequence[str]) -> list[str]:
    """The layers asked for in their own order; all for none.

    Raises:
        KeyError: There is no question for a layer of that name.

    >>> check_layers(["stances"]), check_layers([])
    (['stances'], ['entities', 'stances', 'numeric_facts'])
    """
    for layer in layers:
        if layer not in LISTS:
            raise KeyError(layer)
    return [layer for layer in LISTS if layer in layers or not layers]
