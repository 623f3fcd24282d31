"""Prepared messages (备好的话): what is said to whom at a step, built from the facts; who sends it reads it once more and fills in what is in 【】."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both languages; `to` is customer or colleague."""

    to: str
    zh: str
    en: str


def said_at(at: datetime | None, *, zh: bool, clock: bool = True) -> str:
    """Return a time as people say it in a message, in the organisation's zone."""
    if at is None:
        return "【几时】" if zh else "【when】"
    local = at.astimezone(settings.LINGTING["ZONE"])
    words = f"{local.month}月{local.day}日" if zh else f"{local.day} {local:%B}"
    return f"{words} {local:%H:%M}" if clock else words


COMPLAINT: Mapping[str, Message] = {
    "acknowledged": Message(
        "customer",
        "{customer}您好！您在{day}反映的“{what}”，我们收到了，编号 {code}。由{who}负责，最迟在{answer_by}前答复您。您不用再说一遍，有新的情况请报这个编号。",
        "Dear {customer}, we have your complaint of {day} about “{what}” under number {code}. {who} is in charge and will answer you by {answer_by}. "
        "You need not tell it again; with anything new please give this number.",
    ),
    "assessed": Message(
        "colleague",
        "请评估 {code}（{customer}：“{what}”）：多严重、是否涉及安全、影响到谁。{who}等您的意见；答复客户的期限是{answer_by}。",
        "Please weigh {code} ({customer}: “{what}”): how serious, whether safety is touched, whom it affects. {who} waits for you; the customer is "
        "to be answered "
        "by {answer_by}.",
    ),
    "taken": Message(
        "colleague",
        "{code}（{customer}：“{what}”）{reason}。请您在{take_by}前接手，并决定怎么办。客户想要的是：{remedy}。目前由{who}联系客户。",
        "{code} ({customer}: “{what}”): {reason}. Please take it over and decide what is done by {take_by}. The customer wants: {remedy}. {who} is "
        "in touch with "
        "the customer.",
    ),
    "investigated": Message(
        "colleague",
        "请查清 {code}（{customer}：“{what}”）：经过怎样，是东西或服务本身还是沟通，出在哪个过程、哪家供方。{who}要在{answer_by}前答复客户。",
        "Please find out about {code} ({customer}: “{what}”): what happened, whether the thing itself or how we talked about it, in which process, "
        "through which "
        "provider. {who} has to answer the customer by {answer_by}.",
    ),
    "answered": Message(
        "customer",
        "{customer}您好，我是{who}。您在{day}投诉的“{what}”（{code}），我们查清了：{found_out}。我们的决定是【决定】，由【谁】在【几时】前做到。"
        "您若不同意，请直接告诉我；也可以要求内部复核，或找 12315、消费者协会。",
        "Dear {customer}, this is {who}. We looked into your complaint of {day} about “{what}” ({code}): {found_out}. Our decision is 【decision】; "
        "【who】 will do "
        "it by 【when】. If you do not agree, tell me; you may also ask for an internal review or turn to a consumer body.",
    ),
    "checked": Message(
        "colleague",
        "{code} 的答复说客户弄错了。请您作为第二人看一遍证据：{evidence}。看完告诉{who}同不同意，答复期限是{answer_by}。",
        "The answer to {code} finds the customer mistaken. Please look at the evidence as a second person: {evidence}. Tell {who} whether you "
        "agree; the answer "
        "is due by {answer_by}.",
    ),
    "reacted": Message(
        "customer",
        "{customer}您好，我是{who}。{code} 的答复您在{answer_day}收到了，想听听您的看法：这样处理您满意吗？还有没解决的，请直接说，我在{today}下班前处理。",
        "Dear {customer}, this is {who}. You had our answer to {code} on {answer_day}, and we would like to hear what you think of it. Whatever is not solved, "
        "please say so; I will see to it by the end of {today}.",
    ),
    "recovery": Message(
        "customer",
        "{customer}您好，我是{who}。{code} 的处理还没有让事情解决，对不起。我们这样补救：【做什么】，由【谁】在【几时】前做好，做好我当面或电话告诉您。",
        "Dear {customer}, this is {who}. What we did about {code} has not settled it, and I am sorry. We will make it good: 【what】, by 【whom】, "
        "until 【when】, "
        "and I will tell you when it is done.",
    ),
    "closed": Message(
        "customer",
        "{customer}您好，我是{who}。{code}“{what}”按和您说好的办完了，我们就此关闭。若还有不妥，报编号就重新打开；{follow_by}前我们会再问您一次。",
        "Dear {customer}, this is {who}. {code} “{what}” is done as agreed with you, and we close it. If anything is still wrong, name the number "
        "and it is open "
        "again; we will ask you once more by {follow_by}.",
    ),
    "followed": Message(
        "customer",
        "{customer}您好，我是{who}。{code}“{what}”在{closed_day}关闭了。想请您说说：整个处理过程怎么样，哪里可以更好？不管结果是否如您所愿，我们都想听。",
        "Dear {customer}, this is {who}. {code} “{what}” was closed on {closed_day}. How did you find the way it was handled, and what could be "
        "better? We want to "
        "hear it whatever was decided.",
    ),
    "reopened": Message(
        "customer",
        "{customer}您好，我是{who}。您的投诉 {code}“{what}”关闭时没有给您答复，这是我们的疏漏，对不起。现在重新打开，由我负责，最迟在{reopened_by}前答复您。",
        "Dear {customer}, this is {who}. Your complaint {code} “{what}” was closed without an answer to you; that was our mistake, and I am sorry. It is open "
        "again in my hands, and you will have an answer by {reopened_by}.",
    ),
}
"""By the kind of record that is written when it was said."""

CHANGE = Message(
    "customer",
    "{customer}您好，我是{who}。您的订单 {order} 要更改（{code}），请您核对：{lines}。"
    "{price}在您确认之前，我们按原来的办；请在{by}前回复“确认”，哪一行不对请告诉我。",
    "Dear {customer}, this is {who}. Your order {order} is to change ({code}); please check: {lines}. {price}Until you confirm, everything stays as "
    "it was. Please "
    "answer “confirmed” by {by}, or tell me which line is wrong.",
)
"""Check your answers: each line before and after."""

CHANGE_AFTER = Message(
    "customer",
    "{customer}您好，我是{who}。您的订单 {order} 因紧急情况已先更改（{code}）：{lines}。原因：{why}。若有不妥，请在{by}前告诉我，我们马上改。",
    "Dear {customer}, this is {who}. Your order {order} had to be changed at once ({code}): {lines}. Why: {why}. If anything is wrong, tell me by {by} and we "
    "will put it right.",
)
"""What is told right after an emergency change took effect first."""

CHANGED = Message(
    "customer",
    "{customer}您好，我是{who}。{said}“{what}”。我们改了：{changed}。{proved}谢谢您告诉我们；要是再遇到，请直接找我。",
    "Dear {customer}, this is {who}. {said} “{what}”. We changed this: {changed}. {proved}Thank you for telling us; should it happen again, please come to me.",
)
"""You said, we did: what whoever complained, or asked for something better, is told when it was done."""
