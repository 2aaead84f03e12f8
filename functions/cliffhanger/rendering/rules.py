"""A release rule in words, for authors and operators."""

from __future__ import annotations

from cliffhanger.series import Immediately, Rule

ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def rule_words(rule: Rule) -> str:
    """ "Monday and Thursday at 18:00 (Europe/Berlin), one at a time"; what follows "Chapters go out:"."""
    if isinstance(rule, Immediately):
        return "as soon as the time to take them back is over"
    days = [ENGLISH_DAYS[day] for day in sorted(rule.weekdays)]
    named = "every day" if len(days) == 7 else " and ".join(filter(None, (", ".join(days[:-1]), days[-1])))
    return f"{named} at {rule.at:%H:%M} ({rule.zone}), one at a time"
