"""One Vietnamese sentence for each code; codes are stable and may be read over the phone."""

from __future__ import annotations

SENTENCES = {
    # accepted
    "file.clean": "Tệp hợp lệ.",
    "file.active_removed": "Tệp có nội dung tự chạy hoặc tệp đính kèm; bản hiển thị đã bỏ những phần đó.",
    "file.repaired": "Tệp PDF có lỗi cấu trúc; bản hiển thị đã được dựng lại.",
    "file.reencoded": "Ảnh đã được mã hóa lại và bỏ thông tin kèm theo (vị trí, máy chụp).",
    "file.renamed": "Tên tệp không khớp với nội dung hoặc có ký tự không dùng được nên đã được đổi lại.",
    # refused: the file as such
    "file.empty": "Tệp không có nội dung.",
    "file.too_large": "Tệp lớn hơn {max_mb} MB.",
    "file.type_mismatch": "Đuôi tên tệp không phải của tệp PDF, JPEG hoặc PNG. Xin đổi tên tệp rồi gửi lại.",
    "file.bad_type": "Tệp phải là PDF, JPEG hoặc PNG còn nguyên vẹn.",
    "file.heic": "Ảnh HEIC chưa dùng được. Xin chuyển ảnh sang JPEG rồi gửi lại.",
    "file.office": "Không nhận tệp Word, Excel hoặc PowerPoint. Xin xuất ra PDF rồi gửi lại.",
    "file.archive": "Không nhận tệp nén. Xin gửi từng tệp PDF hoặc ảnh.",
    "file.polyglot": "Tệp vừa là một loại khác nên không được nhận. Xin quét hoặc xuất lại tệp.",
    "file.truncated": "Tệp bị cắt ngang, thiếu phần cuối. Xin gửi lại tệp đầy đủ.",
    "file.damaged": "Tệp bị hỏng nên không mở được. Xin quét hoặc xuất lại tệp.",
    # refused: what is inside
    "file.encrypted": "Tệp PDF có mật khẩu hoặc bị khóa. Xin bỏ khóa rồi gửi lại.",
    "file.archive_inside": "Tệp PDF có tệp nén hoặc chương trình đính kèm. Xin bỏ tệp đính kèm rồi gửi lại.",
    "file.no_pages": "Tệp PDF không có trang nào.",
    "file.too_many_pages": "Tệp có quá {pages_max} trang. Xin tách thành nhiều tệp.",
    "file.page_too_large": "Tệp có trang với khổ giấy không hợp lệ.",
    "file.too_many_pixels": "Ảnh quá lớn (hơn {megapixels_max} triệu điểm ảnh). Xin giảm kích thước rồi gửi lại.",
    "file.bomb": "Nội dung tệp phình ra quá lớn khi mở nên không được nhận.",
    "file.too_heavy": "Tệp quá nặng để kiểm tra. Xin quét hoặc xuất lại tệp.",
    "file.parser_failed": "Tệp có cấu trúc bất thường nên không kiểm tra được. Xin quét hoặc xuất lại tệp.",
    # the virus scanner
    "file.infected": "Tệp có mã độc nên không được nhận.",
    "file.scan_too_large": "Tệp lớn hơn mức mà máy quét mã độc nhận. Xin gửi tệp nhỏ hơn.",
    "file.scan_unavailable": "Máy quét mã độc đang dừng. Tệp được giữ lại và sẽ được kiểm tra sau.",
    # the command
    "file.missing": "Không tìm thấy tệp.",
    "file.not_a_file": "Đây không phải là một tệp.",
    "file.unreadable": "Không đọc được tệp.",
}


def sentence_of(code: str, **facts: object) -> str:
    """The sentence, its numbers filled in."""
    return SENTENCES[code].format_map({"max_mb": 25, "pages_max": 500, "megapixels_max": 110} | facts)
