"""Words of a script about leads and the do-not-call lists.

They use the same functions as `warmline lead` and `warmline dnc`, each in one transaction, with the same checks.
"""

from warmline.store.database.reading import Row
from warmline.store.leads import dnc, lead_search, leads
from warmline.system import settings

MAX_LEADS = 100  # leads of one number
AUTHOR = "script"


def find_leads(number: str, list_id: str = "") -> list[Row]:
    """Return the leads with that number, the latest call first, of one list or of all; at most 100.

    Each is a dictionary of the lead's fields, with `lead_id` and `list_id`. Raises CodedError.
    """
    return lead_search.with_number(settings.load(servers=False).db, number, list_id, most=MAX_LEADS)


def read_lead(lead_id: int) -> Row:
    """Return the lead of that id as a dictionary. Raises CodedError, also if it does not exist."""
    return leads.find(settings.load(servers=False).db, lead_id)


def update_lead(lead_id: int, **fields: object) -> list[str]:
    """Change fields of a lead, all or none, and return the names of those that changed.

    `warmline lead describe` lists the fields. Raises CodedError for an unknown lead or field, or an invalid value.
    """
    texts = {name: str(value) for name, value in fields.items()}
    return leads.update(settings.load(servers=False).db, lead_id, texts)


def find_dnc(number: str, campaign: str = "") -> str:
    """Return the do-not-call list that contains the number, in words; '' if none does.

    Without a campaign, only the system's list is checked. Raises CodedError.
    """
    return dnc.listed(settings.load(servers=False).db, number, campaign)


def add_dnc(number: str, campaign: str = "", why: str = "") -> bool:
    """Add a number to the system's do-not-call list, or to a campaign's; return False if it was on it.

    The list keeps `why`. Raises CodedError for an invalid number or an unknown campaign.
    """
    return dnc.add(settings.load(servers=False).db, number, campaign, who=AUTHOR, why=why)
