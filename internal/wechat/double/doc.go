// Package double stands in for the platform of WeChat official accounts: an HTTP
// server that speaks the part of its interface that package wechat calls, as it is
// documented: tokens that run out, drafts that leave the drafts when they are
// published, publications that take their time, errors by their numbers.
//
// Tests let it fail, lose answers, and end tokens; the demo runs it, so that a document
// goes the whole way without a network, and shows what was published.
//
// Start at WeChat.
package double
