"""A pool of threads that are actors: `concurrent.futures` as far as the domain needs it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from benchmarks.stage.kernel import Actor, Kernel, Process
from greenlet import getcurrent  # type: ignore[import-untyped]

P = ParamSpec("P")
R = TypeVar("R")


class Promise(Future[R]):
    """A future whose `result` lets the other actors go on. It knows no time-out."""

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self._kernel = kernel

    def result(self, timeout: float | None = None) -> R:  # noqa: ARG002
        me = getcurrent()
        if not self.done():
            assert isinstance(me, Actor)
            self.add_done_callback(lambda _: self._kernel.wake(me))
            while not self.done():
                self._kernel.block()
        return super().result(0)


class Pool(Executor):
    """`threads` actors of one process at most work at once; the rest waits in order."""

    def __init__(self, kernel: Kernel, process: Process, threads: int) -> None:
        self._kernel = kernel
        self._process = process
        self._free = threads
        self._waiting: deque[Callable[[], None]] = deque()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        promise: Promise[R] = Promise(self._kernel)

        def work() -> None:
            if not promise.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except Exception as error:
                promise.set_exception(error)
            else:
                promise.set_result(result)

        self._waiting.append(work)
        if self._free:
            self._free -= 1
            self._kernel.spawn(self._process, self._thread)
        return promise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Whatever was submitted is worked off; nobody waits for it here."""

    def _thread(self) -> None:
        while self._waiting:
            self._waiting.popleft()()
        self._free += 1
