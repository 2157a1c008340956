"""The TLS context of an app that trusts a named certificate."""

import ssl


def build_tls_context(certificate: str) -> ssl.SSLContext:
    """Return a context that trusts the certificates of a PEM file alone. Raises OSError, which ssl.SSLError is too."""
    return ssl.create_default_context(cafile=certificate)
