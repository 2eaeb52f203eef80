"""How many SQL statements a request costs, told in a header when the request asks for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("haddong.bench")

COUNT_HEADER = "X-Count-Statements"
STATEMENTS_HEADER = "X-Statements"


class StatementLog:
    """An execute wrapper that keeps each statement (savepoints count, BEGIN and COMMIT do not pass here)."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.parameters: list[Any] = []

    def __str__(self) -> str:
        return "\n".join(f"  {number}. {sql[:300]}" for number, sql in enumerate(self.statements, start=1))

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.statements.append(sql)
        self.parameters.append(params)
        return execute(sql, params, many, context)


class StatementCountMiddleware:
    """Outermost, so that session, account and post are counted too. Costs one look-up when not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if COUNT_HEADER not in request.headers:
            return self.get_response(request)
        log = StatementLog()
        with connection.execute_wrapper(log):
            response = self.get_response(request)
        response[STATEMENTS_HEADER] = str(len(log.statements))
        logger.warning("%s %s: %d statements\n%s", request.method, request.path, len(log.statements), log)
        return response
