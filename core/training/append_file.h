// appendWhole(): puts waiting bytes at the end of a file, all of them or, when the disk will not have them, none: those
// that could not be taken stay in `waiting` for the next time. One thread for a file.
#pragma once

#include <filesystem>
#include <string>

namespace chladni::training {

void appendWhole(const std::filesystem::path& path, std::string& waiting);

}  // namespace chladni::training
