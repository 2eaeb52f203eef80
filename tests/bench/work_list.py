"""An officer's work list of 100 dossiers."""

from __future__ import annotations

from django.urls import reverse

from dossiers.models import Dossier
from haddong_portal.accounts.models import Post
from haddong_portal.common import clock
from tests.bench.bench import Bench
from tests.bench.seed import Clerk, clerks, intake_forms, receive_all, sign_in

ROWS = 100
CPU_MULTIPLE_MAX = 40
STATEMENTS_MAX = 5


def run(bench: Bench) -> None:
    """Speed, CPU and statements of one full page."""
    clerk = busy_clerk()
    path = f"{reverse('dossiers:work-list')}?pham-vi=tat-ca&so-dong={ROWS}"
    status, _, body = bench.stand.ask(path, **clerk.headers)
    shown = body.count('href="/ho-so/000.')
    assert status == 200 and shown >= ROWS, f"the work list shows {shown} dossiers, not {ROWS}"
    bench.add_load(
        f"work list of {ROWS}",
        [clerk.get(path, clerk.actor.name)],
        cpu_budget=CPU_MULTIPLE_MAX,
        statement_budget=STATEMENTS_MAX,
    )


def busy_clerk() -> Clerk:
    """A clerk whose desk has received more than a page of dossiers."""
    clerk = clerks(1)[0]
    have = Dossier.objects.visible_to(clerk.actor).count()
    if have <= ROWS:
        forms = intake_forms(clerk)
        receive_all([forms.call(900_000 + number) for number in range(ROWS + 1 - have)])
    return clerk


def officer_of(dossier: Dossier) -> Clerk:
    """Somebody in the post that the open step waits for."""
    posts = Post.objects.held_on(clock.today()).filter(unit_id=dossier.owner_unit_id, role=dossier.current_role)
    post = posts.select_related("unit", "user").first()
    assert post is not None, f"nobody is {dossier.current_role} at the unit of {dossier.code}"
    return sign_in(post)
