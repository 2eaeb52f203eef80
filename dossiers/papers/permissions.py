"""What may be done with the paper store, and by which role. Registered in PapersConfig.ready."""

from __future__ import annotations

from haddong_portal.accounts.constants import Role

SEE = "paper.see"
OPEN = "paper.open"
STORE = "paper.store"
USE = "paper.use"
REPLACE = "paper.replace"
REVOKE = "paper.revoke"
ERASE = "paper.erase"
FILES = "paper.files"
DIGITISE = "paper.digitise"
JUDGE_BOOKS = "paper.judge_books"
TYPES = "paper.types"

_DESK = frozenset({Role.CLERK, Role.ONE_STOP_HEAD})
_AGENCY = frozenset({Role.OFFICER, Role.LEADER})
_OVERSIGHT = frozenset({Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR})

# Seeing is knowing that a paper is there; opening shows its content, for a dossier at hand only: oversight needs none.
ACTS: dict[str, tuple[str, frozenset[Role]]] = {
    SEE: ("Xem danh mục giấy tờ trong kho", _DESK | _AGENCY | _OVERSIGHT),
    OPEN: ("Mở giấy tờ trong kho cho một hồ sơ", _DESK | _AGENCY),
    STORE: ("Đưa giấy tờ vào kho, xác nhận", _DESK | _AGENCY),
    USE: ("Dùng lại giấy tờ trong kho", _DESK | _AGENCY),
    REPLACE: ("Thay thế giấy tờ trong kho", _DESK | _AGENCY),
    REVOKE: ("Thu hồi giấy tờ trong kho", frozenset({Role.ONE_STOP_HEAD, Role.LEADER})),
    ERASE: ("Xóa giấy tờ khỏi kho", frozenset({Role.ONE_STOP_HEAD, Role.ADMINISTRATOR})),
    DIGITISE: ("Số hóa giấy tờ, nhập sổ cũ", _DESK),
    JUDGE_BOOKS: ("Quyết định chỗ nhập khác nhau, đóng đợt sổ cũ", frozenset({Role.ONE_STOP_HEAD})),
    FILES: ("Xem, kiểm tra lại tệp hỏng trong kho", frozenset({Role.ONE_STOP_HEAD, Role.ADMINISTRATOR})),
    TYPES: ("Xem, sửa danh mục loại giấy tờ", frozenset({Role.ADMINISTRATOR})),
}
