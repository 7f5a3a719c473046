// All that @azure/web-pubsub-client can do on one connection, in its default protocol or in the plain
// one, and what it sees of it.

import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient, WebPubSubJsonProtocol } from "@azure/web-pubsub-client";
import { done, Inbox, refusal, report } from "./report.mjs";

const { WPSGEN_URL, WPSGEN_CONNECTION_STRING, WPSGEN_PROTOCOL } = process.env;

const service = new WebPubSubServiceClient(WPSGEN_CONNECTION_STRING, "chat", { allowInsecureConnection: true });
const client = new WebPubSubClient(WPSGEN_URL, {
  messageRetryOptions: { maxRetries: 0 },
  ...(WPSGEN_PROTOCOL === "plain" && { protocol: WebPubSubJsonProtocol() }),
});

const connected = new Inbox();
const disconnected = new Inbox();
const messages = new Inbox();
client.on("connected", (e) => connected.put(e));
client.on("disconnected", (e) => disconnected.put(e));
client.on("group-message", ({ message }) =>
  messages.put([message.group, message.fromUserId, message.dataType, plain(message.data)]),
);
client.on("server-message", ({ message }) => messages.put(["server", message.dataType, plain(message.data)]));

function plain(data) {
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("hex") : data;
}

await client.start();
const [first] = await connected.take();
report("connected", first.userId);

await client.joinGroup("g");
await client.sendToGroup("g", "hello", "text");
await client.sendToGroup("g", "not for me", "text", { noEcho: true });
await client.sendToGroup("g", { a: [1] }, "json");
await client.sendToGroup("g", new Uint8Array([0, 255]).buffer, "binary");
await client.sendToGroup("g", "no ack", "text", { fireAndForget: true });
report("group messages", await messages.take(4));

await client.sendEvent("ask", { n: 1 }, "json");
report("reply before the ack", messages.all);
await messages.take();
report("event nobody takes", await refusal(client.sendEvent("other", "x", "text")));
report("event refused", await refusal(client.sendEvent("refuse", "x", "text")));

report("join elsewhere", await refusal(client.joinGroup("secret")));
report("leave elsewhere", await refusal(client.leaveGroup("secret")));
report("send elsewhere", await refusal(client.sendToGroup("secret", "x", "text")));

await client.sendToGroup("g", "once", "text", { ackId: 1000 });
report("sent twice", (await client.sendToGroup("g", "once", "text", { ackId: 1000 })).isDuplicated);
report("received", await messages.take());

await client.leaveGroup("g");
await client.sendToGroup("g", "not a member", "text");
await client.sendEvent("ask", { n: 2 }, "json");
report("after leaving", await messages.take());

await service.closeConnection(first.connectionId, { reason: "enough" });
const [closed] = await disconnected.take();
report("closed by the server", [closed.connectionId === first.connectionId, closed.message?.message]);
const [second] = await connected.take();
report("reconnected", [second.userId, second.connectionId !== first.connectionId]);

client.stop();
await disconnected.take();
report("stopped", connected.all);
done();
