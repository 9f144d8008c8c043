"""A composed document with the ministry's own words in place of some paragraphs. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .blocks import Document, Paragraph


def reworded(document: Document, words: Mapping[str, str]) -> Document:
    """Each line of the words is a paragraph; words for a key that is not there are not printed."""
    if not words:
        return document
    return replace(document, blocks=tuple(block for one in document.blocks for block in _said(one, words)))


def _said(block: Any, words: Mapping[str, str]) -> Iterator[Any]:
    if not isinstance(block, Paragraph) or not words.get(block.key, "").strip():
        yield block
        return
    for line in words[block.key].splitlines():
        if line.strip():
            yield replace(block, text=line.strip())
