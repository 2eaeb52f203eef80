"""Staff at real browsers' addresses, without the browser: they read a dossier's page and press one of its forms."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx

from dossiers.constants import CollectMethod
from tests.dossiers.browser.stage import PASSPHRASE

REQUEST_SECONDS_MAX = 60.0
ALERT = "alert alert-danger"
# How gladly each act is pressed; what ends a dossier seldom, what undoes another's act often. Others are left alone.
LIKING = {
    "nhan-viec": 8.0,
    "xong-buoc": 3.0,
    "tra-lai": 3.0,
    "chuyen-nguoi": 2.0,
    "yeu-cau-bo-sung": 1.5,
    "nhan-bo-sung": 8.0,
    "xac-minh": 1.0,
    "xong-xac-minh": 8.0,
    "de-nghi-rut": 1.5,
    "khong-rut": 8.0,
    "ket-qua": 2.0,
    "tra": 1.0,
    "dung": 0.3,
}


@dataclass
class PageForm:
    """One form of a page: where it goes and what it would send as it stands."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The last word of the address: which act it is."""
        return self.action.rstrip("/").rsplit("/", 1)[-1]


class Forms(HTMLParser):
    """The forms of a page, and what its first alert says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self.alert = ""
        self._select = ""
        self._alert_depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in attrs}
        if tag == "div" and (self._alert_depth or (words.get("class", "").startswith(ALERT) and not self.alert)):
            self._alert_depth += 1
        if tag == "form":
            self.found.append(PageForm(words.get("action", "")))
        elif self.found and words.get("name"):
            self._field(tag, words)
        elif tag == "option" and self.found and self._select:
            self.found[-1].choices[self._select].append(words.get("value", ""))

    def _field(self, tag: str, words: dict[str, str]) -> None:
        form, name, kind = self.found[-1], words["name"], words.get("type", "text")
        if tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "input" and kind in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(words.get("value", "on"))
        elif tag == "input" and (kind == "hidden" or words.get("value")):
            form.values[name] = words.get("value", "")
        elif tag == "textarea" or kind == "text":
            form.texts.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._alert_depth:
            self._alert_depth -= 1
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._alert_depth:
            self.alert = f"{self.alert} {data.strip()}".strip()


@dataclass(frozen=True)
class Press:
    """One form that was sent: by whom, which act, how it was answered and what the page said."""

    who: str
    code: str
    act: str
    status: int
    said: str


class Fighter:
    """A signed-in member of staff with a way of their own of choosing."""

    def __init__(self, base_url: str, username: str, full_name: str, seed: int) -> None:
        self.name = full_name
        self.dice = random.Random(seed)
        self.client = httpx.Client(base_url=base_url, timeout=REQUEST_SECONDS_MAX, follow_redirects=False)
        self.presses: list[Press] = []
        path = "/tai-khoan/dang-nhap/"
        form = next(one for one in Forms(self.client.get(path).text).found if "csrfmiddlewaretoken" in one.values)
        data = {**form.values, "username": username, "password": PASSPHRASE}
        answer = self.client.post(path, data=data, headers={"Referer": base_url + path})
        assert answer.status_code == 302, answer.text[:1000]

    def look(self, code: str) -> PageForm | None:
        """Read the page and choose a form; None when there is nothing for this person to do."""
        answer = self.client.get(f"/ho-so/{code}/")
        assert answer.status_code == 200, f"{self.name} cannot read {code}: {answer.status_code}"
        forms = [form for form in Forms(answer.text).found if f"/{code}/" in form.action and form.slug in LIKING]
        if not forms:
            return None
        return self.dice.choices(forms, [LIKING[form.slug] for form in forms])[0]

    def press(self, code: str, form: PageForm) -> None:
        """Send it, and remember the answer."""
        path = urlsplit(form.action).path
        referer = {"Referer": str(self.client.base_url) + path}
        answer = self.client.post(path, data=self._filled(form), headers=referer)
        said = "" if answer.status_code == 302 else Forms(answer.text).alert
        self.presses.append(Press(self.name, code, form.slug, answer.status_code, said))

    def _filled(self, form: PageForm) -> dict[str, str | Sequence[str]]:
        """The form as a person fills it: something in every text, a choice in every list."""
        data: dict[str, str | Sequence[str]] = dict(form.values)
        data |= dict.fromkeys(form.texts, "Cần làm rõ")
        data |= {name: self.dice.choice(_to_choose(given)) for name, given in form.choices.items()}
        # Every paper that was asked for has come; nobody is late or shows an identity card.
        data |= {name: given for name, given in form.choices.items() if name.endswith("-line_ids")}
        left_out = ("-late_reason", "-late_note", "-signature_svg", "-collector_id")
        return {name: value for name, value in data.items() if not name.endswith(left_out)}


def _to_choose(given: list[str]) -> list[str]:
    """What can be chosen and needs no more: nobody draws on the signature pad."""
    return [one for one in given if one and one != CollectMethod.SIGNATURE_PAD] or [""]
