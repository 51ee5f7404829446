"""corpus/DATASHEET.md answers every question of both standards that it follows, and its facts are those of the data."""

import re
from pathlib import Path

from goldassay.corpus.corpus import load_corpus

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "corpus" / "DATASHEET.md").read_text(encoding="utf-8")

# Datasheets for Datasets (Gebru et al., 2021): a short key of each question, and the heading that answers it.
DATASHEET: dict[str, dict[str, str]] = {
    "Motivation": {
        "purpose": "Why was it made?",
        "creators": "Who made it?",
        "funding": "Who paid for it?",
    },
    "Composition": {
        "instances": "What is an instance?",
        "number": "How many are there?",
        "sample": "Is it a sample?",
        "data of an instance": "What does an instance hold?",
        "label": "Is there a label?",
        "missing information": "What is missing?",
        "relationships": "How are instances related?",
        "splits": "Are there splits?",
        "errors, noise, redundancy": "Errors and noise.",
        "external resources": "Does it depend on anything outside?",
        "confidentiality": "Is anything confidential?",
        "offence": "May it offend?",
        "sub-populations": "Does it identify groups of people?",
        "identifiable persons": "Can persons be identified?",
        "sensitive data": "Is anything sensitive?",
    },
    "Collection": {
        "how acquired": "How was it acquired?",
        "mechanisms": "By which means?",
        "sampling strategy": "How was a sample drawn?",
        "who collected, compensation": "Who collected it, and how were they paid?",
        "time frame": "Over what time?",
        "ethical review": "Was there an ethical review?",
        "directly or from others": "Was it collected from the persons it is about?",
        "notification": "Were they notified?",
        "consent": "Did they consent?",
        "revocation": "Can consent be revoked?",
        "impact assessment": "Was the impact on them assessed?",
    },
    "Preprocessing and annotation": {
        "preprocessing, labelling": "What was done to the texts?",
        "raw data": "Are the raw data kept?",
        "software": "Is the software available?",
    },
    "Uses": {
        "used already": "Has it been used already?",
        "repository of papers and systems": "Where are papers and systems that use it?",
        "other tasks": "Intended.",
        "risks and harms of composition": "Limits to keep in mind.",
        "not to be used for": "Not intended.",
    },
    "Distribution": {
        "third parties": "Is it given to others?",
        "how, DOI": "How is it distributed?",
        "when": "When was it distributed?",
        "licence": "Rights.",
        "restrictions of others": "Do others restrict its use?",
        "export control": "Export control.",
    },
    "Maintenance": {
        "who hosts": "Who keeps it?",
        "contact": "Whom to ask?",
        "erratum": "Is there an erratum?",
        "updates": "How often is it updated?",
        "retention": "Is there a limit on keeping data about people?",
        "older versions": "Are older versions supported?",
        "contributions": "Can others contribute?",
    },
}
# The data statement (Bender and Friedman, 2018), by its rows.
STATEMENT = (
    *("Curation rationale", "Language variety", "Speaker demographics", "Annotator demographics", "Speech situation"),
    *("Text characteristics", "Recording quality", "Other characteristics", "Provenance"),
)


def sections() -> dict[str, str]:
    """The text below each heading of the second level."""
    found = re.split(r"^## (.+)\n", PAGE, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def answers(section: str) -> dict[str, str]:
    """The paragraphs of a section by what stands in bold before them."""
    return dict(re.findall(r"^\*\*([^*\n]+)\*\* (\S.*)$", section, re.MULTILINE))


def test_every_question_has_its_answer() -> None:
    found = {name: answers(text) for name, text in sections().items()}
    missing = [
        f"{section}, {key}"
        for section, questions in DATASHEET.items()
        for key, heading in questions.items()
        if len(found[section].get(heading, "").split()) == 0
    ]
    assert missing == []
    assert sum(map(len, DATASHEET.values())) == 50


def test_every_part_of_the_data_statement_has_its_row() -> None:
    rows = re.findall(r"^\| ([^|]+?)(?: \([^)]*\))? \| (\S[^|]*) \|$", sections()["Data statement"], re.MULTILINE)
    assert tuple(name for name, _ in rows) == STATEMENT


def test_what_is_said_of_the_texts_is_so() -> None:
    corpus = load_corpus(ROOT)
    texts = {document.doc_id: document.text for document in corpus.documents}
    assert len(texts) == 2
    assert "**Two** English news articles" in PAGE
    assert {document.language for document in corpus.documents} == {"en"}
    situation = dict(re.findall(r"^\| (Speech situation) \| (.*) \|$", PAGE, re.MULTILINE))["Speech situation"]
    for quote in re.findall(r"“(July [^”]+)”", situation):
        assert quote in texts["seed-000"]
    days = {time.text for row in corpus.numeric_facts if row.doc_id == "seed-000" for time in row.times}
    assert {"July 8", "July 10"} <= days
    lengths = sorted(len(document.sentences) for document in corpus.documents)
    assert f"short articles of {lengths[0]} and {lengths[1]} sentences" in PAGE


def test_a_question_without_an_answer_would_be_seen() -> None:
    assert answers("**Who pays?**\n\n**Who asks?** Nobody.\n") == {"Who asks?": "Nobody."}
