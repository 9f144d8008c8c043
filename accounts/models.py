"""People who sign in, the posts that carry duties, and who holds which post when."""

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.text import Bilingual


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address. Duties belong to posts, not to people."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_address_once",
                violation_error_message=_("Another account has this address."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def posts_today(self) -> "list[Post]":
        """The posts held today, oldest first; one query per person and request."""
        today = timezone.localdate()
        held = Occupancy.objects.in_force(today).filter(user=self).select_related("post__province")
        return [occupancy.post for occupancy in held.order_by("valid_from", "pk")]

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts_today)

    @property
    def works_for_ministry(self) -> bool:
        return self.is_superuser or any(post.is_ministry for post in self.posts_today)

    @property
    def works_for_province(self) -> bool:
        return any(post.province_id for post in self.posts_today)


class Post(models.Model):
    """A position with duties. People come and go; the post stays, vacant or held."""

    class Role(models.TextChoices):
        PROVINCE_EDITOR = "province_editor", _("province: fills in reports")
        PROVINCE_CONTRIBUTOR = "province_contributor", _("province: contributes sections")
        PROVINCE_HEAD = "province_head", _("province: checks before signature")
        PROVINCE_SIGNATORY = "province_signatory", _("province: signs and submits")
        MINISTRY_REVIEWER = "ministry_reviewer", _("ministry: reviews reports")
        MINISTRY_APPROVER = "ministry_approver", _("ministry: approves, compiles and publishes")
        MINISTRY_EDITOR = "ministry_editor", _("ministry: keeps records and content")

    title_vi = models.CharField(_("title (Vietnamese)"), max_length=160)
    title_en = models.CharField(_("title (English)"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "programmes.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("organisation"),
    )
    province = models.ForeignKey(
        "provinces.Province",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("province"),
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    title = Bilingual()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["role", "title_vi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__startswith="province", province__isnull=False)
                | Q(role__startswith="ministry", province__isnull=True),
                name="post_role_fits_its_place",
                violation_error_message=_(
                    "A provincial post names its province; a ministry post names none."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.province})" if self.province_id else str(self.title)

    @property
    def is_ministry(self) -> bool:
        return self.role.startswith("ministry")


class OccupancyQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(valid_from__lte=on).exclude(valid_to__lte=on)


class Occupancy(models.Model):
    """One person in one post for a time; ``acting_for`` names the absent holder."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="occupancies", verbose_name=_("post"))
    user = models.ForeignKey(User, models.PROTECT, related_name="occupancies", verbose_name=_("person"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (exclusive)"), null=True, blank=True)
    acting_for = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputised",
        verbose_name=_("acting for"),
    )
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("The decision or authorisation.")
    )

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupancy")
        verbose_name_plural = _("occupancies")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="occupancy_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.UniqueConstraint(fields=["post", "user", "valid_from"], name="occupancy_begins_once"),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | ~Q(acting_for=F("user")),
                name="occupancy_deputy_is_another_person",
                violation_error_message=_("Nobody deputises for himself. Choose another person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.post}"

    def clean(self) -> None:
        if self.acting_for_id and self.post_id and self.valid_from and self.overlapping().exists():
            raise ValidationError(
                {"acting_for": _("Somebody acts for this holder in these days already. End that first.")}
            )

    def overlapping(self) -> OccupancyQuerySet:
        """Other absences of the same holder of the same post that share a day with this one."""
        others = Occupancy.objects.filter(post=self.post_id, acting_for=self.acting_for_id)
        others = others.exclude(pk=self.pk).exclude(valid_to__lte=self.valid_from)
        return others if self.valid_to is None else others.filter(valid_from__lt=self.valid_to)

    @property
    def last_day(self) -> date | None:
        return self.valid_to - timedelta(days=1) if self.valid_to else None
