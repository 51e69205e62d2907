// A scratch folder for one test, removed with everything in it when it goes out of scope; and whole files at once.
#pragma once

#include <filesystem>
#include <string>

namespace chladni::test {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

std::string bytesOf(const std::filesystem::path& path);  // empty when there is no such file

}  // namespace chladni::test
