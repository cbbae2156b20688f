from __future__ import annotations

import base64
import gzip
import hashlib
import random
import subprocess
import sys
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.core.errors import BadInput, HomeUnusable
from tasks.desk.archive_checks import check_archive
from tasks.edge.archive import Archive, ArchiveWriter, read_page, set_torn_aside
from tasks.edge.archive_holes import cut_pages
from tasks.settings import read_settings

ROOT = Path(__file__).parents[2]
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


def read_warc(path: Path) -> list[tuple[dict[str, str], bytes]]:
    """All records of a file as (header, block), by the format alone (ISO 28500) and not by the library that wrote it.

    A record is a gzip member: a line `WARC/1.0`, header lines to an empty line, as many bytes as Content-Length says,
    and two line ends. Whatever departs from that fails.
    """
    records, packed = [], path.read_bytes()
    while packed:
        member = zlib.decompressobj(31)
        plain = member.decompress(packed) + member.flush()
        assert member.eof, "a gzip member without its end"
        packed = member.unused_data
        head, mark, rest = plain.partition(b"\r\n\r\n")
        first, *lines = head.decode("utf-8").split("\r\n")
        header = dict(line.split(": ", 1) for line in lines)
        length = int(header["Content-Length"])
        assert (first, mark, rest[length:]) == ("WARC/1.0", b"\r\n\r\n", b"\r\n\r\n")
        records.append((header, rest[:length]))
    return records


def block_digest(block: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()  # noqa: S324 - what WARC files use


def test_a_whole_day_is_read_back_by_a_reader_that_knows_only_the_format(tmp_path: Path) -> None:
    pages = {f"https://harbour.example/{n}?page=1": random.Random(n).randbytes(9_000 + n) for n in range(40)}
    places = {}
    for chunk, urls in enumerate((list(pages)[:25], list(pages)[25:])):
        with Archive(tmp_path).open_file(DAY, f"pass-{chunk:03}", "Dateline/9") as writer:
            for url in urls:
                places[url] = add(writer, pages[url], url, facts={"item": url[-8:], "robots": "allowed"})

    files = sorted((tmp_path / DAY.isoformat()).glob("*.warc.gz"))
    day = {file.name: read_warc(file) for file in files}
    records = [record for name in day for record in day[name]]
    by_kind = {
        kind: [each for each in records if each[0]["WARC-Type"] == kind] for kind in ("response", "request", "metadata")
    }

    assert [header["WARC-Type"] for header, _ in day["pass-001.warc.gz"][:4]] == [
        "warcinfo",
        "request",
        "response",
        "metadata",
    ]
    assert {kind: len(found) for kind, found in by_kind.items()} == {"response": 40, "request": 40, "metadata": 40}
    bodies = {header["WARC-Target-URI"]: block.partition(b"\r\n\r\n")[2] for header, block in by_kind["response"]}
    assert bodies == pages
    ids = {header["WARC-Target-URI"]: header["WARC-Record-ID"] for header, _ in by_kind["response"]}
    for header, block in by_kind["request"] + by_kind["metadata"]:
        assert header["WARC-Concurrent-To"] == ids[header["WARC-Target-URI"]]
        assert header["WARC-Date"] == "2026-02-17T10:30:15.250000Z"
        assert block.startswith(b"GET /") or b"robots: allowed\r\n" in block
    assert b"User-Agent: Dateline/9\r\n" in by_kind["request"][0][1]
    assert len({header["WARC-Record-ID"] for header, _ in records}) == len(records)
    for header, block in records:
        assert header.get("WARC-Block-Digest", block_digest(block)) == block_digest(block)
    for url, (file, offset) in places.items():
        assert read_page(tmp_path, file, offset).body == pages[url]


def test_what_a_killed_process_left_is_set_aside_and_what_is_whole_stays(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom datetime import UTC, date, datetime\nfrom pathlib import Path\n"
        "from tasks.edge.archive import Archive\n"
        "with Archive(Path(sys.argv[1])).open_file(date(2026, 2, 17), 'pass-002') as writer:\n"
        "    for n in range(50):\n"
        "        writer.add(url='https://harbour.example/', status=200, content_type='text/html', body=os.urandom(9000),\n"
        "                   fetched_at=datetime(2026, 2, 17, tzinfo=UTC))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        add(writer, b"x")
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT)

    moved = set_torn_aside(tmp_path)

    assert killed.returncode == -9
    assert [name.startswith("pass-002.warc.gz.") for name in moved] == [True]
    assert [path.name for path in (tmp_path / DAY.isoformat()).iterdir()] == ["pass-001.warc.gz"]
    assert [path.name for path in (tmp_path / "torn").iterdir()] == moved
    assert set_torn_aside(tmp_path) == []


def test_the_doctor_names_what_was_set_aside(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {})
    assert list(check_archive(settings)) == []
    (tmp_path / "raw" / "torn").mkdir(parents=True)
    (tmp_path / "raw" / "torn" / "pass-002.warc.gz.0a1b2c3d.part").touch()

    (finding,) = check_archive(settings)

    assert (finding.state, finding.check) == ("note", "archive")
    assert "1 unfinished file" in finding.what


def test_records_are_packed_at_the_lightest_level(tmp_path: Path) -> None:
    body = b"".join(b"<p>Envoy %d met envoy %d in room %d.</p>" % (n, n * 7, n % 13) for n in range(5000))

    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        file, offset = add(writer, body)

    with (tmp_path / file).open("rb") as stream:
        stream.seek(offset)
        packed = stream.read()
    member = zlib.decompressobj(31)
    record = member.decompress(packed)
    lightest = zlib.compressobj(1, wbits=31)
    assert packed.startswith(lightest.compress(record) + lightest.flush())


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


@pytest.mark.parametrize("offset", [1, 40, 10**9])
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


def test_a_page_that_is_cut_out_leaves_a_hole_and_the_others_where_they_were(tmp_path: Path) -> None:
    with Archive(tmp_path).open_file(DAY, "pass-001") as writer:
        places = [add(writer, b"<p>word %d</p>" % n * 50, f"https://harbour.example/{n}") for n in range(3)]
    path = tmp_path / places[0][0]
    before = path.stat().st_size

    assert cut_pages(tmp_path, [places[1]]) == 1
    assert cut_pages(tmp_path, [places[1], ("2026-02-17/none.warc.gz", 7)]) == 0

    assert path.stat().st_size == before
    assert [read_page(tmp_path, *places[n]).url[-1] for n in (0, 2)] == ["0", "2"]
    with pytest.raises(BadInput):
        read_page(tmp_path, *places[1])
    told = b"".join(block for _, block in read_warc(path)) + repr([head for head, _ in read_warc(path)]).encode()
    assert b"word 1" not in told
    assert b"harbour.example/1" not in told
    assert len(read_warc(path)) == 10
