"""Signed links to recordings: who gets them, and when they play."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import history_rows, vector_site
from tests.http.non_agent.vector_site import USUAL
from tests.internals.non_agent import (
    LinkRefused,
    RecordingLink,
    config,
    erasure,
    link_key,
    password_check,
    signed_recording_links,
)

AUDIO = bytes(range(44))
NOW = 1_795_200_000  # seconds
LOOKUP = USUAL | {"function": "recording_lookup", "lead_id": "123457"}


def switch_on(database: Path, *makers: str, **more: str) -> None:
    config.set_options(database, "setting", "warmline", {"recording_links": ",".join(makers), **more}, who="test")


@pytest.fixture(scope="module")
def prepared(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = Path(shutil.copy(base, tmp_path_factory.mktemp("links") / "warmline.db"))
    with closing(sqlite3.connect(database)) as db, db:
        history_rows.history(db)
    for name, options in (
        ("sue", {"role": "supervisor", "user_group": "ADMIN"}),
        ("ada", {"role": "admin"}),
        ("ann", {"role": "agent", "agent": "1000"}),
    ):
        config.create(database, "user", name, {"pass": "a-long-enough-secret", **options}, who="test")
    return database


@pytest.fixture
def database(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "warmline.db"))


@pytest.fixture
def site(database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    recordings = tmp_path / "run" / "recordings"
    recordings.mkdir(parents=True)
    for name in ("5001", "5002"):
        (recordings / f"{name}.wav").write_bytes(AUDIO)
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE recording SET path = ? || path", [f"{recordings}/"])
    made = JsonSite(database, tmp_path / "run", password_check.from_store(str(database)), ())
    yield made
    made.close()


Get = Callable[..., tuple[int, bytes, dict[str, str]]]


@pytest.fixture
def get(site: JsonSite) -> Get:
    """Open an address without a login."""

    def go(address: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        async def sent() -> tuple[int, bytes, dict[str, str]]:
            response = await site.client.get(address.replace(site.url, ""), headers=headers)
            return response.status, await response.read(), dict(response.headers)

        return site.do(sent())

    return go


def locations(site: JsonSite) -> list[str]:
    return [line.split("|")[-1] for line in vector_site.ask(site, LOOKUP).splitlines()]


def test_without_the_setting_a_location_takes_a_token(site: JsonSite, get: Get) -> None:
    first, _ = locations(site)
    assert first == f"{site.url}/api/v1/recordings/5001"
    assert get(first)[0] == 401


def test_a_location_plays_in_a_browser_without_a_login(site: JsonSite, get: Get, database: Path) -> None:
    switch_on(database, "api")
    _, second = locations(site)
    status, body, headers = get(second)
    assert (status, body) == (200, AUDIO)
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    status, body, headers = get(second, Range="bytes=4-7")
    assert (status, body, headers["Content-Range"]) == (206, AUDIO[4:8], "bytes 4-7/44")


def test_a_play_of_a_link_is_in_the_audit(
    site: JsonSite, get: Get, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    switch_on(database, "api")
    caplog.set_level("INFO", "warmline.api")
    get(locations(site)[0])
    assert "the holder of a link of 6666 reads recording 5001" in caplog.text


def test_no_log_has_a_signature(site: JsonSite, get: Get, database: Path, caplog: pytest.LogCaptureFixture) -> None:
    switch_on(database, "api")
    caplog.set_level("DEBUG", "warmline")
    good = locations(site)[0]
    get(good)
    get(good + "0")
    key = Path(f"{database}-link-key").read_bytes()
    assert len(key) == 32
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("warmline")]
    assert len(lines) > 2
    assert not any(secret in line for line in lines for secret in (key.hex(), good.rpartition("sig=")[2]))


@pytest.mark.parametrize("part", ["recording", "until", "by", "sig", "nothing", "letters"])
def test_a_changed_link_plays_nothing(part: str, site: JsonSite, get: Get, database: Path) -> None:
    switch_on(database, "api")
    good = locations(site)[0]
    before, after = {
        "recording": ("/r/5001", "/r/5002"),
        "until": ("until=", "until=1"),
        "by": ("by=6666", "by=user%3Aada"),
        "sig": ("sig=", "sig=0"),
        "nothing": (good.partition("?")[2], ""),
        "letters": ("sig=", "sig=%C3%A4"),
    }[part]
    status, body, _ = get(good.replace(before, after))
    assert (status, body) == (404, b"this link plays no recording; ask for a new one\n")


def test_an_address_with_wrong_links_has_to_wait(site: JsonSite, get: Get, database: Path) -> None:
    switch_on(database, "api")
    good = locations(site)[0]
    statuses = [get(f"{good}{number}")[0] for number in range(6)]
    assert statuses == [404] * 5 + [429]
    assert get(good)[0] == 429


def test_a_revoked_link_is_gone_and_a_new_one_plays(site: JsonSite, get: Get, database: Path) -> None:
    switch_on(database, "api")
    first, second = locations(site)
    assert site.ask("DELETE", "/recordings/5001/link").body == {"recording": "5001"}
    assert get(first)[:2] == (410, b"this link was revoked; ask for a new one\n")
    assert get(second)[0] == 200
    assert get(locations(site)[0])[0] == 200
    assert site.ask("DELETE", "/recordings/links").status == 200
    assert get(second)[0] == 404


def test_a_link_to_an_erased_recording_plays_nothing(site: JsonSite, get: Get, database: Path, tmp_path: Path) -> None:
    switch_on(database, "api")
    good = locations(site)[0]
    assert get(good)[0] == 200
    erasure.erase(database, tmp_path / "run" / "recordings", "3125550101", who="test")
    assert get(good)[0] == 404
    with closing(sqlite3.connect(database)) as db:
        [erased] = db.execute("SELECT id FROM recording WHERE id LIKE 'erased%' LIMIT 1").fetchone()
    assert get(good.replace("/r/5001", f"/r/{erased}"))[0] == 404
    assert vector_site.ask(site, LOOKUP).startswith("ERROR: recording_lookup NO RECORDINGS FOUND")


def test_only_an_administrator_ends_all_links(site: JsonSite, database: Path) -> None:
    token = "x" * 43
    config.create(database, "api-token", "player", {"token": token, "scopes": "recordings:read"}, who="test")
    switch_on(database, "api")
    site.forget()
    assert site.ask("DELETE", "/recordings/links", token=token).status == 403
    made = site.ask("POST", "/recordings/5001/link", token=token)
    assert made.status == 200
    assert made.body["path"].startswith("/r/5001/5001.wav?until=")
    assert site.ask("DELETE", "/recordings/5001/link", token=token).status == 200
    switch_on(database, "admin")
    refused = site.ask("POST", "/recordings/5001/link", token=token)
    assert (refused.status, refused.body["code"]) == (403, "recording_links_off")
    assert site.ask("POST", "/recordings/none/link", token=token).status == 404


def link(database: Path, by: str = "6666", now: int = NOW) -> RecordingLink:
    maker = signed_recording_links._named(database, by)
    assert maker
    return signed_recording_links.make(database, ["5001"], maker, now)[0]


@pytest.mark.parametrize(("days", "after", "plays"), [("1", 86_399, True), ("1", 86_400, False), ("7", 604_800, False)])
def test_a_link_ends_by_its_time(days: str, after: int, plays: bool, database: Path) -> None:
    switch_on(database, "api", recording_link_days=days)
    made = link(database)
    if plays:
        assert signed_recording_links.check(database, "5001", made, NOW + after).client == "6666"
    else:
        with pytest.raises(LinkRefused, match="time of this link is over"):
            signed_recording_links.check(database, "5001", made, NOW + after)


@pytest.mark.parametrize(("by", "role"), [("6666", "api"), ("user:sue", "supervisor"), ("user:ada", "admin")])
def test_each_role_makes_links_where_it_is_switched_on(by: str, role: str, database: Path) -> None:
    maker = signed_recording_links._named(database, by)
    assert maker
    switch_on(database, *{"api", "supervisor", "admin"} - {role})
    assert signed_recording_links.make(database, ["5001"], maker, NOW) == []
    switch_on(database, role)
    assert signed_recording_links.check(database, "5001", link(database, by), NOW)


def test_a_link_ends_when_its_maker_may_give_none(database: Path) -> None:
    switch_on(database, "api", "supervisor")
    made, of_person = link(database), link(database, "user:sue")
    switch_on(database, "supervisor")
    with pytest.raises(LinkRefused, match="may give links no more"):
        signed_recording_links.check(database, "5001", made, NOW)
    config.set_options(database, "user", "sue", {"active": "N"}, who="test")
    with pytest.raises(LinkRefused, match="may give links no more"):
        signed_recording_links.check(database, "5001", of_person, NOW)


def test_only_the_owner_reads_the_key_which_a_restart_keeps(database: Path) -> None:
    switch_on(database, "api")
    made, file = link(database), Path(f"{database}-link-key")
    assert file.stat().st_mode & 0o777 == 0o600
    link_key.of.cache_clear()
    assert signed_recording_links.check(database, "5001", made, NOW)
    link_key.of.cache_clear()
    file.write_bytes(b"x" * 32)
    with pytest.raises(LinkRefused, match="plays no recording"):
        signed_recording_links.check(database, "5001", made, NOW)
