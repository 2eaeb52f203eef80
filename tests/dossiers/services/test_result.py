"""Recording a result with its file, and handing it over."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from dossiers.constants import CollectMethod, EventKind
from dossiers.models import DossierEvent, HandOver, ResultFile, StepRun
from dossiers.services.hand_over_result import hand_over_result
from dossiers.services.record_result import ResultData, record_result
from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import Unit
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.notices.models import Notice
from procedures.constants import ResponsibleUnit, StepAction
from tests.common.files.bad_pdfs import signed_with_script
from tests.dossiers.conftest import PDF, Story
from tests.factories import WARD_STEPS, make_actor, publish_procedure
from tests.sample_files import SMALL_JPEG, SMALL_PNG, make_pdf

pytestmark = pytest.mark.django_db

JPEG, PNG = SMALL_JPEG, SMALL_PNG


def record(story: Story, content: bytes | None = PDF, name: str = "Giấy xác nhận", **data: Any) -> ResultFile:
    dossier = story.at_desk()
    file = ContentFile(content, name="../../etc/passwd.pdf") if content is not None else None
    return record_result(
        actor=story.clerk, dossier_id=dossier.pk, result=ResultData(name=name, file=file, **data), now=story.now()
    )


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestRecordResult:
    def test_the_dossier_is_done_and_the_citizen_is_told(self, story: Story) -> None:
        result = record(story, number="12/XN", issued_on=date(2024, 3, 5), signer_name="Phạm Thị Hoa")
        dossier = story.fresh(result.dossier_id)
        assert (dossier.status, dossier.finished_at, dossier.officer_id) == ("DONE", result.recorded_at, None)
        assert dossier.closed_at is None
        assert story.open_run(dossier).action == "return_result"
        notice = Notice.objects.get(rule="result_ready")
        assert (notice.state, notice.recipient) == ("queued", "0912345678")
        assert dossier.code in notice.body
        event = DossierEvent.objects.get(kind=EventKind.RESULT_RECORDED)
        assert event.data["sha256"] == result.sha256

    @pytest.mark.parametrize(
        ("content", "content_type", "suffix"),
        [(PDF, "application/pdf", ".pdf"), (JPEG, "image/jpeg", ".jpg"), (PNG, "image/png", ".png")],
    )
    def test_the_file_is_known_by_its_bytes_and_kept_under_a_random_name(
        self, content: bytes, content_type: str, suffix: str, story: Story, tmp_path: Path
    ) -> None:
        result = record(story, content)
        assert (result.content_type, result.size_bytes) == (content_type, len(content))
        kept = [path for path in files_in(tmp_path) if "originals" not in path.parts]
        assert len(kept) == 1 and kept[0].suffix == suffix
        originals = [path.read_bytes() for path in files_in(tmp_path) if "originals" in path.parts]
        # A picture is drawn anew for whoever opens it, a clean PDF is its own copy.
        assert (originals or [kept[0].read_bytes()]) == [content]
        assert "passwd" not in kept[0].name
        assert story.fresh(result.dossier_id).code not in str(kept[0])
        assert kept[0].stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"<script>alert(1)</script>", "result.bad_type"),
            (b"MZ\x90\x00 program", "result.bad_type"),
            (b"%PDF-1.7 cut off in the middle", "result.bad_type"),
            (b"text before %PDF-1.7 %%EOF", "result.bad_type"),
            (b"", "result.empty"),
        ],
    )
    def test_what_is_no_whole_document_is_refused_and_not_kept(
        self, content: bytes, code: str, story: Story, tmp_path: Path
    ) -> None:
        with pytest.raises(DomainError) as refusal:
            record(story, content)
        assert (refusal.value.code, refusal.value.field) == (code, "file")
        assert not files_in(tmp_path)
        assert not ResultFile.objects.exists()

    def test_a_file_above_the_limit_is_refused(self, story: Story, settings: Any) -> None:
        settings.UPLOAD_MAX_BYTES = len(PDF) - 1
        with pytest.raises(DomainError) as refusal:
            record(story)
        assert (refusal.value.code, refusal.value.status) == ("result.too_large", 413)

    def test_a_rolled_back_result_leaves_no_file(self, story: Story, tmp_path: Path, monkeypatch: Any) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("after the file was written")

        monkeypatch.setattr("dossiers.services.record_result.record_event", fail)
        with pytest.raises(RuntimeError):
            record(story)
        assert not files_in(tmp_path)

    def test_what_acts_is_missing_from_the_file_people_get_and_the_original_is_kept(
        self, story: Story, tmp_path: Path
    ) -> None:
        content = make_pdf(catalog=b"/OpenAction << /S /JavaScript /JS (x) >>")
        result = record(story, content)
        with result.file.open() as shown, result.original.open() as original:
            assert b"JavaScript" not in shown.read()
            assert original.read() == content
        assert (result.size_bytes, len(files_in(tmp_path))) == (len(content), 2)

    def test_a_signed_result_is_never_given_out_without_its_signature(self, story: Story, tmp_path: Path) -> None:
        with pytest.raises(DomainError) as refusal:
            record(story, signed_with_script())
        assert refusal.value.code == "result.signed_active"
        assert not files_in(tmp_path)

    def test_a_result_waits_for_no_silent_scanner(self, story: Story, tmp_path: Path, settings: Any) -> None:
        settings.CLAMAV_SOCKET = str(tmp_path / "nobody")
        with pytest.raises(DomainError) as refusal:
            record(story)
        assert (refusal.value.code, refusal.value.status) == ("result.scan_unavailable", 409)
        assert not files_in(tmp_path)

    def test_a_result_may_exist_on_paper_only(self, story: Story) -> None:
        result = record(story, None)
        assert (result.file.name, result.size_bytes) == ("", 0)

    def test_a_result_has_a_name(self, story: Story) -> None:
        with pytest.raises(DomainError) as refusal:
            record(story, name=" ")
        assert (refusal.value.code, refusal.value.field) == ("result.name_missing", "name")

    def test_an_unsigned_dossier_has_no_result(self, story: Story) -> None:
        dossier = story.taken()
        with pytest.raises(DomainError) as refusal:
            record_result(actor=story.officer, dossier_id=dossier.pk, result=ResultData(name="x"), now=story.now())
        assert refusal.value.code == "dossier.wrong_step"

    def test_a_process_may_record_the_result_at_the_department(self, story: Story, ward: Unit) -> None:
        steps = (
            *WARD_STEPS[:-1],
            (StepAction.RECORD_RESULT, Role.OFFICER, ResponsibleUnit.HANDLING, 60, "Vào sổ, số hóa kết quả"),
            WARD_STEPS[-1],
        )
        story.procedure = publish_procedure(at=ward, steps=steps)
        dossier = story.at_desk()
        record_result(actor=story.officer, dossier_id=dossier.pk, result=ResultData(name="x"), now=story.now())
        dossier.refresh_from_db()
        assert (dossier.status, dossier.current_action, dossier.current_role) == ("DONE", "return_result", "clerk")


class TestHandOver:
    def hand_over(self, story: Story, actor: Actor | None = None, **data: Any) -> int:
        dossier = story.paid()
        data.setdefault("collector_name", "Trần Văn Tú")
        hand_over_result(actor=actor or story.clerk, dossier_id=dossier.pk, now=story.now(), **data)
        return dossier.pk

    def test_the_dossier_is_closed_with_who_collected_it(self, story: Story) -> None:
        pk = self.hand_over(story, collector_id="001090000001", relation="con đẻ")
        dossier, taken = story.fresh(pk), HandOver.objects.get(dossier_id=pk)
        assert (dossier.status, dossier.returned_at, dossier.closed_at) == (
            "RETURNED",
            taken.handed_at,
            taken.handed_at,
        )
        assert (dossier.current_run_no, dossier.current_step_name, dossier.officer_id) == (None, "", None)
        assert (taken.collector_name, taken.collector_id, taken.relation) == ("Trần Văn Tú", "001090000001", "con đẻ")
        assert not StepRun.objects.filter(dossier_id=pk, state__in=["waiting", "working"]).exists()
        assert Notice.objects.filter(rule="dossier_returned").count() == 1

    def test_the_days_a_result_waits_are_not_the_desks(self, story: Story) -> None:
        dossier = story.paid()
        weeks_later = story.now() + timedelta(days=28)
        hand_over_result(actor=story.clerk, dossier_id=dossier.pk, collector_name="Trần Văn Tú", now=weeks_later)
        assert StepRun.objects.get(dossier=dossier, action="return_result").actual_minutes == 1

    def test_any_clerk_of_the_desk_hands_over(self, story: Story, ward: Unit) -> None:
        assert self.hand_over(story, make_actor(ward, Role.CLERK, "Hoàng Thị Yến"))

    def test_the_collectors_number_and_signature_are_encrypted(self, story: Story) -> None:
        self.hand_over(
            story,
            collector_id="001090000001",
            method=CollectMethod.SIGNATURE_PAD,
            signature_svg="M40 110L60 60L80 115",
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM dossiers_handover t")
            stored = cursor.fetchone()[0]
        assert "001090000001" not in stored
        assert "M40 110" not in stored
        assert HandOver.objects.get().signature_svg == "M40 110L60 60L80 115"

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ({"collector_name": " "}, "hand_over.collector_missing"),
            ({"collector_id": "123"}, "identifiers.id_length"),
            ({"method": "wink"}, "hand_over.method"),
            ({"method": CollectMethod.SIGNATURE_PAD}, "hand_over.signature_missing"),
            ({"method": CollectMethod.POSTAL_PROOF}, "hand_over.proof_missing"),
            (
                {"method": CollectMethod.SIGNATURE_PAD, "signature_svg": "<svg onload=alert(1)></svg>"},
                "hand_over.signature",
            ),
            ({"method": CollectMethod.SIGNATURE_PAD, "signature_svg": "M0 0" * 20_000}, "hand_over.signature"),
        ],
    )
    def test_a_hand_over_without_proof_is_refused(self, data: dict[str, Any], code: str, story: Story) -> None:
        with pytest.raises(DomainError) as refusal:
            self.hand_over(story, **data)
        assert refusal.value.code == code
        assert not HandOver.objects.exists()

    def test_without_a_result_nothing_is_handed_over(self, story: Story) -> None:
        with pytest.raises(DomainError) as refusal:
            hand_over_result(actor=story.clerk, dossier_id=story.at_desk().pk, collector_name="Trần Văn Tú")
        assert refusal.value.code == "dossier.illegal_move"

    def test_a_result_is_handed_over_once(self, story: Story) -> None:
        pk = self.hand_over(story)
        with pytest.raises(DomainError) as refusal:
            hand_over_result(actor=story.clerk, dossier_id=pk, collector_name="Trần Văn Tú", now=story.now())
        assert refusal.value.code == "dossier.illegal_move"

    @pytest.mark.parametrize("who", ["officer", "leader"])
    def test_only_the_desk_hands_over(self, who: str, story: Story) -> None:
        with pytest.raises(DomainError) as refusal:
            self.hand_over(story, getattr(story, who))
        assert refusal.value.code == "auth.not_allowed"

    def test_a_stale_form_is_refused(self, story: Story) -> None:
        with pytest.raises(DomainError) as refusal:
            self.hand_over(story, row_version=1)
        assert refusal.value.code == "dossier.changed"
