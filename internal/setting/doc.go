// Package setting holds what a deployment and its organs may set: how passwords
// must be, when work is called urgent, when backups are made. Everything that
// can be set stands in one table (definition.go) with its legal basis, its
// default and its bounds; nothing else is a setting.
//
// A value is inherited: an organ's own, else that of the nearest organ above it
// that has one, else that of the whole deployment, else the default. Where
// security is concerned an organ may be stricter than what it inherits and never
// laxer (strict.go), also when the rule above becomes stricter afterwards.
//
// Book answers what holds, Office changes it. Start at Definitions.
package setting
