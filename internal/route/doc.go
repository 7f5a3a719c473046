// Package route reads and matches the route templates of HTTP triggers, as ASP.NET Core and with it
// the Functions host write them: literal, {name}, {name?}, {name:int}, {*rest}. What a template may
// hold is a whole segment each; default values and parameters that are part of a segment are refused.
package route
