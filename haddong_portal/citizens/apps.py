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
        register_actions(
            {
                "person.read": "Xem thông tin người dân",
                "person.correct": "Đính chính dữ liệu người dân",
                "organisation.correct": "Đính chính dữ liệu tổ chức",
                "residence.look_up": "Tra cứu thông tin cư trú",
                "citizen.phone_verified": "Xác nhận điện thoại của công dân",
                "citizen.phone_ended": "Thôi dùng điện thoại đã xác nhận",
                "citizen.signed_in": "Công dân đăng nhập",
                "citizen.sign_in_refused": "Công dân đăng nhập không được",
                "citizen.signed_out": "Công dân thoát",
                "consent.given": "Ghi sự đồng ý của công dân",
                "consent.withdrawn": "Rút sự đồng ý của công dân",
            }
        )
