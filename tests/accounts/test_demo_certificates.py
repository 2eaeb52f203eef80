"""Units and clerks get certificates of the demo's authority; production gets none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from haddong_portal.accounts.constants import Role
from haddong_portal.accounts.models import User
from haddong_portal.accounts.services.give_demo_certificates import give_demo_certificates
from haddong_portal.common.actors import Actor
from haddong_portal.common.errors import DomainError
from haddong_portal.common.signing.keys import has_key, key_of, staff_holder
from tests.factories import UnitFactory, make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.SIGNING_HOME = str(tmp_path / "signing")


def _username(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).username


def test_units_and_clerks_get_one_each_and_keep_it() -> None:
    ward = UnitFactory(name="Phòng Lao động, Thương binh và Xã hội, Ủy ban nhân dân quận Hà Đông")
    clerk, officer = make_actor(ward, Role.CLERK, "Nguyễn Thị Lan"), make_actor(ward, Role.OFFICER, "Lê Quang Minh")

    assert give_demo_certificates() >= 2
    assert give_demo_certificates() == 0
    assert key_of(ward.key).certificate.subject.native["organization_name"] == ward.name[:64]
    assert key_of(staff_holder(_username(clerk))).certificate.subject.native["common_name"] == clerk.name
    assert not has_key(staff_holder(_username(officer)))


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    UnitFactory()
    call_command("make_demo_certificates")

    assert "Chứng thư số trình diễn: tạo thêm" in capsys.readouterr().out


def test_production_refuses(settings: Any) -> None:
    settings.PORTAL_MODE = "production"
    with pytest.raises(DomainError) as refused:
        give_demo_certificates()

    assert refused.value.code == "signing.not_in_production"
