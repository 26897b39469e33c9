package authpattern

// CommentText is commentText for the tests.
var CommentText = commentText
