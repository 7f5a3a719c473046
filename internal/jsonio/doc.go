// Package jsonio reads and writes JSON whose shape is known, member by member: several times as fast as
// decoding into a struct, and with member names compared exactly, as the service's own peers do. It reads
// what encoding/json accepts and nothing else.
package jsonio
