"""Handles SIGHUP: reads the settings again and applies those that can change during calls."""

import logging
from collections.abc import Callable

from ari_app.process import logs
from warmline.system.settings import Settings, SettingsError

AT_ONCE = ("log", "webhook_secret", "webhook_secrets")  # the others take effect after a restart of the app

log = logging.getLogger("warmline")


def reload(started_with: Settings, load: Callable[[], Settings], apply: Callable[[Settings], None]) -> None:
    """Read the settings again, apply those that can change, and log the result. Invalid settings change nothing.

    `apply` takes the new settings; it may raise SettingsError.
    """
    try:
        new = load()
        apply(new)
        logs.begin(new.log)
    except SettingsError as error:
        log.error("the previous settings stay in effect: %s", error)
        return
    later = [key for key, was in started_with._asdict().items() if was != getattr(new, key) and key not in AT_ONCE]
    if later:
        log.warning("%s changed: the new value takes effect after a restart of the app", ", ".join(later))
    log.info("settings and configuration have been read again")
