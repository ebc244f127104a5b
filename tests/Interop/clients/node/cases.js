// Runs cases by name and says of each what came of it, a line of JSON each: {"case": NAME, "error": null or TEXT}.
const path = require("path");
const util = require("util");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const PATIENCE = 60000; // milliseconds; what takes this long hangs

/** The packages of proto files, by their paths in the folder PROTOS. */
function load(...files) {
  const options = { includeDirs: [process.env.PROTOS], longs: Number, defaults: true, oneofs: true, enums: String };
  return grpc.loadPackageDefinition(loader.loadSync(files, options));
}

const within = (milliseconds = PATIENCE) => ({ deadline: Date.now() + milliseconds });
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A call of one answer: {value, headers, trailers}; throws the call's error, with its headers. */
function ask(client, method, request, { metadata = new grpc.Metadata(), options = within() } = {}) {
  return new Promise((resolve, reject) => {
    let headers, value, failure;
    const call = client[method](request, metadata, options, (error, answer) => { value = answer; failure = error; });
    call.on("metadata", (m) => { headers = m; });
    call.on("status", (status) => (status.code ? reject(failure ?? status) : resolve({ value, headers, trailers: status.metadata })));
  });
}

/** All messages of a stream that are left; throws its error. The end of the messages and the status come in any order. */
function all(call) {
  return new Promise((resolve, reject) => {
    const messages = [];
    let status, ended;
    const over = () => {
      if (status?.code) reject(Object.assign(new Error(status.details), status));
      else if (status && ended) resolve(messages);
    };
    call.on("error", () => {});
    call.on("status", (s) => { status = s; over(); });
    call.on("end", () => { ended = true; over(); });
    call.on("data", (message) => messages.push(message));
    call.resume();
  });
}

/** The next message of a stream that nobody reads otherwise. */
function next(call) {
  return new Promise((resolve, reject) => {
    call.once("error", reject);
    call.once("data", (message) => { call.pause(); call.off("error", reject); call.on("error", () => {}); resolve(message); });
  });
}

async function fails(code, promise) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    if (error.code !== code) throw new Error(`expected ${grpc.status[code]}, got ${grpc.status[error.code]}: ${error.details ?? error.stack}`);
    return error;
  }
  throw new Error(`expected ${grpc.status[code]}, got ${util.inspect(answer).slice(0, 200)}`);
}

function equal(expected, found) {
  if (!util.isDeepStrictEqual(expected, found)) throw new Error(`expected ${util.inspect(expected).slice(0, 300)}, found ${util.inspect(found).slice(0, 300)}`);
}

function ok(condition, message) {
  if (!condition) throw new Error(message);
}

/** What google.rpc.BadRequest in the details of an error says: [field, description] each. */
function violations(error) {
  const protobuf = require("protobufjs");
  const root = new protobuf.Root();
  const rpc = root.loadSync(path.join(process.env.PROTOS, "google/rpc/error.proto")).lookup("google.rpc");
  const status = rpc.lookupType("Status").decode(error.metadata.get("grpc-status-details-bin")[0]);
  equal(error.code, status.code);
  const any = status.details.find((detail) => detail.type_url.endsWith("/google.rpc.BadRequest"));
  ok(any, "no BadRequest in the details");
  return rpc.lookupType("BadRequest").decode(any.value).fieldViolations.map((v) => [v.field, v.description]);
}

async function run(cases, ...arguments_) {
  // What nobody waits for and fails all the same is the failure of the case that runs, and not the end of the script.
  let fail;
  process.on("uncaughtException", (error) => fail(error));
  for (const [name, one] of Object.entries(cases)) {
    let timer, error = null;
    const otherwise = new Promise((_, reject) => {
      fail = reject;
      timer = setTimeout(() => reject(new Error("it hangs")), PATIENCE * 1.5);
    });
    try {
      await Promise.race([one(...arguments_), otherwise]);
    } catch (e) {
      error = e.stack ?? util.inspect(e);
    }
    clearTimeout(timer);
    process.stdout.write(JSON.stringify({ case: name, error }) + "\n");
  }
  process.stdout.write("", () => process.exit(0));
}

module.exports = { PATIENCE, all, ask, equal, fails, grpc, load, next, ok, run, sleep, violations, within };
