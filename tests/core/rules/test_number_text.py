"""The number in a text."""

from tests.leads.no_numbers import NO_NUMBERS, WRITTEN
from warmline.core.rules import dial_rules, number_text
from warmline.core.rules.configuration import Campaign


def test_only_a_number_has_digits() -> None:
    assert [number_text.to_digits(text)[-10:] for text in WRITTEN] == ["3125550132"] * len(WRITTEN)
    for text in (*NO_NUMBERS, "anonymous", "", "+", "3125550132#7", "*67"):
        assert number_text.to_digits(text) == "", text
    dialled = {"*67 312-5550132": "673125550132", "+31#": "31", "*67x1": "", "٣*": ""}
    assert {text: number_text.to_dialled_digits(text) for text in dialled} == dialled


def test_a_third_party_sees_the_customers_number_or_the_campaigns() -> None:
    campaign = Campaign("SALES", three_way_call_cid="CUSTOMER", campaign_cid="8005550100")
    for text in NO_NUMBERS:
        assert dial_rules.choose_third_caller_id(campaign, text, "room-204") == "8005550100", text
    assert dial_rules.choose_third_caller_id(campaign, "+1 312-5550132", "") == "+13125550132"
