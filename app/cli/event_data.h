// EventData: the data of a localiser's training: a folder in AVE's format (Annotations.txt, order files), whose clips are
// looked at through small backbones that learn along, through backbone packages, or through features made before
// (audio_feature.h5, visual_feature.h5). Every clip is read once before learning starts, in threads, into the cache.
// Fails as reading and decoding do, in one line.
#pragma once

#include <memory>

#include "app/cli/train_data.h"

namespace chladni::cli {

Result<std::unique_ptr<TrainData>> openEventData(Context& context, const training::Recipe& recipe, const FrontendSpec& frontend);

// Where a clip of such a folder lies: FOLDER/AVE/<id>.mp4, as the published archive has it, or FOLDER/<id>.mp4.
std::filesystem::path eventMedia(const std::filesystem::path& folder, const std::string& id);

}  // namespace chladni::cli
