"""What one mail shows of a chapter, and what its author's preview shows of that mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cliffhanger.mailbody import MailBody, size
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.asides import lighter
from cliffhanger.rendering.card import Showing, showing
from cliffhanger.rendering.cutting import cut
from cliffhanger.rendering.placing import set_out
from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class Fitting:
    """`minutes` is how long all of the chapter takes. `render` makes the mail of what is shown: it is measured."""

    chapter: Chapter
    series: Series
    chapter_url: str
    minutes: int
    render: Callable[[Showing], MailBody]

    def issue(self, limit: int) -> Showing:
        """All of the chapter, else all but what stands too long beside its story, else its beginning."""
        return self._show(*self._fitted(limit))

    def preview(self, limit: int, *, of_mail: int) -> Showing:
        """As much as `limit` has room for of what a mail as large as `of_mail` shows."""
        whole = set_out(self.chapter, self.series)
        if self._size(whole) <= limit:
            return self._show(whole)
        mailed, read_on = self._fitted(of_mail)
        if self._size(mailed, read_on) <= limit:
            return self._show(mailed, read_on)
        return replace(self._show(cut(mailed, lambda part: self._size(part) <= limit)), stops=True)

    def _fitted(self, limit: int) -> tuple[Chapter, str | None]:
        """What the mail shows, and the page with the rest, None if there is none."""
        whole = set_out(self.chapter, self.series)
        lights = lighter(whole, series=self.series, chapter_url=self.chapter_url, limit=limit)
        for light in (whole, *(light for light in lights if light != whole)):
            if self._size(light) <= limit:
                return light, None
        return cut(lights[-1], lambda part: self._size(part, self.chapter_url) <= limit), self.chapter_url

    def _size(self, part: Chapter, read_on: str | None = None) -> int:
        return size(self.render(self._show(part, read_on)).html)

    def _show(self, part: Chapter, read_on: str | None = None) -> Showing:
        return showing(part, series=self.series, minutes=self.minutes, read_on=read_on)
