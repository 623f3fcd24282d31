"""What people said of what was heard: the interruptions of July listened to again, three disputes that were upheld, and one that waits."""

from demo.build import conversations
from demo.registers.sheet import Sheets

OVERLAP, MACRO = "interruption.overlap", "macro.without-facts"
REFERRED = "销售会尽快联系您"
"""Words that hand a caller on to the sales people; they sound like a set phrase, and with what was said before they are none."""


def put(sheets: Sheets) -> None:
    """Put down judgements (PN-49), upheld disputes (DC-24) and a dispute that nobody has decided."""
    heard = [(one.key, one.agent, (one.planted or {}).get("pn"), one.said[0].at) for one in conversations()]
    for key, _, fact, at in heard:
        if fact in {"PN-25", "PN-49"} and "07-06" <= f"{at:%m-%d}" <= "07-19":
            right = fact == "PN-25"
            note = "重听后确认" if right else "附和声，不是打断；1.2 版听错了"
            sheets.put("conversations.judged", "07-20 10:30", found=f"{key} # {OVERLAP}", person="Q3", correct=right, note=note)
    referred = [(one.key, one.agent) for one in conversations() if any(REFERRED in said.text for said in one.said)]
    for number, (key, agent) in enumerate(referred[:3]):
        found = f"{key} # {MACRO}"
        words = "前面已经问清他要包哪条线，这句是转给销售，不是套话。"
        dispute = sheets.put("conversations.disputed", f"08-14 1{number}:00", found=found, person=agent, reason="context", words=words)
        reason = "前文有具体的线路，这句说了由谁来谈，不是套话；成立。"
        sheets.put("conversations.settled", f"08-17 1{number}:00", disputed=dispute, person="Q1", upheld=True, words=reason)
    key, agent = next((key, agent) for key, agent, fact, _ in reversed(heard) if fact == "PN-25")
    words = "顾客停了下来，我以为说完了，没有打断的意思。"
    sheets.put("conversations.disputed", "08-28 16:00", found=f"{key} # {OVERLAP}", person=agent, reason="context", words=words)
