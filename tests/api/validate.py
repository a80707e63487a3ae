#!/usr/bin/env python3
"""Holds the description of the interfaces against its own rules, the routes that there are, and
answers that were really given.

  validate.py OPENAPI.json ROUTES ANSWERS

ROUTES: "METHOD /path" a line.  ANSWERS: a JSON object a line, with method, target, status, type and
body.  Prints what does not fit, a line each, and ends with 1 when there is anything.

OpenAPI 3.1.0 (spec.openapis.org/oas/v3.1.0): its schemas are JSON Schema, Draft 2020-12.
"""
import json
import re
import sys
import urllib.parse

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
ROOT = {"openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components",
        "security", "tags", "externalDocs"}
PATH_ITEM = METHODS | {"summary", "description", "servers", "parameters", "$ref"}
OPERATION = {"tags", "summary", "description", "externalDocs", "operationId", "parameters",
             "requestBody", "responses", "callbacks", "deprecated", "security", "servers"}
RESPONSE = {"description", "headers", "content", "links"}
problems = []


def complain(*words):
    problems.append(" ".join(str(word) for word in words))


def resolve(document, reference):
    if not reference.startswith("#/"):
        raise KeyError(reference)
    found = document
    for part in reference[2:].split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def followed(document, value):
    return resolve(document, value["$ref"]) if "$ref" in value else value


def walk(value, place="#"):
    yield place, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from walk(inner, f"{place}/{key}")


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield path, method, item[method]


def check_references(document):
    used = set()
    for place, value in walk(document):
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            used.add(value["$ref"])
            try:
                resolve(document, value["$ref"])
            except (KeyError, TypeError):
                complain(place, "leads nowhere:", value["$ref"])
    for kind in ("schemas", "responses", "headers"):
        for name in document["components"].get(kind, {}):
            if f"#/components/{kind}/{name}" not in used:
                complain(kind, name, "is used nowhere")


def check_schema(place, schema, closed):
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        complain(place, error.message)
    if not closed:
        return
    # A member that nobody described must not pass.
    for inner, value in walk(schema, place):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict) and "type" in value:
            if value.get("additionalProperties") is not False:
                complain(inner, "is open to members that are not described")


def check_operation(document, path, method, operation):
    place = f"{method.upper()} {path}"
    for member in set(operation) - OPERATION:
        complain(place, "has the unknown member", member)
    if not operation.get("responses"):
        complain(place, "has no responses")
    tags = {tag["name"] for tag in document["tags"]}
    for tag in operation.get("tags", ["(none)"]):
        if tag not in tags:
            complain(place, "has the unknown tag", tag)
    for requirement in operation.get("security", [{"(none)": []}]):
        for scheme in set(requirement) - set(document["components"]["securitySchemes"]):
            complain(place, "needs the unknown scheme", scheme)
    declared = set()
    for parameter in operation.get("parameters", []):
        parameter = followed(document, parameter)
        if parameter["in"] not in {"path", "query", "header", "cookie"} or "schema" not in parameter:
            complain(place, "parameter", parameter.get("name"), "is not one")
        if parameter["in"] == "path":
            declared.add(parameter["name"])
            if parameter.get("required") is not True:
                complain(place, "path parameter", parameter["name"], "is not required")
    if declared != set(re.findall(r"{(\w+)}", path)):
        complain(place, "declares", declared, "as parts of its path")
    for status, response in operation.get("responses", {}).items():
        response = followed(document, response)
        if not re.fullmatch(r"[1-5]\d\d|default", status):
            complain(place, "has the status", status)
        if "description" not in response or set(response) - RESPONSE:
            complain(place, status, "is not described as a response")


def check_document(document):
    if not re.fullmatch(r"3\.1\.\d+", document.get("openapi", "")):
        complain("openapi is", document.get("openapi"))
    for member in set(document) - ROOT:
        complain("unknown member", member)
    for member in {"title", "version"} - set(document["info"]):
        complain("info has no", member)
    check_references(document)
    names = [operation.get("operationId") for _, _, operation in operations(document)]
    if len(set(names)) != len(names) or None in names:
        complain("operationIds are missing or come twice")
    for path, item in document["paths"].items():
        if not path.startswith("/") or set(item) - PATH_ITEM:
            complain(path, "is no path item")
    for path, method, operation in operations(document):
        check_operation(document, path, method, operation)
        for media in operation.get("requestBody", {}).get("content", {}).values():
            check_schema(f"{path} request", media["schema"], False)
        for status, response in operation["responses"].items():
            for media in followed(document, response).get("content", {}).values():
                check_schema(f"{path} {status}", media["schema"], True)
    requests = {"EnrolRequest", "Canary", "Batch", "Health"}  # may carry more: docs/protocol.md
    for name, schema in document["components"]["schemas"].items():
        check_schema(name, schema, name not in requests)


def check_routes(document, routes):
    described = {f"{method.upper()} {path}" for path, method, _ in operations(document)}
    for route in sorted(routes - described):
        complain(route, "is not described")
    for route in sorted(described - routes):
        complain(route, "is described and not there")


def operation_of(document, method, target):
    path = urllib.parse.unquote(target.split("?")[0])
    if path in document["paths"]:
        return path, document["paths"][path].get(method.lower())
    for template, item in document["paths"].items():
        pattern = "".join("[^/]+" if part.startswith("{") else re.escape(part)
                          for part in re.split(r"({\w+})", template))
        if template == "/odata/{resource}":
            pattern = "/odata/.+"
        if re.fullmatch(pattern, path):
            return template, item.get(method.lower())
    return None, None


def check_answer(document, answer, seen):
    place = f"{answer['method']} {answer['target']} {answer['status']}"
    template, operation = operation_of(document, answer["method"], answer["target"])
    if operation is None and answer["status"] == 405:
        operation = document["paths"][template].get("get") or document["paths"][template]["post"]
    if operation is None:
        return complain(place, "is no operation")
    response = operation["responses"].get(str(answer["status"]))
    if response is None:
        return complain(place, "has a status that is not described")
    seen.add((template, answer["status"]))
    content = followed(document, response).get("content", {})
    if not answer["body"] and not content:
        return None
    media = answer["type"].split(";")[0]
    if media not in content:
        return complain(place, "has the type", media)
    value = json.loads(answer["body"]) if media == "application/json" else answer["body"]
    schema = {**content[media]["schema"], "components": document["components"]}
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    for error in list(checker.iter_errors(value))[:3]:
        complain(place, "/".join(map(str, error.absolute_path)), error.message[:300])
    return None


def main(document_file, routes_file, answers_file):
    with open(document_file, encoding="utf-8") as file:
        document = json.load(file)
    with open(routes_file, encoding="utf-8") as file:
        routes = set(file.read().splitlines())
    with open(answers_file, encoding="utf-8") as file:
        answers = [json.loads(line) for line in file]
    check_document(document)
    check_routes(document, routes)
    seen = set()
    for answer in answers:
        check_answer(document, answer, seen)
    for path, method, operation in operations(document):
        good = [status for status in operation["responses"] if status.startswith("2")]
        for status in good or ["404"]:
            if (path, int(status)) not in seen:
                complain(method.upper(), path, "was never answered", status)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
