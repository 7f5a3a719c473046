package otel_test

import (
	"context"
	"log"

	api "go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"

	"github.com/wpsgen/wpsgen/runtime"
	"github.com/wpsgen/wpsgen/runtime/otel"
)

// functions stands for what wpsgen generates: chat.Functions(&chat.Server{}).
var functions []wps.Function

// setUp stands for what the program does with an SDK: providers, an exporter, and their end.
func setUp(context.Context) (shutdown func(context.Context) error, err error) {
	return func(context.Context) error { return nil }, nil
}

func ExampleWith() {
	ctx := context.Background()
	shutdown, err := setUp(ctx) // sets the global providers
	if err != nil {
		log.Fatal(err)
	}
	defer shutdown(ctx)
	api.SetTextMapPropagator(propagation.TraceContext{})
	wps.Main(functions, otel.With())
}
