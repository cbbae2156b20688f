"""Raw pages as they came, in WARC files: the evidence behind an article, and what `reread` extracts again.

    raw/2026-02-17/<run>-<chunk>.warc.gz     one file a chunk: warcinfo, then request, response and metadata a page,
                                             each record a gzip member of its own
    raw/torn/                                what a crash left unfinished, set aside by the next pass

A file is written under a temporary name, flushed to the disk and renamed: what has its proper name is whole, and what
has not is left over from a crash and holds nothing that an article refers to. A file is never opened again. The archive
lies in the home, also where the lake's own files lie in an object store.
"""

from __future__ import annotations

import io
import os
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.core.address.forms import redact_url
from tasks.core.errors import BadInput, HomeUnusable
from tasks.edge.clock import utc_now

_GZIP_WBITS = 31  # a gzip member with the largest window
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_RECORD_ID = "WARC-Record-ID"
TORN = "torn"
GZIP_LEVEL = 1  # warcio's own 9 takes four times the CPU of level 1 for a tenth of the size


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as the archive holds it. `url` is the address that answered."""

    url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime


class ArchiveWriter:
    """An open archive file. `agent` is the name under which its pages were asked for."""

    def __init__(self, stream: BinaryIO, file: str, agent: str = "Dateline") -> None:
        self._stream = stream
        self._file = file
        self._agent = _one_line(agent)

    def begin(self, now: datetime) -> None:
        """Say what the file is and who made it."""
        said = {
            "software": self._agent,
            "format": "WARC File Format 1.0",
            "robots": "obeyed unless a record says ignored",
        }
        self._write(
            _make_fields("warcinfo", None, said, {"WARC-Filename": self._file, "WARC-Date": _write_moment(now)})
        )

    def add(
        self,
        *,
        url: str,
        status: int,
        content_type: str,
        body: bytes,
        fetched_at: datetime,
        facts: Mapping[str, str] | None = None,
    ) -> tuple[str, int]:
        """Write one page; returns its file, relative to the archive's folder, and the offset of its response in it.

        Of the headers only those are kept that say what was asked for and what came: cookies and tokens must not
        outlive their session. `facts` go into the metadata record.
        """
        page = StoredPage(redact_url(url), status, content_type, body, fetched_at)
        response = _make_response(page)
        near = {
            "WARC-Date": _write_moment(fetched_at),
            "WARC-Concurrent-To": response.rec_headers.get_header(_RECORD_ID),
        }
        self._write(_make_request(page.url, self._agent, near))
        offset = self._stream.tell()
        self._write(response)
        self._write(_make_fields("metadata", page.url, facts or {}, near))
        return self._file, offset

    def _write(self, record: ArcWarcRecord) -> None:
        """One record as a gzip member."""
        plain = io.BytesIO()
        WARCWriter(plain, gzip=False).write_record(record)
        packer = zlib.compressobj(GZIP_LEVEL, wbits=_GZIP_WBITS)
        self._stream.write(packer.compress(plain.getvalue()) + packer.flush())


class Archive:
    """The archive in one folder, by days."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open_file(self, day: date, name: str, agent: str = "Dateline") -> Iterator[ArchiveWriter]:
        """A new file of a day. It has its name once the block ends well; after an error nothing is left of it.

        Raises HomeUnusable where it cannot be written.
        """
        file = f"{day.isoformat()}/{name}.warc.gz"
        path = self._folder / file
        half = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with half.open("xb") as stream:
                writer = ArchiveWriter(stream, file, agent)
                writer.begin(utc_now())
                yield writer
                stream.flush()
                os.fsync(stream.fileno())
            half.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            raise HomeUnusable(
                f"The archive file {path} cannot be written ({error.strerror or error}); "
                "make room or correct the rights of its folder, and run again."
            ) from error
        finally:
            with suppress(OSError):  # it has its name by now, or what went wrong has been told
                half.unlink()


def read_page(folder: Path, file: str, offset: int) -> StoredPage:
    """The page at `offset` of `file`, as `ArchiveWriter.add` gave them. Raises BadInput where there is none."""
    path = folder / file
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream, check_digests="raise")), None)
            # Bytes in the middle of a record are sometimes taken for a record of another kind.
            if record is not None and record.rec_type == "response" and record.http_headers is not None:
                return _read_record(record)
    except (OSError, ArchiveLoadFailed) as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"The archive has no page at {offset} of {path} ({reason}); restore the file.") from error
    raise BadInput(f"The archive has no page at {offset} of {path}: none begins there; restore the file.")


def set_torn_aside(folder: Path, is_ours: Callable[[str], bool] = lambda name: True) -> list[str]:
    """Move what a crash left unfinished to `torn/`; the names of what was moved.

    The caller holds the pass lock, so no other process is writing what `is_ours` by its name, which begins with the id
    of a pass. No article refers to such a file.
    """
    torn = [path for path in sorted(folder.glob("*-*-*/.*.part")) if is_ours(path.name.lstrip("."))]
    for path in torn:
        (folder / TORN).mkdir(exist_ok=True)
        path.replace(folder / TORN / path.name.lstrip("."))
    return [path.name.lstrip(".") for path in torn]


def _make_response(page: StoredPage) -> ArcWarcRecord:
    """The page as a WARC response record."""
    headers = [("Content-Type", _one_line(page.content_type)), ("Content-Length", str(len(page.body)))]
    return WARCWriter(io.BytesIO(), gzip=False).create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(f"{page.status} {_phrase(page.status)}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": _write_moment(page.fetched_at)},
    )


def _make_request(url: str, agent: str, near: Mapping[str, str]) -> ArcWarcRecord:
    """What was asked, in the headers that every such request has."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc), ("User-Agent", agent), ("Accept-Encoding", "gzip")]
    return WARCWriter(io.BytesIO(), gzip=False).create_warc_record(
        url,
        "request",
        http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", headers, is_http_request=True),
        warc_headers_dict=dict(near),
    )


def _make_fields(kind: str, url: str | None, said: Mapping[str, str], headers: Mapping[str, str]) -> ArcWarcRecord:
    """A record of `name: value` lines."""
    body = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in said.items()).encode()
    return WARCWriter(io.BytesIO(), gzip=False).create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type="application/warc-fields",
        warc_headers_dict=dict(headers),
    )


def _one_line(value: str) -> str:
    """Header values are one line of ASCII, whatever a server sent."""
    return " ".join(value.encode("ascii", "ignore").decode().split())


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_MOMENT)


def _read_record(record: ArcWarcRecord) -> StoredPage:
    return StoredPage(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        content_type=record.http_headers.get_header("Content-Type") or "",
        body=record.raw_stream.read(),
        fetched_at=datetime.strptime(record.rec_headers.get_header("WARC-Date"), _MOMENT).replace(tzinfo=UTC),
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _sync_folder(folder: Path) -> None:
    """Make the new name itself outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
