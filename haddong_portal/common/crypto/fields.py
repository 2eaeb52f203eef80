"""Model fields for personal identifiers: an encrypted text and the blind index that makes it findable.

    personal_id = EncryptedTextField("số định danh", blank=True)
    personal_id_index = BlindIndexField(source="personal_id")

`Person.objects.filter(personal_id_index=blind_index(number, "personal_id"))` finds; any other look-up on the
encrypted column is refused. Both fields work in historical copies, `.only()`, forms, `bulk_create`.
`save(update_fields=…)` must name the index together with its source; `QuerySet.update` of an indexed column is
refused: both would leave an index that points to the old value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.models.signals import pre_save

from haddong_portal.common.crypto import keys
from haddong_portal.common.crypto.blind_index import INDEX_LENGTH, blind_index
from haddong_portal.common.crypto.cipher import decrypt, encrypt

if TYPE_CHECKING:
    # Django's fields are generic for the type checker only.
    _TextField = models.TextField[str, str]
    _CharField = models.CharField[str | None, str | None]
    _Lookup = models.Lookup[Any]
else:
    _TextField, _CharField, _Lookup = models.TextField, models.CharField, models.Lookup


class _FromInstance(str):
    """Marks a value that went through `pre_save`, so its index was computed in the same statement."""

    __slots__ = ()


class EncryptedTextField(_TextField):
    """Text kept as AES-256-GCM bytes (column type bytea), plain only in Python.

    `context` is bound into each value; it is the label of the column's first model ("citizens.person.phone"), is
    written into migrations, and is shared by the historical copy. Empty text is stored as empty bytes.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not self.context and not cls._meta.abstract:
            self.context = f"{cls._meta.label_lower}.{name}"

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.context:
            kwargs["context"] = self.context
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        return _FromInstance(value) if isinstance(value, str) else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value and self._has_index and not isinstance(value, _FromInstance):
            raise FieldError(f"{self.context}: save the object, a direct update would leave its blind index behind")
        return super().get_db_prep_save(value, connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        return encrypt(str(value), self.context) if value else b""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        stored = bytes(value)
        return decrypt(stored, self.context) if stored else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull", Filled.lookup_name):
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.context} is encrypted: look it up by its blind index, not with '{lookup_name}'")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.context} is encrypted: the database cannot compute '{lookup_name}' of it")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput, **kwargs})

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = list(super().check(**kwargs))
        if self.unique or getattr(self, "db_index", False):
            found.append(checks.Error("An encrypted column cannot be indexed; use BlindIndexField.", obj=self))
        try:
            keys.keyring()
        except ImproperlyConfigured as error:
            found.append(checks.Error(str(error), obj=self, id="crypto.E001"))
        return found

    @property
    def _has_index(self) -> bool:
        fields = self.model._meta.concrete_fields
        return any(isinstance(field, BlindIndexField) and field.source == self.name for field in fields)


class Filled(_Lookup):
    """`phone__filled=True`: whether anything is stored, which needs no key; NULL counts as nothing."""

    lookup_name = "filled"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, parameters = self.process_lhs(compiler, connection)
        return f"COALESCE(octet_length({sql}), 0) {'>' if self.rhs else '='} 0", parameters


EncryptedTextField.register_lookup(Filled)


class BlindIndexField(_CharField):
    """The keyed hash of the encrypted field `source`, filled on every save; NULL when the source is empty.

    `purpose` defaults to the source's name. No database index is made here: declare it, or a conditional unique
    constraint, in Meta. Never edited by hand.
    """

    description = "Blind index of an encrypted field"

    def __init__(self, *args: Any, source: str, purpose: str = "", **kwargs: Any) -> None:
        self.source = source
        self.purpose = purpose or source
        kwargs.update(max_length=INDEX_LENGTH, null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_an_update, sender=cls, dispatch_uid=f"{cls!r}.{name}")

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "source": self.source, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        value = getattr(model_instance, self.source)
        index = blind_index(str(value), self.purpose) if value else ""
        setattr(model_instance, self.attname, index or None)
        return index or None

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = list(super().check(**kwargs))
        sources = {field.name for field in self.model._meta.concrete_fields if isinstance(field, EncryptedTextField)}
        if self.source not in sources:
            found.append(checks.Error(f"'{self.source}' is not an EncryptedTextField here.", obj=self))
        return found

    def _refuse_half_an_update(self, sender: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if update_fields is not None and self.source in update_fields and self.attname not in update_fields:
            raise FieldError(f"save(update_fields=…) names '{self.source}' without its index '{self.attname}'")
