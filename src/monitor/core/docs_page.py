"""Docs page: the OpenAPI document as one plain page, readable without scripts."""

import base64
import hashlib
from html import escape
from typing import Any

_STYLE = """
body{font:14px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1080px;padding:16px 20px;color:#1c1f26;background:#fff}
h1{font-size:20px}h2{font-size:16px;margin:28px 0 6px}code,pre{font:12px/1.5 ui-monospace,monospace}
details{border-top:1px solid #dfe2e8;padding:6px 0}
summary{cursor:pointer}pre{background:#f5f6f8;padding:10px;overflow:auto}
b.m{display:inline-block;width:62px;font:600 12px ui-monospace,monospace;color:#5a3fd6}small{color:#5d6472}
table{border-collapse:collapse}td,th{text-align:left;padding:2px 14px 2px 0;vertical-align:top}nav a{margin-right:12px}
@media(prefers-color-scheme:dark){body{color:#e5e7ec;background:#14161b}details{border-color:#2b2f38}pre{background:#1c1f26}
b.m{color:#a893ff}small{color:#9aa1ae}a{color:#a893ff}}
"""

_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The page's content policy: this one style, and nothing that runs."""


def page(document: dict[str, Any]) -> str:
    """HTML of an OpenAPI document."""
    sections: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            sections.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    body = "".join(f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(ops)}' for tag, ops in sections.items())
    links = "".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in sections)
    schemas = "".join(
        f'<details id="schema-{escape(name)}"><summary><code>{escape(name)}</code></summary>{_fields(schema)}</details>'
        for name, schema in document["components"]["schemas"].items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Monitor API</title><style>{_STYLE}</style><h1>Monitor API {escape(document['info']['version'])}</h1>"
        '<p>The same for programs: <a href="/api/openapi.json">openapi.json</a>. Send an API key as '
        "<code>Authorization: Bearer …</code>; bodies are JSON; errors (401, 403, 404, 409, 422, "
        '429, 503) are RFC 9457 <a href="#schema-Problem">problems</a> that name each wrong field.'
        ' <a href="#live">Live topics</a>: the websocket <code>/api/live</code>.</p>'
        f'<nav>{links}</nav>{body}<h2 id="live">Live topics</h2>{_topics(document["x-topics"])}'
        f"<h2>Schemas</h2>{schemas}</html>"
    )


def _topics(topics: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code><td>{escape(topic['kind'])}<td>{escape(topic['needs'])}"
        f"<td>{_type(topic['parameters'])}<td>{_type(topic['event'])}<td>{escape(topic['description'])}"
        for name, topic in topics.items()
    )
    return f"<table><tr><th>topic<th>kind<th>needs<th>subscribe with<th>sends<th>{rows}</table>"


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    rows = "".join(
        f"<tr><td><code>{escape(p['name'])}</code><td>{escape(p['in'])}<td>{_type(p['schema'])}"
        f"<td>{escape(p['schema'].get('description', ''))}"
        for p in operation["parameters"]
    )
    answers = "".join(
        f"<tr><td><code>{status}</code><td>{escape(answer['description'])}<td>{_answer(answer)}"
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    )
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><b class="m">{method.upper()}</b> '
        f"<code>{escape(path)}</code> <small>{escape(operation['summary'])}</small></summary>"
        f"<p>{escape(operation['description'])}</p>"
        + (f"<table><tr><th>Parameter<th>In<th>Type<th>{rows}</table>" if rows else "")
        + (f"<p>Body</p>{_fields(body)}" if body and body["properties"] else "")
        + f"<table><tr><th>Answer<th><th>{answers}</table></details>"
    )


def _fields(schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code><td>{_type(field)}<td>{'required' if name in required else ''}"
        f"<td>{escape(str(field.get('description', '')))}"
        for name, field in schema.get("properties", {}).items()
    )
    words = escape(schema.get("description", ""))
    return f"<p>{words}</p><table>{rows}</table>" if rows else f"<p>{words} {_type(schema)}</p>"


def _answer(answer: dict[str, Any]) -> str:
    return " ".join(_type(content["schema"]) for content in answer.get("content", {}).values())


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#schema-{escape(name)}">{escape(name)}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(arm) for arm in schema["anyOf"])
    if "enum" in schema:
        return escape(" | ".join(str(value) for value in schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}) or {})}"
    return escape(str(schema.get("type", "anything")))
