"""The stock Python client against a server of interop.proto: interop_client.py TARGET"""
import sys
import threading
import time

import grpc
from grpc import StatusCode

import cases
from cases import case, equal, fails
from interop.v1.interop_pb2 import Request
from interop.v1.interop_pb2_grpc import InteropServiceStub

MIB = 1024 * 1024
PATIENCE = 60  # seconds; what takes this long hangs


class Streams:
    """Requests that a thread reading slowly lets through one by one; how many it has taken so far."""

    def __init__(self, requests):
        self.taken = 0
        self._requests = requests

    def __iter__(self):
        for request in self._requests:
            self.taken += 1
            yield request


def still(count):
    """What a count stays at, once it has moved and moves no more."""
    last, since = count(), time.monotonic()
    while last == 0 or time.monotonic() - since < 0.3:
        time.sleep(0.02)
        if (now := count()) != last:
            last, since = now, time.monotonic()
    return last


@case
def unary(stub):
    equal("größer", stub.Unary(Request(text="größer"), timeout=PATIENCE).text)
    equal(b"\0\xff", stub.Unary(Request(payload=b"\0\xff"), timeout=PATIENCE).payload)
    equal("", stub.Unary(Request(), timeout=PATIENCE).text)


@case
def server_stream(stub):
    equal(list(range(500)), [r.number for r in stub.ServerStream(Request(count=500), timeout=PATIENCE)])
    equal([], list(stub.ServerStream(Request(), timeout=PATIENCE)))


@case
def client_stream(stub):
    answer = stub.ClientStream((Request(text=str(i)) for i in range(500)), timeout=PATIENCE)
    equal((500, "".join(map(str, range(500)))), (answer.number, answer.text))
    equal(0, stub.ClientStream(iter(()), timeout=PATIENCE).number)


@case
def bidi(stub):
    # Each message is sent only when the answer to the one before is here.
    turn = threading.Semaphore(1)

    def requests():
        for i in range(200):
            turn.acquire()
            yield Request(text=str(i))

    texts = []
    for answer in stub.Bidi(requests(), timeout=PATIENCE):
        texts.append(answer.text)
        turn.release()
    equal([str(i) for i in range(200)], texts)


@case
def deadline(stub):
    begun = []
    for timeout in (0.3, 3, 30):  # the shortest one within which the server begins
        call = stub.Hang(Request(key="py-late"), timeout=timeout)
        fails(StatusCode.DEADLINE_EXCEEDED, lambda: [begun.append(answer) for answer in call])
        if begun:
            break
    equal(1, stub.WaitCancelled(Request(key="py-late"), timeout=PATIENCE).number)


@case
def client_cancels(stub):
    call = stub.Hang(Request(key="py-cancelled"), timeout=PATIENCE)
    next(call)
    call.cancel()
    fails(StatusCode.CANCELLED, lambda: next(call))
    equal(1, stub.WaitCancelled(Request(key="py-cancelled"), timeout=PATIENCE).number)


@case
def client_cancels_while_sending(stub):
    stop = threading.Event()

    def requests():
        yield Request(text="one", key="py-cancelled-sending")
        stop.wait(PATIENCE)

    call = stub.Bidi(requests(), timeout=PATIENCE)
    equal("one", next(call).text)
    call.cancel()
    stop.set()
    equal(1, stub.WaitCancelled(Request(key="py-cancelled-sending"), timeout=PATIENCE).number)


@case
def server_ends_first(stub):
    stop = threading.Event()

    def requests():
        yield Request(text="one")
        yield Request(code=StatusCode.ABORTED.value[0], text="enough")
        stop.wait(PATIENCE)

    call = stub.Bidi(requests(), timeout=PATIENCE)
    equal("one", next(call).text)
    error = fails(StatusCode.ABORTED, lambda: next(call))
    equal("enough", error.details())
    stop.set()


@case
def metadata(stub):
    sent = (("x-echo", "one"), ("x-echo", "two"), ("x-echo-bin", b"\0\x01\xff"), ("x-trail", "end"), ("x-trail-bin", bytes(range(256))))
    _, call = stub.Unary.with_call(Request(), timeout=PATIENCE, metadata=sent)
    headers, trailers = list(call.initial_metadata()), list(call.trailing_metadata())
    equal(["one", "two"], [v for k, v in headers if k == "x-echo"])
    equal([b"\0\x01\xff"], [v for k, v in headers if k == "x-echo-bin"])
    equal(["end"], [v for k, v in trailers if k == "x-trail"])
    equal([bytes(range(256))], [v for k, v in trailers if k == "x-trail-bin"])


@case
def large_messages(stub):
    payload = bytes(range(256)) * (3 * MIB // 256)
    equal(payload, stub.Unary(Request(payload=payload), timeout=PATIENCE).payload)
    fails(StatusCode.RESOURCE_EXHAUSTED, lambda: stub.Unary(Request(payload=bytes(5 * MIB)), timeout=PATIENCE))
    # The client's own limit, and the connection lives on.
    fails(StatusCode.RESOURCE_EXHAUSTED, lambda: stub.Unary(Request(size=5 * MIB), timeout=PATIENCE))
    equal("after", stub.Unary(Request(text="after"), timeout=PATIENCE).text)


@case
def gzip(stub):
    answer, call = stub.Unary.with_call(Request(payload=bytes(MIB), compress=True), timeout=PATIENCE, compression=grpc.Compression.Gzip)
    equal((MIB, 1), (len(answer.payload), answer.number))
    equal("gzip", dict(call.trailing_metadata())["x-answer-encoding"])
    answer, call = stub.Unary.with_call(Request(payload=bytes(100)), timeout=PATIENCE)
    equal((100, 0), (len(answer.payload), answer.number))
    equal("identity", dict(call.trailing_metadata())["x-answer-encoding"])
    texts = [r.text for r in stub.Bidi((Request(text=str(i) * 1000, compress=True) for i in range(10)), timeout=PATIENCE, compression=grpc.Compression.Gzip)]
    equal([str(i) * 1000 for i in range(10)], texts)


@case
def gzip_is_limited_by_what_comes_out(stub):
    fails(StatusCode.RESOURCE_EXHAUSTED, lambda: stub.Unary(Request(payload=bytes(64 * MIB)), timeout=PATIENCE, compression=grpc.Compression.Gzip))


@case
def every_status(stub):
    for code in list(StatusCode)[1:]:
        error = fails(code, lambda: stub.Fail(Request(code=code.value[0], text=f"it is {code.name}"), timeout=PATIENCE))
        equal(f"it is {code.name}", error.details())


@case
def status_details(stub):
    error = fails(StatusCode.INVALID_ARGUMENT, lambda: stub.Fail(Request(code=3, text="50 % größer\n✓", key="mtu"), timeout=PATIENCE))
    equal("50 % größer\n✓", error.details())
    equal([("mtu", "50 % größer\n✓")], cases.violations(error))


@case
def status_after_messages(stub):
    call = stub.FailStream(Request(code=9, text="later", key="mtu", count=3), timeout=PATIENCE)
    equal([0, 1, 2], [next(call).number for _ in range(3)])
    error = fails(StatusCode.FAILED_PRECONDITION, lambda: next(call))
    equal(("later", [("mtu", "later")]), (error.details(), cases.violations(error)))


@case
def unknown_method(stub):
    method = stub.channel.unary_unary("/interop.v1.InteropService/Nothing")
    fails(StatusCode.UNIMPLEMENTED, lambda: method(b"", timeout=PATIENCE))
    method = stub.channel.unary_unary("/interop.v1.Nobody/Unary")
    fails(StatusCode.UNIMPLEMENTED, lambda: method(b"", timeout=PATIENCE))


@case
def bytes_that_are_no_message(stub):
    method = stub.channel.unary_unary("/interop.v1.InteropService/Unary")
    try:
        method(b"\x0a\xff\xff\xff\xff\x0f", timeout=PATIENCE)
    except grpc.RpcError as error:
        assert error.code() in (StatusCode.INTERNAL, StatusCode.UNKNOWN), error
    else:
        raise AssertionError("taken for a message")
    equal("after", stub.Unary(Request(text="after"), timeout=PATIENCE).text)


@case
def many_calls_on_one_channel(stub):
    calls = [stub.Unary.future(Request(text=str(i)), timeout=PATIENCE) for i in range(1000)]
    equal([str(i) for i in range(1000)], [call.result().text for call in calls])


@case
def slow_client(stub):
    # Nothing is read after the first message: the server has to stop, and nobody else is held up.
    with cases.open_channel(stub.target, grpc__http2__bdp_probe=0) as channel:
        slow = InteropServiceStub(channel)
        call = slow.ServerStream(Request(key="py-slow", count=400, size=65536), timeout=PATIENCE)
        next(call)
        sent = still(lambda: stub.Sent(Request(key="py-slow"), timeout=PATIENCE).number)
        assert sent < 400, "the server sent everything to a client that does not read"
        equal("by", slow.Unary(Request(text="by"), timeout=PATIENCE).text)
        equal(399, sum(1 for _ in call))


@case
def slow_server(stub):
    requests = Streams(Request(key="py-reads-slowly", payload=bytes(65536)) for _ in range(400))
    call = stub.SlowRead.future(iter(requests), timeout=PATIENCE)
    taken = still(lambda: requests.taken)
    assert 1 <= taken < 400, f"{taken} of 400 messages sent to a server that does not read"
    equal("by", stub.Unary(Request(text="by"), timeout=PATIENCE).text)
    stub.Release(Request(key="py-reads-slowly"), timeout=PATIENCE)
    equal(400, call.result().number)


@case
def keepalive(stub):
    # Both sides ping: a stream on which nothing is said for a while lives on.
    # On a machine that is busy elsewhere an answer takes longer than a second: then it is tried with more.
    for seconds in (1, 5, 20):
        options = {"grpc__keepalive_time_ms": 300, "grpc__keepalive_timeout_ms": seconds * 1000, "grpc__http2__max_pings_without_data": 0}
        with cases.open_channel(stub.target, **options) as channel:
            call = InteropServiceStub(channel).Hang(Request(key="py-silent"), timeout=PATIENCE)
            try:
                next(call)
                time.sleep(seconds + 1.5)
            except grpc.RpcError:
                continue
            if call.is_active():
                call.cancel()
                return
    raise AssertionError(call.details())


@case
def restart(stub):
    call = stub.Hang(Request(key="py-over"), timeout=PATIENCE)
    equal("begun", next(call).text)
    stub.Restart(Request(), timeout=PATIENCE)
    equal(["stopping"], [answer.text for answer in call])
    end = time.monotonic() + PATIENCE
    while True:
        try:
            equal("again", stub.Unary(Request(text="again"), timeout=PATIENCE, wait_for_ready=True).text)
            return
        except grpc.RpcError as error:  # a call that was on its way when the connection ended
            assert error.code() == StatusCode.UNAVAILABLE and time.monotonic() < end, error


def main(target):
    with cases.open_channel(target) as channel:
        stub = InteropServiceStub(channel)
        stub.channel, stub.target = channel, target
        cases.run(stub)


main(*sys.argv[1:])
