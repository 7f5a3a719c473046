package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"hash/maphash"
	"strings"
	"sync"
)

const (
	signaturePrefix = "sha256="
	signatureLen    = len(signaturePrefix) + 2*sha256.Size
	// maxSignatures bounds the work one header can ask for: the service sends one per access key, two in all.
	maxSignatures = 8
)

// Signer makes and checks ce-signature values for one access key. It is safe for concurrent use.
type Signer struct {
	macs       sync.Pool
	remembered remembered
}

// macState is a keyed HMAC with room for its input and output, which would otherwise be allocated for
// each call, since a hash is known only as an interface.
type macState struct {
	mac hash.Hash
	in  [128]byte
	out [sha256.Size]byte
}

// NewSigner returns a Signer whose HMAC key is the UTF-8 bytes of the access key's text.
func NewSigner(accessKey string) *Signer {
	key := []byte(accessKey)
	return &Signer{
		macs:       sync.Pool{New: func() any { return &macState{mac: hmac.New(sha256.New, key)} }},
		remembered: remembered{seed: maphash.MakeSeed()},
	}
}

// Sign returns "sha256=" and the lower-case hex HMAC-SHA256 of the connection id. The service signs
// nothing else: neither the body nor any other header.
func (s *Signer) Sign(connectionID string) string {
	sum := s.sum(connectionID)
	out := make([]byte, signatureLen)
	copy(out, signaturePrefix)
	hex.Encode(out[len(signaturePrefix):], sum[:])
	return string(out)
}

// Verify reports whether one of the signatures in header, separated by commas or blanks, is that of
// connectionID. It compares in constant time; a header with more than eight signatures is refused. It
// allocates nothing but once, for a connection whose events come again and again.
func (s *Signer) Verify(header, connectionID string) bool {
	if len(header) < signatureLen {
		return false
	}
	place := s.remembered.place(connectionID)
	known := place.sumOf(connectionID)
	if known != nil {
		return verify(header, known)
	}
	sum := digitsOf(s.sum(connectionID))
	if !verify(header, &sum) {
		return false // whoever forges signatures leaves nothing behind
	}
	place.keep(connectionID, &sum)
	return true
}

// verify reports whether one of the signatures in a header is the one wanted.
func verify(header string, want *digits) bool {
	match, count := false, 0
	for header != "" {
		var part string
		part, header = cut(header, ',')
		for part != "" {
			var token string
			if token, part = cut(part, ' '); token == "" {
				continue
			}
			if count++; count > maxSignatures {
				return false
			}
			match = isSignature(token, want) || match
		}
	}
	return match
}

func (s *Signer) sum(connectionID string) [sha256.Size]byte {
	m := s.macs.Get().(*macState)
	defer s.macs.Put(m)
	m.mac.Reset()
	m.mac.Write(append(m.in[:0], connectionID...))
	m.mac.Sum(m.out[:0])
	return m.out
}

// cut splits a text at a byte. Each byte of a header is looked at once for each kind of separator: to look for
// the next comma at every blank would take minutes for a header of a megabyte, and strings.IndexAny is slow.
func cut(s string, separator byte) (first, rest string) {
	if i := strings.IndexByte(s, separator); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// digits are the 64 hex digits of a sum in lower case, eight to a word, the first in its highest byte.
type digits [sha256.Size / 4]uint64

func digitsOf(sum [sha256.Size]byte) (d digits) {
	for i := range d {
		d[i] = hexDigits(binary.BigEndian.Uint32(sum[4*i:]))
	}
	return d
}

// isSignature reports whether token is "sha256=" and the digits of a sum, in whatever case. How long it takes
// depends on the token's length and prefix alone: no branch and no table looks at a digit.
func isSignature(token string, want *digits) bool {
	if len(token) != signatureLen || !strings.EqualFold(token[:len(signaturePrefix)], signaturePrefix) {
		return false
	}
	got := []byte(token[len(signaturePrefix):]) // not copied, since nothing writes to it
	var diff uint64
	for i := range want {
		diff |= lower(binary.BigEndian.Uint64(got[8*i:])) ^ want[i]
	}
	return diff == 0
}

// hexDigits returns the eight lower-case hex digits of v, all computed at once.
func hexDigits(v uint32) uint64 {
	x := uint64(v)
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f0f0f0f0f
	letters := (x + 0x0606060606060606) >> 4 & 0x0101010101010101 // 1 in each byte above 9
	return x + 0x3030303030303030 + letters*('a'-'0'-10)
}

// lower sets the bit in which letters of either case differ in those of eight bytes that have the bit of
// letters. Digits are not letters, and no letter becomes one.
func lower(x uint64) uint64 { return x | x>>1&0x2020202020202020 }
