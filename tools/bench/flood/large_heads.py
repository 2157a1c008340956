"""W20: strangers whose pipelined heads are to fill the memory."""

from tools.bench.flood.attack_plan import Attack, AttackPlan
from tools.bench.flood.costly_requests import headers

HEAD = headers(36, 8000)  # 288 KB

ATTACKS = (Attack("W20", "pipelined heads of 288 KB, 200 connections", 200, lambda _: AttackPlan(200, 250, (HEAD,))),)
