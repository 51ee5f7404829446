"""Invented gold of any number of documents with stances, and a system on it that errs in every way."""

import random

from goldassay.layers.base import GoldDocument
from goldassay.model.document import Document
from goldassay.model.entities import EntitiesRow, Entity
from goldassay.model.predictions import PredictedStance, Prediction, Reference
from goldassay.model.stances import Proposition, Stance, StancesRow, Target, sign

PLACES = ("Ruritania", "Zenda", "Strelsau", "Hentzau", "Tarlenheim")
OFFICES = ("", " Council", " Guard of the Northern Border", " Gazette", " Chancellor Anton")
NAMES = tuple(f"{place}{office}" for place in PLACES for office in OFFICES)
DEEDS = (
    "closes the border to wine",
    "buys forty new cannons from the foundry of the old town",
    "raises the toll on the bridge",
    "signs the treaty of the seven rivers with all of its neighbours",
    "pardons the guards",
)
HOSTILE = '<script>alert("1")</script> & $x^2$ \\n \u202e\x1b[31m ]]> 漢字'


def planted(n: int, seed: int = 3) -> tuple[list[GoldDocument], dict[str, Prediction]]:
    """Gold of `n` documents with eight stances each, and predictions with the gold's ids."""
    chance = random.Random(seed)
    said, documents = {}, []
    for number in range(n):
        stances = [_stance(chance, k) for k in range(8)]
        doc_id = f"d{number:03}"
        documents.append(_document(doc_id, stances, chance))
        said[doc_id] = Prediction(
            doc_id=doc_id, stances=tuple(_said(one, chance) for one in stances if chance.random() > 0.3)
        )
    return documents, said


def _stance(chance: random.Random, number: int) -> Stance:
    some = min(int(chance.expovariate(0.15)), len(NAMES) - 1)
    entity = chance.random() < 0.35
    target = Target(
        kind="entity" if entity else "proposition",
        id=f"e{chance.randrange(len(NAMES))}" if entity else f"p{chance.randrange(4)}",
    )
    grade = chance.choice([-2, -1, -1, 0, 1, 1, 2])
    return Stance(id=f"s{number}", holder=f"e{some}", target=target, dimension="position", grade=grade, act="support")


def _document(doc_id: str, stances: list[Stance], chance: random.Random) -> GoldDocument:
    text = Document(
        doc_id=doc_id,
        title=None,
        text="",
        language="en",
        dct=None,
        dct_evidence=None,
        source="composed",
        rights="free",
        origin="composed",
        sha256="",
        sentences=[],
    )
    glosses = [f"{chance.choice(PLACES)} {chance.choice(DEEDS)}" for _ in range(3)]
    glosses.append(f"{HOSTILE} of {doc_id}" if doc_id.endswith("7") else f"{chance.choice(PLACES)} pays for {doc_id}")
    entities = [Entity(id=f"e{k}", type="ORG", name=name) for k, name in enumerate(NAMES)]
    propositions = [Proposition(id=f"p{k}", gloss=gloss) for k, gloss in enumerate(glosses)]
    return GoldDocument(
        text,
        EntitiesRow(doc_id=doc_id, entities=entities, mentions=[]),
        StancesRow(doc_id=doc_id, propositions=propositions, attributions=[], stances=stances),
    )


def _said(stance: Stance, chance: random.Random) -> PredictedStance:
    grade = stance.grade * chance.choice([1, 1, 1, -1])
    holder = Reference(entity=stance.holder) if chance.random() > 0.1 else Reference(text=f"{HOSTILE} of the moon")
    entity = stance.target.kind == "entity"
    target = Reference(entity=stance.target.id) if entity else Reference(proposition=stance.target.id)
    return PredictedStance(
        holder=holder, target=target, sign=sign(grade), belief=False, grade=grade, dimension="position"
    )
