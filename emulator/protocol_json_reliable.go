package emulator

import "strconv"

// reliableJSON is json.reliable.webpubsub.azure.v1 (service-spec 2.6): the JSON protocol with a
// sequence id as the last member of every data message.
type reliableJSON struct{ jsonProtocol }

func (reliableJSON) numbered(f frame, sequenceID uint64) frame {
	const name = `,"sequenceId":`
	b := make([]byte, 0, len(f.data)+len(name)+20)
	b = append(b, f.data[:len(f.data)-1]...) // without its closing brace
	b = strconv.AppendUint(append(b, name...), sequenceID, 10)
	return frame{f.kind, append(b, '}')}
}
