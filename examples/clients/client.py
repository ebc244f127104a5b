#!/usr/bin/env python3
"""Shows the node, then follows its links: client.py [SOCKET]. README.md says how the imported modules are made."""
import sys

import grpc
from nodeagent.v1 import network_pb2, network_pb2_grpc, node_pb2, node_pb2_grpc

channel = grpc.insecure_channel("unix:" + (sys.argv[1] if len(sys.argv) > 1 else "/run/nodeagent/nodeagent.sock"))
node = node_pb2_grpc.NodeServiceStub(channel).GetNode(node_pb2.GetNodeRequest(), timeout=5).node
print(f"{node.name}: agent {node.agent_version}, {node.counts.links} links, {len(node.problems)} problems", flush=True)
for message in network_pb2_grpc.NetworkServiceStub(channel).WatchLinks(network_pb2.WatchLinksRequest()):
    for link in message.changed:
        print(f"{message.version} {link.name} {'up' if link.up and link.carrier else 'down'} mtu {link.mtu}", flush=True)
    for name in message.removed:
        print(f"{message.version} {name} gone", flush=True)
