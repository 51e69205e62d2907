# Turns the plain comments of public headers into ones that Doxygen reads: the contract at the top belongs to the file, a
# comment above a declaration to it, one behind a declaration likewise. Signs that mean something to Doxygen are escaped.
function plain(text) {
  gsub(/\\/, "\\\\", text)
  gsub(/&/, "\\&amp;", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  gsub(/[@#%*_]/, "\\\\&", text)
  gsub(/::/, "\\::", text)
  return text
}
FNR == 1 { top = 1; first = 1 }
/^#pragma once/ { top = 0 }
match($0, /^ *\/\//) {
  before = substr($0, 1, RLENGTH - 2)
  text = substr($0, RLENGTH + 1)
  if (top && first) { print "/// @file"; first = 0 }
  print before "///" plain(text)
  next
}
match($0, /[;,{)] +\/\/ /) {
  print substr($0, 1, RSTART) "  ///< " plain(substr($0, RSTART + RLENGTH))
  next
}
{ print }
