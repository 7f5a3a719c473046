package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/wpsgen/wpsgen/generator/scaffold"
)

// question is one about a function that new is to make.
type question struct {
	text, byDefault string
	// at is where the answer goes.
	at func(*scaffold.Function) *string
}

// askFor asks for what was not given.
func (r *newRun) askFor(p *prompter, f *scaffold.Function) error {
	if f.Kind.Name == "" {
		fmt.Fprintln(p.out, kindsHelp())
		name, err := p.ask("Kind", "event", func(name string) error {
			_, err := scaffold.KindOf(name)
			return err
		})
		if err != nil {
			return err
		}
		f.Kind, _ = scaffold.KindOf(name) // it has been checked
	}
	if f.Name != "" {
		given := *f
		given.Hub = cmp.Or(f.Hub, defaultHub)
		if err := given.Check(r.pkg); err != nil {
			return err // no answer would mend it
		}
	}
	for _, q := range r.questions(f) {
		answer, err := p.ask(q.text, q.byDefault, func(answer string) error { return r.checkAnswer(*f, q, answer) })
		if err != nil {
			return err
		}
		*q.at(f) = answer
	}
	return nil
}

// questions are those that nobody has answered yet.
func (r *newRun) questions(f *scaffold.Function) []question {
	var open []question
	add := func(applies bool, q question) {
		if applies && *q.at(f) == "" {
			open = append(open, q)
		}
	}
	add(true, question{"Name of the Go function", "", func(f *scaffold.Function) *string { return &f.Name }})
	add(r.pkg.Defaults["hub"] == "", question{"Hub", r.knownHub(), func(f *scaffold.Function) *string { return &f.Hub }})
	add(f.Kind.Has(scaffold.OptionEvent), question{"User event (empty for the name)", "", func(f *scaffold.Function) *string { return &f.Event }})
	add(f.Kind.Has(scaffold.OptionRoute), question{"Route (empty for the name)", "", func(f *scaffold.Function) *string { return &f.Route }})
	add(f.Kind.Has(scaffold.OptionSchedule), question{"Schedule", scaffold.DefaultSchedule, func(f *scaffold.Function) *string { return &f.Schedule }})
	return open
}

// checkAnswer holds one answer against what it is for, as if the questions after it had answers.
func (r *newRun) checkAnswer(f scaffold.Function, q question, answer string) error {
	*q.at(&f) = answer
	if answer == "" && q.at(&f) == &f.Hub {
		return errors.New("a function needs a hub")
	}
	f.Hub = cmp.Or(f.Hub, defaultHub)
	return f.Check(r.pkg)
}
