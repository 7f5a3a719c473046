package odata

import "fmt"

// comparisons holds the comparison operators; those of order get integers.
var comparisons = map[string]func(left, right any) any{
	"eq": func(l, r any) any { return l == r },
	"ne": func(l, r any) any { return l != r },
	"gt": ordered(func(l, r int64) bool { return l > r }),
	"ge": ordered(func(l, r int64) bool { return l >= r }),
	"lt": ordered(func(l, r int64) bool { return l < r }),
	"le": ordered(func(l, r int64) bool { return l <= r }),
}

// ordered makes an operator false when a side is null.
func ordered(holds func(l, r int64) bool) func(left, right any) any {
	return func(left, right any) any {
		l, isNumber := left.(int64)
		r, isNumberToo := right.(int64)
		return isNumber && isNumberToo && holds(l, r)
	}
}

// compare builds a comparison. eq and ne take two of a kind, or null; the others take integers.
func compare(operator string, left, right node) (node, error) {
	accepted := null | boolean | integer | text
	if operator != "eq" && operator != "ne" {
		accepted = null | integer
	}
	for _, side := range []node{left, right} {
		if err := side.must(accepted, operator); err != nil {
			return node{}, err
		}
	}
	if !comparableKinds(left, right) {
		return node{}, fmt.Errorf("character %d: %s cannot compare %s with %s", left.at, operator, left.kind, right.kind)
	}
	holds := comparisons[operator]
	return node{boolean, left.at, func(s *Subject) any { return holds(left.eval(s), right.eval(s)) }}, nil
}

func comparableKinds(left, right node) bool {
	return left.kind == right.kind || left.kind == null || right.kind == null
}

// membership reads what follows in: the property groups, or a list.
func (p *parser) membership(item node) (node, error) {
	if !p.peek().is("(") {
		set, err := p.unary()
		if err != nil {
			return node{}, err
		}
		if set.kind != collection {
			return node{}, fmt.Errorf("character %d: in takes a list in parentheses or groups", set.at)
		}
		if err := item.must(text|null, "in groups"); err != nil {
			return node{}, err
		}
		return node{boolean, item.at, func(s *Subject) any { return contains(set.eval(s), item.eval(s)) }}, nil
	}
	list, err := p.list()
	if err != nil {
		return node{}, err
	}
	for _, one := range list {
		if !comparableKinds(item, one) || one.kind == collection {
			return node{}, fmt.Errorf("character %d: in cannot compare %s with %s", one.at, item.kind, one.kind)
		}
	}
	return node{boolean, item.at, func(s *Subject) any {
		value := item.eval(s)
		for _, one := range list {
			if one.eval(s) == value {
				return true
			}
		}
		return false
	}}, nil
}

func contains(set, item any) bool {
	names, _ := set.(map[string]struct{})
	name, isName := item.(string)
	_, found := names[name]
	return isName && found
}
