"""Runs programs under CPython. Reads JSON lists of [source, [[function, arguments], ...]]; prints outcomes with tags."""

import json
import math
import sys
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta


def read(tagged, names):
    tag, *rest = tagged
    if tag == "none":
        return None
    if tag == "float":
        return float(rest[0])
    if tag == "date":
        return date.fromisoformat(rest[0])
    if tag in ("list", "tuple", "set"):
        return {"list": list, "tuple": tuple, "set": set}[tag](read(item, names) for item in rest[0])
    if tag == "dict":
        return {read(key, names): read(value, names) for key, value in rest[0]}
    if tag == "record":
        return names[rest[0]](*(read(value, names) for value in rest[1]))
    return rest[0]


def write(value):
    if value is None:
        return ["none"]
    if isinstance(value, float):
        return ["float", repr(value)]
    if isinstance(value, timedelta):
        assert value == timedelta(days=value.days)
        return ["days", value.days]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, (list, tuple, set)):
        items = [write(item) for item in value]
        return [type(value).__name__, sorted(items, key=json.dumps) if isinstance(value, set) else items]
    if isinstance(value, dict):
        return ["dict", [[write(key), write(item)] for key, item in value.items()]]
    if is_dataclass(value):
        return ["record", type(value).__name__, [write(getattr(value, field.name)) for field in fields(value)]]
    return [type(value).__name__, value]


def outcome(function, arguments):
    try:
        return write(function(*arguments))
    except Exception as error:
        return ["raised", type(error).__name__]


answers = []
for source, calls in json.load(sys.stdin):
    names = {"math": math, "date": date, "timedelta": timedelta, "dataclass": dataclass}
    exec("from __future__ import annotations\n" + source, names)
    answers.append([outcome(names[name], [read(value, names) for value in given]) for name, given in calls])
json.dump(answers, sys.stdout)
