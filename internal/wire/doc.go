// Package wire holds what both ends of the Web PubSub protocols must spell alike: header names,
// signatures, connection strings, tokens. The runtime and the emulator use it; it imports neither.
package wire
