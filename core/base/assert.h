// CHLADNI_ASSERT(condition): a broken precondition is a bug in the caller, not an Error. Checked in every build type
// (the checks are cheap and a wrong result is worse than a stop); prints the place and aborts.
#pragma once

namespace chladni {
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);
}

#define CHLADNI_ASSERT(condition) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::chladni::assertionFailed(#condition, __FILE__, __LINE__))
