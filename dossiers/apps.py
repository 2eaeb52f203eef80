from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """A dossier from intake to hand-over."""

    name = "dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from dossiers import navigation
        from dossiers.models import FiledPaper
        from dossiers.papers.ports import register_reference_reader
        from dossiers.permissions import ACTS  # models must be loaded before anything of dossiers is
        from dossiers.selectors import old_data
        from dossiers.selectors.audit_objects import ACTIONS, audit_keys_of_code
        from dossiers.selectors.matters import PREFIX, may_act_on_dossier, paper_reference
        from dossiers.services.filed_papers import forget_file
        from dossiers.services.issue_result import ISSUING, issue_after
        from dossiers.subscriptions import subscribe
        from haddong_portal.audit.subscriptions import finders, register_actions
        from haddong_portal.citizens.ports import register_matter_reader
        from haddong_portal.common.rights import register

        register(ACTS)
        post_delete.connect(forget_file, sender=FiledPaper)
        register_matter_reader(PREFIX, may_act_on_dossier)
        register_reference_reader(PREFIX, paper_reference)
        finders.objects = audit_keys_of_code
        register_actions(ACTIONS)
        navigation.register()
        subscribe("dossiers.issue_result", ISSUING, issue_after)
        old_data.register()
