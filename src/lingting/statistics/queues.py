"""Queues (排队): how many people answer so that callers wait no longer than promised. Load is in erlangs: calls an hour × handling seconds / 3600."""

import math
from dataclasses import dataclass

MOST = 100_000
"""Where looking for a number of agents ends."""
NOTHING, LARGE = 1e-18, 1e200
"""What adds nothing to a sum any more; what is scaled down before it overflows."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How a queue stands: the share that waits, the share answered in time, mean wait of all (seconds), and how busy the agents are (0 to 1)."""

    erlangs: float
    waiting: float
    in_time: float
    mean_wait: float
    occupancy: float


@dataclass(frozen=True, slots=True)
class Impatient:
    """A queue in which callers hang up: the share that does, the share that waits, mean wait (seconds), mean number waiting, how busy the agents are."""

    abandoning: float
    waiting: float
    mean_wait: float
    mean_queue: float
    occupancy: float


def erlangs(calls_per_hour: float, handling: float) -> float:
    """Return the load of calls that take `handling` seconds each.

    >>> erlangs(200, 180)
    10.0
    """
    return calls_per_hour * handling / 3600


def erlang_b(load: float, agents: int) -> float:
    """Return the share of calls that find all agents busy where nobody waits (Erlang 1917), by the recursion that cannot overflow.

    >>> round(erlang_b(10, 14), 6)
    0.056819
    """
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(load: float, agents: int) -> float | None:
    """Return the share of callers that wait (Erlang 1917); None where the load is not below the agents, for then the queue grows without end.

    >>> round(erlang_c(10, 14), 6), erlang_c(14, 14)
    (0.174132, None)
    """
    if load >= agents:
        return None
    blocked = erlang_b(load, agents)
    return agents * blocked / (agents - load * (1 - blocked))


def queue(*, calls_per_hour: float, handling: float, agents: int, within: float) -> Queue | None:
    """Return how a queue without hanging up stands (Erlang C); `within` is the wait promised, in seconds. None where it grows without end.

    >>> stands = queue(calls_per_hour=200, handling=180, agents=14, within=20)
    >>> round(stands.in_time, 3), round(stands.mean_wait, 1)
    (0.888, 7.8)
    """
    load = erlangs(calls_per_hour, handling)
    waiting = erlang_c(load, agents)
    if waiting is None:
        return None
    spare = agents - load
    return Queue(load, waiting, 1 - waiting * math.exp(-spare * within / handling), waiting * handling / spare, load / agents)


def agents_needed(*, calls_per_hour: float, handling: float, share: float, within: float, busiest: float = 1.0) -> int:
    """Return the fewest agents with whom at least that share is answered within so many seconds, none busier than `busiest`.

    >>> agents_needed(calls_per_hour=200, handling=180, share=0.8, within=20)
    14

    Raises:
        ValueError: no number of agents below 100,000 is enough, or the share is not below 1.
    """
    if share < 1:
        for agents in range(math.floor(erlangs(calls_per_hour, handling)) + 1, MOST):
            stands = queue(calls_per_hour=calls_per_hour, handling=handling, agents=agents, within=within)
            if stands and stands.in_time >= share and stands.occupancy <= busiest:
                return agents
    raise ValueError(f"No number of agents answers {share:.1%} within {within} seconds.")


def rostered(agents: int, shrinkage: float) -> int:
    """Return how many must be on the roster when that share of paid time (leave, training, breaks) is not spent answering.

    >>> rostered(14, 0.3)
    20
    """
    return math.ceil(round(agents / (1 - shrinkage), 9))


def erlang_a(*, calls_per_hour: float, handling: float, agents: int, patience: float) -> Impatient:
    """Return how a queue stands whose callers hang up after `patience` seconds on average (Palm 1957; Garnett, Mandelbaum and Reiman 2002).

    >>> stands = erlang_a(calls_per_hour=2880, handling=60, agents=50, patience=120)
    >>> round(stands.abandoning, 3), round(stands.mean_wait, 1)
    (0.031, 3.7)

    Raises:
        ValueError: no patience at all, or patience without end and not enough agents; the queue then has no steady state.
    """
    if patience <= 0:
        raise ValueError("Patience is more than no time at all.")
    load, leaving = erlangs(calls_per_hour, handling), handling / patience
    if not leaving and load >= agents:
        raise ValueError("Without hanging up, the load must be below the agents.")
    blocked = erlang_b(load, agents)
    below, weight, above, waiting_sum, place = 1.0, blocked, 0.0, 0.0, 0
    while weight > NOTHING * (below + above) or load > agents + place * leaving:
        place += 1
        weight *= load / (agents + place * leaving)
        above += weight
        waiting_sum += place * weight
        if weight > LARGE:
            below, weight, above, waiting_sum, blocked = (one / LARGE for one in (below, weight, above, waiting_sum, blocked))
    whole = below + above
    mean_queue = waiting_sum / whole
    mean_wait = mean_queue / (calls_per_hour / 3600) if calls_per_hour else 0.0
    abandoning = leaving * mean_queue / load if load else 0.0
    return Impatient(abandoning, (blocked + above) / whole, mean_wait, mean_queue, load * (1 - abandoning) / agents)
