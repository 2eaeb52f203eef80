from haddong_portal.accounts.models.calendar import CalendarDay, CalendarVersion, OfficeHours
from haddong_portal.accounts.models.people import Post, User
from haddong_portal.accounts.models.units import SuccessionPlan, Unit

__all__ = ["CalendarDay", "CalendarVersion", "OfficeHours", "Post", "SuccessionPlan", "Unit", "User"]
