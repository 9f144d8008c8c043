"""The edition changes with every committed change to what the public sees, and with nothing else."""

import threading

import pytest
from django.db import connection, connections, transaction

from foundation import editions
from foundation.editions import Kept, edition
from foundation.models import Change, PageRating, StoredFile
from programmes.models import Organisation, Person
from tests.people import da_nang

pytestmark = pytest.mark.sqlite_too


def organisation(slug="vncpc"):
    return Organisation.objects.create(slug=slug, name_vi="Trung tâm Sản xuất sạch Việt Nam")


@pytest.mark.django_db
def test_making_changing_and_deleting_each_make_another_edition():
    seen = [edition()]
    body = organisation()
    seen.append(edition())
    Organisation.objects.filter(pk=body.pk).update(name_en="Viet Nam Cleaner Production Centre")
    seen.append(edition())
    Organisation.objects.filter(pk=body.pk).delete()
    seen.append(edition())

    assert len(set(seen)) == 4


@pytest.mark.django_db
def test_what_no_page_shows_leaves_the_edition_as_it_was(lan):
    before = edition()

    PageRating.objects.create(path="/", is_useful=True, at="2026-11-20T05:00:00Z")
    lan.language = "en"
    lan.save()

    assert edition() == before


@pytest.mark.django_db
def test_an_edition_of_some_models_does_not_mind_the_others():
    before = edition(Person)

    organisation()

    assert edition(Person) == before
    assert edition(Person, Organisation) != before


@pytest.mark.django_db
def test_a_change_undone_is_none():
    before = edition()

    with transaction.atomic():
        organisation()
        transaction.set_rollback(True)

    assert edition() == before


@pytest.mark.django_db
def test_two_histories_of_equal_length_never_meet():
    seen = set()
    for _turn in range(5):
        with transaction.atomic():
            organisation()
            seen.add(edition())
            transaction.set_rollback(True)

    assert len(seen) == 5


@pytest.mark.django_db
def test_folding_up_keeps_every_edition():
    da_nang()
    for number in range(editions.HEAP + 1):
        Change.objects.create(subject="programmes_person", weight=number + 1)
    before = (edition(), edition(Person), edition(StoredFile))

    editions.fold_up()

    assert (edition(), edition(Person), edition(StoredFile)) == before
    assert Change.objects.filter(subject="programmes_person").count() == 1
    assert editions.fold_up() == 0


@pytest.mark.django_db
def test_what_is_kept_is_made_once_an_edition(django_assert_num_queries):
    names = Kept(lambda: list(Organisation.objects.values_list("slug", flat=True)), (Organisation,))
    assert names() == []

    organisation()

    assert names() == ["vncpc"]
    with django_assert_num_queries(1):
        assert names() == ["vncpc"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_nobody_sees_a_change_before_it_is_committed_and_writers_do_not_wait():
    before, wrote, told = edition(), threading.Event(), threading.Event()
    seen = {}

    def write():
        with transaction.atomic():
            organisation("first")
            wrote.set()
            told.wait(20)
        connections["default"].close()

    thread = threading.Thread(target=write)
    thread.start()
    assert wrote.wait(20)
    seen["while open"] = edition()
    organisation("second")
    seen["after another"] = edition()
    told.set()
    thread.join()

    assert seen["while open"] == before
    assert seen["after another"] not in (before, edition())


@pytest.mark.django_db
def test_every_shown_table_is_watched():
    """A table that a later migration makes or alters is watched as well."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'noted'")
        else:
            cursor.execute(
                "SELECT DISTINCT tbl_name FROM sqlite_master WHERE name LIKE '%\\_noted\\_%' ESCAPE '\\'"
            )
        watched = {row[0].strip('"') for row in cursor.fetchall()}

    assert watched == {model._meta.db_table for model in editions.shown_models()}
