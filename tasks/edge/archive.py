"""Raw pages as they came, in WARC files: the evidence behind an article, and what `reread` extracts again.

    raw/2026-02-17/<run>-<chunk>.warc.gz     one file a chunk; one response record a page, each a gzip member of its own

A file is written under a temporary name, flushed to the disk and renamed: what has its proper name is whole, and what
has not is left over from a crash and holds nothing that an article refers to. Object stores cannot append, so a file is
never opened again.
"""

from __future__ import annotations

import io
import os
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.core.address import redact_url
from tasks.core.errors import BadInput, HomeUnusable

_GZIP_WBITS = 31  # a gzip member with the largest window
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
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
    """An open archive file."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream = stream
        self._file = file

    def add(self, *, url: str, status: int, content_type: str, body: bytes, fetched_at: datetime) -> tuple[str, int]:
        """Write one page; returns its file, relative to the archive's folder, and the offset of its record in it.

        Of the answer's headers only the content type is kept: cookies and tokens must not outlive their session.
        """
        offset = self._stream.tell()
        page = StoredPage(redact_url(url), status, content_type, body, fetched_at)
        packer = zlib.compressobj(GZIP_LEVEL, wbits=_GZIP_WBITS)
        self._stream.write(packer.compress(_write_record(page)) + packer.flush())
        return self._file, offset


class Archive:
    """The archive in one folder, by days."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open_file(self, day: date, name: str) -> Iterator[ArchiveWriter]:
        """A new file of a day. It has its name once the block ends well; after an error nothing is left of it.

        Raises HomeUnusable where it cannot be written.
        """
        file = f"{day.isoformat()}/{name}.warc.gz"
        path = self._folder / file
        half = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with half.open("xb") as stream:
                yield ArchiveWriter(stream, file)
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
            for record in ArchiveIterator(stream, check_digests="raise"):
                return _read_record(record)
    except (OSError, ArchiveLoadFailed) as error:
        reason = " ".join(str(error).split())
        raise BadInput(f"The archive has no page at {offset} of {path} ({reason}); restore the file.") from error
    raise BadInput(f"The archive has no page at {offset} of {path}: the file ends before it; restore the file.")


def _write_record(page: StoredPage) -> bytes:
    """The page as one WARC response record, not packed."""
    # Header values are one line of ASCII, whatever the server sent.
    content_type = " ".join(page.content_type.encode("ascii", "ignore").decode().split())
    headers = [("Content-Type", content_type), ("Content-Length", str(len(page.body)))]
    record = io.BytesIO()
    writer = WARCWriter(record, gzip=False)
    writer.write_record(
        writer.create_warc_record(
            page.url,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),
            http_headers=StatusAndHeaders(f"{page.status} {_phrase(page.status)}", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": page.fetched_at.astimezone(UTC).strftime(_MOMENT)},
        )
    )
    return record.getvalue()


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
