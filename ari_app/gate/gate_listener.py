"""The gate's address, its TLS context and its listening sockets, from the settings."""

import errno
import socket
import ssl

from ari_app.process.listening_sockets import listen
from ari_app.process.passed_sockets import CannotListen
from warmline.system.loopback import is_local
from warmline.system.settings import Settings, SettingsError


def tls(settings: Settings) -> ssl.SSLContext | None:
    """Return the TLS context of the gate; None if it listens on this machine only. Raises SettingsError."""
    if settings.gate_certificate:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        load(made, settings)
        return made
    if settings.gate_key:
        raise SettingsError(
            "gate_key_without_certificate",
            "setting gate_key is {key!r} without a gate_certificate; set both, or neither",
            key=settings.gate_key,
        )
    host, _ = address(settings.gate)
    if not is_local(host):
        raise SettingsError(
            "gate_without_tls",
            "setting gate is {gate!r}: ARI's password would cross the network in clear text; set gate_certificate and "
            "gate_key, or an address of loopback",
            gate=settings.gate,
        )
    return None


def load(context: ssl.SSLContext, settings: Settings) -> None:
    """Load the current certificate and key for new connections. Raises SettingsError."""
    certificate, key = settings.gate_certificate, settings.gate_key or settings.gate_certificate
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")  # no passphrase prompt
    except ssl.SSLError as problem:
        mismatch = problem.reason == "KEY_VALUES_MISMATCH"
        why = "the key is not the certificate's" if mismatch else problem.reason or "not usable"
        raise SettingsError(
            "gate_files_invalid",
            "gate_certificate {certificate}, gate_key {key}: {why}; allowed: PEM files, and a key without a passphrase",
            certificate=certificate,
            key=key,
            why=why,
        ) from None
    except OSError as problem:
        raise SettingsError(
            "gate_files_unreadable",
            "gate_certificate {certificate}, gate_key {key}: {why}; the guard's user must be able to read both",
            certificate=certificate,
            key=key,
            why=problem.strerror,
        ) from None


def address(text: str) -> tuple[str, int]:
    """Return host and port of the setting `gate`. Raises SettingsError."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 <= int(port) < 65536:
        raise SettingsError(
            "setting_gate_invalid",
            "setting gate cannot be {value!r}; allowed: HOST:PORT, such as 192.0.2.7:8189, or empty",
            value=text,
        )
    return host.strip("[]"), int(port)


def listeners(settings: Settings) -> list[socket.socket]:
    """Listen at the gate's address. Raises SettingsError, CannotListen."""
    try:
        opened = listen(*address(settings.gate))
    except OSError as problem:
        taken = problem.errno == errno.EADDRINUSE
        why = "the port is taken; end the program that has it, or set another" if taken else problem.strerror
        raise CannotListen(
            "gate_not_listening",
            "the gate cannot listen on {where}: {why} (setting gate)",
            where=settings.gate,
            why=why,
        ) from None
    for listener in opened:
        listener.setblocking(False)
    return opened
