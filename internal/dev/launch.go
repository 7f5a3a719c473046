package dev

import (
	"context"
	"io"
)

// maxLaunches is how many addresses Launch tries.
const maxLaunches = 5

// Launch describes a program that serves at an address it is told.
type Launch struct {
	Program, Dir string
	Env          []string
	AddrVariable string // the environment variable for the address
	ReadyPath    string // answers 200 when the program is ready
	Output       io.Writer
	// Tried, when there is one, is called with each address before the program is started there.
	Tried func(addr string)

	free func() (string, error) // freeAddr, save in tests
}

// Start runs the program at a free loopback address, waits until it is ready, and returns it and the address.
// Whoever else takes a free port in the moment before the program listens gets it: then Start tries another.
// It fails when the program cannot be started or ends, or with ctx; nothing runs then.
func (l Launch) Start(ctx context.Context) (*Process, string, error) {
	free := l.free
	if free == nil {
		free = freeAddr
	}
	for try := 1; ; try++ {
		addr, err := free()
		if err != nil {
			return nil, "", err
		}
		if l.Tried != nil {
			l.Tried(addr)
		}
		p, err := l.startAt(ctx, addr)
		if err == nil {
			return p, addr, nil
		}
		if try == maxLaunches || ctx.Err() != nil || !taken(addr) {
			return nil, "", err
		}
	}
}

func (l Launch) startAt(ctx context.Context, addr string) (*Process, error) {
	p, err := Start(l.Program, l.Dir, append(l.Env[:len(l.Env):len(l.Env)], l.AddrVariable+"="+addr), l.Output)
	if err != nil {
		return nil, err
	}
	if err := p.WaitReady(ctx, "http://"+addr+l.ReadyPath); err != nil {
		p.Stop(0)
		return nil, err
	}
	return p, nil
}
