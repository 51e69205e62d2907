// Published checkpoints as tensors: safetensors, the zip files that torch.save writes for a state dict (.pth, .pt, .bin),
// or HDF5 as Keras writes it (.h5; names are paths: "dense_1/dense_1/kernel:0"). Told apart by content, not by name. Nothing in a file is ever executed: the unpickler knows dicts, lists,
// tuples, strings, numbers, torch's tensors and storages, and refuses every other global by its name. Views are copied
// to row-major order; tensors that share a storage each get their own copy.
// A state dict found under a key of the file ("model", "state_dict") keeps its names; metadata["chladni.under"] then
// names that key and metadata["chladni.beside"] the other keys of the file, comma-separated.
// Fails with notFound, io, outOfMemory, corruptData, or unsupported for whole modules and old non-zip pickles.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/serial/safetensors.h"

namespace chladni::serial {

inline constexpr char kCheckpointUnder[] = "chladni.under";
inline constexpr char kCheckpointBeside[] = "chladni.beside";

// `wanted`: the key to take where a file holds several sets of weights ("teacher").
Result<TensorFile> readCheckpoint(const std::filesystem::path& path, const std::string& wanted = {});
// The same from memory; `origin` opens every message.
Result<TensorFile> parseCheckpoint(std::span<const std::byte> bytes, const std::string& origin);

}  // namespace chladni::serial
