"""The commands and groups of `warmline`, in the order and under the headings of its help."""

from cli.tree.tree_row import ANYWHERE, LOCAL, WHOLE, TreeCommand, TreeGroup, added_rows, under

ENTITY = "cli.tree.entity_rows:entity"  # of all that is configured by its name
WITH_MEMBERS = "cli.tree.entity_rows:with_members"


def _kind(name: str, help_: str, example: str, rows: str = ENTITY, *now: str) -> TreeGroup:
    """Return the group of a kind that is configured by name; `example` is one such name, `now` shows its state."""
    return TreeGroup(name, help_, rows, ("list", f"show {example}", *now))


DAY = under(
    "Day to day",
    TreeCommand(
        "live",
        "cli.calls.live:live",
        "Follow agents, queues and calls.\n\n"
        "The view changes with every event, until Ctrl-C. If you pipe the output, each change is a line of text.",
        ("", "--once --json", "warmline live | grep --line-buffered 1000"),
        access="agents:read",
    ),
    TreeGroup(
        "agent",
        "Log agents in, control calls, supervise.\n\n"
        "A person who takes calls. Most commands act on the agent's current call.",
        "cli.tree.agent_rows:AGENT",
        ("login 1000", "status"),
    ),
    TreeGroup(
        "call",
        "Show and control live calls.\n\nThe disposition of a call can also be corrected after the call has ended.",
        "cli.tree.call_rows:CALL",
        ("list", "take 01J9ZK3T5M8Q --agent 1009"),
    ),
    TreeGroup(
        "callback",
        "Manage promised callbacks.\n\n"
        "An agent promises a callback with `warmline agent dispo`. Callers in a queue can request one as well.",
        "cli.tree.call_rows:CALLBACK",
        ("list", "dial 01KAFH8Y3C00 --agent 1000"),
    ),
    TreeCommand(
        "history",
        "cli.calls.history:history",
        "List past calls of an agent or a number.\n\n"
        "Each call has its direction, time, length and outcome, such as answered or missed.",
        ("1000", "--number 8005551234 --limit 50"),
        access="calls:read",
        table=WHOLE,
    ),
    TreeGroup(
        "recording",
        "List, save and share recordings of calls.\n\n"
        "A recording is a file of the audio of a call. `warmline explain recording` says what is recorded.",
        "cli.tree.call_rows:RECORDING",
        ("list --day today", "save 01J9ZK3T5M8Q"),
    ),
    TreeGroup(
        "lead",
        "Manage leads.\n\nA lead is a person to call, or a person who called.",
        "cli.tree.lead_rows:LEAD",
        ("find +18005551234", "import autumn.csv --list 101"),
    ),
    TreeGroup(
        "dial",
        "Show and stop automatic calls to leads.\n\nTo dial a number for an agent, use `warmline agent dial`.",
        "cli.tree.lead_rows:DIAL",
        ("status", "stop"),
    ),
    TreeGroup(
        "dnc",
        "Manage numbers that must not be dialled.\n\nA number is on the system's list or on a campaign's own list.",
        "cli.tree.lead_rows:DNC",
        ("create 8005551234", "find +18005551234"),
    ),
)

OWN = under(
    "You",
    TreeCommand(
        "login",
        "cli.system.own_login:login",
        "Log in at an app.\n\n"
        "The command asks for your password, or reads it from a line of stdin. From then on, your commands go to "
        "that app over HTTPS, with the rights of your user. The login is kept in a file that only you can read. "
        "Programs set WARMLINE_URL and WARMLINE_TOKEN instead.",
        ("https://pbx.example.org:8089 --user ada", "https://pbx.example.org:8089 --ca company.pem"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "logout",
        "cli.system.own_login:logout",
        "End your login.\n\nThe session ends on the server, too. The next commands act on this machine.",
        ("", "--json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "whoami",
        "cli.system.own_login:whoami",
        "Show who you are, with role and agent.\n\nThe command also shows the app at which you are logged in.",
        ("", "--json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "password",
        "cli.entities.own_account:password",
        "Change your own password.\n\n"
        "The command asks for the current password and for a new one, or reads them from two lines of stdin. Your "
        "other sessions end.",
        ("", "--json"),
        access=ANYWHERE,
    ),
    TreeGroup(
        "session",
        "List and end your own sessions.\n\n"
        "A session is one login of yours: in a browser, by `warmline login`, or in a program.",
        "cli.tree.system_rows:SESSION",
        ("list", "end --others"),
    ),
    TreeGroup(
        "second-factor",
        "Show, enrol and remove your second factor.\n\n"
        "Each login then also asks for six digits that an authenticator app on your phone shows.",
        "cli.tree.system_rows:SECOND_FACTOR",
        ("show", "enrol"),
    ),
)

REPORTS = under(
    "Reports",
    TreeGroup(
        "report",
        "Sum up calls, agents and callbacks.\n\n"
        "Each report ends with a total row. `warmline audit` shows single calls.",
        "cli.tree.report_rows:REPORT",
        ("day --day today", "agents --since 7d"),
    ),
    TreeGroup(
        "audit",
        "Report past calls, agents and changes.\n\nThe group also checks whether the records are complete.",
        "cli.tree.audit_rows:AUDIT",
        ("calls --since yesterday", "call last"),
    ),
    TreeGroup(
        "route",
        "Explain where a call goes, and why.\n\nUse `simulate` before a call, and `why` after it.",
        "cli.tree.call_rows:ROUTE",
        ("simulate --did 8005550100", "why last"),
    ),
    TreeGroup(
        "explain",
        "Explain what a configuration leads to.",
        "cli.tree.call_rows:EXPLAIN",
        ("recording --campaign TESTCAMP", "lead 17"),
    ),
    TreeGroup(
        "events",
        "Print events as they occur.\n\n"
        "The output is meant for programs and for debugging. To watch agents and calls on a terminal, use "
        "`warmline live`.",
        "cli.tree.call_rows:EVENTS",
        ("tail", "tail --agent 1000 --json"),
    ),
)

CONFIGURATION = under(
    "Configuration",
    _kind(
        "campaign",
        "Configure campaigns.\n\nA group of agents with rules for recording, transfers and dialling.",
        "TESTCAMP",
        WITH_MEMBERS,
        "warmline dial status",
    ),
    _kind(
        "ingroup",
        "Configure in-groups, the inbound queues.\n\nAn inbound queue with its rules.",
        "SALESLINE",
        WITH_MEMBERS,
        "warmline live",
    ),
    _kind(
        "user-group",
        "Configure groups of agents.\n\nA group of agents, and of the people who supervise them.",
        "BERLIN",
    ),
    _kind(
        "phone",
        "Configure phones.\n\nA SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts.",
        "1000",
    ),
    _kind(
        "did",
        "Configure the numbers that callers dial.\n\nA number that callers dial, or a pattern of numbers.",
        "8005550100",
    ),
    _kind("call-time", "Configure opening hours.\n\nThe hours in which a number or an in-group is open.", "OFFICE"),
    _kind("holiday", "Configure holidays.\n\nA day with other opening hours.", "XMAS26"),
    _kind("disposition", "Configure disposition codes.\n\nA code for the outcome of a call.", "SALE"),
    _kind("pause-code", "Configure pause codes.\n\nA code for why an agent pauses.", "LUNCH"),
    _kind("list", "Configure lists of leads.\n\nA list of leads.", "101", "cli.tree.entity_rows:lead_list"),
    _kind(
        "script",
        "Configure scripts for agents.\n\n"
        "A text that agents read to customers. `warmline own-script` is about scripts that Asterisk runs.",
        "GREETING",
    ),
    _kind(
        "preset",
        "Configure numbers for transfers.\n\nA number that a toolbar offers to a campaign's agents for transfers.",
        "BILLING",
    ),
    _kind(
        "group-alias",
        "Configure caller ids for third parties.\n\n"
        "A caller id that an agent can choose by name for a call to a third party.",
        "SALES",
    ),
    _kind(
        "trunk",
        "Configure the limits of trunks.\n\nA way to the telephone network that dial templates name, with its limits.",
        "carrier",
    ),
    _kind(
        "cid-group",
        "Configure caller ids of automatic calls.\n\n"
        "Numbers of which automatic calls show one, by the lead's area or state.",
        "EAST",
    ),
    _kind(
        "container",
        "Configure lists that options refer to.\n\nA named list of phone numbers that options refer to.",
        "PARTNERS",
    ),
    TreeGroup(
        "user",
        "Configure people who log in.\n\n"
        "A person who logs in with a password: an agent, a supervisor, a manager or an administrator.",
        "cli.tree.entity_rows:user",
        ("create anna pass=- role=agent agent=1000", "password anna"),
    ),
    TreeGroup(
        "api-user",
        "Configure users of the agent API.\n\n"
        "A user of the agent API and the non-agent API, such as a toolbar or a lead form.",
        "cli.tree.entity_rows:api_user",
        ("list", "unlock 6666"),
    ),
    TreeGroup(
        "api-token",
        "Configure tokens for the JSON API.\n\nA program that uses the JSON API.",
        "cli.tree.entity_rows:api_token",
        ("create crm scopes=agents:read,calls:read", "renew crm"),
    ),
    TreeGroup(
        "event-hook",
        "Configure programs that get events.\n\nA program that gets events as JSON by POST, such as a CRM.",
        "cli.tree.entity_rows:event_hook",
        ("create crm url=https://crm.example.com/events", "test crm"),
    ),
    TreeGroup(
        "scheduled-report",
        "Configure reports that are sent by mail.\n\n"
        "Reports that are mailed each day, week or month. Each period is sent once, after its end.",
        ENTITY,
        ("create morning reports=day,agents mail_to=boss@example.com", "set morning period=WEEK"),
    ),
    TreeGroup(
        "setting",
        "Change settings of the whole system.\n\nAn option of the whole system.",
        "cli.tree.entity_rows:SETTING",
        ("show", "set timezone=Europe/Berlin"),
    ),
    TreeGroup(
        "config",
        "Export, apply and undo the configuration.\n\n"
        "You can keep the whole configuration in files. Its history has every change.",
        "cli.tree.system_rows:CONFIG",
        ("export /etc/warmline/config", "history"),
    ),
    *added_rows("", "Configuration"),
)

SETUP = under(
    "Setting up",
    TreeCommand(
        "install",
        "cli.install.install:install",
        "Connect Warmline to an Asterisk.\n\n"
        "The command shows every change and asks first. `warmline uninstall` reverts exactly these changes.",
        ("--from-trunk from-trunk --dry-run", "--from-trunk from-trunk --login 700@phones"),
        access=LOCAL,
    ),
    TreeCommand(
        "uninstall",
        "cli.install.install:uninstall",
        "Revert what `warmline install` changed.\n\n"
        "Stop the app and the guard first. The database with its calls is kept.",
        ("--dry-run", "--yes"),
        access=LOCAL,
    ),
    TreeGroup(
        "doctor",
        "Find faults in the installation.\n\n"
        "The exit code is 0 if nothing is wrong, 1 if something is broken, and 2 if something may break later.",
        "cli.tree.system_rows:DOCTOR",
        ("", "--fix"),
        "cli.doctor.doctor:doctor",
        access=LOCAL,
    ),
    TreeGroup(
        "server",
        "List and drain the Asterisk servers.\n\n"
        "An app has one server, or several with the tables [server.NAME] of the settings.",
        "cli.tree.system_rows:SERVER",
        ("list", "drain b"),
    ),
    TreeGroup(
        "certificate",
        "Make the server's TLS certificate.\n\n"
        "Browsers and programs on other machines need it, and a browser gives no microphone without it.",
        "cli.tree.system_rows:CERTIFICATE",
        ("create pbx.example.org", "show"),
    ),
    *added_rows("", "Setting up"),
    TreeGroup(
        "own-script",
        "Write and test your own AGI and ARI scripts.\n\n"
        "Asterisk's dialplan runs an AGI script in a call, and an ARI script is a program that serves and makes calls. "
        "`warmline script` is about texts that agents read.",
        "cli.tree.own_script_rows:OWN_SCRIPT",
        ("new ticket", "new doorbell --ari"),
    ),
    TreeCommand(
        "serve",
        "cli.system.serve:serve",
        "Run the app and its other processes.\n\n"
        "They run until you stop the command. Each part has its own process, and a part that ends is started again. "
        "After `warmline install`, systemd runs each part as a service, and warmline.target starts and stops them.",
        ("", "sudo -u asterisk warmline serve"),
        access=LOCAL,
    ),
    TreeCommand(
        "agi",
        "cli.system.agi:agi",
        "Answer FastAGI requests of the dialplan.\n\n"
        "The AGI process routes new calls at the address in the setting fastagi, until you stop it. `warmline serve` "
        "starts it too. After `warmline install`, systemd runs it as the unit warmline-agi.",
        ("", "sudo -u asterisk warmline agi"),
        access=LOCAL,
    ),
    TreeCommand(
        "guard",
        "cli.system.guard:guard",
        "Send callers to the fallback in an outage.\n\n"
        "The guard runs beside the app until you stop it. While the app is stopped or does not answer, the "
        "guard sends callers to the fallback.",
        ("", "sudo -u asterisk warmline guard"),
        access=LOCAL,
    ),
    TreeGroup(
        "db",
        "Back up, restore and check the database.",
        "cli.tree.database_rows:DB",
        ("backup /var/backups/warmline-friday.db", "check"),
    ),
    TreeGroup(
        "privacy",
        "Export and erase personal data.\n\n"
        "You can export and erase the data about one person, and delete all data that has reached its age limit.",
        "cli.tree.system_rows:PRIVACY",
        ("export +4930123456", "sweep --dry-run"),
    ),
    TreeGroup(
        "lab",
        "Run a private Asterisk for trials.\n\nA lab has its own Asterisk, app, phones and trunk.",
        "cli.tree.system_rows:LAB",
        ("up --dir .cache/lab", "down --dir .cache/lab"),
    ),
    TreeGroup(
        "demo",
        "Play a warm transfer with measured sound.\n\n"
        "The command starts a lab, in which SIP phones play one warm transfer. It measures which party hears which. "
        "Then they play it again with voices, into the file handoff.wav of DIR or of the current folder. "
        "The command ends the lab. The exit code is 0 if every claim is true.",
        "cli.tree.system_rows:DEMO",
        ("", "--dir demo"),
        "cli.system.demo:demo",
        access=ANYWHERE,
    ),
    TreeCommand(
        "completion",
        "cli.system.shell_completion:completion",
        "Print the completion script of a shell.\n\n"
        "With this script, the Tab key completes commands, options, names from the database and values.",
        ("bash > /etc/bash_completion.d/warmline", "fish > ~/.config/fish/completions/warmline.fish"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "man",
        "cli.help.man_command:man",
        "Write the manual pages into a folder.\n\n"
        "There is one page for `warmline` and one for each group, such as warmline-agent(1).",
        ("/usr/local/share/man/man1", "./man && man ./man/warmline-agent.1"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "help",
        "cli.help.help_command:help_",
        "Explain a topic or a command.\n\n"
        "Without TOPIC the command lists the topics, such as `warm transfer`, `recording` and `opening hours`.",
        ("warm transfer", "agent park"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "version", "cli.help.version_command:version", "Print the version.", ("", "warmline --version"), access=ANYWHERE
    ),
)

ROOT = (*DAY, *OWN, *REPORTS, *CONFIGURATION, *SETUP)
