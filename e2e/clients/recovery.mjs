// @azure/web-pubsub-client in its default protocol, on a connection that the test drops again and
// again while messages go both ways.

import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient, WebPubSubJsonProtocol } from "@azure/web-pubsub-client";
import { ask, done, Inbox, report } from "./report.mjs";

const { WPSGEN_URL, WPSGEN_DIRECT_URL, WPSGEN_CONNECTION_STRING } = process.env;
const drops = 4;
const messagesPerDrop = 50;

const service = new WebPubSubServiceClient(WPSGEN_CONNECTION_STRING, "chat", { allowInsecureConnection: true });
const client = new WebPubSubClient(WPSGEN_URL);
const observer = new WebPubSubClient(WPSGEN_DIRECT_URL, { protocol: WebPubSubJsonProtocol() });

const connected = new Inbox();
const disconnected = new Inbox();
const received = new Inbox();
const observed = new Inbox();
client.on("connected", (e) => connected.put(e.connectionId));
client.on("disconnected", (e) => disconnected.put(e.connectionId));
client.on("group-message", ({ message }) => received.put(message.data));
observer.on("group-message", ({ message }) => observed.put(message.data));

await observer.start();
await observer.joinGroup("up");
await client.start();
await client.joinGroup("down");

const [id] = await connected.take();
const total = drops * messagesPerDrop;
const acknowledged = [];
for (let n = 0; n < total; n++) {
  await service.group("down").sendToAll(n);
  acknowledged.push(client.sendToGroup("up", n, "json", { ackId: 1000 + n }));
  if (n % messagesPerDrop === messagesPerDrop / 2) await ask("drop");
}
await Promise.all(acknowledged);

const numbers = Array.from({ length: total }, (_, n) => n);
report("down, in order", JSON.stringify(await received.take(total)) === JSON.stringify(numbers));
const up = await observed.take(total);
report("up, each once", JSON.stringify(up.sort((a, b) => a - b)) === JSON.stringify(numbers));
await client.sendToGroup("up", "last", "text");
await service.group("down").sendToAll("last");
report("nothing doubled", [await observed.take(), await received.take(), received.all, observed.all]);
report("still the same connection", [await service.connectionExists(id), connected.all, disconnected.all]);

client.stop();
await disconnected.take();
observer.stop();
done();
