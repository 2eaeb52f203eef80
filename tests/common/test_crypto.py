"""Sealing values: keys rotate, columns do not mix, tampering shows; look-ups go through the blind index."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from haddong_portal.citizens.models import Person
from haddong_portal.common.crypto.blind_index import INDEX_LENGTH, blind_index
from haddong_portal.common.crypto.cipher import DecryptionError, decrypt, encrypt, used_key_id
from haddong_portal.common.crypto.fields import EncryptedTextField
from haddong_portal.common.crypto.keys import decode_key, key_id
from tests.factories import MORNING


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


@pytest.fixture(autouse=True)
def known_keys(settings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [key("a")]
    settings.BLIND_INDEX_KEY = key("z")


def test_a_value_is_sealed_differently_each_time_and_opens() -> None:
    first, second = encrypt("001090123411", "x.y.z"), encrypt("001090123411", "x.y.z")
    assert first != second
    assert b"001090123411" not in first
    assert decrypt(first, "x.y.z") == decrypt(second, "x.y.z") == "001090123411"


@given(st.text())
def test_any_text_survives(text: str) -> None:
    assert decrypt(encrypt(text, "c"), "c") == text.encode().decode()


def test_a_value_cannot_be_moved_to_another_column() -> None:
    with pytest.raises(DecryptionError):
        decrypt(encrypt("001090123411", "citizens.person.personal_id"), "citizens.person.old_id")


def test_every_changed_byte_is_noticed() -> None:
    sealed = encrypt("số", "c")
    for index in range(len(sealed)):
        with pytest.raises(DecryptionError):
            decrypt(sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :], "c")
    with pytest.raises(DecryptionError):
        decrypt(b"", "c")


def test_keys_rotate(settings) -> None:
    old = encrypt("số", "c")
    settings.FIELD_ENCRYPTION_KEYS = [key("b"), key("a")]
    assert decrypt(old, "c") == "số"
    assert used_key_id(old) == key_id(b"a" * 32)
    assert used_key_id(encrypt("số", "c")) == key_id(b"b" * 32)
    settings.FIELD_ENCRYPTION_KEYS = [key("b")]
    with pytest.raises(DecryptionError, match="FIELD_ENCRYPTION_KEYS"):
        decrypt(old, "c")


@pytest.mark.parametrize("bad", ["", "abc", "đ" * 44, base64.b64encode(b"short").decode()])
def test_malformed_keys_are_named(settings, bad: str) -> None:
    settings.FIELD_ENCRYPTION_KEYS = [bad]
    with pytest.raises(ImproperlyConfigured, match="FIELD_ENCRYPTION_KEYS"):
        encrypt("x", "c")
    assert [problem.id for problem in EncryptedTextField(name="x", context="c").check() if problem.id == "crypto.E001"]


def test_url_safe_keys_are_read() -> None:
    raw = bytes(range(224, 256))
    assert decode_key(base64.urlsafe_b64encode(raw).decode(), "X") == raw


def test_the_index_is_stable_keyed_and_distinct_by_purpose(settings) -> None:
    index = blind_index("001090123411", "personal_id")
    assert len(index) == INDEX_LENGTH
    assert blind_index(" 001-090 123.411", "personal_id") == index
    assert blind_index("001090123411", "old_id") != index
    assert blind_index("001090123412", "personal_id") != index
    settings.BLIND_INDEX_KEY = key("y")
    assert blind_index("001090123411", "personal_id") != index


def test_the_index_sees_through_spellings() -> None:
    assert blind_index("+84 912 345 678", "phone") == blind_index("0912345678", "phone")
    assert blind_index("Lan@Example.vn ", "email") == blind_index("lan@example.vn", "email")
    assert blind_index(" - ", "personal_id") == ""


@pytest.mark.parametrize("lookup", ["personal_id", "personal_id__contains", "personal_id__in", "personal_id__lower"])
def test_lookups_on_the_encrypted_column_are_refused(lookup: str) -> None:
    with pytest.raises(FieldError, match="encrypted"):
        Person.objects.filter(**{lookup: "001"})


def test_forms_show_one_line_and_no_index() -> None:
    from django.forms import TextInput, modelform_factory

    form = modelform_factory(Person, fields="__all__")()
    assert isinstance(form.fields["personal_id"].widget, TextInput)
    assert "personal_id_index" not in form.fields


def test_the_migration_keeps_the_column_bound_to_its_name() -> None:
    field = Person._meta.get_field("personal_id")
    assert field.deconstruct()[3]["context"] == "citizens.person.personal_id"
    assert Person.history.model._meta.get_field("personal_id").context == "citizens.person.personal_id"


def test_an_indexed_encrypted_column_is_a_mistake() -> None:
    assert any(
        "cannot be indexed" in problem.msg for problem in EncryptedTextField(name="x", unique=True, context="c").check()
    )


@pytest.mark.django_db
def test_whether_anything_is_stored_can_be_asked_without_opening_it() -> None:
    for name, phone in (("Tú", "0912345678"), ("Bé", "")):
        Person.objects.create(full_name=name, phone=phone, created_at=MORNING, updated_at=MORNING)
    assert Person.objects.get(phone__filled=True).full_name == "Tú"
    assert Person.objects.get(phone__filled=False).full_name == "Bé"
