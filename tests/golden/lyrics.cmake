chladni_test(NAME golden.wordpiece SOURCES golden_wordpiece.cpp DEPENDS chladni_text chladni_serial LABELS golden)
if(CHLADNI_WITH_TORCH)
  chladni_test(NAME golden.lyrics_mae_tiny SOURCES golden_lyrics_mae_tiny.cpp
               DEPENDS chladni_models chladni_nn chladni_serial LABELS golden UNITY)
endif()
