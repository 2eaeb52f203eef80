from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, units, posts held over time, office hours and the calendar."""

    name = "haddong_portal.accounts"
    label = "accounts"
    verbose_name = "Đơn vị và tài khoản"

    def ready(self) -> None:
        from haddong_portal.accounts import navigation, subscribers
        from haddong_portal.accounts.permissions import ACTS
        from haddong_portal.accounts.selectors.people import account_ids_matching
        from haddong_portal.accounts.selectors.units import unit_names
        from haddong_portal.audit.subscriptions import finders, register_actions
        from haddong_portal.common.rights import register

        register(ACTS)
        navigation.register()
        subscribers.connect()
        register_actions(navigation.ACTIONS)
        finders.accounts, finders.unit_names = account_ids_matching, unit_names
