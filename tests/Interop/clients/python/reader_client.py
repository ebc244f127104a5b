"""The stock Python client as another user, against the daemon's socket: reader_client.py TARGET UID GID"""
import os
import sys

from grpc import StatusCode

import cases
from cases import case, fails
from daemon_client import DOCUMENT, PATIENCE, document, links, network
from nodeagent.v1 import network_pb2, storage_pb2, storage_pb2_grpc

cases.ALL.clear()
NEW = document(DOCUMENT.replace("br-py", "br-read"), "interop-read")


@case
def a_reader_reads(channel):
    assert "lo" in {link.name for link in links(channel)}
    watch = network(channel).WatchLinks(network_pb2.WatchLinksRequest(), timeout=PATIENCE)
    assert next(watch).full_state
    watch.cancel()
    network(channel).Plan(network_pb2.PlanRequest(document=NEW), timeout=PATIENCE)


@case
def a_reader_changes_nothing(channel):
    request = network_pb2.ApplyRequest(document=NEW, probes=network_pb2.ProbeList())
    error = fails(StatusCode.PERMISSION_DENIED, lambda: list(network(channel).Apply(request, timeout=PATIENCE)))
    assert error.details(), "no reason"
    fails(StatusCode.PERMISSION_DENIED, lambda: network(channel).Confirm(network_pb2.ConfirmRequest(), timeout=PATIENCE))
    assert not links(channel, "br-read")
    fails(StatusCode.PERMISSION_DENIED, lambda: storage_pb2_grpc.StorageServiceStub(channel).AcceptPaths(storage_pb2.AcceptPathsRequest(map="nobody"), timeout=PATIENCE))


@case
def an_outsider_cannot_connect(channel):
    fails(StatusCode.UNAVAILABLE, lambda: links(channel))


user, group = int(sys.argv[2]), int(sys.argv[3])
os.setgroups([])
os.setgid(group)
os.setuid(user)
with cases.open_channel(sys.argv[1]) as to_daemon:
    cases.run(to_daemon)
