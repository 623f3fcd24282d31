"""What can happen to knowledge (组织的知识): a question is asked often, an article answers it, answers are compared with it, it is put away."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered


class Article(Entered):
    """An article (知识条目) was written: an answer, who keeps it right, and until when it can be trusted."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    valid = models.DateField(null=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Shelved(Entered):
    """An article is used no more."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class Question(Entered):
    """A question that customers ask (问题), with the words by which it is heard, parted by blanks or lines."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Covered(Entered):
    """An article answers a question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="covers")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="covers")


class Raised(Entered):
    """A customer asked a question in a conversation."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="raisings")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    said = models.ForeignKey("conversations.Said", on_delete=models.PROTECT, null=True, related_name="+")


class Compared(Entered):
    """An answer that was given was held beside the article: it agrees, or not."""

    PERSONAL: ClassVar = ("quote",)

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comparisons")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+")
    quote = models.TextField(null=True)
    agrees = models.BooleanField()
