"""The stock Python client against the daemon: daemon_client.py TARGET"""
import os
import sys
import time

import grpc

grpc.__path__.extend(os.path.join(folder, "grpc") for folder in sys.path)  # for what is generated into that package too

from google.protobuf import descriptor_pb2, descriptor_pool, duration_pb2
from grpc import StatusCode
from grpc.health.v1 import health_pb2, health_pb2_grpc
from grpc.reflection.v1 import reflection_pb2, reflection_pb2_grpc
from grpc.reflection.v1alpha import reflection_pb2 as alpha_pb2, reflection_pb2_grpc as alpha_pb2_grpc
from nodeagent.v1 import maintenance_pb2, maintenance_pb2_grpc, migration_pb2, migration_pb2_grpc, network_pb2, network_pb2_grpc, node_pb2, node_pb2_grpc, storage_pb2, storage_pb2_grpc

import cases
from cases import case, equal, fails

PATIENCE = 60  # seconds; what takes this long hangs
BRIDGE = "br-py"
DOCUMENT = f"interfaces: [{{name: {BRIDGE}, type: linux-bridge, state: up, bridge: {{port: []}}}}]"


def document(text=DOCUMENT, name="interop-py"):
    return network_pb2.Document(text=text, file="interop.yaml", name=name)


def network(channel):
    return network_pb2_grpc.NetworkServiceStub(channel)


def links(channel, *names):
    return network(channel).ListLinks(network_pb2.ListLinksRequest(names=names), timeout=PATIENCE).links


def outcome(events):
    """Progress, then the result, which is the last message."""
    kinds = [event.WhichOneof("event") for event in events]
    equal(["progress"] * (len(kinds) - 1) + ["result"], kinds)
    return events[-1].result


@case
def health(channel):
    stub = health_pb2_grpc.HealthStub(channel)
    for service in ("", "nodeagent.v1.NodeService", "nodeagent.v1.NetworkService"):
        equal(health_pb2.HealthCheckResponse.SERVING, stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE).status)
    fails(StatusCode.NOT_FOUND, lambda: stub.Check(health_pb2.HealthCheckRequest(service="nobody"), timeout=PATIENCE))
    for service, status in (("", "SERVING"), ("nobody", "SERVICE_UNKNOWN")):
        watch = stub.Watch(health_pb2.HealthCheckRequest(service=service), timeout=PATIENCE)
        equal(status, health_pb2.HealthCheckResponse.ServingStatus.Name(next(watch).status))
        watch.cancel()


def reflect(stub, messages):
    def ask(**question):
        return next(stub.ServerReflectionInfo(iter([messages.ServerReflectionRequest(**question)]), timeout=PATIENCE))

    services = {service.name for service in ask(list_services="").list_services_response.service}
    assert {"nodeagent.v1.NodeService", "nodeagent.v1.NetworkService", "grpc.health.v1.Health"} <= services, services
    files = ask(file_containing_symbol="nodeagent.v1.NetworkService").file_descriptor_response.file_descriptor_proto
    files = {file.name: file for file in map(descriptor_pb2.FileDescriptorProto.FromString, files)}
    pool = descriptor_pool.DescriptorPool()

    def add(file):  # after what it imports
        for name in file.dependency:
            if name in files:
                add(files.pop(name))
        pool.Add(file)

    add(files.pop("nodeagent/v1/network.proto"))
    assert "Apply" in pool.FindServiceByName("nodeagent.v1.NetworkService").methods_by_name
    equal(StatusCode.NOT_FOUND.value[0], ask(file_containing_symbol="no.such.Thing").error_response.error_code)


@case
def reflection_v1(channel):
    reflect(reflection_pb2_grpc.ServerReflectionStub(channel), reflection_pb2)


@case
def reflection_v1alpha(channel):
    reflect(alpha_pb2_grpc.ServerReflectionStub(channel), alpha_pb2)


@case
def get_and_watch_node(channel):
    stub = node_pb2_grpc.NodeServiceStub(channel)
    node = stub.GetNode(node_pb2.GetNodeRequest(), timeout=PATIENCE).node
    assert node.name and node.agent_version and node.ready, node
    watch = stub.WatchNode(node_pb2.WatchNodeRequest(), timeout=PATIENCE)
    equal(node.name, next(watch).node.name)
    watch.cancel()


@case
def list_links(channel):
    assert {"lo", "enp1s0", "enp2s0"} <= {link.name for link in links(channel)}
    equal(["lo"], [link.name for link in links(channel, "lo", "nobody")])


@case
def plan(channel):
    steps = network(channel).Plan(network_pb2.PlanRequest(document=document()), timeout=PATIENCE).plan.steps
    assert any(step.link == BRIDGE and step.operation == network_pb2.PLAN_OPERATION_CREATE_LINK for step in steps), steps
    equal([], list(links(channel, BRIDGE)))


@case
def invalid_document(channel):
    text = f"interfaces: [{{name: {BRIDGE}, type: linux-bridge, mtuu: 1500}}]"
    error = fails(StatusCode.INVALID_ARGUMENT, lambda: network(channel).Plan(network_pb2.PlanRequest(document=document(text)), timeout=PATIENCE))
    assert any("mtuu" in field + text for field, text in cases.violations(error)), cases.violations(error)
    error = fails(StatusCode.INVALID_ARGUMENT, lambda: list(network(channel).Apply(network_pb2.ApplyRequest(), timeout=PATIENCE)))
    assert cases.violations(error)


@case
def apply_and_confirm(channel):
    # The watch begins before the change, and tells it.
    watch = network(channel).WatchLinks(network_pb2.WatchLinksRequest(), timeout=PATIENCE)
    assert next(watch).full_state
    request = network_pb2.ApplyRequest(document=document(), confirm=duration_pb2.Duration(seconds=PATIENCE), probes=network_pb2.ProbeList(), request_id="py")
    events = []
    for event in network(channel).Apply(request, timeout=PATIENCE):
        events.append(event)
        if event.progress.stage == network_pb2.CHANGE_STAGE_CONFIRM:
            network(channel).Confirm(network_pb2.ConfirmRequest(), timeout=PATIENCE)
    result = outcome(events)
    equal(network_pb2.CHANGE_OUTCOME_COMMITTED, result.outcome)
    assert result.transaction, result
    while not any(link.name == BRIDGE for link in next(watch).changed):
        pass
    watch.cancel()
    equal([BRIDGE], [link.name for link in links(channel, BRIDGE)])


@case
def apply_that_nobody_confirms(channel):
    text = f"interfaces: [{{name: {BRIDGE}, type: linux-bridge, mtu: 1400}}]"
    request = network_pb2.ApplyRequest(document=document(text), confirm=duration_pb2.Duration(nanos=500_000_000), probes=network_pb2.ProbeList())
    equal(network_pb2.CHANGE_OUTCOME_ROLLED_BACK, outcome(list(network(channel).Apply(request, timeout=PATIENCE))).outcome)
    equal([1500], [link.mtu for link in links(channel, BRIDGE)])


@case
def a_caller_who_goes_is_rolled_back(channel):
    text = f"interfaces: [{{name: {BRIDGE}, type: linux-bridge, mtu: 1400}}]"
    request = network_pb2.ApplyRequest(document=document(text), confirm=duration_pb2.Duration(seconds=PATIENCE), probes=network_pb2.ProbeList())
    call = network(channel).Apply(request, timeout=PATIENCE)
    for event in call:
        if event.progress.stage == network_pb2.CHANGE_STAGE_CONFIRM:
            break
    equal([1400], [link.mtu for link in links(channel, BRIDGE)])
    call.cancel()
    # While it is undone it waits still, and a rollback would be told of this one's end.
    end = time.monotonic() + PATIENCE
    while network(channel).GetNetworkState(network_pb2.GetNetworkStateRequest(), timeout=PATIENCE).HasField("waiting"):
        assert time.monotonic() < end, "not rolled back"
        time.sleep(0.05)
    equal([1500], [link.mtu for link in links(channel, BRIDGE)])


@case
def rollback(channel):
    result = outcome(list(network(channel).Rollback(network_pb2.RollbackRequest(), timeout=PATIENCE)))
    assert result.outcome in (network_pb2.CHANGE_OUTCOME_ROLLED_BACK, network_pb2.CHANGE_OUTCOME_COMMITTED), result
    equal([], list(links(channel, BRIDGE)))


@case
def nothing_waits_for_confirmation(channel):
    fails(StatusCode.FAILED_PRECONDITION, lambda: network(channel).Confirm(network_pb2.ConfirmRequest(), timeout=PATIENCE))


@case
def storage_kvm_and_verdicts(channel):
    storage, node = storage_pb2_grpc.StorageServiceStub(channel), node_pb2_grpc.NodeServiceStub(channel)
    source = storage.ListStorage(storage_pb2.ListStorageRequest(), timeout=PATIENCE).source
    assert source.state != storage_pb2.STORAGE_SOURCE_STATE_UNSPECIFIED and source.reason, source
    first = next(storage.WatchStorage(storage_pb2.WatchStorageRequest(), timeout=PATIENCE))
    assert first.full_state and first.version > 0, first
    kvm = node.GetKvm(node_pb2.GetKvmRequest(), timeout=PATIENCE).kvm
    assert kvm.reason, kvm
    verdicts = node.ListVerdicts(node_pb2.ListVerdictsRequest(), timeout=PATIENCE).verdicts
    assert "kvm" in [verdict.kind for verdict in verdicts], verdicts


@case
def accept_paths_errors(channel):
    storage = storage_pb2_grpc.StorageServiceStub(channel)
    error = fails(StatusCode.NOT_FOUND, lambda: storage.AcceptPaths(storage_pb2.AcceptPathsRequest(map="nobody"), timeout=PATIENCE))
    assert "nobody" in error.details(), error
    error = fails(StatusCode.INVALID_ARGUMENT, lambda: storage.AcceptPaths(storage_pb2.AcceptPathsRequest(), timeout=PATIENCE))
    equal(["map"], [name for name, _ in cases.violations(error)])


@case
def migrations(channel):
    stub = migration_pb2_grpc.MigrationServiceStub(channel)

    def looked():  # until the agent has looked over the node
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return stub.ListGuests(migration_pb2.ListGuestsRequest(), timeout=PATIENCE).guests
            except grpc.RpcError as error:
                assert error.code() == StatusCode.UNAVAILABLE and time.monotonic() < end, error
                time.sleep(0.1)

    guests = looked()
    assert stub.ListMigrations(migration_pb2.ListMigrationsRequest(), timeout=PATIENCE).time.seconds > 0
    equal([], list(stub.ListMigrationHistory(migration_pb2.ListMigrationHistoryRequest(guest_uuid="nobody"), timeout=PATIENCE).migrations))
    drain = stub.GetDrainForecast(migration_pb2.GetDrainForecastRequest(parallel=3), timeout=PATIENCE)
    equal((3, len(guests)), (drain.parallel, len(drain.guests)))
    assert drain.summary and drain.basis, drain
    node = node_pb2_grpc.NodeServiceStub(channel).GetNode(node_pb2.GetNodeRequest(), timeout=PATIENCE).node
    assert node.HasField("guests"), node


@case
def watch_migrations(channel):
    stub = migration_pb2_grpc.MigrationServiceStub(channel)
    watch = stub.WatchMigrations(migration_pb2.WatchMigrationsRequest(heartbeat=duration_pb2.Duration(seconds=1)), timeout=PATIENCE)
    first = next(watch)
    assert first.full_state and first.epoch > 0 and first.version > 0, first
    while first.more:
        first = next(watch)
    while not (beat := next(watch)).heartbeat:
        pass
    assert beat.version >= first.version, beat
    watch.cancel()
    fails(StatusCode.CANCELLED, lambda: [message for message in watch])
    resumed = next(stub.WatchMigrations(migration_pb2.WatchMigrationsRequest(resume_epoch=beat.epoch, resume_version=beat.version), timeout=PATIENCE))
    assert not resumed.full_state, resumed


@case
def measure_and_forecast_errors(channel):
    stub = migration_pb2_grpc.MigrationServiceStub(channel)
    measure = lambda **fields: lambda: stub.MeasureDirtyRate(migration_pb2.MeasureDirtyRateRequest(**fields), timeout=PATIENCE)
    fails(StatusCode.NOT_FOUND, measure(guest_uuid="nobody"))
    fails(StatusCode.NOT_FOUND, lambda: stub.GetMigrationForecast(migration_pb2.GetMigrationForecastRequest(guest_uuid="nobody"), timeout=PATIENCE))
    for field, call in (
        ("guest_uuid", measure()),
        ("method", measure(guest_uuid="nobody", method="guessing")),
        ("period", measure(guest_uuid="nobody", period=duration_pb2.Duration(seconds=61))),
        ("limit", lambda: stub.ListMigrationHistory(migration_pb2.ListMigrationHistoryRequest(limit=-1), timeout=PATIENCE)),
    ):
        error = fails(StatusCode.INVALID_ARGUMENT, call)
        equal([field], [name for name, _ in cases.violations(error)])


@case
def unimplemented(channel):
    maintenance = maintenance_pb2_grpc.MaintenanceServiceStub(channel)
    fails(StatusCode.UNIMPLEMENTED, lambda: list(maintenance.EnterMaintenance(maintenance_pb2.EnterMaintenanceRequest(), timeout=PATIENCE)))
    fails(StatusCode.UNIMPLEMENTED, lambda: channel.unary_unary("/nodeagent.v1.NodeService/Nothing")(b"", timeout=PATIENCE))


if __name__ == "__main__":
    with cases.open_channel(sys.argv[1]) as to_daemon:
        cases.run(to_daemon)
