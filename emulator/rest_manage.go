package emulator

func (c *call) closeAll() *restError {
	return c.close(audience{kind: everybody, excluded: c.query["excluded"]})
}

func (c *call) closeGroup() *restError {
	return c.close(audience{kind: oneGroup, name: c.group, excluded: c.query["excluded"]})
}

func (c *call) closeUser() *restError {
	return c.close(audience{kind: oneUser, name: c.user, excluded: c.query["excluded"]})
}

func (c *call) closeConnection() *restError {
	return c.close(audience{kind: oneConnection, name: c.id})
}

// close ends the connections that are meant, if any.
func (c *call) close(who audience) *restError {
	end := closeByServer(lastValue(c.query, "reason"))
	for _, one := range c.hub.audience(who) {
		one.shut(end)
	}
	return nil
}

// connection finds the connection the path names.
func (c *call) connection() (*connection, *restError) {
	if one := c.hub.connection(c.id); one != nil {
		return one, nil
	}
	return nil, notFound("Connection", c.id)
}

func (c *call) addConnection() *restError {
	one, fail := c.connection()
	if fail == nil {
		c.hub.join(c.group, one)
	}
	return fail
}

func (c *call) removeConnection() *restError {
	c.hub.leave(c.group, c.hub.audience(audience{kind: oneConnection, name: c.id})...)
	return nil
}

func (c *call) removeConnectionFromAll() *restError {
	c.hub.leaveAll(c.hub.audience(audience{kind: oneConnection, name: c.id})...)
	return nil
}

func (c *call) addUser() *restError {
	all := c.hub.audience(audience{kind: oneUser, name: c.user})
	if len(all) == 0 {
		return notFound("User", c.user)
	}
	c.hub.join(c.group, all...)
	return nil
}

func (c *call) removeUser() *restError {
	c.hub.leave(c.group, c.hub.audience(audience{kind: oneUser, name: c.user})...)
	return nil
}

func (c *call) removeUserFromAll() *restError {
	c.hub.leaveAll(c.hub.audience(audience{kind: oneUser, name: c.user})...)
	return nil
}
