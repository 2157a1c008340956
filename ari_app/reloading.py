"""SIGHUP: the settings are read again; what can change while calls go on does."""

import logging
from ssl import SSLContext

from ari_app.background.webhook_sender import WebhookSender
from ari_app.http.server import tls
from ari_app.process import logs
from warmline.system.settings import Settings, SettingsError, load

AT_ONCE = ("log", "webhook_secret")  # the others hold until the app is started again

log = logging.getLogger("warmline")


def reload(started_with: Settings, hooks: WebhookSender, encrypted: SSLContext | None) -> None:
    """Read them and the certificate, and say what has come of it. Settings that cannot be used change nothing."""
    try:
        new = load()
        if encrypted:
            tls.renew(encrypted, started_with)
        logs.begin(new.log)
    except SettingsError as error:
        log.error("the settings stay as they were: %s", error)
        return
    hooks.sign_with(new.webhook_secret)
    later = [key for key, was in started_with._asdict().items() if was != getattr(new, key) and key not in AT_ONCE]
    if later:
        log.warning("%s changed: the new value holds after a restart of the app", ", ".join(later))
    log.info("settings and configuration have been read again")
