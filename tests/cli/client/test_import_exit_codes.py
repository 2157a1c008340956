"""The exit codes of an import after a login: 1 if the file is wrong, and 5 if the app failed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ari_app.http.imports import import_run
from ari_app.link.call_control import CallProcessAway
from ari_app.link.requests import RequestFailed
from ari_app.records.write_results import WriteRefused
from cli.output.exit_codes import ExitCode
from tests.cli.app import App
from tests.cli.client.import_places import importing_app, left
from warmline.store.database.database import StoreError
from warmline.text.coded_error import CodedError

WHY = "the app has a fault"


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with importing_app(demo_database, tmp_path, capsys) as made:
        yield made


@pytest.mark.parametrize(
    "fault",
    [
        WriteRefused("changes_wait", WHY),
        WriteRefused("write_not_allowed", WHY),
        CallProcessAway("call_process_away", WHY),
        RequestFailed("internal_error", WHY),
        RequestFailed("answer_unreadable", WHY),
        StoreError("call_process_silent", WHY),
        StoreError("write_failed", WHY),
        StoreError("long_write_failed", WHY),
        StoreError("database_unusable", WHY),
        StoreError("import_interrupted", WHY),
        StoreError("import_file_unreadable", WHY),
        StoreError("a_code_of_a_later_release", WHY),
    ],
    ids=lambda fault: fault.code,
)
@pytest.mark.parametrize("words", [("lead", "import", "--list", "998"), ("dnc", "import")], ids="-".join)
def test_a_fault_of_the_app_is_not_one_of_the_file(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], fault: CodedError
) -> None:
    async def write(wanted: Any, client: Any) -> Any:
        raise fault

    monkeypatch.setattr(app.site.api.privileged, "write", write)
    monkeypatch.setattr(import_run, "TRIES", 1)
    file = tmp_path / "numbers.csv"
    file.write_text("phone_number\n7275550001\n")
    code, out, err = app.run(*words, str(file))
    assert (code, out) == (ExitCode.REFUSED, "") and WHY in err
    assert left(app) == []


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("colour\nred\n", ("lead", "import", "--list", "998"), "no column of the file is phone_number"),
        ("phone_number,phone number\n1,2\n", ("lead", "import", "--list", "998"), "two columns of the file"),
        ("PK\x03\x04", ("lead", "import", "--list", "998"), "the file is a workbook"),
        ("x" * 2_000_000, ("lead", "import", "--list", "998"), "the first line has more than"),
        ("tel\n1\n", ("lead", "import", "--list", "998", "--columns", "mobil=phone_number"), "has no column 'mobil'"),
        ("tel\n1\n", ("lead", "import", "--list", "998", "--columns", "tel=colour"), "a lead has no field 'colour'"),
        ("colour\nred\n", ("dnc", "import"), "no column of the file is phone_number"),
        ("7275550001;2\n", ("dnc", "import"), "the file has several columns without names"),
    ],
)
def test_a_wrong_file_is_wrong_after_a_login_too(
    app: App, tmp_path: Path, text: str, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(text)
    code, out, err = app.run(*words, str(file))
    assert (code, out) == (ExitCode.FAILED, "") and said in err
    assert left(app) == []
