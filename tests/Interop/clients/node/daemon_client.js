// The stock Node client against the daemon: daemon_client.js TARGET
const protobuf = require("protobufjs");
require("protobufjs/ext/descriptor");
const { PATIENCE, all, ask, equal, fails, grpc, load, next, ok, run, sleep, violations, within } = require("./cases");

const code = grpc.status;
const files = ["node", "network", "storage", "migration", "maintenance"].map((name) => `nodeagent/v1/${name}.proto`);
const packages = load(...files, "grpc/health/v1/health.proto", "grpc/reflection/v1/reflection.proto", "grpc/reflection/v1alpha/reflection.proto");
const { nodeagent, grpc: served } = packages;
const client = (Service) => new Service(process.argv[2], grpc.credentials.createInsecure());
const network = client(nodeagent.v1.NetworkService);

const bridge = "br-js";
const document = (text = `interfaces: [{name: ${bridge}, type: linux-bridge, state: up, bridge: {port: []}}]`) => ({ text, file: "interop.yaml", name: "interop-js" });
const mtu1400 = () => document(`interfaces: [{name: ${bridge}, type: linux-bridge, mtu: 1400}]`);
const seconds = (count) => ({ seconds: count, nanos: 0 });
const links = async (...names) => (await ask(network, "listLinks", { names })).value.links;

/** Progress, then the result, which is the last message. */
function outcome(events) {
  equal([...Array(events.length - 1).fill("progress"), "result"], events.map(({ event }) => event));
  return events.at(-1).result;
}

/** Follows a change and does something when it waits to be confirmed. */
async function apply(request, onConfirm) {
  const call = network.apply(request, within());
  let confirmed;
  call.on("data", ({ progress }) => { if (progress?.stage === "CHANGE_STAGE_CONFIRM") confirmed = onConfirm?.(call); });
  try {
    return outcome(await all(call));
  } finally {
    await confirmed;
  }
}

async function reflect(Service) {
  const question = async (request) => {
    const call = client(Service).serverReflectionInfo(within());
    call.write(request);
    call.end();
    return (await all(call))[0];
  };
  const services = (await question({ listServices: "" })).listServicesResponse.service.map(({ name }) => name);
  for (const name of ["nodeagent.v1.NodeService", "nodeagent.v1.NetworkService", "grpc.health.v1.Health"]) ok(services.includes(name), services.join());
  const found = (await question({ fileContainingSymbol: "nodeagent.v1.NetworkService" })).fileDescriptorResponse.fileDescriptorProto;
  const root = protobuf.Root.fromDescriptor({ file: found.map((bytes) => protobuf.descriptor.FileDescriptorProto.decode(bytes)) });
  ok(root.lookupService("nodeagent.v1.NetworkService").methods.Apply, "no Apply");
  equal(code.NOT_FOUND, (await question({ fileContainingSymbol: "no.such.Thing" })).errorResponse.errorCode);
}

const cases = {
  async health() {
    const health = client(served.health.v1.Health);
    for (const service of ["", "nodeagent.v1.NodeService", "nodeagent.v1.NetworkService"]) equal("SERVING", (await ask(health, "check", { service })).value.status);
    await fails(code.NOT_FOUND, ask(health, "check", { service: "nobody" }));
    for (const [service, status] of [["", "SERVING"], ["nobody", "SERVICE_UNKNOWN"]]) {
      const watch = health.watch({ service }, within());
      equal(status, (await next(watch)).status);
      watch.cancel();
    }
  },

  reflection_v1: () => reflect(served.reflection.v1.ServerReflection),
  reflection_v1alpha: () => reflect(served.reflection.v1alpha.ServerReflection),

  async get_and_watch_node() {
    const service = client(nodeagent.v1.NodeService);
    const { node } = (await ask(service, "getNode", {})).value;
    ok(node.name && node.agentVersion && node.ready, JSON.stringify(node));
    const watch = service.watchNode({}, within());
    equal(node.name, (await next(watch)).node.name);
    watch.cancel();
  },

  async list_links() {
    const names = (await links()).map(({ name }) => name);
    for (const name of ["lo", "enp1s0", "enp2s0"]) ok(names.includes(name), names.join());
    equal(["lo"], (await links("lo", "nobody")).map(({ name }) => name));
  },

  async plan() {
    const { steps } = (await ask(network, "plan", { document: document() })).value.plan;
    ok(steps.some((step) => step.link === bridge && step.operation === "PLAN_OPERATION_CREATE_LINK"), JSON.stringify(steps));
    equal([], await links(bridge));
  },

  async invalid_document() {
    let error = await fails(code.INVALID_ARGUMENT, ask(network, "plan", { document: document(`interfaces: [{name: ${bridge}, type: linux-bridge, mtuu: 1500}]`) }));
    ok(violations(error).some((violation) => violation.join().includes("mtuu")), violations(error).join());
    error = await fails(code.INVALID_ARGUMENT, all(network.apply({}, within())));
    ok(violations(error).length > 0, "no violations");
  },

  async apply_and_confirm() {
    // The watch begins before the change, and tells it.
    const watch = network.watchLinks({}, within());
    const seen = [];
    let told;
    const change = new Promise((resolve) => { told = resolve; });
    watch.on("error", () => {});
    const begun = new Promise((resolve) => watch.on("data", (message) => {
      seen.push(message);
      if (message.changed.some(({ name }) => name === bridge)) told();
      resolve();
    }));
    await begun;
    ok(seen[0].fullState, "the watch does not begin with the full state");
    const result = await apply({ document: document(), confirm: seconds(PATIENCE / 1000), probes: {}, requestId: "js" }, () => ask(network, "confirm", {}));
    equal("CHANGE_OUTCOME_COMMITTED", result.outcome);
    ok(result.transaction, "no transaction");
    await change;
    watch.cancel();
    equal([bridge], (await links(bridge)).map(({ name }) => name));
  },

  async apply_that_nobody_confirms() {
    equal("CHANGE_OUTCOME_ROLLED_BACK", (await apply({ document: mtu1400(), confirm: { seconds: 0, nanos: 500000000 }, probes: {} })).outcome);
    equal([1500], (await links(bridge)).map(({ mtu }) => mtu));
  },

  async a_caller_who_goes_is_rolled_back() {
    const request = { document: mtu1400(), confirm: seconds(PATIENCE / 1000), probes: {} };
    let mtu;
    await fails(code.CANCELLED, apply(request, async (call) => { mtu = (await links(bridge))[0].mtu; call.cancel(); }));
    equal(1400, mtu);
    // While it is undone it waits still, and a rollback would be told of this one's end.
    const end = Date.now() + PATIENCE;
    while ((await ask(network, "getNetworkState", {})).value.waiting) {
      ok(Date.now() < end, "not rolled back");
      await sleep(50);
    }
    equal([1500], (await links(bridge)).map((link) => link.mtu));
  },

  async rollback() {
    const { outcome: how } = outcome(await all(network.rollback({}, within())));
    ok(["CHANGE_OUTCOME_ROLLED_BACK", "CHANGE_OUTCOME_COMMITTED"].includes(how), how);
    equal([], await links(bridge));
  },

  async nothing_waits_for_confirmation() {
    await fails(code.FAILED_PRECONDITION, ask(network, "confirm", {}));
  },

  async storage_kvm_and_verdicts() {
    const storage = client(nodeagent.v1.StorageService), node = client(nodeagent.v1.NodeService);
    const { source } = (await ask(storage, "listStorage", {})).value;
    ok(source.state !== "STORAGE_SOURCE_STATE_UNSPECIFIED" && source.reason, JSON.stringify(source));
    const watch = storage.watchStorage({}, within());
    ok((await next(watch)).fullState, "the first message is not the state");
    watch.cancel();
    ok((await ask(node, "getKvm", {})).value.kvm.reason, "no reason");
    const { verdicts } = (await ask(node, "listVerdicts", {})).value;
    ok(verdicts.some(({ kind }) => kind === "kvm"), JSON.stringify(verdicts));
  },

  async accept_paths_errors() {
    const storage = client(nodeagent.v1.StorageService);
    ok((await fails(code.NOT_FOUND, ask(storage, "acceptPaths", { map: "nobody" }))).details.includes("nobody"), "the map is not named");
    const error = await fails(code.INVALID_ARGUMENT, ask(storage, "acceptPaths", {}));
    equal(["map"], violations(error).map(([field]) => field));
  },

  async migrations() {
    const service = client(nodeagent.v1.MigrationService), node = client(nodeagent.v1.NodeService);
    const end = Date.now() + PATIENCE;
    let guests;
    while (!guests) { // until the agent has looked over the node
      try {
        ({ guests } = (await ask(service, "listGuests", {})).value);
      } catch (error) {
        ok(error.code === code.UNAVAILABLE && Date.now() < end, error.stack);
        await sleep(100);
      }
    }
    ok((await ask(service, "listMigrations", {})).value.time.seconds > 0, "no time");
    equal([], (await ask(service, "listMigrationHistory", { guestUuid: "nobody" })).value.migrations);
    const drain = (await ask(service, "getDrainForecast", { parallel: 3 })).value;
    equal([3, guests.length], [drain.parallel, drain.guests.length]);
    ok(drain.summary && drain.basis, JSON.stringify(drain));
    ok((await ask(node, "getNode", {})).value.node.guests, "no guests on the node's page");
  },

  async watch_migrations() {
    const service = client(nodeagent.v1.MigrationService);
    const watch = service.watchMigrations({ heartbeat: seconds(1) }, within());
    const seen = [];
    let beat;
    watch.on("error", () => {});
    await new Promise((resolve) => watch.on("data", (message) => {
      seen.push(message);
      if (message.heartbeat) { beat = message; resolve(); }
    }));
    ok(seen[0].fullState && seen[0].version > 0, "the first message is not the state");
    const ended = new Promise((resolve) => watch.on("status", resolve));
    watch.cancel();
    equal(code.CANCELLED, (await ended).code);
    const resumed = service.watchMigrations({ resumeEpoch: beat.epoch, resumeVersion: beat.version, heartbeat: seconds(1) }, within());
    ok((await next(resumed)).epoch > 0, "no epoch");
    resumed.cancel();
  },

  async measure_and_forecast_errors() {
    const service = client(nodeagent.v1.MigrationService);
    const measure = (request) => ask(service, "measureDirtyRate", request);
    await fails(code.NOT_FOUND, measure({ guestUuid: "nobody" }));
    await fails(code.NOT_FOUND, ask(service, "getMigrationForecast", { guestUuid: "nobody" }));
    for (const [field, call] of [
      ["guest_uuid", () => measure({})],
      ["method", () => measure({ guestUuid: "nobody", method: "guessing" })],
      ["period", () => measure({ guestUuid: "nobody", period: seconds(61) })],
      ["limit", () => ask(service, "listMigrationHistory", { limit: -1 })],
    ]) {
      equal([field], violations(await fails(code.INVALID_ARGUMENT, call())).map(([name]) => name));
    }
  },

  async unimplemented() {
    await fails(code.UNIMPLEMENTED, all(client(nodeagent.v1.MaintenanceService).enterMaintenance({}, within())));
  },
};

run(cases);
