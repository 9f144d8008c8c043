from datetime import date

import factory
from factory.django import DjangoModelFactory

from accounts.models import Occupancy, Post, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Số {n}")
    email = factory.Sequence(lambda n: f"so-{n}@example.vn")
    password = factory.django.Password("mat-khau-889")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    title_vi = "Biên tập viên"
    role = Post.Role.MINISTRY_EDITOR


class OccupancyFactory(DjangoModelFactory):
    class Meta:
        model = Occupancy

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)
    valid_from = date(2021, 1, 1)
