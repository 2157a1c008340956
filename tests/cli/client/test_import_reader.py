"""The program that reads an uploaded file: what it lets the app add, and when."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from ari_app.http.imports import import_reader
from ari_app.http.imports.import_reader import (
    AddedRows,
    FileOfLeads,
    FromReader,
    LeadsDone,
    ReadLeads,
    ReadOrder,
    ReadSoFar,
)
from warmline.store.leads import lead_batches
from warmline.store.leads.duplicate_leads import USUAL_RULE
from warmline.store.leads.lead_import import LeadImportReport

LIST = "998"
NUMBERS = tuple(f"727555{number:04d}" for number in range(1500))


class AddingApp:
    """The app at the other end, which adds the leads; `log` has each message of the program and each answer."""

    def __init__(self, db: Path) -> None:
        self.db = db
        self.log: list[FromReader | AddedRows] = []
        self.waiting: list[ReadLeads] = []

    def hear(self, message: FromReader) -> None:
        """Take a message of the program."""
        self.log.append(message)
        if isinstance(message, ReadLeads):
            self.waiting.append(message)

    def answer(self) -> AddedRows:
        """Add the oldest batch that waits."""
        batch = self.waiting.pop(0)
        added = lead_batches.insert(str(self.db), LIST, batch.leads, USUAL_RULE, batch.before, "mia", file="ab" * 32)
        self.log.append(AddedRows(added.imported, added.in_database, added.held))
        return AddedRows(added.imported, added.in_database, added.held)

    def read(self, file: Path) -> LeadImportReport:
        """Let the program read a file; return its report."""
        self.log.clear()
        content = file.read_bytes()
        of = FileOfLeads(LIST, {}, "", 0)
        order = ReadOrder(str(file), sha256(content).hexdigest(), str(self.db), dry_run=False, of=of, most_rejects=10)
        done = import_reader.done(order)
        assert isinstance(done, LeadsDone) and not self.waiting
        return done.report

    def batches(self) -> list[int]:
        """Return the sizes of the batches that it has got."""
        return [len(one.leads) for one in self.log if isinstance(one, ReadLeads)]


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddingApp:
    made = AddingApp(Path(shutil.copy(demo_database, tmp_path / "warmline.db")))
    monkeypatch.setattr(import_reader, "say", made.hear)
    monkeypatch.setattr(import_reader, "answer", made.answer)
    return made


def test_a_file_that_begins_again_goes_on_where_it_stopped(app: AddingApp, tmp_path: Path) -> None:
    part, file = tmp_path / "part.csv", tmp_path / "leads.csv"
    part.write_text("\n".join(("phone_number", *NUMBERS[:1100])))
    file.write_text("\n".join(("phone_number", *NUMBERS, NUMBERS[0], NUMBERS[1400])))
    app.read(part)
    report = app.read(file)
    assert (report.imported, report.duplicates, report.in_database) == (400, 1102, 1101)
    assert sum(app.batches()) <= 2 * 200 + 1 + 402, "those before the first answer, and all behind the old ones"
    assert any(isinstance(one, ReadSoFar) for one in app.log), "the progress is told while nothing is added"
    again = app.read(file)
    assert (again.imported, again.in_database) == (0, 1502) and sum(app.batches()) <= 2 * 200 + 1
