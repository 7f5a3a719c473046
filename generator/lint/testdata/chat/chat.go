package chat

import (
	"context"
	"io"

	"lint.test/shared"
	. "lint.test/shared"
)

/* want+1 `WPS106: hubName is called hub; write hub` */
//wps:trigger hubName=chat eventType=user eventName=one
func OldKey() {}

/* want+2 `WPS102: this comment begins like a directive` */

// wps:http
func NearMiss() {}

/* want+1 `WPS102: this comment begins like a directive` */
//WPS:output hub=chat
//wps:http route=second
func Second() {}

/* want+1 `WPS206: Again and Aliases both run on user event two of hub chat` */
//wps:trigger hub=chat eventType=user eventName=two
func Aliases(ctx context.Context, data shared.Text, event *Event) (Text, shared.Failure) {
	return data, nil
}

//wps:trigger hub=chat eventType=user eventName=three
func Generic(data Pair[int]) (Boxes[Pair[int]], error) { return nil, nil }

//wps:trigger hub=chat eventType=user eventName=four
func Handlers(data shared.Handler) {} // want `WPS302: parameter data cannot be a lint.test/shared.Handler: a func cannot be decoded from JSON`

//wps:trigger hub=chat eventType=user eventName=five
func Channels(data Boxes[chan int]) {} // want `WPS302: .*: a chan cannot be decoded from JSON`

//wps:trigger hub=chat eventType=user eventName=six
func Writer(data io.Writer) map[bool]int { return nil } // want `WPS302: .*an interface with methods` `WPS303: .*a map with keys of type bool`

//wps:trigger hub=chat eventType=user eventName=seven
func Late(data string, ctx context.Context) {} // want `WPS301: context.Context is not the first parameter`

//wps:http
func Several[T any](names ...T) {} // want `WPS301: Several has type parameters`

//wps:http
func Functions() {} // want `WPS502: Functions is declared here`
