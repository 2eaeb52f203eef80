"""What may be done with dossiers, and by which role. Registered in DossiersConfig.ready."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.rules.lifecycle import AGENCY, DESK, MOVES, STAFF, Command
from haddong_portal.accounts.constants import Role

READ = "dossier.read"
READ_PERSONAL = "dossier.read_personal"
REGISTER = "dossier.register"
CLOSE_REGISTER = "dossier.close_register"
DAY_END = "dossier.day_end"
DAY_VIEW = "dossier.day_view"
UNPAID = "dossier.unpaid"
FILED = "dossier.filed_online"
FILE_FOR_OTHERS = "dossier.file_for_others"
ANSWER_LIST = "dossier.answer_list"
SIGNING_DESK = "dossier.signing_desk"
RULESETS = "dossier.rulesets"
BANK_ACCOUNTS = "dossier.bank_accounts"
OUTAGE = "dossier.record_outage"
EXEMPT = "dossier.exempt_charge"
VOID_PAYMENT = "dossier.void_payment"

# The right of each act of staff: "dossier." and the act's short name; what only citizens do needs none.
RIGHT_OF: Mapping[Command, str] = {
    **{command: f"dossier.{command.value}" for command, move in MOVES.items() if move.roles},
    # Names that roles, clients and tests know from the first release.
    Command.RECEIVE: "dossier.receive",
    Command.TAKE: "dossier.take",
    Command.FORWARD: "dossier.forward",
    Command.SIGN: "dossier.sign",
    Command.HAND_OVER: "dossier.hand_over",
}
RECEIVE = RIGHT_OF[Command.RECEIVE]
TAKE = RIGHT_OF[Command.TAKE]
FINISH_STEP = RIGHT_OF[Command.FINISH_STEP]
FORWARD = RIGHT_OF[Command.FORWARD]
RETURN_TO_STEP = RIGHT_OF[Command.RETURN_TO_STEP]
SIGN = RIGHT_OF[Command.SIGN]
RECORD_RESULT = RIGHT_OF[Command.RECORD_RESULT]
HAND_OVER = RIGHT_OF[Command.HAND_OVER]

OVERSIGHT = frozenset({Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR})

ACTS: dict[str, tuple[str, frozenset[Role]]] = {
    **{right: (MOVES[command].label, MOVES[command].roles) for command, right in RIGHT_OF.items()},
    READ: ("Xem hồ sơ", STAFF | OVERSIGHT),
    READ_PERSONAL: ("Xem số định danh, điện thoại, địa chỉ", DESK | AGENCY),
    REGISTER: ("Xem sổ theo dõi hồ sơ", DESK | OVERSIGHT),
    CLOSE_REGISTER: ("Khóa sổ theo dõi hồ sơ", frozenset({Role.ONE_STOP_HEAD})),
    DAY_END: ("Đối soát cuối ngày", DESK),
    DAY_VIEW: ("Xem tình hình trong ngày", frozenset({Role.ONE_STOP_HEAD, Role.LEADER}) | OVERSIGHT),
    UNPAID: ("Xem khoản chưa thu", DESK),
    FILE_FOR_OTHERS: ("Nộp trực tuyến thay người dân (hệ thống kết nối)", DESK),
    FILED: ("Xem hồ sơ nộp trực tuyến chờ kiểm tra", DESK),
    ANSWER_LIST: ("Xem ý kiến chờ trả lời", AGENCY),
    SIGNING_DESK: ("Xem bàn ký", frozenset({Role.LEADER})),
    RULESETS: ("Xem, sửa bộ quy tắc", frozenset({Role.ADMINISTRATOR})),
    BANK_ACCOUNTS: ("Quản lý tài khoản thu", frozenset({Role.ADMINISTRATOR})),
    OUTAGE: ("Ghi nhận sự cố hệ thống", frozenset({Role.ONE_STOP_HEAD, Role.ADMINISTRATOR})),
    EXEMPT: ("Miễn, giảm khoản thu", DESK),
    VOID_PAYMENT: ("Hủy biên lai", frozenset({Role.ONE_STOP_HEAD})),
}
