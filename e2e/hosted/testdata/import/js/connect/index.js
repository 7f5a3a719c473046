module.exports = async function (context) {
  return { userId: context.bindingData.connectionContext.userId };
};
