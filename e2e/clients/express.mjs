// An application with @azure/web-pubsub-express, the upstream of the emulator. It prints what its
// handlers are told, and its URL first.

import { WebPubSubEventHandler } from "@azure/web-pubsub-express";
import express from "express";
import { done, report } from "./report.mjs";

const handler = new WebPubSubEventHandler("chat", {
  path: "/eventhandler",
  allowedEndpoints: [process.env.WPSGEN_ENDPOINT],
  handleConnect(request, response) {
    report("connect", [request.context.userId, request.claims["webpubsub.group"], request.queries.room, request.subprotocols]);
    if (request.context.userId === "mallory") {
      response.fail(401, "not you");
      return;
    }
    response.setState("visits", 0);
    response.success({ userId: "ada lovelace", groups: ["lobby"], roles: ["webpubsub.sendToGroup.lobby"] });
  },
  handleUserEvent(request, response) {
    const visits = request.context.states.visits + 1;
    report("event", [request.context.eventName, request.context.userId, request.dataType, plain(request.data), visits]);
    response.setState("visits", visits);
    switch (request.context.eventName) {
      case "silence":
        response.success();
        break;
      case "refuse":
        response.fail(400, "no");
        break;
      default:
        response.success(JSON.stringify({ visits }), "json");
    }
  },
  onConnected: ({ context }) => report("connected", [context.userId, context.states]),
  onDisconnected: ({ context, reason }) => report("disconnected", [context.userId, reason, context.states]),
});

function plain(data) {
  return Buffer.isBuffer(data) ? data.toString("hex") : data;
}

const app = express();
app.use(handler.getMiddleware());
const server = app.listen(0, "127.0.0.1", () => report("listening", `http://127.0.0.1:${server.address().port}`));
process.on("SIGINT", done);
