module.exports = async function (context, message) {
  return { data: message, dataType: "text" };
};
