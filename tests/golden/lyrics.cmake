chladni_test(NAME golden.wordpiece SOURCES golden_wordpiece.cpp DEPENDS chladni_text chladni_serial LABELS golden)
