public static UserEventResponse Run(BinaryData data, IAsyncCollector<WebPubSubAction> actions) => new UserEventResponse();
