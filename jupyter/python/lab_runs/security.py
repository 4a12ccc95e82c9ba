"""Who may send work to a cluster: whoever can reach a Dask scheduler can run code on its workers, so
beyond this machine only those who hold a certificate."""

import ipaddress
import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from distributed.security import Security

from .grid import UsageError

#: The three files of a folder of certificates.
AUTHORITY, CERTIFICATE, KEY = "ca.pem", "certificate.pem", "key.pem"
ADVICE = (
    "use tls:// with --tls <folder> (`npm run sweep -- certificates <folder>` makes them), or say "
    "--insecure on a network where everybody may run code on all machines"
)


@dataclass(frozen=True)
class Access:
    """How a scheduler is reached: its address, the folder of certificates, whether plain TCP beyond
    this machine is wanted."""

    address: str
    tls: Path | None = None
    insecure: bool = False

    def security(self) -> Security | None:
        """What Dask wants to know. Raises UsageError for an address that is not safe."""
        scheme, host = parts(self.address)
        if scheme == "tls":
            if self.tls is None:
                raise UsageError(f"{self.address} needs certificates", "name their folder: --tls <folder>")
            return security_from(self.tls)
        if scheme != "tcp":
            raise UsageError(f"{self.address} is no address of a scheduler", "tls://host:8786 or tcp://127.0.0.1:8786")
        if not self.insecure and not is_loopback(host):
            raise UsageError(f"{self.address} is not on this machine and has no TLS", ADVICE)
        return None


def parts(address: str) -> tuple[str, str]:
    """Scheme and host of an address; one without a scheme is tcp, as in Dask."""
    url = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        port = url.port
    except ValueError:
        port = None
    if not url.hostname or port is None:
        raise UsageError(f'"{address}" is no address of a scheduler', "for example tls://host:8786")
    return url.scheme, url.hostname


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nothing else, by all of its addresses."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError as error:
        raise UsageError(f"{host} is not known here: {error}") from None
    return all(ipaddress.ip_address(entry[4][0].split("%")[0]).is_loopback for entry in found)


def security_from(folder: Path) -> Security:
    """Both sides show a certificate of the same authority. Raises UsageError when a file is missing."""
    files = {name: folder / name for name in (AUTHORITY, CERTIFICATE, KEY)}
    for file in files.values():
        if not file.is_file():
            raise UsageError(f"{file} is missing", "`npm run sweep -- certificates <folder>` makes all three")
    pair = {"cert": str(files[CERTIFICATE]), "key": str(files[KEY])}
    return Security(
        require_encryption=True,
        tls_ca_file=str(files[AUTHORITY]),
        **{f"tls_{role}_{part}": path for role in ("client", "scheduler", "worker") for part, path in pair.items()},
    )


def make_certificates(folder: Path, days: int = 365) -> None:
    """Makes an authority for one class and a certificate by it, which all its machines share.

    The authority's own key is thrown away, so nobody can make more of them later. Only the owner can
    read `key.pem`. Raises UsageError when the folder holds certificates already.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    if any((folder / name).exists() for name in (AUTHORITY, CERTIFICATE, KEY)):
        raise UsageError(f"{folder} holds certificates already", "delete them first, or name another folder")
    now = datetime.now(timezone.utc)

    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def builder(subject: str, issuer: str, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(name(subject))
            .issuer_name(name(issuer))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=days))
        )

    authority, member = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = (
        builder("lab sweeps", "lab sweeps", authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority, hashes.SHA256())
    )
    both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = (
        builder("lab sweeps member", "lab sweeps", member.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage(both), critical=False)
        .sign(authority, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    pem = serialization.Encoding.PEM
    (folder / AUTHORITY).write_bytes(root.public_bytes(pem))
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(pem))
    secret = member.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
