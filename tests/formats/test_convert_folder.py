"""Folders that a conversion wrote: replaced on request, with no other file touched."""

from pathlib import Path

import pytest

from goldassay.errors import UsageError
from goldassay.exchange.folder import LIST, check_folder, read_list, write_folder

OLD = {"a.txt": b"Zenda", "a.ann": b"T1", "b.txt": b"Dol"}
NEW = {"a.txt": b"Zenda fell", "c.txt": b"Mora"}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LIST}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_a_new_folder_an_empty_one_and_none_are_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("none", "empty"):
        check_folder(tmp_path / name, force=False)
        write_folder(tmp_path / name, OLD)
        assert files(tmp_path / name) == OLD


def test_a_repetition_replaces_what_was_written_and_leaves_the_rest(folder: Path) -> None:
    (folder / "notes.md").write_bytes(b"mine")
    check_folder(folder, force=True)
    write_folder(folder, NEW)
    assert files(folder) == {**NEW, "notes.md": b"mine"}
    assert (read_list(folder) or {}).keys() == NEW.keys()


def test_without_force_or_a_list_a_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="replace its files with --force"):
        check_folder(folder, force=False)
    (tmp_path / "notes.md").write_bytes(b"mine")
    with pytest.raises(UsageError, match="convert did not write"):
        check_folder(tmp_path, force=True)


@pytest.mark.parametrize(
    "change", [lambda path: path.write_bytes(b"edited"), lambda path: path.unlink() or path.mkdir()]
)
def test_a_file_that_was_edited_since_is_not_replaced(folder: Path, change: object) -> None:
    change(folder / "a.ann")  # type: ignore[operator]
    with pytest.raises(UsageError, match=r"a\.ann was changed since"):
        check_folder(folder, force=True)


def test_a_file_that_is_gone_is_no_obstacle(folder: Path) -> None:
    (folder / "a.ann").unlink()
    check_folder(folder, force=True)


def test_a_foreign_file_in_the_way_stops_all(folder: Path, tmp_path: Path) -> None:
    (folder / "c.txt").symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(UsageError, match=r"c\.txt is in the way"):
        write_folder(folder, NEW)
    assert not (tmp_path / "elsewhere.txt").exists()
    assert {name: (folder / name).read_bytes() for name in OLD} == OLD


def test_a_list_cannot_lead_out_of_its_folder(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"Zenda")
    listed = (folder / LIST).read_text()
    (folder / LIST).write_text(listed + listed.split()[0] + "  ../outside.txt\n")
    with pytest.raises(UsageError, match="is no list of files"):
        check_folder(folder, force=True)
    assert outside.exists()


def test_a_conversion_that_was_broken_off_can_be_repeated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops after the first file; old and new files are both known by then."""
    from goldassay.exchange import folder as module

    write, names = module.write_atomically, []

    def stop(path: Path, chunks: list[bytes]) -> None:
        if path.name == "c.txt":
            raise OSError("disk full")
        names.append(path.name)
        write(path, chunks)

    monkeypatch.setattr(module, "write_atomically", stop)
    with pytest.raises(OSError, match="disk full"):
        write_folder(folder, NEW)
    monkeypatch.undo()
    assert names == [LIST, "a.txt"]
    check_folder(folder, force=True)
    write_folder(folder, NEW)
    assert files(folder) == NEW
