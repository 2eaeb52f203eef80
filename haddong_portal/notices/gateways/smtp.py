"""Mail through Django's SMTP backend (EMAIL_* settings)."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from haddong_portal.notices.gateways.base import GatewayAnswer, GatewayError, Message


class SmtpGateway:
    name = "smtp"

    def send(self, message: Message) -> GatewayAnswer:
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.recipient],
            headers={"Message-ID": f"<{message.key}@portal>"},
        )
        try:
            mail.send(fail_silently=False)
        except smtplib.SMTPRecipientsRefused as error:
            raise GatewayError(str(error), final=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayError(str(error)) from error
        return GatewayAnswer("máy chủ thư đã nhận")
