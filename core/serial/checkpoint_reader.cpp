#include "core/serial/checkpoint_reader.h"

#include <algorithm>
#include <new>
#include <set>

#include "core/serial/byte_source.h"
#include "core/serial/hdf5_file.h"
#include "core/serial/json_value.h"
#include "core/serial/safetensors_header.h"
#include "core/serial/strided_copy.h"
#include "core/serial/unpickler.h"
#include "core/serial/zip_directory.h"

namespace chladni::serial {

namespace {

constexpr std::uint64_t kMaxPickleBytes = std::uint64_t{64} << 20;
constexpr char kConvert[] = "convert it with models/convert, in your own PyTorch";
// Where published checkpoints keep their weights, in order of preference, when the file holds more than them.
constexpr const char* kUsualKeys[] = {"state_dict", "model", "model_state_dict", "model_state", "net", "module"};

class TorchZip {
 public:
  TorchZip(const ByteSource& source, ZipDirectory directory, std::string wanted)
      : source_(source), directory_(std::move(directory)), wanted_(std::move(wanted)) {}

  Result<TensorFile> read() {
    if (auto ok = findRoot(); !ok) return fail(ok.error());
    if (auto ok = checkByteOrder(); !ok) return fail(ok.error());
    const auto bytes = readSmall(root_ + "data.pkl", kMaxPickleBytes);
    if (!bytes) return fail(bytes.error());
    auto pickle = unpickle(*bytes, origin());
    if (!pickle) return fail(pickle.error());
    pickle_ = *std::move(pickle);
    return collect();
  }

 private:
  const std::string& origin() const { return source_.origin(); }

  Unexpected corrupt(const std::string& why) const { return fail(ErrorCode::corruptData, origin() + ": " + why); }

  // torch.save puts everything under one folder, named after the file.
  Result<void> findRoot() {
    for (const auto& [name, entry] : directory_)
      if (name == "data.pkl" || name.ends_with("/data.pkl")) {
        root_ = name.substr(0, name.size() - std::string("data.pkl").size());
        if (directory_.contains(root_ + "constants.pkl"))
          return fail(ErrorCode::unsupported,
                      origin() + ": is a TorchScript module, not a state dict; import it as family torchscript, or " +
                          kConvert);
        return {};
      }
    return fail(ErrorCode::unsupported, origin() + ": is a zip file, but not one that torch.save wrote (no data.pkl)");
  }

  Result<void> checkByteOrder() const {
    if (!directory_.contains(root_ + "byteorder")) return {};
    const auto bytes = readSmall(root_ + "byteorder", 64);
    if (!bytes) return fail(bytes.error());
    const std::string_view order(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (order == "little") return {};
    return fail(ErrorCode::unsupported,
                origin() + ": its numbers are stored in " + printable(order) + " byte order; " + kConvert);
  }

  Result<std::vector<std::byte>> readSmall(const std::string& name, std::uint64_t limit) const {
    const auto it = directory_.find(name);
    if (it == directory_.end()) return corrupt("holds no entry " + printable(name));
    if (it->second.size > limit) return corrupt("its entry " + printable(name) + " is larger than any state dict needs");
    const auto start = locateZipEntry(source_, name, it->second);
    if (!start) return fail(start.error());
    std::vector<std::byte> bytes(it->second.size);
    if (auto ok = source_.read(*start, bytes); !ok) return fail(ok.error());
    return bytes;
  }

  template <class Kind>
  const Kind* get(PickleRef ref) const {
    return std::get_if<Kind>(&pickle_.values[ref]);
  }

  bool holdsTensors(PickleRef ref) const {
    const auto* dict = get<PickleDict>(ref);
    return dict && std::any_of(dict->items.begin(), dict->items.end(),
                               [&](const auto& item) { return get<PickleTensor>(item.second) != nullptr; });
  }

  Result<TensorFile> collect() {
    const auto* top = get<PickleDict>(pickle_.root);
    if (!top) return fail(ErrorCode::unsupported, origin() + ": holds no state dict but something else; " + kConvert);
    TensorFile file;
    if (holdsTensors(pickle_.root)) return collectFrom(*top, std::move(file));
    std::vector<std::pair<std::string, PickleRef>> candidates;
    std::vector<std::string> keys;
    for (const auto& [key, value] : top->items) {
      const auto* name = get<std::string>(key);
      keys.push_back(name ? *name : "?");
      if (name && holdsTensors(value)) candidates.emplace_back(*name, value);
    }
    const auto chosen = choose(candidates);
    if (!chosen) return fail(chosen.error());
    file.metadata[kCheckpointUnder] = candidates[*chosen].first;
    std::string beside;
    for (const auto& key : keys)
      if (key != candidates[*chosen].first) beside += (beside.empty() ? "" : ",") + key;
    if (!beside.empty()) file.metadata[kCheckpointBeside] = beside;
    return collectFrom(*get<PickleDict>(candidates[*chosen].second), std::move(file));
  }

  Result<std::size_t> choose(const std::vector<std::pair<std::string, PickleRef>>& candidates) const {
    std::string list;
    for (const auto& [name, ref] : candidates) list += (list.empty() ? "" : ", ") + printable(name, 40);
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (!wanted_.empty() && candidates[i].first == wanted_) return i;
    for (const char* usual : kUsualKeys)
      for (std::size_t i = 0; i < candidates.size(); ++i)
        if (candidates[i].first == usual) return i;
    if (candidates.size() == 1) return std::size_t{0};
    if (candidates.empty()) return fail(ErrorCode::unsupported, origin() + ": holds no tensors; is it a checkpoint?");
    return fail(ErrorCode::unsupported,
                origin() + ": holds several sets of weights (" + printable(list, 200) + "); save the one you want alone");
  }

  Result<TensorFile> collectFrom(const PickleDict& dict, TensorFile file) {
    std::set<std::string> names;
    for (const auto& [key, value] : dict.items) {
      const auto* tensor = get<PickleTensor>(value);
      if (!tensor) continue;
      const auto* name = get<std::string>(key);
      if (!name) return corrupt("a tensor has no name");
      if (!names.insert(*name).second) return corrupt("tensor " + printable(*name) + " is there twice");
      if (name->find('\0') != std::string::npos) return corrupt("the name of a tensor holds a NUL character");
      auto blob = materialise(*name, *tensor);
      if (!blob) return fail(blob.error());
      file.tensors.push_back(*std::move(blob));
    }
    return file;
  }

  Result<TensorBlob> materialise(const std::string& name, const PickleTensor& tensor) {
    const auto refuse = [&](const std::string& why) { return corrupt("tensor " + printable(name) + ": " + why); };
    const std::string entryName = root_ + "data/" + tensor.storage.key;
    const auto entry = directory_.find(entryName);
    if (entry == directory_.end()) return refuse("its storage " + printable(tensor.storage.key) + " is missing");
    const auto element = static_cast<std::uint64_t>(bytesPerElement(tensor.storage.dtype));
    const auto held = entry->second.size / element;
    if (static_cast<std::uint64_t>(tensor.storage.elements) > held) return refuse("its storage is cut off");

    const auto extent = viewExtent(tensor.shape, tensor.strides);
    const auto wanted = tensorBytes(tensor.storage.dtype, tensor.shape);
    if (!extent || !wanted) return refuse("its shape overflows");
    const auto offset = static_cast<std::uint64_t>(tensor.offset);
    if (*extent > 0 && (offset >= held || *extent > held - offset)) return refuse("it reaches beyond its storage");
    // Views may repeat a storage, but not without measure: a small file must not fill the memory.
    made_ += *wanted;
    if (*wanted > limit() || made_ > limit()) return refuse("its views are larger than the file could mean");

    const auto start = locateZipEntry(source_, entryName, entry->second);
    if (!start) return fail(start.error());
    TensorBlob blob{name, tensor.storage.dtype, tensor.shape, std::vector<std::byte>(*wanted)};
    const std::uint64_t from = *start + (*extent > 0 ? offset * element : 0);
    if (isRowMajor(tensor.shape, tensor.strides) || *wanted == 0) {
      if (auto ok = source_.read(from, blob.bytes); !ok) return fail(ok.error());
    } else {
      std::vector<std::byte> view(*extent * element);
      if (auto ok = source_.read(from, view); !ok) return fail(ok.error());
      copyStrided(view, blob.bytes, element, tensor.shape, tensor.strides);
    }
    return blob;
  }

  std::uint64_t limit() const { return (std::uint64_t{64} << 20) + 4 * source_.size(); }

  const ByteSource& source_;
  ZipDirectory directory_;
  std::string wanted_;  // key of the set of weights to take when there are several
  std::string root_;  // "archive/"
  Pickle pickle_;
  std::uint64_t made_ = 0;  // bytes of tensors
};

enum class Content { safetensors, zip, pickle, hdf5, other };

Result<Content> sniff(const ByteSource& source) {
  std::byte start[9] = {};
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), sizeof start));
  if (auto ok = source.read(0, std::span(start, count)); !ok) return fail(ok.error());
  const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(start[i]); };
  if (looksLikeHdf5(std::span(start, count))) return Content::hdf5;
  if (at(0) == 'P' && at(1) == 'K') return Content::zip;
  if (count == sizeof start && at(8) == '{') return Content::safetensors;
  if (at(0) == 0x80 && at(1) >= 2 && at(1) <= 5) return Content::pickle;
  return Content::other;
}

// Nothing: it is a kind of file that the caller reads its own way.
Result<std::optional<TensorFile>> readOther(const ByteSource& source, Content content, const std::string& wanted) {
  switch (content) {
    case Content::safetensors:
    case Content::hdf5: return std::optional<TensorFile>();
    case Content::zip: {
      auto directory = readZipDirectory(source);
      if (!directory) return fail(directory.error());
      auto file = TorchZip(source, *std::move(directory), wanted).read();
      if (!file) return fail(file.error());
      return std::optional<TensorFile>(*std::move(file));
    }
    case Content::pickle:
      return fail(ErrorCode::unsupported,
                  source.origin() + ": is an old PyTorch file (a bare pickle, not a zip), which is never opened here; " +
                      kConvert);
    case Content::other: break;
  }
  return fail(ErrorCode::corruptData,
              source.origin() + ": neither a safetensors file, nor a PyTorch checkpoint, nor HDF5 (or cut off)");
}

}  // namespace

Result<TensorFile> readCheckpoint(const std::filesystem::path& path, const std::string& wanted) {
  const auto source = fileSource(path);
  if (!source) return fail(source.error());
  try {
    const auto content = sniff(**source);
    if (!content) return fail(content.error());
    auto other = readOther(**source, *content, wanted);
    if (!other) return fail(other.error());
    if (*other) return **std::move(other);
    return *content == Content::hdf5 ? readHdf5Tensors(path) : readSafetensors(path);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::outOfMemory, path.string() + ": not enough memory to read it");
  }
}

Result<TensorFile> parseCheckpoint(std::span<const std::byte> bytes, const std::string& origin) {
  const auto source = memorySource(bytes, origin);
  const auto content = sniff(*source);
  if (!content) return fail(content.error());
  if (*content == Content::hdf5) return parseHdf5Tensors(bytes, origin);
  auto other = readOther(*source, *content, {});
  if (!other) return fail(other.error());
  return *other ? Result<TensorFile>(**std::move(other)) : parseSafetensors(bytes, origin);
}

}  // namespace chladni::serial
