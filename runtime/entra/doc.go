// Package entra connects apps of package wps with Microsoft Entra ID: [WithIdentity] sends requests to the
// service with an identity in place of an access key, and [WithEventTokens] lets in only events that carry a
// token of the service's managed identity. Programs that do not import it carry none of its dependencies.
//
// # What an event's token proves
//
// That the tenant's Entra ID issued it, for the app's audience, to an application of the tenant, and that it
// has not expired. With ObjectIDs or AppIDs it proves, too, that the application is one of those: give the
// object id of the service's managed identity. Without them every application of the tenant that can get a
// token for the audience can send events, which is all of them unless the enterprise application of the
// audience requires an assignment.
//
// # What it does not prove
//
// A token signs neither the body nor the ce-* headers, and is the same for many events. Whoever has seen one
// can send events with it until it expires, so events must come over TLS to the app itself or to a proxy that
// is trusted. A token says nothing of the hub or of the client either; the app holds the event's origin
// against its connections as always. Preflights carry no proof and are not checked.
package entra
