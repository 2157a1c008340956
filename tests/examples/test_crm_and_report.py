"""crm.sh against the app's real HTTP server, and report.sh against a day of calls."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.agi.own_scripts import EXAMPLES
from tests.http.json_site import json_site
from tests.reports import made_day
from warmline.store.configuration import config

TOKEN = "t" * 43


def test_the_buttons_of_a_crm_hand_a_customer_over(demo_database: Path, tmp_path: Path) -> None:
    header = tmp_path / "header"
    header.write_text(f"Authorization: Bearer {TOKEN}\n")
    with json_site(Path(shutil.copy(demo_database, tmp_path)), tmp_path) as site, site.turning():
        scopes = "agents:read,agents:write,calls:read,calls:write"
        config.create(site.database, "api-token", "crm", {"scopes": scopes, "token": TOKEN}, who="test")
        environ = {**os.environ, "WARMLINE": site.url, "CRM_HEADER": str(header)}

        def press(*words: str, code: int = 0) -> Any:
            done = subprocess.run([EXAMPLES / "crm.sh", "1000", *words], env=environ, capture_output=True, timeout=30)
            assert done.returncode == code, done
            site.driver.wait(1)
            return json.loads(done.stdout) if done.stdout else done.stderr

        call = site.customer()
        assert press("show")["call"] == call
        assert press("conference", "8500")["kind"] == "PARK_CUSTOMER_DIAL"
        assert press("leave")["kind"] == "LEAVE_3WAY_CALL"
        assert press("disposition", "SALE")["outcome"] == "completed"
        assert press("leave", code=22)["status"] == 409
        assert b"allowed: show, dial" in press("leef", code=2)


def test_a_report_is_mailed_with_the_sums(day: Path, tmp_path: Path) -> None:
    mail = tmp_path / "mail"
    programs = {"sendmail": f'#!/bin/sh\necho "$@" > {mail}.words\ncat > {mail}\n'}
    programs["warmline"] = f'#!/bin/sh\nexec {Path(sys.executable).with_name("warmline")} "$@"\n'
    for name, text in programs.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    own = {"PATH": f"{tmp_path}:/usr/bin:/bin", "WARMLINE_DB": str(day), "REPORT_TO": "boss@example.com"}
    environ = os.environ | own
    subprocess.run([EXAMPLES / "report.sh", made_day.DAY], env=environ, check=True, timeout=60)
    assert Path(f"{mail}.words").read_text() == "-t -i\n"
    head, _, body = mail.read_text().partition("\n\n")
    assert f"To: boss@example.com\nSubject: Calls of {made_day.DAY}" in head
    assert [line for line in body.splitlines() if line in ("day", "agents", "missed")] == ["day", "agents", "missed"]
    assert body.count("total") >= 2 and "Agent 1000" in body
    assert subprocess.run([EXAMPLES / "report.sh", "nonsense"], env=environ, capture_output=True).returncode != 0
