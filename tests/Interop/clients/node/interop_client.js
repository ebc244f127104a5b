// The stock Node client against a server of interop.proto: interop_client.js TARGET
const { PATIENCE, all, ask, equal, fails, grpc, load, next, ok, run, sleep, violations, within } = require("./cases");

const { InteropService } = load("interop/v1/interop.proto").interop.v1;
const MIB = 1024 * 1024;
const code = grpc.status;
const numbers = (count) => [...Array(count).keys()];
const open = (target, options = {}) => new InteropService(target, grpc.credentials.createInsecure(), options);
const gzip = { "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip };

/** What a count stays at, once it has moved and moves no more. */
async function still(count) {
  let last = await count(), since = Date.now();
  while (last === 0 || Date.now() - since < 300) {
    await sleep(20);
    const now = await count();
    if (now !== last) [last, since] = [now, Date.now()];
  }
  return last;
}

/** Sends everything, then ends; the one answer. */
function sendAll(client, method, requests) {
  return new Promise((resolve, reject) => {
    const call = client[method](new grpc.Metadata(), within(), (error, answer) => (error ? reject(error) : resolve(answer)));
    for (const request of requests) call.write(request);
    call.end();
  });
}

const wasCancelled = async (client, key) => equal(1, (await ask(client, "waitCancelled", { key })).value.number);

const cases = {
  async unary(client) {
    equal("größer", (await ask(client, "unary", { text: "größer" })).value.text);
    equal(Buffer.from([0, 255]), (await ask(client, "unary", { payload: Buffer.from([0, 255]) })).value.payload);
    equal("", (await ask(client, "unary", {})).value.text);
  },

  async server_stream(client) {
    equal(numbers(500), (await all(client.serverStream({ count: 500 }, within()))).map((answer) => answer.number));
    equal([], await all(client.serverStream({}, within())));
  },

  async client_stream(client) {
    const answer = await sendAll(client, "clientStream", numbers(500).map((i) => ({ text: `${i}` })));
    equal([500, numbers(500).join("")], [answer.number, answer.text]);
    equal(0, (await sendAll(client, "clientStream", [])).number);
  },

  async bidi(client) {
    // Each message is sent only when the answer to the one before is here.
    const call = client.bidi(within());
    const texts = [];
    const done = new Promise((resolve, reject) => call.on("error", reject).on("end", resolve));
    call.on("data", ({ text }) => {
      texts.push(text);
      if (texts.length < 200) call.write({ text: `${texts.length}` });
      else call.end();
    });
    call.write({ text: "0" });
    await done;
    equal(numbers(200).map(String), texts);
  },

  async deadline(client) {
    // The shortest one within which the server begins.
    for (const milliseconds of [300, 3000, 30000]) {
      const call = client.hang({ key: "js-late" }, within(milliseconds));
      let begun = false;
      call.on("data", () => { begun = true; });
      await fails(code.DEADLINE_EXCEEDED, all(call));
      if (begun) break;
    }
    await wasCancelled(client, "js-late");
  },

  async client_cancels(client) {
    const call = client.hang({ key: "js-cancelled" }, within());
    await next(call);
    const end = all(call);
    call.cancel();
    await fails(code.CANCELLED, end);
    await wasCancelled(client, "js-cancelled");
  },

  async server_ends_first(client) {
    const call = client.bidi(within());
    call.write({ text: "one" });
    equal("one", (await next(call)).text);
    const end = all(call);
    call.write({ code: code.ABORTED, text: "enough" });
    equal("enough", (await fails(code.ABORTED, end)).details);
  },

  async metadata(client) {
    const metadata = new grpc.Metadata();
    metadata.add("x-echo", "one");
    metadata.add("x-echo", "two");
    metadata.add("x-echo-bin", Buffer.from([0, 1, 255]));
    metadata.add("x-trail", "end");
    metadata.add("x-trail-bin", Buffer.from(numbers(256)));
    const { headers, trailers } = await ask(client, "unary", {}, { metadata });
    // grpc-js, as RFC 9110 allows, joins values of one name.
    equal("one, two", headers.get("x-echo").join(", "));
    equal([Buffer.from([0, 1, 255])], headers.get("x-echo-bin"));
    equal(["end"], trailers.get("x-trail"));
    equal([Buffer.from(numbers(256))], trailers.get("x-trail-bin"));
  },

  async large_messages(client) {
    const payload = Buffer.alloc(3 * MIB, "0123456789");
    ok(payload.equals((await ask(client, "unary", { payload })).value.payload), "not the same bytes");
    await fails(code.RESOURCE_EXHAUSTED, ask(client, "unary", { payload: Buffer.alloc(5 * MIB) }));
    // The client's own limit, and the connection lives on.
    await fails(code.RESOURCE_EXHAUSTED, ask(client, "unary", { size: 5 * MIB }));
    equal("after", (await ask(client, "unary", { text: "after" })).value.text);
  },

  async gzip(client, target) {
    const zipped = open(target, gzip);
    let { value, trailers } = await ask(zipped, "unary", { payload: Buffer.alloc(MIB), compress: true });
    equal([MIB, 1, ["gzip"]], [value.payload.length, value.number, trailers.get("x-answer-encoding")]);
    ({ value, trailers } = await ask(client, "unary", { payload: Buffer.alloc(100) }));
    equal([100, 0, ["identity"]], [value.payload.length, value.number, trailers.get("x-answer-encoding")]);
    const call = zipped.bidi(within());
    for (const i of numbers(10)) call.write({ text: `${i}`.repeat(1000), compress: true });
    call.end();
    equal(numbers(10).map((i) => `${i}`.repeat(1000)), (await all(call)).map((answer) => answer.text));
    zipped.close();
  },

  async gzip_is_limited_by_what_comes_out(client, target) {
    const zipped = open(target, gzip);
    await fails(code.RESOURCE_EXHAUSTED, ask(zipped, "unary", { payload: Buffer.alloc(64 * MIB) }));
    zipped.close();
  },

  async every_status(client) {
    for (let number = 1; number <= 16; number++) {
      const error = await fails(number, ask(client, "fail", { code: number, text: `it is ${code[number]}` }));
      equal(`it is ${code[number]}`, error.details);
    }
  },

  async status_details(client) {
    const error = await fails(code.INVALID_ARGUMENT, ask(client, "fail", { code: 3, text: "50 % größer\n✓", key: "mtu" }));
    equal("50 % größer\n✓", error.details);
    equal([["mtu", "50 % größer\n✓"]], violations(error));
  },

  async status_after_messages(client) {
    const call = client.failStream({ code: 9, text: "later", key: "mtu", count: 3 }, within());
    const found = [];
    call.on("data", ({ number }) => found.push(number));
    const error = await fails(code.FAILED_PRECONDITION, all(call));
    equal([0, 1, 2], found);
    equal(["later", [["mtu", "later"]]], [error.details, violations(error)]);
  },

  async unknown_method(client) {
    for (const path of ["/interop.v1.InteropService/Nothing", "/interop.v1.Nobody/Unary"]) await fails(code.UNIMPLEMENTED, raw(client, path, Buffer.alloc(0)));
  },

  async bytes_that_are_no_message(client) {
    let error;
    await raw(client, "/interop.v1.InteropService/Unary", Buffer.from([10, 255, 255, 255, 255, 15])).catch((e) => { error = e; });
    ok(error && [code.INTERNAL, code.UNKNOWN].includes(error.code), `not refused: ${error}`);
    equal("after", (await ask(client, "unary", { text: "after" })).value.text);
  },

  async many_calls_on_one_channel(client) {
    const answers = await Promise.all(numbers(1000).map((i) => ask(client, "unary", { text: `${i}` })));
    equal(numbers(1000).map(String), answers.map(({ value }) => value.text));
  },

  async slow_client(client, target) {
    // Nothing is read after the first message: the server has to stop, and nobody else is held up.
    const slow = open(target);
    const call = slow.serverStream({ key: "js-slow", count: 400, size: 65536 }, within());
    await next(call);
    const sent = await still(async () => (await ask(client, "sent", { key: "js-slow" })).value.number);
    ok(sent < 400, "the server sent everything to a client that does not read");
    equal("by", (await ask(slow, "unary", { text: "by" })).value.text);
    equal(399, (await all(call)).length);
    slow.close();
  },

  async slow_server(client) {
    let taken = 0;
    const answer = new Promise((resolve, reject) => {
      const call = client.slowRead(new grpc.Metadata(), within(), (error, value) => (error ? reject(error) : resolve(value)));
      for (let i = 0; i < 400; i++) call.write({ key: "js-reads-slowly", payload: Buffer.alloc(65536) }, () => { taken++; });
      call.end();
    });
    const before = await still(async () => taken);
    ok(before < 400, "everything was sent to a server that does not read");
    equal("by", (await ask(client, "unary", { text: "by" })).value.text);
    await ask(client, "release", { key: "js-reads-slowly" });
    equal(400, (await answer).number);
  },

  async keepalive(client, target) {
    // Both sides ping: a stream on which nothing is said for a while lives on.
    // On a machine that is busy elsewhere an answer takes longer than a second: then it is tried with more.
    let error;
    for (const seconds of [1, 5, 20]) {
      const silent = open(target, { "grpc.keepalive_time_ms": 300, "grpc.keepalive_timeout_ms": seconds * 1000 });
      const call = silent.hang({ key: "js-silent" }, within());
      let lives = true;
      call.on("error", (e) => { [lives, error] = [false, e]; });
      await next(call).then(() => sleep(seconds * 1000 + 1500), () => {});
      if (lives) error = null;
      call.cancel();
      silent.close();
      if (!error) return;
    }
    throw error;
  },

  async restart(client) {
    const call = client.hang({ key: "js-over" }, within());
    equal("begun", (await next(call)).text);
    const rest = all(call);
    await ask(client, "restart", {});
    equal(["stopping"], (await rest).map((answer) => answer.text));
    const metadata = new grpc.Metadata({ waitForReady: true });
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        equal("again", (await ask(client, "unary", { text: "again" }, { metadata })).value.text);
        return;
      } catch (error) { // a call that was on its way when the connection ended
        if (error.code !== code.UNAVAILABLE || Date.now() > end) throw error;
      }
    }
  },
};

/** A call of any method with any bytes. */
function raw(client, path, bytes) {
  const same = (buffer) => buffer;
  return new Promise((resolve, reject) => client.makeUnaryRequest(path, same, same, bytes, new grpc.Metadata(), within(), (error, answer) => (error ? reject(error) : resolve(answer))));
}

const target = process.argv[2];
const client = open(target);
run(cases, client, target);
