"""Samples made by rule, so that a test knows what there is to learn."""

import random

from lingting.learning.excerpt import Earlier, Excerpt, Sample

ANGRY = ("等了三天还没人理我", "我要投诉你们", "货都坏了怎么办", "太慢了，没人负责")
CALM = ("好的谢谢您", "收到了，很快", "请问几点送到", "可以，麻烦您")


def separable(conversations: int = 60, *, turns: int = 3, seed: int = 1, shuffled: bool = False) -> list[Sample]:
    """Return samples whose words tell the label; shuffled, the labels are dealt out anew and nothing tells them."""
    chance = random.Random(seed)
    labels = [chance.random() < 0.4 for _ in range(conversations * turns)]
    dealt = chance.sample(labels, len(labels)) if shuffled else labels
    samples = []
    for number, (angry, called) in enumerate(zip(labels, dealt, strict=True)):
        text = f"{chance.choice(ANGRY if angry else CALM)}{chance.randrange(1000)}"
        excerpt = Excerpt(text, (Earlier("agent", "您好，请问有什么可以帮您？"),) * (number % turns))
        samples.append(Sample(excerpt, f"T-{number // turns}", "投诉" if called else "平常", "王主管"))
    return samples
