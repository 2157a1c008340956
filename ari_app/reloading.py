"""Handles SIGHUP: reads the settings again and applies those that can change during calls."""

import logging
from ssl import SSLContext

from ari_app.http.server import tls
from ari_app.process import logs
from warmline.system.settings import Settings, SettingsError, load_with_secrets

AT_ONCE = ("log", "webhook_secret")  # the others take effect after a restart of the app

log = logging.getLogger("warmline")


def reload(started_with: Settings, encrypted: SSLContext | None) -> None:
    """Read the settings and the certificate again, and log the result. Invalid settings change nothing."""
    try:
        new = load_with_secrets()
        if encrypted:
            tls.renew(encrypted, started_with)
        logs.begin(new.log)
    except SettingsError as error:
        log.error("the previous settings stay in effect: %s", error)
        return
    later = [key for key, was in started_with._asdict().items() if was != getattr(new, key) and key not in AT_ONCE]
    if later:
        log.warning("%s changed: the new value takes effect after a restart of the app", ", ".join(later))
    log.info("settings and configuration have been read again")
