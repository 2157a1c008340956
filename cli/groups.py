"""The groups of commands, with what each is about: `warmline --help` is to be there before anybody waits for it.

Each is a module with an `app`. Only the one that a command line names is loaded.
"""

GROUPS = {  # the module, and the sentence of the help
    "campaign": ("warmline.cli.campaign", "The rules an agent works under: recording, transfers, dialling."),
    "ingroup": ("warmline.cli.ingroup", "An inbound queue with its rules."),
    "agent": ("warmline.cli.agent", "A person who takes calls."),
    "phone": ("warmline.cli.phone", "A SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts."),
    "did": ("warmline.cli.did", "A number that callers dial, or a pattern of numbers."),
    "call-time": ("warmline.cli.call_time", "The hours in which something is open."),
    "holiday": ("warmline.cli.holiday", "A day on which call times are other ones."),
    "container": ("warmline.cli.container", "A named list that options refer to."),
    "preset": ("warmline.cli.preset", "A number that a toolbar offers a campaign's agents for transfers."),
    "group-alias": ("warmline.cli.group_alias", "A caller id that may be chosen for a third party by its name."),
    "list": ("warmline.cli.list", "A list of leads."),
    "lead": ("warmline.cli.lead", "Leads: whom to call, and who calls."),
    "dnc": ("warmline.cli.dnc", "Numbers that must not be dialled."),
    "script": ("warmline.cli.script", "What agents read to their customers."),
    "disposition": ("warmline.cli.disposition", "A code for what came of a call."),
    "pause-code": ("warmline.cli.pause_code", "A code for why an agent pauses."),
    "setting": ("warmline.cli.setting", "What holds for everything."),
    "config": ("warmline.cli.config", "The whole configuration as files, and its history."),
    "api-user": ("warmline.cli.api_user", "Who may use the agent API."),
    "api-token": ("warmline.cli.api_token", "A program that uses the JSON API."),
    "call": ("warmline.cli.call", "Live calls, and the disposition of any call."),
    "callback": ("warmline.cli.callback", "Who is to be called back."),
    "audit": ("warmline.cli.audit", "What happened, and whether the records are whole."),
    "privacy": ("warmline.cli.privacy", "What is kept of people, how long, and its end."),
    "events": ("warmline.cli.events", "What happens, as it happens."),
    "route": ("warmline.cli.route", "Where a call would go, or went, and why."),
    "explain": ("warmline.cli.explain", "What the configuration makes of a case, and why."),
    "doctor": ("warmline.cli.doctor", "Look for what is wrong."),
    "db": ("warmline.cli.db", "The database file."),
    "lab": ("warmline.cli.lab", "A private Asterisk with Warmline, to try and to test."),
}
