import factory
from factory.django import DjangoModelFactory

from programmes.models import Organisation


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name_vi = factory.Sequence(lambda n: f"Viện số {n}")
    slug = factory.Sequence(lambda n: f"vien-so-{n}")
