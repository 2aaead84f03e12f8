"""A chapter of about 2,300 bytes a scene, too long for one mail, and what readers and its author hear of it."""

from __future__ import annotations

from typing import Any

from cliffhanger.clock import HOUR, MINUTE
from tests.support.world import SERIES_YAML, World

DAILY = SERIES_YAML + "long_chapters: split-daily\n"
WEEKLY = 'release: {weekdays: [tuesday, friday], at: "18:30", zone: UTC}\n'
SCENES = 48
"""Of about 2,300 bytes each: two parts, with the seam after the 24th."""


def scene(number: int, told: str = "She counted the steps.") -> str:
    return f"Scene {number} begins. {told}\n\n" + ("The lamp burned, and nobody counted it. " * 54).strip() + "\n\n"


def long_chapter(number: int = 1, *, scenes: int = SCENES, **told: str) -> str:
    """`told`: what a scene says instead ("s7" is the seventh's)."""
    story = "* * *\n\n".join(scene(at, told.get(f"s{at}", "She counted the steps.")) for at in range(1, scenes + 1))
    return f"# Chapter {number}: Night {number}\n\n{story}"


def drop_long(world: World, number: int = 1, **more: Any) -> None:
    world.drop(f"lantern/{number:02}.md", long_chapter(number, **more))


def subjects(world: World, name: str = "ada") -> list[str]:
    return [mail.subject.removeprefix("The Lantern Road · ") for mail in world.issues(name)]


def read(world: World, name: str = "ada") -> list[int]:
    """The scenes that a reader's inbox holds, in the order of arrival."""
    texts = " ".join(mail.text for mail in world.issues(name))
    return [int(word.split()[0]) for word in texts.split("Scene ")[1:]]


def last_word(world: World) -> str:
    world.post_letters()
    return world.words()[-1].text


def days(world: World, count: int) -> None:
    for _ in range(count * 24):
        world.time += HOUR - 2 * MINUTE
        world.minutes(2)


BOTH = ["Chapter 1, part 1 of 2: Night 1", "Chapter 1, part 2 of 2: Night 1"]
ALL = list(range(1, SCENES + 1))
