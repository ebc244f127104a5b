"""The stock Python server of interop.proto: interop_server.py TARGET. Says "ready" and serves until it is killed."""
import collections
import sys
import threading
import time
from concurrent import futures

import grpc
from google.protobuf import any_pb2
from google.rpc import error_pb2

from interop.v1 import interop_pb2_grpc
from interop.v1.interop_pb2 import Response

PATIENCE = 60  # seconds


class Call:
    """What is known of a call by the key that its client gave it."""

    def __init__(self):
        self.cancelled, self.released, self.sent = threading.Event(), threading.Event(), 0


calls = collections.defaultdict(Call)
stopping = threading.Event()


class Service(interop_pb2_grpc.InteropServiceServicer):
    def Unary(self, request, context):
        return answer(request, context, begin(request, context))

    def ServerStream(self, request, context):
        for number in range(request.count):
            yield Response(number=number, payload=bytes(request.size))
            calls[request.key].sent += 1

    def ClientStream(self, request_iterator, context):
        texts = [request.text for request in request_iterator]
        return Response(number=len(texts), text="".join(texts))

    def Bidi(self, request_iterator, context):
        begun = None
        for request in request_iterator:
            if request.key:
                context.add_callback(calls[request.key].cancelled.set)
            if request.code:
                fail(request, context)
            begun = begin(request, context) if begun is None else begun
            yield answer(request, context, begun)

    def Fail(self, request, context):
        fail(request, context)

    def FailStream(self, request, context):
        for number in range(request.count):
            yield Response(number=number)
        fail(request, context)

    def Hang(self, request, context):
        over = threading.Event()
        context.add_callback(over.set)
        context.add_callback(calls[request.key].cancelled.set)
        yield Response(text="begun")
        while not over.wait(0.02):
            if stopping.is_set():
                yield Response(text="stopping")
                return

    def SlowRead(self, request_iterator, context):
        count = 0
        for request in request_iterator:
            count += 1
            if count == 1:
                calls[request.key].released.wait(PATIENCE)
        return Response(number=count)

    def Release(self, request, context):
        calls[request.key].released.set()
        return Response()

    def WaitCancelled(self, request, context):
        return Response(number=1 if calls[request.key].cancelled.wait(PATIENCE) else 0)

    def Sent(self, request, context):
        return Response(number=calls[request.key].sent)

    def Restart(self, request, context):
        threading.Thread(target=restart).start()
        return Response()


def begin(request, context):
    """The response headers; what came, in one place."""
    sent = context.invocation_metadata()
    if request.compress:
        context.set_compression(grpc.Compression.Gzip)
    context.send_initial_metadata([(k, v) for k, v in sent if k.startswith("x-echo")])
    context.set_trailing_metadata([(k, v) for k, v in sent if k.startswith("x-trail")])
    return sent


def answer(request, context, sent):
    return Response(text=request.text, payload=bytes(request.size) if request.size else request.payload)


def fail(request, context):
    bad = any_pb2.Any()
    violation = error_pb2.BadRequest.FieldViolation(field=request.key, description=request.text)
    bad.Pack(error_pb2.BadRequest(field_violations=[violation]))
    status = error_pb2.Status(code=request.code, message=request.text, details=[bad])
    context.set_trailing_metadata([("grpc-status-details-bin", status.SerializeToString())])
    context.abort(next(code for code in grpc.StatusCode if code.value[0] == request.code), request.text)


def start(target):
    global server
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=50))
    interop_pb2_grpc.add_InteropServiceServicer_to_server(Service(), server)
    server.add_insecure_port(target)
    server.start()


def restart():
    stopping.set()
    server.stop(grace=PATIENCE).wait()
    stopping.clear()
    start(sys.argv[1])


start(sys.argv[1])
print("ready", flush=True)
while True:
    time.sleep(PATIENCE)
