"""The picture of a curriculum: topics down, levels across, modules where they cross."""

from dataclasses import dataclass

from .models import Curriculum, CurriculumLevel, Module, Topic


@dataclass(frozen=True)
class Cell:
    level: CurriculumLevel
    place: int  # from 1, lowest level first
    modules: list[Module]


@dataclass(frozen=True)
class Row:
    topic: Topic
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    levels: list[CurriculumLevel]
    rows: list[Row]
    has_modules: bool


def matrix_of(curriculum: Curriculum) -> Matrix:
    """Reads prefetched levels, topics and modules; no query of its own."""
    levels = sorted(curriculum.levels.all(), key=lambda one: one.level.position)
    modules = list(curriculum.modules.all())
    rows = [
        Row(
            topic,
            [
                Cell(
                    one,
                    place,
                    [m for m in modules if (m.level_id, m.topic_id) == (one.level_id, topic.pk)],
                )
                for place, one in enumerate(levels, 1)
            ],
        )
        for topic in sorted(curriculum.topics.all(), key=lambda topic: topic.position)
    ]
    return Matrix(levels, rows, has_modules=bool(modules))
