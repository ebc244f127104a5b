// The stock Node client against the daemon over TCP: tls_client.js TARGET FOLDER, where the certificates are
const fs = require("fs");
const path = require("path");
const { PATIENCE, all, ask, equal, fails, grpc, load, next, ok, run, sleep, within } = require("./cases");

const [target, folder] = process.argv.slice(2);
const { NetworkService, NodeService } = load("nodeagent/v1/network.proto", "nodeagent/v1/node.proto").nodeagent.v1;
const code = grpc.status;
const file = (name) => path.join(folder, name);
const text = "interfaces: [{name: br-js, type: linux-bridge, state: up, bridge: {port: []}}]";

function open(Service, client, servers = "servers") {
  const [key, certificate] = client ? [fs.readFileSync(file(`${client}.key`)), fs.readFileSync(file(`${client}.crt`))] : [null, null];
  return new Service(target, grpc.credentials.createSsl(fs.readFileSync(file(`${servers}.crt`)), key, certificate), { "grpc.ssl_target_name_override": "localhost" });
}

const links = async (client) => (await ask(client, "listLinks", {})).value.links;

async function cannotConnect(client, servers) {
  const nobody = open(NetworkService, client, servers);
  await fails(code.UNAVAILABLE, links(nobody));
  nobody.close();
}

run({
  async an_operator_operates() {
    const operator = open(NetworkService, "operator");
    ok((await links(operator)).some(({ name }) => name === "lo"), "no loopback");
    const events = await all(operator.apply({ document: { text, file: "interop.yaml", name: "interop-js" }, probes: {} }, within()));
    equal("CHANGE_OUTCOME_COMMITTED", events.at(-1).result.outcome);
    await all(operator.rollback({}, within()));
  },

  async a_reader_reads_only() {
    const reader = open(NetworkService, "reader");
    ok((await links(reader)).some(({ name }) => name === "lo"), "no loopback");
    await fails(code.PERMISSION_DENIED, all(reader.rollback({}, within())));
  },

  async a_stranger_is_refused() {
    const error = await fails(code.PERMISSION_DENIED, links(open(NetworkService, "stranger")));
    ok(error.details.includes("stranger"), error.details);
  },

  who_has_no_certificate_is_refused: () => cannotConnect(null),
  a_foreign_certificate_is_refused: () => cannotConnect("foreign"),
  an_expired_certificate_is_refused: () => cannotConnect("expired"),

  async plain_text_is_refused() {
    await fails(code.UNAVAILABLE, links(new NetworkService(target, grpc.credentials.createInsecure())));
  },

  async new_certificates_are_shown_and_streams_go_on() {
    await cannotConnect("operator", "later-servers");
    const stream = open(NodeService, "operator").watchNode({ heartbeat: { seconds: 1, nanos: 0 } }, within());
    await next(stream);
    for (const ending of [".key", ".crt"]) {
      fs.copyFileSync(file(`later-server${ending}`), file("new"));
      fs.chmodSync(file("new"), 0o600);
      fs.renameSync(file("new"), file(`server${ending}`));
    }
    const end = Date.now() + PATIENCE;
    for (;;) {
      const after = open(NetworkService, "operator", "later-servers");
      const shown = await links(after).then(() => true, () => false);
      after.close();
      if (shown) break;
      ok(Date.now() < end, "the new certificate is not shown");
      await sleep(100);
    }
    for (let i = 0; i < 2; i++) {
      const message = next(stream);
      stream.resume();
      await message;
    }
    stream.cancel();
    await cannotConnect("operator");
  },
});
