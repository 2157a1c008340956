"""The topics of `warmline help` about the configuration, data and the installation."""

from cli.help.topic import Topic

SYSTEM_TOPICS = (
    Topic(
        "agents",
        ("agent", "user", "users", "operator", "add agent", "add user"),
        "An agent is a person who takes calls. Agents need a phone and a campaign.",
        (
            ("phone create 1000", "name a SIP endpoint of Asterisk"),
            ("agent create 1000 phone=1000 campaign=TESTCAMP", "create an agent"),
            ("agent list", "list agents"),
        ),
        "tutorial/first-day.md",
    ),
    Topic(
        "campaigns",
        ("campaign", "rules", "team"),
        "A campaign holds the rules of its agents, such as recording, transfers and dialling.",
        (
            ("campaign create TESTCAMP", "create a campaign"),
            ("campaign set TESTCAMP campaign_recording=ALLCALLS", "change an option"),
            ("campaign describe", "describe all options"),
            ("campaign edit TESTCAMP", "edit all options in your editor"),
        ),
        "reference/options.md",
    ),
    Topic(
        "options",
        ("option", "settings", "setting", "configure", "parameter", "edit", "warmline.toml"),
        "Options belong to campaigns, in-groups and other kinds; settings hold for the whole system.",
        (
            ("campaign describe '*record*'", "search options by name"),
            ("campaign set TESTCAMP dial_timeout=25", "change an option"),
            ("setting show", "show every setting"),
            ("audit config --since 7d", "show who changed what"),
        ),
        "reference/options.md",
    ),
    Topic(
        "configuration files",
        ("config", "configuration", "git", "diff", "apply", "undo", "revision", "rollback", "import", "export"),
        "The whole configuration can be written into files, compared, applied and undone.",
        (
            ("config export /etc/warmline/config", "write the files"),
            ("config diff /etc/warmline/config", "compare them"),
            ("config apply /etc/warmline/config", "apply them"),
            ("config history", "list revisions"),
            ("config undo 17", "undo one"),
        ),
        "reference/cli.md",
    ),
    Topic(
        "leads",
        ("lead", "customers", "contacts", "contact", "list", "lists", "csv import", "customer"),
        "A lead is a person to call, or a person who called. Leads belong to lists.",
        (
            ("list create 101 campaign=TESTCAMP", "create a list"),
            ("lead import autumn.csv --list 101 --dry-run", "try an import"),
            ("lead find +18005551234", "find a lead by number"),
        ),
        "how-to/leads.md",
    ),
    Topic(
        "do not call",
        ("dnc", "do-not-call", "blacklist", "robinson", "opt out"),
        "Numbers on a do-not-call list are never dialled. To refuse callers instead, see the setting `blocklist`.",
        (
            ("dnc create 8005551234", "put a number on the list"),
            ("dnc find 8005551234", "show the lists that have a number"),
            ("dnc import robinson.csv", "import numbers from a file"),
            ("setting describe blocklist", "describe blocked callers"),
        ),
        "how-to/leads.md",
    ),
    Topic(
        "scripts",
        ("script", "prompt text"),
        "A script is what agents read to their customers. Fields of the lead are filled in.",
        (
            ("script edit GREETING", "edit a script"),
            ("agent watch 1000", "see it with the values of a call"),
        ),
        "reference/options.md",
    ),
    Topic(
        "agi scripts",
        ("agi", "fastagi", "pyst", "pyst2", "own script"),
        "An AGI script of your own can route a call, look up its lead, promise a callback and set data of the call.",
        (
            ("script new ticket", "write a script with a test"),
            ("script record /var/lib/warmline/ticket.session ticket", "record a session of a real call"),
            ("script test ticket.session ./ticket", "play it against the script"),
        ),
        "how-to/scripts.md",
    ),
    Topic(
        "recipes",
        ("recipe", "cookbook", "language menu", "survey", "vip"),
        "A recipe is a short dialplan, often with a script, such as a language menu.",
        (
            ("install --recipes", "list the recipes"),
            ("install --recipe language-menu --dry-run", "show what a recipe changes"),
            ("uninstall --recipe language-menu", "remove it"),
        ),
        "how-to/cookbook.md",
    ),
    Topic(
        "hooks",
        ("hook", "plugin", "python", "before_route"),
        "A hook is a Python function of your own. It can change the route, the priority and the data of a call.",
        (
            ("hook new vip", "write a hook with a test"),
            ("hook test", "run the hooks with an example"),
            ("hook log", "show the last runs and failures"),
        ),
        "how-to/hooks.md",
    ),
    Topic(
        "sound files",
        ("sound", "sounds", "audio", "prompt", "voicemail message", "play"),
        "Announcements and messages are sound files of Asterisk, named without their ending.",
        (
            ("doctor sounds", "find missing files"),
            ("agent audio-play 1000 vm-goodbye", "play a file into a call"),
            ("agent transfer 1000 --message", "leave the campaign's message"),
        ),
        "how-to/operations.md",
    ),
    Topic(
        "agent API",
        ("api", "api user", "api-user", "agc", "vicidial", "toolbar", "crm", "password", "lock"),
        "Toolbars and CRM programs use VICIdial's agent API with a user and a password.",
        (
            ("api-user create 6666 pass=- functions=transfer_conference", "create a user"),
            ("api-user unlock 6666", "end a lock after wrong passwords"),
            ("audit api --since 1h", "count the commands of each client"),
        ),
        "reference/agent-api.md",
    ),
    Topic(
        "JSON API",
        ("token", "tokens", "api token", "api-token", "rest", "json", "openapi", "http"),
        "Other programs use the JSON API with a token. Most commands also print JSON with --json.",
        (
            ("api-token create crm scopes=agents:read,calls:read", "create a token"),
            ("api-token renew crm", "replace it"),
            ("events tail --json", "print events as JSON"),
        ),
        "reference/json-api.md",
    ),
    Topic(
        "phones and trunks",
        ("phone", "trunk", "sip", "peer", "carrier", "provider", "pjsip", "register", "registration"),
        "SIP accounts and trunks are those of your Asterisk. Warmline knows a phone by the name of its endpoint.",
        (
            ("phone create 1000", "name an endpoint as a phone"),
            ("agent set 1000 phone=1000", "give it to an agent"),
            ("install --from-trunk from-trunk --dry-run", "lead a trunk's calls to Warmline"),
            ("doctor", "check phones and trunks"),
        ),
        "tutorial/first-day.md",
    ),
    Topic(
        "rights",
        ("role", "permission", "sudo", "root", "auth", "whoami", "login as", "security", "tls"),
        "People use the commands as root or as the user of Asterisk. Programs have a user or a token, with only the "
        "functions or scopes that they need.",
        (
            ("api-user create 6666 pass=- functions=transfer_conference", "create a user of the agent API"),
            ("api-token create crm scopes=agents:read", "create a token for the JSON API"),
            ("audit config --since 7d", "show who changed what"),
        ),
        "explanation/security.md",
    ),
    Topic(
        "webhooks",
        ("webhook", "url", "callback url", "push"),
        "A webhook tells another program about a call. Its address is an option.",
        (
            ("campaign describe '*url*'", "describe the addresses"),
            ("audit webhooks --since 1h", "list webhooks and their attempts"),
        ),
        "how-to/webhooks.md",
    ),
    Topic(
        "install",
        ("installation", "setup", "getting started", "start", "begin", "first steps", "systemd"),
        "Warmline is connected to an Asterisk that exists. Every change is shown first, and can be reverted.",
        (
            ("install --from-trunk from-trunk --dry-run", "show the changes"),
            ("doctor", "find what is missing"),
            ("lab up --dir .cache/lab", "or try a private Asterisk first"),
        ),
        "tutorial/first-day.md",
    ),
    Topic(
        "faults",
        ("fault", "error", "errors", "problem", "troubleshooting", "debug", "broken", "check", "doctor", "health"),
        "Doctor finds faults and prints a command that fixes each. The story of a call shows what went wrong in it.",
        (
            ("doctor", "find faults"),
            ("doctor --fix", "fix those that are safe to fix"),
            ("audit call last", "show the last call"),
            ("events tail", "print events as they occur"),
        ),
        "reference/doctor.md",
    ),
    Topic(
        "dialplan",
        ("extensions.conf", "context", "pattern", "lint", "queues.conf", "parking lot", "hangup handler"),
        "Lint reads the dialplan of an Asterisk, and reports what hurts queues, transfers and parking. It also works "
        "without Warmline.",
        (
            ("dialplan lint", "check the loaded dialplan"),
            ("dialplan lint /etc/asterisk/extensions.conf", "check the files"),
            ("dialplan lint --json", "print the findings as JSON"),
            ("doctor --only dialplan", "compare Warmline's own file"),
        ),
        "how-to/dialplan.md",
    ),
    Topic(
        "logs",
        ("log", "logging", "journal", "journalctl"),
        "Each process writes its log to systemd's journal. Read the app's with journalctl -u warmline, and all of them "
        "with journalctl -u 'warmline*'. Calls and changes are in reports.",
        (
            ("audit calls --since 1h", "list calls"),
            ("audit config --since 7d", "list changes of the configuration"),
            ("events tail", "print events as they occur"),
        ),
        "how-to/operations.md",
    ),
    Topic(
        "fallback",
        ("outage", "failover", "guard", "away", "emergency"),
        "While the app is stopped, callers go to the fallback: the context [warmline-away] of your dialplan.",
        (
            ("doctor --only fallback", "check the fallback"),
            ("audit calls --outcome fallback", "list calls that took it"),
            ("guard", "send callers to it while the app does not answer"),
        ),
        "explanation/reliability.md",
    ),
    Topic(
        "backup",
        ("restore", "database", "db", "copy", "sqlite", "upgrade", "migrate"),
        "Everything is in one database file. It can be copied while the app runs.",
        (
            ("db backup /var/backups/warmline-friday.db", "copy the database"),
            ("db restore /var/backups/warmline-friday.db", "replace it by a copy"),
            ("db check", "check the file"),
            ("db migrate", "update its schema"),
        ),
        "how-to/operations.md",
    ),
    Topic(
        "privacy",
        ("gdpr", "erase", "forget", "personal data", "retention", "delete calls"),
        "The data kept about a person can be exported and erased. Old data is deleted by itself.",
        (
            ("privacy export +4930123456", "export the data"),
            ("privacy erase +4930123456 --dry-run", "show what would be erased"),
            ("setting describe '*keep_days*'", "describe how long data is kept"),
        ),
        "how-to/privacy.md",
    ),
    Topic(
        "metrics",
        ("prometheus", "grafana", "alert", "alerts"),
        "The app has metrics for Prometheus. The page lists each, with the alerts to begin with.",
        (("live", "follow agents, queues and calls"), ("doctor", "find faults")),
        "reference/metrics.md",
    ),
    Topic(
        "time zone",
        ("timezone", "clock", "utc", "tz", "times"),
        "Times are read and shown in the time zone of the setting `timezone`. JSON and CSV are in UTC.",
        (
            ("setting set timezone=Europe/Berlin", "set the time zone"),
            ("audit calls --timezone UTC", "use another one once"),
        ),
        "reference/cli.md",
    ),
    Topic(
        "completion",
        ("tab", "bash", "zsh", "fish", "man", "manual"),
        "The shell completes commands, options, names and values. There are manual pages as well.",
        (
            ("completion bash > /etc/bash_completion.d/warmline", "install the completion"),
            ("man /usr/local/share/man/man1", "install the manual pages"),
        ),
        "reference/cli.md",
    ),
)
