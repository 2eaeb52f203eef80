"""What may be done with linked cases, and by which role. Registered in InterlinkConfig.ready."""

from __future__ import annotations

from dossiers.permissions import OVERSIGHT
from haddong_portal.accounts.constants import Role

READ = "interlink.read"
READ_PERSONAL = "interlink.read_personal"
OPEN = "interlink.open_case"
CONFIRM = "interlink.record_confirmation"
CORRECT = "interlink.correct_declaration"
RECORD_OUTCOME = "interlink.record_outcome"
RESUME = "interlink.resume_leg"
RESTART = "interlink.restart_leg"
STOP = "interlink.stop_case"
DECIDE_IDENTITY = "interlink.decide_identity"
OPERATE = "interlink.operate"
RELEASE_MESSAGE = "interlink.release_message"
GROUPS = "interlink.groups"
PUBLISH_GROUP = "interlink.publish_group"
AGENCIES = "interlink.agencies"

DESK = frozenset({Role.CLERK, Role.ONE_STOP_HEAD})
STAFF = DESK | {Role.OFFICER, Role.LEADER}

ACTS: dict[str, tuple[str, frozenset[Role]]] = {
    READ: ("Xem hồ sơ liên thông", STAFF | OVERSIGHT),
    READ_PERSONAL: ("Xem số định danh, điện thoại trong hồ sơ liên thông", STAFF),
    OPEN: ("Tiếp nhận khai một lần", DESK),
    CONFIRM: ("Ghi xác nhận của chủ hộ, chủ sở hữu, cha, mẹ", DESK),
    CORRECT: ("Sửa, bổ sung thông tin khai", DESK),
    RECORD_OUTCOME: ("Ghi kết quả của cơ quan chưa kết nối", STAFF),
    RESUME: ("Cho bước liên thông tiếp tục", frozenset({Role.ONE_STOP_HEAD, Role.OFFICER, Role.ADMINISTRATOR})),
    RESTART: ("Làm lại bước liên thông", frozenset({Role.ONE_STOP_HEAD, Role.OFFICER})),
    STOP: ("Dừng hồ sơ liên thông", frozenset({Role.ONE_STOP_HEAD, Role.LEADER})),
    DECIDE_IDENTITY: ("Kết luận hai hồ sơ nhân thân là một người", frozenset({Role.OFFICER, Role.LEADER})),
    OPERATE: ("Xem vận hành liên thông", frozenset({Role.ONE_STOP_HEAD}) | OVERSIGHT),
    RELEASE_MESSAGE: ("Gửi lại tin đã ngừng thử", frozenset({Role.ONE_STOP_HEAD, Role.ADMINISTRATOR})),
    GROUPS: ("Xem nhóm liên thông", STAFF | OVERSIGHT),
    PUBLISH_GROUP: ("Soạn, công bố nhóm liên thông", frozenset({Role.ADMINISTRATOR})),
    AGENCIES: ("Quản lý cơ quan liên thông", frozenset({Role.ADMINISTRATOR})),
}
