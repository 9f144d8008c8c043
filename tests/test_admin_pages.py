"""Every list and every form of the admin opens for those who may, and for nobody else."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.urls import reverse

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, page, prefix="admin"):
    return reverse(f"{prefix}:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_list_opens_for_posts_that_may_see_it(client, minh, model):
    may = minh.has_perm(f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}")
    client.force_login(minh)

    assert client.get(address(model, "changelist")).status_code == (200 if may else 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_list_and_search_open_in_both_languages(client, an, model):
    an.is_superuser = True
    an.save()
    client.force_login(an)
    here = address(model, "changelist")

    assert [client.get(path).status_code for path in (here, f"/en{here}", f"{here}?q=da+nang")] == [200] * 3


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_form_opens_for_posts_that_may_add(client, an, model, rf):
    client.force_login(an)
    request = rf.get("/")
    request.user = an
    may = admin.site._registry[model].has_add_permission(request)

    assert client.get(address(model, "add")).status_code == (200 if may else 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_province_does_not_enter(client, lan, model):
    client.force_login(lan)

    response = client.get(address(model, "changelist"))

    assert response.status_code in (302, 403)


def test_date_pickers_speak_the_language_of_the_page(client, an):
    client.force_login(an)

    told = client.get(reverse("admin:jsi18n")).content.decode()

    assert "Th\\u1ee9 Hai" in told
