"""The commands of the machine: configuration as files, privacy, doctor, database, lab."""

from cli.tree.tree_row import ANYWHERE, LOCAL, WHOLE, TreeCommand, added_rows

CONFIG = (
    TreeCommand(
        "export",
        "cli.system.config:export",
        "Write the configuration into files.\n\n"
        "The command writes one file for each kind. The files contain no secrets. With --secrets "
        "they contain the hashes of the secrets.",
        ("/etc/warmline/config", "/etc/warmline/config --changed"),
        access="config:read",
    ),
    TreeCommand(
        "diff",
        "cli.system.config:diff",
        "Show what `warmline config apply` changes.\n\nThe exit code is 0 if nothing would change, and 2 otherwise.",
        ("/etc/warmline/config", "/etc/warmline/config --prune"),
        access="config:read",
    ),
    TreeCommand(
        "apply",
        "cli.system.config:apply",
        "Apply configuration files.\n\n"
        "The command makes all changes in one transaction, or none. Entries and options that the files do not "
        "name stay as they are. The command shows the changes and asks first.",
        ("/etc/warmline/config", "/etc/warmline/config --prune --yes"),
        access="config:write",
    ),
    TreeCommand(
        "history",
        "cli.system.config:history",
        "List the revisions, the newest first.\n\n"
        "A revision has the changes that were made together. It has a number, a time and an author.",
        ("", "--entity campaign --name TESTCAMP", "--who mia --text drop_action"),
        access="config:read",
        table=WHOLE,
    ),
    TreeCommand(
        "show",
        "cli.system.config:show",
        "Show what a revision changed.\n\n"
        "For the options as they are now, use `warmline setting show`, `warmline campaign show NAME` and the like, or "
        "`warmline config export DIR` for all.",
        ("last", "17 --json"),
        access="config:read",
    ),
    TreeCommand(
        "undo",
        "cli.system.config:undo",
        "Undo a revision.\n\n"
        "The command is refused if a later revision has changed one of the options. It creates a new revision, "
        "which you can undo as well.",
        ("last", "17 --yes"),
        access="config:write",
    ),
    *added_rows("config"),
)

SERVER = (
    TreeCommand(
        "list",
        "cli.servers.asterisk_servers:list_servers",
        "List the Asterisk servers and their load.\n\n"
        "A server is connected, away, or lost: then its calls have ended. `since` is the time of the last change. "
        "`weight` is its share of new calls.",
        ("", "--json"),
        access="config:read",
        table=WHOLE,
    ),
    TreeCommand(
        "drain",
        "cli.servers.asterisk_servers:drain",
        "Let a server take no new calls.\n\n"
        "Its calls go on. When `warmline server list` shows none on it, you can restart or remove the server. The "
        "drain lasts until `warmline server resume`, also over a restart of the app.",
        ("b", "b --json"),
        access="config:write",
    ),
    TreeCommand(
        "resume",
        "cli.servers.asterisk_servers:resume",
        "Let a server take new calls again.",
        ("b", "b --json"),
        access="config:write",
    ),
)

SESSION = (
    TreeCommand(
        "list",
        "cli.entities.own_account:list_sessions",
        "List your sessions, the newest first.\n\n"
        "Each session has its program, the address of its login, its begin and its last request. "
        "An administrator lists those of all users with --all, or of one with --user. The program of a wallboard is "
        "`wallboard`.",
        ("", "--all"),
        access=ANYWHERE,
        table=WHOLE,
    ),
    TreeCommand(
        "end",
        "cli.entities.own_account:end",
        "End one of your sessions, or all others.\n\nTo end the session of this command, use `warmline logout`. "
        "An administrator ends the session of another user with --any-user, and all those of a user with --user. The "
        "history has a line about each.",
        ("0f3c9a51d2e47b86", "0f3c9a51d2e47b86 --any-user", "--user anna"),
        access=ANYWHERE,
    ),
)

SECOND_FACTOR = (
    TreeCommand(
        "show",
        "cli.entities.second_factor:show",
        "Show whether you have a second factor.\n\n"
        "The output has the time of the enrolment, and how many recovery codes are left.",
        ("", "--json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "enrol",
        "cli.entities.second_factor:enrol",
        "Enrol an authenticator app.\n\n"
        "The command asks for your password, shows a secret for the app, and asks for the first code. Then it shows "
        "ten recovery codes, once. Your other sessions end.",
        ("", "--json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "remove",
        "cli.entities.second_factor:remove",
        "Remove your second factor.\n\nThe command asks for your password and for a code.",
        ("", "--json"),
        access=ANYWHERE,
    ),
)

PRIVACY = (
    TreeCommand(
        "export",
        "cli.system.privacy:export",
        "Export the data kept about a person.\n\nThe output is JSON. The option --to also copies the recordings.",
        ("+4930123456", "+4930123456 --to /root/person"),
        access=LOCAL,
    ),
    TreeCommand(
        "erase",
        "cli.system.privacy:erase",
        "Erase the data kept about a person.\n\n"
        "The command erases the number, the lead, notes, recordings and the payloads of the journal. It keeps "
        "the fact that a call existed. It also keeps the hashes, so `audit verify` still finds the journal "
        "complete. Erased data cannot be restored.",
        ("+4930123456 --dry-run", "+4930123456 --dnc --yes"),
        access=LOCAL,
    ),
    TreeCommand(
        "sweep",
        "cli.system.privacy:sweep",
        "Delete data that has reached its age limit.\n\n"
        "The settings recordings_keep_days and journal_keep_days set the age limits. The app does the same "
        "every hour.",
        ("--dry-run", "--json"),
        access=LOCAL,
    ),
)

DOCTOR = (
    TreeCommand(
        "orphans",
        "cli.doctor.doctor:orphans",
        "Find channels and bridges without a call.\n\n"
        "The command finds Warmline's channels and bridges in Asterisk that belong to no call and no agent. If "
        "there are any, the exit code is 1.",
        ("", "--end"),
        access=LOCAL,
    ),
    TreeCommand(
        "sounds",
        "cli.doctor.doctor:look_for_sounds",
        "Find missing sound files.\n\n"
        "The command checks every sound file that an option names. Callers hear silence instead of a missing "
        "file. If one is missing, the exit code is 1.",
        ("", "--json"),
        access=LOCAL,
        table=WHOLE,
    ),
)

CERTIFICATE = (
    TreeCommand(
        "create",
        "cli.system.certificate:create",
        "Make a certificate, and a root to trust.\n\n"
        "Each desk trusts the root once. The next run renews the certificate with the same root and the same hosts, so "
        "the desks change nothing. The root can sign only for the hosts with which it was made. Other hosts get a new "
        "root.",
        ("pbx.example.org", "pbx.example.org 192.0.2.7 --days 90"),
        access=LOCAL,
    ),
    TreeCommand(
        "import",
        "cli.system.certificate:import_",
        "Use a certificate that you have.\n\n"
        "The command checks that both files belong together, and copies them to where the API process can read them.",
        ("fullchain.pem privkey.pem", "fullchain.pem privkey.pem --json"),
        access=LOCAL,
    ),
    TreeCommand(
        "show",
        "cli.system.certificate:show",
        "Show hosts, days left and fingerprint.\n\n"
        "`warmline doctor` compares the certificate with the one that the API process uses.",
        ("", "--json"),
        access=LOCAL,
    ),
)

LAB = (
    TreeCommand(
        "call",
        "cli.system.lab:call",
        "Call a lab as a customer with a voice.\n\n"
        "The customer says two sentences again and again, until you press Ctrl-C, or the other side hangs up. "
        "Run the command several times at once for several customers.",
        ("--dir .cache/lab", "--dir .cache/lab --to 8005550101 --from 4930555888"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "up",
        "cli.system.lab:up",
        "Start a lab.\n\n"
        "A lab has an Asterisk, the app, phones, a trunk and a demo configuration. The command prints its addresses "
        "and logins, and prints them again if the lab runs. If the folder was a lab before, its database, "
        "ports and passwords are used again.",
        ("--dir .cache/lab", "--dir .cache/lab --config changes.toml"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "down",
        "cli.system.lab:down",
        "Stop the lab of a folder.\n\nThe folder is kept. You can read its files, or start the lab again.",
        ("--dir .cache/lab", "--dir /tmp/lab"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "restart-app",
        "cli.system.lab:restart_app",
        "Restart the app of a lab.\n\nThe database and the ports stay the same. Asterisk and its calls continue.",
        ("--dir .cache/lab", "--dir .cache/lab --json"),
        access=ANYWHERE,
    ),
)

DEMO = (
    TreeCommand(
        "outbound",
        "cli.system.demo:outbound",
        "Play a predictive campaign.\n\n"
        "The command starts a lab, in which a campaign calls leads. Their phones answer, do not answer, are busy, "
        "reject, ring late, answer late or hang up early, and some are answering machines. Agents take the calls. The "
        "command measures which party hears which, and when. It compares this with the records, and ends the lab. The "
        "exit code is 0 if every claim is true.",
        ("", "--leads 8 --json"),
        access=ANYWHERE,
    ),
    TreeCommand(
        "servers",
        "cli.system.demo:servers",
        "Play warm transfers on two Asterisk servers.\n\n"
        "The command starts a lab with two servers under one app. An agent takes a call on each, adds a third party "
        "and leaves. Then the app's call process is killed during a three-way, and starts again. The command measures "
        "which party hears which, and the packets that are lost. It ends the lab. The exit code is 0 if every claim is "
        "true.",
        ("", "--dir demo --json"),
        access=ANYWHERE,
    ),
)
