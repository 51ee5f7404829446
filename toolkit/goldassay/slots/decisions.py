"""What the gold must say: agreement as it stands, disagreement as it was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldassay.model.adjudication import Choice, Decision, Reading
from goldassay.slots.disagreements import SIDES, disputed_fields
from goldassay.slots.fields import Fields, field_defaults, field_names
from goldassay.slots.layout import Slot
from goldassay.slots.wording import says


@dataclass(frozen=True, slots=True)
class Expected:
    """What the gold must say of one slot.

    fields   field to value, or to the reading that was decided; null if the gold must not have the record
    open     what is still to be decided, in words; the gold is judged only where there is nothing
    """

    fields: dict[str, Any] | None
    open: tuple[str, ...] = ()


def settle(slot: Slot, decision: Decision | None) -> Expected:
    """What follows for the gold from both passes and the decision on their dispute, or against their agreement."""
    disputed = disputed_fields(slot)
    sides = {side: slot.fields[side] for side in SIDES if side in slot.fields}
    if decision is None:
        agreed = sides["a"] if disputed is None and sides else None
        return Expected(agreed, () if disputed is None else ("the record" if not disputed else ", ".join(disputed),))
    if decision == "neither":
        return Expected(None)
    if isinstance(decision, str):
        return Expected(dict(sides[decision]) if decision in sides else None)
    return _mix(slot, decision, sides, disputed or ())


def _mix(slot: Slot, choices: Mapping[str, Choice], sides: Mapping[str, Fields], disputed: tuple[str, ...]) -> Expected:
    """The fields chosen one by one, on what the passes agree on or the only one that has the record says."""
    defaults, names = field_defaults(slot.kind), field_names(slot.kind)
    base: dict[str, Any] = dict(next(iter(sides.values()), defaults))
    problems = [f"{name}, which is no field of {slot.kind}" for name in choices if name not in names]
    problems += [name for name in disputed if name not in choices]
    problems += [f"{name}, which needs a value" for name in names if name not in base and name not in choices]
    for name, choice in choices.items():
        if isinstance(choice, Reading):
            base[name] = choice
        elif choice == "neither" and name in defaults:
            base[name] = defaults[name]
        elif choice in sides:
            base[name] = sides[choice].get(name)
        else:
            problems.append(f"{name}, for which {choice!r} has no value")
    return Expected(base, tuple(problems))


def departures(slot: Slot, expected: Expected, text: str) -> dict[str, tuple[Any, Any]]:
    """Fields in which the gold does not say what it must, with what it must say and what it says.

    A record that is there and should not be, or the other way round, is the field `""`.
    """
    gold = slot.fields.get("gold")
    if expected.fields is None or gold is None:
        return {} if expected.fields is gold else {"": (expected.fields, gold)}
    return {
        name: (wanted, gold[name])
        for name, wanted in expected.fields.items()
        if not (says(wanted.value, name, gold[name], text) if isinstance(wanted, Reading) else wanted == gold[name])
    }
