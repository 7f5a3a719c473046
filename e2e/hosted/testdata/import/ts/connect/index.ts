import { AzureFunction, Context, HttpRequest } from "@azure/functions";

const run: AzureFunction = async function (context: Context, req: HttpRequest, wpsReq: any) {
  context.res = wpsReq.response;
};

export default run;
