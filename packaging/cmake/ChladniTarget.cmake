# chladni_target(NAME <target> SOURCES <files...> [DEPENDS <public targets...>] [PRIVATE <private libraries...>]
#                [UNITY] [EXECUTABLE])
# One call per folder. Everything a target includes from us is written from the repository root
# ("core/dsp/stft.h"); DEPENDS are the arrows of ARCHITECTURE.md, PRIVATE the heavy libraries that stop here.
# UNITY batches sources that include torch, whose headers cost more than the code (15 s a file).

set(CHLADNI_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
    -Wunused -Wimplicit-fallthrough)

# Torch sources need 1.3 GB each: no more than two at a time.
set_property(GLOBAL APPEND PROPERTY JOB_POOLS torch=2)

function(chladni_common_settings target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE ${CHLADNI_WARNINGS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 cries wolf over its own AVX-512 headers (PR 105593) and over std::string (PR 105651).
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized -Wno-uninitialized)
  endif()
  if(CHLADNI_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  if(CHLADNI_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${CHLADNI_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${CHLADNI_SANITIZE})
  endif()
endfunction()

function(chladni_target)
  cmake_parse_arguments(ARG "UNITY;EXECUTABLE" "NAME" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  if(ARG_EXECUTABLE)
    add_executable(${ARG_NAME} ${ARG_SOURCES})
  elseif(ARG_SOURCES)
    add_library(${ARG_NAME} STATIC ${ARG_SOURCES})
  endif()
  chladni_common_settings(${ARG_NAME})
  target_link_libraries(${ARG_NAME} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE})
  if(ARG_UNITY)
    set_target_properties(${ARG_NAME} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6 JOB_POOL_COMPILE torch)
  endif()
endfunction()

# chladni_test(NAME unit.dsp SOURCES ... DEPENDS ... [LABELS unit] [UNITY] [ENVIRONMENT A=b ...])
# One Catch2 executable, one CTest entry. The Catch main is compiled once, in tests/support.
function(chladni_test)
  cmake_parse_arguments(ARG "UNITY" "NAME" "SOURCES;DEPENDS;LABELS;ENVIRONMENT" ${ARGN})
  string(REPLACE "." "_" target test_${ARG_NAME})
  chladni_target(NAME ${target} EXECUTABLE SOURCES ${ARG_SOURCES} DEPENDS chladni_test_support ${ARG_DEPENDS})
  if(ARG_UNITY)
    set_target_properties(${target} PROPERTIES JOB_POOL_COMPILE torch)
  endif()
  add_test(NAME ${ARG_NAME} COMMAND ${target})
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600 ENVIRONMENT "${ARG_ENVIRONMENT}")
endfunction()
