"""Certificates of an authority of our own, in and out of order, for a wire that speaks TLS."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tasks.edge.clock import utc_now

_YEAR = timedelta(days=365)


class Authority:
    """Signs certificates; its own is what a client is told to trust."""

    def __init__(self, folder: Path, name: str = "Harbour Authority") -> None:
        self._folder = folder
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = self._sign(self._name, self._key, utc_now() + _YEAR, [], is_authority=True)
        self.file = folder / f"{name.replace(' ', '-')}.pem"
        self.file.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def issue(self, host: str, *, days: int = 30) -> ssl.SSLContext:
        """A server's side of TLS with a certificate for `host`, which ends in so many days."""
        key = ec.generate_private_key(ec.SECP256R1())
        try:
            names: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(host))]
        except ValueError:
            names = [x509.DNSName(host)]
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        signed = self._sign(name, key, utc_now() + timedelta(days=days), names)
        return self._serve(signed, key, f"{host}-{days}")

    def _sign(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        end: datetime,
        names: list[x509.GeneralName],
        *,
        is_authority: bool = False,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - 2 * _YEAR)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self._key, hashes.SHA256())

    def _serve(self, signed: x509.Certificate, key: ec.EllipticCurvePrivateKey, name: str) -> ssl.SSLContext:
        file = self._folder / f"{name.replace(':', '-')}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context
