const fs = require("fs");
const path = require("path");

module.exports = async function (context) {
  const page = path.join(context.executionContext.functionDirectory, "..", "public/index.html");
  context.res = { body: fs.readFileSync(page), headers: { "Content-Type": "text/html" } };
};
