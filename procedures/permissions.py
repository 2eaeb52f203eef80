"""The acts of the catalogue and which roles may do them."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

EDIT = "procedure.edit"
PUBLISH = "procedure.publish"
IMPORT = "procedure.import"
SET_PERFORMED = "procedure.set_performed"
PRINT_POSTERS = "procedure.print_posters"
SEE_PROCESSES = "process.see"
EDIT_PROCESS = "process.edit"
PUBLISH_PROCESS = "process.publish"
SEE_DELEGATIONS = "delegation.see"
MANAGE_DELEGATIONS = "delegation.manage"

_OVERSEERS = (Role.ONE_STOP_HEAD, Role.DISTRICT_MANAGER, Role.INSPECTOR)
_EDITORS = (Role.CATALOGUE_EDITOR, Role.ADMINISTRATOR)

ACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    EDIT: ("Biên tập thủ tục, từ đồng nghĩa", (Role.CATALOGUE_EDITOR, Role.ADMINISTRATOR)),
    PUBLISH: ("Công bố thủ tục", (Role.CATALOGUE_EDITOR, Role.DISTRICT_MANAGER, Role.ADMINISTRATOR)),
    IMPORT: ("Nhập danh mục từ tệp", (Role.CATALOGUE_EDITOR, Role.ADMINISTRATOR)),
    SET_PERFORMED: (
        "Ghi nơi thực hiện thủ tục",
        (Role.CATALOGUE_EDITOR, Role.ONE_STOP_HEAD, Role.DISTRICT_MANAGER, Role.ADMINISTRATOR),
    ),
    PRINT_POSTERS: (
        "In áp phích QR",
        (Role.CLERK, Role.ONE_STOP_HEAD, Role.CATALOGUE_EDITOR, Role.DISTRICT_MANAGER, Role.ADMINISTRATOR),
    ),
    SEE_PROCESSES: ("Xem quy trình ISO", (*_EDITORS, *_OVERSEERS, Role.LEADER)),
    EDIT_PROCESS: ("Soạn quy trình ISO", _EDITORS),
    PUBLISH_PROCESS: ("Ban hành, ngừng áp dụng quy trình ISO", _EDITORS),
    SEE_DELEGATIONS: ("Xem ủy quyền giải quyết", (*_EDITORS, *_OVERSEERS, Role.LEADER)),
    MANAGE_DELEGATIONS: ("Ghi và chấm dứt ủy quyền giải quyết", (*_EDITORS, Role.DISTRICT_MANAGER)),
}
