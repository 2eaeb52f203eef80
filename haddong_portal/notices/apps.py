from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox of messages to people; knows no dossier."""

    name = "haddong_portal.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from haddong_portal.audit.subscriptions import register_actions
        from haddong_portal.citizens.ports import register_code_sender
        from haddong_portal.common.rights import register
        from haddong_portal.notices import navigation
        from haddong_portal.notices.permissions import ACTS
        from haddong_portal.notices.selectors import old_messages
        from haddong_portal.notices.services.send_code import send_code

        register(ACTS)
        register_actions(navigation.ACTIONS)
        navigation.register()
        old_messages.register()
        register_code_sender(send_code)
