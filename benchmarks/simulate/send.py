"""One send to many readers, from the release of the chapter to its closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random

from benchmarks.delivery.scene import issue
from benchmarks.simulate import crowd, template
from benchmarks.simulate.cloud import Cloud
from benchmarks.simulate.machines import WHOLE_PROCESSOR
from benchmarks.simulate.meter import Meter
from benchmarks.stage import scene
from benchmarks.stage.kernel import Kernel
from benchmarks.stage.platform import SETTINGS

from cliffhanger import catalogue, keys
from cliffhanger.clock import MINUTE
from cliffhanger.delivery.account import SHARE_OF_RATE
from cliffhanger.settings import Settings

MICROSECONDS = 1_000

DEFAULT_RATE = 28
MEDIUM_RATE = 2_000
A_LISTENER = 100
"""Letters a second whose events one function reads."""

MOST_THREADS = 128
LONG_ENOUGH = 4
"""Hours: what died with its worker is in doubt for one."""


@dataclass(frozen=True, slots=True)
class Size:
    """What an operator sets in the template for a rate: `listeners` is FeedbackConcurrency."""

    settings: Settings
    listeners: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Times are milliseconds; a release is when `newest` is raised. `copies` maps a number of copies to how many
    readers have so many. `memory` is MB.
    """

    readers: int
    rate: int
    settings: Settings
    listeners: int
    memory: Mapping[str, int]
    interruption: str
    released_at: int
    closed_at: int
    accepted: Sequence[int]
    copies: Counter[int]
    counts: dict[str, int]
    refusals: int
    meter: Meter

    @property
    def wrong(self) -> bool:
        """Somebody got none or two, or the counts say something else."""
        return self.copies != {1: self.readers} or self.counts["sent"] != self.readers

    @property
    def seconds(self) -> float:
        """From the release to the last letter."""
        return (self.accepted[-1] - self.released_at) / 1000

    @property
    def efficiency(self) -> float:
        return self.readers / self.rate / self.seconds

    @property
    def most_in_a_second(self) -> int:
        """Letters within any sliding second."""
        most = first = 0
        for last, at in enumerate(self.accepted):
            while self.accepted[first] <= at - 1000:
                first += 1
            most = max(most, last - first + 1)
        return most


def sized_for(rate: int) -> Size:
    """The template's defaults for a small rate; for more what docs/deploy.md tells to set."""
    default = template.parameters()
    settings = replace(SETTINGS, spacing=default["SpacingSeconds"] * 1000, threads=default["DeliverThreads"])
    settings = replace(settings, memory=default["DeliverMemory"])
    listeners = max(default["FeedbackConcurrency"], ceil(rate / A_LISTENER))
    if rate <= DEFAULT_RATE:
        return Size(replace(settings, workers=default["IssuesConcurrency"]), listeners)
    if rate <= MEDIUM_RATE:
        return Size(replace(settings, workers=ceil(rate / 40) + 1, memory=1024), listeners)
    return Size(replace(settings, workers=128, threads=MOST_THREADS, memory=WHOLE_PROCESSOR), listeners)


def send(readers: int, rate: int, size: Size) -> Sent:
    """`rate` is what the service allows itself: nine tenths of what the account may send."""
    kernel = Kernel()
    cloud = Cloud(
        kernel,
        Random(1),
        settings=size.settings,
        rate=rate / SHARE_OF_RATE,
        quota=10.0 * readers + 1_000_000,
        listeners=size.listeners,
        memory=template.memory() | {"deliver": size.settings.memory},
    )
    now = kernel.clock()
    crowd.lay(cloud.table, readers, now)
    scene.chapter(cloud.table, cloud.content, crowd.SLUG, 1, ready_at=now)
    cloud.content.put(f"issues/{crowd.SLUG}/chapter-1", issue().to_json())
    cloud.start()
    interruption = ""
    while not _is_closed(cloud):
        cloud.run(MINUTE)
        _check(cloud)
        if not interruption and len(cloud.office.slips) >= readers / 2:
            interruption = _interrupt(cloud, hours_left=readers / 2 / rate / 3600)
    cloud.run(2 * MINUTE)  # the last events
    cloud.poll(kernel.now - now * MICROSECONDS)
    return _sent(cloud, readers, rate, size, interruption)


def _interrupt(cloud: Cloud, hours_left: float) -> str:
    """A deployment: every machine starts anew. Where there is time for what falls in doubt, those at work die, too."""
    for function in cloud.functions:
        function.retire()
    if hours_left < LONG_ENOUGH:
        return "a deployment"
    return f"a deployment, and {cloud.deliver.kill_all()} workers at work died"


def _is_closed(cloud: Cloud) -> bool:
    shelf = catalogue.find(cloud.table, crowd.SLUG)
    return shelf is not None and shelf.newest == shelf.closed == 1


def _check(cloud: Cloud) -> None:
    """Whatever a function didn't foresee is a defect, and nobody waits for its end."""
    for error in cloud.told + [error for function in cloud.functions for error in function.unforeseen]:
        raise error


def _sent(cloud: Cloud, readers: int, rate: int, size: Size, interruption: str) -> Sent:
    total = cloud.table.get(keys.send_total(crowd.SLUG, 1))
    assert total
    return Sent(
        readers=readers,
        rate=rate,
        settings=size.settings,
        listeners=size.listeners,
        memory=cloud.memory,
        interruption=interruption,
        released_at=cloud.raised_at,
        closed_at=total["closed_at"],
        accepted=[slip.at for slip in cloud.office.slips],
        copies=Counter(cloud.office.copies().values()),
        counts={name: total[name] for name in ("audience", "sent", "rejected", "held", "skipped")},
        refusals=cloud.refusals,
        meter=cloud.meter,
    )
