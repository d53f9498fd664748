"""Dataclasses and named tuples whose methods are compiled late do what the standard library's do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from annotator.model.late import NamedTuple, dataclass

COUNT = iter(range(1_000_000))


@dataclass(frozen=True, slots=True, order=True)
class Frozen:
    """Compared, ordered, hashed; what is not given is made."""

    name: str
    pages: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list, hash=False)
    number: int = field(default_factory=lambda: next(COUNT), init=False, compare=False, repr=False)
    size: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")
        object.__setattr__(self, "size", len(self.name))


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class LibraryFrozen:
    """The same by the standard library."""

    name: str
    pages: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list, hash=False)
    number: int = field(default_factory=lambda: next(COUNT), init=False, compare=False, repr=False)
    size: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")
        object.__setattr__(self, "size", len(self.name))


@dataclass(frozen=True, slots=True, order=True)
class FrozenOfMany:
    """Has so many fields that it is made as one of a class that can be changed."""

    name: str
    pages: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list, hash=False)
    number: int = field(default_factory=lambda: next(COUNT), init=False, compare=False, repr=False)
    size: int = field(init=False, default=0)
    first: int = 1
    second: int = 2
    third: int = 3

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")
        object.__setattr__(self, "size", len(self.name))


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class LibraryFrozenOfMany:
    """The same by the standard library."""

    name: str
    pages: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list, hash=False)
    number: int = field(default_factory=lambda: next(COUNT), init=False, compare=False, repr=False)
    size: int = field(init=False, default=0)
    first: int = 1
    second: int = 2
    third: int = 3

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")
        object.__setattr__(self, "size", len(self.name))


@dataclass(slots=True)
class Open:
    """Can be changed, and so has no hash."""

    name: str
    parts: list[str] = field(default_factory=list)


@dataclasses.dataclass(slots=True)
class LibraryOpen:
    """The same by the standard library."""

    name: str
    parts: list[str] = field(default_factory=list)


PAIRS = [(Frozen, LibraryFrozen), (FrozenOfMany, LibraryFrozenOfMany), (Open, LibraryOpen)]


def outcome(do: Callable[[], object]) -> str:
    """What comes of it, or the error, with the names of the two classes made one."""
    try:
        found = do()
    except Exception as error:  # noqa: BLE001 - whatever the standard library raises
        found = f"{type(error).__name__}: {error}"
    return str(found).replace("LibraryFrozen", "Frozen").replace("LibraryOpen", "Open")


@pytest.mark.parametrize(("ours", "library"), PAIRS)
@pytest.mark.parametrize(
    "use",
    [
        lambda cls: cls("a"),
        lambda cls: cls(name="a"),
        lambda cls: cls("a", ["b"]),
        lambda cls: cls(),
        lambda cls: cls(""),
        lambda cls: cls("a", wrong=1),
        lambda cls: cls(1, 2, 3, 4),
        lambda cls: cls("a") == cls("a"),
        lambda cls: cls("a") == cls("b"),
        lambda cls: cls("a") == "a",
        lambda cls: cls("a") < cls("b"),
        lambda cls: [cls("a") <= cls("a"), cls("a") > cls("b"), cls("b") >= cls("a")],
        lambda cls: cls("a") < 1,
        lambda cls: hash(cls("a")) == hash(cls("a")),
        lambda cls: len({cls("a"), cls("a"), cls("b")}),
        lambda cls: setattr(cls("a"), "name", "b"),
        lambda cls: delattr(cls("a"), "name"),
        lambda cls: dataclasses.replace(cls("a"), name="b"),
        lambda cls: dataclasses.replace(cls("a"), size=2),
        lambda cls: dataclasses.asdict(cls("a")).keys(),
        lambda cls: [(each.name, each.type, each.init) for each in dataclasses.fields(cls)],
        lambda cls: dataclasses.is_dataclass(cls),
        lambda cls: copy.deepcopy(cls("a", [1])),
        lambda cls: pickle.loads(pickle.dumps(cls("a", [1]))),
        lambda cls: cls.__match_args__,
        lambda cls: cls.__doc__ is not None,
        lambda cls: hasattr(cls("a"), "__dict__"),
    ],
)
def test_it_does_what_the_standard_library_does(
    use: Callable[[type], object], ours: type[Any], library: type[Any]
) -> None:
    assert outcome(lambda: use(ours)) == outcome(lambda: use(library))


def test_defaults_are_made_anew_for_each() -> None:
    first, second = Frozen("a"), Frozen("a")
    assert first.notes is not second.notes
    assert first.number != second.number


@pytest.mark.parametrize("cls", [Frozen, FrozenOfMany])
@pytest.mark.parametrize("own", [{"__slots__": ()}, {"__slots__": ("more",)}, {}])
def test_what_is_below_a_frozen_class_stays_what_it_is(cls: type[Any], own: dict[str, Any]) -> None:
    below = type("Below", (cls,), own)
    assert type(below("a")) is below
    assert below("a").size == 1
    with pytest.raises(FrozenInstanceError):
        below("a").name = "b"


def test_a_written_method_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

    assert repr(Named("a")) == "<a>"


def test_without_slots_what_is_computed_once_is_kept() -> None:
    @dataclass(frozen=True)
    class Kept:
        name: str

    kept = Kept("a")
    vars(kept)["computed"] = 1
    assert vars(kept) == {"name": "a", "computed": 1}
    with pytest.raises(FrozenInstanceError):
        kept.name = "b"  # type: ignore[misc]


def test_methods_are_compiled_when_they_are_first_called() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        name: str

    before = Late.__init__
    Late("a")
    assert Late.__init__ is not before
    compiled = Late.__init__
    Late("b")
    assert Late.__init__ is compiled


def test_who_compares_in_a_way_of_its_own_has_a_hash_all_the_same() -> None:
    @dataclass(frozen=True, slots=True)
    class Alike:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Alike)

    assert hash(Alike("a")) == hash(Alike("a"))
    assert Alike("a") == Alike("b")


class Below:
    """What a class of many fields may stand below; its instances have a dictionary."""


@dataclass(frozen=True, slots=True)
class Many(Below):
    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int


def test_a_frozen_class_of_many_fields_may_stand_below_another() -> None:
    made = Many(*range(8))
    assert [getattr(made, name) for name in "abcdefgh"] == list(range(8))
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.a = 1  # type: ignore[misc]


def test_what_it_does_not_do_is_refused_when_a_class_is_made() -> None:
    with pytest.raises(TypeError, match="by its name alone"):

        @dataclass(frozen=True, slots=True)
        class Named:
            name: str = field(kw_only=True)


# Named tuples


class Row(NamedTuple):
    """A row of names."""

    name: str
    pages: tuple[int, ...] = ()
    note: str = "none"

    @property
    def shouted(self) -> str:
        return self.name.upper()


class LibraryRow(typing.NamedTuple):
    """The same by the standard library."""

    name: str
    pages: tuple[int, ...] = ()
    note: str = "none"

    @property
    def shouted(self) -> str:
        return self.name.upper()


class Empty(NamedTuple):
    """Nothing."""


class LibraryEmpty(typing.NamedTuple):
    """The same by the standard library."""


@pytest.mark.parametrize(
    "use",
    [
        lambda row: row("a"),
        lambda row: row(pages=(1,), name="a"),
        lambda row: row(),
        lambda row: row("a", (), "", 4),
        lambda row: row("a", wrong=1),
        lambda row: row("a") == ("a", (), "none"),
        lambda row: [row("a") < row("b"), hash(row("a")) == hash(row("a"))],
        lambda row: row("a").shouted,
        lambda row: row("a")._replace(note="b"),
        lambda row: row("a")._asdict(),
        lambda row: row._make(["a", (), "b"]),
        lambda row: row._make(["a"]),
        lambda row: (row._fields, row._field_defaults, row.__match_args__, row.__doc__ is not None),
        lambda row: row("a")[:2],
        lambda row: setattr(row("a"), "name", "b"),
        lambda row: setattr(row("a"), "other", "b"),
        lambda row: copy.deepcopy(row("a", [1])),
        lambda row: pickle.loads(pickle.dumps(row("a", [1]))),
        lambda row: [row("a"), row("b"), row("c", (2,))],
        lambda row: (row.__module__, row.__qualname__, row.__annotations__.keys()),
    ],
)
def test_a_named_tuple_is_as_the_standard_librarys(use: Callable[[Any], object]) -> None:
    library = outcome(lambda: use(LibraryRow))
    assert outcome(lambda: use(Row)) == library.replace("LibraryRow", "Row")


def test_a_named_tuple_may_have_no_fields() -> None:
    assert tuple(Empty()) == tuple(LibraryEmpty())
    assert repr(Empty()) == "Empty()"


def test_what_makes_a_named_tuple_is_compiled_when_the_first_is_made() -> None:
    class Late(NamedTuple):
        name: str

    before = Late.__new__
    assert Late("a").name == "a"
    compiled = Late.__new__
    assert compiled is not before
    assert Late("b") == ("b",)
    assert Late.__new__ is compiled
