"""What is kept no longer: due rows only, in batches that add up, on record, and never what the law keeps."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from dossiers.models import Dossier, DossierEvent, FilingDraft, HandOver, IntakeDraft, ResultFile
from dossiers.papers.models import ScanItem
from haddong_portal.accounts.models import Unit
from haddong_portal.audit.models import AuditEntry
from haddong_portal.audit.services import apply_retention as engine
from haddong_portal.audit.services.apply_retention import apply_retention
from haddong_portal.audit.services.save_retention_rule import save_retention_rule
from haddong_portal.audit.tasks import apply_retention as nightly
from haddong_portal.citizens.models import CitizenSession, Person, PhoneChallenge, ResidenceLookUp
from haddong_portal.common.actors import Actor, system_actor
from haddong_portal.common.errors import Conflict, DomainError, NotAllowed, NotFound
from haddong_portal.notices.constants import FORGOTTEN
from haddong_portal.notices.models import CallTask, Notice
from haddong_portal.notices.services.resend_notice import resend_notice
from haddong_portal.plumbing.models import IdempotencyKey, NumberSequence, RetentionRule, RetentionRun
from haddong_portal.plumbing.retention import (
    NEVER_DELETED,
    RetentionSource,
    register_retention,
    retention_source,
    retention_sources,
    unregister_retention,
)
from haddong_portal.plumbing.selectors.retention import preview, rule_in_force, rules_in_force, shipped_rules
from tests.audit.retention import NAME, PHONE, Desk, make_every_kind
from tests.dossiers.races.conftest import at_once  # noqa: F401 - a fixture
from tests.factories import MORNING, PublishedProcedure

NOW = MORNING
LONG_AGO, YESTERDAY = NOW - timedelta(days=4000), NOW - timedelta(hours=20)
CODES = (
    "agency-messages",
    "agency-replies",
    "calls",
    "citizen-sessions",
    "filing-drafts",
    "idempotency-keys",
    "intake-drafts",
    "notice-words",
    "phone-challenges",
    "read-messages",
    "residence-look-ups",
    "unfinished-scans",
)
ALL_CODES = (*CODES, "signature-strokes")
DELETED = {
    "citizen-sessions": CitizenSession,
    "filing-drafts": FilingDraft,
    "idempotency-keys": IdempotencyKey,
    "intake-drafts": IntakeDraft,
    "phone-challenges": PhoneChallenge,
    "unfinished-scans": ScanItem,
}


def switch_on(code: str, keep_days: int = 365) -> None:
    save_retention_rule(
        actor=system_actor(),
        code=code,
        keep_days=keep_days,
        source="Thử",
        is_active=True,
        valid_from=NOW.date(),
        now=NOW,
    )


@pytest.fixture
def every_kind(ward: Unit, desk_clerk_lan: Actor, procedure: PublishedProcedure) -> None:
    desk = Desk(ward, desk_clerk_lan, procedure)
    make_every_kind(desk, LONG_AGO, 1)
    make_every_kind(desk, YESTERDAY, 2)
    # the intakes brought keys of their own, which are no part of this
    IdempotencyKey.objects.exclude(scope="dossiers").delete()
    for code in ALL_CODES:
        switch_on(code)


def everything() -> str:
    """Every row of every table as text, to see that nothing has changed."""
    rows = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {quoted} t")
            rows.append(f"{table}: {cursor.fetchone()[0]}")
    return "\n".join(rows)


def due(code: str, now: datetime = NOW) -> int:
    rule = rule_in_force(code, now.date())
    assert rule
    return preview(rule, now).due


def test_every_source_has_a_shipped_keep_time_and_the_other_way_round() -> None:
    assert {source.code for source in retention_sources()} == set(shipped_rules()) == set(ALL_CODES)
    for rule in shipped_rules().values():
        assert rule["keep_days"] >= rule["min_days"] >= 1
        assert rule["source"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ALL_CODES)
def test_the_old_row_goes_and_the_young_one_stays(code: str, every_kind: None) -> None:
    assert due(code) == 1
    applied = apply_retention(code=code, now=NOW)
    assert (applied.done, applied.is_active) == (1, True)
    assert due(code) == 0
    if code in DELETED:
        assert DELETED[code].objects.count() == 1
    run = RetentionRun.objects.get(code=code)
    assert (run.done_count, run.keep_days, run.finished_at) == (1, 365, NOW)
    again = apply_retention(code=code, now=NOW)
    assert again.done == 0


@pytest.mark.django_db
def test_a_masked_row_keeps_what_proves_it_and_nothing_personal(every_kind: None) -> None:
    for code in ("notice-words", "calls", "residence-look-ups", "signature-strokes"):
        apply_retention(code=code, now=NOW)
    notice, young = Notice.objects.filter(channel="sms").order_by("created_at")
    assert (notice.recipient, notice.recipient_name, notice.body, notice.link) == ("", "", FORGOTTEN, "")
    assert (notice.state, notice.sent_at, notice.reference) == ("sent", LONG_AGO, "dossier:1")
    assert (young.recipient, young.recipient_name) == (PHONE, NAME)
    call = CallTask.objects.earliest("created_at")
    assert (call.phone, call.recipient_name, call.script, call.state) == ("", "", "", "done")
    looked, lately = ResidenceLookUp.objects.order_by("at")
    assert (looked.shown, looked.method, looked.at, NAME in lately.shown) == ("", "vneid_shown", LONG_AGO, True)
    old, new = HandOver.objects.order_by("handed_at")
    assert (old.signature_svg, old.collector_name, bool(new.signature_svg)) == ("", NAME, True)


@pytest.mark.django_db
def test_masked_words_cannot_be_sent_again(every_kind: None) -> None:
    Notice.objects.filter(channel="sms").update(state="gave_up", sent_at=None)
    apply_retention(code="notice-words", now=NOW)
    masked = Notice.objects.filter(body=FORGOTTEN).get()
    with pytest.raises(Conflict, match=r"notice\.forgotten"):
        resend_notice(actor=system_actor(), notice_id=masked.pk, now=NOW)


@pytest.mark.django_db
def test_what_is_still_going_on_is_never_due(every_kind: None) -> None:
    Notice.objects.filter(channel="sms").update(state="queued", sent_at=None)
    Notice.objects.filter(channel="portal").update(read_at=None)
    CallTask.objects.update(state="open", closed_at=None)
    assert [due(code) for code in ("notice-words", "read-messages", "calls")] == [0, 0, 0]


@pytest.mark.django_db
def test_a_dry_run_changes_nothing_at_all(every_kind: None) -> None:
    before, out = everything(), StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("apply_retention", "--dry-run", "--json", stdout=out)
    assert everything() == before
    told = json.loads(out.getvalue())
    assert told["dry_run"] is True
    assert {line["code"]: line["due"] for line in told["rules"]} == dict.fromkeys(ALL_CODES, 1)
    assert NAME not in out.getvalue() and PHONE not in out.getvalue()
    sample = next(line for line in told["rules"] if line["code"] == "intake-drafts")["samples"]
    assert sample == [f"dossiers.IntakeDraft {IntakeDraft.objects.earliest('updated_at').pk}"]


@pytest.mark.django_db
def test_the_command_applies_one_rule_or_all(every_kind: None) -> None:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("apply_retention", "--rule", "phone-challenges", stdout=out)
        assert "phone-challenges: đã xử lý 1 dòng quá 365 ngày" in out.getvalue()
        assert [due(code) for code in CODES] == [int(code != "phone-challenges") for code in CODES]
        call_command("apply_retention", stdout=StringIO())
        assert [due(code) for code in ALL_CODES] == [0] * len(ALL_CODES)
        with pytest.raises(CommandError, match="không có thời hạn lưu"):
            call_command("apply_retention", "--rule", "tat-ca", stdout=StringIO())


@pytest.mark.django_db
def test_the_night_applies_what_is_switched_on_only(every_kind: None) -> None:
    with time_machine.travel(NOW, tick=False):
        RetentionRule.objects.filter(code="calls").update(is_active=False)
        nightly()
    assert due("calls") == 1
    assert [due(code) for code in ALL_CODES if code != "calls"] == [0] * (len(ALL_CODES) - 1)
    assert not RetentionRun.objects.filter(code="calls").exists()


@pytest.mark.django_db
def test_each_batch_is_on_record_without_anybodys_data(every_kind: None) -> None:
    for number in range(5):
        IdempotencyKey.objects.create(
            scope="dossiers", key=f"x{number}", request_hash="0" * 64, answer={"name": NAME}, created_at=LONG_AGO
        )
    assert apply_retention(code="idempotency-keys", batch=4, now=NOW).done == 6
    rows = AuditEntry.objects.filter(action="retention.erased").order_by("pk")
    assert [row.data["rows"] for row in rows] == [4, 2]
    assert {(row.object_type, row.object_id, row.purpose) for row in rows} == {("retention", "idempotency-keys", "Thử")}
    assert NAME not in str([row.data for row in rows])


@pytest.mark.django_db
def test_an_interrupted_run_is_gone_on_with(every_kind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        IdempotencyKey.objects.create(
            scope="dossiers", key=f"x{number}", request_hash="0" * 64, answer={}, created_at=LONG_AGO
        )
    erased: list[int] = []
    erase = engine._erase

    def power_cut(source: RetentionSource, rows: QuerySet[Any]) -> None:
        erase(source, rows)
        erased.append(1)
        if len(erased) == 2:
            raise RuntimeError("mất điện")

    monkeypatch.setattr(engine, "_erase", power_cut)
    with pytest.raises(RuntimeError):
        apply_retention(code="idempotency-keys", batch=2, now=NOW)
    stopped = RetentionRun.objects.get()
    assert (stopped.done_count, stopped.finished_at, due("idempotency-keys")) == (2, None, 4)
    monkeypatch.undo()
    assert apply_retention(code="idempotency-keys", batch=2, now=NOW).done == 4
    assert sum(row.data["rows"] for row in AuditEntry.objects.filter(action="retention.erased")) == 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_share_the_rows(at_once: Any) -> None:  # noqa: F811 - the fixture
    for number in range(40):
        IdempotencyKey.objects.create(
            scope="dossiers", key=f"x{number}", request_hash="0" * 64, answer={}, created_at=LONG_AGO
        )
    runs = at_once([partial(apply_retention, code="idempotency-keys", batch=3, now=NOW)] * 2)
    apply_retention(code="idempotency-keys", now=NOW)
    assert sum(run.done for run in runs) <= 40
    assert not IdempotencyKey.objects.exists()
    assert sum(row.data["rows"] for row in AuditEntry.objects.filter(action="retention.erased")) == 40


KEPT = (DossierEvent, AuditEntry, NumberSequence, RetentionRule, RetentionRun)


def source_over(model: Any, **mask: str) -> RetentionSource:
    return RetentionSource("thu", "Thử", "Thử", lambda before: model._base_manager.all(), mask)


@pytest.mark.parametrize("model", KEPT)
def test_what_must_be_kept_can_be_neither_deleted_nor_masked(model: Any) -> None:
    column = next(one.name for one in model._meta.concrete_fields if one.name != "id")
    for source in (source_over(model), source_over(model, **{column: ""})):
        with pytest.raises(ValueError, match="must be kept"):
            register_retention(source)
    assert retention_source("thu") is None


@pytest.mark.parametrize("model", [Dossier, Person, ResultFile, HandOver])
def test_the_archive_cannot_be_deleted(model: Any) -> None:
    with pytest.raises(ValueError, match="must be kept"):
        register_retention(source_over(model))


def test_what_would_go_along_counts_too() -> None:
    """A dossier would take its steps with it: the refusal names them too."""
    with pytest.raises(ValueError, match=r"dossiers\.StepRun"):
        register_retention(source_over(Dossier))


def test_a_mask_names_columns_that_exist_and_a_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="has no"):
        register_retention(source_over(IntakeDraft, khong_co=""))
    try:
        register_retention(source_over(IntakeDraft))
        with pytest.raises(ValueError, match="registered twice"):
            register_retention(source_over(CallTask))
    finally:
        unregister_retention("thu")


def test_every_kept_name_is_a_model() -> None:
    assert {apps.get_model(label)._meta.label for label in NEVER_DELETED} == NEVER_DELETED


@pytest.mark.django_db
def test_keep_times_are_dated_and_the_old_ones_stay_on_record() -> None:
    switch_on("phone-challenges", 30)
    later = NOW + timedelta(days=10)
    save = partial(save_retention_rule, actor=system_actor(), code="phone-challenges", source="QĐ 12", now=NOW)
    save(keep_days=3, is_active=True, valid_from=later.date())
    today, then = (rule_in_force("phone-challenges", at.date()) for at in (NOW, later))
    assert today and then
    assert (today.keep_days, then.keep_days, then.legal) == (30, 3, "QĐ 12")
    save(keep_days=4, is_active=False, valid_from=later.date())
    assert RetentionRule.objects.count() == 2
    assert list(RetentionRule.history.order_by("history_id").values_list("keep_days", flat=True)) == [30, 3, 4]
    assert AuditEntry.objects.filter(action="retention.rule_saved").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"keep_days": 2}, "retention.too_short"),
        ({"keep_days": 40_000}, "retention.too_long"),
        ({"source": "  "}, "retention.source_missing"),
        ({"valid_from": NOW.date() - timedelta(days=1)}, "retention.in_the_past"),
    ],
)
def test_a_keep_time_is_refused(changes: dict[str, Any], code: str) -> None:
    values = {"keep_days": 30, "source": "QĐ 12", "is_active": True, "valid_from": NOW.date(), **changes}
    with pytest.raises(DomainError) as refusal:
        save_retention_rule(actor=system_actor(), code="intake-drafts", now=NOW, **values)
    assert refusal.value.code == code
    assert not RetentionRule.objects.exists()


@pytest.mark.django_db
def test_an_unknown_rule_and_a_person_without_the_right_are_refused(desk_clerk_lan: Actor) -> None:
    values: dict[str, Any] = {"keep_days": 30, "source": "x", "is_active": True, "valid_from": NOW.date(), "now": NOW}
    with pytest.raises(NotAllowed):
        save_retention_rule(actor=desk_clerk_lan, code="calls", **values)
    with pytest.raises(NotFound, match=r"retention\.unknown"):
        save_retention_rule(actor=system_actor(), code="khong-co", **values)
    with pytest.raises(NotFound, match=r"retention\.unknown"):
        apply_retention(code="khong-co", now=NOW)


@pytest.mark.django_db
def test_without_rows_the_shipped_rules_hold_and_the_doubtful_only_count() -> None:
    active = {rule.source.code: rule.is_active for rule in rules_in_force(NOW.date())}
    assert [code for code, on in active.items() if not on] == [
        "agency-messages",
        "agency-replies",
        "calls",
        "notice-words",
        "residence-look-ups",
        "signature-strokes",
    ]
    assert not apply_retention(code="signature-strokes", now=NOW).is_active
