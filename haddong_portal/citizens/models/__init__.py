from haddong_portal.citizens.models.look_ups import ResidenceLookUp
from haddong_portal.citizens.models.people import Consent, Organisation, Person
from haddong_portal.citizens.models.phone_codes import PhoneChallenge

__all__ = ["Consent", "Organisation", "Person", "PhoneChallenge", "ResidenceLookUp"]
