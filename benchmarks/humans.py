"""All of STAR and CrossWOZ: brought in, listened to, shown on the pages."""

import time
from collections import Counter
from http import HTTPStatus

from benchmarks.ground import DATA, batches, ground
from benchmarks.sets import crosswoz, star


def main() -> None:
    """Print what was brought in and what was heard."""
    with ground():
        from django.test import Client

        from lingting import spine
        from lingting.access.models import Account
        from lingting.registers.conversations.models import Conversation, Found
        from lingting.site import worker
        from lingting.site.clock import now

        for name, talks in (("STAR", star), ("CrossWOZ", crosswoz)):
            began, total = time.perf_counter(), spine.Received()
            for batch in batches(talks(DATA), 5000):
                total += spine.receive(batch, calendar=worker.calendar())
            received = time.perf_counter() - began
            heard = spine.work(pack=worker.pack(), now=now())
            spent = time.perf_counter() - began
            counts = f"{total.conversations} conversations, {total.messages} messages, {len(total.mistakes)} mistakes"
            print(f"{name}: {counts}; received {received:.1f} s, {heard} heard, {spent:.1f} s")
            found = Counter(Found.objects.filter(conversation__source=name.lower()).values_list("norm", flat=True))
            print("  " + ", ".join(f"{norm} {count}" for norm, count in found.most_common()))
        client = Client()
        client.force_login(Account.objects.create_user(username="q", role="quality_manager", name="q"), backend="django.contrib.auth.backends.ModelBackend")
        for source in ("star", "crosswoz"):
            failed = 0
            for number in Conversation.objects.filter(source=source).values_list("id", flat=True).iterator():
                failed += client.get(f"/conversations/{number}").status_code != HTTPStatus.OK
            print(f"{source}: {failed} of {Conversation.objects.filter(source=source).count()} conversation pages failed")


if __name__ == "__main__":
    main()
