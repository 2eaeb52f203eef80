from __future__ import annotations

from django.urls import path

from procedures.api.views import ProcedureDetailAlias, ProcedureDetailView, ProcedureListView

app_name = "procedures"

urlpatterns = [
    path("", ProcedureListView.as_view(), name="list"),
    path("<str:code>/", ProcedureDetailView.as_view(), name="detail"),
    path("<str:code>", ProcedureDetailAlias.as_view()),
]
