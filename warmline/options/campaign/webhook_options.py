"""The options of campaigns and in-groups that name webhooks."""

from warmline.options.values.entity import Option
from warmline.options.values.option_types import Url


def _options(otherwise: str = "") -> tuple[Option, ...]:
    return (
        Option("start_call_url", Url(), "", f"the URL requested when an agent is connected to a caller{otherwise}"),
        Option("dispo_call_url", Url(), "", f"the URL requested when the agent has given a disposition{otherwise}"),
        Option(
            "transfer_url",
            Url(),
            "",
            f"the URL requested when the agent has handed the call over{otherwise}",
            plus=True,
        ),
    )


OF_CAMPAIGN = _options()
OF_INGROUP = _options("; empty for the campaign's URL")
