"""What may be done with dossiers, and by which role. Registered in DossiersConfig.ready."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.rules.lifecycle import AGENCY, DESK, MOVES, STAFF, Command
from haddong_portal.accounts.constants import Role

RECEIVE = "dossier.receive"
TAKE = "dossier.take"
FINISH_STEP = "dossier.finish_step"
FORWARD = "dossier.forward"
RETURN_TO_STEP = "dossier.return_to_step"
SIGN = "dossier.sign"
RECORD_RESULT = "dossier.record_result"
HAND_OVER = "dossier.hand_over"
READ = "dossier.read"
READ_PERSONAL = "dossier.read_personal"
REGISTER = "dossier.register"

RIGHT_OF: Mapping[Command, str] = {
    Command.RECEIVE: RECEIVE,
    Command.TAKE: TAKE,
    Command.FINISH_STEP: FINISH_STEP,
    Command.FORWARD: FORWARD,
    Command.RETURN_TO_STEP: RETURN_TO_STEP,
    Command.SIGN: SIGN,
    Command.RECORD_RESULT: RECORD_RESULT,
    Command.HAND_OVER: HAND_OVER,
}

OVERSIGHT = frozenset({Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR})

ACTS: dict[str, tuple[str, frozenset[Role]]] = {
    **{right: (MOVES[command].label, MOVES[command].roles) for command, right in RIGHT_OF.items()},
    READ: ("Xem hồ sơ", STAFF | OVERSIGHT),
    READ_PERSONAL: ("Xem số định danh, điện thoại, địa chỉ", DESK | AGENCY),
    REGISTER: ("Xem sổ theo dõi hồ sơ", DESK | OVERSIGHT),
}
