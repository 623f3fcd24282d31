"""How people talk beside what they say: how they write in a chat, how a script is changed by a planted slip, who opens."""

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from demo.script import Line
from demo.words import Decks

ASKING = re.compile(r"吗|呢|哪|什么|多少|几|怎么|谁|啊|呗|吧|没有|没|不|行|多久|好不好|[A-Za-z]")
LONG = (
    "，因为我这边库房下午就一个人，得提前跟他讲好时间，两头对上",
    "，我手上还有两票别的单子也要一起排，等会儿还得去装货，所以先把这一票弄明白",
    "，我们老板刚才还在群里问这个事，我得给他一个准数，他下午要出差",
    "，收货那边换了新仓库，门口那条路白天限行，大车要绕到后面那条街",
    "，上回那票也是我经手的，司机来得早，我们门都还没开，所以这次想提前对一对",
    "，我现在人在外面跑客户，单子都在办公室，只能凭记忆跟你说个大概",
)
"""What a customer adds when there is much to tell."""

MURMURS = ("嗯", "我明白了", "嗯嗯", "是的", "好的", "哦")


def changed(script: list[Line], change: str, decks: Decks) -> list[Line]:
    """Change a script as a planted row says: the last question is left out, a template's line is put in, or somebody breaks in."""
    if not change:
        return script
    if change == "no-clear":
        kept = [line for line in script if not re.search(r"<(clear|clear-yes|more|no-more)>", line.words)]
        return [*kept, Line("C", "[好，那我照着弄|行，知道了|嗯，好的]。"), Line("A", "[好的，再见|祝您顺利，再见|感谢您的来电，再见]。")]
    if change == "template":
        last = max(place for place, line in enumerate(script) if line.who == "A")
        told = replace(script[last], words=script[last].words.replace("{sign}", "") + "<template-line>{sign}")
        return [*script[:last], told, *script[last + 1 :]]
    return _into(script, change, decks)


def _into(script: list[Line], change: str, decks: Decks) -> list[Line]:
    """Let the agent come into the customer's words: break in, murmur along, or begin at the same moment."""
    long_at = [place for place, line in enumerate(script[:-1]) if line.who == "C" and len(line.words) > 7 and script[place + 1].who == "A" and not line.how]
    place = long_at[decks.deal(f"change {change} {len(long_at)}", min(2, len(long_at)))]
    told = replace(script[place], words=re.sub(r"[。？！]+$", "", script[place].words) + LONG[decks.deal("long", len(LONG))] + "。")
    if change == "break-in":
        return [*script[:place], told, replace(script[place + 1], how="!"), *script[place + 2 :]]
    if change == "murmur":
        return [*script[:place], told, Line("A", MURMURS[decks.deal("murmur", len(MURMURS))] + "。", "~"), *script[place + 1 :]]
    words, how = ("您……", "=") if change == "together" else ("哎抱歉抱歉，您先讲，您先讲。", "!")
    return [*script[:place], told, Line("A", words, how), *script[place + 1 :]]


def opened(script: list[Line], channel: str, decks: Decks) -> list[Line]:
    """In a chat people often ask at once: the agent's opening then answers the question."""
    if channel != "chat" or len(script) < 4 or [line.who for line in script[:3]] != ["C", "A", "C"] or not decks.chance(0.4):
        return script
    return [script[2], script[1], *script[3:]]


def customer(line: Line, channel: str, draw: Random) -> Line:
    """How a customer's line looks: no marks in a chat, a statement that only sounds like a question ends as one."""
    words = _ended(line.words)
    if channel == "chat":
        words = re.sub(r"[。，]+$", "", words)
        if draw.random() < 0.4:
            words = words.replace("，", " ").rstrip("？") if draw.random() < 0.2 else words.replace("，", " ")
        if draw.random() < 0.06:
            words += draw.choice(("😅", "！", "🙏", "哈"))
    return replace(line, words=words)


def agent(line: Line, channel: str, draw: Random) -> Line:
    """How an agent's line looks."""
    words = re.sub(r"([。？！～…])[。？]+$", r"\1", line.words.strip())
    if channel == "chat" and draw.random() < 0.35:
        words = re.sub(r"。$", "", words)
    return replace(line, words=words)


def _ended(words: str) -> str:
    """End a sentence as what it is."""
    words = re.sub(r"([。？！～…])[。？]+$", r"\1", words.strip())
    if words.endswith("？"):
        last = re.split(r"[，。？！]", words[:-1])[-1]
        if not ASKING.search(last):
            return words[:-1] + "。"
    return re.sub(r"，$", "。", words)


def shown(lines: Sequence[Line]) -> str:
    """A script as text, for tests and for reading."""
    return "\n".join(f"{line.who}{line.how} {line.words}" for line in lines)
