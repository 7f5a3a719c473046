// Package validate holds the files of Functions apps against what the host, its extension bundle and the
// Web PubSub extension make of them: function.json, host.json and local.settings.json of any language, each
// alone and against each other, and against the directives where there is Go. It reads files and nothing
// else; what it finds are the mistakes of spec/mistakes that show in files.
package validate
