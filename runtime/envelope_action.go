package wps

import "errors"

func encodeAction(Action) ([]byte, error) { return nil, errors.New("not yet") }

func appendHostData(b []byte, p Payload) ([]byte, error) { return b, errors.New("not yet") }
