#include "app/cli/output.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "core/analysis/picture.h"
#include "core/serial/npy_writer.h"
#include "core/serial/safetensors.h"
#include "core/serial/utf8.h"

namespace chladni::cli {

std::string utf8(const std::string& name) {
  if (serial::isUtf8(name)) return name;
  std::string clean;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t length = 4;
    while (length > 0 && (i + length > name.size() || !serial::isUtf8(std::string_view(name).substr(i, length)))) --length;
    clean += length > 0 ? name.substr(i, length) : "\xEF\xBF\xBD";
    i += length > 0 ? length : 1;
  }
  return clean;
}

Result<void> print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  if (errno == EPIPE) {  // the reader ("head") has what it wants: end as every program in a pipe does, without a word
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  return fail(ErrorCode::io, std::string("standard output: ") + std::strerror(errno));
}

Result<void> printJson(const serial::JsonValue& value) { return print(value.text() + "\n"); }

std::string seconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", value);
  return text;
}

std::vector<std::string> colormapNames() {
  std::vector<std::string> names;
  for (const Colormap map : kColormaps) names.emplace_back(name(map));
  return names;
}

TensorBlob tensorOf(const std::string& name, const Matrix& table) {
  TensorBlob blob{name, DType::f32, {table.rows, table.columns}, {}};
  blob.bytes.resize(table.values.size() * sizeof(float));
  if (!blob.bytes.empty()) std::memcpy(blob.bytes.data(), table.values.data(), blob.bytes.size());
  return blob;
}

Result<void> checkTableExtension(const std::filesystem::path& path, bool pictures) {
  const std::string extension = path.extension().string();
  if (extension == ".npy" || extension == ".safetensors" || (pictures && extension == ".png")) return {};
  return fail(ErrorCode::invalidArgument, "--out " + utf8(path) + ": the extension says the format; use " +
                                              (pictures ? ".png, " : "") + ".npy or .safetensors");
}

Result<void> writeTable(const std::filesystem::path& path, const Matrix& table, const TableOutput& options) {
  auto good = checkTableExtension(path, true);
  if (!good) return good;
  if (path.extension() == ".npy") return serial::writeNpy(path, table);
  if (path.extension() == ".png") return analysis::writePicture(path, table, analysis::valueRange(table), options.map);
  return serial::writeSafetensors(path, {{tensorOf(options.tensorName, table)}, options.metadata});
}

}  // namespace chladni::cli
