public static IActionResult Run(HttpRequest req, WebPubSubConnection first, WebPubSubConnection second) => new OkObjectResult(first);
