"""Texts with letters or other signs, whose digits alone are the number of another person."""

OTHERS = ("3125550132", "31255501327", "2", "204", "3", "5", "31255501", "7")  # the numbers of these digits
NO_NUMBERS = (
    *("user3125550132", "alice2", "room-204", "3125550132x7", "anonymous3", "sip:5", "conf_31255501", "sip-user"),
    *("3125550132 ext 7", "3125550132+7", "3125550132,7", "3125550132;7", "3125550132@7", "7=3125550132"),
    *(
        "\uff13\uff11\uff12\uff15\uff15\uff15\uff10\uff11\uff13\uff127",
        "٣7",
        "é3125550132",
        "3125550132\u200b7",
        "3.1255501327e10",
    ),
)
# The same number, as people write it.
WRITTEN = ("3125550132", "+1 (312) 555-0132", "312.555.0132", "312/5550132", "1-312-555\u20110132", "312\u00a05550132 ")
