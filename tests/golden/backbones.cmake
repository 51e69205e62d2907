chladni_test(NAME golden.feature_nets_formula SOURCES golden_feature_nets_formula.cpp
             DEPENDS chladni_model_backbones chladni_dsp chladni_nn chladni_serial LABELS golden UNITY)
