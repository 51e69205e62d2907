chladni_test(NAME golden.bow_tiny SOURCES golden_bow_tiny.cpp
             DEPENDS chladni_model_bag_of_codes chladni_inference chladni_nn chladni_reduction chladni_serial LABELS golden UNITY)
