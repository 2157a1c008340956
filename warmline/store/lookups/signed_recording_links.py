"""Signed addresses of recordings, which a browser opens without a login: who makes them, their check, their end.

A link is the right of its maker, which is checked again at each use. It ends by its time, or by a revocation of the
links of its recording or of all. It also ends when the maker may not make links any more.

The process of the calls alone signs and checks links: the key is in a file that no other process reads.
"""

import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import quote, urlencode

from warmline.access.rights import UserRole
from warmline.store.configuration import api_users, tokens, users
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ALL, ApiToken
from warmline.store.configuration.users import User
from warmline.store.database import link_key
from warmline.store.database.reading import Row, reading, rows
from warmline.store.database.writing import writing
from warmline.text.coded_error import CodedError

SCOPE = "recordings:read"
API = "api"  # in `recording_links`: programs
LOCAL = "local"  # begins the name of a maker on this machine
DAY = 86_400  # seconds
LONGEST = 7 * DAY
PREFIX = "/r"  # of the paths of links
LINK = "link"  # begins the text of a link in place of a client's token
FORMER = 20  # revocations of a recording after which a link still tells that it was revoked

SETTING = """
    SELECT recording_links, recording_link_days,
        ifnull((SELECT value FROM meta WHERE key = 'recording_links_revoked'), '') AS revoked
    FROM setting
"""
REVOKED = "SELECT id, links_revoked FROM recording WHERE id IN (SELECT value FROM json_each(:recordings))"
REVOKE = "UPDATE recording SET links_revoked = links_revoked + 1 WHERE id = ?"
REVOKE_ALL = """
    INSERT INTO meta VALUES ('recording_links_revoked', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)
"""

Maker = ApiToken | User | ApiUser


@dataclass(frozen=True, slots=True)
class LocalMaker(ApiToken):
    """A person who may read the key on this machine. They count as an administrator, as long as there are links."""

    scopes: frozenset[str] = frozenset({ALL})

    @property
    def client(self) -> str:
        """Return the name of the person in logs."""
        return f"{LOCAL}:{self.name}"


class LinkRefused(CodedError):
    """A link is not made, or plays no recording: it is wrong, too old or revoked, or links are switched off."""


class RecordingLink(NamedTuple):
    """A link: the maker's name, its end in seconds since 1970, UTC, and the signature of both and the recording."""

    by: str
    until: int
    signature: str

    @property
    def token(self) -> str:
        """Return the link as a client's token, by which the process of the calls gives audio."""
        return f"{LINK}:{self.until}:{self.signature}:{self.by}"

    def path(self, recording: str, name: str) -> str:
        """Return the path of the link to its recording, with its query.

        The path ends with the file's name, by which programs save a file.
        """
        query = urlencode({"until": self.until, "by": self.by, "sig": self.signature})
        return f"{PREFIX}/{quote(recording, safe='')}/{quote(name, safe='')}?{query}"

    @classmethod
    def of_token(cls, text: str) -> Self | None:
        """Return the link of such a token, or None for another token."""
        kind, until, signature, by = [*text.split(":", 3), "", "", ""][:4]
        return cls(by, int(until), signature) if kind == LINK and re.fullmatch("[0-9]{1,12}", until) else None


def make(
    path: str | Path, recordings: Sequence[str], maker: Maker, now: int, days: int | None = None
) -> list[RecordingLink]:
    """Return a link for each recording, none if this maker may make none; `now` is in seconds.

    The links are valid for so many days, by default for as many as the setting allows.
    Raises LinkRefused if the setting allows fewer, StoreError, OSError (the file with the key).
    """
    with reading(path) as db:
        [setting] = rows(db, SETTING)
        if not _may_make(setting, maker):
            return []
        most = int(setting["recording_link_days"])
        if days and days > most:
            raise LinkRefused(
                "recording_link_days",
                "a link to a recording is valid for at most {most} days; an administrator changes that with: warmline "
                "setting set recording_link_days=7",
                most=most,
            )
        until = now + min(LONGEST, (days or most) * DAY)
        found = rows(db, REVOKED, recordings=json.dumps(list(recordings)))
    times, by = {row["id"]: row["links_revoked"] for row in found}, maker.client
    return [RecordingLink(by, until, _sign(path, setting, one, by, until, times.get(one, 0))) for one in recordings]


def check(path: str | Path, recording: str, link: RecordingLink, now: int) -> Maker:
    """Return the maker of a link that is valid at `now`, in seconds.

    Raises LinkRefused, StoreError, OSError (the file with the key).
    """
    with reading(path) as db:
        [setting] = rows(db, SETTING)
        found = rows(db, REVOKED, recordings=json.dumps([recording]))
        revoked = found[0]["links_revoked"] if found else 0
        given = link.signature.encode(errors="replace")
        signed = [
            hmac.compare_digest(_sign(path, setting, recording, link.by, link.until, times).encode(), given)
            for times in range(max(0, revoked - FORMER), revoked + 1)
        ]
        if not any(signed) or not found:
            raise LinkRefused("recording_link_wrong", "this link plays no recording; ask for a new one")
        if not signed[-1]:
            raise LinkRefused("recording_link_revoked", "this link was revoked; ask for a new one")
        if not now < link.until <= now + LONGEST:
            raise LinkRefused("recording_link_expired", "the time of this link is over; ask for a new one")
    maker = _named(path, link.by)
    if maker is None or not maker.may(SCOPE) or not _may_make(setting, maker):
        raise LinkRefused("recording_link_off", "the maker of this link may give links no more; ask for a new one")
    return maker


def revoke(path: str | Path, recording: str = "") -> None:
    """End the links of a recording, or all links. Raises StoreError."""
    with writing(path) as db:
        db.execute(REVOKE if recording else REVOKE_ALL, [recording] if recording else [])


def switched_off(client: str) -> LinkRefused:
    """Make the error for a client who may make no links."""
    return LinkRefused(
        "recording_links_off",
        "{client} may make no links; an administrator switches them on by role: warmline setting set "
        "recording_links=admin,api",
        client=client,
    )


def _may_make(setting: Row, maker: Maker) -> bool:
    person = maker.user if isinstance(maker, ApiUser) else maker
    role = person.role if isinstance(person, User) else UserRole.ADMIN if isinstance(person, LocalMaker) else API
    return role in json.loads(setting["recording_links"])


def _named(path: str | Path, name: str) -> Maker | None:
    """Return the client of that name, as `client` of each kind writes it, or None. Raises StoreError."""
    kind, colon, rest = name.partition(":")
    if colon and kind == LOCAL:
        return LocalMaker(rest)
    if colon and kind == "token":
        return next((one for one in tokens.read_all(path).values() if one.name == rest), None)
    if colon and kind == "user":
        person = users.find(path, rest)
        return person.user if person and person.active else None
    with reading(path) as db:
        program = api_users.find(db, name)
    return program if program and program.active and program.api_access else None


def _sign(path: str | Path, setting: Row, recording: str, by: str, until: int, revoked: int) -> str:
    signed = json.dumps(["recording", recording, by, until, revoked, setting["revoked"]]).encode()
    return hmac.new(link_key.of(path), signed, sha256).hexdigest()
