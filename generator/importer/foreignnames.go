package importer

import (
	"strings"

	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
)

// Other extensions' bindings by the names they had in bundles before today's, each with its present one. Types are
// in lower case, as are the keys of foreignKeys, which go by the type without Trigger.
var (
	foreignTypes = map[string]string{
		"documentdb":          "cosmosDB",
		"orchestrationclient": "durableClient",
	}
	foreignKeys = map[string]map[string]string{
		"cosmosdb": {
			"collectionname":                   "containerName",
			"collectionthroughput":             "containerThroughput",
			"connectionstringsetting":          "connection",
			"createleasecollectionifnotexists": "createLeaseContainerIfNotExists",
			"leasecollectionname":              "leaseContainerName",
			"leasecollectionprefix":            "leaseContainerPrefix",
			"leaseconnectionstringsetting":     "leaseConnection",
			"leasescollectionthroughput":       "leasesContainerThroughput",
		},
		"eventhub": {"path": "eventHubName"},
	}
)

// renewForeignType gives a binding of another extension the type it has in today's bundle.
func (c *importing) renewForeignType(e *entry) {
	now := foreignTypes[strings.ToLower(e.typ)]
	if now == "" {
		return
	}
	c.report(diag.ImportChanged, e.place("type"), "", "the binding %s is called %s now", e.typ, now)
	e.typ = now
}

// renewForeignKey is the name that a member of another extension's binding has in today's bundle.
func (c *importing) renewForeignKey(e *entry, m *appfiles.Member) string {
	keys := foreignKeys[strings.TrimSuffix(strings.ToLower(e.typ), "trigger")]
	now := keys[strings.ToLower(m.Name)]
	if now == "" || e.value.Member(now) != nil {
		return m.Name
	}
	c.report(diag.ImportChanged, e.fn.doc.PlaceOfName(m), "", "%s of %s is called %s now", m.Name, e.typ, now)
	return now
}
