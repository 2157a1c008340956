"""When somebody is to be called back, as it is typed: understood here, so that it can be said in full."""

import time
from contextlib import closing
from datetime import UTC, datetime

import typer

from cli.arguments.time_argument import shown
from cli.output import time_zone
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import connect
from warmline.system import settings
from warmline.text.spoken_time import ahead


def callback_time(text: str, option: str) -> tuple[str, str]:
    """The time as ISO 8601, and for people. Raises StoreError, and BadParameter that names the option."""
    with closing(connect(settings.load().db)) as connection:
        clock = time_zone.named(load_rules(connection).timezone)
    try:
        at = ahead(text, clock, time.time_ns() // 1000)
    except ValueError as error:
        raise typer.BadParameter(f"{option}: {error}") from None
    return datetime.fromtimestamp(at / 1e6, UTC).isoformat(), shown(at, clock)
