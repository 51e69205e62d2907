// The one error type of Chladni. Low layers make an Error once, at the wall to foreign code; layers above add context;
// only ui and app show it to people. Codes are closed: each has one exit status (CLI.md) and one place in the window.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chladni {

enum class ErrorCode {
  cancelled,          // asked for by the user; never shown
  notFound,           // a file, stream, class or model that is not there
  unsupported,        // a valid thing this build cannot do
  invalidArgument,    // the caller's request makes no sense
  corruptData,        // a file that breaks its own format
  incompatibleModel,  // weights, manifest and architecture do not fit together
  outOfMemory,
  deviceUnavailable,
  io,        // reading or writing failed below us
  protocol,  // another process said something unexpected
  internal   // our mistake
};

std::string_view name(ErrorCode code);

// Exit status of chladni-cli: 1 failed while working, 2 wrong usage, 3 the input is unusable, 4 cancelled.
int exitStatus(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;               // what, why and what to do, in one line
  std::vector<std::string> context;  // innermost first: "tensor v.cls_token", "loading ast-s"

  // "outermost: ...: innermost: message", one line.
  [[nodiscard]] std::string describe() const;
};

}  // namespace chladni
