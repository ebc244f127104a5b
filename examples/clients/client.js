#!/usr/bin/env node
// Shows the node, then follows its links: client.js [SOCKET]
const path = require("path");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const includeDirs = [path.join(__dirname, "../../src/Agent/Protos")];
const files = loader.loadSync(["nodeagent/v1/node.proto", "nodeagent/v1/network.proto"], { includeDirs, longs: Number, defaults: true });
const { NodeService, NetworkService } = grpc.loadPackageDefinition(files).nodeagent.v1;
const target = ["unix:" + (process.argv[2] ?? "/run/nodeagent/nodeagent.sock"), grpc.credentials.createInsecure()];
new NodeService(...target).getNode({}, { deadline: Date.now() + 5000 }, (error, answer) => {
  if (error) return console.error(error.message), process.exit(1);
  console.log(`${answer.node.name}: agent ${answer.node.agentVersion}, ${answer.node.counts.links} links, ${answer.node.problems.length} problems`);
  const watch = new NetworkService(...target).watchLinks({});
  watch.on("data", ({ version, changed, removed }) => {
    for (const link of changed) console.log(`${version} ${link.name} ${link.up && link.carrier ? "up" : "down"} mtu ${link.mtu}`);
    for (const name of removed) console.log(`${version} ${name} gone`);
  });
  watch.on("error", (error) => (console.error(error.message), process.exit(1)));
});
