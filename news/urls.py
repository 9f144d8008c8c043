"""Addresses of the news room."""

from django.urls import path

from . import views
from .feeds import ArticleFeed, AtomArticleFeed

app_name = "news"

urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("rss/", ArticleFeed(), name="feed"),
    path("atom/", AtomArticleFeed(), name="atom"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("sections/<slug:slug>/rss/", ArticleFeed(), name="section_feed"),
    path("sections/<slug:slug>/atom/", AtomArticleFeed(), name="section_atom"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/print/", views.article_print, name="article_print"),
    path("<slug:slug>/picture/", views.picture, name="article_picture"),
]
