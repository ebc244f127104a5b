"""Runs cases by name and says of each what came of it, a line of JSON each: {"case": NAME, "error": null or TEXT}."""
import json
import sys
import traceback

import grpc

ALL = {}


def case(function):
    ALL[function.__name__] = function
    return function


def run(*arguments):
    for name, function in ALL.items():
        try:
            function(*arguments)
            error = None
        except Exception:
            error = traceback.format_exc(limit=-3)
        print(json.dumps({"case": name, "error": error}), flush=True)


def fails(code, call):
    """The error a call ends with; its code has to be this one."""
    try:
        result = call()
    except grpc.RpcError as error:
        assert error.code() == code, f"expected {code}, got {error.code()}: {error.details()}"
        return error
    raise AssertionError(f"expected {code}, got an answer: {result!r:.200}")


def equal(expected, found):
    assert expected == found, f"expected {expected!r:.300}, found {found!r:.300}"


def violations(error):
    """What google.rpc.BadRequest in the details of an error says: (field, description)."""
    from google.rpc import error_pb2

    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    status = error_pb2.Status.FromString(details)
    equal(error.code().value[0], status.code)
    bad = error_pb2.BadRequest()
    for detail in status.details:
        if detail.Unpack(bad):
            return [(violation.field, violation.description) for violation in bad.field_violations]
    raise AssertionError("no BadRequest in the details")


def open_channel(target, **options):
    return grpc.insecure_channel(target, [(name.replace("__", "."), value) for name, value in options.items()])
