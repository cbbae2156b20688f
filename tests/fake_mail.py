"""A mail server on loopback that takes what it is given: as much of SMTP (RFC 5321) as a client needs to hand over a mail."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage
from types import TracebackType
from typing import cast


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 mail.example ready")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].upper() if line.split() else b""
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            self._say("250 well")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        cast("FakeMail", self.server).mails.append(cast("EmailMessage", message))

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class FakeMail(socketserver.ThreadingTCPServer):
    """The server; `mails` are those that it took."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> FakeMail:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
