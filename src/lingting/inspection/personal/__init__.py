"""Personal data (个人信息) in what people said: found, masked before words leave the process, and put back afterwards.

What counts: telephones, identity numbers, bank cards, mail and web addresses, postal addresses, names, plates, passports, licences, bank accounts, network
addresses, dates of birth, ages, names of accounts. What does not: the name of a firm, a city, a country or a nationality, a job, any other date, an order or
waybill number, a price. They say what a conversation is about, and by themselves point to nobody.
"""

from lingting.inspection.personal.find import find
from lingting.inspection.personal.kinds import Kind, Personal
from lingting.inspection.personal.masking import Masked, mask_turns, masked, restored, unmasked_span

__all__ = ["Kind", "Masked", "Personal", "find", "mask_turns", "masked", "restored", "unmasked_span"]
