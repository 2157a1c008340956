"""Draws values of any type of messages: of the right form, with odd texts and numbers in them."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from tests.fuzz import hostile

NUMBERS = (0, 1, -1, 7, 2**31, 2**63 - 1, -(2**63))
SHORT = tuple(text for text in hostile.TEXTS if len(text) < 400)


def of_type(wanted: Any, words: Sequence[str]) -> st.SearchStrategy[Any]:
    """Draw a value of a type as msgspec's builtins; `words` are texts that name something which exists."""
    return _drawn(inspect.type_info(wanted), st.sampled_from([*words, *words, *SHORT]))


def _drawn(info: inspect.Type, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    match info:
        case inspect.StructType() | inspect.DataclassType():
            return _record(info, texts)
        case inspect.UnionType(types):
            return st.one_of([_drawn(one, texts) for one in types])
        case inspect.ListType(item) | inspect.VarTupleType(item) | inspect.FrozenSetType(item):
            return st.lists(_drawn(item, texts), max_size=3)
        case inspect.DictType(key, value):
            return st.dictionaries(_drawn(key, texts), _drawn(value, texts), max_size=3)
        case inspect.StrType():
            return texts
        case inspect.BytesType():
            return st.binary(max_size=20)
        case inspect.TupleType(items):
            return st.tuples(*(_drawn(one, texts) for one in items)).map(list)
        case inspect.NamedTupleType():
            return st.tuples(*(_drawn(one.type, texts) for one in info.fields)).map(list)
        case inspect.IntType():
            return st.sampled_from(NUMBERS)
        case inspect.FloatType():
            return st.sampled_from((0.0, -0.5, 1e300))
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.EnumType(enum):
            return st.sampled_from([one.value for one in enum])
        case inspect.LiteralType(values):
            return st.sampled_from(values)
        case inspect.Metadata(inner):
            return _drawn(inner, texts)
        case inspect.AnyType():
            return hostile.json_values
    raise NotImplementedError(f"tests/link/typed_values.py draws no {info}; add its type there")


def _record(info: inspect.StructType | inspect.DataclassType, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Draw an object, or the array of a Struct that is array_like; both with the tag, if the type has one."""
    tag = getattr(info, "tag", None)
    fields = {one.encode_name: _drawn(one.type, texts) for one in info.fields}
    if getattr(info, "array_like", False):
        return st.tuples(*([st.just(tag)] if tag else []), *fields.values()).map(list)
    tagged = {str(getattr(info, "tag_field", "")): st.just(tag)} if tag else {}
    return st.fixed_dictionaries({**tagged, **fields})
