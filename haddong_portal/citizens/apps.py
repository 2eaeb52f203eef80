from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """People and organisations as the administration knows them."""

    name = "haddong_portal.citizens"
    label = "citizens"
    verbose_name = "Người dân, tổ chức"

    def ready(self) -> None:
        from haddong_portal.audit.subscriptions import finders, register_actions
        from haddong_portal.citizens.permissions import ACTS
        from haddong_portal.citizens.selectors import old_data
        from haddong_portal.citizens.selectors.audit_people import person_ids_matching
        from haddong_portal.common.rights import register

        register(ACTS)
        finders.people = person_ids_matching
        old_data.register()
        register_actions({"person.read": "Xem thông tin người dân", "residence.look_up": "Tra cứu thông tin cư trú"})
