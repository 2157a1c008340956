"""Checks of the server of the database, if the settings name PostgreSQL: version, commits, standbys and clock."""

from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, good, note, warning
from warmline.store.database.database import StoreError
from warmline.store.maintenance import server_state
from warmline.store.maintenance.server_state import ServerState

APART = 1.0  # seconds between two clocks
SLOW = 0.02  # seconds of an answer, of which a call waits for four or five one after the other
BEHIND = 64 << 20  # bytes that a standby may be behind


def server(facts: CheckFacts) -> Iterator[Finding]:
    """Check the server of the database; a database in a file has none."""
    try:
        found = server_state.of(facts.settings.db)
    except StoreError as problem:
        raise unknown(problem) from None
    if found is None:
        yield good("database_in_file", "the database is a file")
        return
    findings = [*_version(found), *_commits(found), *_standbys(found), *_times(found)]
    yield from findings or [good("server_good", f"PostgreSQL {found.version}, led by {found.holder or 'no app'}")]


def _version(found: ServerState) -> Iterator[Finding]:
    if found.is_old:
        why = "statements of Warmline fail"
        yield error(
            "server_old", f"PostgreSQL {found.version} is older than 15", why, "upgrade PostgreSQL", by_hand=True
        )


def _commits(found: ServerState) -> Iterator[Finding]:
    if "fsync" in found.forgets:
        why = "a machine that loses power forgets confirmed records, and its database may be damaged"
        yield error("server_without_fsync", "fsync is off", why, "ALTER SYSTEM SET fsync = on", by_hand=True)
    if "synchronous_commit" in found.forgets:
        why = "Warmline's sessions set it to on, and those of other programs can lose what they have committed"
        fix = "ALTER ROLE, ALTER DATABASE or ALTER SYSTEM: SET synchronous_commit = on"
        yield warning("server_commits_early", "synchronous_commit is off", why, fix, by_hand=True)


def _standbys(found: ServerState) -> Iterator[Finding]:
    if not found.waits:
        why = "a confirmed record is on one machine alone: see synchronous_standby_names of PostgreSQL"
        yield note("server_alone", "no commit waits for a standby", why)
    elif not found.sees_standbys:
        why = "whether a synchronous standby is connected is not known"
        yield note("server_standbys_hidden", "the user of the database may not see standbys: GRANT pg_monitor", why)
    elif not found.synchronous:
        why = "commits wait until a synchronous standby is connected; calls go on, and new lines are refused"
        fix = "ask the database's administrator to start the standby"
        yield error("server_standby_away", "no synchronous standby is connected", why, fix, by_hand=True)
    if found.behind > BEHIND:
        text = f"a standby is {found.behind >> 20} MB behind"
        yield warning("server_standby_behind", text, "a switch to it takes longer", "look at its log", by_hand=True)


def _times(found: ServerState) -> Iterator[Finding]:
    if abs(found.ahead) > APART:
        text = f"the server's clock is {abs(found.ahead):.1f} s {'ahead of' if found.ahead > 0 else 'behind'} this one"
        why = "times of sessions and of the lease differ from those of calls"
        yield warning("server_clock_apart", text, why, "timedatectl set-ntp true")
    if found.answered > SLOW:
        text = f"the server took {found.answered * 1000:.0f} ms for an answer"
        why = "each call waits for four or five commits, one after the other"
        yield warning("server_slow", text, why, "use a server in the same building", by_hand=True)


CHECKS = (
    Check(
        "database server",
        server,
        "PostgreSQL, if the settings name it, is new enough, stores its commits, answers soon, and has its synchronous "
        "standby",
    ),
)
