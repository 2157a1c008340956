"""Numbers that are looked up together match the leads that each of them alone would match."""

import random

from warmline.leads.number_set import NumberSet
from warmline.leads.phone_numbers import is_of

PARTS = ("", "", "0", "1", "49", "354", "0049", "030", "490")
ENDS = ("5550100", "5550100", "15550100", "05550100", "550100", "0")


def test_the_lookup_agrees_with_a_comparison_with_each_number() -> None:
    draw, matching = random.Random(40), 0  # noqa: S311 - a test

    def number() -> str:
        return draw.choice(PARTS) + draw.choice(("", "", "30")) + draw.choice(ENDS) or "9"

    for _ in range(3000):
        callers = [number() for _ in range(draw.randrange(4))]
        leads = [(draw.choice(("", "1", "49")), number()) for _ in range(draw.randrange(4))]
        code, own = draw.choice(("", "1", "49", "354")), number()
        of_callers = any(is_of(one, code, own) for one in callers)
        of_leads = any(is_of(code + own, *one) or is_of("".join(one), code, own) for one in leads)
        assert NumberSet(callers).has(code, own) == of_callers, (callers, code, own)
        assert NumberSet(leads=leads).has(code, own) == of_leads, (leads, code, own)
        matching += of_callers + of_leads
    assert 500 < matching < 5500
