"""A signed message as the body of a call: text, bounded, nothing parsed before its signature is proven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.parsers import BaseParser

from haddong_portal.common.errors import DomainError
from interlink.wire.headers import JOSE


class JoseParser(BaseParser):
    media_type = JOSE

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Raises DomainError reply.too_large (413), reply.refused."""
        most = settings.INTERLINK_CALLBACK_BYTES_MAX
        raw: bytes = stream.read(most + 1)
        if len(raw) > most:
            raise DomainError("reply.too_large", "Tin quá lớn, cổng sẽ tự hỏi lấy.", status=413)
        try:
            return raw.decode("ascii")
        except UnicodeDecodeError as error:
            raise DomainError("reply.refused", "Tin của cơ quan không hợp lệ.", status=401) from error
