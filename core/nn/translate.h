// The wall behind which torch's exceptions end: translated(what, work) runs `work`, which returns a Result, and turns
// whatever is thrown into an Error: memory that ran out into outOfMemory, CUDA trouble into deviceUnavailable, all else
// into internal. Only the first line of a foreign message is kept.
#pragma once

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace chladni::nn {

Error translateException(const std::exception& problem);

template <class Work>
auto translated(const std::string& what, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::exception& problem) {
    return fail(translateException(problem), what);
  }
}

}  // namespace chladni::nn
