public static WebPubSubEventResponse Run(ConnectEventRequest request) => request.CreateResponse("ann", null, null, null);
