package emulator

import "time"

// defaultKeepAlive is how often the service pings a client (service-spec 10).
const defaultKeepAlive = 20 * time.Second

// missedPings is after how many intervals without a pong a client counts as lost.
const missedPings = 2

// keepAlive pings the client of a link at the hub's interval until the link ends. A client that does
// not answer is cut off, as if the network had done it. The interval is read anew each time; a hub
// that has none stops the pings of its connections for good.
func (c *connection) keepAlive(l *link) {
	interval := c.hub.settings.Load().keepAlive
	if interval <= 0 {
		return
	}
	l.pingAfter(interval, func() {
		if !c.emulator.begin() {
			return
		}
		defer c.emulator.tasks.Done()
		if !l.socket.ping(l.ctx, missedPings*interval) && !l.paused.Load() {
			c.emulator.log.Info("client does not answer pings, or has left", "hub", c.hub.name, "connection", c.id)
			l.abort()
			return
		}
		c.keepAlive(l)
	})
}
