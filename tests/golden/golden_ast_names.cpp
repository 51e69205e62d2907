// golden.state_dict_names: the full-size AST models have the published names and shapes, and the names of the
// HuggingFace port lead back to them. Only the AST part; the CAV-MAE lists belong to that family's test.
#include <map>
#include <set>

#include "core/serial/json_value.h"
#include "models/ast/ast_detect.h"
#include "models/ast/ast_names.h"
#include "models/ast/ast_net.h"
#include "tests/golden/ast_compare.h"

using namespace chladni;
using namespace chladni::models::ast;
using serial::JsonField;

namespace {

using Shape = std::vector<std::int64_t>;

const serial::JsonValue& names() {
  static const auto json = [] {
    auto read = serial::readJsonFile((test::goldenDir() / "state_dict_names.json").string());
    REQUIRE(read);
    return *read;
  }();
  return json;
}

Shape shapeOf(const JsonField& field) {
  Shape shape;
  for (std::size_t i = 0; i < field.size(); ++i) shape.push_back(field[i].whole().value());
  return shape;
}

std::map<std::string, Shape> publishedNames(const JsonField& model) {
  std::map<std::string, Shape> all;
  const auto list = model["state_dict"];
  for (std::size_t i = 0; i < list.size(); ++i)
    all[list[i][std::size_t{0}].string().value()] = shapeOf(list[i][std::size_t{1}]);
  return all;
}

// Tensors with a shape and no memory of their own: every element is the same one.
at::Tensor placeholder(const Shape& shape) { return torch::zeros({1}).expand(shape); }

nn::NamedTensors placeholders(const std::map<std::string, Shape>& shapes) {
  nn::NamedTensors tensors;
  for (const auto& [name, shape] : shapes) tensors[name] = placeholder(shape);
  return tensors;
}

std::vector<std::string> astModels() {
  std::vector<std::string> found;
  for (const auto& [name, value] : *names().find("models")->members())
    if (name.starts_with("ast_")) found.push_back(name);
  return found;
}

}  // namespace

TEST_CASE("Full-size AST nets have the published names, shapes and sizes") {
  const auto models = astModels();
  REQUIRE_FALSE(models.empty());
  for (const auto& name : models) {
    INFO(name);
    const auto model = JsonField(names())["models"][name];
    const auto published = publishedNames(model);
    const auto canonical = canonicalise(placeholders(published));
    REQUIRE(canonical);
    const auto config = detectConfig(canonical->tensors, canonical->huggingFace);
    REQUIRE(config);
    const AstNet net(*config);
    const auto report = nn::compareWeights(net, canonical->tensors);
    for (const auto& line : report.lines()) UNSCOPED_INFO(line);
    REQUIRE(report.fits());
    std::int64_t unused = 0;
    for (const auto& [key, shape] : published)
      if (key.find("v.head") != std::string::npos) unused += placeholder(shape).numel();
    CHECK(config->parameters() + unused == model["total_params"].whole().value());
  }
}

TEST_CASE("Names of the HuggingFace port lead back to the original") {
  for (const auto& [group, value] : *names().members()) {
    if (!group.starts_with("hf_ast")) continue;
    const JsonField port(value);
    const auto entries = port["entries"];
    REQUIRE(entries.size() > 0);
    std::map<std::string, Shape> shapes;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto name = entries[i]["hf"].string().value();
      INFO(name);
      const auto mapped = fromPort(name);
      CHECK("module." + mapped.name == entries[i]["from"].string().value());
      CHECK((mapped.part >= 0) == (mapped.name.find("attn.qkv") != std::string::npos));
      if (const auto rows = entries[i]["rows"]; rows.size() == 2) {
        const auto width = rows[std::size_t{1}].whole().value() - rows[std::size_t{0}].whole().value();
        CHECK(rows[std::size_t{0}].whole().value() / std::max<std::int64_t>(width, 1) == mapped.part);
      }
      shapes[name] = shapeOf(entries[i]["shape"]);
    }
    const auto canonical = canonicalise(placeholders(shapes));
    REQUIRE(canonical);
    CHECK(canonical->huggingFace);
    const auto config = detectConfig(canonical->tensors, canonical->huggingFace);
    REQUIRE(config);
    CHECK(config->backboneEpsilon == 1e-12);
    CHECK(config->parameters() == port["total_params"].whole().value());
    CHECK(nn::compareWeights(AstNet(*config), canonical->tensors).fits());
  }
}
