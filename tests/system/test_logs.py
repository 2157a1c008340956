"""The log's lines: each is one record, whatever is in it."""

import json
import logging
import sys

from ari_app.process.logs import JsonFormatter, LogfmtFormatter, TextFormatter, about, about_recording, begin
from tests.wording.said import refused
from warmline.system.settings import SettingsError


def record(text: str, *words: object, call: str = "", trace: bool = False) -> logging.LogRecord:
    made = logging.LogRecord("warmline.watch", logging.WARNING, "x.py", 1, text, words, None)
    made.created = 1_795_165_319.25
    for key, value in about(call).items():
        setattr(made, key, value)
    if trace:
        try:
            raise ValueError("no\nway")
        except ValueError:
            made.exc_info = sys.exc_info()
    return made


def test_logfmt_escapes_line_feeds_and_quotes() -> None:
    assert LogfmtFormatter().format(record('two\nlines of "%s"', "x", call="01M7")) == (
        'time=2026-11-20T09:01:59.250Z level=warning at=watch call=01M7 msg="two\\nlines of \\"x\\""'
    )
    assert LogfmtFormatter().format(record("plain")).endswith("at=watch msg=plain")
    assert "\n" not in LogfmtFormatter().format(record("bad", trace=True))


def test_json_lines_have_message_call_level_and_trace() -> None:
    told = json.loads(JsonFormatter().format(record("ü\n%d", 3, call="01M7", trace=True)))
    assert (told["msg"], told["call"], told["level"]) == ("ü\n3", "01M7", "warning")
    assert told["trace"].startswith("Traceback") and told["trace"].endswith("ValueError: no\nway")


def test_text_lines_have_time_level_place_and_call() -> None:
    assert TextFormatter().format(record("it rains", call="01M7")) == "09:01:59.250 warning watch [01M7]: it rains"


def test_a_recording_names_its_call() -> None:
    assert (
        about_recording("20261120-090159_5551_1000_01M7W31V3Q0000000000000000-2")["call"]
        == "01M7W31V3Q0000000000000000"
    )


def test_a_style_that_is_none() -> None:
    with refused(SettingsError, "setting_log_unknown", value="loud", allowed="logfmt, json, text"):
        begin("loud")
