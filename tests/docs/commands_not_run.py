"""The command lines of the pages that the lab does not run: each with the reason.

tests/docs/test_page_commands.py checks of each as much as can be checked.
"""

from tests.docs.page_blocks import Block, command_lines, commands_of, pages
from tests.docs.test_json_api import STEP
from tests.scenarios.apis.test_curl_walk import FUNCTIONS, PAGE, WALKS

SYSTEMD = "systemd does not run in the lab; the app and the guard are started and ended as systemd does it"
NETWORK = "needs a package index on the network"
ROOT = "needs root, and the user asterisk"
ETC = "reads the machine's own /etc/asterisk; contrib/dialplan_lint/tests/test_lint_command.py reads other files"
HANDOVER = "needs a call in Queue(); tests/scenarios/queue/test_adopted_calls.py hands such calls over"
ENVIRONMENT = "the lab's programs run in the environment of the tests"
LAB = "needs a clone with an environment of its own; tests/browser/test_lab.py runs both in a folder of its own"
DATABASE = "needs Debian's PostgreSQL; tools/nightly database runs it"
FREEPBX = "reads the backup of a FreePBX; contrib/imports/tests/freepbx converts and applies an invented office"
QUEUES = "reads the machine's own queues.conf; contrib/imports/tests/test_import_queues.py converts and applies others"
VICIDIAL = "needs a server of VICIdial; contrib/imports/tests/vicidial imports a dump of a small centre, and undoes it"
LONG = "takes minutes, and has its own tests"
DIALS = "the campaign would dial for the agents of later lines; tests/scenarios/dialler/test_progressive.py runs one"
RINGS = "the phones of later lines are nailed_up; tests/scenarios/agents/test_on_hook.py lets phones ring for each call"
ANSWERS = "later lines expect no header; tests/scenarios/agents/test_called_phone.py sends headers to phones"
FRONT = "needs the settings of a front; contrib/front/tests/kamailio runs it, and Kamailio with its output"
SERVER = "needs a second Asterisk; tests/cli/servers/test_server_commands.py drains one"
MEDIA = "needs a media server; tests/package/test_media_deb.py installs one by its package"
KAMAILIO = "needs Kamailio; contrib/front/tests/kamailio/test_front_asterisks.py starts such a lab"
NEXT = "needs a lead that may be dialled now; tests/scenarios/dialler/test_next_lead.py dials one"
FACTOR = "needs a user with a second factor; tests/cli/client/test_second_factor.py enrols, requires and resets one"
SESSION = "needs a wallboard with this id; tests/http/people/test_wallboards.py ends one"
SCRUB = "needs another list and a file; tests/cli/leads/test_lead_list.py scrubs against both"
GROUP = "needs these campaigns and this user; tests/http/people/test_campaign_groups.py binds a group"

NOT_RUN = {
    "warmline server drain b": SERVER,
    "warmline install --gate 192.0.2.7:8189 --from-trunk from-trunk": MEDIA,
    "systemctl enable --now warmline-guard warmline-media": SYSTEMD,
    "warmline server resume b": SERVER,
    "warmline front config --listen 10.0.0.2:5060 --trunk 203.0.113.10 --phones 10.0.1.0/24 > kamailio.cfg": FRONT,
    "warmline front config --dispatcher > dispatcher.list": FRONT,
    "warmline lab up --dir .cache/two --servers 2 --front": KAMAILIO,
    "warmline lab call --dir .cache/two --server front": KAMAILIO,
    "warmline agent set 1000 phone_mode=on_hook": RINGS,
    'warmline campaign set TESTCAMP phone_headers="Call-Info: <sip:pbx>;answer-after=0"': ANSWERS,
    "warmline user-group set BERLIN allowed_campaigns=SALES,SERVICE": GROUP,
    "warmline user set kim user_group=BERLIN": GROUP,
    "warmline session end 0f3c9a51d2e47b86 --any-user": SESSION,
    "warmline user reset-second-factor mia": FACTOR,
    "warmline setting set second_factor_required=Y": FACTOR,
    "warmline list scrub 101 --against 102 --status DUP --dry-run": SCRUB,
    "warmline list scrub 101 --file customers.csv --delete": SCRUB,
    "warmline agent dial-next 1000 --preview": NEXT,
    "warmline agent skip 1000": NEXT,
    "warmline campaign set SALES dial_method=PROGRESSIVE campaign_cid=3125550199 safe_harbor_audio=sorry-nobody": DIALS,
    "warmline campaign set SALES dial_method=PREDICTIVE safe_harbor_audio=sorry-nobody campaign_cid=3125550199": DIALS,
    "warmline campaign start SALES": DIALS,
    "warmline campaign stop SALES": DIALS,
    "make demo      # a warm transfer on a private Asterisk; listen to handoff.wav": LONG,
    "make lab       # a lab to try: it prints an address and four logins for your browser": LAB,
    "make lab-call  # a customer with a voice calls the lab": LAB,
    "make setup   # a virtual environment, and an Asterisk for the tests": NETWORK,
    "make check   # style, types, import rules, and the documentation as a website": LONG,
    "make test    # every test that a change can break": LONG,
    ".venv/bin/python -m pytest tests/scenarios/transfers/test_leave.py": LONG,
    ".venv/bin/python -m pytest tests/store/journal/test_hash_chain.py --engine postgresql": DATABASE,
    '.venv/bin/python -m pytest tests/scenarios -k "simulated" --engine postgresql': DATABASE,
    "warmline import queues /etc/asterisk/queues.conf /etc/asterisk/extensions.conf --campaign SALES --to new": QUEUES,
    "warmline import freepbx 20261128-backup.tar.gz --campaign SALES --to new": FREEPBX,
    "warmline import freepbx 20261128-backup.tar.gz --campaign SALES --to new --did 5550100": FREEPBX,
    "warmline import freepbx mysql://reader@127.0.0.1/asterisk --to new --json": FREEPBX,
    "warmline campaign set SALES dispo_max=1 dispo_max_action=NEXT": QUEUES,
    "warmline config diff new": QUEUES,
    "warmline config apply new": QUEUES,
    "warmline import vicidial mysql://reader@db.example.org/asterisk --to converted": VICIDIAL,
    "warmline import vicidial-rows mysql://reader@db.example.org/asterisk --from converted "
    "--source-timezone America/New_York": VICIDIAL,
    "warmline config diff converted": VICIDIAL,
    "warmline config apply converted": VICIDIAL,
    "warmline import undo": VICIDIAL,
    '.venv/bin/python -m pytest tests/scenarios -k "simulated"': LONG,
    ".venv/bin/python -m pytest tests/link tests/fuzz --drawn-order 1": LONG,
    ".venv/bin/python -m tools.bench rooms": LONG,
    "python3 -m venv .venv": ENVIRONMENT,
    ".venv/bin/pip install -r packaging/requirements-run.lock": NETWORK,
    ".venv/bin/pip install --no-deps --no-build-isolation -e .": NETWORK,
    "python3 -m venv /opt/warmline": ENVIRONMENT,
    "/opt/warmline/bin/warmline install --from-trunk from-trunk --login 700@from-phones": ENVIRONMENT,
    "/opt/warmline/bin/pip install --require-hashes -r packaging/requirements-run.lock": NETWORK,
    "/opt/warmline/bin/pip install --no-deps warmline-*-py3-none-any.whl": NETWORK,
    "pipx run pip-audit --requirement packaging/requirements.lock --require-hashes --disable-pip": NETWORK,
    "cd /opt/warmline && git pull": NETWORK,
    "apt install --no-install-recommends ./dist/warmline_0.12.0~dev0_amd64.deb": ROOT,
    "useradd --system --user-group --no-create-home --shell /usr/sbin/nologin warmline-api": ROOT,
    "install -d -m 2750 -o asterisk -g warmline-api /var/lib/warmline": ROOT,
    "install -d -m 750 -o asterisk -g asterisk /var/lib/warmline/spool /var/spool/asterisk/recording": ROOT,
    "install -d -m 751 -o asterisk -g asterisk /run/warmline": ROOT,
    "chown root:asterisk /etc/warmline/secrets.toml && chmod 640 /etc/warmline/secrets.toml": ROOT,
    "install -g warmline-api -m 640 privkey.pem /etc/warmline/tls/"
    " && install -m 644 fullchain.pem /etc/warmline/tls/": ROOT,
    "warmline certificate import fullchain.pem privkey.pem": (
        "needs the files of an authority; tests/cli/install/test_certificate.py imports others"
    ),
    "systemctl daemon-reload": SYSTEMD,
    "systemctl enable --now warmline-guard warmline.target": SYSTEMD,
    "systemctl daemon-reload && systemctl enable --now warmline-guard warmline.target": SYSTEMD,
    "systemctl daemon-reload && systemctl restart warmline-guard && systemctl start warmline.target": SYSTEMD,
    "systemctl disable --now warmline-guard warmline.target": SYSTEMD,
    "systemctl reload warmline": SYSTEMD,
    "systemctl stop warmline.target": SYSTEMD,
    "warmline dialplan lint /etc/asterisk/extensions.conf": ETC,
    "warmline dialplan lint /etc/asterisk/extensions.conf --ignore condition_quoted --ignore patterns_cross": ETC,
    "asterisk -rx 'dialplan show' | warmline dialplan lint -": (
        "the program asterisk of the lab is the console; tests/asterisk/test_dialplan_matching.py reads this output"
    ),
    "warmline agent park 1000 --ivr": (
        "needs an agent in a call; tests/scenarios/calls/test_parking.py parks a customer in an IVR"
    ),
    "warmline call adopt 1002": HANDOVER,
    "warmline call adopt PJSIP/1002-0000002a": HANDOVER,
    "warmline call adopt PJSIP/trunk-00000029 --agent 1002": HANDOVER,
    "warmline audit transfers --json | jq -r '.transfers[] | [.kind, .talked_on_ms] | @tsv'": (
        "jq may be missing; the lab runs the part before it"
    ),
}


def _lines(page: str, language: str, texts: list[str]) -> frozenset[str]:
    """Return the lines of blocks that another test runs."""
    return frozenset(line.text for text in texts for line in command_lines(Block(page, 0, language, text)))


RECORDING = 'curl -H "Authorization: Bearer $TOKEN" -OJ $WARMLINE/api/v1/recordings/$RECORDING'
FRONT = "warmline front config --listen 10.0.0.2:5060 --trunk 203.0.113.10 --phones 10.0.1.0/24 > kamailio.cfg"
DISPATCHER = "warmline front config --dispatcher > dispatcher.list"
LOGIN = "warmline login https://pbx.example.org:8089 --user ada"

ADDITIONS = tuple(page for page in pages() if page.startswith("docs/contributing/add-"))

# Lines of a page that another test runs, or the test of another page. Those of references are taken by the expressions
# by which their tests take them.
RUN_BY_OTHER_TESTS = {
    "docs/how-to/package.md": frozenset(line.text for line in commands_of("docs/how-to/package.md")),  # tests/package
    "docs/how-to/event-hooks.md": frozenset({"warmline event-hook test crm"}),  # tests/cli/entities/test_event_hook.py
    "docs/how-to/several-servers.md": frozenset({FRONT, DISPATCHER}),  # contrib/front/tests/test_front_config.py
    **{page: frozenset(line.text for line in commands_of(page)) for page in ADDITIONS},  # tests/docs/test_additions.py
    "docs/reference/cli.md": frozenset({LOGIN, "warmline whoami", "warmline logout"}),
    "docs/reference/agent-api.md": _lines(
        "docs/reference/agent-api.md",
        "sh",
        [*FUNCTIONS.findall(PAGE.read_text()), *(commands for commands, _ in WALKS.values())],
    ),
    "docs/reference/json-api.md": _lines(
        "docs/reference/json-api.md",
        "sh",
        [commands for commands, _ in STEP.findall((PAGE.parent / "json-api.md").read_text())],
    )
    | {RECORDING},  # tests/http/v1/test_json_recordings.py sends such requests
}
