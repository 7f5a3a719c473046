package odata

import (
	"fmt"
	"strconv"
	"strings"
)

// parser turns tokens into nodes, one method per level of precedence.
type parser struct {
	tokens []token
	next   int
	joined int // how many and and or were read
	depth  int
}

func (p *parser) peek() token { return p.tokens[p.next] }

// take returns the next token and goes on behind it; the end stays where it is.
func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.kind != tokenEnd {
		p.next++
	}
	return t
}

// expect takes the sign or fails.
func (p *parser) expect(sign string) error {
	if t := p.take(); !t.is(sign) {
		return t.unexpected(sign)
	}
	return nil
}

func (p *parser) or() (node, error) {
	return p.chain("or", p.and, func(left, right node) func(*Subject) any {
		return func(s *Subject) any { return isTrue(left.eval(s)) || isTrue(right.eval(s)) }
	})
}

func (p *parser) and() (node, error) {
	return p.chain("and", p.comparison, func(left, right node) func(*Subject) any {
		return func(s *Subject) any { return isTrue(left.eval(s)) && isTrue(right.eval(s)) }
	})
}

// chain reads operands of a logical operator. Both sides must be conditions, whatever they come to.
func (p *parser) chain(operator string, operand func() (node, error), join func(left, right node) func(*Subject) any) (node, error) {
	left, err := operand()
	for err == nil && p.peek().is(operator) {
		p.take()
		if p.joined++; p.joined >= maxClauses {
			return node{}, fmt.Errorf("the filter has more than %d clauses", maxClauses)
		}
		var right node
		if right, err = operand(); err != nil {
			break
		}
		for _, side := range []node{left, right} {
			if err := side.must(boolean, operator); err != nil {
				return node{}, err
			}
		}
		left = node{boolean, left.at, join(left, right)}
	}
	return left, err
}

// must fails unless the node is of one of the kinds.
func (n node) must(want kind, operator string) error {
	if n.kind&want == 0 {
		return fmt.Errorf("character %d: %s does not take %s", n.at, operator, n.kind)
	}
	return nil
}

func (p *parser) comparison() (node, error) {
	left, err := p.unary()
	if err != nil {
		return node{}, err
	}
	operator := p.peek()
	switch {
	case operator.is("in"):
		p.take()
		return p.membership(left)
	case operator.kind != tokenWord || comparisons[operator.text] == nil:
		return left, nil
	}
	p.take()
	right, err := p.unary()
	if err != nil {
		return node{}, err
	}
	return compare(operator.text, left, right)
}

func (p *parser) unary() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return node{}, fmt.Errorf("the filter is nested deeper than %d", maxDepth)
	}
	defer func() { p.depth-- }()
	if !p.peek().is("not") {
		return p.primary()
	}
	at := p.take().at
	operand, err := p.unary()
	if err == nil {
		err = operand.must(boolean, "not")
	}
	return node{boolean, at, func(s *Subject) any { return !isTrue(operand.eval(s)) }}, err
}

// primary reads a literal, a property, a call, or an expression in parentheses.
func (p *parser) primary() (node, error) {
	t := p.take()
	switch {
	case t.kind == tokenString:
		return constant(text, t.at, t.text), nil
	case t.kind == tokenInteger:
		n, err := strconv.ParseInt(t.text, 10, 64)
		if err != nil {
			return node{}, t.unexpected("a 64-bit integer")
		}
		return constant(integer, t.at, n), nil
	case t.is("true"), t.is("false"):
		return constant(boolean, t.at, t.text == "true"), nil
	case t.is("null"):
		return constant(null, t.at, nil), nil
	case t.is("("):
		inner, err := p.or()
		if err == nil {
			err = p.expect(")")
		}
		return inner, err
	case t.kind == tokenWord && p.peek().is("("):
		return p.call(t)
	case t.kind == tokenWord:
		if found, ok := property(strings.ToLower(t.text), t.at); ok {
			return found, nil
		}
		return node{}, t.unexpected("userId, connectionId, groups, protocol, a function or a literal")
	}
	return node{}, t.unexpected("a value")
}

// list reads what stands in parentheses, separated by commas; the first is still to come.
func (p *parser) list() ([]node, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var items []node
	for {
		item, err := p.or()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if t := p.take(); t.is(")") {
			return items, nil
		} else if !t.is(",") {
			return nil, t.unexpected(", or )")
		}
	}
}
