"""Opening a catalogue file: JSON, CSV or XLSX, one record at a time, without holding all records in memory.

A file that cannot be read at all is refused whole with DomainError `catalogue.unreadable`, before anything is
loaded. Column names are those of docs/catalogue-format.md; in CSV and XLSX a list or an object is JSON text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from haddong_portal.common.errors import DomainError

CODE_COLUMNS = ("code", "code_full")
LIST_KEYS = ("procedures", "records", "items", "data")
CELL_MAX = 5_000_000
FILE_MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class RecordFile:
    """A readable file: `total` records, and a digest that names its content."""

    path: Path
    digest: str
    total: int
    _spans: tuple[tuple[int, int], ...] | None
    _text: str | None

    def records(self, start: int = 0) -> Iterator[object]:
        """Raw records from position `start` on."""
        if self._spans is not None and self._text is not None:
            for begin, end in self._spans[start:]:
                yield json.loads(self._text[begin:end])
            return
        rows = _xlsx_rows(self.path) if self.path.suffix.lower() == ".xlsx" else _csv_rows(self.path)
        for position, row in enumerate(rows):
            if position >= start:
                yield row


def open_records(path: Path) -> RecordFile:
    """The records of a file, chosen by its ending. DomainError `catalogue.no_file`, `catalogue.unreadable`."""
    if not path.is_file():
        raise DomainError("catalogue.no_file", f"Không có tệp {path}.", "file")
    if path.stat().st_size > FILE_MAX_BYTES:
        raise _unreadable("tệp lớn hơn 200 MB")
    try:
        return _open(path)
    except UnicodeDecodeError as error:
        raise _unreadable(f"không phải UTF-8 ở byte {error.start}") from error
    except (ValueError, RecursionError, csv.Error, BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise _unreadable(str(error)[:200] or type(error).__name__) from error


def _open(path: Path) -> RecordFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    ending = path.suffix.lower()
    if ending == ".json":
        text = content.decode("utf-8-sig")
        del content
        text = _bare_array(text)
        spans = tuple(_array_spans(text, _skip(text, 0)))
        return RecordFile(path, digest, len(spans), spans, text)
    if ending == ".xlsx":
        return RecordFile(path, digest, sum(1 for _ in _xlsx_rows(path)), None, None)
    if ending == ".csv":
        return RecordFile(path, digest, sum(1 for _ in _csv_rows(path)), None, None)
    raise _unreadable("chỉ nhận tệp .json, .csv, .xlsx")


def _unreadable(why: str) -> DomainError:
    return DomainError("catalogue.unreadable", f"Không đọc được tệp danh mục: {why}.", "file")


def _bare_array(text: str) -> str:
    """The array of records: the file itself, the list inside an object, or a single record in brackets."""
    if text.startswith("[", _skip(text, 0)):
        return text
    decoded = json.loads(text)
    if not isinstance(decoded, dict):
        raise _unreadable("tệp không chứa danh sách bản ghi")
    listed = next((decoded[name] for name in LIST_KEYS if isinstance(decoded.get(name), list)), [decoded])
    return json.dumps(listed)


def _array_spans(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Where each record stands, so that only one record at a time becomes objects."""
    decoder = json.JSONDecoder()
    at = _skip(text, begin + 1)
    while text[at : at + 1] != "]":
        _, end = decoder.raw_decode(text, at)
        yield at, end
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _unreadable(f"thiếu dấu phẩy hoặc dấu đóng ở ký tự {at}")


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\n", "\r", "\t"}:
        at += 1
    return at


def _csv_rows(path: Path) -> Iterator[dict[str, object]]:
    csv.field_size_limit(CELL_MAX)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, dialect=_dialect(stream))
        _check_columns(reader.fieldnames or ())
        for row in reader:
            yield {str(name): _cell(value) for name, value in row.items() if name is not None}


def _dialect(stream: io.TextIOBase) -> type[csv.Dialect]:
    """Comma, or the semicolon that spreadsheets with Vietnamese settings write."""
    first = stream.readline(CELL_MAX)
    stream.seek(0)
    return _Semicolon if first.count(";") > first.count(",") else csv.excel


class _Semicolon(csv.excel):
    delimiter = ";"


def _xlsx_rows(path: Path) -> Iterator[dict[str, object]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
        _check_columns(names)
        for row in rows:
            if any(cell is not None for cell in row):
                yield {name: _cell(value, name) for name, value in zip(names, row, strict=False) if name}
    finally:
        book.close()


def _check_columns(names: object) -> None:
    if not isinstance(names, list | tuple) or not set(CODE_COLUMNS) & {str(name).strip() for name in names}:
        raise _unreadable("dòng đầu không có cột code")


def _cell(value: object, name: str = "") -> object:
    """A cell as JSON would have it: lists and objects from their JSON text, days as ISO, codes never as numbers."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and name in CODE_COLUMNS:
        return f"{value:.6f}"
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
