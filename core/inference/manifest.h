// ModelSpec and FrontendSpec to and from the JSON of model.json, without touching files. Pure functions; any thread.
// Fails with invalidArgument naming the field.
#pragma once

#include "core/inference/model_spec.h"
#include "core/serial/json_value.h"

namespace chladni::inference {

Result<ModelSpec> specFromJson(const serial::JsonField& root);
Result<serial::JsonValue> specToJson(const ModelSpec& spec);

Result<FrontendSpec> frontendFromJson(const serial::JsonField& field);
serial::JsonValue frontendToJson(const FrontendSpec& spec);

}  // namespace chladni::inference
