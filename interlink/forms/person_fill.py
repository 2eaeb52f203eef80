"""What a card or the administration's own data says of a person, under the boxes of one part of the declaration."""

from __future__ import annotations

from collections.abc import Mapping

from haddong_portal.citizens.constants import Sex
from haddong_portal.citizens.selectors.people import person_for_intake
from haddong_portal.common.actors import Actor
from haddong_portal.common.identifiers.card_qr import read_card
from interlink.forms.declaration import name_of
from interlink.rules.template import Template

SEXES = {Sex.MALE.value: "male", Sex.FEMALE.value: "female"}
# The words of intake → the last part of a field's key.
WORDS = {
    "full_name": "full_name",
    "personal_id": "personal_id",
    "birth": "birth_date",
    "sex": "sex",
    "address": "address",
    "phone": "phone",
    "email": "email",
}


def person_told(*, actor: Actor, payload: str) -> tuple[dict[str, str], str]:
    """A card's text or a typed number: what is known of the person in the words of intake, and the card's warnings.

    Raises the refusals of the card reader. The look-up of a known person is audited.
    """
    if payload.isdecimal():
        return person_for_intake(actor=actor, personal_id=payload), ""
    card = read_card(payload)
    known = person_for_intake(actor=actor, personal_id=card.id)
    told = {
        "full_name": card.name,
        "personal_id": card.id,
        "birth": card.dob.strftime("%d/%m/%Y") if card.dob else "",
        "sex": str(card.sex),
        "address": card.address,
    }
    warnings = "\n".join(remark.message for remark in card.warnings)
    return known | {name: value for name, value in told.items() if value}, warnings


def boxes_of(template: Template, section: str, told: Mapping[str, str]) -> dict[str, str]:
    """The boxes of `section` that these words fill; what the template does not ask for is left out."""
    asked = {field.key for field in template.fields if field.section == section}
    found: dict[str, str] = {}
    for word, last in WORDS.items():
        key, value = f"{section}.{last}", told.get(word, "")
        if key in asked and value:
            found[name_of(key)] = SEXES.get(value, value) if last == "sex" else value
    return found
