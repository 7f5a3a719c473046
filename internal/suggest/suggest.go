// Package suggest finds the word somebody probably meant.
package suggest

import "strings"

// Nearest returns the candidate closest to word, or "" when none is close enough to be worth naming.
// Case does not count. A candidate that word begins, such as anonymous for anon, is close when it is
// the only one; of several at the same distance the first is taken.
func Nearest(word string, candidates []string) string {
	folded := strings.ToLower(word)
	best, bestDistance := "", 0
	for _, c := range candidates {
		d := distance(folded, strings.ToLower(c))
		if d > allowed(folded, c) || best != "" && d >= bestDistance {
			continue
		}
		best, bestDistance = c, d
	}
	if best == "" {
		return begins(folded, candidates)
	}
	return best
}

// allowed is how many edits still count as a slip of the pen: one in three characters, and at least one.
func allowed(a, b string) int {
	return max(1, max(len([]rune(a)), len([]rune(b)))/3)
}

// minPrefix is the length from which the beginning of a word is taken for the word.
const minPrefix = 3

func begins(folded string, candidates []string) string {
	found := ""
	for _, c := range candidates {
		if len(folded) < minPrefix || !strings.HasPrefix(strings.ToLower(c), folded) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c
	}
	return found
}

// distance is the Damerau-Levenshtein distance in its restricted form (optimal string alignment):
// insertions, deletions, substitutions and swaps of neighbours, no stretch edited twice.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, last, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
