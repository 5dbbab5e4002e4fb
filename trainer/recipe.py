"""Reads a recipe and checks it against `recipe.schema.json`, the file the command line checks it against too."""

import json
import math
import re
from pathlib import Path

from .errors import Problem

SCHEMA_PATH = Path(__file__).with_name("recipe.schema.json")
_TYPES = {"object": dict, "string": str, "array": list}
_CHECKED = {
    "type", "const", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "required", "properties", "additionalProperties",
}
_ANNOTATIONS = {"$schema", "title", "description"}


def load_recipe(path):
    """The recipe in the file `path` as a dict of plain values; `Problem` where it cannot be used."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The recipe {path} cannot be read ({reason(error)}); give the path of a recipe file.") from error
    try:
        recipe = json.loads(text, parse_constant=lambda word: float("nan"))
    except (ValueError, RecursionError) as error:
        raise Problem(f"The recipe {path} is not JSON ({error}); correct it and start again.") from error
    return check_recipe(recipe)


def check_recipe(recipe):
    """Returns `recipe` when it is valid, otherwise raises a `Problem` that names the field."""
    wrong = first_violation(recipe, json.loads(SCHEMA_PATH.read_text(encoding="utf-8")), "") or _cross_check(recipe)
    if wrong:
        raise Problem(f"The recipe is wrong: {wrong}.")
    return recipe


def first_violation(value, schema, path):
    """The first way in which `value` breaks `schema`, as half a sentence, or None.

    Knows the keywords that the recipe's schema uses; a schema with another keyword is an error of ours, so
    that no rule is passed over in silence.
    """
    unknown = set(schema) - _CHECKED - _ANNOTATIONS
    if unknown:
        raise NotImplementedError(f"JSON Schema keyword {sorted(unknown)[0]}")
    name = path or "the recipe"
    kind = schema.get("type")
    if kind and not _has_type(value, kind):
        return f"{name} must be {'an' if kind[0] in 'aio' else 'a'} {kind}, not {json.dumps(value)[:40]}"
    if "const" in schema and value != schema["const"]:
        return f"{name} must be {json.dumps(schema['const'])}, not {json.dumps(value)[:40]}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{name} must match {schema['pattern']}, and {json.dumps(value)[:80]} does not"
    for keyword, holds, words in (
        ("minimum", lambda limit: value >= limit, "at least"),
        ("maximum", lambda limit: value <= limit, "at most"),
        ("exclusiveMinimum", lambda limit: value > limit, "more than"),
        ("exclusiveMaximum", lambda limit: value < limit, "less than"),
        ("multipleOf", lambda limit: value % limit == 0, "a multiple of"),
    ):
        if keyword in schema and not holds(schema[keyword]):
            return f"{name} must be {words} {schema[keyword]}, not {value}"
    for key in schema.get("required", []):
        if key not in value:
            return f"{_join(path, key)} is missing"
    properties = schema.get("properties", {})
    for key, item in value.items() if isinstance(value, dict) else ():
        if key in properties:
            wrong = first_violation(item, properties[key], _join(path, key))
            if wrong:
                return wrong
        elif schema.get("additionalProperties") is False:
            return f"{_join(path, key)} is not a field of a recipe"
    return None


def reason(error):
    """What the operating system says about a failed file access, without the number and the path."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _cross_check(recipe):
    model, schedule, batch = recipe["model"], recipe["schedule"], recipe["batch"]
    if model["heads"] % model["kvHeads"]:
        return f"model.heads ({model['heads']}) must be a multiple of model.kvHeads ({model['kvHeads']})"
    if batch["microRows"] > batch["rows"]:
        return f"batch.microRows ({batch['microRows']}) must be at most batch.rows ({batch['rows']})"
    if schedule["warmupSteps"] + schedule["decaySteps"] > schedule["steps"]:
        return (
            f"schedule.warmupSteps and schedule.decaySteps ({schedule['warmupSteps']} + {schedule['decaySteps']}) "
            f"must fit into schedule.steps ({schedule['steps']})"
        )
    return None


def _has_type(value, kind):
    if kind in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return False
        return kind == "number" or isinstance(value, int)
    return isinstance(value, _TYPES[kind])


def _join(path, key):
    return f"{path}.{key}" if path else key
