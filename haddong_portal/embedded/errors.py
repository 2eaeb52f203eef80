"""What can go wrong before the portal runs: a code for machines and a sentence for the operator."""

from __future__ import annotations

import errno

NO_SPACE_SENTENCE = "Ổ đĩa chứa {path} đã đầy. Hãy giải phóng dung lượng rồi chạy lại lệnh; dữ liệu đã có vẫn được giữ."


class EmbeddedError(Exception):
    """A server of HADDONG_HOME cannot be used; `code` is stable, `message` is Vietnamese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message


def no_space(path: object) -> EmbeddedError:
    """The refusal for a full disk."""
    return EmbeddedError("disk_full", NO_SPACE_SENTENCE.format(path=path))


def means_no_space(problem: object) -> bool:
    """Whether an OSError, or a server's log text, says that the disk is full."""
    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    text = str(problem)
    return "No space left on device" in text or "Disk quota exceeded" in text
