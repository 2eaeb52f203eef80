"""Mail through Django's SMTP backend (EMAIL_* settings). Mail programs drop a repeated Message-ID."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from haddong_portal.notices.gateways.base import GatewayAnswer, GatewayError, Message

PERMANENT = 500


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
            codes = [code for code, _ in error.recipients.values()]
            raise GatewayError(str(error), final=min(codes, default=0) >= PERMANENT) from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            raise GatewayError(str(error), unsure=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayError(str(error)) from error
        return GatewayAnswer("máy chủ thư đã nhận")
