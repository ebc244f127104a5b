// The stock Node server of interop.proto: interop_server.js TARGET. Says "ready" and serves until it is killed.
const protobuf = require("protobufjs");
const path = require("path");
const { PATIENCE, grpc, load, sleep } = require("./cases");

const { InteropService } = load("interop/v1/interop.proto").interop.v1;
const rpc = new protobuf.Root().loadSync(path.join(process.env.PROTOS, "google/rpc/error.proto")).lookup("google.rpc");
const calls = new Map();
let server, stopping = false;

/** What is known of a call by the key that its client gave it. */
function of(key) {
  if (!calls.has(key)) {
    const call = { sent: 0 };
    call.cancelled = new Promise((resolve) => { call.cancel = () => resolve(1); });
    call.released = new Promise((resolve) => { call.release = resolve; });
    calls.set(key, call);
  }
  return calls.get(key);
}

/** Sends the response headers; gives what is to come in the trailers. */
function begin(request, call) {
  const [headers, trailers] = [new grpc.Metadata(), new grpc.Metadata()];
  for (const key of Object.keys(call.metadata.getMap())) {
    for (const value of call.metadata.get(key)) (key.startsWith("x-echo") ? headers : key.startsWith("x-trail") ? trailers : new grpc.Metadata()).add(key, value);
  }
  call.sendMetadata(headers);
  return trailers;
}

const answer = (request) => ({ text: request.text, payload: request.size ? Buffer.alloc(request.size) : request.payload });

function failure({ code, text, key }) {
  const [Status, BadRequest] = [rpc.lookupType("Status"), rpc.lookupType("BadRequest")];
  const bad = BadRequest.encode({ fieldViolations: [{ field: key, description: text }] }).finish();
  const status = { code, message: text, details: [{ type_url: "type.googleapis.com/google.rpc.BadRequest", value: bad }] };
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(Status.encode(status).finish()));
  return Object.assign(new Error(text), { code, details: text, metadata });
}

/** Writes when there is room. */
const write = (call, message) => new Promise((resolve) => (call.write(message) ? resolve() : call.once("drain", resolve)));

const service = {
  unary(call, done) {
    const trailers = begin(call.request, call);
    done(null, answer(call.request), trailers);
  },

  async serverStream(call) {
    for (let number = 0; number < call.request.count && !call.cancelled; number++) {
      await write(call, { number, payload: Buffer.alloc(call.request.size) });
      of(call.request.key).sent++;
    }
    call.end();
  },

  clientStream(call, done) {
    const texts = [];
    call.on("data", ({ text }) => texts.push(text));
    call.on("end", () => done(null, { number: texts.length, text: texts.join("") }));
  },

  bidi(call) {
    let begun = false;
    call.on("data", (request) => {
      if (request.key) call.on("cancelled", of(request.key).cancel);
      if (request.code) return call.emit("error", failure(request));
      if (!begun) begin(request, call);
      begun = true;
      call.write(answer(request));
    });
    call.on("end", () => call.end());
  },

  fail: (call, done) => done(failure(call.request)),

  failStream(call) {
    for (let number = 0; number < call.request.count; number++) call.write({ number });
    call.emit("error", failure(call.request));
  },

  async hang(call) {
    call.on("cancelled", of(call.request.key).cancel);
    call.write({ text: "begun" });
    while (!call.cancelled && !stopping) await sleep(20);
    if (call.cancelled) return;
    call.write({ text: "stopping" });
    call.end();
  },

  async slowRead(call, done) {
    let count = 0;
    call.on("data", ({ key }) => {
      if (++count > 1) return;
      call.pause();
      of(key).released.then(() => call.resume());
    });
    call.on("end", () => done(null, { number: count }));
  },

  release(call, done) {
    of(call.request.key).release();
    done(null, {});
  },

  async waitCancelled(call, done) {
    done(null, { number: await Promise.race([of(call.request.key).cancelled, sleep(PATIENCE).then(() => 0)]) });
  },

  sent: (call, done) => done(null, { number: of(call.request.key).sent }),

  restart(call, done) {
    done(null, {});
    stopping = true;
    server.tryShutdown(async () => { stopping = false; await start(); });
  },
};

function start() {
  server = new grpc.Server();
  server.addService(InteropService.service, service);
  return new Promise((resolve, reject) => server.bindAsync(process.argv[2], grpc.ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve())));
}

start().then(() => console.log("ready"));
