"""`warmline doctor` on a real Asterisk: each fault is created, found, fixed by the printed command, and gone."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli.client import ari_console
from cli.main import main
from lab import demo_config, instance, process, programs
from lab.description import Lab
from tests.lab.conftest import stop
from tests.lab.warm_warmline import warm_warmline
from warmline.store.configuration import config
from warmline.system import systemd_service
from warmline.system.settings import load


class Site:
    """A lab with its administrator's shell."""

    def __init__(self, lab: Lab, tools: Path) -> None:
        self.lab = lab
        self.etc = Path(lab.dir) / "etc"
        self.db = lab.db
        self.environ = os.environ | {
            "WARMLINE_CONFIG": str(Path(lab.dir) / "warmline.toml"),
            "PATH": f"{tools}:{os.environ['PATH']}",
        }

    def shell(self, command: str) -> None:
        """Run a command as it was printed; a question is answered with a good password."""
        done = subprocess.run(
            ["sh", "-c", command],
            env=self.environ,
            input="aGoodLongOne47\n",
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, (command, done.stderr, done.stdout)

    def rx(self, command: str) -> None:
        subprocess.run([*self.lab.asterisk_cli, command], capture_output=True, check=True)

    def add(self, file: str, text: str, reload: str) -> None:
        """Append lines to one of Asterisk's files, and reload it."""
        with open(self.etc / file, "a") as conf:
            conf.write(f"\n{text}\n")
        self.rx(reload)

    def setting(self, key: str, value: str) -> None:
        """Change Warmline's settings file."""
        file = Path(self.lab.dir) / "warmline.toml"
        file.write_text(re.sub(rf'^{key} = ".*"$', f'{key} = "{value}"', file.read_text(), flags=re.MULTILINE))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Provide one lab for all tests; its app, which some faults would end, runs only if a test starts it."""
    directory, tools = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("bin")
    systemctl = f"#!/bin/sh\n[ $1 = show ] || exec {tools}/warmline lab restart-app --dir {directory}\n"
    (tools / "systemctl").write_text(systemctl)
    (tools / "systemctl").chmod(0o755)
    (tools / "warmline").symlink_to(warm_warmline())
    try:
        lab = instance.up(directory)
        for name in list(lab.phones)[2:]:  # otherwise doctor checks each of them in each test
            for user in [one for one, of in demo_config.USERS.items() if of.get("agent") == name]:
                config.delete(lab.db, "user", user, who="ada")
            config.delete(lab.db, "agent", name, who="ada")
            config.delete(lab.db, "phone", name, who="ada")
        process.stop(programs.app_record(directory))
        yield Site(lab, tools)
    finally:
        stop(directory)


class Doctor(NamedTuple):
    """The command, in this process."""

    site: Site
    said: pytest.CaptureFixture[str]

    def __call__(self, check: str, *more: str) -> tuple[int, list[dict[str, Any]]]:
        """Return the exit code and findings of one check, without notes about this machine."""
        with pytest.raises(SystemExit) as ended:
            main(["doctor", "--only", check, "--json", *more])
        told = json.loads(self.said.readouterr().out)
        return int(ended.value.code or 0), [one for one in told if one["severity"] != "note"]


@pytest.fixture
def doctor(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    for name in ("WARMLINE_CONFIG", "PATH"):
        monkeypatch.setenv(name, site.environ[name])
    monkeypatch.setattr(systemd_service, "is_here", lambda name: True)  # the site has a systemctl
    return Doctor(site, capsys)


def set_options(kind: str, name: str, **options: str) -> Callable[[Site], None]:
    def broken(site: Site) -> None:
        config.set_options(site.db, kind, name, options, who="ada")

    return broken


def no_include(site: Site) -> None:
    file = site.etc / "extensions.conf"
    file.write_text(file.read_text().replace("#include", ";include", 1))
    site.rx("core reload")


def own_way_in(site: Site) -> None:
    site.add(
        "extensions.conf",
        "[shop]\nexten => 1,1,Answer()\n same => n,Stasis(warmline,ingroup,SALESLINE)\n same => n,Hangup()",
        "dialplan reload",
    )


def own_extension(site: Site) -> None:
    site.add("extensions.conf", "[from-trunk]\nexten => _X.,1,NoOp(mine)\n same => n,Hangup()", "dialplan reload")


def empty_class(site: Site) -> None:
    (Path(site.lab.dir) / "quiet").mkdir()
    site.add("musiconhold.conf", f"[quiet]\nmode = files\ndirectory = {site.lab.dir}/quiet", "moh reload")
    config.set_options(site.db, "ingroup", "SUPPORTLINE", {"moh_context": "quiet"}, who="ada")


def other_password(site: Site) -> None:
    site.add("ari.conf", "[warmline](+)\npassword = another-one-entirely", "module reload res_ari.so")


def short_password(site: Site) -> None:
    site.setting("ari_password", "1234")
    site.add("ari.conf", "[warmline](+)\npassword = 1234", "module reload res_ari.so")


def phone_without_endpoint(site: Site) -> None:
    config.create(site.db, "phone", "9999", {}, who="ada")


def no_recordings_folder(site: Site) -> None:
    Path(site.lab.recordings).rmdir()


def no_spool(site: Site) -> None:
    (Path(site.lab.dir) / "spool").rmdir()


def sip(lines: str, of: str = "type=endpoint") -> Callable[[Site], None]:
    return lambda site: site.add("pjsip.conf", f"[1001](+{of})\n{lines}", "module reload res_pjsip.so")


def browser(line: str) -> Callable[[Site], None]:
    section = "[warmline-browser](+type=endpoint)"
    return lambda site: site.add("pjsip.conf", f"{section}\n{line}", "module reload res_pjsip.so")


def no_ice(site: Site) -> None:
    site.add("rtp.conf", "[general](+)\nicesupport = no", "module reload res_rtp_asterisk.so")


def patient_trunk(site: Site) -> None:
    site.add("pjsip.conf", "[trunk](+type=endpoint)\nrtp_timeout = 0", "module reload res_pjsip.so")
    config.set_options(site.db, "campaign", "TESTCAMP", {"dial_template": "PJSIP/{number}@trunk"}, who="ada")


def tones_for_keys(site: Site) -> None:
    config.set_options(site.db, "campaign", "TESTCAMP", {"feature_keys": "Y"}, who="ada")
    sip("dtmf_mode = inband")(site)


def no_keys(site: Site) -> None:
    config.set_options(site.db, "campaign", "TESTCAMP", {"feature_keys": "Y"}, who="ada")
    sip("dtmf_mode = none")(site)


def ari_conf(section: str, line: str) -> Callable[[Site], None]:
    return lambda site: site.add("ari.conf", f"[{section}](+)\n{line}", "module reload res_ari.so")


def ticket_in_dialplan(site: Site) -> None:
    steps = "exten => 790,1,Set(WARMLINE_DATA_ticket=1)\n same => n,Hangup()"
    site.add("extensions.conf", f"[from-trunk](+)\n{steps}", "dialplan reload")


# fmt: off
BROKEN: list[tuple[str, Callable[[Site], None], str, str]] = [  # check, how it is broken, severity, code
    ("ARI user", other_password, "error", "ari_login_refused"),
    ("ARI user", ari_conf("warmline", "read_only = yes"), "error", "ari_user_reads_only"),
    ("ARI user", ari_conf("general", "enabled = no"), "error", "ari_missing"),
    ("modules", lambda site: site.rx("module unload bridge_holding.so"), "error", "modules_missing"),
    ("websocket_write_timeout", ari_conf("general", "websocket_write_timeout = 100"), "warning",
     "write_timeout_short"),
    ("channelvars", ari_conf("general", "channelvars = SHOP,WARMLINE_CALL"), "error",
     "channelvars_missing"),
    ("dialplan", lambda site: site.rx("dialplan remove context warmline-note"), "error",
     "dialplan_missing"),
    ("dialplan", lambda site: site.rx("dialplan remove extension s@warmline-login"), "error",
     "dialplan_differs"),
    ("dialplan", no_include, "error", "dialplan_missing"),
    ("ways to Warmline", lambda site: site.rx("dialplan remove include warmline-from-trunk from from-trunk"), "warning",
     "way_in_missing"),
    ("ways to Warmline", lambda site: site.rx("dialplan remove context from-phones"), "warning",
     "way_in_missing"),
    ("DIDs", own_extension, "error", "dids_not_routed"),
    ("after the call", set_options("campaign", "TESTCAMP", continue_after_hangup="Y"), "warning",
     "after_context_missing"),
    ("data of calls", ticket_in_dialplan, "warning", "data_of_dialplan_unnamed"),
    ("data of calls", set_options("ingroup", "SALESLINE", data_agent="owner"), "warning", "data_of_rules_unnamed"),
    ("transfers by phones", own_way_in, "warning", "phone_transfers_open"),
    ("phones", phone_without_endpoint, "error", "endpoints_missing"),
    ("phones", set_options("campaign", "TESTCAMP", dial_template="PJSIP/{number}@carrier"), "error",
     "trunk_missing"),
    ("browser endpoint", browser("context = from-phones"), "error", "browser_endpoint_option_wrong"),
    ("browser media", lambda site: site.rx("module unload codec_opus_open_source.so"), "warning", "opus_missing"),
    ("browser media", lambda site: site.rx("module unload res_srtp.so"), "error", "browser_modules_missing"),
    ("browser media", no_ice, "error", "ice_off"),
    ("phones' sound", sip("direct_media = yes"), "error", "endpoint_option_wrong"),
    ("phones' sound", sip("rtp_keepalive = 0"), "warning", "endpoint_option_wrong"),
    ("phones' sound", sip("rtp_timeout = 0"), "warning", "endpoint_option_wrong"),
    ("phones' sound", patient_trunk, "warning", "endpoint_option_wrong"),
    ("phones' sound", sip("redirect_method = uri_pjsip"), "error", "endpoint_option_wrong"),
    ("phones' sound", sip("rtp_timeout_hold = 0"), "warning", "endpoint_option_wrong"),
    ("phones' keys", tones_for_keys, "warning", "endpoint_option_wrong"),
    ("phones' keys", no_keys, "error", "endpoint_option_wrong"),
    ("recording folder", no_recordings_folder, "error", "recordings_folder_missing"),
    ("recording folder", lambda site: site.setting("recordings", "/nowhere"), "error", "recordings_folder_differs"),
    ("recording rules", set_options("campaign", "TESTCAMP", leave_3way_stop_recording="ALL_CALLS",
                                    leave_3way_start_recording="ALL_CALLS"), "warning",
     "option_without_effect"),
    ("sounds", set_options("ingroup", "SALESLINE", welcome_message_filename="vm-goodbye|ours/hello"), "error",
     "sounds_missing"),
    ("music", set_options("ingroup", "SALESLINE", moh_context="jazz"), "error",
     "music_class_missing"),
    ("music", empty_class, "warning", "music_class_empty"),
    ("passwords", sip("password = 1001", of="type=auth"), "warning", "sip_password_weak"),
    ("passwords", set_options("agent", "1000", pin="1234"), "warning", "pin_weak"),
    ("passwords", short_password, "warning", "ari_password_weak"),
    ("readers", lambda site: (Path(site.lab.dir) / "warmline.toml").chmod(0o644), "warning",
     "file_readable_by_all"),
    ("folders", no_spool, "error", "folder_missing"),
    ("ways to Warmline", lambda site: site.setting("ari_app", "second"), "error",
     "stasis_missing"),
]
# fmt: on


def test_a_stopped_app_and_its_lost_channels_are_found_and_fixed(doctor: Doctor, site: Site) -> None:
    code, found = doctor("app")
    assert code == 1 and "does not answer" in found[0]["found"]
    assert doctor("orphans")[1][0]["severity"] == "unknown"
    site.shell(found[0]["fix"])
    assert [doctor(check)[0] for check in ("app", "api port", "worker process")] == [0, 0, 0]
    settings = load({"WARMLINE_CONFIG": site.environ["WARMLINE_CONFIG"]})
    assert ari_console.ask(settings, "POST", "bridges/room-nobodys?type=mixing&name=room-nobodys")[0] == 200
    code, found = doctor("orphans")
    assert (code, found[0]["found"]) == (1, "bridge room-nobodys")
    site.shell(found[0]["fix"])
    assert doctor("orphans")[0] == 0
    process.stop(programs.app_record(Path(site.lab.dir)))  # the following faults would end it


def test_the_well_known_password_of_the_demo_is_found(doctor: Doctor, site: Site) -> None:
    code, found = doctor("passwords")
    assert (code, [one["code"] for one in found]) == (2, ["api_password_weak"]) and "6666" in found[0]["found"]
    site.shell(found[0]["fix"].replace("pass=-", "pass=aGoodLongOne47"))
    code, found = doctor("passwords")
    assert (code, [one["code"] for one in found]) == (0, ["weak_secrets_none"])


@pytest.mark.parametrize(("check", "broken", "severity", "code"), BROKEN)
def test_each_broken_part_is_found_and_fixed(
    doctor: Doctor, site: Site, check: str, broken: Callable[[Site], None], severity: str, code: str
) -> None:
    if check == "passwords":  # the demo's password is found too, unless the previous test has changed it
        config.set_options(site.db, "api-user", "6666", {"pass": "aGoodLongOne47"}, who="ada")
    before = doctor(check)[1]
    assert {one["severity"] for one in before} == {"good"}, before
    broken(site)
    status, told = doctor(check)
    assert status == {"error": 1, "warning": 2}[severity]
    (bad,) = [one for one in told if one["severity"] != "good"]
    assert (bad["severity"], bad["code"]) == (severity, code) and bad["found"] and bad["why"]
    if bad["safe"]:
        assert doctor(check, "--fix") == (0, doctor(check)[1])
    else:
        yours = {"pin=-": "pin=8362", "YOURTRUNK": "trunk", "YOURNUMBER": "8005550100"}
        fix = bad["fix"]
        for told, meant in yours.items():
            fix = fix.replace(told, meant)
        site.shell(fix)
    code, after = doctor(check)
    assert (code, {one["severity"] for one in after}) == (0, {"good"}), after


FALLBACK = "Answer()\n same => n,Playback(vm-nobodyavail)\n same => n,Hangup()"


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ("Queue(plain)", ["queue plain"]),
        ("Queue(${WARMLINE_DIALLED},t)", []),
        ("Dial(PJSIP/1000&PJSIP/8005550100@carrier,30)", ["endpoint carrier"]),
        ("VoiceMail(8777@default,u)", ["application VoiceMail"]),  # a lab has none
        ("Playback(vm-nobodyavail&ours/hello,noanswer)", ["sound ours/hello"]),
        ("Goto(reception,s,1)", ["context reception"]),
        ("Goto(from-phones,701,1)", ["extension 701@from-phones"]),
        ("Goto(from-phones,700,1)", []),
        ("Goto(from-trunk,8005550100,1)", []),
        (FALLBACK, []),
        ("Answer()\nexten => t,1,Queue(day)\n same => n,Queue(night)", ["queue day", "queue night"]),
    ],
)
def test_a_fallback_that_leads_nowhere(doctor: Doctor, site: Site, steps: str, missing: list[str]) -> None:
    file = site.etc / "extensions.conf"
    before = file.read_text()
    assert doctor("fallback") == (0, [])  # a note, which these tests leave out
    site.add("extensions.conf", f"[warmline-away]\nexten => s,1,{steps}", "dialplan reload")
    code, found = doctor("fallback")
    file.write_text(before)
    site.rx("dialplan reload")
    assert [one["found"].rpartition(" there is no ")[2] for one in found if one["severity"] == "error"] == missing
    assert code == bool(missing)
    assert all(one["by_hand"] and f"change {file}" in one["fix"] for one in found if one["severity"] == "error")


def test_a_fallback_that_begins_elsewhere_than_at_s(doctor: Doctor, site: Site) -> None:
    file = site.etc / "extensions.conf"
    before = file.read_text()
    site.add("extensions.conf", "[warmline-away]\nexten => 100,1,Answer()", "dialplan reload")
    code, found = doctor("fallback")
    file.write_text(before)
    site.rx("dialplan reload")
    assert (code, found[0]["code"]) == (1, "fallback_unreachable")


def test_an_asterisk_that_is_gone_is_said_once(
    doctor: Doctor, site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARMLINE_ARI_URL", "http://127.0.0.1:1/ari")
    monkeypatch.setenv("WARMLINE_ASTERISK", shlex.join(["false"]))
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--only", "ARI user", "--only", "console", "--only", "version", "--only", "timing"])
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert out.count("✗") == 2
    assert "✗ ARI user: Asterisk does not answer at http://127.0.0.1:1/ari" in out
    assert "    $ false\n" in out, "the command of the settings starts Asterisk where systemd does not"
    assert out.endswith("\n\n2 to fix, 2 not checked\n")
    assert "✗ console: Asterisk's console cannot be asked" in out
    assert "? version: not checked: Asterisk does not answer at http://127.0.0.1:1/ari" in out
    assert "? timing: not checked: Asterisk's console cannot be asked" in out
