"""The log: one line per message, as key=value pairs, JSON or text, with the id of its call."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from ari_app.process.log_writer import DirectLogHandler, LogWriter, to_file
from warmline.system.setting_table import LOG_STYLES
from warmline.system.settings import SettingsError

PLAIN = re.compile(r'[^\s"=\\]+')


def about(call: str) -> dict[str, str]:
    """Return the `extra` argument of a log call about this call."""
    return {"call": call}


def about_recording(name: str) -> dict[str, str]:
    """Return the same for a recording; its name ends in a call id and number (core/media/recording_file_name.py)."""
    return about(name.rpartition("_")[2].partition("-")[0])


def fields(record: logging.LogRecord) -> dict[str, str]:
    """Return the fields of a line in their order."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    found = {"time": at, "level": record.levelname.lower(), "at": record.name.removeprefix("warmline.")}
    if call := getattr(record, "call", ""):
        found["call"] = call
    found["msg"] = record.getMessage()
    if record.exc_info:
        found["trace"] = logging.Formatter().formatException(record.exc_info)
    return found


class LogfmtFormatter(logging.Formatter):
    """Formats `time=… level=info at=watch call=… msg="…"`; line breaks become \\n, so that each record is one line."""

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(f"{key}={_worded(value)}" for key, value in fields(record).items())


class JsonFormatter(logging.Formatter):
    """Formats the same fields as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields(record), ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """Formats for a terminal: time, level, logger and message."""

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record)
        call = f" [{told['call']}]" if "call" in told else ""
        trace = f"\n{told['trace']}" if "trace" in told else ""
        return f"{told['time'][11:-1]} {told['level']:<7} {told['at']}{call}: {told['msg']}{trace}"


def begin(style: str, *, in_thread: bool = True) -> None:
    """Write the log to stderr in this style from now on; replaces the previous style.

    A separate thread writes it, unless `in_thread` is false. Raises SettingsError.
    """
    formatters = {"logfmt": LogfmtFormatter, "json": JsonFormatter, "text": TextFormatter}
    if style not in formatters:
        raise SettingsError(
            "setting_log_unknown",
            "setting log cannot be {value!r}; allowed: {allowed}",
            value=style,
            allowed=", ".join(LOG_STYLES),
        )
    root = logging.getLogger()
    handler = next((one for one in root.handlers if type(one) is (LogWriter if in_thread else DirectLogHandler)), None)
    if handler is None:
        number = sys.stderr.fileno()
        handler = LogWriter(to_file(number)) if in_thread else DirectLogHandler(number)
        root.handlers = [one for one in root.handlers if not isinstance(one, LogWriter | DirectLogHandler)]
        root.addHandler(handler)
    handler.setFormatter(formatters[style]())
    root.setLevel(logging.INFO)


def dropped() -> int:
    """Return the number of lines dropped since the program began."""
    writer = _writer()
    return writer.dropped if writer else 0


def _writer() -> LogWriter | None:
    return next((one for one in logging.getLogger().handlers if isinstance(one, LogWriter)), None)


def _worded(value: str) -> str:
    """Return a plain word unchanged, and other text quoted without line breaks."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
