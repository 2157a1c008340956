"""Finds options of one entity that contradict each other."""

from collections.abc import Mapping

from warmline.core.rules.ring_time import MIN_RING_SECONDS
from warmline.core.rules.sentinels import NONE_GROUP
from warmline.options.values.entity import OptionError
from warmline.options.values.option_types import Value


def check(kind: str, options: Mapping[str, Value]) -> None:
    """Check all options of an entity together. Raises OptionError."""
    if kind == "campaign" and options["dial_method"] != "MANUAL":
        _check_dialling(options)
    if kind == "scheduled-report" and options["ingroup"] and "agents" in str(options["reports"]):
        raise OptionError(
            "report_without_ingroups",
            "the report agents cannot be of one in-group, because a session is for several; set ingroup= for all, or "
            "reports without agents",
        )


def _check_dialling(options: Mapping[str, Value]) -> None:
    method, timeout = options["dial_method"], int(str(options["dial_timeout"]))
    if 0 < timeout < MIN_RING_SECONDS:
        raise OptionError(
            "dial_timeout_short",
            "dial_timeout={timeout} is too short for dial_method={method}: an automatic call rings at least {least} "
            "seconds; set dial_timeout={least} or more, or 0 for the usual time",
            timeout=timeout,
            method=method,
            least=MIN_RING_SECONDS,
        )
    told = options["drop_action"] == "MESSAGE" and options["safe_harbor_audio"]
    queued = options["drop_action"] == "IN_GROUP" and options["drop_inbound_group"] != NONE_GROUP
    if method != "PROGRESSIVE" and not told and not queued:
        raise OptionError(
            "drop_action_missing",
            "dropped leads would hear nothing with dial_method={method}; set safe_harbor_audio with "
            "drop_action=MESSAGE, or drop_inbound_group with drop_action=IN_GROUP",
            method=method,
        )
