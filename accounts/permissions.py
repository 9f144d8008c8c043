"""What a post allows, whole, on one page. No permission rows to keep in step with the code."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import Post, User

RECORD_ROOMS = frozenset({"programmes", "provinces", "training", "events", "library", "news"})
ALL_ROOMS = RECORD_ROOMS | {"reporting", "foundation", "accounts"}
ALL_ACTIONS = frozenset({"view", "add", "change", "delete", "import", "export"})

ALLOWS: dict[str, dict[str, frozenset[str]]] = {
    Post.Role.MINISTRY_EDITOR: {
        **dict.fromkeys(RECORD_ROOMS, ALL_ACTIONS),
        "provinces": ALL_ACTIONS | {"prepare"},  # a change of the map; somebody else confirms it
        "reporting": frozenset({"view", "export"}),
        "foundation": frozenset({"view"}),
    },
    Post.Role.MINISTRY_REVIEWER: dict.fromkeys(ALL_ROOMS - {"accounts"}, frozenset({"view", "export"})),
    Post.Role.MINISTRY_APPROVER: {
        **dict.fromkeys(ALL_ROOMS, frozenset({"view", "export"})),
        "provinces": frozenset({"view", "export", "confirm"}),
        "reporting": ALL_ACTIONS,
        "accounts": ALL_ACTIONS,
    },
}


class PostBackend(AuthenticationBackend):
    """Signs in by e-mail; answers ``user.has_perm("events.change_event")`` from the posts held today."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _dot, codename = perm.partition(".")
        action = codename.partition("_")[0]
        return any(action in ALLOWS.get(post.role, {}).get(app, ()) for post in _posts(user_obj))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(app_label in ALLOWS.get(post.role, {}) for post in _posts(user_obj))


def _posts(user: Any) -> list[Post]:
    if not isinstance(user, User) or not user.is_active:
        return []
    return user.posts_today
