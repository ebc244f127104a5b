"""The stock Python client against the daemon over TCP: tls_client.py TARGET FOLDER, where the certificates are"""
import os
import shutil
import sys
import time

import grpc
from google.protobuf import duration_pb2
from grpc import StatusCode

import cases
from cases import case, equal, fails
from daemon_client import PATIENCE, document, links, network
from nodeagent.v1 import network_pb2, node_pb2, node_pb2_grpc

cases.ALL.clear()
TARGET, FOLDER = sys.argv[1:]


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


def channel(client, servers="servers"):
    key, certificate = (read(client + ".key"), read(client + ".crt")) if client else (None, None)
    credentials = grpc.ssl_channel_credentials(read(servers + ".crt"), key, certificate)
    return grpc.secure_channel(TARGET, credentials, [("grpc.ssl_target_name_override", "localhost")])


@case
def an_operator_operates():
    with channel("operator") as operator:
        assert "lo" in {link.name for link in links(operator)}
        request = network_pb2.ApplyRequest(document=document(), probes=network_pb2.ProbeList())
        events = list(network(operator).Apply(request, timeout=PATIENCE))
        equal(network_pb2.CHANGE_OUTCOME_COMMITTED, events[-1].result.outcome)
        list(network(operator).Rollback(network_pb2.RollbackRequest(), timeout=PATIENCE))


@case
def a_reader_reads_only():
    with channel("reader") as reader:
        assert "lo" in {link.name for link in links(reader)}
        fails(StatusCode.PERMISSION_DENIED, lambda: list(network(reader).Rollback(network_pb2.RollbackRequest(), timeout=PATIENCE)))


@case
def a_stranger_is_refused():
    with channel("stranger") as stranger:
        error = fails(StatusCode.PERMISSION_DENIED, lambda: links(stranger))
        assert "stranger" in error.details(), error.details()


def cannot_connect(client, servers="servers"):
    with channel(client, servers) as nobody:
        fails(StatusCode.UNAVAILABLE, lambda: links(nobody))


@case
def who_has_no_certificate_is_refused():
    cannot_connect(None)


@case
def a_foreign_certificate_is_refused():
    cannot_connect("foreign")


@case
def an_expired_certificate_is_refused():
    cannot_connect("expired")


@case
def plain_text_is_refused():
    with cases.open_channel(TARGET) as plain:
        fails(StatusCode.UNAVAILABLE, lambda: links(plain))


@case
def new_certificates_are_shown_and_streams_go_on():
    cannot_connect("operator", "later-servers")
    with channel("operator") as before:
        request = node_pb2.WatchNodeRequest(heartbeat=duration_pb2.Duration(seconds=1))
        stream = node_pb2_grpc.NodeServiceStub(before).WatchNode(request, timeout=PATIENCE)
        next(stream)
        for ending in (".key", ".crt"):
            shutil.copy2(os.path.join(FOLDER, "later-server" + ending), os.path.join(FOLDER, "new"))
            os.replace(os.path.join(FOLDER, "new"), os.path.join(FOLDER, "server" + ending))
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with channel("operator", "later-servers") as after:
                    links(after)
                break
            except grpc.RpcError:
                assert time.monotonic() < end, "the new certificate is not shown"
                time.sleep(0.1)
        next(stream)
        next(stream)
        stream.cancel()
    cannot_connect("operator")


cases.run()
