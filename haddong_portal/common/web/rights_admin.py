"""Django's admin for master data, with our rights: who may see and change comes from the actor's post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from haddong_portal.common.web.views import actor_of

if TYPE_CHECKING:
    # simple_history is untyped; for the checker it is what it extends.
    from django.contrib.admin import ModelAdmin

    _HistoryAdmin = ModelAdmin[Any]
else:
    _HistoryAdmin = SimpleHistoryAdmin


class RightsAdmin(_HistoryAdmin):
    """`read_right` opens the list, `change_right` ("" for none) lets rows be added and changed. Nothing is deleted:
    master data ends by its validity. What has an act of its own is not edited here."""

    read_right: ClassVar[str]
    change_right: ClassVar[str] = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return actor_of(request).has_right(self.read_right)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).has_right(self.read_right)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.change_right) and actor_of(request).has_right(self.change_right)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
