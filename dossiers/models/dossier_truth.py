"""What always holds for a dossier, and which questions its indexes answer."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(person__isnull=False, organisation__isnull=True)
        | Q(person__isnull=True, organisation__isnull=False),
        name="dossier_one_applicant",
    ),
    models.CheckConstraint(
        condition=Q(status__in=["REFUSED_INTAKE", "STOPPED", "RETURNED"], closed_at__isnull=False)
        | (~Q(status__in=["REFUSED_INTAKE", "STOPPED", "RETURNED"]) & Q(closed_at__isnull=True)),
        name="dossier_closed_when_final",
    ),
    models.CheckConstraint(
        condition=~Q(status__in=["DONE", "RETURNED"]) | Q(finished_at__isnull=False),
        name="dossier_done_has_time",
    ),
    models.CheckConstraint(
        condition=~Q(status="RETURNED") | Q(returned_at__isnull=False), name="dossier_returned_has_time"
    ),
    models.UniqueConstraint(fields=["receiving_unit", "book_no", "line_no"], name="dossier_register_line_unique"),
    models.UniqueConstraint(fields=["received_by", "intake_key"], name="dossier_intake_key_unique"),
    models.UniqueConstraint(
        fields=["intake_key"], condition=Q(submitted_at__isnull=False), name="dossier_filing_key_unique"
    ),
    # Accepted = somebody received it, into a book, under a process and a calendar; only filings lack that.
    models.CheckConstraint(
        condition=Q(
            accepted_at__isnull=False,
            received_by__isnull=False,
            iso_process__isnull=False,
            calendar_version__isnull=False,
            line_no__isnull=False,
        )
        | Q(
            accepted_at__isnull=True,
            line_no__isnull=True,
            submitted_at__isnull=False,
            status__in=["SUBMITTED", "WAIT_SUPPLEMENT", "REFUSED_INTAKE", "STOPPED"],
        ),
        name="dossier_accepted_has_facts",
    ),
    models.CheckConstraint(
        condition=~Q(status__in=["WAIT_SUPPLEMENT", "WAIT_PAYMENT", "WITHDRAW_REQUESTED"])
        | Q(accepted_at__isnull=True)
        | ~Q(resume_status=""),
        name="dossier_stop_knows_the_way_back",
    ),
    models.CheckConstraint(
        condition=Q(overdue_recorded_at__isnull=True) | ~Q(overdue_reason=""), name="dossier_overdue_has_reason"
    ),
]

INDEXES: list[models.Index] = [
    # the work list of a unit, most urgent first
    models.Index(fields=["owner_unit", "due_at", "id"], condition=Q(closed_at__isnull=True), name="dossier_work_unit"),
    models.Index(fields=["officer", "due_at", "id"], condition=Q(closed_at__isnull=True), name="dossier_work_mine"),
    models.Index(fields=["receiving_unit", "-id"], name="dossier_by_receiving_unit"),
    models.Index(fields=["handling_unit", "-id"], name="dossier_by_handling_unit"),
    # the desk's day: what came in, and what it has promised
    models.Index(fields=["receiving_unit", "accepted_at"], name="dossier_received_at_desk"),
    models.Index(
        fields=["receiving_unit", "due_at", "id"],
        condition=Q(closed_at__isnull=True),
        name="dossier_open_at_desk",
    ),
    # the desk's list of results to hand over
    models.Index(fields=["receiving_unit", "finished_at"], condition=Q(status="DONE"), name="dossier_ready_at_desk"),
    # "same person, same procedure, still open"
    models.Index(fields=["person", "procedure"], condition=Q(closed_at__isnull=True), name="dossier_open_of_person"),
    models.Index(
        fields=["organisation", "procedure"],
        condition=Q(closed_at__isnull=True, organisation__isnull=False),
        name="dossier_open_of_organisation",
    ),
    models.Index(fields=["phone_index"], name="dossier_by_phone"),
    # filed online, waiting for the desk's check
    models.Index(
        fields=["receiving_unit", "check_due_at"],
        condition=Q(status="SUBMITTED"),
        name="dossier_filed_at_desk",
    ),
    # papers sent from home for an accepted dossier, waiting for the desk
    models.Index(
        fields=["receiving_unit", "check_due_at"],
        condition=Q(status="WAIT_SUPPLEMENT", check_due_at__isnull=False),
        name="dossier_sent_to_desk",
    ),
    # the reminder sweep: only what is due costs anything
    models.Index(
        fields=["next_reminder_at"],
        condition=Q(next_reminder_at__isnull=False),
        name="dossier_reminder_due",
    ),
    models.Index(fields=["receiving_unit", "id"], condition=Q(unpaid_vnd__gt=0), name="dossier_unpaid_at_desk"),
    # the leader's signing desk
    models.Index(fields=["owner_unit", "due_at"], condition=Q(status="SIGNING"), name="dossier_waiting_signature"),
    GinIndex(fields=["reader_unit_ids"], name="dossier_by_reader_unit"),
]
