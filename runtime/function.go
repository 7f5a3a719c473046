package wps

// Function is one annotated function: its name, its bindings and the handler that generated glue
// made of it. Generated code fills it; New and Main take a list of them.
type Function struct {
	// Name is the function's name and its folder's.
	Name string
	// Source is where the function stands, as file:line, for messages.
	Source string
	// Bindings are the function's bindings as function.json lists them; exactly one is a trigger.
	Bindings []Binding
	// Handler calls the annotated function.
	Handler Handler
	// Upstream says how the app's functions are reached when the Functions host runs it. It is the same for
	// all functions of an app.
	Upstream Upstream
}

// Upstream is how the events of the service reach an app that the Functions host runs.
type Upstream int

const (
	// UpstreamTrigger lets the host's extension take the events, check them and hand them over in its
	// envelope; it makes connections and carries out actions, too.
	UpstreamTrigger Upstream = iota
	// UpstreamHTTP lets the host pass all requests through as they are, and the app do everything itself.
	UpstreamHTTP
)

// Handler calls one function. Package glue makes handlers; Err is why it could not.
type Handler struct {
	// Call reads its parameters from the invocation, calls the function and hands back its results. It must not
	// keep the invocation, which serves other calls later. It
	// returns the function's own error, or the error that kept the parameters from being decoded.
	Call func(*Invocation) error
	// Err tells what about the function's types no host can serve. New reports it with the function's place.
	Err error
}

// Binding is one entry of function.json. The types below implement it.
type Binding interface {
	binding()
}

// Event types of a webPubSubTrigger.
const (
	EventTypeSystem        = "system"
	EventTypeUser          = "user"
	EventTypeGroupPresence = "groupPresence" // preview: the extension's trigger does not know it (extension-spec 3.6)
)

// WebPubSubTrigger runs a function for one event of one hub.
type WebPubSubTrigger struct {
	// Name is the binding's name.
	Name string
	// Hub is the hub, %setting% resolved at start; empty falls back to the setting WebPubSubHub.
	Hub string
	// EventType is EventTypeSystem, EventTypeUser or EventTypeGroupPresence.
	EventType string
	// EventName is connect, connected or disconnected, the user event's name, or joined or left for group
	// presence; %setting% is resolved at start.
	EventName string
	// ClientProtocols is all (or empty), webPubSub or mqtt.
	ClientProtocols string
	// Connections name the settings whose keys may sign this event; none means Connection, then the default.
	Connections []string
	// Connection is the singular form, used when Connections is empty.
	Connection string
	// Unsigned accepts the event without a signature.
	Unsigned bool
}

// HTTPTrigger runs a function for HTTP requests.
type HTTPTrigger struct {
	// Name is the binding's name.
	Name string
	// Methods are the methods served, in any case; none means all.
	Methods []string
	// Route is the path below the route prefix (api); empty means the function's name.
	Route string
	// AuthLevel is anonymous, function (or empty) or admin.
	AuthLevel string
}

// HTTPOutput is the answer of an HTTPTrigger. It carries nothing but its name.
type HTTPOutput struct {
	// Name is the binding's name.
	Name string
}

// WebPubSubConnection gives a function the URL and token with which a client connects.
type WebPubSubConnection struct {
	// Name is the binding's name.
	Name string
	// Hub is the hub; it may hold %setting% and {expressions}. Empty falls back to the setting WebPubSubHub.
	Hub string
	// UserID is the user the token names; it may hold {expressions} such as {query.userid}.
	UserID string
	// Connection names the setting with the connection string; empty means WebPubSubConnectionString.
	Connection string
	// ClientProtocol is default (or empty), mqtt or socketIO.
	ClientProtocol string
}

// WebPubSub is an output: the actions a function sends to the service.
type WebPubSub struct {
	// Name is the binding's name.
	Name string
	// Hub is the hub; it may hold %setting% and {expressions}. Empty falls back to the setting WebPubSubHub.
	Hub string
	// Connection names the setting with the connection string; empty means WebPubSubConnectionString.
	Connection string
}

// TimerTrigger runs a function on a schedule.
type TimerTrigger struct {
	// Name is the binding's name.
	Name string
	// Schedule is six NCRONTAB fields, of which day and weekday must both match, or a time span
	// hh:mm:ss (host-spec 1.6); %setting% is resolved at start.
	Schedule string
	// RunOnStartup runs the function when timers start, too.
	RunOnStartup bool
	// UseMonitor remembers when the function last ran, for TimerInfo.ScheduleStatus. Schedules of less than a
	// minute are never remembered.
	UseMonitor bool
}

// WebPubSubContext makes an http function an event handler: its RequestContext is the event in the request.
type WebPubSubContext struct {
	// Name is the binding's name.
	Name string
	// Connections name the settings whose keys may sign the events; none means Connection, then the default.
	Connections []string
	// Connection is the singular form, used when Connections is empty.
	Connection string
	// Unsigned accepts events without a signature.
	Unsigned bool
}

// OtherBinding is a binding of an extension this package knows nothing of. Only the Functions host serves it;
// an app without one starts only where the setting WPS_OTHER_BINDINGS is absent. Then functions with such a
// trigger do not run, inputs are null, and outputs go nowhere.
type OtherBinding struct {
	// Name is the binding's name.
	Name string
	// Type is the binding's type, such as queueTrigger.
	Type string
	// Direction is in, out or inout.
	Direction string
	// DataType is the binding's dataType: string, binary, or empty.
	DataType string
}

func (WebPubSubTrigger) binding()    {}
func (HTTPTrigger) binding()         {}
func (HTTPOutput) binding()          {}
func (WebPubSubConnection) binding() {}
func (WebPubSub) binding()           {}
func (TimerTrigger) binding()        {}
func (WebPubSubContext) binding()    {}
func (OtherBinding) binding()        {}
