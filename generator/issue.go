package generator

import (
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/directive"
)

// finding gives an issue of the directive its code and place.
func (u *use) finding(issue binding.Issue) diag.Finding {
	f := diag.Finding{
		Code:    u.code(issue),
		Place:   u.place,
		Message: issue.Message,
		Hint:    issue.Hint,
	}
	if issue.Arg >= 0 {
		f.Place = u.partPlace(issue.Arg, issue.Part)
	}
	if issue.Fix != "" {
		f.Edits = []diag.Edit{{Place: f.Place, NewText: issue.Fix}}
	}
	if issue.Other >= 0 {
		a := u.directive.Args[issue.Other]
		f.Related = []diag.Related{{Place: place(u.fset, a.Pos, a.End), Message: "the other one"}}
	}
	return f
}

func (u *use) partPlace(arg int, part binding.Part) diag.Place {
	a := u.directive.Args[arg]
	switch {
	case part == binding.PartKey:
		return place(u.fset, a.KeyPos, a.KeyEnd)
	case a.Flag:
		return place(u.fset, a.Pos, a.End)
	}
	return place(u.fset, a.ValuePos, a.End)
}

func (u *use) code(issue binding.Issue) diag.Code {
	switch issue.Kind {
	case binding.UnknownKey, binding.OldKey, binding.MisplacedKey:
		return diag.UnknownKey
	case binding.RepeatedKey:
		return diag.RepeatedKey
	case binding.MissingKey:
		return diag.MissingKey
	case binding.Conflict:
		return diag.ConflictingKeys
	case binding.Secret:
		return diag.SecretInSource
	case binding.OwnVerb:
		return diag.OwnVerb
	case binding.Caution:
		if u.directive.Args[issue.Arg].Key == "unsigned" {
			return diag.UnsignedEvents
		}
		return diag.Consequences
	case binding.BadValue, binding.OldValue:
		return u.valueCode(u.directive.Args[issue.Arg].Key)
	case binding.NoValue:
		return diag.BadValue
	}
	return diag.Deprecated
}

// valueCode tells the kinds of bad values apart that people look up separately.
func (u *use) valueCode(key string) diag.Code {
	p := u.Property(key)
	switch {
	case p == nil, p.Format == "bindingType":
		return diag.BadValue
	case key == "name" && len(u.Def.Bindings) > 0:
		return diag.BadBindingName
	case key == "name":
		return diag.BadFunctionName
	case p.Format == "route":
		return diag.BadRoute
	case p.Format == "schedule":
		return diag.BadSchedule
	case key == "eventName" && u.Get("eventType") == "system":
		return diag.WrongSystemEvent
	case p.Pattern != "":
		return diag.BadName
	}
	return diag.BadValue
}

// reportProblems makes findings of what cannot be read as a directive.
func (g *run) reportProblems(problems []directive.Problem) {
	codes := map[directive.Kind]diag.Code{
		directive.NearMiss:        diag.NearMiss,
		directive.Syntax:          diag.MalformedDirective,
		directive.Quoting:         diag.MalformedDirective,
		directive.TrailingComment: diag.MalformedDirective,
		directive.DuplicateKey:    diag.RepeatedKey,
	}
	for _, p := range problems {
		f := diag.Finding{
			Code: codes[p.Kind], Place: place(g.fset, p.Pos, p.End), Message: p.Message, Hint: p.Hint,
		}
		if p.Other.IsValid() {
			f.Related = []diag.Related{{Place: place(g.fset, p.Other, p.OtherEnd), Message: "the other one"}}
		}
		if p.Fix != "" {
			f.Edits = []diag.Edit{{Place: f.Place, NewText: p.Fix}}
		}
		g.report(f)
	}
}
