"""The list without a trailing slash, as many callers write it: `/api/v1/procedures?q=`."""

from __future__ import annotations

from django.urls import path

from procedures.api.views import ProcedureListAlias

urlpatterns = [path("", ProcedureListAlias.as_view())]
