#include "core/nn/attention_view.h"

#include <numeric>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {
namespace {

using inference::AttentionRequest;
using inference::HeadReduction;

Unexpected stopped() { return fail(ErrorCode::cancelled, "stopped"); }

std::string queryText(const TokenLayout& layout, const AttentionRequest& request) {
  if (request.classToken) return layout.grid.leadingTokens > 0 ? "class token" : "mean of all patches";
  return (request.pictureQuery ? std::string("picture ") : std::string()) + "patch (row " + std::to_string(request.patchRow) + ", column " + std::to_string(request.patchColumn) + ")";
}

std::string mapTitle(const TokenLayout& layout, const AttentionRequest& request, std::int64_t layer) {
  std::string what = "mean of heads";
  if (request.reduction == HeadReduction::single) what = "head " + std::to_string(request.head);
  if (request.reduction == HeadReduction::rollout) what = "rollout";
  return "layer " + std::to_string(layer) + " · " + what + " · query: " + queryText(layout, request);
}

std::vector<std::int64_t> queryTokens(const TokenLayout& layout, const AttentionRequest& request) {
  const auto& grid = layout.grid;
  if (request.classToken) {
    const auto count = grid.leadingTokens > 0 ? grid.leadingTokens : grid.patches() + layout.picture.patches();
    std::vector<std::int64_t> tokens(static_cast<std::size_t>(count));
    std::iota(tokens.begin(), tokens.end(), std::int64_t{0});
    return tokens;
  }
  if (request.pictureQuery)
    return {grid.leadingTokens + grid.patches() + request.patchRow * std::int64_t{layout.picture.columns} + request.patchColumn};
  const bool byRow = layout.order == PatchOrder::rowByRow;
  return {grid.leadingTokens + (byRow ? request.patchRow * std::int64_t{grid.columns} + request.patchColumn
                                      : request.patchColumn * std::int64_t{grid.rows} + request.patchRow)};
}

// [row, key] with the model's keys to keys row by row.
at::Tensor keysRowByRow(const TokenLayout& layout, const at::Tensor& rows) {
  if (layout.order == PatchOrder::rowByRow) return rows;
  const auto& grid = layout.grid;
  const auto behind = grid.leadingTokens + grid.patches();
  const auto patches = rows.narrow(1, grid.leadingTokens, grid.patches())
                           .reshape({rows.size(0), grid.columns, grid.rows})
                           .transpose(1, 2)
                           .reshape({rows.size(0), grid.patches()});
  return torch::cat({rows.narrow(1, 0, grid.leadingTokens), patches, rows.narrow(1, behind, rows.size(1) - behind)}, 1);
}

std::optional<at::Tensor> layerRow(const TokenLayout& layout, std::int64_t layer, const AttentionRequest& request,
                                   const Look& look) {
  const bool single = request.reduction == HeadReduction::single;
  Tap tap;
  at::Tensor row;
  tap.layers = {layer};
  tap.queries = queryTokens(layout, request);
  tap.meanOfHeads = !single;
  tap.attention = [&](std::int64_t, const at::Tensor& weights) {
    row = weights[0][single ? request.head : 0].mean(0, /*keepdim=*/true).to(at::kCPU);  // [1, key]
  };
  if (!look(tap)) return std::nullopt;
  return row;
}

std::optional<at::Tensor> rolloutRow(const TokenLayout& layout, std::int64_t layer, const AttentionRequest& request,
                                     const Look& look) {
  Tap tap;
  at::Tensor mixed;  // [token, token], from the input to the layer reached
  tap.layers.resize(static_cast<std::size_t>(layer) + 1);
  std::iota(tap.layers.begin(), tap.layers.end(), std::int64_t{0});
  tap.meanOfHeads = true;
  tap.attention = [&](std::int64_t, const at::Tensor& weights) {
    const auto mean = weights[0][0];
    const auto step = (mean + torch::eye(mean.size(0), mean.options())) * 0.5;
    mixed = mixed.defined() ? at::matmul(step, mixed) : step;
  };
  if (!look(tap)) return std::nullopt;
  const auto rows = torch::tensor(queryTokens(layout, request), torch::kLong).to(mixed.device());
  return mixed.index_select(0, rows).mean(0, /*keepdim=*/true).to(at::kCPU);
}

}  // namespace

Result<void> checkAttentionRequest(const TokenLayout& layout, const AttentionRequest& request) {
  if (request.layer < -1 || request.layer >= layout.layers)
    return fail(ErrorCode::invalidArgument, "layer " + std::to_string(request.layer) + " is not there; the model has layers 0 to " +
                                                std::to_string(layout.layers - 1));
  if (request.reduction == HeadReduction::single && (request.head < 0 || request.head >= layout.heads))
    return fail(ErrorCode::invalidArgument, "head " + std::to_string(request.head) + " is not there; the model has heads 0 to " +
                                                std::to_string(layout.heads - 1));
  const auto& grid = request.pictureQuery ? layout.picture : layout.grid;
  const bool inside = request.patchRow >= 0 && request.patchRow < grid.rows && request.patchColumn >= 0 &&
                      request.patchColumn < grid.columns;
  if (!request.classToken && grid.rows * grid.columns == 0)
    return fail(ErrorCode::invalidArgument,
                std::string(request.pictureQuery ? "no picture" : "no sound") +
                    " reaches the model, so none of its patches can be asked: the model takes none in, or the recording has none; "
                    "ask the class token or the other sense");
  if (!request.classToken && !inside)
    return fail(ErrorCode::invalidArgument, queryText(layout, request) + " lies outside the grid of " + std::to_string(grid.rows) +
                                                " rows and " + std::to_string(grid.columns) + " columns");
  return {};
}

Result<AttentionMap> viewAttention(const TokenLayout& layout, const AttentionRequest& request, const Look& look) {
  if (auto checked = checkAttentionRequest(layout, request); !checked) return fail(std::move(checked).error());
  const auto layer = request.layer < 0 ? layout.layers - 1 : request.layer;
  const bool rollout = request.reduction == HeadReduction::rollout;
  const auto row = rollout ? rolloutRow(layout, layer, request, look) : layerRow(layout, layer, request, look);
  if (!row) return stopped();
  AttentionMap map;
  map.grid = layout.grid;
  map.picture = layout.picture;
  map.weights = toMatrix(keysRowByRow(layout, *row));
  map.title = mapTitle(layout, request, layer);
  map.rowNames = {map.title};
  return map;
}

Result<AttentionMap> viewEveryHead(const TokenLayout& layout, const Look& look) {
  AttentionMap map;
  map.grid = layout.grid;
  map.picture = layout.picture;
  map.title = "every layer and head · query: " + queryText(layout, {});
  std::vector<at::Tensor> rows;
  Tap tap;
  tap.queries = queryTokens(layout, AttentionRequest{});
  tap.attention = [&](std::int64_t layer, const at::Tensor& weights) {
    rows.push_back(weights[0].mean(1).to(at::kCPU));  // [head, key]
    for (std::int64_t head = 0; head < layout.heads; ++head)
      map.rowNames.push_back("layer " + std::to_string(layer) + " · head " + std::to_string(head));
  };
  if (!look(tap)) return stopped();
  map.weights = toMatrix(keysRowByRow(layout, torch::cat(rows, 0)));
  return map;
}

}  // namespace chladni::nn
