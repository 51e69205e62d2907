# cmake -DSCRATCH=<folder> -P tests/layering_plants.cmake
# Proves that layering.cmake can fail: a small tree that keeps to the arrows passes, and each planted include is named.
cmake_minimum_required(VERSION 3.25)

set(tree
  "core/base/result.h|#include <string>"
  "core/data/matrix.h|#include \"core/base/result.h\""
  "core/dsp/stft.h|#include \"core/data/matrix.h\""
  "core/dsp/stft.cpp|#include <fftw3.h>"
  "core/serial/json.cpp|#include <nlohmann/json.hpp>"
  "core/media/ffmpeg_compat.h|#include <libavformat/avformat.h>"
  "core/media/demuxer.h|#include \"core/media/ffmpeg_compat.h\""
  "core/inference/model_spec.h|#include \"core/data/matrix.h\""
  "core/analysis/recording.cpp|#include \"core/dsp/stft.h\""
  "core/nn/blocks.h|#include <torch/types.h>"
  "models/families.h|#include \"core/inference/model_spec.h\""
  "models/ast/ast_net.h|#include \"core/nn/blocks.h\""
  "models/ave/ave_net.h|#include <ATen/core/Tensor.h>"
  "models/common/parts.h|#include \"core/inference/model_spec.h\""
  "models/ave/ave_family.cpp|#include \"models/common/parts.h\""
  "widgets/time_axis/time_axis.h|#include <QObject>"
  "widgets/waveform/waveform_view.h|#include \"widgets/time_axis/time_axis.h\""
  "widgets/spectrogram/view.cpp|#include <qcustomplot.h>"
  "ui/main_window.h|#include \"widgets/waveform/waveform_view.h\""
  "app/gui/main.cpp|#include \"ui/main_window.h\""
  "app/cli/main.cpp|#include <CLI/CLI.hpp>"
  "tests/support/catch.h|#include <catch2/catch.hpp>"
  "tests/unit/dsp/stft_test.cpp|#include \"core/dsp/stft.h\"")

# <file>|<planted line>|<what the complaint must say>
set(plants
  "ui/dock.cpp|#include <ATen/ATen.h>|torch may not be seen there"
  "ui/dock.h|  #  include <torch/torch.h>  // sly|torch may not be seen there"
  "core/data/sly.h|#include <QString>|Qt may not be seen there"
  "app/cli/sly.cpp|#include <QtCore/QString>|Qt may not be seen there"
  "core/dsp/sly.h|#include <fftw3.h>|FFTW may not be seen there"
  "core/media/reader.h|#include <libavcodec/avcodec.h>|FFmpeg may not be seen there"
  "core/analysis/sly.cpp|#include \"core/media/demuxer.h\"|sees FFmpeg through core/media/demuxer.h"
  "core/serial/sly.h|#include <nlohmann/json.hpp>|nlohmann-json may not be seen there"
  "models/families.cpp|#include \"models/ast/ast_net.h\"|sees torch through models/ast/ast_net.h"
  "models/ast/sly.cpp|#include \"models/ave/ave_net.h\"|must not know its neighbours"
  "widgets/waveform/sly.cpp|#include \"widgets/spectrogram/view.cpp\"|must not know its neighbours"
  "core/dsp/sly.cpp|#include \"core/analysis/recording.cpp\"|no arrow core/dsp -> core/analysis"
  "core/base/sly.h|#include \"core/data/matrix.h\"|no arrow core/base -> core/data"
  "widgets/waveform/sly.h|#include \"core/dsp/stft.h\"|no arrow widgets -> core/dsp"
  "ui/sly.cpp|#include \"models/families.h\"|no arrow ui -> models"
  "core/sly/new.cpp|#include \"core/base/result.h\"|has no arrows"
  "core/dsp/sly2.cpp|#include \"tests/support/catch.h\"|no arrow core/dsp -> tests"
  "core/dsp/sly3.cpp|#include \"app/cli/main.cpp\"|no arrow core/dsp -> app/cli"
  "core/dsp/sly4.cpp|#include \"stft.h\"|from the root"
  "core/dsp/sly5.cpp|#include \"../data/matrix.h\"|from the root"
  "core/dsp/sly6.cpp|#include \"core/dsp/gone.h\"|does not exist"
  "core/dsp/sly7.cpp|#include <boost/any.hpp>|does not know"
  "core/dsp/sly8.cpp|#include HEADER|by macro"
  "ui/sly2.cpp|using Clock = std::chrono::system_clock|the system's clock")

function(plant line)
  string(REGEX MATCH "^([^|]+)[|]([^|]+)" ignored "${line}")
  file(WRITE "${SCRATCH}/${CMAKE_MATCH_1}" "#pragma once\n${CMAKE_MATCH_2}\n")
endfunction()

function(check result output)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/layering.cmake
                  RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")  # CMake wraps long messages
  set(${result} "${status}" PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
foreach(line IN LISTS tree)
  plant("${line}")
endforeach()
check(status text)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "a clean tree was refused: ${text}")
endif()
foreach(line IN LISTS plants)
  plant("${line}")
  check(status text)
  string(REGEX MATCH "^([^|]+)[|][^|]+[|](.*)$" ignored "${line}")
  file(REMOVE "${SCRATCH}/${CMAKE_MATCH_1}")
  string(FIND "${text}" "${CMAKE_MATCH_2}" at)
  if(status EQUAL 0 OR at EQUAL -1)
    message(FATAL_ERROR "planted in ${line}\nbut the answer was: ${text}")
  endif()
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")
list(LENGTH plants count)
message(STATUS "all ${count} planted lines were found")
