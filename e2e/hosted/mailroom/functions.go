// Command mailroom is an app whose functions have other extensions' bindings beside those of Web PubSub.
// They hand on what they get as it is.
//
//wps:defaults hub=mail
package main

import "github.com/wpsgen/wpsgen/runtime"

// Letter is what waits in the queue. Any of its texts may look like something else.
type Letter struct {
	From  string   `json:"from"`
	Lines []string `json:"lines"`
}

// Deliver sends a letter to everybody, puts a copy into another queue, and into a third the URL by which
// somebody else can wait for the next.
//
//wps:binding type=queueTrigger direction=in name=letter queueName=letters connection=AzureWebJobsStorage
//wps:binding type=queue direction=out name=filed queueName=filed connection=AzureWebJobsStorage
//wps:binding type=queue direction=out name=invitation queueName=invitations connection=AzureWebJobsStorage
//wps:connection userId=postman
//wps:output
func Deliver(letter Letter, filed *Letter, invitation *string, connection wps.Connection, actions *wps.Actions) {
	*filed = letter
	*invitation = connection.URL
	actions.Add(wps.SendToAll{Data: wps.JSON(letter)})
}

// Stamp takes text from one queue to another, and tells everybody.
//
//wps:binding type=queueTrigger direction=in name=text queueName=texts connection=AzureWebJobsStorage
//wps:binding type=queue direction=out name=stamped queueName=stamped connection=AzureWebJobsStorage
//wps:output
func Stamp(text string, stamped *string) wps.Action {
	*stamped = text
	return wps.SendToAll{Data: wps.Text(text)}
}

// Shelf is what lies on one.
type Shelf struct {
	Label  string         `json:"label"`
	Pages  []byte         `json:"pages"`
	Letter Letter         `json:"letter"`
	Access wps.Connection `json:"access"`
}

// Look shows what lies on a shelf, with a connection for who looks.
//
//wps:http methods=get authLevel=anonymous
//wps:binding type=blob direction=in name=label path=shelf/label connection=AzureWebJobsStorage
//wps:binding type=blob direction=in name=pages path=shelf/pages dataType=binary connection=AzureWebJobsStorage
//wps:binding type=cosmosDB direction=in name=letter databaseName=mail containerName=letters connection=Documents
//wps:binding type=queue direction=out name=looked queueName=looked connection=AzureWebJobsStorage
//wps:connection userId={query.user}
func Look(label string, pages []byte, letter Letter, looked *string, connection wps.Connection) Shelf {
	*looked = label
	return Shelf{Label: label, Pages: pages, Letter: letter, Access: connection}
}

// Keep keeps a text on the client's connection and answers with the one from before.
//
//wps:trigger eventType=user eventName=keep
func Keep(data string, connection *wps.ConnectionContext) (*wps.UserEventResponse, error) {
	var before string
	if _, err := connection.State("kept", &before); err != nil {
		return nil, err
	}
	answer := &wps.UserEventResponse{Data: wps.Text(before)}
	answer.SetState("kept", data)
	return answer, nil
}
