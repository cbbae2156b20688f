from __future__ import annotations

import gzip
import random
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tasks.core.errors import BadInput, HomeUnusable
from tasks.edge.archive import Archive, ArchiveWriter, read_page

DAY = date(2026, 2, 17)
NOW = datetime(2026, 2, 17, 10, 30, 15, 250_000, tzinfo=UTC)


def add(writer: ArchiveWriter, body: bytes, url: str = "https://harbour.example/a", **parts: object) -> tuple[str, int]:
    given = {"status": 200, "content_type": "text/html; charset=utf-8", "fetched_at": NOW, **parts}
    return writer.add(url=url, body=body, **given)  # type: ignore[arg-type]


def test_every_page_comes_back_as_it_was(tmp_path: Path) -> None:
    bodies = [b"<p>one</p>", b"", random.Random(3).randbytes(70_000), "<p>два\r\n\r\n</p>".encode("cp1251")]

    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        places = [add(writer, body, f"https://harbour.example/{n}") for n, body in enumerate(bodies)]
    pages = [read_page(tmp_path, file, offset) for file, offset in reversed(places)]

    assert [page.body for page in reversed(pages)] == bodies
    assert pages[0].url == "https://harbour.example/3"
    assert (pages[0].status, pages[0].content_type, pages[0].fetched_at) == (200, "text/html; charset=utf-8", NOW)
    assert {file for file, _ in places} == {"2026-02-17/pass-001.warc.gz"}


def test_the_file_is_a_warc_that_other_tools_read(tmp_path: Path) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        for number in range(3):
            add(writer, b"<p>%d</p>" % number)

    with (tmp_path / "2026-02-17/pass-001.warc.gz").open("rb") as stream:
        records = [
            (record.rec_type, record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]

    assert records == [("response", b"<p>0</p>"), ("response", b"<p>1</p>"), ("response", b"<p>2</p>")]


def test_records_are_packed_at_the_lightest_level(tmp_path: Path) -> None:
    body = b"".join(b"<p>Envoy %d met envoy %d in room %d.</p>" % (n, n * 7, n % 13) for n in range(5000))

    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        file, _ = add(writer, body)
    packed = (tmp_path / file).read_bytes()
    unpacked = gzip.decompress(packed)

    lightest = zlib.compressobj(1, wbits=31)
    assert packed == lightest.compress(unpacked) + lightest.flush()


def test_neither_cookies_nor_secrets_of_an_address_are_kept(tmp_path: Path) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        file, _ = add(
            writer, b"x", "https://harbour.example/a?token=canary&page=2", content_type="text/html\r\nX: canary"
        )
    unpacked = gzip.decompress((tmp_path / file).read_bytes())

    assert b"token=***&page=2" in unpacked
    assert b"token=canary" not in unpacked
    assert b"\r\nX: canary" not in unpacked


def test_an_error_while_writing_leaves_no_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    with pytest.raises(TypeError), archive.open_file(DAY, "pass-001") as writer:
        add(writer, b"x", fetched_at=None, unknown=1)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        add(writer, b"x")
        assert list(tmp_path.rglob("*.warc.gz")) == []

    assert len(list(tmp_path.rglob("*.warc.gz"))) == 1


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file where a folder should be")

    file = Archive(tmp_path / "raw").open_file(DAY, "pass-001")

    with pytest.raises(HomeUnusable, match=r"archive file .*raw.* cannot be written") as caught:
        file.__enter__()

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("offset", [1, 40, 10**6])
def test_an_offset_that_begins_no_record_is_told(tmp_path: Path, offset: int) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        file, _ = add(writer, b"<p>one</p>" * 50)

    with pytest.raises(BadInput, match="no page at"):
        read_page(tmp_path, file, offset)


def test_a_damaged_record_is_told_and_never_returned(tmp_path: Path) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        file, offset = add(writer, random.Random(5).randbytes(4000))
    path = tmp_path / file
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)

    with pytest.raises(BadInput, match="no page at"):
        read_page(tmp_path, file, offset)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="restore the file"):
        read_page(tmp_path, "2026-02-17/gone.warc.gz", 0)
