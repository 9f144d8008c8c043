from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and posts")
    unseen = frozenset({"User", "User_groups", "User_user_permissions", "Post", "Occupancy"})
