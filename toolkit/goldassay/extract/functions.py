"""Python functions and objects as systems, wherever they come from."""

import difflib
import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from goldassay.extract.base import ALL_LAYERS, COVERED, System, UnknownSystemError
from goldassay.extract.command import digest_files
from goldassay.model.printable import printable


def as_system(loaded: object, spec: str) -> System:
    """Make a system of what was loaded: an extractor, a function that returns one, or a function of a document.

    A function of a document may carry the attributes of an extractor (`version`, `layers`, `seen_seeds`, `family`).

    Raises:
        UnknownSystemError: It is none of these.

    >>> as_system(lambda document: [], "mine").layers == ALL_LAYERS
    True
    """
    if callable(loaded) and _makes_an_extractor(loaded):
        try:
            loaded = loaded()
        except Exception as error:
            cause = f"{type(error).__name__}: {printable(str(error), 200)}"
            raise UnknownSystemError(f"{spec!r} cannot be made ({cause})") from error
    if isinstance(loaded, System):
        return replace(loaded, spec=spec)
    extract = getattr(loaded, "extract", loaded)
    if not callable(extract):
        found = type(loaded).__name__
        raise UnknownSystemError(f"{spec!r} is of type {found}; expected a function of a document or an extractor")
    code = _source_digest(extract)
    layers = frozenset(getattr(loaded, "layers", ALL_LAYERS))
    if not layers <= ALL_LAYERS:
        raise UnknownSystemError(f"{spec!r} covers {sorted(layers - ALL_LAYERS)}; the layers are {', '.join(COVERED)}")
    return System(
        name=str(getattr(loaded, "name", spec)),
        version=str(getattr(loaded, "version", f"sha256:{code[:12]}" if code else "unknown")),
        layers=layers,
        extract=extract,
        seen_seeds=getattr(loaded, "seen_seeds", None),
        family=getattr(loaded, "family", None),
        note=getattr(loaded, "note", None),
        packages=tuple(getattr(loaded, "packages", ())),
        code=code,
        spec=spec,
    )


def _makes_an_extractor(loaded: Callable[..., object]) -> bool:
    """Whether this is a class of extractors or a function without parameters."""
    if inspect.isclass(loaded):
        return True
    try:
        return not hasattr(loaded, "extract") and not inspect.signature(loaded).parameters
    except ValueError:  # a function of C code that does not say what it takes
        return False


def import_object(target: str) -> object:
    """The object that `module:name` means; whatever its module raises is said, not raised."""
    module, _, path = target.partition(":")
    try:
        found: object = importlib.import_module(module)
    except Exception as error:
        cause = f"{type(error).__name__}: {printable(str(error), 200)}"
        raise UnknownSystemError(f"cannot import {module!r} ({cause}); install it or run beside it") from error
    for name in path.split("."):
        if not hasattr(found, name):
            known = [entry for entry in vars(found) if not entry.startswith("_")] if inspect.ismodule(found) else []
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise UnknownSystemError(f"{module!r} has no {name!r}{hint}")
        found = getattr(found, name)
    return found


def _source_digest(extract: object) -> str | None:
    """Digest of the file that defines a function, or null where there is none to read."""
    try:
        return digest_files([Path(inspect.getfile(inspect.unwrap(extract)))])  # type: ignore[arg-type]
    except (TypeError, OSError):
        return None
