module.exports = async function (context) {
  context.bindings.actions = { actionName: "sendToAll", data: "welcome", dataType: "text" };
};
