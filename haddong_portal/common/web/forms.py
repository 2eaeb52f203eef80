"""Django forms in the house's clothes: `{{ form.name.as_field_group }}` and `{{ form }}` draw our components."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from haddong_portal.common.errors import DomainError


class PortalFormRenderer(TemplatesSetting):
    """Field and form templates from templates/components; set by FORM_RENDERER."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal on the form: at its field when the form has it, else at the top; same code, same sentence."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(error.message, code=error.code))
