"""The zip in which a book lies."""

import io
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.rendering.book.container import bind, member, unbind, unpack

NAMES = st.text("abcdefghi-/é漢", min_size=1, max_size=30)


@given(st.dictionaries(NAMES, st.tuples(st.binary(max_size=2000), st.text("0123 x", max_size=40), st.booleans())))
def test_what_is_bound_is_read_by_anybody_and_unbound_as_it_was(
    contents: dict[str, tuple[bytes, str, bool]],
) -> None:
    members = [member(name, data, mark=mark, stored=stored) for name, (data, mark, stored) in contents.items()]

    bound = bind(members)

    with ZipFile(io.BytesIO(bound)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {n: c[0] for n, c in contents.items()}
    again = unbind(bound)
    assert [one.says for one in again.values()] == [one.says for one in members]
    assert [unpack(one) for one in again.values()] == [data for data, _, _ in contents.values()]
    assert bind(again.values()) == bound


def test_the_first_member_stands_at_the_very_beginning_as_it_is() -> None:
    """EPUB 3.3, 4.3.2: a reader may look for the media type at byte 38."""
    bound = bind([member("mimetype", b"application/epub+zip", stored=True), member("a", b"a")])

    assert bound[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(io.BytesIO(bound)) as archive:
        assert archive.infolist()[0].compress_type == ZIP_STORED
        assert not archive.infolist()[0].extra


def test_of_a_damaged_container_nothing_is_taken_over() -> None:
    bound = bind([member("a", b"a" * 1000)])

    assert unbind(bound[:-10]) == {}
    assert unbind(b"no zip at all") == {}
