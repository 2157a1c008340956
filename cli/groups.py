"""The groups of commands, with what each is about: `warmline --help` is to be there before anybody waits for it.

Each is a module with an `app`. Only the one that a command line names is loaded.
"""

GROUPS = {  # the module, and the sentence of the help
    "campaign": ("cli.entities.campaign", "The rules an agent works under: recording, transfers, dialling."),
    "ingroup": ("cli.entities.ingroup", "An inbound queue with its rules."),
    "agent": ("cli.agent.agent", "A person who takes calls."),
    "phone": ("cli.entities.phone", "A SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts."),
    "did": ("cli.entities.did", "A number that callers dial, or a pattern of numbers."),
    "call-time": ("cli.entities.call_time", "The hours in which something is open."),
    "holiday": ("cli.entities.holiday", "A day on which call times are other ones."),
    "container": ("cli.entities.container", "A named list that options refer to."),
    "preset": ("cli.entities.preset", "A number that a toolbar offers a campaign's agents for transfers."),
    "group-alias": ("cli.entities.group_alias", "A caller id that may be chosen for a third party by its name."),
    "list": ("cli.entities.list", "A list of leads."),
    "lead": ("cli.leads.lead", "Leads: whom to call, and who calls."),
    "dnc": ("cli.leads.dnc", "Numbers that must not be dialled."),
    "script": ("cli.entities.script", "What agents read to their customers."),
    "disposition": ("cli.entities.disposition", "A code for what came of a call."),
    "pause-code": ("cli.entities.pause_code", "A code for why an agent pauses."),
    "setting": ("cli.entities.setting", "What holds for everything."),
    "config": ("cli.system.config", "The whole configuration as files, and its history."),
    "api-user": ("cli.entities.api_user", "Who may use the agent API."),
    "api-token": ("cli.entities.api_token", "A program that uses the JSON API."),
    "call": ("cli.calls.call", "Live calls, and the disposition of any call."),
    "callback": ("cli.agent.callback", "Who is to be called back."),
    "audit": ("cli.audit.audit", "What happened, and whether the records are whole."),
    "privacy": ("cli.system.privacy", "What is kept of people, how long, and its end."),
    "events": ("cli.calls.events", "What happens, as it happens."),
    "route": ("cli.route.route", "Where a call would go, or went, and why."),
    "explain": ("cli.route.explain", "What the configuration makes of a case, and why."),
    "doctor": ("cli.doctor.doctor", "Look for what is wrong."),
    "db": ("cli.system.db", "The database file."),
    "lab": ("cli.system.lab", "A private Asterisk with Warmline, to try and to test."),
}
