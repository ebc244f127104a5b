// The stock Node client as another user, against the daemon's socket: reader_client.js TARGET UID GID
const { all, ask, fails, grpc, load, next, ok, run, within } = require("./cases");

const [target, user, group] = process.argv.slice(2);
const { NetworkService } = load("nodeagent/v1/network.proto").nodeagent.v1;
const network = new NetworkService(target, grpc.credentials.createInsecure());
const text = "interfaces: [{name: br-read, type: linux-bridge, state: up, bridge: {port: []}}]";
const document = { text, file: "interop.yaml", name: "interop-read" };
const links = async (...names) => (await ask(network, "listLinks", { names })).value.links;

process.setgroups([]);
process.setgid(Number(group));
process.setuid(Number(user));
run({
  async a_reader_reads() {
    ok((await links()).some(({ name }) => name === "lo"), "no loopback");
    const watch = network.watchLinks({}, within());
    ok((await next(watch)).fullState, "the watch does not begin with the full state");
    watch.cancel();
    await ask(network, "plan", { document });
  },

  async a_reader_changes_nothing() {
    const error = await fails(grpc.status.PERMISSION_DENIED, all(network.apply({ document, probes: {} }, within())));
    ok(error.details, "no reason");
    await fails(grpc.status.PERMISSION_DENIED, ask(network, "confirm", {}));
    ok((await links("br-read")).length === 0, "it was made");
  },

  an_outsider_cannot_connect: () => fails(grpc.status.UNAVAILABLE, links()),
});
