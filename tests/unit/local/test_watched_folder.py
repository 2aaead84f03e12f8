"""What is put into the watched folder goes to the bucket once, when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.watch import WatchedFolder

SERIES = "the-lantern-road"


class Bucket:
    """The two S3 calls, remembering what lies there."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803 (boto3's names)
        self.objects[Key] = Body

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803
        del self.objects[Key]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / SERIES).mkdir()
    return tmp_path


def test_a_file_is_copied_when_two_looks_found_it_the_same(folder: Path) -> None:
    bucket = Bucket()
    watched = WatchedFolder(folder, bucket, "manuscripts")
    chapter = folder / SERIES / "01.md"
    chapter.write_text("Once")
    assert watched.copy_changes() == []
    chapter.write_text("Once, half-written")
    assert watched.copy_changes() == []
    assert watched.copy_changes() == [f"{SERIES}/01.md"]
    assert bucket.objects == {f"{SERIES}/01.md": b"Once, half-written"}
    assert watched.copy_changes() == []


def test_what_lay_there_before_is_left_alone(folder: Path) -> None:
    (folder / SERIES / "00.md").write_text("From another day")
    bucket = Bucket()
    watched = WatchedFolder(folder, bucket, "manuscripts")
    assert [watched.copy_changes(), watched.copy_changes()] == [[], []]
    assert bucket.objects == {}


def test_a_file_that_is_taken_away_is_taken_back(folder: Path) -> None:
    bucket = Bucket()
    watched = WatchedFolder(folder, bucket, "manuscripts")
    chapter = folder / SERIES / "01.md"
    chapter.write_text("Once")
    watched.copy_changes()
    watched.copy_changes()
    chapter.unlink()
    watched.copy_changes()
    assert watched.copy_changes() == [f"{SERIES}/01.md"]
    assert bucket.objects == {}


def test_hidden_files_and_files_outside_a_series_stay(folder: Path) -> None:
    bucket = Bucket()
    watched = WatchedFolder(folder, bucket, "manuscripts")
    (folder / SERIES / ".01.md.swp").write_text("An editor's own")
    (folder / "stray.md").write_text("Nobody's")
    watched.copy_changes()
    assert watched.copy_changes() == []
