package dev

import "net"

// AtOrNear calls listen with addr and, when that fails because something listens there already or for another
// reason, with port 0 of the same host, which is a free one. When both fail the error is the first.
func AtOrNear[T any](addr string, listen func(addr string) (T, error)) (T, error) {
	got, err := listen(addr)
	if err == nil {
		return got, nil
	}
	host, _, splitErr := net.SplitHostPort(addr)
	if splitErr != nil {
		return got, err
	}
	if near, nearErr := listen(net.JoinHostPort(host, "0")); nearErr == nil {
		return near, nil
	}
	return got, err
}

// freeAddr returns a loopback address where nothing listens now.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// taken reports whether something listens at an address.
func taken(addr string) bool {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		l.Close()
	}
	return err != nil
}
