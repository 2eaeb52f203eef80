"""Django forms in the house's clothes: `{{ form.name.as_field_group }}` and `{{ form }}` draw our components."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from haddong_portal.common.errors import DomainError

Form = TypeVar("Form", bound=type[forms.Form])


class _SharedFields(dict[str, forms.Field]):
    """Fields of a form class as its instances use them: each gets a dictionary of its own, none a copy of a field."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


def share_fields(form_class: Form) -> Form:
    """Class decorator for forms whose instances never change their fields; copying those is half of a form's cost."""
    form_class.base_fields = _SharedFields(form_class.base_fields)
    return form_class


class PortalFormRenderer(TemplatesSetting):
    """Field and form templates from templates/components; set by FORM_RENDERER."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal on the form: at its field when the form has it, else at the top; same code, same sentence."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(error.message, code=error.code))
