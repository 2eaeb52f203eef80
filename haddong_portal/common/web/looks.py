"""How a state looks: always word, icon and colour together (never colour alone)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Look:
    """`tone` is the colour family of the stylesheets: ok, warn, late, paused, done, info or none."""

    word: str
    icon: str
    tone: str


DEADLINES: Mapping[str, Look] = {
    "in_time": Look("Trong hạn", "clock", "ok"),
    "due_soon": Look("Sắp đến hạn", "hourglass", "warn"),
    "late": Look("Quá hạn", "alert-triangle-filled", "late"),
    "paused": Look("Tạm dừng", "player-pause-filled", "paused"),
    "done": Look("Đúng hạn", "circle-check-filled", "done"),
    "done_late": Look("Xong, trễ hạn", "circle-check", "late"),
    "not_started": Look("Chưa tính giờ", "circle-dashed", "none"),
}
MESSAGES: Mapping[str, Look] = {
    "info": Look("Thông tin", "info-circle", "info"),
    "success": Look("Đã xong", "circle-check", "ok"),
    "warning": Look("Lưu ý", "alert-triangle", "warn"),
    "error": Look("Chưa thực hiện được", "alert-circle", "danger"),
    "debug": Look("Chi tiết", "info-circle", "info"),
}


@dataclass(frozen=True)
class Segment:
    """A stretch of the deadline bar, in percent of the whole: kind is "run", "pause" or "late"."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True)
class Deadline:
    """What {% deadline_badge %} and {% deadline_bar %} need; any object or dict with these names serves.

    `state` is a key of DEADLINES; `text` the working time left ("còn 1 ngày 3 giờ làm việc"); `used_percent`
    of the limit (over 100 when late); `segments` draws the true order of running and pausing instead.
    """

    state: str
    text: str = ""
    used_percent: float | None = None
    segments: Iterable[Segment] = field(default=())


def deadline_look(state: str) -> Look:
    """The look of a deadline state; raises KeyError for a word nobody defined."""
    return DEADLINES[state]
