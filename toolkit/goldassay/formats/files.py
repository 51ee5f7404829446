"""Files written whole or not at all."""

import os
import uuid
from collections.abc import Iterable
from pathlib import Path


def write_atomically(path: str | os.PathLike[str], chunks: Iterable[bytes]) -> None:
    """Write a file beside its final name and move it there, so that readers see the old or the new, never half.

    A link is followed, the permissions of a file that is replaced are kept, and nothing is left behind on failure.
    """
    final = Path(path).resolve()
    draft = final.with_name(f".{final.name[:100]}.{uuid.uuid4().hex}.tmp")
    try:
        with draft.open("xb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if final.exists():
            draft.chmod(final.stat().st_mode & 0o777)
        draft.replace(final)
    finally:
        draft.unlink(missing_ok=True)
