"""Dataclasses and named tuples whose methods are compiled late: a start makes many classes and uses few of them.

The standard library compiles six to ten methods of every dataclass when it makes the class, which takes half a
millisecond. Here the fields, slots and `__match_args__` are its own and the methods do what its do, but making a class
takes a tenth of that. Of a named tuple it compiles `__new__` and each annotation, which takes fifteen times as long as
the rest.
"""

from __future__ import annotations

import collections
import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from dataclasses import dataclass as dataclass
    from typing import NamedTuple as NamedTuple
else:

    class _TupleMaker(type):
        """Makes a class that is written like one of `typing.NamedTuple`."""

        def __new__(cls, name: str, bases: tuple[type, ...], written: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, written)
            fields = tuple(written.get("__annotations__", ()))
            defaults = {field: written.pop(field) for field in fields if field in written}
            about = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "__slots__": ()}
            getters = {field: collections._tuplegetter(at, None) for at, field in enumerate(fields)}
            made = type(name, (_Tuple,), {**written, **about, **getters})
            made.__new__ = _late_new(made)
            return made

    class NamedTuple(metaclass=_TupleMaker):
        """A class below this one is a named tuple, as below the standard library's."""

    def dataclass(*, frozen: bool = False, slots: bool = False, order: bool = False) -> Callable[[type], type]:
        """A decorator that makes a class a dataclass, as the standard library's does with these parameters.

        Two are compared as tuples of their fields, as Python 3.11 does. Raises TypeError for a field that is given by
        its name alone.
        """

        def decorated(cls: type) -> type:
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
            methods = {"__repr__": _repr, "__init__": _late(made, "__init__", _init_of_frozen if frozen else _init)}
            methods |= {name: _late(made, name, _comparison) for name in ("__eq__", *(_ORDER if order else ()))}
            methods |= {"__hash__": _late(made, "__hash__", _hash), **_FROZEN} if frozen else {"__hash__": None}
            methods |= _PICKLED if frozen and slots else {}
            _give(made, methods, _written(cls))
            return made

        return decorated


def _give(made: type, methods: dict[str, Any], written: set[str]) -> None:
    """Give the class the methods that nobody wrote; raises TypeError for a field that is given by its name alone."""
    for name, method in methods.items():
        if name not in written:
            setattr(made, name, method)
    if any(field.kw_only for field in _fields(made)):
        raise TypeError(f"{made.__name__}: what is given by its name alone is not done here")


def _written(cls: type) -> set[str]:
    """The names of what the class has of its own; that it has no hash is Python's doing where it compares itself."""
    written = set(vars(cls))
    return written - {"__hash__"} if "__eq__" in written and vars(cls).get("__hash__") is None else written


_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}

Names = dict[str, object]
"""What the source of a method means by its names."""


def _late(cls: type, name: str, source_of: Callable[[type, str, Names], str]) -> Callable[..., Any]:
    """A method that compiles itself when it is called, and stands in the class as what it compiled from then on."""

    def late(self: object, *given: object, **named: object) -> Any:
        names: Names = {"__name__": cls.__module__}
        exec(source_of(cls, name, names), names)  # noqa: S102 - made of the names of fields alone
        method: Any = names[name]
        method.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, method)
        return method(self, *given, **named)

    return late


def _init(cls: type, name: str, names: Names) -> str:
    return _init_with(cls, name, names, _set(cls, _SET))


def _init_with(cls: type, name: str, names: Names, body: Sequence[str]) -> str:
    """The source of an `__init__` that takes the fields, and whose body sets them."""
    fields = _fields_set(cls)
    names |= {_default(field): field.default for field in fields if field.default_factory is MISSING}
    names |= {_default(field): field.default_factory for field in fields if field.default_factory is not MISSING}
    names["_missing"] = MISSING
    given = ", ".join(["self", *(_parameter(field) for field in fields if field.init)])
    after = ["self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    return "\n ".join([f"def {name}({given}):", *body, *after, "return"])


_SET = "self.{} = {{}}".format


def _set(cls: type, put: Callable[[str], str]) -> list[str]:
    """The lines that set each field as `put` says of its name."""
    return [put(field.name).format(_first_value(field)) for field in _fields_set(cls)]


def _fields_set(cls: type) -> list[Field[Any]]:
    return [field for field in _fields(cls) if field.init or _has_default(field)]


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _default(field: Field[Any]) -> str:
    """The name of a field's default, or of what makes it."""
    return f"_default_{field.name}"


def _parameter(field: Field[Any]) -> str:
    if not _has_default(field):
        return field.name
    return f"{field.name}={'_missing' if field.default is MISSING else _default(field)}"


def _first_value(field: Field[Any]) -> str:
    """The source of what a field is when an instance is made."""
    made = _default(field) if field.default_factory is MISSING else f"{_default(field)}()"
    if not field.init:
        return made
    return field.name if field.default_factory is MISSING else f"{made} if {field.name} is _missing else {field.name}"


def _init_of_frozen(cls: type, name: str, names: Names) -> str:
    slots = [field.name for field in _fields(cls) if isinstance(vars(cls).get(field.name), MemberDescriptorType)]
    names["_put"] = object.__setattr__
    # A slot's own way in is quicker than by its name.
    names |= {f"_put_{name}": getattr(cls, name).__set__ for name in slots}

    def put(name: str) -> str:
        return f"_put_{name}(self, {{}})" if f"_put_{name}" in names else f"_put(self, {name!r}, {{}})"

    body = _set(cls, put)
    if len(slots) == len(_fields(cls)) >= _MANY and cls.__bases__ == (object,):
        # To set an attribute is quickest, so until all are set it is of a class that lets them be. Python takes one
        # for the other where both have the same slots and nothing above them, so not what is of a class below.
        names |= {"_cls": cls, "_open": type(cls.__name__, (), {"__slots__": tuple(slots)})}
        names["_be"] = vars(object)["__class__"].__set__
        quickly = ["_be(self, _open)", *_set(cls, _SET), "self.__class__ = _cls"]
        body = [
            "if self.__class__ is _cls:",
            *(f" {line}" for line in quickly),
            "else:",
            *(f" {line}" for line in body),
        ]
    return _init_with(cls, name, names, body)


_MANY = 8
"""Of so many fields on that takes less than setting them by their slots."""


def _comparison(cls: type, name: str, _names: Names) -> str:
    compared = [field for field in _fields(cls) if field.compare]
    mine, others = _values("self", compared), _values("other", compared)
    compares = f"return {mine} {_ORDER.get(name, '==')} {others}"
    return f"def {name}(self, other):\n {compares} if other.__class__ is self.__class__ else NotImplemented"


def _hash(cls: type, name: str, _names: Names) -> str:
    fields = [field for field in _fields(cls) if (field.compare if field.hash is None else field.hash)]
    return f"def {name}(self):\n return hash({_values('self', fields)})"


def _values(whose: str, fields: Sequence[Field[Any]]) -> str:
    """The source of a tuple of these fields' values."""
    return f"({''.join(f'{whose}.{field.name}, ' for field in fields)})"


def _fields(cls: Any) -> Sequence[Field[Any]]:
    return dataclasses.fields(cls)


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in _fields(self) if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001 - as Python calls it
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in _fields(self)]


def _set_state(self: Any, state: Sequence[object]) -> None:
    for field, value in zip(_fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN = {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
_PICKLED = {"__getstate__": _state, "__setstate__": _set_state}
"""Without these, to unpickle what has slots is to set its attributes."""


# Named tuples


class _Tuple(tuple[Any, ...]):
    """What all named tuples do, as the standard library's."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]]
    _field_defaults: ClassVar[dict[str, Any]]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changed: Any) -> Self:
        made = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise ValueError(f"Got unexpected field names: {list(changed)!r}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        shown = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{type(self).__name__}({shown})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _late_new(cls: type[_Tuple]) -> Callable[..., Any]:
    """A `__new__` that compiles itself when the first of the class is made, and stands in the class from then on."""

    def late(_cls: type, *given: object, **named: object) -> Any:
        names: Names = {"_new": tuple.__new__, "__name__": cls.__module__}
        names |= {f"_default_{field}": default for field, default in cls._field_defaults.items()}
        given_as = (f", {name}=_default_{name}" if name in cls._field_defaults else f", {name}" for name in cls._fields)
        values = "".join(f"{name}, " for name in cls._fields)
        source = f"def __new__(_cls{''.join(given_as)}):\n return _new(_cls, ({values}))"
        exec(source, names)  # noqa: S102 - made of the names of fields alone
        new: Any = names["__new__"]
        new.__qualname__ = f"{cls.__qualname__}.__new__"
        cls.__new__ = staticmethod(new)  # type: ignore[method-assign]  # what the class is made with
        return new(_cls, *given, **named)

    return staticmethod(late)
