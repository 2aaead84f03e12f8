"""A certificate for a server on the loopback, so that a worker speaks TLS with it as it does with AWS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from botocore.httpsession import where
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
BITS = 2048
"""As AWS's own certificates mostly have."""


def make(folder: Path) -> tuple[Path, Path]:
    """PEM files: what the server shows, its key within; and whom a client trusts: it, and all whom botocore trusts."""
    key = rsa.generate_private_key(65537, BITS)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(NAME, NAME, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, no_password)
    shown, trusted = folder / "server.pem", folder / "trusted.pem"
    public = certificate.public_bytes(encoding)
    shown.write_bytes(secret + public)
    trusted.write_bytes(Path(where()).read_bytes() + b"\n" + public)
    return shown, trusted
