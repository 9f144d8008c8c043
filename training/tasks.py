"""Printing certificates, away from the web process."""

from foundation.jobs import Worker, runs
from foundation.models import StoredFile

from .actions import JOB_KIND
from .documents import write_certificate
from .models import Certificate


@runs(JOB_KIND)
def print_certificates(worker: Worker) -> StoredFile | None:
    """Each certificate keeps its own PDF; one that has it already is left alone."""
    keys = worker.job.arguments["certificates"]
    worker.begin(1, total=len(keys))
    document = None
    for done, certificate in enumerate(Certificate.objects.filter(pk__in=keys).order_by("number"), 1):
        document = certificate.document or _printed(certificate, worker)
        worker.advance(1, done, note_vi=certificate.number, note_en=certificate.number)
    worker.end(1)
    return document if len(keys) == 1 else None


def _printed(certificate: Certificate, worker: Worker) -> StoredFile:
    document = write_certificate(certificate)
    with worker.committing():
        certificate.document = document
        certificate.save(update_fields=["document", "updated_at"])
    return document
