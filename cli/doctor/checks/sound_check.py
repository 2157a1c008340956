"""Checks of sounds and recordings: files, music, and the folder, the rules and the files of recordings."""

import re
import shlex
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cli.doctor.facts import sound_files
from cli.doctor.facts.check_facts import CheckFacts, unknown, unreadable
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from cli.doctor.facts.settings_command import change
from warmline.options.values.option_types import Value
from warmline.store.database.database import StoreError
from warmline.store.recordings.recording_places import every_place
from warmline.store.reports import recordings
from warmline.store.reports.recording_files import RecordingFiles
from warmline.store.reports.recordings import KEPT, SHORT, WRONG

ENDING = re.compile(r"\.(wav|wav49|gsm|ulaw|alaw|sln|sln16|g722|g729|mp3|ogg|opus)(?=\||$)", re.IGNORECASE)
LEAST_SPACE = 1 << 30  # bytes: 18 hours of one wav file
DAY = 86_400_000_000  # microseconds
LISTED = "warmline audit recordings --since 24h --fields asked,agent,status,file,missing,cause,id"


def folder(facts: CheckFacts) -> Iterator[Finding]:
    """Check that Asterisk writes recordings where Warmline reads them, and that the disk has space."""
    ours, theirs = Path(facts.settings.recordings), facts.folder("Spool directory") / "recording"
    owner = facts.owner
    if ours.resolve() != theirs.resolve():
        why = "Warmline neither finds nor counts the recordings"
        fix = change(facts, "recordings", str(theirs))
        yield error("recordings_folder_differs", f"Asterisk records into {theirs}, the settings say {ours}", why, fix)
    elif not ours.is_dir():
        fix = f"install -d -o {owner.name} -g {owner.group_name} -m 750 {shlex.quote(str(ours))}"
        yield error(
            "recordings_folder_missing", f"there is no folder {ours}", "nothing can be recorded", fix, safe=True
        )
    elif not owner.may_write(ours):
        fix = f"chown {owner.name}:{owner.group_name} {shlex.quote(str(ours))} && chmod u+rwx {shlex.quote(str(ours))}"
        yield error("recordings_folder_closed", f"{owner.name} may not write to {ours}", "nothing can be recorded", fix)
    elif (free := shutil.disk_usage(ours).free) < LEAST_SPACE:
        why = "recordings end when the disk is full: free some space (the command shows the largest files)"
        fix = f"ls -lS {shlex.quote(str(ours))} | head"
        yield warning("disk_nearly_full", f"{free >> 20} MB are free in {ours}", why, fix)
    else:
        yield good("recordings_folder_good", f"{ours}, {free >> 30} GB free")


def files(facts: CheckFacts) -> Iterator[Finding]:
    """Check the sound files that options name."""
    place = facts.folder("Data directory") / "sounds"
    facts.entities("ingroup")  # raises FactUnknown if no database can be read
    try:
        missing = sound_files.missing(facts.settings.db, place)
    except OSError as problem:
        raise unreadable(problem.filename, problem) from None
    if not missing:
        yield good("sounds_good", f"all sound files of options are in {place}")
        return
    named = dict.fromkeys(one.file for one in missing)
    for one in {one.file: one for one in missing}.values():
        users = [f"{other.kind} {other.name} {other.option}" for other in missing if other.file == one.file]
        found = f"{one.file} (of {few(users)}) is not in {place}"
        fix = f"warmline {one.kind} set {shlex.quote(one.name)} {one.option}={_without(facts, one, named)}"
        yield error("sounds_missing", found, "callers hear nothing at that point", fix)


def _without(facts: CheckFacts, one: sound_files.NamedSound, missing: dict[str, None]) -> str:
    """Return the option's value without the endings, or without the missing files."""
    value = str(facts.entities(one.kind)[one.name][one.option])
    plain = ENDING.sub("", value)
    if plain != value:  # a name with its ending never plays
        return shlex.quote(plain)
    kept = "|".join(file for file in value.split("|") if file not in missing)
    return shlex.quote(kept or ("---NONE---" if "|" in value or value.startswith("---") else "vm-goodbye"))


def music(facts: CheckFacts) -> Iterator[Finding]:
    """Check the classes of music that options name, and their files."""
    classes = _classes(facts.console("moh show classes"))
    facts.entities("ingroup")
    used: dict[str, list[sound_files.NamedSound]] = {"default": []}
    for one in sound_files.classes(facts.settings.db):
        used.setdefault(one.file, []).append(one)
    faults = [fault for name, users in used.items() for fault in _music(facts, name, users, classes)]
    yield from faults or [good("music_good", ", ".join(used))]


def _music(
    facts: CheckFacts, name: str, users: list[sound_files.NamedSound], classes: dict[str, str]
) -> Iterator[Finding]:
    """Yield the faults of a class of music. Asterisk does not list an empty class."""
    data = facts.folder("Data directory")
    directory = facts.conf("musiconhold.conf").value(name, "directory")
    folder = classes.get(name) or directory
    place = data / folder if folder else None  # a relative folder is below Asterisk's data folder
    where = few([f"{one.kind} {one.name} {one.option}" for one in users]) or "all that name no other"
    if name not in classes and not place:
        why = "waiting callers hear the default class, or nothing"
        fix = " && ".join(f"warmline {one.kind} set {shlex.quote(one.name)} {one.option}=default" for one in users)
        own = facts.add("musiconhold.conf", name, {"mode": "files", "directory": str(data / "moh")}, "moh reload")
        yield error(
            "music_class_missing", f"there is no class {name} (of {where})", why, fix if name != "default" else own
        )
    elif place and not (place.is_dir() and any(place.iterdir())):
        why = "waiting callers hear silence (the command puts a prompt there: your music belongs there)"
        yield warning("music_class_empty", f"class {name} is empty: {place} (of {where})", why, _fill(facts, place))


def _fill(facts: CheckFacts, place: Path) -> str:
    """Return the command that puts a prompt into a class."""
    source, target = (shlex.quote(str(path)) for path in (facts.folder("Data directory") / "sounds", place))
    prompt = f"\"$(find -L {source} -name 'vm-goodbye.*' | head -1)\""
    return f"mkdir -p {target} && cp {prompt} {target}/ && {facts.rx('moh reload')}"


def _classes(shown: str) -> dict[str, str]:
    """Return each class of Asterisk with its configured folder; "" if it does not play files."""
    found: dict[str, str] = {}
    name = ""
    for line in shown.splitlines():
        key, _, value = line.strip().partition(": ")
        if key == "Class":
            name = value
            found[name] = ""
        elif key == "Directory" and name:
            found[name] = value
    return found


def rules(facts: CheckFacts) -> Iterator[Finding]:
    """Check for options about recording that cancel each other."""
    found = []
    lists = facts.entities("container")
    for name, campaign in facts.entities("campaign").items():
        for option, other, why in _contradictions(campaign, lists):
            fix = f"warmline campaign set {shlex.quote(name)} {option}"
            found.append(warning("option_without_effect", f"campaign {name}: {other}", why, fix))
    for kind, option in (("ingroup", "ingroup_recording_override"), ("agent", "recording_override")):
        never = [name for name, values in facts.entities(kind).items() if values[option] == "NEVER"]
        if never and any(one["campaign_recording"] == "ALLFORCE" for one in facts.entities("campaign").values()):
            why = f"{option} overrides a campaign's ALLFORCE: these calls are not recorded"
            found.append(
                note(
                    "recording_never",
                    f"{option}=NEVER of {kind} {few(never)}",
                    why,
                    "warmline explain recording --help",
                )
            )
    yield from found or [good("options_effect_good", "no option overrides another")]


def _contradictions(campaign: dict[str, Value], lists: dict[str, dict[str, Value]]) -> Iterator[tuple[str, str, str]]:
    """Yield the option that resolves a contradiction, the contradiction, and its result."""
    start, stop = campaign["leave_3way_start_recording"], campaign["leave_3way_stop_recording"]
    if stop == "ALL_CALLS" and start != "DISABLED":
        found = f"leave_3way_start_recording={start} beside leave_3way_stop_recording=ALL_CALLS"
        yield "leave_3way_start_recording=DISABLED", found, "nothing is recorded once the agent has left"
    if stop == "ALL_CALLS" and campaign["campaign_recording"] == "ALLFORCE":
        found = "campaign_recording=ALLFORCE beside leave_3way_stop_recording=ALL_CALLS"
        yield "leave_3way_stop_recording=DISABLED", found, "ALLFORCE does not hold once the agent has left"
    if campaign["three_way_record_stop"] == "Y" and campaign["campaign_recording"] == "ALLFORCE":
        found = "campaign_recording=ALLFORCE beside three_way_record_stop=Y"
        yield "three_way_record_stop=N", found, "ALLFORCE does not hold once a third party is connected"
    if campaign["campaign_recording"] == "NEVER" and campaign["hangup_xfer_record_start"] == "Y":
        found = "campaign_recording=NEVER beside hangup_xfer_record_start=Y"
        yield "hangup_xfer_record_start=N", found, "a call that is never to be recorded is, after a third party"
    excepted = str(campaign["leave_3way_start_recording_exception"])
    if start in ("ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS") and not lists.get(excepted, {}).get("entries"):
        found = f"leave_3way_start_recording={start}, and no number is in {excepted}"
        yield "leave_3way_start_recording=DISABLED", found, "the list of exceptions decides, and is empty"


def recorded(facts: CheckFacts) -> Iterator[Finding]:
    """Compare the rows of the last day with their files. Files of other servers are judged by their rows."""
    places, db = every_place(facts.settings), facts.settings.db
    files, failed, lost, short = RecordingFiles(places, db), Counter[str](), Counter[str](), list[int]()
    try:
        for row in recordings.ended_since(db, time.time_ns() // 1000 - DAY):
            if row["status"] != KEPT:
                failed[row["cause"]] += 1
                continue
            is_remote = places.remote(row["path"])
            if not is_remote and (state := recordings.state_of(row, files)) in WRONG and state != SHORT:
                lost[state] += 1
            elif missing := recordings.missing_of(row):
                short.append(missing)
    except StoreError as problem:
        raise unknown(problem) from None
    fix = f"df -h {shlex.quote(facts.settings.recordings)}; {LISTED}"
    if failed:
        causes = few([f"{count} because: {cause}" for cause, count in failed.most_common()])
        yield error("recordings_failed", f"recordings of the last day without sound: {causes}", "they are lost", fix)
    if lost:
        states = few([f"{count} {state}" for state, count in lost.most_common()])
        why = "they cannot be heard, or not whole"
        yield error(
            "recordings_differ", f"recordings of the last day whose file is not what was kept: {states}", why, fix
        )
    if short:
        most = f"{max(short) / 1000:.1f} s"
        found = f"recordings of the last day that are shorter than their time: {len(short)}, by up to {most}"
        yield warning("recordings_short", found, "a part of these calls was not recorded, such as on a full disk", fix)
    if not failed and not lost and not short:
        yield good("recordings_whole", "the recordings of the last day can be heard, and nothing is missing")


CHECKS = (
    Check(
        "recording folder",
        folder,
        "Asterisk records into the folder of the settings, can write there, and has enough space",
    ),
    Check("recording rules", rules, "no recording option cancels the effect of another one"),
    Check("recorded files", recorded, "each recording of the last day can be heard, and is as long as its time"),
    Check("sounds", files, "every sound file that an option names exists"),
    Check("music", music, "every music class that an option names exists and has files"),
)
