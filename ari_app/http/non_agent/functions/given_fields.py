"""The fields of a lead in a request, as they are stored."""

from ari_app.http.non_agent.functions import lead_values
from ari_app.http.non_agent.requests.non_agent_fields import BLANK
from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from warmline.leads import phone_numbers
from warmline.leads.lead_fields import FIELDS

OWN = ("phone_number", "status", "time_zones", "gmt_offset_now")  # follow rules of their own
TEXTS = tuple(name for name in FIELDS if name not in OWN)
GENDERS = ("M", "F", "U")
UNKNOWN_GENDER = "U"


def of_lead(asked: NonAgentRequest) -> dict[str, str]:
    """Return the given fields but those of `OWN`; one of only blanks counts as missing, and --BLANK-- empties one."""
    given = {name: asked[name] for name in TEXTS if asked[name].strip()}
    found = {name: "" if text == BLANK else text for name, text in given.items()}
    if "gender" in found and found["gender"] not in GENDERS:
        found["gender"] = ""
    if "date_of_birth" in found:
        found["date_of_birth"] = lead_values.birthday(found["date_of_birth"])
    return found


def of_list(asked: NonAgentRequest, names: tuple[str, ...]) -> dict[str, str]:
    """Return the given custom fields of a list, if the request says that it has some."""
    given = {name: asked[name] for name in names if name in asked.fields} if asked.is_on("custom_fields") else {}
    return {name: "" if text == BLANK else text for name, text in given.items()}


def number(asked: NonAgentRequest) -> str:
    """Return the digits of phone_number."""
    return phone_numbers.digits(asked["phone_number"])
