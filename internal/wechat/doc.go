// Package wechat speaks the interface of WeChat official accounts (微信公众平台) as far
// as an office needs it to publish: pictures, drafts, publication, deletion. It is a
// channel.Line.
//
// The calls and their errors are those that the platform documents: stable_token,
// material/add_material, media/uploadimg, draft/{add,update,delete,get,batchget},
// freepublish/{submit,get,delete,batchget}. A publication is asynchronous: submit gives
// a key, get tells how far it is. A token that has run out, or that another program has
// replaced, is fetched anew once.
//
// What it refuses to do: to write app id, secret or token into an error or a log, and
// to follow a redirect with them.
//
// Start at Account.
package wechat
