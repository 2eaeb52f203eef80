from django.apps import AppConfig


class InterlinkConfig(AppConfig):
    """Linked workflows over dossiers and outside agencies."""

    name = "interlink"
    label = "interlink"
    verbose_name = "Liên thông"

    def ready(self) -> None:
        from dossiers.papers.ports import register_reference_reader
        from dossiers.subscriptions import subscribe
        from haddong_portal.audit.subscriptions import register_actions
        from haddong_portal.citizens.ports import register_matter_reader, register_residence_register
        from haddong_portal.common.rights import register
        from interlink import navigation
        from interlink.permissions import ACTS  # models must be loaded before anything of dossiers is
        from interlink.selectors import matters, old_data
        from interlink.services.ask_residence_register import ask_residence_register
        from interlink.services.hear_dossier import HEARD, SUBSCRIBER, hear_dossier

        register(ACTS)
        register_actions({"interlink.track": "Tra cứu hồ sơ liên thông"})
        navigation.register()
        register_matter_reader(matters.PREFIX, matters.may_act_on_case)
        register_matter_reader(matters.DRAFT_PREFIX, matters.may_act_on_declaration)
        register_reference_reader(matters.PREFIX, matters.case_reference)
        register_residence_register(ask_residence_register)
        subscribe(SUBSCRIBER, HEARD, hear_dossier)
        old_data.register()
