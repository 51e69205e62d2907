// Importing AST weights under the published names, the HuggingFace names, and with something missing.
#include "models/ast/ast_family.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/ast_package.h"

using namespace chladni;
using namespace chladni::inference;
using models::ast::AstFamily;
using test::Scratch;

namespace {

std::map<std::string, std::string> hints() { return {{"frames", "96"}, {"stride_time", "16"}}; }

TensorBlob blob(const std::string& name, const at::Tensor& tensor) { return nn::toBlob(name, tensor, DType::f32); }

serial::TensorFile published() {
  serial::TensorFile file{{}, hints()};
  for (const auto& item : test::tinyNet()->named_parameters()) file.tensors.push_back(blob("module." + item.key(), item.value()));
  for (const char* head : {"head", "head_dist"}) {
    file.tensors.push_back(blob(std::string("module.v.") + head + ".weight", torch::ones({10, 128})));
    file.tensors.push_back(blob(std::string("module.v.") + head + ".bias", torch::ones({10})));
  }
  return file;
}

void appendPortBlock(serial::TensorFile& file, const nn::Block& block, const std::string& layer) {
  const auto put = [&](const std::string& name, const nn::Linear& linear) {
    file.tensors.push_back(blob(layer + name + ".weight", linear.weight));
    file.tensors.push_back(blob(layer + name + ".bias", linear.bias));
  };
  const char* parts[] = {"query", "key", "value"};
  for (int i = 0; i < 3; ++i) {
    const auto name = layer + "attention.attention." + parts[i];
    file.tensors.push_back(blob(name + ".weight", block.attn->qkv->weight.narrow(0, 128 * i, 128)));
    file.tensors.push_back(blob(name + ".bias", block.attn->qkv->bias.narrow(0, 128 * i, 128)));
  }
  put("attention.output.dense", *block.attn->proj);
  put("intermediate.dense", *block.mlp->fc1);
  put("output.dense", *block.mlp->fc2);
  for (const auto& [name, norm] : {std::pair{"layernorm_before", block.norm1}, {"layernorm_after", block.norm2}}) {
    file.tensors.push_back(blob(layer + name + ".weight", norm->weight));
    file.tensors.push_back(blob(layer + name + ".bias", norm->bias));
  }
}

serial::TensorFile port() {
  serial::TensorFile file{{}, hints()};
  const auto net = test::tinyNet();
  const std::string root = "audio_spectrogram_transformer.";
  file.tensors.push_back(blob(root + "embeddings.cls_token", net->v->cls_token));
  file.tensors.push_back(blob(root + "embeddings.distillation_token", net->v->dist_token));
  file.tensors.push_back(blob(root + "embeddings.position_embeddings", net->v->pos_embed));
  file.tensors.push_back(blob(root + "embeddings.patch_embeddings.projection.weight", net->v->patch_embed->proj->weight));
  file.tensors.push_back(blob(root + "embeddings.patch_embeddings.projection.bias", net->v->patch_embed->proj->bias));
  for (int i = 0; i < 2; ++i)
    appendPortBlock(file, *net->v->blocks->at(i), root + "encoder.layer." + std::to_string(i) + ".");
  file.tensors.push_back(blob(root + "layernorm.weight", net->v->norm->weight));
  file.tensors.push_back(blob(root + "layernorm.bias", net->v->norm->bias));
  file.tensors.push_back(blob("classifier.layernorm.weight", net->mlp_head->norm->weight));
  file.tensors.push_back(blob("classifier.layernorm.bias", net->mlp_head->norm->bias));
  file.tensors.push_back(blob("classifier.dense.weight", net->mlp_head->linear->weight));
  file.tensors.push_back(blob("classifier.dense.bias", net->mlp_head->linear->bias));
  return file;
}

Result<ImportReport> importFile(const Scratch& scratch, const serial::TensorFile& file) {
  REQUIRE(serial::writeSafetensors(scratch / "source.safetensors", file));
  return AstFamily().importCheckpoint({scratch / "source.safetensors", scratch / "package", "Imported", {"x", "y", "z"}, {}});
}

}  // namespace

TEST_CASE("Published and ported files become packages that load and agree") {
  const bool huggingFace = GENERATE(false, true);
  INFO("HuggingFace names: " << huggingFace);
  const Scratch scratch;
  const auto report = importFile(scratch, huggingFace ? port() : published());
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
  CHECK(report->spec.number("backbone_epsilon") == (huggingFace ? 1e-12 : 1e-6));
  CHECK(report->spec.classes == std::vector<std::string>{"x", "y", "z"});
  const auto spec = readModelPackage(scratch / "package");
  REQUIRE(spec);
  const auto weights = readModelWeights(*spec);
  REQUIRE(weights);
  const auto tensors = nn::toNamedTensors(weights->tensors);
  REQUIRE(tensors);
  CHECK(nn::compareWeights(*test::tinyNet(), *tensors).fits());
  CHECK(at::equal(tensors->at("v.blocks.1.attn.qkv.weight"), test::tinyNet()->v->blocks->at(1)->attn->qkv->weight));
  CHECK(AstFamily().load(*spec, {"cpu", Precision::fp32}).has_value());
}

TEST_CASE("An import with unexplained tensors is not accepted and writes nothing") {
  const Scratch scratch;
  auto file = published();
  SECTION("missing") {
    std::erase_if(file.tensors, [](const auto& tensor) { return tensor.name == "module.v.norm.bias"; });
    const auto report = importFile(scratch, file);
    REQUIRE(report);
    CHECK_FALSE(report->accepted);
    REQUIRE_FALSE(report->lines.empty());
    CHECK(std::any_of(report->lines.begin(), report->lines.end(),
                      [](const auto& line) { return line.find("missing tensor 'v.norm.bias'") != std::string::npos; }));
  }
  SECTION("unexpected") {
    file.tensors.push_back(blob("module.v.mystery", torch::ones({1})));
    const auto report = importFile(scratch, file);
    REQUIRE(report);
    CHECK_FALSE(report->accepted);
  }
  SECTION("one of query, key and value missing") {
    file = port();
    std::erase_if(file.tensors, [](const auto& t) { return t.name.find("layer.0.attention.attention.key.bias") != std::string::npos; });
    CHECK_FALSE(importFile(scratch, file).has_value());
  }
  SECTION("another model altogether") {
    file.tensors.resize(1);
    CHECK_FALSE(importFile(scratch, file).has_value());
  }
  CHECK_FALSE(std::filesystem::exists(scratch / "package"));
}
