// @azure/web-pubsub-client whose connection cannot be recovered: it gets another one and joins its
// groups again by itself.

import { setTimeout as pause } from "node:timers/promises";
import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient } from "@azure/web-pubsub-client";
import { ask, done, Inbox, report } from "./report.mjs";

const { WPSGEN_URL, WPSGEN_CONNECTION_STRING } = process.env;

const service = new WebPubSubServiceClient(WPSGEN_CONNECTION_STRING, "chat", { allowInsecureConnection: true });
const client = new WebPubSubClient(WPSGEN_URL);
const connected = new Inbox();
const disconnected = new Inbox();
const received = new Inbox();
client.on("connected", (e) => connected.put(e.connectionId));
client.on("disconnected", (e) => disconnected.put(e.connectionId));
client.on("group-message", ({ message }) => received.put(message.data));

await client.start();
await client.joinGroup("g");
const [first] = await connected.take();

await ask("drop");
report("disconnected", (await disconnected.take())[0] === first);
const [second] = await connected.take();
report("another connection", second !== first);
while (!(await service.groupExists("g"))) await pause(20);
await service.group("g").sendToAll("welcome back");
report("in its group", await received.take());

client.stop();
await disconnected.take();
done();
