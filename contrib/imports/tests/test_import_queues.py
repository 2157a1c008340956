"""`warmline import queues`: queues.conf becomes in-groups, agents and phones, and each value has its fate."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import asterisk
from tests.cli.command_line import Run
from warmline_contrib.dialplan_lint.dialplan_reading import from_text
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.queue_conversion import convert
from warmline_contrib.imports.queue_exits import exits
from warmline_contrib.imports.queue_keys import KEYS, TOGETHER, of_all
from warmline_contrib.imports.queue_source import Queue, QueueMember, read

OFFICE = """
[general]
persistentmembers = yes
surprise = 1

[all](!) ; a template
musicclass = default
timeout = 12
retry = 2
wrapuptime = 5
joinempty = no
leavewhenempty = yes
announce-frequency = 15

[sales](all)
strategy = fewestcalls
member => PJSIP/1000,0,Ada Lovelace
member => PJSIP/1001,2
member => Local/1002@from-queue/n,2,Bob,hint:1002@ext-local
member => PJSIP/4930555123@trunk,5,"Eve, at her mobile"
member => Local/7@rooms

[support line](all)
member => SIP/1000
"""
SECOND = """
[billing]
timeout = 30
context = way-out
autopause = yes
maxlen = 4
weight = 3
periodic-announce-frequency = 40
periodic-announce = we-are-busy,please-hold
member => PJSIP/1001
"""

DIALPLAN = """
[way-out]
exten => 0,1,Dial(PJSIP/reception)
exten => _[1-2],1,VoiceMail(50${EXTEN})
exten => 77,1,Hangup()
exten => t,1,Hangup()
include => more-ways

[more-ways]
exten => *,1,Hangup()

[patterns]
exten => _X.,1,Hangup()
"""


@pytest.fixture
def files(database: object, tmp_path: Path) -> list[str]:
    """Provide the files of an office, beside a new database."""
    (tmp_path / "queues.conf").write_text(OFFICE)
    (tmp_path / "more.conf").write_text(SECOND)
    (tmp_path / "extensions.conf").write_text(DIALPLAN)
    return [str(tmp_path / name) for name in ("queues.conf", "more.conf", "extensions.conf")]


def shown(run: Run, kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(kind, "show", name, "--json")[1])
    return {option: value["value"] for option, value in found["options"].items()} if "options" in found else found


def test_queues_are_converted_and_can_be_applied(run: Run, files: list[str], tmp_path: Path) -> None:
    folder = str(tmp_path / "converted")
    rename = ("--name", "support line=SUPPORT")
    code, out, err = run("import", "queues", *files, "--campaign", "TESTCAMP", *rename, "--to", folder, "--json")
    assert code == 0, err
    told = json.loads(out)
    fates = {(one["place"], one["key"], one["value"]): (one["fate"], one["why"]) for one in told["values"]}
    assert fates["sales", "member", "PJSIP/4930555123@trunk"][0] == "changed"
    assert fates["sales", "member", "Local/7@rooms"][0] == "lost"
    assert fates["sales", "member", "Local/1002@from-queue/n"][0] == "changed"
    assert fates["sales", "leavewhenempty", "yes"][0] == "changed"
    assert fates["general", "surprise", "1"] == ("lost", "not a key of all queues")
    assert fates["billing", "autopause", "yes"] == ("changed", "max_missed=1; other queues of an agent differ")
    assert fates["billing", "timeout", "30"] == ("kept", "on_hook_ring_time=30")
    assert told["counts"]["lost"] == sum(fate == "lost" for fate, _ in fates.values())
    for args in (("campaign", "create", "TESTCAMP"), ("config", "apply", folder, "--yes")):
        code, _, err = run(*args)
        assert code == 0, err
    sales = shown(run, "ingroup", "sales")
    assert (sales["next_agent_call"], sales["rank_first"], sales["no_agent_no_queue"]) == (
        *("fewest_calls", "Y", "NO_PAUSED"),
    )
    assert (sales["prompt_interval"], sales["onhold_prompt_filename"]) == (15, "---NONE---")
    assert shown(run, "ingroup", "SUPPORT")["next_agent_call"] == "ring_all"
    billing = shown(run, "ingroup", "billing")
    assert (billing["max_calls_method"], billing["max_calls_count"], billing["queue_priority"]) == ("IN_QUEUE", 4, 3)
    assert (billing["prompt_interval"], billing["onhold_prompt_filename"]) == (40, "we-are-busy|please-hold")
    assert billing["exit_keys"] == [f"{key} -> extension:{key}@way-out" for key in "012*"]
    assert fates["billing", "context", "way-out"][1].endswith("one key leaves, so 77 cannot be dialled")
    ada, other = shown(run, "agent", "1000"), shown(run, "agent", "1001")
    assert (ada["full_name"], ada["ingroups"], ada["phone_mode"]) == ("Ada Lovelace", ["sales", "SUPPORT"], "on_hook")
    assert (billing["on_hook_ring_time"], billing["retry_seconds"]) == (30, 5)
    assert (sales["on_hook_ring_time"], sales["retry_seconds"]) == (12, 2)
    assert (other["ingroup_ranks"], other["on_hook_ring_time"], other["max_missed"]) == (["sales:-2"], 15, 1)
    mobile = shown(run, "agent", "4930555123")
    assert mobile["full_name"] == "Eve, at her mobile"
    assert (mobile["phone"], mobile["outside_number"], mobile["phone_mode"]) == ("", "4930555123", "on_hook")
    assert (other["wrapup_seconds_override"], other["campaign"]) == (5, "TESTCAMP")


def test_tables_of_realtime_become_the_same_as_a_file(run: Run, files: list[str], tmp_path: Path) -> None:
    (tmp_path / "queues.tsv").write_text(
        "name\tmusiconhold\ttimeout\tjoinempty\tperiodic_announce_frequency\nnight\tjazz\t9\tstrict\tNULL\n"
    )
    (tmp_path / "queue_members.tsv").write_text(
        "queue_name\tinterface\tmembername\tpenalty\tpaused\nnight\tPJSIP/1003\tEve\t0\t1\n"
    )
    tables = (str(tmp_path / "queues.tsv"), str(tmp_path / "queue_members.tsv"))
    code, out, err = run("import", "queues", *tables, "--to", str(tmp_path / "converted"), "--json")
    assert code == 0, err
    fates = {(one["key"], one["value"]): one["fate"] for one in json.loads(out)["values"]}
    assert fates["musiconhold", "jazz"] == "kept"
    assert fates["paused of PJSIP/1003", "1"] == "lost"
    assert 'full_name = "Eve"' in (tmp_path / "converted/agent.toml").read_text()


def test_bytes_of_an_older_character_set_are_letters(run: Run, tmp_path: Path) -> None:
    (tmp_path / "queues.conf").write_bytes(b"[b\xfcro]\nmember => PJSIP/1001,0,J\xfcrgen\n")
    named = ("--name", "b\u00fcro=OFFICE", "--to", str(tmp_path / "converted"))
    code, out, err = run("import", "queues", str(tmp_path / "queues.conf"), *named)
    assert code == 0 and "b\u00fcro" in out, err
    assert 'group_name = "b\u00fcro"' in (tmp_path / "converted/ingroup.toml").read_text()
    assert 'full_name = "J\u00fcrgen"' in (tmp_path / "converted/agent.toml").read_text()


def test_an_unreadable_file_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    for name, text, told in (
        ("none.conf", None, "none.conf cannot be read: No such file or directory"),
        ("queues.conf", "[a]\n#include missing.conf\n", "missing.conf does not exist"),
        ("queue_members.tsv", "queue_name\tpenalty\nnight\t0\n", "has a row without interface"),
    ):
        if text is not None:
            (tmp_path / name).write_text(text)
        code, _, err = run("import", "queues", str(tmp_path / name), "--to", str(tmp_path / "converted"))
        assert code != 0
        assert told in " ".join(err.split())
        assert not (tmp_path / "converted").exists(), name


def test_an_order_of_members_becomes_ranks_and_a_weight_becomes_grades() -> None:
    members = tuple(QueueMember(f"PJSIP/{number}", str(number % 3)) for number in range(1000, 1021))
    in_order = convert([Queue("sales", {"strategy": "linear"}, members)])
    ranks = [one["ingroup_ranks"] for one in in_order.config["agent"].values()]
    assert ranks[17:] == [("sales:-8",)] + [("sales:-9",)] * 3
    shared = [one for one in in_order.values if "several share it" in one.why]
    assert [one.fate for one in shared] == [Fate.CHANGED] * 2
    weighted = convert([Queue("sales", {"strategy": "wrandom"}, members)]).config["agent"]
    assert [weighted[str(number)]["ingroup_grades"] for number in (1000, 1001, 1002)] == [
        *(("sales:5",), ("sales:3",), ("sales:10",)),
    ]


def test_member_has_the_parts_that_asterisk_reads(tmp_path: Path) -> None:
    for line, member in (
        ('PJSIP/1, 2 ,"Eve, at home"', ("PJSIP/1", "2", "Eve, at home")),
        (
            'PJSIP/1,0,"Bob "the" (tall, old), O\'Hara",hint:1@x',
            ("PJSIP/1", "0", "Bob the (tall, old), O'Hara", "hint:1@x"),
        ),
        ("PJSIP/1,0,Team [a,b],SIP/1", ("PJSIP/1", "0", "Team [a,b]", "SIP/1")),
        ('PJSIP/1,0,a\\,b\\"c),SIP/1', ("PJSIP/1", "0", 'a,b"c)', "SIP/1")),
        ("PJSIP/1,1,2,3,4,5,6,7", ("PJSIP/1", "1", "2", "3", "4", "5", "6,7")),
        ("", ("",)),
    ):
        (tmp_path / "queues.conf").write_text(f"[sales]\nmember => {line}\n")
        (queue,) = read([tmp_path / "queues.conf"])
        assert queue.members == (QueueMember(*member),), line


def words(text: str) -> list[str]:
    return text.split()


# The keys of a queue and of the section [general] that app_queue of Asterisk 22 compares names with.
OF_A_QUEUE = words("""
    announce announce-frequency announce-holdtime announce-position announce-position-limit announce-position-only-up
    announce-round-seconds announce-to-first-user autofill autopause autopausebusy autopausedelay autopauseunavail
    context defaultrule joinempty leavewhenempty log-restricted-caller-id maxlen memberdelay membergosub
    min-announce-frequency monitor-format music musicclass musiconhold penaltymemberslimit periodic-announce
    periodic-announce-frequency periodic-announce-startdelay queue-callerannounce queue-callswaiting queue-holdtime
    queue-minute queue-minutes queue-quantity1 queue-quantity2 queue-reporthold queue-seconds queue-thankyou
    queue-thereare queue-youarenext random-periodic-announce relative-periodic-announce reportholdtime retry ringinuse
    servicelevel setinterfacevar setqueueentryvar setqueuevar strategy timeout timeoutpriority timeoutrestart weight
    wrapuptime
""")
OF_GENERAL = words("""
    autofill force_longest_waiting_caller log-caller-id-name log_membername_as_agent log_unpause_on_reason_change
    monitor-type negative_penalty_invalid persistentmembers shared_lastcall
""")
REMOVED = {"eventwhencalled", "eventmemberstatus", "membermacro", "monitor-type"}  # keys of queues in older versions
VALUES = ("", "0", "1", "-1", "70", "yes", "no", "once", "strict", "a,b", "queue-thankyou", "queue-x")


@given(st.dictionaries(st.sampled_from(OF_A_QUEUE), st.sampled_from(VALUES)), st.booleans())
def test_each_given_key_has_a_fate_beside_any_others(values: dict[str, str], member: bool) -> None:
    members = (QueueMember("PJSIP/1000", "1"),) if member else ()
    told = convert([Queue("sales", values, members)]).values
    assert set(values) <= {one.key for one in told}
    assert all(one.why for one in told if one.fate is not Fate.KEPT)


def test_each_key_of_app_queue_has_a_fate_and_no_other_key_has() -> None:
    program = asterisk.find()
    assert program
    module = (program.modules or Path("/usr/lib/asterisk/modules")) / "app_queue.so"
    found = module.read_bytes()
    assert [key for key in (*OF_A_QUEUE, *OF_GENERAL) if key.encode() + b"\0" not in found] == []
    assert (set(KEYS) | TOGETHER) - REMOVED == set(OF_A_QUEUE)
    fates = {key: of_all(key, "yes") for key in OF_GENERAL}
    assert [key for key, reading in fates.items() if reading.why == "not a key of all queues"] == []


def test_the_keys_of_a_context_are_its_extensions_of_one_key(tmp_path: Path) -> None:
    plan = from_text(DIALPLAN, "extensions.conf", tmp_path)
    for context, dialplan, fate, why in (
        ("", plan, Fate.NOT_NEEDED, "nothing is set"),
        ("more-ways", plan, Fate.KEPT, "exit_keys=* -> extension:*@more-ways"),
        ("way-out", None, Fate.LOST, "name extensions.conf as a further FILE"),
        ("patterns", plan, Fate.LOST, "no extension of one key; one key leaves, so _X. cannot be dialled"),
        ("elsewhere", plan, Fate.LOST, "[elsewhere] of the dialplan has no extension of one key"),
    ):
        reading = exits(context, dialplan)
        assert reading.fate is fate and reading.why.endswith(why), context


def test_penalties_of_each_strategy_become_ranks_before_the_method() -> None:
    members = (QueueMember("PJSIP/1000", "12"), QueueMember("PJSIP/1001", "40"), QueueMember("PJSIP/1002"))
    for strategy in ("ringall", "leastrecent", "fewestcalls", "random", "rrmemory", "rrordered"):
        config = convert([Queue("sales", {"strategy": strategy}, members)]).config
        assert config["ingroup"]["sales"]["rank_first"] == "Y", strategy
        ranks = [options["ingroup_ranks"] for options in config["agent"].values()]
        assert ranks == [("sales:8",), ("sales:7",), ("sales:9",)], strategy


def test_a_member_is_a_phone_or_a_number_outside() -> None:
    outside, found = "outside_number", {}
    members = {
        "PJSIP/1000": [{"phone": "1000"}],
        "PJSIP/+4917155501@carrier": [{outside: "+4917155501"}],
        "pjsip/carrier/sip:4917155501@192.0.2.7:5060": [{outside: "4917155501"}],
        "SIP/carrier/004917155501": [{outside: "004917155501"}],
        "DAHDI/g1/017155501": [{outside: "017155501"}],
        "Local/017155501@from-internal/n": [{outside: "017155501"}],
        "IAX2/carrier/017155501": [{outside: "017155501"}],
        "Local/204@from-internal/n": [],
        "Agent/204": [],
        "IAX2/1007": [],
        "DAHDI/101": [],
        "Local/hold@queues": [],
    }
    for interface in members:
        agents = convert([Queue("sales", {}, (QueueMember(interface),))]).config.get("agent", {})
        found[interface] = [{key: one[key] for key in ("phone", outside) if key in one} for one in agents.values()]
    assert found == members
