chladni_test(NAME golden.asit_losses SOURCES golden_asit_losses.cpp DEPENDS chladni_model_asit chladni_nn LABELS golden UNITY)
