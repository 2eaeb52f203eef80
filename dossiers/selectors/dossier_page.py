"""One dossier with its whole story, what may be done next and by whom; the read leaves an audit row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from dossiers.constants import StepState
from dossiers.models import Dossier, HandOver
from dossiers.rules.lifecycle import Command
from dossiers.selectors.act_rules import AllowedAct
from dossiers.selectors.act_rules_branches import branch_acts, free_branches, held_branches
from dossiers.selectors.act_rules_opinions import opinion_acts, opinion_asked_of
from dossiers.selectors.allowed_acts import allowed_acts
from dossiers.selectors.charges import ChargeLine, charges_of
from dossiers.selectors.coordination import OpinionLine, VerificationLine, opinions_of, verifications_of
from dossiers.selectors.corrections import CorrectionLine, corrections_of
from dossiers.selectors.dossier_clock import flags_of, other_promise, story_clock
from dossiers.selectors.filed import FiledGroup, filed_of
from dossiers.selectors.stories import NO_STORY, Story, story_of
from dossiers.selectors.story_lines import (
    AskedLine,
    EventLine,
    NoticeLine,
    PaperLine,
    PauseLine,
    ResultLine,
    SlipRow,
    StepLine,
    asked_of,
    events_of,
    notices_of,
    papers_of,
    pauses_of,
    results_of,
    slips_of,
    steps_of,
)
from haddong_portal.accounts.models import Post, Unit
from haddong_portal.accounts.selectors.calendar import work_calendar_for
from haddong_portal.audit.services.record_access import record_access
from haddong_portal.citizens.permissions import VERIFY_PHONE
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import NotFound
from haddong_portal.common.prepared import PreparedModels
from haddong_portal.common.web.looks import Deadline, Look
from procedures.selectors.delegations import freeze_reason

JOINED = ("owner_unit", "officer", "person", "organisation", "representative", "hand_over", "receiving_unit")


@dataclass(frozen=True)
class DossierPage:
    """Everything the dossier's page shows. `personal_id` is empty for roles that may not see it."""

    dossier: Dossier
    clock: Deadline
    flags: list[Look]
    other_promise: str
    events: list[EventLine]
    steps: list[StepLine]
    checklist: list[PaperLine]
    results: list[ResultLine]
    notices: list[NoticeLine]
    slips: list[SlipRow]
    asked: list[AskedLine]
    pauses: list[PauseLine]
    verifications: list[VerificationLine]
    charges: list[ChargeLine]
    opinions: list[OpinionLine]
    corrections: list[CorrectionLine]
    hand_over: HandOver | None
    allowed_acts: list[AllowedAct]
    owner_unit_name: str
    officer_name: str
    personal_id: str
    phone: str
    colleagues: list[tuple[int, str]] = field(default_factory=list)
    earlier_steps: list[tuple[int, str]] = field(default_factory=list)
    asked_of_me: OpinionLine | None = None
    units_to_ask: list[tuple[int, str]] = field(default_factory=list)
    step_is_late: bool = False
    frozen: str = ""
    free_branches: list[StepLine] = field(default_factory=list)
    held_branches: list[StepLine] = field(default_factory=list)
    branch_is_late: bool = False
    filed: list[FiledGroup] = field(default_factory=list)
    may_read_papers: bool = False
    shows_stored: bool = False
    may_verify_phone: bool = False


def dossier_page(
    *, actor: Actor, code: str = "", dossier_id: int | None = None, now: datetime, purpose: str = "xem hồ sơ"
) -> DossierPage:
    """The page by code or id; NotFound dossier.not_found when absent or not the actor's to see."""
    dossier = _load(actor, code, dossier_id)
    _record_read(actor, dossier, purpose, now)
    return _page(actor, dossier, now)


def opened_act(
    *, actor: Actor, code: str, command: str, with_story: bool, now: datetime
) -> tuple[DossierPage, AllowedAct]:
    """One act that somebody unfolds on the page, with what its form shows; the read is recorded.

    NotFound dossier.not_found, or dossier.act_not_offered when it is not, or no longer, this actor's to do.
    """
    page = act_page(actor=actor, code=code, command=command, with_story=with_story, now=now)
    act = next((each for each in page.allowed_acts if each.command == command), None)
    if act is None:
        raise NotFound("Việc này không còn làm được. Xin tải lại trang hồ sơ.", code="dossier.act_not_offered")
    _record_read(actor, page.dossier, act.label, now)
    return page, act


def act_page(*, actor: Actor, code: str, command: str, with_story: bool, now: datetime) -> DossierPage:
    """What the form of one act is made from when it comes in. Nothing of it is shown, so the read is not recorded.

    Without `with_story` the lists of what lies around the dossier are empty. NotFound as `dossier_page`.
    """
    dossier = _load(actor, code, None)
    return _page(actor, dossier, now, story=story_of(dossier.pk) if with_story else NO_STORY, only=command)


def _record_read(actor: Actor, dossier: Dossier, purpose: str, now: datetime) -> None:
    record_access(
        actor=actor,
        action="dossier.read",
        object_type="dossier",
        object_id=dossier.pk,
        person_id=dossier.person_id,
        purpose=purpose,
        now=now,
    )


def _load(actor: Actor, code: str, dossier_id: int | None) -> Dossier:
    found = _loaded(actor, code, dossier_id)
    if not found:
        raise NotFound("Không tìm thấy hồ sơ này.", code="dossier.not_found")
    return found[0]


def _loaded(actor: Actor, code: str, dossier_id: int | None) -> list[Dossier]:
    """Almost everybody has one unit, so the statement of that is kept."""
    units = sorted(actor.unit_ids)
    if actor.sees_all_units or len(units) != 1:
        return list(_joined(actor).filter(**({"code": code} if dossier_id is None else {"pk": dossier_id}))[:1])
    if dossier_id is None:
        return _by_code(unit_id=units[0], code=code)
    return _by_id(unit_id=units[0], dossier_id=dossier_id)


def _joined(actor: Actor) -> QuerySet[Dossier]:
    rows: QuerySet[Dossier] = Dossier.objects.visible_to(actor)
    return rows.select_related(*JOINED)


def _in_unit(unit_id: int) -> QuerySet[Dossier]:
    return _joined(Actor(name="", unit_ids=frozenset({unit_id})))


_by_code = PreparedModels(
    lambda unit_id, code: _in_unit(unit_id).filter(code=code), unit_id=-7_000_001, code="?dossier_code"
)
_by_id = PreparedModels(
    lambda unit_id, dossier_id: _in_unit(unit_id).filter(pk=dossier_id), unit_id=-7_000_001, dossier_id=-7_000_002
)


def _page(
    actor: Actor, dossier: Dossier, now: datetime, *, story: Story | None = None, only: str | None = None
) -> DossierPage:
    """The whole page, or with `only` what that act needs of it."""
    story = story or story_of(dossier.pk)
    steps, checklist = steps_of(story.steps), papers_of(story.papers)
    pauses, opinions = pauses_of(story.pauses), opinions_of(story.opinions)
    mine = opinion_asked_of(actor, dossier, opinions)
    earlier = _earlier(dossier, steps)
    acts = [
        *opinion_acts(actor, dossier, opinions, now),
        *_with_somewhere_to_go(allowed_acts(actor, dossier, now), earlier),
        *branch_acts(actor, dossier, steps),
    ]
    held = held_branches(actor, dossier, steps)
    commands = {act.command for act in acts if only in (None, act.command)}
    personal = actor.has_right("dossier.read_personal")
    return DossierPage(
        dossier=dossier,
        clock=story_clock(dossier, pauses, now=now, calendar=work_calendar_for(dossier.receiving_unit_id)),
        flags=flags_of(dossier),
        other_promise=other_promise(dossier),
        events=events_of(story.events),
        steps=steps,
        checklist=checklist,
        results=results_of(story.results),
        notices=notices_of(story.notices),
        slips=slips_of(story.slips),
        asked=asked_of(story.asked),
        pauses=pauses,
        verifications=verifications_of(story.verifications),
        charges=charges_of(story.charges, story.payments),
        opinions=opinions,
        corrections=corrections_of(story.corrections, personal=personal),
        hand_over=getattr(dossier, "hand_over", None),
        allowed_acts=acts,
        owner_unit_name=dossier.owner_unit.short_name,
        officer_name=dossier.officer.full_name if dossier.officer else "",
        personal_id=dossier.person.personal_id if personal and dossier.person else "",
        phone=dossier.phone if personal else "",
        colleagues=_colleagues(actor, dossier, now) if Command.FORWARD in commands else [],
        earlier_steps=earlier if Command.RETURN_TO_STEP in commands else [],
        asked_of_me=mine,
        units_to_ask=_units_to_ask(dossier, now) if Command.CONSULT in commands else [],
        step_is_late=dossier.step_due_at is not None and now > dossier.step_due_at,
        frozen=_frozen(dossier, now) if story.delegated and dossier.closed_at is None else "",
        free_branches=free_branches(actor, dossier, steps),
        held_branches=held,
        branch_is_late=any(now > step.step_due_at for step in held),
        filed=filed_of(story.filed, [(line.requirement_id, line.name) for line in checklist]),
        may_read_papers=personal,
        shows_stored=personal and not story.filed and any(line.stored for line in checklist),
        may_verify_phone=actor.has_right(VERIFY_PHONE) and dossier.person_id is not None,
    )


def _frozen(dossier: Dossier, now: datetime) -> str:
    """Why nothing may be decided: the delegation that the unit acts under has lapsed (domain.md §6.2)."""
    return freeze_reason(unit_id=dossier.receiving_unit_id, procedure_id=dossier.procedure_id, on=now.date())


def _colleagues(actor: Actor, dossier: Dossier, now: datetime) -> list[tuple[int, str]]:
    posts = Post.objects.held_on(now.date()).filter(unit_id=dossier.owner_unit_id, role=actor.role)
    rows = posts.exclude(user_id=actor.user_id or 0).select_related("user")
    return [(post.user_id, f"{post.user.full_name}, {post.title}") for post in rows]


def _units_to_ask(dossier: Dossier, now: datetime) -> list[tuple[int, str]]:
    """Every other unit of today."""
    units = Unit.objects.valid_on(now.date()).exclude(pk=dossier.owner_unit_id)
    return list(units.order_by("sort_order", "id").values_list("pk", "short_name"))


def _with_somewhere_to_go(acts: list[AllowedAct], earlier: list[tuple[int, str]]) -> list[AllowedAct]:
    """A dossier at its first step of work cannot be sent back."""
    return acts if earlier else [act for act in acts if act.command != Command.RETURN_TO_STEP]


def _earlier(dossier: Dossier, steps: list[StepLine]) -> list[tuple[int, str]]:
    """Finished runs of the lead line that the open step may be sent back to, latest first, one per step."""
    seen: dict[int, StepLine] = {}
    here = next((step for step in steps if step.run_no == dossier.current_run_no), None)
    for step in steps:
        if step.state == StepState.DONE and here and step.may_come_back_from(here):
            seen[step.sequence] = step
    return [(step.id, f"{step.name} ({step.unit_name})") for step in reversed(seen.values())]
