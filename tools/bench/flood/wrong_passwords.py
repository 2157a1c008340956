"""W4: wrong passwords for a known user from many addresses at once."""

from tools.bench.flood.attack_plan import Attack, AttackPlan, post

ADDRESSES = tuple(f"127.0.{1 + number // 250}.{1 + number % 250}" for number in range(150))
PASSWORDS = 500  # different ones, so that none is remembered


def _wrong(number: int) -> bytes:
    return post(b"source=x&user=6666&pass=wrong%d&agent_user=1000&function=external_status&value=A" % number)


def _plan(_token: str) -> AttackPlan:
    return AttackPlan(150, 300, tuple(map(_wrong, range(PASSWORDS))), ADDRESSES)


ATTACKS = (Attack("W4", "wrong passwords from 150 addresses", 150, _plan),)
