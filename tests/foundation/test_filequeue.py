"""The queue in files never shows a worker half a message."""

import threading

import pytest
from django.conf import settings
from kombu import Connection

pytestmark = pytest.mark.sqlite_too

MESSAGES = 200


@pytest.fixture
def address(tmp_path):
    (tmp_path / "control").mkdir()
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    options = {**folders, "control_folder": str(tmp_path / "control")}
    return lambda: Connection(
        "filesystem://", transport="foundation.filequeue:Transport", transport_options=options
    )


def put_all(connection, sender):
    with connection.SimpleQueue("celery") as queue:
        for number in range(MESSAGES):
            queue.put({"sender": sender, "number": number, "words": "x" * 2000})


def take_all(connection, taken, wanted):
    with connection.SimpleQueue("celery") as queue:
        while len(taken) < wanted:
            message = queue.get(timeout=20)
            message.ack()
            taken.append((message.payload["sender"], message.payload["number"]))


def test_every_message_arrives_whole_while_others_are_written(address):
    taken: list = []
    senders = [threading.Thread(target=put_all, args=(address(), name)) for name in ("web", "beat")]
    for sender in senders:
        sender.start()

    take_all(address(), taken, 2 * MESSAGES)

    for sender in senders:
        sender.join()
    assert sorted(taken) == sorted((name, number) for name in ("web", "beat") for number in range(MESSAGES))


def test_a_message_reaches_its_queue_whoever_else_opened_it_a_moment_ago(address):
    for number in range(20):
        name, together, sent = f"queue{number}", threading.Barrier(4), []

        def put_one(name=name, together=together, sent=sent):
            with address() as connection:
                together.wait()
                with connection.SimpleQueue(name) as queue:
                    queue.put("words")
                    sent.append(name)

        senders = [threading.Thread(target=put_one) for _ in range(4)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

        with address() as connection, connection.SimpleQueue(name) as queue:
            assert (len(sent), queue.qsize()) == (4, 4)


def test_the_portal_uses_it_where_no_redis_is_named():
    if settings.REDIS_URL:
        assert not hasattr(settings, "CELERY_BROKER_TRANSPORT")
    else:
        assert settings.CELERY_BROKER_TRANSPORT == "foundation.filequeue:Transport"
