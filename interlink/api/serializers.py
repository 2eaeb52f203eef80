"""What the call-back door answers."""

from __future__ import annotations

from rest_framework import serializers

from dossiers.api.serializers import ProblemOut

__all__ = ["ProblemOut", "ReplyTakenOut"]


class ReplyTakenOut(serializers.Serializer[dict[str, object]]):
    message_id = serializers.CharField(help_text="Mã tin của cơ quan.")
    already = serializers.BooleanField(help_text="Tin này đã nhận trước đó.")
