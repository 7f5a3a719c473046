// Every call of @azure/web-pubsub: the status it is answered with and what it returns, or the status
// and code of its error.

import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient } from "@azure/web-pubsub-client";
import { done, Inbox, report } from "./report.mjs";

const { WPSGEN_CONNECTION_STRING, WPSGEN_TLS_ENDPOINT, WPSGEN_ENTRA_TOKEN } = process.env;

const service = new WebPubSubServiceClient(WPSGEN_CONNECTION_STRING, "chat", {
  allowInsecureConnection: true,
  retryOptions: { maxRetries: 0 },
});

/** Makes a call with options that note its status. */
async function call(name, make) {
  let status = 0;
  const onResponse = (response) => (status = response.status);
  try {
    const result = await make(onResponse);
    const returned = result !== undefined && JSON.stringify(result) !== "{}"; // which stands for nothing
    report(name, returned ? [status, result] : [status]);
  } catch (error) {
    report(name, [error.statusCode, error.name, error.code]);
  }
}

/** Connects a client and returns its connection id, its messages and how to stop it. */
async function connect(url) {
  const client = new WebPubSubClient(url, { autoReconnect: false });
  const connected = new Inbox();
  const messages = new Inbox();
  const stopped = new Inbox();
  client.on("connected", (e) => connected.put(e));
  client.on("server-message", ({ message }) => messages.put(message.data));
  client.on("group-message", ({ message }) => messages.put(message.data));
  client.on("stopped", () => stopped.put("stopped"));
  await client.start();
  const [{ connectionId, userId }] = await connected.take();
  return { connectionId, userId, messages, stopped, client };
}

async function tokenUrl(options) {
  return (await service.getClientAccessToken(options)).url;
}

const ada = await connect(await tokenUrl({ userId: "ada", groups: ["g"] }));
const bob = await connect(await tokenUrl({ userId: "bob" }));
const id = ada.connectionId;
const group = service.group("a/b c");

// Sends. A string without a content type goes as JSON.
await call("sendToAll", (onResponse) => service.sendToAll("all", { contentType: "text/plain", onResponse }));
await call("sendToAll json", (onResponse) => service.sendToAll({ a: 1 }, { onResponse }));
await call("sendToAll string", (onResponse) => service.sendToAll("quoted", { onResponse }));
await call("sendToAll filter", (onResponse) =>
  service.sendToAll("ada only", { filter: "userId ne 'b''b' and 'g' in groups", excluded: ["x y"], messageTtlSeconds: 30, onResponse }));
await call("sendToUser", (onResponse) => service.sendToUser("ada", "user", { contentType: "text/plain", onResponse }));
await call("sendToConnection", (onResponse) => service.sendToConnection(id, "connection", { contentType: "text/plain", onResponse }));
await call("sendToConnection missing", (onResponse) => service.sendToConnection("conn1", "x", { contentType: "text/plain", onResponse }));

// Groups.
await call("group.addConnection", (onResponse) => group.addConnection(id, { onResponse }));
await call("group.addConnection missing", (onResponse) => group.addConnection("conn1", { onResponse }));
await call("group.addUser", (onResponse) => group.addUser("bob", { onResponse }));
await call("group.addUser missing", (onResponse) => group.addUser("carol", { onResponse }));
await call("group.sendToAll", (onResponse) => group.sendToAll("group", { excluded: [bob.connectionId], onResponse }));
await call("group.listConnections", async (onResponse) => {
  const pages = [];
  for await (const page of (await group.listConnections({ top: 2, maxPageSize: 1, onResponse })).byPage()) {
    pages.push(page.map((member) => member.userId));
  }
  return pages.sort();
});
await call("group.removeUser", (onResponse) => group.removeUser("bob", { onResponse }));
await call("group.removeConnection", (onResponse) => group.removeConnection(id, { onResponse }));
await call("addConnectionsToGroups", (onResponse) => service.addConnectionsToGroups(["h", "i"], "userId eq 'ada'", { onResponse }));
await call("removeConnectionsFromGroups", (onResponse) => service.removeConnectionsFromGroups(["i"], "userId eq 'ada'", { onResponse }));
await call("bad filter", (onResponse) => service.addConnectionsToGroups(["h"], "userId =", { onResponse }));

// Questions.
await call("groupExists", (onResponse) => service.groupExists("h", { onResponse }));
await call("groupExists missing", (onResponse) => service.groupExists("i", { onResponse }));
await call("userExists", (onResponse) => service.userExists("ada", { onResponse }));
await call("userExists missing", (onResponse) => service.userExists("carol", { onResponse }));
await call("connectionExists", (onResponse) => service.connectionExists(id, { onResponse }));
await call("connectionExists missing", (onResponse) => service.connectionExists("conn1", { onResponse }));
await call("removeUserFromAllGroups", (onResponse) => service.removeUserFromAllGroups("ada", { onResponse }));
await call("removeConnectionFromAllGroups", (onResponse) => service.removeConnectionFromAllGroups(id, { onResponse }));
await call("groupExists empty", (onResponse) => service.groupExists("h", { onResponse }));

// Permissions.
const target = { targetName: "g" };
await call("hasPermission before", (onResponse) => service.hasPermission(id, "sendToGroup", { ...target, onResponse }));
await call("grantPermission", (onResponse) => service.grantPermission(id, "sendToGroup", { ...target, onResponse }));
await call("hasPermission", (onResponse) => service.hasPermission(id, "sendToGroup", { ...target, onResponse }));
await call("revokePermission", (onResponse) => service.revokePermission(id, "sendToGroup", { ...target, onResponse }));
await call("hasPermission after", (onResponse) => service.hasPermission(id, "sendToGroup", { ...target, onResponse }));
await call("grantPermission missing", (onResponse) => service.grantPermission("conn1", "joinLeaveGroup", { ...target, onResponse }));

report("ada got", await ada.messages.take(7));

// Tokens: a credential of Azure Identity makes the service sign, over TLS only.
const entra = new WebPubSubServiceClient(
  WPSGEN_TLS_ENDPOINT,
  { getToken: async () => ({ token: WPSGEN_ENTRA_TOKEN, expiresOnTimestamp: Date.now() + 3600_000 }) },
  "chat",
);
await call("generateToken", async (onResponse) => {
  const options = { userId: "eve", roles: ["webpubsub.joinLeaveGroup"], groups: ["g"], expirationTimeInMinutes: 5, onResponse };
  const { token } = await entra.getClientAccessToken(options);
  const endpoint = /Endpoint=http([^;]*);/.exec(WPSGEN_CONNECTION_STRING)[1];
  const eve = await connect(`ws${endpoint}/client/hubs/chat?access_token=${token}`);
  await eve.client.joinGroup("h");
  return [eve.userId, await service.groupExists("g")];
});
const stranger = new WebPubSubServiceClient(WPSGEN_CONNECTION_STRING.replace(/AccessKey=[^;]*/, `AccessKey=${"k".repeat(32)}`), "chat", {
  allowInsecureConnection: true,
});
await call("another key", (onResponse) => stranger.sendToAll("x", { contentType: "text/plain", onResponse }));

// Closes, each of somebody who is there.
const [dan, eve] = [await connect(await tokenUrl({ userId: "dan", groups: ["d"] })), await connect(await tokenUrl({ userId: "eva" }))];
await call("closeConnection", (onResponse) => service.closeConnection(id, { reason: "done now", onResponse }));
await call("closeConnection missing", (onResponse) => service.closeConnection("conn1", { onResponse }));
await call("closeUserConnections", (onResponse) => service.closeUserConnections("bob", { reason: "r", excluded: ["x"], onResponse }));
await call("group.closeAllConnections", (onResponse) => service.group("d").closeAllConnections({ reason: "r", onResponse }));
await call("closeAllConnections", (onResponse) => service.closeAllConnections({ reason: "r", excluded: ["x"], onResponse }));
for (const one of [ada, bob, dan, eve]) await one.stopped.take();
report("everybody closed", [await service.userExists("ada"), await service.userExists("eve"), await service.userExists("eva")]);
done();
