"""`warmline audit call CALL --html FILE`: one file with the picture of a call, safe whatever its texts are."""

import base64
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Kind
from warmline.store.calls import call_story, timeline_steps
from warmline.store.calls.lane_segments import conversations, segments
from warmline.store.calls.timeline_steps import LanePlace
from warmline.store.configuration import config
from warmline.store.database.database import connect

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u202e\x1b[2J</style>"


@pytest.fixture(scope="module")
def recorded(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A caller who waits, is parked, consulted about and left with a third party; every free text is hostile."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("story")))
    config.set_options(path, "campaign", "TESTCAMP", {"campaign_recording": "ALLFORCE"}, who="ada")
    config.set_options(path, "setting", "warmline", {"timezone": "Europe/Berlin"}, who="ada")
    config.set_options(path, "agent", "1000", {"full_name": "Ada Lovelace"}, who="ada")
    driver = RecordedDriver(path)
    driver.log_in("1000")
    driver.ask(Kind.PAUSE)
    driver.asterisk.come_in("cust", "ingroup", "SALESLINE", number="+4930111", dialled="8005550100")
    driver.pump()
    driver.wait(12)
    driver.ask(Kind.RESUME)
    driver.wait(30)
    driver.ask(Kind.MUTE)
    driver.wait(8)
    driver.ask(Kind.UNMUTE)
    driver.wait(5)
    driver.ask(Kind.PARK_CUSTOMER_DIAL, number="8501")  # never answered
    driver.wait(25)
    driver.ask(Kind.GRAB_CUSTOMER)
    driver.wait(2)
    driver.ask(Kind.PARK_CUSTOMER_DIAL, number="8500")
    driver.wait(15)
    driver.ask(Kind.GRAB_CUSTOMER)
    driver.wait(9)
    driver.ask(Kind.LEAVE_3WAY_CALL)
    driver.wait(12)
    driver.ask(Kind.STATUS, status="XFER", notes=HOSTILE)
    driver.wait(20)
    driver.hang_up("cust")
    driver.close()
    db = connect(path)
    db.execute("UPDATE call SET number = ?, dialled = ?, data = json_array(json_array(?, ?))", (HOSTILE,) * 4)
    db.execute('UPDATE receipt SET cause = ?, "by" = ?, source = ?', (HOSTILE,) * 3)
    db.execute("UPDATE recording SET reason = ?, cause = ?", (HOSTILE,) * 2)
    db.execute("UPDATE leg SET number = ? WHERE role = 'third'", (HOSTILE,))
    db.close()
    return path


@pytest.fixture
def run(recorded: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    monkeypatch.setenv("WARMLINE_DB", str(recorded))
    monkeypatch.setenv("WARMLINE_RECORDINGS", str(recorded.parent))

    return lambda *arguments: run("audit", "call", "last", *arguments)


class Page(HTMLParser):
    """The tags with their attributes, and the texts, as a browser finds them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, tag: str, attribute: str) -> list[str | None]:
        return [attributes[attribute] for name, attributes in self.tags if name == tag and attribute in attributes]


def page(run: Run, file: Path, *more: str) -> Page:
    code, out, err = run("--html", str(file), *more)
    assert (code, out, err) == (0, f"{file}: {file.stat().st_size:,} bytes\ntimes: Europe/Berlin\n", "")
    return Page(file.read_text())


def test_a_file_that_needs_no_other_and_has_no_script(run: Run, tmp_path: Path) -> None:
    found = page(run, tmp_path / "call.html")
    tags = {tag for tag, _ in found.tags}
    assert {"svg", "table", "style", "h1"} <= tags and not tags & {"script", "link", "iframe", "object", "img", "b"}
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert "default-src 'none'" in str(found.values("meta", "content"))
    addresses = [value for name in ("href", "src") for tag in tags for value in found.values(tag, name)]
    assert addresses and all(str(one).startswith("file:///") for one in addresses)
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", (tmp_path / "call.html").read_text())


def test_texts_that_callers_choose_stay_texts(run: Run, tmp_path: Path) -> None:
    found = page(run, tmp_path / "call.html")
    shown = HOSTILE.replace("\u202e", "\ufffd").replace("\x1b", "\ufffd")
    assert sum(shown in text for text in found.texts) >= 8
    assert "\x1b" not in "".join(found.texts) and "\u202e" not in "".join(found.texts)


def test_the_recordings_are_in_the_page_on_request(run: Run, recorded: Path, tmp_path: Path) -> None:
    sound = b"RIFF" + bytes(range(256)) * 40
    with_file = recorded.parent / "sound.wav"
    db = connect(recorded)
    db.execute("UPDATE recording SET path = ?, status = 'kept', converted_path = ''", (str(with_file),))
    db.close()
    missing = page(run, tmp_path / "call.html", "--with-audio")
    assert f"{with_file} cannot be read: No such file or directory" in missing.texts
    with_file.write_bytes(sound)
    [address] = page(run, tmp_path / "call.html", "--with-audio").values("audio", "src")
    assert address and base64.b64decode(address.removeprefix("data:audio/wav;base64,")) == sound


def test_an_html_file_that_cannot_be_written_is_reported(run: Run, tmp_path: Path) -> None:
    assert said("html_not_written", file=tmp_path / "no/call.html") in run("--html", str(tmp_path / "no/call.html"))[2]
    assert said("audio_without_html") in run("--with-audio")[2]


def test_the_picture_shows_parties_in_one_room_as_hearing_each_other(recorded: Path) -> None:
    story = call_story.story(recorded, "last")
    told, lanes = timeline_steps.steps(story), timeline_steps.lanes(story)
    end = max(step.at for step in told)
    parts = segments(told, lanes, end)
    heard = [(round((one.end - one.start) / SECOND), one.lanes, one.muted) for one in conversations(story, parts, end)]
    both, three = ("customer", "agent 1000"), ("customer", "agent 1000", "third")
    assert heard == [
        (30, both, ()),
        (8, both, ("agent 1000",)),
        (5, both, ()),
        (2, both, ()),
        (15, ("agent 1000", "third"), ()),
        (9, three, ()),
        (32, ("customer", "third"), ()),
    ]
    music = [round((one.end - one.start) / SECOND) for one in parts if one.place is LanePlace.MUSIC]
    assert music == [12, 25, 15] and {one.lane for one in parts if one.place is LanePlace.MUSIC} == {"customer"}
