"""The day of the desk for its head: every number opens the list behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dossiers import permissions
from dossiers.rules.work_filter import WorkFilter
from dossiers.selectors.day_view import DayFigures, DayLine, day_view
from haddong_portal.common import clock
from haddong_portal.common.web.views import PortalView

DESK = "quay"
# Field, flag of the list behind it, label, tone of a number above zero, what it counts.
Figures = tuple[tuple[str, str, str, str, str], ...]
FIGURES: Figures = (
    ("arrived", "tiep-nhan-hom-nay", "Tiếp nhận hôm nay", "", "Hồ sơ có giấy tiếp nhận ghi ngày hôm nay"),
    ("due_today", "hen-tra-hom-nay", "Hẹn trả hôm nay", "warn", "Chưa xong, hẹn trả từ giờ đến hết ngày"),
    ("at_gate", "can-chot-hen", "Cần chốt đúng hẹn", "warn", "Sắp đến hạn mà chưa cam kết đúng hẹn, chưa xin lỗi"),
    ("late", "qua-han", "Quá hạn", "late", "Đã qua giờ hẹn trả mà chưa xong, đồng hồ đang chạy"),
    ("ready", "cho-tra", "Có kết quả, chờ trả", "", "Đã có kết quả, chưa giao cho người dân"),
    ("uncollected", "chua-den-nhan", "Lâu chưa đến nhận", "late", "Kết quả chờ quá số ngày phải gọi điện báo"),
)
URGENT = FIGURES[1:4]


class DayViewPage(PortalView):
    permission = permissions.DAY_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        desk = request.GET.get(DESK, "").strip()[:100] if self.actor.sees_all_units else ""
        found = day_view(actor=self.actor, now=clock.now(), desk=desk)
        wish = WorkFilter(scope="tat-ca" if self.actor.sees_all_units else "tai-quay", desk=desk)
        context = {
            "day": found,
            "desk": desk,
            "stats": _cells(found.total, wish),
            "tables": [
                _table("Theo bộ phận Một cửa", "Nơi tiếp nhận", found.desks, wish, "desk"),
                _table("Theo công chức tiếp nhận", "Công chức", found.clerks, wish, "received_by"),
                _table("Đơn vị đang giữ hồ sơ trễ, hẹn trả hôm nay", "Đơn vị", found.holders, wish, "holder", URGENT),
            ],
        }
        return render(request, "dossiers/day_view.html", context)


def _table(
    title: str, what: str, lines: list[DayLine], wish: WorkFilter, field: str, figures: Figures = FIGURES
) -> dict[str, object]:
    rows = [
        {
            "name": line.name,
            "url": f"?{DESK}={line.key}" if field == "desk" else "",
            "cells": _cells(line.figures, wish.having(field, line.key), figures),
        }
        for line in lines
    ]
    return {"title": title, "what": what, "rows": rows, "columns": [label for _, _, label, _, _ in figures]}


def _cells(counts: DayFigures, wish: WorkFilter, figures: Figures = FIGURES) -> list[dict[str, object]]:
    address = reverse("dossiers:work-list")
    return [
        {
            "label": label,
            "value": getattr(counts, name),
            "tone": tone,
            "definition": definition,
            "url": f"{address}?{wish.having('flag', flag).query()}",
        }
        for name, flag, label, tone, definition in figures
    ]
