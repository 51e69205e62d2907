#include "core/base/error.h"

namespace chladni {

std::string_view name(ErrorCode code) {
  switch (code) {
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::notFound: return "not found";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::invalidArgument: return "invalid argument";
    case ErrorCode::corruptData: return "corrupt data";
    case ErrorCode::incompatibleModel: return "incompatible model";
    case ErrorCode::outOfMemory: return "out of memory";
    case ErrorCode::deviceUnavailable: return "device unavailable";
    case ErrorCode::io: return "input/output error";
    case ErrorCode::protocol: return "protocol error";
    case ErrorCode::internal: return "internal error";
  }
  return "unknown error";
}

int exitStatus(ErrorCode code) {
  switch (code) {
    case ErrorCode::cancelled: return 4;
    case ErrorCode::invalidArgument: return 2;
    case ErrorCode::notFound:
    case ErrorCode::unsupported:
    case ErrorCode::corruptData:
    case ErrorCode::incompatibleModel: return 3;
    case ErrorCode::outOfMemory:
    case ErrorCode::deviceUnavailable:
    case ErrorCode::io:
    case ErrorCode::protocol:
    case ErrorCode::internal: return 1;
  }
  return 1;
}

std::string Error::describe() const {
  std::string line;
  for (auto it = context.rbegin(); it != context.rend(); ++it) line += *it + ": ";
  line += message;
  // Messages quote names of files, which may hold anything that controls a terminal.
  for (char& c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    else if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return line;
}

}  // namespace chladni
