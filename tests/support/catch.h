// The one place where Catch2 v2 (Debian 12) and v3 (Debian 13, without catch.hpp) differ.
#pragma once

// Tests find the same words in both: Approx at the top, Catch::ContainsSubstring and, shorter, Catch::Contains.
// What v3 calls Contains asks a range for an element.
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
namespace Catch {
using Matchers::Contains;
inline auto ContainsSubstring(const std::string& text) { return Matchers::Contains(text); }
}  // namespace Catch
#else
#include <catch2/catch_all.hpp>
namespace Catch {
using Matchers::ContainsSubstring;
inline auto Contains(const std::string& text) { return Matchers::ContainsSubstring(text); }
}  // namespace Catch
using Catch::Approx;
#endif
