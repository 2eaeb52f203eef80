"""Words of accounts that other apps may use."""

from __future__ import annotations

from datetime import timedelta

from django.db import models


class Role(models.TextChoices):
    CLERK = "clerk", "Công chức tiếp nhận"
    OFFICER = "officer", "Cán bộ thụ lý"
    LEADER = "leader", "Lãnh đạo ký"
    ONE_STOP_HEAD = "one_stop_head", "Trưởng bộ phận Một cửa"
    CATALOGUE_EDITOR = "catalogue_editor", "Biên tập thủ tục"
    DISTRICT_MANAGER = "district_manager", "Quản lý quận"
    INSPECTOR = "inspector", "Kiểm tra công vụ"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


# Oversight: these see every unit's dossiers, without sensitive fields (domain.md §11.6).
OVERSIGHT_ROLES = frozenset({Role.DISTRICT_MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR})
# Whoever signs or administers needs a second factor.
TOTP_ROLES = frozenset({Role.LEADER, Role.ONE_STOP_HEAD, Role.ADMINISTRATOR})

# Without a touch for this long a session locks; the password opens it again (domain.md §11.5).
IDLE_LOCK_AFTER = timedelta(minutes=15)

# These open the site of master data (/quan-tri/); what they may touch there is asked of their rights.
ADMIN_SITE_ROLES = frozenset({Role.ADMINISTRATOR})

# One password for every invented account of the demo; the sign-in page shows it in demo mode only.
DEMO_PASSPHRASE = "motcua-hadong"  # noqa: S105 - public on purpose, refused in production by load_staff


class UnitKind(models.TextChoices):
    PROVINCE = "province", "Thành phố"
    DISTRICT = "district", "Quận"
    DEPARTMENT = "department", "Phòng chuyên môn"
    BRANCH = "branch", "Chi nhánh"
    WARD = "ward", "Phường"
    PARTNER = "partner", "Cơ quan phối hợp"


class UnitLevel(models.TextChoices):
    PROVINCE = "tinh", "Cấp thành phố"
    DISTRICT = "huyen", "Cấp quận"
    WARD = "xa", "Cấp phường"


class DayKindChoice(models.TextChoices):
    WORK = "WORK", "ngày làm việc"
    WEEKEND = "WEEKEND", "cuối tuần"
    HOLIDAY = "HOLIDAY", "ngày lễ"
    COMP_OFF = "COMP_OFF", "nghỉ bù"
    SWAP_OFF = "SWAP_OFF", "nghỉ hoán đổi"
    SWAP_WORK = "SWAP_WORK", "làm bù"


class PlanStatus(models.TextChoices):
    PLANNED = "planned", "chưa áp dụng"
    APPLIED = "applied", "đã áp dụng"
