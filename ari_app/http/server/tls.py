"""TLS of the HTTP server: certificate and key from the settings. Without them, only this machine may connect."""

import ssl

from warmline.system.loopback import is_local
from warmline.system.settings import Settings, SettingsError


def context(settings: Settings) -> ssl.SSLContext | None:
    """Return the server's TLS context, or None if it listens on this machine only. Raises SettingsError."""
    host = settings.listen_host
    if settings.tls_certificate:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        _load(made, settings)
        return made
    if settings.tls_key:
        raise SettingsError(
            "tls_key_without_certificate",
            "setting tls_key is {key!r} without a tls_certificate; set both, or neither",
            key=settings.tls_key,
        )
    if not is_local(host):
        raise SettingsError(
            "listen_host_without_tls",
            "setting listen_host is {host!r}: passwords would cross the network in clear text; set "
            "tls_certificate and tls_key, or listen on 127.0.0.1 behind a proxy with TLS",
            host=host,
        )
    return None


def renew(door: ssl.SSLContext, settings: Settings) -> None:
    """Load the current files for new connections. Raises SettingsError, and then changes nothing."""
    context(settings)  # a certificate without its key would break the current context
    _load(door, settings)


def _load(door: ssl.SSLContext, settings: Settings) -> None:
    certificate, key = settings.tls_certificate, settings.tls_key or settings.tls_certificate
    try:
        door.load_cert_chain(certificate, key, password=lambda: "")  # no passphrase prompt
    except ssl.SSLError as problem:
        why = "the key is not the certificate's" if problem.reason == "KEY_VALUES_MISMATCH" else problem.reason
        text = "allowed: PEM files, and a key without a passphrase"
        raise SettingsError(
            "tls_files_invalid",
            "tls_certificate {certificate}, tls_key {key}: {why}; {hint}",
            certificate=certificate,
            key=key,
            why=why or "not usable",
            hint=text,
        ) from None
    except OSError as problem:
        why = f"{problem.strerror}; the API process's user must be able to read both (warmline-api under systemd)"
        raise SettingsError(
            "tls_files_unreadable",
            "tls_certificate {certificate}, tls_key {key}: {why}",
            certificate=certificate,
            key=key,
            why=why,
        ) from None
