"""What can happen to surroundings (运行环境): what work needs is determined, measured, rostered, driven, watched – and told of by those who work."""

from typing import ClassVar

from django.db import models

from lingting.ledger.models import Entered, FixedField, Record
from lingting.registers.surroundings.choices import Factor, Measured, Origin, Rhythm, Trouble


class Place(Entered):
    """A place of work came into use."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Profile(Entered):
    """For a process at a place it is determined what surroundings it needs; `service` where people deal with people."""

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="profiles")
    service = models.BooleanField()


class Condition(Entered):
    """A factor applies to a profile, with what is needed, how it is provided and kept up – or does not apply, and why. The newest says what holds."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="conditions")
    factor = models.CharField(max_length=12, choices=Factor)
    applies = models.BooleanField()
    reason = models.TextField(blank=True, default="")
    need = models.TextField(blank=True, default="")
    provided = models.TextField(blank=True, default="")
    kept = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["profile", "factor", "at"])]


class Approved(Entered):
    """A profile was approved as complete."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")


class Limit(Entered):
    """Between which values a factor has to stay at a place, who says so, and how often it is measured. The newest says what holds."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="limits")
    factor = models.CharField(max_length=12, choices=Measured)
    lowest = FixedField(places=2, null=True)
    highest = FixedField(places=2, null=True)
    rhythm = models.CharField(max_length=6, choices=Rhythm)
    origin = models.CharField(max_length=10, choices=Origin)
    source = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["place", "factor", "at"])]


class Reading(Entered):
    """An instrument read a value at a place."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="readings")
    factor = models.CharField(max_length=12, choices=Measured)
    value = FixedField(places=2)
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place", "factor", "at"]), models.Index(fields=["at"])]


class Remedied(Entered):
    """Something was done about a value outside its limits."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="remedies")
    what = models.TextField()


class Shift(Entered):
    """Somebody is rostered at a place for a time; `stretch` is the longest planned time without a break, in minutes."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="shifts")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="shifts")
    queue = models.CharField(max_length=60, blank=True, default="")
    start = models.DateTimeField()
    until = models.DateTimeField()
    stretch = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "start"]), models.Index(fields=["queue", "start"]), models.Index(fields=["start"])]


class Published(Entered):
    """A roster was published; `despite` says why although it breaks rules of rest."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rosters")
    first = models.DateField()
    last = models.DateField()
    despite = models.TextField(blank=True, default="")


class Trip(Entered):
    """A vehicle set out for a provider or for us; `shipments` are the codes of what it carries."""

    PERSONAL: ClassVar = ("driver",)

    code = models.CharField(max_length=60)
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")
    vehicle = models.CharField(max_length=60)
    driver = models.TextField(null=True)
    shipments = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Drive(Entered):
    """The log of a trip shows driving without a stop between two times."""

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="drives")
    start = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["trip", "start"])]


class Route(Entered):
    """To keep a promise somebody has to drive so many minutes, setting out at a time."""

    promise = models.ForeignKey("promises.Promise", on_delete=models.PROTECT, related_name="routes")
    provider = models.ForeignKey("suppliers.Provider", on_delete=models.PROTECT, null=True, related_name="+")
    departs = models.DateTimeField()
    driving = models.IntegerField()


class Arrival(Record):
    """When that can lawfully be over at the earliest, rests included."""

    route = models.OneToOneField(Route, on_delete=models.PROTECT)
    earliest = models.DateTimeField()


class Relief(Entered):
    """After abuse somebody was offered a break, and perhaps a talk."""

    found = models.ForeignKey("conversations.Found", on_delete=models.PROTECT, related_name="reliefs")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reliefs")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    minutes = models.IntegerField()
    talk = models.BooleanField(default=False)


class Used(Entered):
    """The break was taken, or was not wanted."""

    relief = models.ForeignKey(Relief, on_delete=models.PROTECT, related_name="uses")
    taken = models.BooleanField()


class Load(Entered):
    """How heavily a team worked over a day: a team of at least five, never one person."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="loads")
    team = models.CharField(max_length=100)
    people = models.IntegerField()
    occupancy = FixedField(places=1)
    back_to_back = models.IntegerField(default=0)
    abusive = models.IntegerField(default=0)
    absent = models.IntegerField(default=0)


class Pulse(Entered):
    """A team is asked how it goes, without names."""

    code = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="pulses")
    team = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["code"])]


class Beat(Entered):
    """Somebody answered, from 1 (not at all) to 5 (wholly); nobody knows who."""

    pulse = models.ForeignKey(Pulse, on_delete=models.PROTECT, related_name="beats")
    fair = models.IntegerField()
    calm = models.IntegerField()
    bearable = models.IntegerField()


class Shut(Entered):
    """A pulse came to its end; what was answered may be shown from now on."""

    pulse = models.ForeignKey(Pulse, on_delete=models.PROTECT, related_name="endings")


class Report(Entered):
    """Somebody told of discrimination, conflict or hostility at work, by name or without."""

    PERSONAL: ClassVar = ("what",)

    code = models.CharField(max_length=60)
    trouble = models.CharField(max_length=15, choices=Trouble)
    channel = models.CharField(max_length=60)
    what = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code"]), models.Index(fields=["at"])]


class Resolved(Entered):
    """A report was dealt with, and whoever made it told, if known."""

    PERSONAL: ClassVar = ("what",)

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="resolutions")
    what = models.TextField(null=True)
