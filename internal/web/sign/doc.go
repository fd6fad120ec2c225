// Package sign holds the pages by which people prove who they are: sign-in with
// password and second factor, invitations, new passwords, the identity provider,
// and in the demo one-click entry.
//
// What is right is decided by account.Office; these pages keep the steps in
// order. Between the password and the second factor the session knows only who
// is half signed in (pendingKey), which opens nothing. Start at In.
package sign
