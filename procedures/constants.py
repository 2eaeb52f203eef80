"""Words of the catalogue that other apps may use."""

from __future__ import annotations

from django.db import models


class Channel(models.IntegerChoices):
    """Ways of filing, with the national portal's codes (KenhThucHien, domain.md §1.2)."""

    DIRECT = 1, "Trực tiếp"
    ONLINE = 2, "Trực tuyến"
    POSTAL = 3, "Bưu chính công ích"


class PublicationState(models.TextChoices):
    DRAFT = "draft", "Nháp"
    PENDING = "pending", "Chờ duyệt"
    PUBLISHED = "published", "Công bố"
    AMENDED = "amended", "Đã sửa đổi"
    ABOLISHED = "abolished", "Bãi bỏ"


class ServiceLevel(models.TextChoices):
    FULL = "TOAN_TRINH", "Toàn trình"
    PARTIAL = "MOT_PHAN", "Một phần"
    INFORMATION = "CUNG_CAP_THONG_TIN", "Cung cấp thông tin"


class Level(models.TextChoices):
    """Levels of government that may handle a procedure."""

    MINISTRY = "bo", "Cấp bộ"
    PROVINCE = "tinh", "Cấp thành phố"
    DISTRICT = "huyen", "Cấp quận"
    WARD = "xa", "Cấp phường"
    OTHER = "khac", "Cơ quan khác"


class RequirementKind(models.TextChoices):
    SUBMIT = "submit", "Nộp"
    PRESENT = "present", "Xuất trình"


class FeeKind(models.TextChoices):
    FEE = "fee", "Phí"
    DUTY = "duty", "Lệ phí"


class DigitiseDuty(models.TextChoices):
    MUST = "must", "Bắt buộc"
    NO = "no", "Không"
    OPTIONAL = "optional", "Tùy chọn"


class StepAction(models.TextChoices):
    """What a step of an ISO process is for; decides which acts the screen offers."""

    RECEIVE = "receive", "Tiếp nhận"
    TRANSFER = "transfer", "Chuyển hồ sơ"
    EXAMINE = "examine", "Thẩm định"
    VERIFY = "verify", "Thẩm tra, xác minh"
    SIGN = "sign", "Ký duyệt"
    RECORD_RESULT = "record_result", "Ghi nhận kết quả"
    RETURN_RESULT = "return_result", "Trả kết quả"


class ProcessKind(models.TextChoices):
    """Which dossiers a default process is written for; a specific process names its procedure instead."""

    SAME_DAY = "same_day", "Trả trong ngày"
    MULTI_DAY = "multi_day", "Nhiều ngày"
    LAND_BRANCH = "land_branch", "Chi nhánh đất đai"


class ProcessState(models.TextChoices):
    """Where an issue of an ISO process stands; only published ones are followed by new dossiers."""

    DRAFT = "draft", "Dự thảo"
    PUBLISHED = "published", "Đã ban hành"
    RETIRED = "retired", "Ngừng áp dụng"


class SectionKind(models.TextChoices):
    """What a section of the ISO document is about; where its body is empty the catalogue fills it."""

    PURPOSE = "purpose", "Mục đích"
    SCOPE = "scope", "Phạm vi"
    REFERENCES = "references", "Tài liệu viện dẫn"
    DEFINITIONS = "definitions", "Định nghĩa, viết tắt"
    LEGAL_BASIS = "legal_basis", "Cơ sở pháp lý"
    PAPERS = "papers", "Thành phần hồ sơ"
    COPIES = "copies", "Số lượng hồ sơ"
    TIME = "time", "Thời gian xử lý"
    PLACE = "place", "Nơi tiếp nhận và trả kết quả"
    FEES = "fees", "Phí, lệ phí"
    STEPS = "steps", "Quy trình xử lý công việc"
    CONDITIONS = "conditions", "Yêu cầu, điều kiện"
    OTHER = "other", "Nội dung khác"


class DelegatedAct(models.TextChoices):
    """What a delegation lets the receiving unit do in the other's place."""

    DECIDE = "decide", "Quyết định"
    SIGN = "sign", "Ký kết quả"


class ResponsibleUnit(models.TextChoices):
    """Where a step is done: resolved to a real unit when the dossier gets there."""

    DESK = "desk", "Bộ phận Một cửa"
    HANDLING = "handling", "Đơn vị thụ lý"
    SIGNING = "signing", "Cấp ký"


class LinkKind(models.TextChoices):
    PROCEDURE = "procedure", "Thủ tục"
    UNIT = "unit", "Danh mục của đơn vị"
    COUNTER = "counter", "Quầy"


class BatchState(models.TextChoices):
    """A batch of posters on its way."""

    QUEUED = "queued", "Chờ dựng"
    RUNNING = "running", "Đang dựng"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Chưa dựng được"


class PaperType(models.TextChoices):
    """Papers that a rule knows by kind; every other line has none."""

    HOUSEHOLD_BOOK = "HOUSEHOLD_BOOK", "Sổ hộ khẩu"
    TEMPORARY_RESIDENCE_BOOK = "TEMPORARY_RESIDENCE_BOOK", "Sổ tạm trú"
    RESIDENCE_PROOF = "RESIDENCE_PROOF", "Giấy tờ chứng minh nơi cư trú"
    IDENTITY = "IDENTITY", "Giấy tờ tùy thân"


class Part(models.TextChoices):
    """The seven parts that a published procedure must have (NĐ 63/2010, art. 8.2, a to g)."""

    NAME = "name", "tên thủ tục"
    STEPS = "steps", "trình tự thực hiện"
    METHODS = "methods", "cách thức thực hiện"
    PAPERS = "papers", "thành phần, số lượng hồ sơ"
    TIME_LIMIT = "time_limit", "thời hạn giải quyết"
    SUBJECTS = "subjects", "đối tượng thực hiện"
    AGENCIES = "agencies", "cơ quan giải quyết"


class Blocker(models.TextChoices):
    """What forbids publication although every part is there."""

    RESIDENCE_BOOK = "residence_book", "đòi sổ hộ khẩu, sổ tạm trú giấy (NĐ 104/2022, điều 14)"
