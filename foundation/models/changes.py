"""A trace of every committed change to what the public sees: what ``foundation.editions`` adds up."""

from django.db import models


class Change(models.Model):
    """Written by the database's own triggers, never by Python; folded together by ``editions.fold_up``."""

    subject = models.CharField(max_length=63)  # the table that changed
    weight = models.BigIntegerField()  # random, so that no two histories add up alike

    def __str__(self) -> str:
        return f"{self.subject} {self.weight}"
