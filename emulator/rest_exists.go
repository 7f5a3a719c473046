package emulator

// no makes an error the answer to a question.
func no(answer *restError) *restError {
	answer.answers = true
	return answer
}

func (c *call) connectionExists() *restError {
	return c.exists(audience{kind: oneConnection, name: c.id}, "Connection")
}

func (c *call) userExists() *restError {
	return c.exists(audience{kind: oneUser, name: c.user}, "User")
}

func (c *call) groupExists() *restError {
	return c.exists(audience{kind: oneGroup, name: c.group}, "Group")
}

// exists asks whether there is a connection at all; one whose client is lost counts until it ends.
func (c *call) exists(who audience, kind string) *restError {
	if len(c.hub.audience(who)) == 0 {
		return no(notFound(kind, who.name))
	}
	return nil
}
