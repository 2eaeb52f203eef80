from haddong_portal.citizens.models.look_ups import ResidenceLookUp
from haddong_portal.citizens.models.people import Consent, Organisation, Person
from haddong_portal.citizens.models.phone_codes import PhoneChallenge
from haddong_portal.citizens.models.sign_in import CitizenSession, VerifiedPhone

__all__ = [
    "CitizenSession",
    "Consent",
    "Organisation",
    "Person",
    "PhoneChallenge",
    "ResidenceLookUp",
    "VerifiedPhone",
]
