"""Two histories of a call centre in files: a day of agents and transfers, and a day of the dialler with its leads."""

import shutil
from pathlib import Path

from tests.leads.dialled_leads import CALIFORNIA, FLORIDA, NOON, TEXAS
from tests.postgresql.day_of_calls import lived
from tests.reports import made_day
from warmline.store.configuration import config
from warmline.store.database.writing import writing
from warmline.store.lead_changes import hopper_entries
from warmline.store.leads import dnc, leads

NAMES = (("Ada", "Byron"), ("Grace", "byrne"), ("Émile", "Äsop"), ("Bo", "O'Neil"), ("", ""), ("Zoë", "Zander_50%"))
FIELDS = """
    UPDATE lead SET first_name = ?, last_name = ?, city = ?, rank = ?, owner = ?, vendor_lead_code = ?, email = ?,
        custom_fields = ?, last_call = ? WHERE lead_id = ?
"""
RECORDING = """
    INSERT INTO recording (
        id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes, length, sha256,
        converted_path, converted_bytes, converted_sha256, server
    ) SELECT 'r-' || id, id, 'call', 'ALLFORCE', last_agent, arrived, connected, ended, ?, '', '/r/' || id || '.wav',
        44, 1000, 'a', '', 0, '', ? FROM call WHERE connected IS NOT NULL AND id LIKE ?
"""
COMMENT = """
    INSERT INTO call_comment (call, at, "by", mark, comment)
    SELECT id, arrived, 'user:ben', ?, 'Ask first.' FROM call WHERE id LIKE ? ORDER BY id
"""
HELD = "UPDATE lead SET held_by = ?, held_until = ? WHERE lead_id = ?"


def of_agents(folder: Path) -> Path:
    """Make the day of agents."""
    path = folder / "agents.db"
    made_day.make(path)
    with writing(path) as db:
        for status, server, last in (("kept", "main", "%1"), ("kept", "b", "%2"), ("failed", "b", "%3")):
            db.execute(RECORDING, (status, server, last))
        for mark, last in (("coaching", "%2"), ("", "%3"), ("praise", "%2")):
            db.execute(COMMENT, (mark, last))
    return path


def of_dialler(folder: Path) -> Path:
    """Make the day of the dialler, whose leads have names, fields, holds and places before the others."""
    lived(folder, seed=3, steps=40)
    path = Path(shutil.copy(folder / "after.db", folder / "dialler.db"))
    config.set_options(path, "list", "101", {"custom_fields": "size,note"}, who="test")
    with writing(path) as db:
        for lead in range(1, 200):
            first, last = NAMES[lead % len(NAMES)]
            values = (first, last, ("Berlin", "", "Köln")[lead % 3], lead % 7, ("ann", "", "b")[lead % 3])
            more = (f"V{lead % 9}", ("ada@example.com", "")[lead % 2], f'{{"size": "L{lead % 4}"}}')
            db.execute(FIELDS, (*values, *more, None if lead % 4 else lead * 1000, lead))
        for lead in range(40, 60):
            db.execute(HELD, (("it has no number", "another lead has the number")[lead % 2], lead, lead))
    for number, campaign in (("5550142", ""), ("8500", "TESTCAMP"), ("+49 30 555123", "")):
        dnc.add(path, number, campaign, who="test")
    for lead in (90, 12, 300):
        hopper_entries.add(path, lead, lead % 50, "test")
    leads.update(path, 12, {"comments": "likes *tea*"}, who="test")
    _add_leads_in_hours(path)
    return path


def _add_leads_in_hours(path: Path) -> None:
    """Add leads that may be dialled at noon: new ones, due ones, held ones, and those with another number next."""
    config.create(path, "list", "201", {"campaign": "TESTCAMP", "country": "US", "list_weight": "30"}, who="test")
    made = [
        leads.create(path, "201", {"phone_number": f"{area}5550{place:03}", "alt_phone": "2145550199"}, who="test")
        for place in range(30)
        for area in (FLORIDA, TEXAS, CALIFORNIA)
    ]
    with writing(path) as db:
        for lead in made:
            first, last = NAMES[lead % len(NAMES)]
            called = None if lead % 3 else NOON - lead * 3_600_000_000
            db.execute(FIELDS, (first, last, "Köln", lead % 5, ("ann", "", "b")[lead % 3], "", "", "{}", called, lead))
            db.execute("UPDATE lead SET called_count = ? WHERE lead_id = ?", (lead % 4, lead))
        for lead in made[::5]:
            due = NOON - lead if lead % 2 else NOON + lead
            db.execute("UPDATE lead SET passes = 1, status = 'B', next_try = ? WHERE lead_id = ?", (due, lead))
        for lead in made[1::7]:
            held = (f"limit {lead % 3} (drop_lockout_time)", NOON - lead if lead % 2 else NOON + lead, lead)
            db.execute(HELD, held)
        for lead in made[2::9]:
            db.execute("UPDATE lead SET next_number = 'alt_phone', passes = 1 WHERE lead_id = ?", (lead,))
