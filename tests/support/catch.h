// The one place where Catch2 v2 (Debian 12) and v3 (Debian 13) differ.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
namespace Catch {
using Matchers::Contains;
inline auto ContainsSubstring(const std::string& text) { return Matchers::Contains(text); }
}  // namespace Catch
#endif
