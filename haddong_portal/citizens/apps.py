from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """People and organisations as the administration knows them."""

    name = "haddong_portal.citizens"
    label = "citizens"
    verbose_name = "Người dân, tổ chức"

    def ready(self) -> None:
        from haddong_portal.audit.subscriptions import finders, register_actions
        from haddong_portal.citizens.selectors import old_challenges
        from haddong_portal.citizens.selectors.audit_people import person_ids_matching

        finders.people = person_ids_matching
        old_challenges.register()
        register_actions({"person.read": "Xem thông tin người dân"})
