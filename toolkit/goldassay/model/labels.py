"""The closed label sets of the annotation schemes. Groups of every score come from here, never from data."""

from typing import Literal, get_args

EntityType = Literal["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"]
Level = Literal["NAM", "NOM", "PRO"]
Quote = Literal["direct", "mixed", "indirect", "narrated"]
TargetKind = Literal["entity", "proposition"]
Dimension = Literal["evaluation", "position", "belief", "intent"]
Act = Literal[
    "state",
    "deny",
    "accuse",
    "criticize",
    "support",
    "request",
    "warn",
    "threaten",
    "reject",
    "commit",
    "plan",
    "concede",
    "private",
]
StanceStatus = Literal["actual", "conditional", "hypothetical", "past", "future"]
StanceTier = Literal["core", "optional"]
Polarity = Literal["favor", "neutral", "against"]
Veracity = Literal["affirmed", "uncommitted", "denied"]
NumericKind = Literal[
    "cardinal",
    "ordinal",
    "rank",
    "money",
    "percent",
    "ratio",
    "measure",
    "duration",
    "age",
    "score",
    "identifier",
]
Approx = Literal["none", "approx", "below", "above", "vague"]
Bound = Literal["none", "min", "max"]
Property = Literal[
    "number_of",
    "amount",
    "price",
    "rate",
    "age",
    "length",
    "duration",
    "edition",
    "rank",
    "share_of",
    "change_in",
    "threshold",
    "target",
    "other",
]
Role = Literal["level", "change", "start", "end", "part", "total", "limit", "target"]
Direction = Literal["up", "down"]
FactStatus = Literal["actual", "ongoing", "planned", "predicted", "possible", "conditional", "demanded", "denied"]
Commitment = Literal["certain", "probable", "possible", "none"]
LinkType = Literal["part_of", "total_of", "same_as", "updates", "contradicts"]
FactTier = Literal["core", "implicit"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
ResolvedBy = Literal["metadata", "inferred", "external"]
Origin = Literal["news", "composed", "derived"]
AnnotatorKind = Literal["model", "human"]

ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
LEVELS: tuple[str, ...] = get_args(Level)
QUOTES: tuple[str, ...] = get_args(Quote)
DIMENSIONS: tuple[str, ...] = get_args(Dimension)
ACTS: tuple[str, ...] = get_args(Act)
NUMERIC_KINDS: tuple[str, ...] = get_args(NumericKind)
APPROXIMATORS: tuple[str, ...] = get_args(Approx)
TIME_TYPES: tuple[str, ...] = get_args(TimeType)

AUTHOR = "AUTHOR"
IMPLICIT = "IMPLICIT"
"""Holders and sources that are no entities: the writer of the document, and an agent left unsaid."""

LAYERS: tuple[str, ...] = ("entities", "stances", "numeric_facts")
