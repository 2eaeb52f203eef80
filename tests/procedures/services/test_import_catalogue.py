"""Loading a file: each record whole or not at all, resumable, idempotent, and every record accounted for."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from haddong_portal.common import clock
from haddong_portal.common.actors import PUBLIC_ACTOR, system_actor
from haddong_portal.common.errors import DomainError, NotAllowed
from procedures.constants import PublicationState
from procedures.models import FeeRule, ImportRun, PaperRequirement, Procedure, ProcedureCase, ProcedureVersion
from procedures.services import import_catalogue as module
from procedures.services.import_catalogue import ImportReport, import_catalogue
from procedures.services.preview_import import preview_import
from tests.procedures.records import method, paper, record

pytestmark = pytest.mark.django_db


def write(folder: Path, *records: Any, name: str = "catalogue.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def load(path: Path, **options: Any) -> ImportReport:
    return import_catalogue(actor=system_actor(), path=path, **options)


def states(code: str) -> list[tuple[int, str]]:
    rows = ProcedureVersion.objects.filter(procedure__national_code=code).order_by("number")
    return [(row.number, row.state) for row in rows]


def test_a_record_becomes_a_version_with_cases_papers_limits_and_fees(tmp_path: Path) -> None:
    report = load(write(tmp_path, record("1.000001")), publish=True)
    version = ProcedureVersion.objects.select_related("procedure", "sector").get()
    assert (report.total, report.accepted, report.refused, report.new, report.published) == (1, 1, [], 1, 1)
    assert version.state == PublicationState.PUBLISHED
    assert version.procedure.current_version_id == version.pk
    assert version.sector is not None and version.sector.name == "Hộ tịch"
    case = version.cases.get()
    assert case.name == "Trường hợp chung"
    assert [(row.name, row.originals) for row in case.requirements.all()] == [("Tờ khai theo mẫu", 1)]
    assert [(row.channel, row.limit) for row in case.limits.all()] == [(None, {"amount": "3", "unit": "working_day"})]
    assert [(row.channel, row.amount_vnd) for row in case.fees.all()] == [(None, 0)]
    assert version.page["limit"] == {"text": "03 ngày làm việc", "needs_review": False}


def test_history_is_written_although_rows_are_written_in_bulk(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001")), publish=True)
    assert ProcedureVersion.objects.get().history.count() == 1
    assert Procedure.objects.get().history.count() == 1


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, record("1.000001"), record("1.000002"))
    load(path, publish=True)
    again = load(path, publish=True)
    assert (again.accepted, again.new, again.new_versions, again.unchanged) == (2, 0, 0, 2)
    assert ProcedureVersion.objects.count() == 2
    assert PaperRequirement.objects.count() == 2


def test_a_record_without_a_part_is_a_draft_that_names_it(tmp_path: Path) -> None:
    report = load(write(tmp_path, record("1.000001", subjects=[])), publish=True)
    assert report.accepted == 1
    assert report.drafts == [{"code": "1.000001", "missing": ["subjects"], "blocked_by": []}]
    assert states("1.000001") == [(1, "draft")]


def test_a_record_that_asks_for_a_residence_book_is_not_published(tmp_path: Path) -> None:
    asked = record("1.000001", components=[{"group": "", "items": [paper("Sổ hộ khẩu")]}])
    report = load(write(tmp_path, asked), publish=True)
    assert report.drafts == [{"code": "1.000001", "missing": [], "blocked_by": ["residence_book"]}]
    assert states("1.000001") == [(1, "draft")]


def test_a_refused_record_leaves_the_others_alone_and_says_why(tmp_path: Path) -> None:
    report = load(write(tmp_path, record("1.000001"), record(""), "rác", record("1.000003")))
    assert report.accepted == 2
    assert [(one["index"], one["reason_code"]) for one in report.refused] == [
        (1, "record.no_code"),
        (2, "record.not_an_object"),
    ]


def test_a_changed_record_is_another_version_and_the_old_one_is_superseded(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001")), publish=True)
    report = load(write(tmp_path, record("1.000001", name="Tên mới")), publish=True)
    assert report.new_versions == 1
    assert states("1.000001") == [(1, "amended"), (2, "published")]
    old, new = ProcedureVersion.objects.order_by("number")
    assert old.valid_to is not None and old.valid_from is not None and old.valid_to > old.valid_from
    assert Procedure.objects.get().current_version_id == new.pk
    assert old.cases.exists()


def test_the_same_code_from_another_source_is_another_version(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001")), publish=True)
    report = load(write(tmp_path, record("1.000001")), publish=True, source="Bản in 2023")
    assert report.new_versions == 1
    assert ProcedureVersion.objects.filter(source="Bản in 2023").count() == 1


def test_an_older_era_never_supersedes_a_newer_one(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001", updated_at="2026-01-01")), publish=True)
    older = record("1.000001", name="Bản cũ", updated_at="2021-08-01")
    report = load(write(tmp_path, older), publish=True)
    assert report.kept_newer == 1
    assert states("1.000001") == [(1, "published"), (2, "amended")]


def test_another_provinces_text_never_supersedes_the_national_one(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001", updated_at="2024-01-01")), publish=True)
    load(write(tmp_path, record("1.000001", name="Của tỉnh bạn", scope="H17", updated_at="2025-05-01")), publish=True)
    assert states("1.000001") == [(1, "published"), (2, "amended")]


def test_drafts_are_published_when_the_file_is_loaded_again_with_publish(tmp_path: Path) -> None:
    path = write(tmp_path, record("1.000001"))
    load(path)
    assert states("1.000001") == [(1, "draft")]
    assert load(path, publish=True).unchanged == 1
    assert states("1.000001") == [(1, "published")]


class Killed(BaseException):
    """The process dies; nothing can catch it."""


def test_a_killed_import_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, record("1.000001"), record(""), record("1.000002"), record("1.000003", subjects=[]))
    real = module.import_record

    def dies_on_the_third(parsed: Any, **options: Any) -> Any:
        if parsed.national_code == "1.000002":
            raise Killed
        return real(parsed, **options)

    monkeypatch.setattr(module, "import_record", dies_on_the_third)
    with pytest.raises(Killed):
        load(path)
    assert ImportRun.objects.get().next_index == 2
    monkeypatch.setattr(module, "import_record", real)
    report = load(path)
    assert (report.total, report.accepted, len(report.refused), report.new) == (4, 3, 1, 3)
    assert ImportRun.objects.count() == 1
    assert ImportRun.objects.get().finished_at is not None


def test_a_record_that_breaks_half_way_leaves_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from procedures.services import version_rows

    def breaks(case: Any, fee: Any) -> FeeRule:
        raise Killed

    monkeypatch.setattr(version_rows, "_fee", breaks)
    with pytest.raises(Killed):
        load(write(tmp_path, record("1.000001")))
    assert not Procedure.objects.exists()
    assert not ProcedureCase.objects.exists()


def test_restart_begins_again(tmp_path: Path) -> None:
    path = write(tmp_path, record("1.000001"))
    ImportRun.objects.create(
        file_name="catalogue.json",
        file_hash=module.open_records(path).digest,
        total=1,
        next_index=1,
        started_at=clock.now() - timedelta(hours=1),
    )
    assert load(path).accepted == 0
    ImportRun.objects.update(finished_at=None)
    assert load(path, restart=True).accepted == 1


def test_only_editors_import(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        import_catalogue(actor=PUBLIC_ACTOR, path=write(tmp_path, record()))


def test_a_dry_run_names_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    load(write(tmp_path, record("1.000001"), record("1.000002")), publish=True)
    changed = record(
        "1.000002", conditions="Đủ 18 tuổi", methods=[method("direct", time_value=5, time_text="5 ngày làm việc")]
    )
    preview = preview_import(path=write(tmp_path, record("1.000001"), changed, record("1.000003"), record("")))
    body: Any = preview.as_json()
    assert body["dry_run"] is True
    assert body["difference"]["unchanged"] == 1
    assert [one["code"] for one in body["difference"]["new"]] == ["1.000003"]
    assert body["difference"]["changed"][0]["code"] == "1.000002"
    assert {"conditions", "time_limit", "methods"} <= set(body["difference"]["changed"][0]["parts"])
    assert len(body["refused"]) == 1
    assert ProcedureVersion.objects.count() == 2


def test_the_command_prints_json_alone(tmp_path: Path) -> None:
    out = StringIO()
    call_command(
        "load_catalogue", str(write(tmp_path, record("1.000001"), record(""))), "--json", "--publish", stdout=out
    )
    body = json.loads(out.getvalue())
    assert (body["total"], body["accepted"], body["limits_structured"], body["limits_to_review"]) == (2, 1, 2, 0)
    assert body["refused"][0]["reason_code"] == "record.no_code"
    assert body["refused"][0]["reason"]


def test_the_command_tells_people_in_vietnamese(tmp_path: Path) -> None:
    out = StringIO()
    call_command("load_catalogue", str(write(tmp_path, record("1.000001", subjects=[]))), "--dry-run", stdout=out)
    assert "đối tượng thực hiện" in out.getvalue()


def test_the_shipped_catalogue_is_published_whole() -> None:
    out = StringIO()
    call_command("load_catalogue", "--json", stdout=out)
    body = json.loads(out.getvalue())
    assert body["accepted"] == body["total"] == body["published"] >= 40
    assert body["refused"] == [] and body["drafts"] == [] and body["limits_to_review"] == 0


@pytest.mark.parametrize("content", ["", "{", "[1,", '"x"', "[{]", '[{"code": ' + "9" * 5000 + "}]", "[" * 100_000])
def test_an_unreadable_file_is_refused_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DomainError) as refusal:
        load(path)
    assert refusal.value.code == "catalogue.unreadable"
    assert not ImportRun.objects.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="catalogue.no_file"):
        call_command("load_catalogue", str(tmp_path / "nothing.json"))
