package dev

// WithAddrs has a launch try addresses in their order, in place of free ones.
func (l Launch) WithAddrs(addrs ...string) Launch {
	l.free = func() (string, error) {
		addr := addrs[0]
		addrs = addrs[1:]
		return addr, nil
	}
	return l
}
