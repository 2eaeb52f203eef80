from django.apps import AppConfig


class InterlinkConfig(AppConfig):
    """Linked workflows over dossiers and outside agencies."""

    name = "interlink"
    label = "interlink"
    verbose_name = "Liên thông"

    def ready(self) -> None:
        from dossiers.subscriptions import subscribe
        from haddong_portal.citizens.ports import register_residence_register
        from haddong_portal.common.rights import register
        from interlink.permissions import ACTS  # models must be loaded before anything of dossiers is
        from interlink.selectors import old_data
        from interlink.services.ask_residence_register import ask_residence_register
        from interlink.services.hear_dossier import HEARD, SUBSCRIBER, hear_dossier

        register(ACTS)
        register_residence_register(ask_residence_register)
        subscribe(SUBSCRIBER, HEARD, hear_dossier)
        old_data.register()
