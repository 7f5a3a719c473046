import { AzureFunction, Context, HttpRequest } from "@azure/functions";

const run: AzureFunction = async function (context: Context, req: HttpRequest, connection: any) {
  context.res = { body: connection };
};

export default run;
