# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small IMAP server on the loopback interface, over TLS with a certificate of its own."""

from __future__ import annotations

import datetime
import ipaddress
import re
import socketserver
import ssl
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1, good for a day, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "imap.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return file


class Mailbox(socketserver.ThreadingTCPServer):
    """Messages by number, and which were seen. `deaf`: it hangs up when something is marked as seen."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, folder: Path, messages: dict[int, bytes], password: str) -> None:
        self.messages, self.password, self.deaf = messages, password, False
        self.seen: set[int] = set()
        self.flagged: set[int] = set()
        self.pem = certificate(folder)
        self.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.trust.load_cert_chain(self.pem)
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def get_request(self):
        connection, address = super().get_request()
        return self.trust.wrap_socket(connection, server_side=True), address

    def handle_error(self, request, client_address) -> None:
        """A client that does not trust us goes away: that is what the test is about."""


class Handler(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, rest = line.decode().strip().partition(" ")
            if self.server.deaf and "STORE" in rest:
                return
            answer = self.answer(rest)
            self.wfile.write(b"".join(answer[:-1]) + tag.encode() + b" " + answer[-1] + b"\r\n")
            if rest.upper().startswith("LOGOUT"):
                return

    def answer(self, asked: str) -> list[bytes]:
        box, word = self.server, asked.upper()
        if word.startswith("CAPABILITY"):
            return [b"* CAPABILITY IMAP4rev1\r\n", b"OK done"]
        if word.startswith("LOGOUT"):
            return [b"* BYE\r\n", b"OK done"]
        if word.startswith("LOGIN"):
            return [
                b"OK done" if f'"{box.password}"' in asked or asked.endswith(box.password) else b"NO wrong"
            ]
        if word.startswith("SELECT"):
            return [b"* 1 EXISTS\r\n", b"OK done"] if "INBOX" in word else [b"NO no such folder"]
        if word.startswith("UID SEARCH"):
            unseen = " ".join(str(n) for n in sorted(set(box.messages) - box.seen))
            return [f"* SEARCH {unseen}\r\n".encode(), b"OK done"]
        number = int(re.findall(r"UID \w+ (\d+)", word)[0])
        if word.startswith("UID FETCH"):
            most = int(re.findall(r"<0\.(\d+)>", word)[0])
            raw = box.messages[number][:most]
            head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode()
            return [head, raw, b")\r\n", b"OK done"]
        box.seen.add(number)
        if "FLAGGED" in word.upper():
            box.flagged.add(number)
        return [b"OK done"]
