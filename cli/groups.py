"""The groups of commands, with what each is about: `warmline --help` is to be there before anybody waits for it.

Each is a module with an `app`. Only the one that a command line names is loaded.
"""

GROUPS = {  # the module, and the sentence of the help
    "campaign": ("cli.campaign", "The rules an agent works under: recording, transfers, dialling."),
    "ingroup": ("cli.ingroup", "An inbound queue with its rules."),
    "agent": ("cli.agent", "A person who takes calls."),
    "phone": ("cli.phone", "A SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts."),
    "did": ("cli.did", "A number that callers dial, or a pattern of numbers."),
    "call-time": ("cli.call_time", "The hours in which something is open."),
    "holiday": ("cli.holiday", "A day on which call times are other ones."),
    "container": ("cli.container", "A named list that options refer to."),
    "preset": ("cli.preset", "A number that a toolbar offers a campaign's agents for transfers."),
    "group-alias": ("cli.group_alias", "A caller id that may be chosen for a third party by its name."),
    "list": ("cli.list", "A list of leads."),
    "lead": ("cli.lead", "Leads: whom to call, and who calls."),
    "dnc": ("cli.dnc", "Numbers that must not be dialled."),
    "script": ("cli.script", "What agents read to their customers."),
    "disposition": ("cli.disposition", "A code for what came of a call."),
    "pause-code": ("cli.pause_code", "A code for why an agent pauses."),
    "setting": ("cli.setting", "What holds for everything."),
    "config": ("cli.config", "The whole configuration as files, and its history."),
    "api-user": ("cli.api_user", "Who may use the agent API."),
    "api-token": ("cli.api_token", "A program that uses the JSON API."),
    "call": ("cli.call", "Live calls, and the disposition of any call."),
    "callback": ("cli.callback", "Who is to be called back."),
    "audit": ("cli.audit", "What happened, and whether the records are whole."),
    "privacy": ("cli.privacy", "What is kept of people, how long, and its end."),
    "events": ("cli.events", "What happens, as it happens."),
    "route": ("cli.route", "Where a call would go, or went, and why."),
    "explain": ("cli.explain", "What the configuration makes of a case, and why."),
    "doctor": ("cli.doctor", "Look for what is wrong."),
    "db": ("cli.db", "The database file."),
    "lab": ("cli.lab", "A private Asterisk with Warmline, to try and to test."),
}
